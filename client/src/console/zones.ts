/**
 * Wall-clock times in a named zone, as the organiser types them. Pure but for the zone tables of
 * Intl.
 */

import { ownZone } from "../i18n";

/** The offset of `zone` at `instant` (ms), in minutes east of UTC. */
export function offsetAt(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    of("year"),
    of("month") - 1,
    of("day"),
    of("hour"),
    of("minute"),
    of("second"),
  );
  return Math.round((shown - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** `2026-11-26T16:00` in `zone` as ISO 8601 with its offset. Null if it is no time, or if clocks go
 * forward over it; of a time that comes twice, the first. */
export function withOffset(local: string, zone: string): string | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(\.\d+)?)?$/.exec(local);
  const minute = found?.[1];
  if (minute === undefined) return null;
  const asUtc = Date.parse(`${minute}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const day = 86_400_000;
  const offsets = [offsetAt(zone, asUtc - day), offsetAt(zone, asUtc + day)];
  for (const offset of offsets) {
    if (offsetAt(zone, asUtc - offset * 60_000) === offset) return `${minute}:00${sign(offset)}`;
  }
  return null;
}

/** Whether the wall clock in `zone` shows this time twice, because clocks go back over it. */
export function comesTwice(local: string, zone: string): boolean {
  const first = withOffset(local, zone);
  if (first === null) return false;
  const at = Date.parse(first);
  const hours = [0.5, 1, 2];
  return hours.some((n) => localAt(zone, at + n * 3_600_000) === local.slice(0, 16));
}

/** The offset of `zone` at `instant` (ms) as people write it: `UTC+1`, `UTC-2:30`. */
export function utcOffset(zone: string, instant: number): string {
  const minutes = offsetAt(zone, instant);
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  const tail = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "-" : "+"}${hours}${tail}`;
}

/** `instant` (ms) as the wall clock shows it in `zone`, for a field: `2026-11-26T16:00`. */
export function localAt(zone: string, instant: number): string {
  return new Date(instant + offsetAt(zone, instant) * 60_000).toISOString().slice(0, 16);
}

/** The day of `instant` (ms) here, with its year: for what may be long ago. */
export function dayOf(locale: string, instant: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(instant);
}

function sign(offset: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Every zone that this browser lists, and these: it knows more names of zones than it lists. */
export function allZones(...more: readonly string[]): readonly string[] {
  const known = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set([ownZone(), "UTC", ...more, ...known])];
}
