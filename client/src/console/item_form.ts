/**
 * An item of the guide as staff type it, and back: what the fields begin with, what is wrong with
 * them, what can't change any more. Pure.
 */

import type { Choice, Draft, StaffItem } from "../wire";
import { options } from "./guide";

export type ItemType = Draft["type"];

export const TYPES: readonly ItemType[] = [
  "open_text",
  "single_choice",
  "multiple_choice",
  "scale",
  "number",
  "message",
];

export interface TypedItem {
  readonly type: ItemType;
  readonly text: string;
  /** One option a line; `exclusive: ` in front, as in guide files, for one that rules out the rest. */
  readonly options: string;
  readonly other: boolean;
  readonly randomize: boolean;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly minLabel: string;
  readonly maxLabel: string;
  /** Seconds. */
  readonly duration: string;
  readonly autoClose: boolean;
  readonly section: string;
}

export type ItemField = "text" | "options" | "bounds" | "duration";

const EXCLUSIVE = /^exclusive:\s*/i;

/** What the fields begin with. A new item begins in the section of the one before it. */
export function typedItem(entry: StaffItem | null, section = ""): TypedItem {
  const item = entry?.item;
  const number = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    type: item?.type ?? "open_text",
    text: item?.text ?? "",
    options: item === undefined ? "" : optionLines(options(item)),
    other: item?.other ?? false,
    randomize: item?.randomize ?? false,
    min: number(item?.min),
    max: number(item?.max),
    step: number(item?.step),
    minLabel: item?.min_label ?? "",
    maxLabel: item?.max_label ?? "",
    duration: number(item?.duration),
    autoClose: entry?.auto_close ?? false,
    section: entry?.section ?? section,
  };
}

function optionLines(choices: readonly Choice[]): string {
  return choices
    .map(({ text, exclusive }) => (exclusive === true ? `exclusive: ${text}` : text))
    .join("\n");
}

export function hasOptions(type: ItemType): boolean {
  return type === "single_choice" || type === "multiple_choice";
}

export function hasBounds(type: ItemType): boolean {
  return type === "number" || type === "scale";
}

/** The options that were typed. Left untouched they stay what they were, whatever is in them. */
function choicesOf(typed: TypedItem, old: StaffItem | null): readonly Choice[] {
  if (old !== null && typed.options === optionLines(options(old.item))) return options(old.item);
  return typed.options
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) =>
      EXCLUSIVE.test(line)
        ? { text: line.replace(EXCLUSIVE, ""), exclusive: true }
        : { text: line },
    );
}

/** The fields that can't be sent like this. The finer rules are the server's, in its words. */
export function itemFaults(typed: TypedItem, old: StaffItem | null): ReadonlySet<ItemField> {
  const found = new Set<ItemField>();
  if (typed.text.trim() === "") found.add("text");
  if (hasOptions(typed.type) && choicesOf(typed, old).length === 0 && !typed.other) {
    found.add("options");
  }
  if (hasBounds(typed.type)) {
    const [min, max] = [numberOf(typed.min), numberOf(typed.max)];
    if (min === null || max === null || min >= max) found.add("bounds");
    if (typed.type === "number" && typed.step.trim() !== "" && !((numberOf(typed.step) ?? 0) > 0)) {
      found.add("bounds");
    }
  }
  const duration = typed.duration.trim();
  if (duration === "" ? typed.autoClose : !/^[1-9]\d{0,4}$/.test(duration)) found.add("duration");
  return found;
}

function numberOf(typed: string): number | null {
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  return Number.isFinite(value) ? value : null;
}

/** What is sent. Only what its type knows is in it. */
export function draftOf(typed: TypedItem, old: StaffItem | null): Draft {
  const { type } = typed;
  const text = typed.text.trim();
  const section = typed.section.trim();
  const choices = {
    options: choicesOf(typed, old),
    other: typed.other,
    randomize: typed.randomize,
  };
  const bounds = { min: Number(typed.min), max: Number(typed.max) };
  const labels = { min_label: typed.minLabel.trim(), max_label: typed.maxLabel.trim() };
  return {
    type,
    text: old !== null && text === old.item.text.trim() ? old.item.text : text,
    ...(hasOptions(type) ? choices : {}),
    ...(hasBounds(type) ? bounds : {}),
    ...(type === "number" && typed.step.trim() !== "" ? { step: Number(typed.step) } : {}),
    ...(type === "scale" ? labels : {}),
    ...(typed.duration.trim() === "" ? {} : { duration: Number(typed.duration) }),
    ...(typed.autoClose ? { auto_close: true } : {}),
    ...(section === "" ? {} : { section }),
  };
}

/** What can't change any more. `options`: they may only be reworded and added (`sent`), or only be
 * added (`answered`); null: freely. */
export interface Locked {
  readonly type: boolean;
  readonly other: boolean;
  readonly bounds: boolean;
  readonly options: "sent" | "answered" | null;
}

export function locked(entry: StaffItem | null, answered: boolean): Locked {
  if (entry?.sent_at === undefined) {
    return { type: false, other: false, bounds: false, options: null };
  }
  return {
    type: true,
    other: entry.item.other === true,
    bounds: answered,
    options: answered ? "answered" : "sent",
  };
}
