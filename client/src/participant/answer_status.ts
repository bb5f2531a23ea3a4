// What stands beside an answer: whether it counts, in one word. Pure. "Saved" is never a guess.

import type { Seen } from "../wire";
import { keptOf } from "./answers";
import { isOpen } from "./conversation";
import { isEmpty } from "./draft";
import type { PageState } from "./state";

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
  | "locked"
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
  if (pending) return onItsWay(state);
  if (note?.kind === "closed") return "lost";
  if (note?.kind === "superseded") return "superseded";
  if (held?.locked) return "locked";
  const editing = state.view.editing === seen.item.id;
  const text = seen.item.type === "open_text";
  if (!isOpen(seen)) {
    if (held) return editing && !isEmpty(draft) ? "closedChange" : saved(held, aids, late);
    return isEmpty(draft) ? "closed" : text ? "closedText" : "closedDraft";
  }
  if (note?.kind === "invalid") return "refused";
  if (held) return editing ? "changing" : saved(held, aids, late);
  return text && !state.forgets ? "draftText" : "draft";
}

/** Where the server is there and cannot save now, it is not the connection. */
function onItsWay({ line, slow }: PageState): AnswerStatus {
  if (slow) return "slow";
  return line?.kind === "open" ? "sending" : "waiting";
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

/** How an answer stands in a list of all. */
export type Row = "taken" | "locked" | "waiting" | "lost" | "saved" | "begun" | "open" | "none";

export function rowOf(state: PageState, seen: Seen): Row {
  const { pending, held, note, draft } = keptOf(state.answers, seen.item.id);
  if (seen.status === "withdrawn" || note?.kind === "gone") return "taken";
  if (pending) return "waiting";
  if (note && note.kind !== "superseded") return "lost";
  if (held) return held.locked ? "locked" : "saved";
  if (!isEmpty(draft)) return "begun";
  return isOpen(seen) ? "open" : "none";
}
