/**
 * The answers to one question that can be read, newest first, as pages of them come. Pure.
 */

import type { Asked } from "./commands";

/** `participant` is 0 and `pid` empty where nobody may know who wrote it. In anonymous conversations
 * `author` stands for them, for this question only; observers get neither. */
export interface TextAnswer {
  readonly participant: number;
  readonly pid: string;
  readonly text: string;
  readonly late?: boolean;
  readonly answered_at: number;
  readonly aseq: number;
  readonly author?: string;
}

export interface Page {
  readonly aseq: number;
  readonly answers: readonly TextAnswer[];
}

export interface Texts {
  readonly question: number;
  /** What was read so far: the next page is the one after it. */
  readonly aseq: number;
  readonly rows: readonly TextAnswer[];
}

export function noTexts(question: number): Texts {
  return { question, aseq: 0, rows: [] };
}

/** With one more page. An answer that replaces one of the same person takes its place at the top. */
export function withPage(texts: Texts, page: Page): Texts {
  if (page.aseq <= texts.aseq) return texts;
  if (page.answers.length === 0) return { ...texts, aseq: page.aseq };
  const replaced = new Set<number | string>();
  const fresh: TextAnswer[] = [];
  for (const answer of [...page.answers].sort((a, b) => b.aseq - a.aseq)) {
    const writer = writerOf(answer);
    if (writer !== null && replaced.has(writer)) continue;
    if (writer !== null) replaced.add(writer);
    fresh.push(answer);
  }
  const kept = texts.rows.filter((row) => !replaced.has(writerOf(row) ?? ""));
  return { question: texts.question, aseq: page.aseq, rows: [...fresh, ...kept] };
}

/** Null where it can't be told. */
function writerOf(row: TextAnswer): number | string | null {
  if (row.participant !== 0) return row.participant;
  return row.author === undefined || row.author === "" ? null : row.author;
}

/** Muting who wrote a text; null where nobody may know. */
export function mutingOf(row: TextAnswer, question: number): Asked | null {
  if (row.participant !== 0) return { op: "mute", participant: row.participant };
  if (row.author === undefined || row.author === "") return null;
  return { op: "mute", question, author: row.author };
}

/** Those that hold `query`, whatever the case. */
export function found(rows: readonly TextAnswer[], query: string): readonly TextAnswer[] {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted === "") return rows;
  return rows.filter((row) => row.text.toLocaleLowerCase().includes(wanted));
}
