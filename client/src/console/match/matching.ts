/**
 * The cross-reference: every row of the researcher's list with what became of it, then who came and is
 * not on the list. No row of the list is ever left out. Pure; the rules are those of `turnout match`
 * (turnout/match/matching.py), and tests/match/shared.json holds the two to each other.
 */

import { type CsvFile, type CsvRow, guarded, isMore, stripped, written } from "./csv";
import { idIn } from "./ids";
import { came, isWhole, type People, type Person } from "./people";
import type { Fault } from "./text";

export const THRESHOLD = 80;

/** As typed, with or without the sign; null if it is no percentage. */
export function readThreshold(typed: string): number | null {
  const percent = /^\s*(\d{1,3})\s*%?\s*$/.exec(typed)?.[1];
  return percent === undefined || Number(percent) > 100 ? null : Number(percent);
}

const NAMES = /name|nombre|nome|\bnom\b|naam|имя|фамилия|اسم|姓名|名前|이름|नाम/iu;

/** The column that is shown for a row: the first that is called a name, or the first without the ids. */
export function guessedNames(header: readonly string[], ids: number): number | null {
  const others = [...header.keys()].filter((index) => index !== ids);
  return others.find((index) => NAMES.test(header[index] ?? "")) ?? others[0] ?? null;
}

/** In the order in which they are told. */
export const RESULTS = [
  "came",
  "came, under the threshold",
  "turned away",
  "never came",
  "not on your list",
] as const;
/** As the file names it. */
export type Result = (typeof RESULTS)[number];

/** Why it is so: what the data says (a code, or words of a file that people changed), or ours. */
export type Why =
  | { readonly kind: "told"; readonly reason: string }
  | { readonly kind: "none" | "noId" | "unreadable" | "noLink" | "removed" | "nothingAsked" }
  | { readonly kind: "turnedAway"; readonly reason: string };

/** `row`: of the list, as a spreadsheet program numbers it, and its `cells`; 0 and none for who is not on
 * it. `again`: the first other rows of the list with the same id. */
export interface Match {
  readonly row: number;
  readonly cells: readonly string[];
  readonly pid: string | null;
  readonly person: Person | null;
  readonly result: Result;
  readonly why: Why;
  readonly again: readonly number[];
}

/** `of`: rows of each result; the first four add up to the rows of the list. What else is to be told:
 * `unreadable` and `repeated` rows of the list, and links that nobody joined with and that are not on it
 * (`unused`, which are left out). */
export interface Matched {
  readonly list: CsvFile;
  readonly column: number;
  readonly rows: readonly Match[];
  readonly of: Readonly<Record<Result, number>>;
  readonly unreadable: number;
  readonly repeated: number;
  readonly unused: number;
}

/** The first column with the most ids of the participant data, then the most ids. */
export function guessedColumn(list: CsvFile, people: People): number | Fault {
  let best: readonly number[] = [0, 0];
  let found: number | null = null;
  for (const index of list.header.keys()) {
    const pids = idsIn(list, index).filter((pid) => pid !== null);
    const fit = [pids.filter((pid) => people.byPid.has(pid)).length, pids.length];
    if (isMore(fit, best)) {
      best = fit;
      found = index;
    }
  }
  return found ?? { kind: "noIds" };
}

/** The id of each row in this column; null where there is none. Most of a match's time goes here. */
export function idsIn(list: CsvFile, column: number): readonly (string | null)[] {
  return list.rows.map(({ cells }) => idIn(cells[column] ?? ""));
}

/** `column`: of the list, with the ids; `threshold`: the percentage from which somebody came in full;
 * `pids`: of this column, for who has read them already. */
export function match(
  list: CsvFile,
  people: People,
  column: number,
  threshold: number,
  pids = idsIn(list, column),
): Matched {
  const rowsOf = new Map<string, number[]>();
  for (const [i, pid] of pids.entries()) {
    if (pid === null) continue;
    const number = list.rows[i]?.number ?? 0;
    const same = rowsOf.get(pid);
    if (same === undefined) rowsOf.set(pid, [number]);
    else same.push(number);
  }
  const known = { people, whole: isWhole(people), threshold, column, rowsOf };
  const listed = list.rows.map((row, i) => listedMatch(row, pids[i] ?? null, known));
  const others = [...people.byPid.values()].filter(({ pid }) => !rowsOf.has(pid));
  const rows = [
    ...listed,
    ...others.filter(({ outcome }) => outcome !== "never_joined").map(otherMatch),
  ];
  return {
    list,
    column,
    rows,
    of: countsOf(rows),
    unreadable: pids.filter((pid) => pid === null).length,
    repeated: [...rowsOf.values()].reduce((n, same) => n + same.length - 1, 0),
    unused: others.filter(({ outcome }) => outcome === "never_joined").length,
  };
}

interface Known {
  readonly people: People;
  readonly whole: boolean;
  readonly threshold: number;
  readonly column: number;
  readonly rowsOf: ReadonlyMap<string, readonly number[]>;
}

