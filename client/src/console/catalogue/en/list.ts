/** The staff page in English: all conversations, and making one. */

import type { Formats } from "../../../i18n";
import { counting, said } from "./counting";

export function listWords(f: Formats) {
  const { count, questions } = counting(f);
  return {
    list: {
      title: "Conversations",
      new: "New conversation",
      empty: said(
        "No conversations yet",
        "Bring a discussion guide, say how many people may come, and hand out their links.",
      ),
      conversation: "Conversation",
      phase: "Phase",
      joined: "Joined",
      questions: "Questions",
      start: "Planned start",
      unplanned: "not planned",
      running: (n: number) => `${count(n, "conversation is", "conversations are")} open now.`,
      next: "Next:",
      /** After the title of the next one. */
      nextAt: (when: string) => `, ${when}.`,
      nothingPlanned: "None is open, and no start is planned.",
      search: "Search conversations",
      searchWord: "Search",
      many: (n: number, all: number) =>
        n === all
          ? count(all, "conversation", "conversations")
          : `${f.number(n)} of ${count(all, "conversation", "conversations")}`,
      notFound: (query: string) => `No conversation's title or address holds “${query}”.`,
      of: (n: number, max: number) => `${f.number(n)} of ${f.number(max)}`,
      single: "single link",
    },
    create: {
      title: "New conversation",
      lead: "It begins as a draft: nobody can join until you publish it.",
      guide: "Discussion guide",
      guideHint: "A YAML guide, or the spreadsheet template as a workbook (.xlsx) or CSV.",
      drop: "Drop the file here, or",
      choose: "Choose a file",
      otherFile: "Choose another file",
      checking: (name: string) => `Reading ${name} …`,
      workbook:
        "This kind of workbook can't be read. Save it as .xlsx or CSV, then choose that file.",
      big: "This file is larger than 4 MB. A discussion guide is not.",
      unread: "This file could not be read. Choose it again.",
      good: (q: number, items: number) =>
        items === q ? questions(q) : `${questions(q)}, ${count(items - q, "message", "messages")}`,
      problems: (n: number) => `${count(n, "thing", "things")} to put right`,
      problemsMore: "Nothing is taken until none are left. Change the file, then choose it again.",
      remarks: (n: number) => `${count(n, "thing was", "things were")} read otherwise than written`,
      remarksMore: "They stop nothing. Check that they are what you meant.",
      row: "Row",
      column: "Column",
      what: "What to put right",
      whatRead: "How it was read",
      wholeFile: "whole file",
      about: "What participants see",
      name: "Title",
      nameHint: "At the top of every page.",
      max: "Max participants",
      maxHint: "Fixed once it is live.",
      links: "How people get in",
      unique: said("Unique links", "One per person. You see who came and how much they answered."),
      single: said("Single link", "One for everybody, anonymous. No participant file."),
      devices: said(
        "Allow several devices",
        "Off: a link stays with the first browser that joins.",
      ),
      when: "When",
      starts: "Planned start, if you know it",
      startsHint:
        "Participants see it in their own time. You start it by hand unless you choose otherwise.",
      zone: "Time zone",
      duration: "Planned minutes",
      durationHint: "It ends by itself an hour after the plan.",
      noSuchTime: (zone: string) => `Clocks go forward over this time in ${zone}. Choose another.`,
      needGuide: "Choose a discussion guide first.",
      needGoodGuide: "Put the guide right first.",
      needTitle: "Give it a title.",
      needMax: `A whole number from 1 to ${f.number(100_000)}.`,
      needDuration: `A whole number from 1 to ${f.number(1_440)}.`,
      button: "Create draft",
    },
  };
}
