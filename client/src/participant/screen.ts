// From what the page knows to what it shows. Pure: the same state at the same moment is the same screen.

import { readPid } from "../pid";
import type { Status } from "../socket";
import type { Item, Seen } from "../wire";
import { keptOf, unsent } from "./answers";
import { serverTime } from "./clock";
import { find, openQuestion, questions } from "./conversation";
import type { PageState } from "./state";

type Stopped = Extract<Status, { kind: "stopped" }>;

/** From this long before the start on, the waiting room is open. Milliseconds. */
export const WAITING_ROOM = 7 * 60_000;

export type Screen =
  | { readonly kind: "opening" | "unreachable" | "thanks" | "list" | "forgotten" }
  | { readonly kind: "continue" | "forgets" | "welcome" | "terms" | "waiting" | "join" }
  /** The letters to show; nobody said yes in time; this device was the first, and moved. */
  | {
      readonly kind: "asking";
      readonly letters: string;
      readonly until: number;
      /** When the first device gives way if it stays away; null: never. */
      readonly movesAt: number | null;
    }
  | { readonly kind: "unanswered" | "moved" }
  | { readonly kind: "refusal"; readonly code: string; readonly retryAt?: number }
  | { readonly kind: "stopped"; readonly code: number }
  | { readonly kind: "message"; readonly item: Item }
  | { readonly kind: "question"; readonly seen: Seen }
  | { readonly kind: "between"; readonly first: boolean };

export function screenOf(state: PageState, now: number): Screen {
  const { gate, line } = state;
  if (line?.kind === "stopped" && line.code !== 0) return halted(state, line);
  if (gate.kind === "forgotten") return { kind: "forgotten" };
  if (gate.kind === "asking")
    return serverTime(state, now) < gate.until ? gate : { kind: "unanswered" };
  if (gate.kind === "refused") {
    const { code, retryAt } = gate;
    return retryAt === undefined ? { kind: "refusal", code } : { kind: "refusal", code, retryAt };
  }
  if (state.conversation !== null) return within(state);
  if (gate.kind === "unreachable") return { kind: "unreachable" };
  if (gate.kind !== "outside" || state.about === null) return { kind: "opening" };
  return outside(state, now);
}

function halted(state: PageState, { code, reason }: Stopped): Screen {
  if (code === 4411) {
    if (state.conversation === null) return { kind: "refusal", code: "over" };
    return { kind: state.view.list ? "list" : "thanks" };
  }
  if (code === 4409) return { kind: "refusal", code: "other_device" };
  if (code === 4410 && reason === "removed") return { kind: "refusal", code: "removed" };
  if (code === 4410 && reason === "released") return { kind: "moved" };
  return { kind: "stopped", code };
}

function outside(state: PageState, now: number): Screen {
  const phase = phaseOf(state);
  if (phase === "draft") return { kind: "refusal", code: "not_open" };
  if (state.found !== null) return { kind: "continue" };
  if (phase === "ended") return { kind: "refusal", code: "over" };
  if (state.about?.links === "unique" && state.pid === null) {
    return { kind: "refusal", code: "incomplete" };
  }
  if (isDamaged(state)) return { kind: "refusal", code: "damaged" };
  const begun = phase === "live" || phase === "flex";
  if (!begun && !waits(state, now)) return { kind: "welcome" };
  if (state.forgets && !state.anyway) return { kind: "forgets" };
  if (begun) return { kind: "join" };
  return { kind: state.agreed ? "waiting" : "terms" };
}

/** A link that carries something, of which no pid can be read. */
export function isDamaged({ pid, about }: PageState): boolean {
  return about?.links === "unique" && pid !== null && readPid(pid) === null;
}

/** Whether somebody may say "I was invited" of a conversation that is over: with a link of their own
 * that has not joined here. */
export function maySayInvited(state: PageState): boolean {
  const { about, pid, line } = state;
  const known = line?.kind === "stopped" && line.code === 4411;
  return about?.links === "unique" && pid !== null && !isDamaged(state) && !known;
}

/** Whether another device may be asked for this link. */
export function mayAsk({ about }: PageState): boolean {
  return about?.links === "unique";
}

export function phaseOf(state: PageState) {
  return state.lobby?.phase ?? state.about?.phase ?? "draft";
}

/** Whether the waiting room is open: near the start, after it, or without one. */
export function waits(state: PageState, now: number): boolean {
  return state.startsAt === null || state.startsAt - serverTime(state, now) <= WAITING_ROOM;
}

function within(state: PageState): Screen {
  const { conversation, view } = state;
  if (view.list) return { kind: "list" };
  if (conversation === null || conversation.phase === "ended") return { kind: "thanks" };
  if (conversation.phase === "flex") {
    const taken = view.at === null ? undefined : find(conversation, view.at);
    return taken ? { kind: "question", seen: taken } : { kind: "list" };
  }
  const staying = view.stay === null ? undefined : find(conversation, view.stay);
  const seen = staying ?? openQuestion(conversation) ?? conversation.items.at(-1);
  if (seen === undefined) return { kind: "between", first: true };
  if (seen.item.id === view.passed) return { kind: "between", first: false };
  return seen.item.type === "message"
    ? { kind: "message", item: seen.item }
    : { kind: "question", seen };
}

/** The last message, where a question is shown: folded if the question came after it. */
export function messageAbove(
  state: PageState,
  question: number,
): { readonly item: Item; readonly folded: boolean } | null {
  if (state.conversation?.phase !== "live") return null;
  const { items } = state.conversation;
  const at = items.findIndex((one) => one.item.id === question);
  const last = items
    .filter((one) => one.item.type === "message" && one.status !== "withdrawn")
    .at(-1);
  return last ? { item: last.item, folded: items.indexOf(last) < at } : null;
}

/** In flex: the next question that waits for an answer, after the one on screen and then from the
 * start; null if none does. */
export function nextUnanswered(state: PageState): number | null {
  const { conversation, answers, view } = state;
  if (conversation?.phase !== "flex") return null;
  const all = questions(conversation);
  const at = all.findIndex((one) => one.item.id === view.at);
  const open = [...all.slice(at + 1), ...all.slice(0, at + 1)].find(({ item, status }) => {
    const { held, pending } = keptOf(answers, item.id);
    return status === "open" && item.id !== view.at && !held && !pending;
  });
  return open?.item.id ?? null;
}

/** The open question, where another one is kept on screen. */
export function waitingQuestion(state: PageState): Item | null {
  const open = state.conversation && openQuestion(state.conversation);
  return open && state.view.stay !== null && open.item.id !== state.view.stay ? open.item : null;
}

/** Answers on their way other than the one on screen. */
export function elsewhereOnItsWay(state: PageState, shown: number | null): number {
  return unsent(state.answers).filter((question) => question !== shown).length;
}

/** Seconds left of the plan, rounded to 15; 0 when it is over; null without a plan. */
export function planLeft(state: PageState, question: number, now: number): number | null {
  if (state.plan === null || state.plan.question !== question) return null;
  const seconds = (state.plan.endsAt - serverTime(state, now)) / 1_000;
  return seconds <= 0 ? 0 : Math.max(15, Math.round(seconds / 15) * 15);
}
