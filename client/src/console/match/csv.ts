/**
 * CSV files as people keep them: any delimiter, with a header or without; and how ours are written.
 * Pure. Reads and writes exactly as `turnout match` does (turnout/match/tables.py, exports/csv_file.py);
 * tests/match/shared.json holds the two to each other.
 */

import { isBlank } from "../../blank";
import { idIn } from "./ids";
import { BLANKS, type Fault } from "./text";

export const MAX_COLUMNS = 1_000;
const DELIMITERS = [",", ";", "\t", "|"] as const;
/** Rows by which the delimiter is found. */
const SAMPLE = 200;
/** Code points of a cell, more of which Python's reader takes for a quotation mark left out. */
const LONGEST = 131_072;

/** `number`: from 1, as a spreadsheet program shows it. */
export interface CsvRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** `header` has a name for every column, and every row is as wide; rows of blanks are left out and
 * counted in `empty`. */
export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly delimiter: string;
  readonly empty: number;
  readonly hasHeader: boolean;
}

/** The rows of a text. A first row that holds an id is no header. */
export function readCsv(text: string): CsvFile | Fault {
  const delimiter = fittest(text);
  const read = records(text, delimiter, Number.POSITIVE_INFINITY);
  if (!read.whole) return { kind: "quote", row: read.rows.length + 1 };
  const filled = read.rows
    .map((cells, i) => ({ number: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => stripped(cell) !== ""));
  const width = filled.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (width > MAX_COLUMNS) return { kind: "wide" };
  const first = filled[0];
  if (first === undefined) return { kind: "empty" };
  const hasHeader = !first.cells.some((cell) => idIn(cell) !== null);
  const names = hasHeader ? first.cells : [];
  const header = Array.from(
    { length: width },
    (_, i) => stripped(names[i] ?? "") || `column ${letters(i)}`,
  );
  const rows = (hasHeader ? filled.slice(1) : filled).map(({ number, cells }) => ({
    number,
    cells: header.map((_, i) => cells[i] ?? ""),
  }));
  return { header, rows, delimiter, empty: read.rows.length - filled.length, hasHeader };
}

/** The delimiter with the most ids that stand alone in a cell, then the most rows as wide as the first
 * one, then the widest. */
function fittest(text: string): string {
  let best: readonly number[] = [];
  let found: string = DELIMITERS[0];
  for (const delimiter of DELIMITERS) {
    const fit = fitOf(text, delimiter);
    if (best.length === 0 || isMore(fit, best)) {
      best = fit;
      found = delimiter;
    }
  }
  return found;
}

function fitOf(text: string, delimiter: string): readonly number[] {
  const { rows, whole } = records(text, delimiter, SAMPLE);
  if (!whole) return [-1, 0, 0];
  const width = rows[0]?.length ?? 0;
  const ids = rows.reduce((n, cells) => n + cells.filter((cell) => idIn(cell) !== null).length, 0);
  const alike = width > 1 ? rows.filter((cells) => cells.length === width).length : 0;
  return [ids, alike, width];
}

/** Whether `one` comes after `other`, compared number by number. */
export function isMore(one: readonly number[], other: readonly number[]): boolean {
  for (const [i, n] of one.entries()) {
    if (n !== other[i]) return n > (other[i] ?? 0);
  }
  return false;
}

/** A column as a spreadsheet program calls it: 0 is A, 26 is AA. */
export function letters(index: number): string {
  const rest = index < 26 ? "" : letters(Math.floor(index / 26) - 1);
  return rest + String.fromCharCode(65 + (index % 26));
}

/** At most so many records; not `whole` where a quotation mark is missing or left over. */
function records(text: string, delimiter: string, most: number) {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const record = recordAt(text, at, delimiter);
    if (record === null) return { rows, whole: false };
    rows.push(record.cells);
    at = record.next;
  }
  return { rows, whole: true };
}

/** The record that begins at `at`, and where the next one does. An empty line has no cells. */
function recordAt(
  text: string,
  at: number,
  delimiter: string,
): { cells: string[]; next: number } | null {
  if (isEnd(text, at)) return { cells: [], next: afterEnd(text, at) };
  const cells: string[] = [];
  for (let from = at; ; ) {
    const cell = text[from] === '"' ? quotedAt(text, from) : plainAt(text, from, delimiter);
    if (cell === null || isTooLong(cell.text)) return null;
    cells.push(cell.text);
    if (isEnd(text, cell.next)) return { cells, next: afterEnd(text, cell.next) };
    if (text[cell.next] !== delimiter) return null;
    from = cell.next + 1;
  }
}

interface ReadCell {
  readonly text: string;
  /** Where the delimiter or the end of the line stands. */
  readonly next: number;
}

function plainAt(text: string, at: number, delimiter: string): ReadCell {
  let next = at;
  while (!isEnd(text, next) && text[next] !== delimiter) next++;
  return { text: text.slice(at, next), next };
}

function quotedAt(text: string, at: number): ReadCell | null {
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') {
      return { text: text.slice(at + 1, quote).replaceAll('""', '"'), next: quote + 1 };
    }
    from = quote + 2;
  }
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === "\n" || text[at] === "\r";
}

function afterEnd(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}

function isTooLong(cell: string): boolean {
  return cell.length > LONGEST && [...cell].length > LONGEST;
}

const AROUND = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "g");
const QUOTED = new RegExp(
  `[",;\\t\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]|^[${BLANKS}]|[${BLANKS}]$`,
);

export function stripped(text: string): string {
  return text.replace(AROUND, "");
}

/** One line of a file, as all files of this product are written. */
export function written(cells: readonly string[], delimiter: string): string {
  const texts = cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${texts.join(delimiter)}\r\n`;
}

/** Free text as a cell that no spreadsheet program runs: with an apostrophe in front if, after blanks
 * and invisible characters, it begins with = + - @ or one of their wide or small forms, or if a tab
 * or carriage return is among those blanks. */
export function guarded(text: string): string {
  for (const char of text) {
    if (char === "\t" || char === "\r") return `'${text}`;
    if (!isBlank(char)) {
      return "=+-@".includes(char.normalize("NFKC")[0] ?? " ") ? `'${text}` : text;
    }
  }
  return text;
}
