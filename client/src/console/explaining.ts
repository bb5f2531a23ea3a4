/** What the explanation of a percentage says, from what the server counted. Pure. */

import type { ExplainedLine, Explanation } from "./staff_api";

export interface Sum {
  readonly part: number;
  readonly whole: number;
  readonly percent: number;
}

/** "107 of 115 = 93 %"; null where nothing was asked, or where nobody joined. */
export function sumOf({ answered, asked, percent_answered }: Explanation): Sum | null {
  return sum(answered, asked, percent_answered);
}

/** The same over the questions that were open while they were here. */
export function sumWhilePresent(explained: Explanation): Sum | null {
  const { answered_while_present, present, percent_while_present } = explained;
  return sum(answered_while_present, present, percent_while_present);
}

function sum(part: number | null, whole: number | null, percent: number | null): Sum | null {
  return part === null || whole === null || percent === null ? null : { part, whole, percent };
}

/** The words that explain a line; `answeredAt` and `late` take the time of the answer. */
export interface WhyWords {
  readonly why: Readonly<Record<ExplainedLine["counts"], string>>;
  readonly answeredAt: (when: string) => string;
  readonly late: (when: string) => string;
  readonly muted: string;
  readonly stays: string;
}

export function whyOf(line: ExplainedLine, words: WhyWords, time: (at: number) => string): string {
  if (line.counts !== "answered") {
    return line.answered ? `${words.why[line.counts]} ${words.stays}` : words.why[line.counts];
  }
  const when = time(line.answered_at ?? 0);
  const counts = line.late ? words.late(when) : words.answeredAt(when);
  return line.muted ? `${counts} ${words.muted}` : counts;
}
