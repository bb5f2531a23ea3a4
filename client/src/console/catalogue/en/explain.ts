/** The staff page in English: why a participant's percentage is what it is. */

import type { Formats } from "../../../i18n";
import type { ExplainedLine } from "../../staff_api";

export function explainWords(f: Formats) {
  return {
    explain: {
      title: (pid: string, percent: string) => `How ${pid} comes to ${percent}`,
      titleWithout: (pid: string) => `What ${pid} came to`,
      back: "All results",
      loading: "Counting …",
      interim: (time: string) => `Answers can still come in. These are the numbers of ${time}.`,
      question: "Question, and why it counts",
      asked: "Asked",
      present: "Present",
      answered: "Answered",
      yes: "yes",
      no: "no",
      table: "Question by question",
      sum: (part: number, whole: number, percent: number) =>
        `${f.number(part)} of ${f.number(whole)} = ${f.percent(percent)}`,
      ofAll: "of all questions that were asked",
      ofPresent: "of those that were open while they were here",
      floor: "Rounded down, so that 100 means all.",
      nothingAsked: "Nothing was asked, so there is no percentage: neither 0 nor 100.",
      presentAtNone: "They were present at no question, so there is no second percentage.",
      neverJoined: "Nobody joined with this link, so there is nothing to count.",
      turnedAway: (why: string) =>
        `Nobody joined with this link. The last try was turned away: ${why}.`,
      why: {
        answered: "",
        present: "Here while it was open, no answer: counts as asked and present.",
        absent: "Not here while it was open: counts as asked, as for everybody.",
        withdrawn: "Taken back: counts for nobody.",
        skipped: "Skipped: counts for nobody.",
        unsent: "Never sent: counts for nobody.",
      } satisfies Record<ExplainedLine["counts"], string>,
      answeredAt: (when: string) => `Answered ${when}: counts.`,
      late: (when: string) => `Answered ${when}, late but in time: counts.`,
      muted: "Muted answers count like all others.",
      stays: "The answer stays in the files, marked.",
    },
    outcomes: {
      title: "Outcome",
      /** By the name that the files have for it. */
      names: new Map<string, string>([
        ["complete", "Complete"],
        ["left", "Left early"],
        ["never_joined", "Never came"],
        ["turned_away", "Turned away"],
        ["removed", "Removed"],
      ]),
    },
  };
}
