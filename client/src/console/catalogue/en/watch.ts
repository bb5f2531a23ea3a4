/** The staff page in English: the control room beside the question: who looks, what happened, the curve. */

import type { Formats } from "../../../i18n";
import type { Change } from "../../meanwhile";
import type { Phase } from "../../state";
import { counting, said } from "./counting";

export function watchWords(f: Formats) {
  const { count, people } = counting(f);
  const verbs: Record<Change, string> = {
    added: "added",
    sent: "sent",
    closed: "closed",
    skipped: "skipped",
    withdrawn: "taken back",
    corrected: "corrected",
  };
  return {
    company: {
      with: (name: string, more: number) =>
        more === 0 ? `with ${name}` : `with ${name} and ${f.number(more)} more`,
      gone: (name: string) => `${name}'s screen is gone.`,
      everything: "You have everything.",
      everythingOpen: (item: string, n: number) =>
        `You have everything: ${item} is open, ${count(n, "answer", "answers")}.`,
    },
    meanwhile: {
      title: "Reconnected. Here is what happened:",
      phase: {
        draft: "it is a draft again",
        published: "it was published",
        live: "it went live",
        ended: "it ended",
        flex: "it was opened at people's own pace",
      } satisfies Record<Phase, string>,
      one: (item: string, change: Change) => `${item} was ${verbs[change]}`,
      several: (n: number, change: Change) =>
        `${count(n, "item was", "items were")} ${verbs[change]}`,
      severalSent: (n: number, last: string) =>
        `${count(n, "item was", "items were")} sent, the last one was ${last}`,
      answers: (n: number) => count(n, "answer came", "answers came"),
      join: (parts: readonly string[]) => `${parts.join("; ")}.`,
    },
    undo: {
      muted: "Muted.",
      more: "They notice nothing; their answers left this view.",
      button: "Undo",
    },
    curve: {
      title: "Presence and answers",
      here: "here",
      answers: "answers / 15 s",
      none: "The curve begins 15 seconds after the start.",
      now: "now",
      summary: (
        from: string,
        to: string,
        first: number,
        most: number,
        last: number,
        came: number,
      ) =>
        `From ${from} to ${to}: about ${people(first)} here at first, ${f.number(most)} at most, ${f.number(last)} at last. About ${count(came, "answer", "answers")} in the last minute.`,
    },
    marks: {
      open: "Open",
      list: "Items of the guide",
      marked: (item: string, text: string) => `Marked: ${item}. ${text}`,
    },
    note: {
      title: "Note",
      late: (n: number) => `${f.number(n)} late`,
      minutes: (n: number) => (n < 1 ? "just left" : `${f.number(n)} min`),
      awayFor: (n: number) =>
        n < 1 ? "left just now" : `away for ${count(n, "minute", "minutes")}`,
    },
    heard: {
      answers: (item: string, n: number) => `${item}: ${count(n, "answer", "answers")}`,
      back: "Connected again.",
    },
    elsewhere: {
      draft: said(
        "Nothing to steer yet",
        "This conversation is a draft, so its links don't work. Publish it; then you can start it here.",
      ),
      toAudience: "To Audience",
      published: "Ready to start",
      planned: (when: string) => `Planned for ${when}.`,
      unplanned: "No start was planned. It begins when a moderator presses Start.",
      notYet: "Until then nothing can be sent. The guide can still be changed.",
      ended: said("It is over", "Nothing can be sent any more. What came of it is in Results."),
      endedObserver: said("It is over", "Nothing is sent any more."),
      flex: said(
        "People answer at their own pace",
        "Every question is open to them, so there is nothing to send.",
      ),
      toResults: "To Results",
    },
  };
}
