/** The staff page in English: publishing, links and who gets in. */

import type { Formats } from "../../../i18n";
import type { Filter, Why } from "../../links_list";
import { counting, said } from "./counting";

export function audienceWords(f: Formats) {
  const { count, people, questions } = counting(f);
  const links = (n: number) => count(n, "link", "links");
  return {
    ready: {
      draftTitle: "Distribute",
      publishedTitle: "Ready to start",
      liveTitle: "Coming in",
      overTitle: "Who came",
      draft: (n: number) => `${links(n)}, for ${people(n)}. They start to work when you publish.`,
      draftSingle: (n: number) =>
        `One link, for up to ${people(n)}. It starts to work when you publish.`,
      published: (waiting: number) =>
        waiting === 0
          ? "Links work. Nobody is waiting yet; Join appears when you start."
          : `Links work. About ${people(waiting)} waiting; Join appears when you start.`,
      live: (joined: number, max: number) =>
        `${f.number(joined)} of ${people(max)} joined. Everybody else can still come.`,
      over: (joined: number, max: number) => `${f.number(joined)} of ${people(max)} came.`,
      before: "Before you publish",
      todo: (n: number) => `${f.number(n)} to do`,
      guide: (q: number) => questions(q),
      guidePlan: (q: number, minutes: number, planned: number) =>
        `${questions(q)}, ${f.number(minutes)} min of ${f.number(planned)}`,
      guideLong: (minutes: number, planned: number) =>
        said(
          `The guide takes ${f.number(minutes)} min, ${f.number(planned)} are planned`,
          "Nothing stops at the end of the plan; it ends by itself an hour later.",
        ),
      noQuestion: said("The guide is empty", "It asks no question. Add one in the guide."),
      oneOption: (row: number) =>
        said(
          `Row ${f.number(row)}: a choice with one option`,
          "Whoever answers can only agree. You can publish it like this.",
        ),
      starts: (when: string, place: string) => `Starts ${when} (${place})`,
      startsItself: (when: string, place: string) => `Starts by itself ${when} (${place})`,
      noStart: "No planned start: you start by hand",
      past: said("Starts in the past", "You can publish and start now."),
      pastAuto: said(
        "Starts in the past",
        "It would start at once. Set a later start, or start by hand.",
      ),
      address: (address: string) => `Links begin with ${address}`,
      noAddress: said(
        "No public address: links would point at this computer",
        "Whoever runs the server sets it (TURNOUT_PUBLIC). Do that before you send links.",
      ),
      taken: (when: string) => `Links downloaded ${when}`,
      notTaken: said("Links not downloaded yet", "You can publish now and send them later."),
      moreNotTaken: said(
        "New links not downloaded yet",
        "Max participants was raised after the last download. The links before them stay the same.",
      ),
      take: "Download them",
      setIt: "Set it",
      toGuide: "To the guide",
      publish: "Publish",
      publishHint: "Links start to work now.",
      publishStop: "Put right what is marked first.",
      start: "Start…",
      startTitle: "Start now?",
      startWaiting: (n: number) =>
        n === 0
          ? "Nobody is waiting yet. Join appears as people open their links."
          : `About ${people(n)} waiting. Join appears on their phones.`,
      startNote: "Max participants and the kind of link are fixed from then on.",
      startYes: "Start now",
      startNo: "Not yet",
      entry: "How people get in",
      kind: "Kind of link",
      kindFixed: "To change the kind of link, take it back to draft first.",
      kindTaken:
        "Links were downloaded already. If you change the kind, those don't work any more.",
      seats: "Seats and devices",
      maxHint: "Raising it keeps every link and adds new ones at the end. Fixed once live.",
      devicesHint: said(
        "Allow several devices",
        "Off: a link stays with the first browser that joins. You can release anyone with one tap.",
      ),
      fixed: "Fixed since the start.",
      max: "Max participants",
      devices: "Several devices",
      mayMove: "People move by themselves",
      on: "On",
      off: "Off",
      waitingNow: "Waiting now",
      hereNow: "Here now",
      about: (n: number) => `about ${f.number(n)}`,
    },
    links: {
      title: links,
      singleTitle: "The link",
      download: "Download links",
      search: "Search links",
      searchWord: "Search",
      number: "No.",
      pid: "participant_id",
      link: "Link",
      state: "State",
      joined: "joined",
      unused: "unused",
      removed: "removed",
      asks: "asks to move",
      why: {
        other_device: "another device refused",
        full: "refused, seats full",
        over: "refused, came after the end",
        removed: "refused since removed",
        else: "refused",
      } satisfies Record<Why, string>,
      copy: (n: number) => `Copy link ${f.number(n)}`,
      copySingle: "Copy link",
      copied: "Copied",
      notFound: (query: string) => `No link holds “${query}”.`,
      warn: said(
        "These links point at this computer",
        "Set the public address in the server's settings before you send them to anybody.",
      ),
      filter: {
        all: "All",
        unused: "Unused",
        joined: "Joined",
        refused: "Refused devices",
      } satisfies Record<Filter, string>,
      show: "Show",
      nothing: {
        all: "There are no links.",
        unused: "Every link has joined.",
        joined: "Nobody has joined yet.",
        refused: "No device was refused.",
      } satisfies Record<Filter, string>,
      loading: "Fetching the links …",
      page: "Links",
      observer: "Observers don't see links. Ask the owner.",
      singleHint: (max: number) =>
        `Everybody gets this one. The first ${people(max)} to join have a seat.`,
      table: "Links, one a row",
    },
    qr: {
      button: "QR codes",
      of: (n: number) => `QR code of link ${f.number(n)}`,
      single: "QR code",
      picture: (n: number) => `QR code of link ${f.number(n)}`,
      pictureSingle: "QR code of the link",
      hint: "A phone's camera opens it. Whoever has this code has the link.",
      hintSingle: "A phone's camera opens it. Show it in the room, or put it on a poster.",
      drawing: "Drawing …",
      save: "Save as SVG",
      print: "Print",
      close: "Close",
      sheet: "Print QR codes",
      sheetText: "One square for each link, with its number and its participant_id.",
      first: "From link",
      last: "To link",
      rangeHint: (n: number) => `There are links 1 to ${f.number(n)}.`,
      rangeWrong: (n: number) => `Two whole numbers from 1 to ${f.number(n)}, the smaller first.`,
      many: (n: number) => `${count(n, "code is", "codes are")} ready to print.`,
      sheetYes: "Draw and print",
      drawn: (n: number, all: number) => `${f.number(n)} of ${f.number(all)} drawn …`,
      cancel: "Cancel",
    },
  };
}
