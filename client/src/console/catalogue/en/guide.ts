/** The staff page in English: the guide and its items. */

import type { Formats } from "../../../i18n";
import type { Item } from "../../../wire";
import { counting } from "./counting";

export function guideWords(f: Formats) {
  const { count } = counting(f);
  return {
    item: {
      question: (n: number) => `Question ${f.number(n)}`,
      message: (n: number) => `Message ${f.number(n)}`,
      lower: {
        question: (n: number) => `question ${f.number(n)}`,
        message: (n: number) => `message ${f.number(n)}`,
      },
      kind: {
        message: "message",
        single_choice: "choice",
        multiple_choice: "several choices",
        open_text: "text",
        number: "number",
        scale: "scale",
      } satisfies Record<Item["type"], string>,
      other: "Other, in their own words",
      range: (min: number, max: number) => `from ${f.number(min)} to ${f.number(max)}`,
      exclusive: "rules out the rest",
      seconds: (n: number) => `${f.number(n)} s`,
    },
    guide: {
      title: "Guide",
      show: "Show",
      queue: (n: number) => `Queue ${f.number(n)}`,
      sent: (n: number) => `Sent ${f.number(n)}`,
      skipped: (n: number) => `Skipped ${f.number(n)}`,
      empty: {
        queue: "Everything was sent or skipped.",
        sent: "Nothing sent yet.",
        skipped: "Nothing skipped.",
      },
      next: "next",
      open: "open",
      shown: "shown",
      send: "Send now",
      again: "Ask again",
      showAgain: "Show again",
      skip: "Skip",
      answers: (n: number) => count(n, "answer", "answers"),
    },
  };
}