function listedMatch({ number, cells }: CsvRow, pid: string | null, known: Known): Match {
  const row = { row: number, cells, pid };
  if (pid === null) {
    const kind = stripped(cells[known.column] ?? "") === "" ? "noId" : "unreadable";
    return { ...row, person: null, result: "never came", why: { kind }, again: [] };
  }
  const person = known.people.byPid.get(pid) ?? null;
  const again = firstOthers(known.rowsOf.get(pid) ?? [], number);
  const why: Why = person !== null ? whyOf(person) : { kind: known.whole ? "noLink" : "none" };
  return { ...row, person, result: resultOf(person, known.threshold), why, again };
}

/** Not all: a list may be one id over and over. */
function firstOthers(rows: readonly number[], number: number): readonly number[] {
  return rows
    .slice(0, MOST_ROWS + 1)
    .filter((other) => other !== number)
    .slice(0, MOST_ROWS);
}

const MOST_ROWS = 5;

function otherMatch(person: Person): Match {
  const why: Why =
    person.outcome === "turned_away"
      ? { kind: "turnedAway", reason: person.reason }
      : whyOf(person);
  return { row: 0, cells: [], pid: person.pid, person, result: "not on your list", why, again: [] };
}

function resultOf(person: Person | null, threshold: number): Result {
  if (person?.outcome === "turned_away") return "turned away";
  if (person === null || !came(person)) return "never came";
  return (person.percent ?? 100) >= threshold ? "came" : "came, under the threshold";
}

function whyOf(person: Person): Why {
  if (person.reason !== "") return { kind: "told", reason: person.reason };
  if (!came(person)) return { kind: "none" };
  if (person.outcome === "removed") return { kind: "removed" };
  return { kind: person.percent === null ? "nothingAsked" : "none" };
}

function countsOf(rows: readonly Match[]): Record<Result, number> {
  const of = Object.fromEntries(RESULTS.map((result) => [result, 0])) as Record<Result, number>;
  for (const { result } of rows) of[result]++;
  return of;
}

const ADDED = [
  "participant_id_matched",
  "result",
  "percent_answered",
  "percent_while_present",
  "minutes_present",
  "reason",
] as const;
/** How the file says it; in one language, as all files are. */
const WHY = {
  none: "",
  noId: "no id in this row",
  unreadable: "the id cannot be read",
  noLink: "no link of this conversation",
  removed: "removed",
  nothingAsked: "nothing was asked",
} as const;
const NUMBER = /^[-+]?[0-9]+(?:[.,][0-9]+)?$/;

/** Rows of this result (null: of any) that hold what is searched for, in any of their cells. */
export function shownRows(
  rows: readonly Match[],
  result: Result | null,
  query: string,
): readonly Match[] {
  const wanted = query.trim().toLowerCase();
  return rows.filter(
    (row) => (result === null || row.result === result) && (wanted === "" || holds(row, wanted)),
  );
}

function holds({ cells, pid }: Match, wanted: string): boolean {
  return pid?.includes(wanted) || cells.some((cell) => cell.toLowerCase().includes(wanted));
}

/** The matched list as a file: the researcher's columns as they were, then ours. */
export function fileOf({ list, rows }: Matched): string {
  const delimiter = list.delimiter === ";" ? ";" : ",";
  const names = [...list.header, ...freeNames(list.header)];
  const lines = rows.map(({ row, cells, pid, person, result, why, again }) => {
    const theirs = row === 0 ? list.header.map(() => "") : cells.map(own);
    const numbers =
      person === null
        ? ["", "", ""]
        : [String(person.percent ?? ""), own(person.whilePresent), own(person.minutes)];
    return written(
      [...theirs, pid ?? "", result, ...numbers, own(reasonOf(why, again))],
      delimiter,
    );
  });
  return ["\ufeff", written(names.map(guarded), delimiter), ...lines].join("");
}

/** Our columns, numbered where the list has one of that name already. */
function freeNames(header: readonly string[]): readonly string[] {
  const taken = new Set(header.map((name) => name.toLowerCase()));
  return ADDED.map((name) => {
    let free: string = name;
    for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
    return free;
  });
}

function reasonOf(why: Why, again: readonly number[]): string {
  const reasons = [said(why)].filter((reason) => reason !== "");
  if (again.length > 0) {
    reasons.push(`the same id stands in row ${again.join(", ")}`);
  }
  return reasons.join("; ");
}

function said(why: Why): string {
  switch (why.kind) {
    case "told":
      return why.reason;
    case "turnedAway":
      return why.reason === "" ? "turned away" : `turned away: ${why.reason}`;
    default:
      return WHY[why.kind];
  }
}

/** A cell of people's files, so that no spreadsheet program runs it; numbers stay. */
function own(cell: string): string {
  return NUMBER.test(cell) ? cell : guarded(cell);
}
