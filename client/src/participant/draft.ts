// From what a person typed or ticked to an answer's body, or to what is missing. Pure. The same rules
// as the server's, so that nothing kept to be sent can be refused for its shape.

import { isBlank } from "../blank";
import type { Body, Choice, Item } from "../wire";

/** What stands in the fields of one question. `number` is as typed. */
export interface Draft {
  readonly option?: number;
  readonly options?: readonly number[];
  /** Whether "Other" is chosen; its text stays while it is not. */
  readonly ownChosen?: boolean;
  readonly own?: string;
  readonly text?: string;
  readonly number?: string;
}

export type Problem =
  | { readonly kind: "choose" | "several" | "write" }
  | { readonly kind: "long"; readonly over: number; readonly most: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number; readonly step: number };

export type Checked =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly problem: Problem };

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Without NUL and lone surrogates, which no text can hold. */
export function wellFormed(text: string): string {
  return Array.from(text, (char) => {
    if (char === "\0") return "";
    return char >= "\ud800" && char <= "\udfff" && char.length === 1 ? "\ufffd" : char;
  }).join("");
}

/** A number as people type it: either mark for the fraction, blanks around. Null if it is none. */
export function readNumber(typed: string): number | null {
  const plain = typed.trim().replace(",", ".").replace("−", "-");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** The body to send, or what is wrong with it. `most`: code points that the server takes. */
export function check(item: Item, draft: Draft, most: number): Checked {
  switch (item.type) {
    case "single_choice":
      return single(draft, most);
    case "multiple_choice":
      return multiple(draft, most);
    case "open_text":
      return written(draft.text ?? "", most, (text) => ({ text }));
    case "number":
    case "scale":
      return numeric(item, draft.number ?? "");
    case "message":
      return wrong({ kind: "choose" });
  }
}

function wrong(problem: Problem): Checked {
  return { ok: false, problem };
}

function single(draft: Draft, most: number): Checked {
  if (draft.ownChosen) return written(draft.own ?? "", most, (other) => ({ other }));
  if (draft.option === undefined) return wrong({ kind: "choose" });
  return { ok: true, body: { option: draft.option } };
}

function multiple(draft: Draft, most: number): Checked {
  const options = [...(draft.options ?? [])].sort((a, b) => a - b);
  if (draft.ownChosen) return written(draft.own ?? "", most, (other) => ({ options, other }));
  return options.length ? { ok: true, body: { options } } : wrong({ kind: "several" });
}

function written(typed: string, most: number, body: (text: string) => Body): Checked {
  const text = wellFormed(typed);
  if (isBlank(text)) return wrong({ kind: "write" });
  const over = codePoints(text) - most;
  return over > 0 ? wrong({ kind: "long", over, most }) : { ok: true, body: body(text) };
}

export function bounds(item: Item): { min: number; max: number; step: number } {
  return { min: item.min ?? 0, max: item.max ?? 0, step: item.step ?? 1 };
}

function numeric(item: Item, typed: string): Checked {
  const limits = bounds(item);
  const number = readNumber(typed);
  if (number === null || !fits(number, limits)) return wrong({ kind: "number", ...limits });
  return { ok: true, body: { number } };
}

function fits(number: number, { min, max, step }: { min: number; max: number; step: number }) {
  const steps = (number - min) / step;
  return number >= min && number <= max && Math.abs(steps - Math.round(steps)) <= 1e-6;
}

/** The next number a stepper button reaches: on the grid of steps, within the bounds. */
export function stepped(item: Item, typed: string, by: 1 | -1): string {
  const { min, max, step } = bounds(item);
  const now = readNumber(typed);
  if (now === null) return String(by > 0 ? min : max);
  const steps = (now - min) / step;
  const next = by > 0 ? Math.floor(steps + 1e-6) + 1 : Math.ceil(steps - 1e-6) - 1;
  const value = Math.min(max, Math.max(min, min + next * step));
  return String(Number(value.toFixed(6)));
}

/** Tick or untick one row of a multiple choice. An exclusive row rules out the rest, and the rest it. */
export function toggled(item: Item, draft: Draft, row: number | "own"): Draft {
  const chosen = new Set(draft.options ?? []);
  const excludes = (option: number) => choice(item, option)?.exclusive === true;
  if (row === "own") {
    const options = [...chosen].filter((option) => !excludes(option));
    return draft.ownChosen
      ? { ...draft, ownChosen: false }
      : { ...draft, options, ownChosen: true };
  }
  if (chosen.delete(row)) return { ...draft, options: [...chosen] };
  if (excludes(row)) return { ...draft, options: [row], ownChosen: false };
  return { ...draft, options: [...[...chosen].filter((option) => !excludes(option)), row] };
}

function choice(item: Item, option: number): Choice | undefined {
  return item.options?.[option - 1];
}

/** What an answer looks like in the fields. */
export function draftOf(body: Body): Draft {
  return {
    ...(body.option !== undefined && { option: body.option }),
    ...(body.options !== undefined && { options: body.options }),
    ...(body.other !== undefined && { own: body.other, ownChosen: true }),
    ...(body.text !== undefined && { text: body.text }),
    ...(body.number !== undefined && { number: String(body.number) }),
  };
}

/** Whether there is anything in the fields that would be lost. */
export function isEmpty(draft: Draft | undefined): boolean {
  if (draft === undefined) return true;
  const { option, options, ownChosen, text, number } = draft;
  const typed = (text ?? "") + (number ?? "");
  return option === undefined && !options?.length && !ownChosen && isBlank(typed);
}

/** Rows of a choice in the order shown: the options' numbers and "own", the exclusive ones last.
 * A random order is the same whenever this device (its `seed`) sees this question. */
export function rows(item: Item, seed: string): readonly (number | "own")[] {
  const options = (item.options ?? []).map((option, at) => ({ ...option, number: at + 1 }));
  const number = (one: { readonly number: number }) => one.number;
  if (!item.randomize) {
    const plain: (number | "own")[] = options.map(number);
    const lastRulesOut = options.at(-1)?.exclusive === true;
    if (item.other) plain.splice(lastRulesOut ? plain.length - 1 : plain.length, 0, "own");
    return plain;
  }
  const mixed = shuffled(options.filter((option) => !option.exclusive).map(number), seed, item.id);
  const last = options.filter((option) => option.exclusive).map(number);
  return [...mixed, ...(item.other ? (["own"] as const) : []), ...last];
}

function shuffled(numbers: readonly number[], seed: string, id: number): number[] {
  let state = hash(`${seed} ${id}`);
  const next = () => {
    // mulberry32: small, and good enough to order a dozen rows.
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const result = [...numbers];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [result[at], result[other]] = [result[other] as number, result[at] as number];
  }
  return result;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value | 0;
}
