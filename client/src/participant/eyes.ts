// Where the eyes are, and where they go when the conversation moves on. Pure.

import { isBlank } from "../blank";
import type { Item } from "../wire";
import { type Answers, keptOf } from "./answers";
import { type Conversation, find, isOpen, openQuestion } from "./conversation";
import type { Problem } from "./draft";

/** `stay`: the question kept on screen while somebody types in it; `passed`: the item that was put
 * aside with "Go on"; `editing`: the saved answer that is being changed; `at`: in flex, the question
 * taken from the list; `list`: one's own answers are being read. */
export interface View {
  readonly stay: number | null;
  readonly passed: number | null;
  readonly editing: number | null;
  readonly at: number | null;
  readonly list: boolean;
  readonly typing: boolean;
  readonly problem: Problem | null;
}

export const AT_EASE: View = {
  stay: null,
  passed: null,
  editing: null,
  at: null,
  list: false,
  typing: false,
  problem: null,
};

/** What is worth a word above the question: it reads differently now, it is open again; or this device
 * was let in. */
export type Notice =
  | { readonly kind: "edited" | "reopened"; readonly question: number }
  | { readonly kind: "letIn" };

/** The eyes after the conversation went on. */
export function followed(
  view: View,
  before: Conversation | null,
  after: Conversation,
  answers: Answers,
): View {
  // In flex everybody goes at their own pace; nothing that opens or closes takes a question away.
  if (after.phase === "flex") return before?.phase === "flex" ? view : AT_EASE;
  if (after.phase === "ended" && view.list && before?.phase !== "ended") {
    return { ...view, list: false };
  }
  const was = before && openQuestion(before);
  const open = openQuestion(after);
  if (open?.item.id === was?.item.id) return view;
  const staying = held(view, was?.item.id ?? null, answers);
  if (open === undefined) return staying;
  return staying.stay === null || staying.stay === open.item.id ? AT_EASE : staying;
}

/** A question that closes under somebody's hands stays on screen with what was typed; the next one
 * waits for a tap. Others make room at once. */
function held(view: View, closed: number | null, answers: Answers): View {
  if (closed === null || view.stay !== null || !view.typing) return view;
  const draft = keptOf(answers, closed).draft;
  const typed = (draft?.text ?? "") + (draft?.own ?? "") + (draft?.number ?? "");
  return isBlank(typed) ? view : { ...view, stay: closed };
}

/** What there is to say of the question that people look at. */
export function noticed(
  notice: Notice | null,
  before: Conversation | null,
  after: Conversation,
  view: View,
): Notice | null {
  const shown = after.phase === "flex" ? view.at : openQuestion(after)?.item.id;
  const now = shown == null ? undefined : find(after, shown);
  const known = before && now && find(before, now.item.id);
  if (now && known && after.phase === "live" && !isOpen(known) && isOpen(now)) {
    return { kind: "reopened", question: now.item.id };
  }
  if (now && known && isOpen(now) && !reads(known.item, now.item)) {
    return { kind: "edited", question: now.item.id };
  }
  if (notice?.kind === "letIn") return before === null || !now || known ? notice : null;
  return notice?.question === now?.item.id ? notice : null;
}

/** Whether people read the same. */
function reads(one: Item, other: Item): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
