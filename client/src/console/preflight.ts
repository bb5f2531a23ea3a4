/**
 * What to know before publishing, as facts; the page has the words. Pure. The server decides again:
 * what stops here would be refused there, or would be of no use to anybody.
 */

import type { StaffState } from "../wire";
import { isQuestion, options, plannedSeconds } from "./guide";
import { type Taken, takenOf } from "./links_list";
import type { Links } from "./staff_api";

export type Check =
  /** The guide asks nothing. */
  | { readonly kind: "noQuestion" }
  /** `minutes`: what the guide plans; null if it plans nothing. */
  | { readonly kind: "guide"; readonly questions: number; readonly minutes: number | null }
  | { readonly kind: "guideLong"; readonly minutes: number }
  /** A question with a single thing to choose and nothing to write, which tells nothing. `row`: its
   * place in the guide. */
  | { readonly kind: "oneOption"; readonly row: number }
  | { readonly kind: "noStart" }
  | { readonly kind: "starts"; readonly at: number; readonly itself: boolean }
  | { readonly kind: "past"; readonly itself: boolean }
  | { readonly kind: "address"; readonly address: string | null }
  /** Whether somebody downloaded the links, and when the last time. */
  | { readonly kind: "taken"; readonly taken: Taken; readonly at: number | null };

/** `stop`: it cannot be published like this. `wait`: it can, but somebody should know. */
export type Tone = "ok" | "wait" | "stop";

export function tone(check: Check): Tone {
  switch (check.kind) {
    case "noQuestion":
      return "stop";
    case "past":
      return check.itself ? "stop" : "wait";
    case "guideLong":
    case "oneOption":
      return "wait";
    case "address":
      return check.address === null ? "wait" : "ok";
    case "taken":
      return check.taken === "all" ? "ok" : "wait";
    default:
      return "ok";
  }
}

/** `address`: what links begin with, null if they lead to this computer only; `links`: undefined while
 * they are not known or where there is nothing to download; `now`: by the server's clock. */
export function checks(
  state: StaffState,
  address: string | null,
  links: Pick<Links, "taken_at" | "added_at"> | undefined,
  now: number,
): readonly Check[] {
  const found: Check[] = [...guideChecks(state), startCheck(state, now)];
  found.push({ kind: "address", address });
  if (links !== undefined) {
    found.push({ kind: "taken", taken: takenOf(links), at: links.taken_at });
  }
  return found;
}

function guideChecks(state: StaffState): readonly Check[] {
  const questions = state.items.filter(({ item }) => isQuestion(item)).length;
  if (questions === 0) return [{ kind: "noQuestion" }];
  const plan = plannedSeconds(state.items);
  const minutes = plan === null ? null : Math.ceil(plan / 60);
  const alone = state.items.flatMap(({ item }, i): Check[] => {
    const chooses = item.type === "single_choice" || item.type === "multiple_choice";
    const lonely = chooses && options(item).length === 1 && item.other !== true;
    return lonely ? [{ kind: "oneOption", row: i + 1 }] : [];
  });
  const long = minutes !== null && minutes > state.duration;
  const first: Check = long
    ? { kind: "guideLong", minutes }
    : { kind: "guide", questions, minutes };
  return [first, ...alone];
}

function startCheck(state: StaffState, now: number): Check {
  const { starts_at: at } = state;
  const itself = state.auto_start === true;
  if (at === undefined) return { kind: "noStart" };
  return at < now ? { kind: "past", itself } : { kind: "starts", at, itself };
}
