/**
 * The answers to one question that can be read, newest first, as pages of them come. Pure.
 */

/** `participant` is 0 and `pid` empty where nobody may know who wrote it. */
export interface TextAnswer {
  readonly participant: number;
  readonly pid: string;
  readonly text: string;
  readonly late?: boolean;
  readonly answered_at: number;
  readonly aseq: number;
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
  const replaced = new Set<number>();
  const fresh: TextAnswer[] = [];
  for (const answer of [...page.answers].sort((a, b) => b.aseq - a.aseq)) {
    if (replaced.has(answer.participant)) continue;
    if (answer.participant !== 0) replaced.add(answer.participant);
    fresh.push(answer);
  }
  const kept = texts.rows.filter(({ participant }) => !replaced.has(participant));
  return { question: texts.question, aseq: page.aseq, rows: [...fresh, ...kept] };
}

/** Those that hold `query`, whatever the case. */
export function found(rows: readonly TextAnswer[], query: string): readonly TextAnswer[] {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted === "") return rows;
  return rows.filter((row) => row.text.toLocaleLowerCase().includes(wanted));
}
