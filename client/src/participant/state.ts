// Everything the participant page knows, and how messages and taps change it. Pure: time and new ids
// are arguments. What to draw is decided in screen.ts; what to send, in session.ts.

import type { Status } from "../socket";
import type { About, EventFrame, Lobby, Pulse, ToParticipant, Welcome } from "../wire";
import * as outbox from "./answers";
import { serverTime, skewAfter, wasAsleep } from "./clock";
import { type Conversation, greet, openQuestion, step } from "./conversation";
import { AT_EASE, followed, type Notice, noticed, type View } from "./eyes";
import { type Request, requested } from "./request";
import { type Tap, tapped } from "./taps";

/** How far this browser has come. */
export type Gate =
  | { readonly kind: "loading" }
  | { readonly kind: "unreachable" }
  | {
      readonly kind: "outside";
      readonly check: "none" | "checking" | "ready" | "later";
      readonly join: "none" | "busy" | "failed";
    }
  | Refused
  /** This device asks for a link that another one has; until then the letters may be typed there. */
  | {
      readonly kind: "asking";
      readonly letters: string;
      /** ms of the server's clock, as all times here. */
      readonly until: number;
      /** When the first device gives way if it stays away; null: never. */
      readonly movesAt: number | null;
    }
  | { readonly kind: "inside" }
  /** This browser knows nothing of the link any more. */
  | { readonly kind: "forgotten" };

export interface Refused {
  readonly kind: "refused";
  readonly code: string;
  readonly why: string;
  /** When the page tries again by itself, on the page's own clock; absent: it does not. */
  readonly retryAt?: number;
  /** How far the one thing is that may be done about it. */
  readonly deed?: "busy" | "failed";
  /** The server has kept that somebody came with this link. */
  readonly noted?: boolean;
}

export interface PageState {
  /** The pid as it came, trimmed; null without one. */
  readonly pid: string | null;
  /** What orders random rows: this device's random number. */
  readonly seed: string;
  readonly forgets: boolean;
  /** "Go on anyway", where nothing is kept. */
  readonly anyway: boolean;
  /** The terms were agreed to. */
  readonly agreed: boolean;
  /** The pid of the one link that joined here before, where the address has none. */
  readonly found: string | null;
  readonly gate: Gate;
  readonly about: About | null;
  readonly lobby: Lobby | null;
  /** When it starts: ms of the server's clock; null without a start. */
  readonly startsAt: number | null;
  /** When it ended, and when a flex ends: ms of the server's clock; null where neither is known. */
  readonly endedAt: number | null;
  readonly endsAt: number | null;
  /** The server's clock minus this page's, ms (clock.ts). */
  readonly skew: number;
  readonly line: Status | null;
  readonly conversation: Conversation | null;
  readonly answers: outbox.Answers;
  readonly present: { readonly asked: number; readonly percent: number | null } | null;
  readonly textLimit: number;
  readonly plan: { readonly question: number; readonly endsAt: number } | null;
  /** The revs do not meet: the session has to ask. */
  readonly gap: boolean;
  /** The numbers came from the server after the end. */
  readonly final: boolean;
  /** The store is away, the server asked to come later, or an answer takes long. */
  readonly slow: boolean;
  readonly view: View;
  readonly notice: Notice | null;
  /** Another device asks for this one's link. */
  readonly request: Request | null;
  /** "I share this computer": how far that is. */
  readonly forgetting: "no" | "busy" | "failed";
}

export type Action =
  | { readonly type: "about"; readonly about: About; readonly now: number }
  | { readonly type: "gate"; readonly gate: Gate }
  | { readonly type: "device"; readonly answers: outbox.Answers; readonly seed: string }
  | { readonly type: "forgets" }
  | { readonly type: "line"; readonly status: Status }
  | { readonly type: "message"; readonly message: ToParticipant; readonly now: number }
  | { readonly type: "slow" }
  | { readonly type: "found"; readonly pid: string | null }
  | { readonly type: "letIn" }
  | { readonly type: "forgetting"; readonly step: "busy" | "failed" }
  | { readonly type: "forgotten" }
  | Tap;

export function begin(pid: string | null): PageState {
  return {
    pid,
    seed: "",
    forgets: false,
    anyway: false,
    agreed: false,
    found: null,
    gate: { kind: "loading" },
    about: null,
    lobby: null,
    startsAt: null,
    endedAt: null,
    endsAt: null,
    skew: 0,
    line: null,
    conversation: null,
    answers: {},
    present: null,
    textLimit: 2_000,
    plan: null,
    gap: false,
    final: false,
    slow: false,
    view: AT_EASE,
    notice: null,
    request: null,
    forgetting: "no",
  };
}

/** The next state. `newAid` makes the id of an answer; it is called only where one is needed. */
export function reduce(state: PageState, action: Action, newAid: () => string): PageState {
  switch (action.type) {
    case "about":
      return informed(state, action.about, action.now);
    case "gate":
      return gated(state, action.gate);
    case "device":
      return { ...state, answers: action.answers, seed: action.seed };
    case "forgets":
      return { ...state, forgets: true };
    case "line":
      return {
        ...state,
        line: action.status,
        // A line that was lost says nothing of the store; a server that asked to be left alone does.
        slow: action.status.kind === "waiting" ? action.status.slowly : state.slow,
        request: state.request && { ...state.request, busy: false },
      };
    case "message":
      return received(state, action.message, action.now, newAid);
    case "slow":
      return { ...state, slow: outbox.unsent(state.answers).length > 0 };
    case "found":
      return { ...state, found: action.pid };
    case "letIn":
      return { ...state, notice: { kind: "letIn" } };
    case "forgetting":
      return { ...state, forgetting: action.step };
    case "forgotten":
      return { ...begin(null), about: state.about, gate: { kind: "forgotten" } };
    default:
      return tapped(state, action, newAid);
  }
}

