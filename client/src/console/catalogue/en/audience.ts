/** The staff page in English: publishing, links and who gets in. */

import type { Formats } from "../../../i18n";
import { counting, said } from "./counting";

export function audienceWords(f: Formats) {
  const { count, people, questions } = counting(f);
  return {
    ready: {
      draftTitle: "Prepare",
      publishedTitle: "Ready to start",
      draft: "Look at the guide, download the links, then publish.",
      draftSingle: "Look at the guide, then publish.",
      published: (n: number) =>
        n === 0
          ? "Links work. People see the start and can check their link; Join appears when you start."
          : `${people(n)} joined. Join appears on phones when you start.`,
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
      noQuestion: said(
        "The guide asks no question",
        "Add one, or bring another guide in the settings.",
      ),
      starts: (when: string, zone: string) => `Starts ${when} (${f.place(zone)})`,
      noStart: "No planned start: you start by hand",
      past: said("The planned start is in the past", "You can publish and start now."),
      pastAuto: said(
        "The planned start is in the past",
        "It would start at once. Set a later one in the settings, or start by hand.",
      ),
      startsItself: (when: string, zone: string) => `Starts by itself ${when} (${f.place(zone)})`,
      address: (address: string) => `Links begin with ${address}`,
      noAddress: said(
        "No public address: links point at this computer",
        "Set the public address in the server's settings before you send links to anybody.",
      ),
      publish: "Publish",
      publishHint: "Links start to work now.",
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
      max: "Max participants",
      devices: "Several devices",
      on: "On",
      off: "Off",
      grace: "Late answers count for",
      planned: "Planned",
      minutes: (n: number) => `${f.number(n)} min`,
      waitingNow: "Waiting now",
      about: (n: number) => `about ${f.number(n)}`,
    },
    links: {
      title: (n: number) => count(n, "link", "links"),
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
      copy: (n: number) => `Copy link ${f.number(n)}`,
      copySingle: "Copy link",
      copied: "Copied",
      notFound: (query: string) => `No link holds “${query}”.`,
      inactive: "They don't work until you publish.",
      warn: said(
        "These links point at this computer",
        "Set the public address in the server's settings before you send them to anybody.",
      ),
      filter: { all: "All", unused: "Unused", joined: "Joined" },
      show: "Show",
      nothing: { unused: "Every link has joined.", joined: "Nobody has joined yet." },
      loading: "Fetching the links …",
      page: "Links",
      observer: "Observers don't see links. Ask the owner.",
    },
  };
}
