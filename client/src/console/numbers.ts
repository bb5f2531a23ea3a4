/**
 * The arithmetic of what staff see: shares, distributions, and which rows of a long list are
 * on screen. Pure; percentages are floored everywhere, so that 100 means all.
 */

import type { Item, PersonTally, QuestionTally, StaffItem } from "../wire";
import { isQuestion, options } from "./guide";

export interface Bar {
  readonly key: string;
  /** The words of the option; empty for the "other" line. */
  readonly label: string;
  readonly n: number;
  /** Of the people who answered, floored; 0 where nobody did. */
  readonly percent: number;
  /** 0 to 1, of the people who answered. */
  readonly share: number;
}

export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.floor((100 * part) / whole);
}

/** One bar for each option in guide order (never by count: bars must not swap), the own answers last;
 * for numbers and scales one for each value, or up to `MAX_BINS` ranges of them. */
export function bars(item: Item, tally: QuestionTally | undefined): readonly Bar[] {
  const answered = tally?.answered ?? 0;
  const counts = tally?.counts ?? {};
  const bar = (key: string, label: string, n: number): Bar => ({
    key,
    label,
    n,
    percent: percent(n, answered),
    share: answered <= 0 ? 0 : Math.min(1, n / answered),
  });
  if (item.type === "single_choice" || item.type === "multiple_choice") {
    const chosen = options(item).map((option, i) =>
      bar(String(i + 1), option.text, counts[String(i + 1)] ?? 0),
    );
    return item.other === true ? [...chosen, bar("other", "", tally?.other ?? 0)] : chosen;
  }
  if (item.type === "number" || item.type === "scale") {
    return bins(item, counts).map(({ label, n }) => bar(label, label, n));
  }
  return [];
}

const MAX_BINS = 13;

/** How many values go into one range: 1, 2, 5, 10, 20, 50 ..., so that its ends are round. */
function width(values: number): number {
  for (let tens = 1; ; tens *= 10) {
    for (const wide of [tens, 2 * tens, 5 * tens]) {
      if (Math.ceil(values / wide) <= MAX_BINS) return wide;
    }
  }
}

function bins(
  item: Item,
  counts: Readonly<Record<string, number>>,
): { label: string; n: number }[] {
  const min = item.min ?? 0;
  const step = item.step ?? 1;
  const values = Math.max(1, Math.floor(((item.max ?? min) - min) / step + 1e-9) + 1);
  const wide = width(values);
  const found: { label: string; n: number }[] = [];
  for (let first = 0; first < values; first += wide) {
    const last = Math.min(first + wide, values) - 1;
    const ends = [at(min, step, first), at(min, step, last)];
    found.push({ label: first === last ? String(ends[0]) : `${ends[0]} – ${ends[1]}`, n: 0 });
  }
  for (const [value, n] of Object.entries(counts)) {
    const place = Math.floor(Math.round((Number(value) - min) / step) / wide);
    const bin = found[place];
    if (bin !== undefined) bin.n += n;
  }
  return found;
}

/** Without the dust of binary fractions: 0.1 + 2 x 0.1 is 0.3 here. */
function at(min: number, step: number, n: number): number {
  return Number((min + step * n).toPrecision(12));
}

/** People by percent answered: 0 to 9, 10 to 19 ... 90 to 99, and 100. Those without a percentage
 * (nothing was asked) are in none. */
export function histogram(people: Iterable<PersonTally>): readonly number[] {
  const columns = Array<number>(11).fill(0);
  for (const person of people) {
    if (person.percent_answered === null) continue;
    const column = Math.min(10, Math.floor(person.percent_answered / 10));
    columns[column] = (columns[column] ?? 0) + 1;
  }
  return columns;
}

/** The percentage that at least half of the people reached; null without people. */
export function halfReached(people: Iterable<PersonTally>): number | null {
  const all: number[] = [];
  for (const { percent_answered } of people) {
    if (percent_answered !== null) all.push(percent_answered);
  }
  all.sort((a, b) => b - a);
  return all[Math.ceil(all.length / 2) - 1] ?? null;
}

export interface Rate {
  readonly entry: StaffItem;
  readonly answered: number;
  /** Floored percent of those who joined; null for a question that counts for nobody: never asked, or
   * taken back. */
  readonly percent: number | null;
}

/** The response rate of every question in guide order. `flexed`: it was open at people's own pace, which
 * asks every question. */
export function rates(
  items: readonly StaffItem[],
  questions: ReadonlyMap<number, QuestionTally>,
  joined: number,
  flexed: boolean,
): readonly Rate[] {
  return items
    .filter(({ item }) => isQuestion(item))
    .map((entry) => {
      const answered = questions.get(entry.item.id)?.answered ?? 0;
      const asked = entry.status !== "withdrawn" && (flexed || entry.sent_at !== undefined);
      return { entry, answered, percent: asked && joined > 0 ? percent(answered, joined) : null };
    });
}

export type Order = "joined" | "lowest" | "away";

/** The numbers of the people in this order; equal ones by joining. */
export function ordered(people: ReadonlyMap<number, PersonTally>, order: Order): readonly number[] {
  const rows = [...people.values()].sort((a, b) => a.number - b.number);
  if (order === "lowest") {
    rows.sort((a, b) => (a.percent_answered ?? 101) - (b.percent_answered ?? 101));
  } else if (order === "away") {
    rows.sort((a, b) => Number(a.here) - Number(b.here));
  }
  return rows.map((person) => person.number);
}

/** Whole minutes from `since` to `at`, both in ms of the same clock. */
export function minutesSince(since: number, at: number): number {
  return Math.max(0, Math.floor((at - since) / 60_000));
}

/** A pid as people can compare it: p + four letters, four more. */
export function shortPid(pid: string): string {
  return pid.length <= 9 ? pid : `${pid.slice(0, 5)}\u00a0${pid.slice(5, 9)}…`;
}

/** Whether a search fits a pid: case, blanks and the form of shortPid do not matter. */
export function pidFits(pid: string, query: string): boolean {
  const wanted = query.toLowerCase().replace(/[\s…]/g, "");
  return wanted === "" || pid.includes(wanted);
}

export interface Span {
  readonly first: number;
  readonly count: number;
}

/** Which of `rows` rows to draw: those in view and `spare` more on either side. Heights in px. */
export function visible(
  rows: number,
  rowHeight: number,
  scrolled: number,
  viewHeight: number,
  spare = 6,
): Span {
  const top = Math.min(Math.max(0, scrolled), Math.max(0, rows * rowHeight - viewHeight));
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(rows, Math.ceil((top + viewHeight) / rowHeight) + spare);
  return { first, count: Math.max(0, last - first) };
}
