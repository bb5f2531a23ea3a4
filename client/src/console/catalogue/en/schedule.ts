/** The staff page in English: when a conversation starts, and what an organiser tells people. */

import type { Formats } from "../../../i18n";
import { said } from "./counting";

export function scheduleWords(f: Formats) {
  return {
    schedule: {
      title: "Schedule",
      byHand: "No planned start: it begins when you press Start.",
      planned: (when: string, place: string) => `You start it ${when} (${place}).`,
      itself: (when: string, place: string) => `It starts by itself ${when} (${place}).`,
      late: (when: string, place: string) =>
        `It was planned for ${when} (${place}) and has not started yet.`,
      started: (when: string) => `It started ${when}.`,
      when: "Start",
      running: "While it runs",
      look: "Your role may look, not change. Ask the owner.",
      fixed: "It has started, so this can't be changed any more.",
      zoneMine: (zone: string) => `${zone} (yours)`,
      /** `there`: in the zone that was chosen; `here`: the same moment where this computer is. */
      there: (when: string, place: string, offset: string) => `${when} in ${place} (${offset})`,
      here: (when: string, place: string, offset: string) =>
        `For you that is ${when}, in ${place} (${offset}).`,
      same: "That is your own time.",
      twice: "Clocks go back that night, so this time comes twice. The first is meant.",
      second: "Clocks go back that night, so this time comes twice. The second is meant.",
      noStart: "None",
      clear: "No planned start",
      start: "Planned start",
      auto: "Starts by itself",
      minutes: (n: number) => `${f.number(n)} min`,
      seconds: (n: number) => `${f.number(n)} s`,
      duration: "Planned",
      grace: "Late answers count for",
      yes: "Yes",
      no: "No",
    },
    about: {
      lead: "Its name, what you tell people, a copy, the end of it all.",
      name: "Name",
      address: "Address",
      privacy: "Privacy, for you as the organiser",
      privacyUnique:
        "We store answers with the number in the link; only your own list can say who that is.",
      privacySingle: "Nothing connects answers to people, not even for you.",
      told: "What people read before they join",
      toldUnique:
        "Your answers are stored with the number in your link. We don't know who you are; whoever sent you the link may.",
      toldSingle:
        "Your answers carry no name and no number. The files do not show which answers belong together.",
      toldHint: "Put it into your invitation too, with who you are and whom to ask.",
      copy: "Copy this text",
      never: said("Never stored", "Names, e-mail addresses, internet addresses, kinds of phone."),
    },
  };
}
