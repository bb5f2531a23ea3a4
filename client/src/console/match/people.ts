/** Participant Data by id: who came, with what, and who did not. Pure; see turnout/match/people.py. */

import { type CsvFile, isMore, readCsv, stripped } from "./csv";
import { idIn } from "./ids";
import { textOf } from "./text";

export type Outcome = "complete" | "left" | "removed" | "never_joined" | "turned_away";

/** A row of Participant Data. `percent` is null where nothing was asked; the texts are those of the
 * file, and `outcome` may be one that this page does not know. */
export interface Person {
  readonly pid: string;
  readonly percent: number | null;
  readonly whilePresent: string;
  readonly minutes: string;
  readonly outcome: Outcome | (string & {});
  readonly reason: string;
}

/** By pid, in the order of the file. `repeated`: ids in several rows, of which the one with the most
 * counts; `unreadable`: rows without an id. */
export interface People {
  readonly byPid: ReadonlyMap<string, Person>;
  readonly repeated: number;
  readonly unreadable: number;
}

const NECESSARY = ["participant_id", "percent_answered", "outcome"] as const;
const PERCENT = /^([0-9]{1,3})(?:[.,]0+)? *%?$/;
const RANK: Readonly<Record<string, number>> = { never_joined: 0, turned_away: 1 };

/** The people of `participant_data.csv`, its columns in any order; null if it is no such file. */
export function readPeople(bytes: Uint8Array<ArrayBuffer>): People | null {
  const text = textOf(bytes);
  if (typeof text !== "string") return null;
  const table = readCsv(text);
  if (!("rows" in table)) return null;
  const columns = new Map<string, number>();
  for (const [i, name] of table.header.entries()) {
    const lower = name.toLowerCase();
    if (!columns.has(lower)) columns.set(lower, i);
  }
  return NECESSARY.every((name) => columns.has(name)) ? peopleOf(table, columns) : null;
}

function peopleOf(table: CsvFile, columns: ReadonlyMap<string, number>): People | null {
  const byPid = new Map<string, Person>();
  const repeated = new Set<string>();
  let unreadable = 0;
  for (const { cells } of table.rows) {
    const cell = (name: string) => cells[columns.get(name) ?? -1] ?? "";
    const pid = idIn(cell("participant_id"));
    if (pid === null) {
      unreadable++;
      continue;
    }
    const person = personOf(pid, (name) => stripped(cell(name)));
    if (person === null) return null;
    const earlier = byPid.get(pid);
    if (earlier !== undefined) repeated.add(pid);
    if (earlier === undefined || isMore(weight(person), weight(earlier))) byPid.set(pid, person);
  }
  return { byPid, repeated: repeated.size, unreadable };
}

function personOf(pid: string, cell: (name: string) => string): Person | null {
  const percent = cell("percent_answered");
  const number = PERCENT.exec(percent);
  if (percent !== "" && (number === null || Number(number[1]) > 100)) return null;
  return {
    pid,
    percent: number === null ? null : Number(number[1]),
    whilePresent: cell("percent_while_present"),
    minutes: cell("minutes_present"),
    outcome: cell("outcome").toLowerCase(),
    reason: cell("reason"),
  };
}

function weight({ outcome, percent }: Person): readonly number[] {
  return [RANK[outcome] ?? 2, percent ?? -1];
}

/** Whether somebody joined with this link. */
export function came(person: Person): boolean {
  return RANK[person.outcome] === undefined;
}

/** Whether the data has the links that nobody joined with, too. */
export function isWhole(people: People): boolean {
  return [...people.byPid.values()].some((person) => !came(person));
}
