/** The staff page in English: what came of it. */

import type { Formats } from "../../../i18n";
import { counting, said } from "./counting";

export function resultsWords(f: Formats) {
  const { count, people, questions } = counting(f);
  return {
    ended: {
      came: (n: number, max: number) => `${f.number(n)} of ${people(max)} came`,
      soFar: (n: number, max: number) => `${f.number(n)} of ${people(max)} came so far`,
      /** The single link knows browsers, not people. */
      browsers: (n: number) => `${count(n, "browser", "browsers")} took part`,
      browsersNote: "One link for everybody: browsers can be counted, people can't.",
      half: (percent: number, all: number) => {
        const everything = `${all === 0 ? "Nobody" : f.number(all)} answered everything.`;
        if (percent === 100) return everything;
        return `Half of them answered ${f.percent(percent)} or more. ${everything}`;
      },
      asked: (n: number) => `${count(n, "question was", "questions were")} asked.`,
      notYet: "Nothing to see yet",
      notYetMore: "Results appear here when the conversation has started and people have joined.",
      toAudience: "Who gets in",
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
      gap: (numbers: readonly number[]) =>
        numbers.length === 1
          ? `Question ${f.number(numbers[0] ?? 0)} was not asked.`
          : numbers.length <= 3
            ? `Questions ${numbers.map((n) => f.number(n)).join(", ")} were not asked.`
            : `${questions(numbers.length)} were not asked.`,
      list: "Question by question",
      notAsked: "not asked",
      takenBack: "taken back",
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
      nobody: "Nobody joined, so there are no percentages.",
      nothing: "Nothing was asked, so there are no percentages: neither 0 nor 100.",
      noRates: "No question was asked, so there are no rates.",
      people: "People",
      links: (n: number) => count(n, "link", "links"),
      counting: "Counting …",
      countedAt: (time: string) => `As of ${time}; answers can still come in.`,
      countAgain: "Count again",
      minutes: "Minutes",
      explainHead: "Explain",
      explain: (pid: string) => `Explain ${pid}`,
    },
  };
}
