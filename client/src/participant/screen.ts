// From what the page knows to what it shows. Pure: the same state at the same moment is the same screen.

import type { Item, Seen } from "../wire";
import { keptOf, unsent } from "./answers";
import { find, isOpen, openQuestion } from "./conversation";
import { isEmpty } from "./draft";
import type { PageState } from "./state";

/** From this long before the start on, the waiting room is open. Milliseconds. */
export const WAITING_ROOM = 7 * 60_000;

export type Screen =
  | { readonly kind: "opening" | "unreachable" | "welcome" | "waiting" | "join" | "thanks" }
  | { readonly kind: "refusal"; readonly code: string; readonly retryAt?: number }
  | { readonly kind: "stopped"; readonly code: number; readonly why: string }
  | { readonly kind: "message"; readonly item: Item }
  | { readonly kind: "question"; readonly seen: Seen }
  | { readonly kind: "between"; readonly first: boolean };

export function screenOf(state: PageState, now: number): Screen {
  const { gate, line } = state;
  if (line?.kind === "stopped" && line.code !== 0) return halted(state, line.code, line.why);
  if (gate.kind === "refused") {
    const { code, retryAt } = gate;
    return retryAt === undefined ? { kind: "refusal", code } : { kind: "refusal", code, retryAt };
  }
  if (state.conversation !== null) return within(state);
  if (gate.kind === "unreachable") return { kind: "unreachable" };
  if (gate.kind !== "outside" || state.about === null) return { kind: "opening" };
  return outside(state, now);
}

function halted(state: PageState, code: number, why: string): Screen {
  if (code === 4411) {
    return state.conversation ? { kind: "thanks" } : { kind: "refusal", code: "over" };
  }
  if (code === 4409) return { kind: "refusal", code: "other_device" };
  return { kind: "stopped", code, why };
}

function outside(state: PageState, now: number): Screen {
  const phase = phaseOf(state);
  if (phase === "draft") return { kind: "refusal", code: "not_open" };
  if (phase === "ended") return { kind: "refusal", code: "over" };
  if (state.about?.links === "unique" && state.pid === null) {
    return { kind: "refusal", code: "incomplete" };
  }
  if (phase === "live" || phase === "flex") return { kind: "join" };
  return { kind: waits(state, now) ? "waiting" : "welcome" };
}

export function phaseOf(state: PageState) {
  return state.lobby?.phase ?? state.about?.phase ?? "draft";
}

/** Whether the waiting room is open: near the start, after it, or without one. */
export function waits(state: PageState, now: number): boolean {
  return state.startsAt === null || state.startsAt - (now + state.skew) <= WAITING_ROOM;
}

function within(state: PageState): Screen {
  const conversation = state.conversation;
  if (conversation === null || conversation.phase === "ended") return { kind: "thanks" };
  const staying = state.view.stay === null ? undefined : find(conversation, state.view.stay);
  const seen = staying ?? openQuestion(conversation) ?? conversation.items.at(-1);
  if (seen === undefined) return { kind: "between", first: true };
  if (seen.item.id === state.view.passed) return { kind: "between", first: false };
  return seen.item.type === "message"
    ? { kind: "message", item: seen.item }
    : { kind: "question", seen };
}

/** The last message, where a question is shown: folded if the question came after it. */
export function messageAbove(
  state: PageState,
  question: number,
): { readonly item: Item; readonly folded: boolean } | null {
  const items = state.conversation?.items ?? [];
  const at = items.findIndex((one) => one.item.id === question);
  const last = items
    .filter((one) => one.item.type === "message" && one.status !== "withdrawn")
    .at(-1);
  return last ? { item: last.item, folded: items.indexOf(last) < at } : null;
}

/** The open question, where another one is kept on screen. */
export function waitingQuestion(state: PageState): Item | null {
  const open = state.conversation && openQuestion(state.conversation);
  return open && state.view.stay !== null && open.item.id !== state.view.stay ? open.item : null;
}

export type AnswerStatus =
  | "draft"
  | "draftText"
  | "changing"
  | "sending"
  | "waiting"
  | "slow"
  | "saved"
  | "replaced"
  | "late"
  | "elsewhere"
  | "superseded"
  | "lost"
  | "refused"
  | "withdrawn"
  | "closed"
  | "closedDraft"
  | "closedText"
  | "closedChange";

/** Whether the answer on screen counts. "Saved" stands only on the server's word (I3). */
export function answerStatus(state: PageState, seen: Seen): AnswerStatus {
  const { pending, held, note, late, aids, draft } = keptOf(state.answers, seen.item.id);
  if (seen.status === "withdrawn" || note?.kind === "gone") return "withdrawn";
  if (pending) return state.line?.kind === "open" ? (state.slow ? "slow" : "sending") : "waiting";
  if (note?.kind === "closed") return "lost";
  if (note?.kind === "superseded") return "superseded";
  const editing = state.view.editing === seen.item.id;
  const text = seen.item.type === "open_text";
  if (!isOpen(seen)) {
    if (held) return editing && !isEmpty(draft) ? "closedChange" : saved(held, aids, late);
    return isEmpty(draft) ? "closed" : text ? "closedText" : "closedDraft";
  }
  if (note?.kind === "invalid") return "refused";
  if (held) return editing ? "changing" : saved(held, aids, late);
  return text ? "draftText" : "draft";
}

function saved(
  held: { readonly aid: string; readonly revision: number },
  aids: readonly string[],
  late: boolean | undefined,
): AnswerStatus {
  if (late) return "late";
  if (!aids.includes(held.aid)) return "elsewhere";
  return held.revision > 1 ? "replaced" : "saved";
}

/** Whether the fields may be typed in. */
export function isEditable(seen: Seen, status: AnswerStatus): boolean {
  return isOpen(seen) && ["draft", "draftText", "changing", "refused"].includes(status);
}

/** Answers on their way other than the one on screen. */
export function elsewhereOnItsWay(state: PageState, shown: number | null): number {
  return unsent(state.answers).filter((question) => question !== shown).length;
}

/** Seconds left of the plan, rounded to 15; 0 when it is over; null without a plan. */
export function planLeft(state: PageState, question: number, now: number): number | null {
  if (state.plan === null || state.plan.question !== question) return null;
  const seconds = (state.plan.endsAt - now) / 1_000;
  return seconds <= 0 ? 0 : Math.max(15, Math.round(seconds / 15) * 15);
}
