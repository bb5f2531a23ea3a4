/** The staff page in English: what came of it. */

import type { Formats } from "../../../i18n";
import { counting, said } from "./counting";

export function resultsWords(f: Formats) {
  const { count, people, questions } = counting(f);
  return {
    ended: {
      came: (n: number, max: number) => `${f.number(n)} of ${people(max)} came`,
      half: (percent: number, all: number) =>
        `Half of them answered ${f.percent(percent)} or more. ${all === 0 ? "Nobody" : f.number(all)} answered everything.`,
      asked: (n: number) => `${count(n, "question was", "questions were")} asked.`,
      at: (when: string, name: string) =>
        name === "" ? `Ended ${when}` : `Ended ${when} by ${name}`,
      late: (time: string) =>
        `Late answers can still arrive for ${time}; files made until then say “interim”.`,
      final: "The time for late answers is over: the files are final.",
      histogram: "How much people answered",
      histogramBy: "people by percent answered",
      column: (from: number): string => (from === 100 ? " percent" : " percent or more"),
      rates: "Response rate by question",
      ratesOf: "of all who joined",
      ratesLabel: (n: number, low: number, high: number) =>
        `Response rate of ${questions(n)}, between ${f.percent(low)} and ${f.percent(high)}. Each is listed below.`,
      lowest: (n: number, text: string, percent: number) =>
        `Lowest: question ${f.number(n)}, “${text}”, ${f.percent(percent)}.`,
      list: "Question by question",
      notAsked: "not asked",
      legend: { choice: "choice", text: "text" },
      files: "Files",
      semicolon: said("Semicolons between columns", "For spreadsheets with decimal commas."),
      everybody: said("Also links that nobody used", "In the participant file, as never_joined."),
      download: (name: string) => `Download ${name}`,
      file: {
        people: (n: number) => `${people(n)}: percent answered, minutes, outcome`,
        answers: "Every counted answer, with the wording as shown",
        questions: (n: number) => `${questions(n)}: asked, present, answered`,
        links: (n: number) => `${count(n, "link", "links")}, as handed out`,
      },
      anonymous:
        "There is no participant file: this conversation is anonymous, so nothing connects answers to people.",
      observer: "Observers see counts, no files. Ask the owner.",
      nobody: "Nobody came, or nothing was asked.",
      people: "People",
    },
  };
}
