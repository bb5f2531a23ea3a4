/**
 * The staff page in English: what happens to a conversation before, between and after its live part.
 */

import type { Formats } from "../../../i18n";
import { counting, said } from "./counting";

export function lifecycleWords(f: Formats) {
  const { count } = counting(f);
  return {
    parts: {
      label: "Pages of this conversation",
      guide: "Guide",
      schedule: "Schedule",
      audience: "Audience",
      live: "Live",
      results: "Results",
      match: "Match",
      settings: "Settings",
    },
    flex: {
      title: "Open at their own pace",
      lead: (when: string) => `The same links work until ${when}. It ends by itself then.`,
      left: (time: string) => `${time} left`,
      days: (n: number) => count(n, "day", "days"),
      here: (n: number) => `about ${f.number(n)} here`,
      end: "End…",
      endTitle: "End for everybody?",
      endHere: (n: number) =>
        `About ${count(n, "person is", "people are")} here. They will see the thank-you page.`,
      endNote: (seconds: number) =>
        `Answers on their way still count for ${f.number(seconds)} seconds. This End can't be undone; you can reopen it again.`,
    },
    after: {
      byItself: (when: string) => `Ended ${when} by itself`,
      almostFinal: (time: string) =>
        `The time for late answers is over. In ${time} the End can't be undone any more; then the files are final.`,
      undo: (time: string) => `Undo End · ${time}`,
      undoTitle: "Take the End back?",
      undoText:
        "It is live again for everybody who joined, with the question that was open when it ended.",
      undoYes: "Undo End",
      undoNo: "Leave it ended",
      reopen: "Reopen as flex…",
      reopenIn: (time: string) =>
        `Can be reopened in ${time}, when no late answer can come any more.`,
      reopenTitle: "Reopen as flex?",
      reopenText: (links: number) =>
        links === 1
          ? "The same link opens again. People answer at their own pace, from where they stopped."
          : `The same ${f.number(links)} links open again. People answer at their own pace, from where they stopped.`,
      falls: (falling: number, people: number, usual: number | null, most: number) => {
        if (falling === 0) return "No percentage will fall";
        const how =
          usual === null
            ? `by up to ${f.number(most)}`
            : falling === 1
              ? `by ${f.number(most)}`
              : `most by ${f.number(usual)}`;
        return `${f.number(falling)} of ${count(people, "percentage", "percentages")} will fall, ${how}`;
      },
      fallsUnknown: "Percentages will fall",
      /** `more`: of them, asked for the first time. */
      asks: (questions: number, more: number) => {
        const all = `Flex asks all ${count(questions, "question", "questions")}`;
        return more === 0
          ? `${all}; every one was asked already.`
          : `${all}, ${f.number(more)} of them for the first time.`;
      },
      kept: "The finished live run never changes: its files stay as they are.",
      days: "Open for so many days",
      daysHint: (most: number, until: string) => `At most ${f.number(most)}: until ${until}.`,
      daysWrong: (most: number) => `A whole number from 1 to ${f.number(most)}.`,
      reopenYes: "Reopen as flex",
      cancel: "Not now",
    },
    back: {
      button: "Back to draft…",
      title: "Take it back to draft?",
      text: "Links stop working until you publish again.",
      yes: "Back to draft",
      no: "Leave it published",
      tooLate: "Too close to the start to go back to draft; people are arriving.",
    },
    settings: {
      title: "Settings",
      look: "Your role may look, not change. Ask the owner.",
      grace: "Seconds that late answers count",
      graceHint: "From 0 to 600. A phone may need a minute to come back.",
      needGrace: "A whole number from 0 to 600.",
      autoStart: said("Start by itself", "At the planned start, whether or not you are here."),
      needStart: "Set a planned start first.",
      mayMove: said(
        "People may move by themselves",
        "Another device gets a link whose first device was away for 5 minutes, at most twice.",
      ),
      save: "Save",
      saved: "Saved.",
      nothing: "Nothing was changed.",
      guide: "Discussion guide",
      asYaml: "Download as YAML",
      asTemplate: "Download as template (CSV)",
      formats: "YAML says everything; the template can be opened in a spreadsheet.",
      replace: "Another guide",
      replaceHint: "It takes the place of the whole guide. Until the start only.",
      replaceButton: "Replace the guide",
      replaced: "The guide was replaced.",
      copy: "Duplicate",
      copyText: "A new draft with the same guide and settings, without a start, with new links.",
      copyTitle: "Title of the copy",
      copyHint: "People see it.",
      copyButton: "Duplicate",
      erase: "Erase",
      eraseText:
        "Everything goes: answers, links, people. Files you downloaded stay with you. It can't be taken back.",
      eraseRunning: "End it first. While people can answer it can't be erased.",
      eraseOwner: "Only an owner can erase a conversation.",
      eraseType: "Type the conversation's title",
      eraseHint: (title: string) => `It is “${title}”.`,
      eraseOpen: "Erase…",
      eraseYes: "Erase everything",
      eraseNo: "Keep it",
    },
    edit: {
      add: "Add an item",
      addTitle: "Add an item",
      addFlex: "A question you add opens for everybody at once.",
      editTitle: (name: string) => `Correct ${name}`,
      edit: "Correct…",
      type: "Kind",
      typeSent: "It was sent, so its kind stays.",
      text: "Wording",
      textSent: "Everybody sees the correction; answers stay.",
      options: "Options, one a line",
      optionsHint: "“exclusive: None of the above” makes one that rules out the rest.",
      optionsSent: "It was sent: options can be reworded or added, none taken away.",
      optionsAnswered: "Somebody answered: options can be added at the end, not reworded.",
      other: said("Also “Other”", "People may write an answer of their own."),
      randomize: said("In random order", "Each participant sees an order of their own."),
      min: "Lowest number",
      max: "Highest number",
      step: "Step",
      minLabel: "Words at the lowest",
      maxLabel: "Words at the highest",
      boundsLocked: "Somebody answered, so the numbers can't change any more.",
      duration: "Seconds planned",
      durationHint: "A hint for everybody. Empty: no plan.",
      autoClose: said("Close by itself", "When the planned seconds are over."),
      section: "Section",
      after: "Where",
      first: "At the beginning",
      afterItem: (name: string, text: string) => `After ${name}: ${text}`,
      needText: "Write what people should read.",
      needOptions: "Write at least one option, or allow “Other”.",
      needBounds: "Two numbers, the lowest first, and a step above 0.",
      needDuration: "A whole number of seconds; to close by itself it needs one.",
      saveNew: "Add",
      save: "Save",
      cancel: "Cancel",
    },
    withdraw: {
      button: "Take back…",
      title: (name: string) => `Take ${name} back?`,
      text: "It closes for everybody and counts for nobody. Its answers stay in the files, marked. You can send it again.",
      yes: "Take it back",
      no: "Leave it",
      done: "taken back",
    },
    tray: {
      title: (n: number) => `${count(n, "person asks", "people ask")} to move to another device`,
      since: (minutes: number) =>
        minutes < 1 ? "just now" : `for ${count(minutes, "minute", "minutes")}`,
      release: "Release",
      releaseLabel: (letters: string) => `Release ${letters}`,
      hint: "Release lets the device with these letters go on; the first one stops. Earlier answers stay.",
    },
    person: {
      open: (pid: string) => `More about ${pid}`,
      here: "here now",
      away: "away",
      answered: "Answered of all questions",
      whileHere: "Answered while here",
      mute: "Mute",
      unmute: "Unmute",
      muteHint:
        "They notice nothing; answers leave the live view and stay in the files, marked muted.",
      release: "Release the link",
      releaseHint: "Another device may go on with it; the first one stops. Earlier answers stay.",
      remove: "Remove…",
      removeHint: "They are told, and cannot come back. Their row stays.",
      removeSure: "Remove this participant? They are told, and cannot come back.",
      removeYes: "Remove",
      removeNo: "Keep",
      explain: "Explain the percentage",
      close: "Close",
      muted: "muted",
      removed: "removed",
      muteText: "Mute who wrote this",
    },
    files: {
      title: "Files",
      run: "Which part",
      whole: "The whole conversation",
      live: "The live part",
      flex: (n: number) => `Open at own pace, ${f.number(n)}.`,
      noBom: said("Without byte order mark", "For programs that are not spreadsheets."),
      bundle: "Download everything",
      bundleWhat: "All files in one archive, with a data dictionary and a README",
      data: "Everything as JSON, with the exact texts",
      notMade: (name: string) => `${name} was not downloaded:`,
      interim: "Answers can still come in, so files made now say “interim”.",
    },
    damaged: (n: number) => `about ${count(n, "damaged link", "damaged links")}`,
    endsIn: (time: string) => `ends by itself in ${time}`,
  };
}
