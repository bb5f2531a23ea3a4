// Everything the participant page knows, and how messages and taps change it. Pure: time and new ids
// are arguments. What to draw is decided in screen.ts; what to send, in session.ts.

import type { Status } from "../socket";
import type { About, Body, Lobby, ToParticipant, Welcome } from "../wire";
import * as outbox from "./answers";
import { type Conversation, greet, openQuestion, step } from "./conversation";
import { type Draft, draftOf, isBlank, type Problem } from "./draft";

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
  | { readonly kind: "inside" };

export interface Refused {
  readonly kind: "refused";
  readonly code: string;
  readonly why: string;
  /** When the page tries again by itself; absent: it does not. */
  readonly retryAt?: number;
}

/** Where the eyes are. `stay`: the question kept on screen while somebody types in it; `passed`: the
 * item that was put aside with "Go on"; `editing`: the saved answer that is being changed. */
export interface View {
  readonly stay: number | null;
  readonly passed: number | null;
  readonly editing: number | null;
  readonly typing: boolean;
  readonly problem: Problem | null;
}

export interface PageState {
  /** The pid as it came, trimmed; null without one. */
  readonly pid: string | null;
  /** What orders random rows: this device's random number. */
  readonly seed: string;
  readonly forgets: boolean;
  readonly gate: Gate;
  readonly about: About | null;
  readonly lobby: Lobby | null;
  /** When it starts: ms of the server's clock; null without a start. */
  readonly startsAt: number | null;
  /** Server's clock minus this one, ms. */
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
  /** The store is away, or an answer takes long. */
  readonly slow: boolean;
  readonly view: View;
}

export type Action =
  | { readonly type: "about"; readonly about: About; readonly now: number }
  | { readonly type: "gate"; readonly gate: Gate }
  | { readonly type: "device"; readonly answers: outbox.Answers; readonly seed: string }
  | { readonly type: "forgets" }
  | { readonly type: "line"; readonly status: Status }
  | { readonly type: "message"; readonly message: ToParticipant; readonly now: number }
  | { readonly type: "slow" }
  | { readonly type: "draft"; readonly question: number; readonly draft: Draft }
  | { readonly type: "typing"; readonly typing: boolean }
  | { readonly type: "problem"; readonly problem: Problem }
  | { readonly type: "send"; readonly question: number; readonly body: Body }
  | { readonly type: "edit"; readonly question: number }
  | { readonly type: "unedit"; readonly question: number }
  | { readonly type: "goOn"; readonly item: number };

const AT_EASE: View = { stay: null, passed: null, editing: null, typing: false, problem: null };

export function begin(pid: string | null): PageState {
  return {
    pid,
    seed: "",
    forgets: false,
    gate: { kind: "loading" },
    about: null,
    lobby: null,
    startsAt: null,
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
      return { ...state, line: action.status };
    case "message":
      return received(state, action.message, action.now, newAid);
    case "slow":
      return { ...state, slow: outbox.unsent(state.answers).length > 0 };
    default:
      return tapped(state, action, newAid);
  }
}

type Tap = Extract<
  Action,
  { type: "draft" | "typing" | "problem" | "send" | "edit" | "unedit" | "goOn" }
>;

function tapped(state: PageState, action: Tap, newAid: () => string): PageState {
  const look = (change: Partial<View>) => ({ ...state, view: { ...state.view, ...change } });
  switch (action.type) {
    case "typing":
      return look({ typing: action.typing });
    case "problem":
      return look({ problem: action.problem });
    case "draft": {
      const answers = outbox.drafted(state.answers, action.question, action.draft);
      return { ...look({ problem: null }), answers };
    }
    case "send": {
      const answers = outbox.sent(state.answers, action.question, action.body, newAid());
      return { ...look({ problem: null, editing: null }), answers };
    }
    case "edit": {
      const { pending, held, draft, next } = outbox.keptOf(state.answers, action.question);
      const body = next ?? pending?.body ?? held?.body ?? {};
      const fields = draft ?? draftOf(body);
      const answers = outbox.drafted(state.answers, action.question, fields);
      return { ...look({ editing: action.question, problem: null }), answers };
    }
    case "unedit": {
      const answers = outbox.dismissed(state.answers, action.question);
      return { ...look({ editing: null, problem: null }), answers };
    }
    case "goOn": {
      const answers = outbox.dismissed(state.answers, action.item);
      return { ...state, answers, view: { ...AT_EASE, passed: action.item } };
    }
  }
}

/** Who is outside knows nothing of what goes on inside, even after having been there. */
function gated(state: PageState, gate: Gate): PageState {
  return gate.kind === "outside" ? { ...state, gate, conversation: null } : { ...state, gate };
}

function informed(state: PageState, about: About, now: number): PageState {
  return {
    ...state,
    about,
    // The socket's word is newer while it is there.
    lobby: state.line?.kind === "open" ? state.lobby : null,
    startsAt: about.starts_in === null ? null : about.now + about.starts_in * 1_000,
    skew: about.now - now,
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
      return { ...state, skew: message.now - now };
    case "lobby": {
      const { starts_in } = message;
      const startsAt = starts_in === null ? null : now + state.skew + starts_in * 1_000;
      return { ...state, lobby: message, startsAt };
    }
    case "welcome":
      return welcomed(state, message, now, newAid);
    case "event": {
      if (state.conversation === null) return { ...state, gap: true };
      const next = step(state.conversation, message);
      if (next.kind === "old") return state;
      if (next.kind === "gap") return { ...state, gap: true };
      return moved(state, next.conversation, now);
    }
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
      return { ...state, gap: state.gap || message.rev > (state.conversation?.rev ?? message.rev) };
    case "degraded":
      return { ...state, slow: message.store === "away" };
    default:
      // `bye` is the socket's affair; a `t` of a later version is ignored.
      return state;
  }
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
    skew: message.now - now,
    gate: { kind: "inside" },
    textLimit: message.limits.text,
    present: present === undefined ? state.present : { asked: present, percent: percent ?? null },
    slow: false,
    gap: greeting.kind === "gap",
  };
  if (greeting.kind === "gap") return told;
  const next = moved(told, greeting.conversation, now);
  const open = openQuestion(greeting.conversation);
  const plan =
    open && message.plan_left !== undefined
      ? { question: open.item.id, endsAt: now + message.plan_left * 1_000 }
      : next.plan;
  return { ...next, plan, final: greeting.conversation.phase === "ended" };
}

/** The conversation went on: where do the eyes go, and how long is the plan? */
function moved(state: PageState, conversation: Conversation, now: number): PageState {
  const before = state.conversation && openQuestion(state.conversation);
  const open = openQuestion(conversation);
  const final = state.final && conversation.phase === "ended";
  const next = { ...state, conversation, final };
  if (open?.item.id === before?.item.id) return next;
  const staying = { ...next, view: held(state, before?.item.id ?? null) };
  if (open === undefined) return staying;
  const { id, duration } = open.item;
  const plan = duration === undefined ? null : { question: id, endsAt: now + duration * 1_000 };
  const { stay } = staying.view;
  return { ...staying, plan, view: stay === null || stay === id ? AT_EASE : staying.view };
}

/** A question that closes under somebody's hands stays on screen with what was typed; the next one
 * waits for a tap. Others make room at once. */
function held({ view, answers }: PageState, closed: number | null): View {
  if (closed === null || view.stay !== null || !view.typing) return view;
  const draft = outbox.keptOf(answers, closed).draft;
  const typed = (draft?.text ?? "") + (draft?.own ?? "") + (draft?.number ?? "");
  return isBlank(typed) ? view : { ...view, stay: closed };
}
