/**
 * The organiser's choices before the start, as they stand in the form, and what of them is new. Pure.
 */

import type { StaffState } from "../wire";
import { type Draft, type Field, faults } from "./upload";
import { localAt, withOffset } from "./zones";

export interface TypedSettings extends Draft {
  readonly links: StaffState["links"];
  /** Seconds. */
  readonly grace: string;
  readonly devices: boolean;
  readonly autoStart: boolean;
  readonly mayMove: boolean;
}

export type SettingsField = Field | "grace" | "autoStart";

/** What is to change; see the server's `POST settings`. */
export interface Choices {
  readonly title?: string;
  readonly links?: StaffState["links"];
  readonly max_participants?: number;
  readonly several_devices?: boolean;
  /** ISO 8601 with its zone; null: no planned start. */
  readonly starts_at?: string | null;
  readonly zone?: string;
  readonly duration?: number;
  readonly grace?: number;
  readonly auto_start?: boolean;
  readonly people_may_move?: boolean;
}

export const MAX_GRACE = 600;

/** What stands in the form at first. `zone`: this device's, where the conversation names none that
 * it knows. */
export function typedSettings(state: StaffState, zone: string): TypedSettings {
  return {
    title: state.title,
    links: state.links,
    max: String(state.max_participants),
    duration: String(state.duration),
    starts: state.starts_at === undefined ? "" : localAt(zone, state.starts_at),
    zone,
    grace: String(state.grace),
    devices: state.several_devices,
    autoStart: state.auto_start ?? false,
    mayMove: state.people_may_move ?? false,
  };
}

export function settingsFaults(typed: TypedSettings): ReadonlySet<SettingsField> {
  const found = new Set<SettingsField>(faults(typed));
  if (!/^\s*\d{1,3}\s*$/.test(typed.grace) || Number(typed.grace) > MAX_GRACE) found.add("grace");
  if (typed.autoStart && typed.starts === "") found.add("autoStart");
  return found;
}

/** What the form shows when the server has something newer than `first`: what was typed stays, the
 * rest follows. */
export function rebased(
  first: TypedSettings,
  typed: TypedSettings,
  newer: TypedSettings,
): TypedSettings {
  const touched = Object.entries(typed).filter(
    ([field, value]) => first[field as keyof TypedSettings] !== value,
  );
  return { ...newer, ...Object.fromEntries(touched) };
}

/** When it would start: what the server has as long as nobody moved it. Saving the hour that comes
 * twice when clocks go back must not make the second one the first. Null: no start, or no such time. */
export function startOf(
  first: TypedSettings,
  typed: TypedSettings,
  stored: number | undefined,
): number | null {
  if (typed.starts === "") return null;
  const moved = first.starts !== typed.starts || first.zone !== typed.zone;
  if (!moved && stored !== undefined) return stored;
  const iso = withOffset(typed.starts, typed.zone);
  return iso === null ? null : Date.parse(iso);
}

/** Only what was changed: what somebody else has changed meanwhile stays. `first`: what the form
 * began with. Empty if nothing was. */
export function changes(first: TypedSettings, typed: TypedSettings): Choices {
  const differs = (field: keyof TypedSettings) => first[field] !== typed[field];
  const moved = differs("starts") || (typed.starts !== "" && differs("zone"));
  return {
    ...(differs("title") ? { title: typed.title.trim() } : {}),
    ...(differs("links") ? { links: typed.links } : {}),
    ...(differs("max") ? { max_participants: Number(typed.max) } : {}),
    ...(differs("devices") ? { several_devices: typed.devices } : {}),
    ...(moved ? { starts_at: withOffset(typed.starts, typed.zone), zone: typed.zone } : {}),
    ...(differs("duration") ? { duration: Number(typed.duration) } : {}),
    ...(differs("grace") ? { grace: Number(typed.grace) } : {}),
    ...(differs("autoStart") ? { auto_start: typed.autoStart } : {}),
    ...(differs("mayMove") ? { people_may_move: typed.mayMove } : {}),
  };
}
