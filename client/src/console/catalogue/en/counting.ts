/** How the English staff page counts. */

import type { Formats } from "../../../i18n";

export function counting(f: Formats) {
  /** "1 person", "2 people": `one` and `other` are what follows the number. */
  const count = (n: number, one: string, other: string) =>
    `${f.number(n)} ${f.plural(n) === "one" ? one : other}`;
  return {
    count,
    people: (n: number) => count(n, "person", "people"),
    questions: (n: number) => count(n, "question", "questions"),
  };
}

/** A title and what follows from it. */
export const said = (title: string, more: string) => ({ title, more });
