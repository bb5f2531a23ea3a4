// What taps and typing change on the participant page. Pure. Nothing is sent from here.

import type { Body } from "../wire";
import * as outbox from "./answers";
import { type Draft, draftOf, type Problem } from "./draft";
import { AT_EASE, type View } from "./eyes";
import type { PageState } from "./state";

export type Tap =
  | { readonly type: "draft"; readonly question: number; readonly draft: Draft }
  | { readonly type: "typing"; readonly typing: boolean }
  | { readonly type: "problem"; readonly problem: Problem }
  | { readonly type: "send"; readonly question: number; readonly body: Body }
  | { readonly type: "edit"; readonly question: number }
  | { readonly type: "unedit"; readonly question: number }
  | { readonly type: "goOn"; readonly item: number }
  | Look;

/** Taps that touch no answer. `goTo`: a question of the list, or with null the list itself. */
type Look =
  | { readonly type: "list"; readonly open: boolean }
  | { readonly type: "goTo"; readonly question: number | null }
  | { readonly type: "agree" | "anyway" | "notMine" | "granting" | "notMe" };

export function tapped(state: PageState, action: Tap, newAid: () => string): PageState {
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
      return { ...look({ problem: null, editing: null }), answers, notice: null };
    }
    case "edit": {
      const { pending, held, draft, next } = outbox.keptOf(state.answers, action.question);
      const body = next ?? pending?.body ?? held?.body ?? {};
      const fields = draft ?? draftOf(body);
      const answers = outbox.drafted(state.answers, action.question, fields);
      return { ...look({ editing: action.question, problem: null }), answers, notice: null };
    }
    case "unedit": {
      const answers = outbox.dismissed(state.answers, action.question);
      return { ...look({ editing: null, problem: null }), answers };
    }
    case "goOn": {
      const answers = outbox.dismissed(state.answers, action.item);
      return { ...state, answers, notice: null, view: { ...AT_EASE, passed: action.item } };
    }
    default:
      return lookedAt(state, action);
  }
}

function lookedAt(state: PageState, action: Look): PageState {
  switch (action.type) {
    case "list":
      return { ...state, view: { ...state.view, list: action.open, problem: null } };
    case "goTo":
      return { ...state, notice: null, view: { ...AT_EASE, at: action.question } };
    case "agree":
      return { ...state, agreed: true };
    case "anyway":
      return { ...state, anyway: true };
    case "notMine":
      return { ...state, found: null };
    case "granting":
      return { ...state, request: state.request && { ...state.request, busy: true, wrong: false } };
    case "notMe":
      return { ...state, request: state.request && { ...state.request, hidden: true } };
  }
}
