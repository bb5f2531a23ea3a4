/**
 * What may be done to a conversation or to an item now, by its phase and the time: the rules that
 * decide which buttons are shown. Pure. The server decides again; nothing here lets anything happen.
 */

import type { PersonTally, StaffItem, StaffState } from "../wire";
import { isQuestion } from "./guide";
import { percent } from "./numbers";
import type { Op, Phase } from "./state";

export const MAX_FLEX_DAYS = 60;
export const FLEX_DAYS = 7;
/** Later than this before the planned start, people are arriving. */
const UNPUBLISH_BEFORE = 15 * 60_000;

/** Whole seconds from `at` until `until` (both ms of the server's clock); 0 when it is past or where
 * there is none. */
export function secondsLeft(until: number | undefined, at: number): number {
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - at) / 1000));
}

/** What still runs after an end, in seconds. `late`: until no late answer counts any more, and it can
 * be reopened; `undo`: until the End cannot be taken back any more. */
export interface Running {
  readonly late: number;
  readonly undo: number;
}

export function afterEnd(state: StaffState, at: number): Running {
  if (state.phase !== "ended" || state.ended_at === undefined) return { late: 0, undo: 0 };
  return {
    late: secondsLeft(state.ended_at + state.grace * 1000, at),
    undo: secondsLeft(state.undo_until, at),
  };
}

/** Whether answers can still come, so that numbers and files made now are not the last ones. */
export function isInterim(state: StaffState, at: number): boolean {
  return state.phase !== "ended" || afterEnd(state, at).late > 0;
}

/** Whether it was ended by its time and not by a hand. */
export function endedByItself(state: StaffState): boolean {
  const last = state.runs?.at(-1);
  return state.phase === "ended" && last !== undefined && last.by_hand !== true;
}

export function mayUnpublish(state: StaffState, at: number): boolean {
  if (state.phase !== "published") return false;
  return state.starts_at === undefined || state.starts_at - UNPUBLISH_BEFORE >= at;
}

export type ItemOp = Extract<Op, "send" | "skip" | "withdraw" | "edit">;

/** What can be done to an item, in the order of the buttons. */
export function itemOps(phase: Phase, entry: StaffItem): readonly ItemOp[] {
  const sent = entry.sent_at !== undefined;
  const ops: ItemOp[] = [];
  if (phase === "live" && entry.status !== "open") ops.push("send");
  if (phase === "flex" && entry.status === "withdrawn") ops.push("send");
  if (phase === "live" && entry.status === "queued") ops.push("skip");
  if (phase !== "ended") ops.push("edit");
  const running = phase === "live" || phase === "flex";
  if (running && sent && entry.status !== "withdrawn" && isQuestion(entry.item)) {
    ops.push("withdraw");
  }
  return ops;
}

/** Whether items may be moved and deleted: nobody has seen any. */
export function mayOrder(phase: Phase): boolean {
  return phase === "draft" || phase === "published";
}

export function mayAdd(phase: Phase): boolean {
  return phase !== "ended";
}

/** What reopening does to the file of the whole conversation. `questions`: asked from then on; `more`:
 * of these never asked before; `falling` of `people` percentages fall, by `most` at most, and more than
 * half of these by `usual` (null: there is no such number). */
export interface Falls {
  readonly questions: number;
  readonly more: number;
  readonly people: number;
  readonly falling: number;
  readonly usual: number | null;
  readonly most: number;
}

/** Flex asks every question that was not taken back, so percentages of those asked before can only
 * fall. */
export function falls(items: readonly StaffItem[], people: Iterable<PersonTally>): Falls {
  const counted = items.filter(({ item, status }) => isQuestion(item) && status !== "withdrawn");
  const questions = counted.length;
  const more = counted.filter(({ sent_at }) => sent_at === undefined).length;
  let all = 0;
  let falling = 0;
  const times = new Map<number, number>();
  for (const { answered, percent_answered } of people) {
    all++;
    if (percent_answered === null) continue;
    const by = percent_answered - percent(answered, questions);
    if (by <= 0) continue;
    falling++;
    times.set(by, (times.get(by) ?? 0) + 1);
  }
  const usual = [...times].find(([, n]) => 2 * n > falling)?.[0] ?? null;
  const most = Math.max(0, ...times.keys());
  return { questions, more, people: all, falling, usual, most };
}

/** Days that flex may stay open, as typed; null if they are none. */
export function flexDays(typed: string): number | null {
  const days = /^\s*\d{1,3}\s*$/.test(typed) ? Number(typed) : 0;
  return days >= 1 && days <= MAX_FLEX_DAYS ? days : null;
}

export interface RunName {
  /** What the files' `run=` takes. */
  readonly run: number;
  readonly kind: "live" | "flex";
  /** Which flex it is, from 1; 0 for live. */
  readonly nth: number;
}

/** The runs that files can be made of, in order. A single one is the whole conversation. */
export function runNames(state: StaffState): readonly RunName[] {
  const runs = state.runs ?? [];
  if (runs.length < 2) return [];
  let flexes = 0;
  return runs.map(({ kind }, i) => {
    if (kind === "flex") flexes++;
    return { run: i + 1, kind, nth: kind === "flex" ? flexes : 0 };
  });
}