/** Who is outside knows nothing of what goes on inside, even after having been there. */
function gated(state: PageState, gate: Gate): PageState {
  return gate.kind === "outside" ? { ...state, gate, conversation: null } : { ...state, gate };
}

function informed(state: PageState, about: About, now: number): PageState {
  // By the server's word itself: it was as late as that of the clock.
  const at = about.now;
  return {
    ...state,
    about,
    // The socket's word is newer while it is there.
    lobby: state.line?.kind === "open" ? state.lobby : null,
    startsAt: about.starts_in === null ? null : at + about.starts_in * 1_000,
    endedAt: about.ended_ago === undefined ? null : at - about.ended_ago * 1_000,
    endsAt: about.ends_in === undefined ? null : at + about.ends_in * 1_000,
    skew: skewAfter(state.skew, at, now),
  };
}

function received(
  state: PageState,
  message: ToParticipant,
  now: number,
  newAid: () => string,
): PageState {
  const epoch = state.conversation?.epoch ?? "";
  switch (message.t) {
    case "challenge":
      return { ...state, skew: skewAfter(state.skew, message.now, now) };
    case "lobby": {
      const { starts_in } = message;
      const startsAt = starts_in === null ? null : serverTime(state, now) + starts_in * 1_000;
      return { ...state, lobby: message, startsAt };
    }
    case "welcome":
      return welcomed(state, message, now, newAid);
    case "event":
      return happened(state, message, now);
    case "accepted": {
      const answers = outbox.accepted(state.answers, message, epoch, newAid);
      return { ...state, answers, slow: false };
    }
    case "refused": {
      const answers = outbox.refused(state.answers, message, epoch, newAid);
      return { ...state, answers, slow: message.code === "retry" };
    }
    case "mine":
      return { ...state, answers: outbox.answeredElsewhere(state.answers, message, epoch) };
    case "beat":
      return beaten(state, message, now);
    case "degraded": {
      const request = state.request && { ...state.request, busy: false };
      return { ...state, slow: message.store === "away", request };
    }
    case "takeover":
      return { ...state, request: requested(state.request, message, serverTime(state, now)) };
    default:
      // `bye` is the socket's affair; a `t` of a later version is ignored.
      return state;
  }
}

/** The line lives; was an event lost, or time? Deadlines that were counted while the page's clock stood
 * still are asked for again. */
function beaten(state: PageState, { rev, now: told }: Pulse, now: number): PageState {
  const skew = skewAfter(state.skew, told, now);
  const { conversation } = state;
  const lost = conversation !== null && (rev > conversation.rev || wasAsleep(state.skew, skew));
  return { ...state, skew, gap: state.gap || lost };
}

function happened(state: PageState, message: EventFrame, now: number): PageState {
  if (state.conversation === null) return { ...state, gap: true };
  const next = step(state.conversation, message);
  if (next.kind === "old") return state;
  if (next.kind === "gap") return { ...state, gap: true };
  const { event } = message;
  // A new run: what was answered before it stays. After a gap `welcome` says which that is.
  const again = event.kind === "phase" && event.phase === "flex";
  const answers = again ? outbox.locked(state.answers) : state.answers;
  return moved({ ...state, answers }, next.conversation, now);
}

function welcomed(
  state: PageState,
  message: Welcome,
  now: number,
  newAid: () => string,
): PageState {
  const greeting = greet(state.conversation, message);
  const answers = outbox.welcomed(state.answers, message.mine, message.epoch, newAid);
  const { present, percent_while_present: percent } = message.progress;
  const told: PageState = {
    ...state,
    answers,
    skew: skewAfter(state.skew, message.now, now),
    gate: { kind: "inside" },
    textLimit: message.limits.text,
    present: present === undefined ? state.present : { asked: present, percent: percent ?? null },
    endsAt: message.ends_in === undefined ? null : message.now + message.ends_in * 1_000,
    slow: false,
    gap: greeting.kind === "gap",
  };
  if (greeting.kind === "gap") return told;
  const next = moved(told, greeting.conversation, now);
  const open = openQuestion(greeting.conversation);
  const plan =
    open && message.plan_left !== undefined
      ? { question: open.item.id, endsAt: message.now + message.plan_left * 1_000 }
      : next.plan;
  return { ...next, plan, final: greeting.conversation.phase === "ended" };
}

/** The conversation went on: where do the eyes go, and how long is the plan? */
function moved(state: PageState, conversation: Conversation, now: number): PageState {
  const before = state.conversation;
  const view = followed(state.view, before, conversation, state.answers);
  const notice = noticed(state.notice, before, conversation, view);
  const final = state.final && conversation.phase === "ended";
  const next = { ...state, conversation, view, notice, final };
  const open = openQuestion(conversation);
  if (open === undefined || open.item.id === (before && openQuestion(before)?.item.id)) return next;
  const { id, duration } = open.item;
  const endsAt = serverTime(next, now) + (duration ?? 0) * 1_000;
  const plan = duration === undefined ? null : { question: id, endsAt };
  return { ...next, plan };
}
