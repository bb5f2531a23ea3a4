/** The staff page in English: who of the researcher's own list came. */

import type { Formats } from "../../../i18n";
import type { Result } from "../../match/matching";
import type { Kind } from "../../match/text";
import { counting } from "./counting";

export function matchWords(f: Formats) {
  const { count } = counting(f);
  const rows = (n: number) => count(n, "row", "rows");
  const saveAs = "Save the list as text; spreadsheet programs call that “CSV UTF-8”.";
  return {
    match: {
      title: "Match with your list",
      lead: "See who came, by name.",
      lock: "Nothing is uploaded. Your list is read in this browser and forgotten when you close it.",
      download: "Download matched list",
      needList: "Choose your list first.",
      needPercent: "Put the percentage right first.",
      needMatch: "Not matched yet; why stands below.",
      drop: "Drop your list here: names or addresses, and the id or link that you gave to each",
      hint: "A CSV file, its columns in any order. From a spreadsheet, save it as “CSV UTF-8”.",
      choose: "Choose file",
      other: "Other file",
      reading: (name: string) => `Reading ${name} …`,
      rows,
      ids: "Ids in",
      names: "Names in",
      noNames: "no column",
      threshold: "Came in full from, percent",
      thresholdWrong: "A whole number from 0 to 100.",
      results: "Results, press to filter",
      result: {
        came: (percent: string) => `came, ${percent} or more`,
        "came, under the threshold": (percent: string) => `came, under ${percent}`,
        "turned away": () => "turned away",
        "never came": () => "never came",
        "not on your list": () => "not on your list",
      } satisfies Record<Result, (percent: string) => string>,
      pill: {
        came: () => "came",
        "came, under the threshold": (percent: string) => `under ${percent}`,
        "turned away": () => "turned away",
        "never came": () => "never came",
        "not on your list": () => "not on your list",
      } satisfies Record<Result, (percent: string) => string>,
      of: (shown: number, all: number) =>
        shown === all ? rows(all) : `${f.number(shown)} of ${rows(all)}`,
      head: { name: "Name", pid: "participant_id", result: "Result", answered: "Answered" },
      whyHead: "Why",
      table: "Your list, with who came",
      search: "Search your list",
      searchWord: "Search",
      notFound: (query: string) => `No row holds “${query}”.`,
      nobody: "No row has this result.",
      why: {
        none: "",
        noId: "no id in this row",
        unreadable: "the id can't be read",
        noLink: "no link of this conversation",
        removed: "removed by a moderator",
        nothingAsked: "nothing was asked",
      },
      /** By the code of a refusal; another one is shown as it is. */
      codes: new Map<string, string>([
        ["full", "all seats were taken"],
        ["over", "came after the end"],
        ["not_open", "came before it was open"],
        ["other_device", "the link was in use on another device"],
        ["removed", "removed by a moderator"],
      ]),
      turnedAway: (why: string) => (why === "" ? "turned away" : `turned away: ${why}`),
      again: (numbers: readonly number[]) =>
        `same id in row ${numbers.map((n) => f.number(n)).join(", ")}`,
      notes: "What to know about your list",
      unreadable: (n: number) =>
        `${count(n, "row has no id that can be read; it counts", "rows have no id that can be read; they count")} as “never came”.`,
      repeated: (n: number) =>
        `${count(n, "row repeats", "rows repeat")} the id of another row; each has its result.`,
      empty: (n: number) => `${count(n, "empty row is", "empty rows are")} left out.`,
      noHeader: "Your list has no header, so its columns are called by their letters.",
      unused: (n: number) =>
        `${count(n, "link", "links")} that nobody joined with and that your list doesn't have: left out.`,
      interim: (time: string) => `Answers can still come in. These are the numbers of ${time}.`,
      notStarted: "It hasn't started, so nobody could come yet.",
      readAgain: "Read again",
      loading: "Fetching who came …",
      tryAgain: "Try again",
      anonymous: "There is nothing to match",
      anonymousMore:
        "This conversation is anonymous: everybody has the same link, so nothing connects answers to people, not even for you.",
      fault: {
        big: "The file has more than 50 MB. Take out what is no list.",
        empty: "The file is empty.",
        wide: "A row has more than 1,000 columns, so this is no list of people.",
        nul: `This is no text that can be read. ${saveAs}`,
        unread: "The file can't be read any more. Was it moved? Choose it again.",
        noIds:
          "No column holds ids or links of participants. The list needs, for each person, the id or the link of links.csv.",
        quote: (row: number) =>
          `Row ${f.number(row)} can't be read: a quotation mark is missing or left over, there or above.`,
        encoding: (line: number) =>
          line === 0
            ? `The file is no whole text. ${saveAs}`
            : `Line ${f.number(line)} of the file is not in UTF-8. ${saveAs}`,
        other: {
          workbook: `This is a workbook or an archive. ${saveAs}`,
          oldWorkbook: `This is an old workbook. ${saveAs}`,
          protected: "This file has a password. Take the password off and save it as “CSV UTF-8”.",
          picture: `This is a picture. ${saveAs}`,
          pdf: `This is a PDF. ${saveAs}`,
          compressed: `This is a compressed file. ${saveAs}`,
          utf32: `This is text in UTF-32. ${saveAs}`,
        } satisfies Record<Kind, string>,
      },
    },
  };
}
