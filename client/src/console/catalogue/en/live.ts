/** The staff page in English: the control room. */

import type { Formats } from "../../../i18n";
import type { Around } from "../../around";
import { counting, said } from "./counting";

export function liveWords(f: Formats) {
  const { count, people } = counting(f);
  return {
    news: {
      connected: "Connected.",
      lost: "Connection lost. Reconnecting.",
      opened: (item: string) => `${item} is open.`,
      shown: (item: string) => `${item} is shown.`,
      closed: (item: string) => `${item} is closed.`,
      started: "The conversation is live.",
      ended: "The conversation has ended.",
      published: "The conversation is published.",
      unpublished: "The conversation is a draft again.",
      end_undone: "The End was taken back; it is live again.",
      reopened: "The conversation is open at people's own pace.",
      skipped: (item: string) => `${item} is skipped.`,
      withdrawn: (item: string) => `${item} is taken back.`,
      edited: (item: string) => `${item} was corrected.`,
      added: (item: string) => `${item} was added.`,
      guide_set: "The guide was replaced.",
      configured: "The settings were changed.",
      muted: "A participant was muted.",
      unmuted: "A participant is not muted any more.",
      removed: "A participant was removed.",
      takeover_asked: "Somebody asks to move to another device.",
      released: "A link moved to another device.",
    },
    room: {
      now: "Now",
      elapsed: (time: string, minutes: number): Around => [
        "",
        time,
        ` of ${f.number(minutes)} min`,
      ],
      behind: (time: string) => `${time} behind plan`,
      ahead: (time: string) => `${time} ahead of plan`,
      here: (n: number): Around => ["about ", f.number(n), " here"],
      waiting: (n: number): Around => ["about ", f.number(n), " waiting"],
      joined: (n: number, max: number): Around => ["", f.number(n), ` of ${f.number(max)} joined`],
      end: "End…",
      endTitle: "End for everybody?",
      endHere: (n: number, question: number | null) => {
        const here = `About ${people(n)} ${f.plural(n) === "one" ? "is" : "are"} here`;
        const open = question === null ? "" : ` and question ${f.number(question)} is open`;
        return `${here}${open}. They will see the thank-you page.`;
      },
      endGrace: (seconds: number) =>
        seconds === 0
          ? "Answers on their way don't count any more. You can undo this for 10 minutes."
          : `Answers on their way still count for ${f.number(seconds)} seconds. You can undo this for 10 minutes.`,
      endYes: "End now",
      endNo: "Keep going",
      tabs: "Control room",
      tab: {
        now: "Now",
        guide: (n: number) => `Guide ${f.number(n)}`,
        texts: "Texts",
        people: "People",
      },
      keys: "Keys",
      keysUse: said("Use these keys", "They are off while you type in a field."),
      key: {
        next: "Next item of the guide",
        move: "Mark the item below, above",
        send: "Send the marked item",
        skip: "Skip the marked item, or the next one",
        close: "Close the open question",
        search: "Search the texts",
        list: "This list",
      },
      keysDone: "Done",
    },
    open: {
      open: "Open",
      closed: "Closed",
      ofPlan: (spent: number, plan: number) => `${f.number(spent)} s of ${f.number(plan)} s`,
      overPlan: (spent: string) => `${spent}, over plan, still open`,
      since: (time: string) => `open for ${time}`,
      closedAgo: (time: string) => `closed ${time} ago`,
      answered: (n: number, here: number): Around => [
        "",
        f.number(n),
        ` of about ${f.number(here)} here have answered, ${f.percent(Math.min(100, here === 0 ? 0 : Math.floor((100 * n) / here)))}`,
      ],
      answeredAlone: (n: number): Around => [
        "",
        f.number(n),
        f.plural(n) === "one" ? " person answered" : " people answered",
      ],
      several: "People may choose several, so the sum may pass 100%.",
      none: said("No question sent yet", "What you send appears on everybody's phone at once."),
      messageShown: "Message shown to everybody",
      next: "Next question",
      nextMessage: "Next message",
      close: "Close",
      allSent: "Everything in the guide was sent or skipped.",
    },
    texts: {
      title: (n: number) => `Texts to question ${f.number(n)}`,
      count: (n: number) => count(n, "text", "texts"),
      list: "Texts, newest first",
      search: "Search the texts",
      searchWord: "Search",
      which: "Texts of which question",
      option: (n: number, text: string) => `${f.number(n)}. ${text}`,
      none: "No texts yet. They appear as people write.",
      noQuestion: "No question for texts has been sent yet.",
      notFound: (query: string) => `No text holds “${query}”.`,
      fresh: (n: number) => `${f.number(n)} new`,
      more: "Show older texts",
      late: "late",
      away: "Texts can't be fetched just now. They are tried again.",
    },
    people: {
      title: "People",
      joined: (n: number) => `${f.number(n)} joined`,
      search: "Search people",
      searchWord: "Search",
      order: "Order",
      orders: { joined: "as they joined", lowest: "lowest first", away: "away first" },
      number: "Number",
      answered: "Answered",
      whileHere: "While here",
      here: "here",
      away: "away",
      none: "Nobody has joined yet.",
      notFound: (query: string) => `No number holds “${query}”.`,
      anonymous: "This conversation is anonymous: there are counts, no rows.",
      observer: "Observers see counts, no rows.",
      more: "More",
      table: "People and how much they answered",
    },
  };
}
