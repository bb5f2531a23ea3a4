/**
 * An item while somebody writes it: what is typed stays typed, whatever others do to the item
 * meanwhile. What was not touched follows them; where both changed the same thing, who writes says
 * whose it shall be. Pure.
 */

import type { StaffItem } from "../wire";
import { type Locked, type TypedItem, typedItem } from "./item_form";

export interface Writing {
  /** Which item; null: a new one. */
  readonly item: number | null;
  /** Of the item as `base` has it; "" for a new one. */
  readonly version: string;
  readonly base: TypedItem;
  readonly typed: TypedItem;
  /** Behind which item a new one goes, and one that is gone would go again; null: at the beginning. */
  readonly after: number | null;
  /** What both changed, until it is said whose it shall be. */
  readonly clashes: readonly (keyof TypedItem)[];
  /** Somebody changed the item meanwhile. */
  readonly met: boolean;
}

const FIELDS = Object.keys(typedItem(null)) as (keyof TypedItem)[];

/** `behind`: the one before it in the guide. A new item begins in that one's section. */
export function begin(entry: StaffItem | null, behind?: StaffItem): Writing {
  const base = typedItem(entry, entry === null ? behind?.section : "");
  return {
    item: entry?.item.id ?? null,
    version: entry?.version ?? "",
    base,
    typed: base,
    after: behind?.item.id ?? null,
    clashes: [],
    met: false,
  };
}

/** Whether anything stands in the fields that would be lost. */
export function unsaved({ typed, base }: Writing): boolean {
  return FIELDS.some((field) => typed[field] !== base[field]);
}

/** With what the item has become, if it changed. */
export function met(writing: Writing, entry: StaffItem): Writing {
  if (entry.version === writing.version) return writing;
  const now = typedItem(entry);
  const { base, typed } = writing;
  const untouched = FIELDS.filter(
    (field) => typed[field] === base[field] && !writing.clashes.includes(field),
  );
  const theirs = Object.fromEntries(untouched.map((field) => [field, now[field]]));
  const clashes = FIELDS.filter(
    (field) =>
      !untouched.includes(field) &&
      typed[field] !== now[field] &&
      (base[field] !== now[field] || writing.clashes.includes(field)),
  );
  return {
    ...writing,
    version: entry.version,
    base: now,
    typed: { ...typed, ...theirs },
    clashes,
    met: true,
  };
}

/** With nobody to agree with: the item is gone. */
export function alone(writing: Writing): Writing {
  return writing.clashes.length === 0 ? writing : { ...writing, clashes: [] };
}

/** With what can't change any more as it is, whatever was typed before that came about. */
export function within(writing: Writing, lock: Locked): Writing {
  const fixed: ReadonlySet<keyof TypedItem> = new Set<keyof TypedItem>([
    ...(lock.type ? (["type"] as const) : []),
    ...(lock.other ? (["other"] as const) : []),
    ...(lock.bounds ? (["min", "max", "step", "minLabel", "maxLabel"] as const) : []),
  ]);
  const { base, typed, clashes } = writing;
  if (FIELDS.every((field) => !fixed.has(field) || typed[field] === base[field])) return writing;
  const same = Object.fromEntries([...fixed].map((field) => [field, base[field]]));
  return {
    ...writing,
    typed: { ...typed, ...same },
    clashes: clashes.filter((field) => !fixed.has(field)),
  };
}

/** Whose it shall be, where both changed the same. */
export function settled(writing: Writing, whose: "mine" | "theirs"): Writing {
  const theirs = Object.fromEntries(writing.clashes.map((field) => [field, writing.base[field]]));
  const typed = whose === "mine" ? writing.typed : { ...writing.typed, ...theirs };
  return { ...writing, typed, clashes: [], met: false };
}

/** What an earlier moment of this tab kept; null if it is none of this version's. */
export function read(kept: string | null): Writing | null {
  if (kept === null) return null;
  const found: unknown = JSON.parse(kept);
  return isWriting(found) ? found : null;
}

function isWriting(value: unknown): value is Writing {
  if (!isRecord(value)) return false;
  const { item, version, base, typed, after, clashes } = value;
  return (
    (item === null || typeof item === "number") &&
    (after === null || typeof after === "number") &&
    typeof version === "string" &&
    typeof value.met === "boolean" &&
    Array.isArray(clashes) &&
    isTyped(base) &&
    isTyped(typed)
  );
}

function isTyped(value: unknown): boolean {
  const empty = typedItem(null);
  return isRecord(value) && FIELDS.every((field) => typeof value[field] === typeof empty[field]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
