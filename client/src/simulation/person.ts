// For the simulation: what somebody does on a page. Only what the page offers at that moment, by the
// calls that its buttons make (participant/view). What is typed is different every time.

import { answerStatus, isEditable } from "../participant/answer_status";
import { keptOf } from "../participant/answers";
import { isOpen } from "../participant/conversation";
import type { Draft } from "../participant/draft";
import { nextUnanswered, screenOf, waitingQuestion } from "../participant/screen";
import type { Session } from "../participant/session";
import type { Item, Seen } from "../wire";

/** What is done, in words with their parts, and how. */
export type Deed = readonly [did: readonly unknown[], run: () => void];

const SAVED: ReadonlySet<string> = new Set(["saved", "replaced", "late", "elsewhere"]);
const LEAVE: ReadonlySet<string> = new Set(["closedText", "closedChange", "closedDraft", "lost"]);

/** What is done now, chosen by the number `n`: one deed, two, or none. */
export function chosen(session: Session, now: number, n: number): readonly Deed[] {
  const screen = screenOf(session.state, now);
  switch (screen.kind) {
    case "question":
      return onQuestion(session, screen.seen, n);
    case "list":
      return fromList(session, n);
    case "terms":
      return [[["agree"], () => void session.door.agree()]];
    default:
      return recovering(session, now);
  }
}

/** What gets somebody back in: join, use here, try again. To load the page again is not the page's to
 * do: it is only told. */
export function recovering(session: Session, now: number): readonly Deed[] {
  const screen = screenOf(session.state, now);
  if (screen.kind === "join") return [[["join"], () => void session.door.join()]];
  if (screen.kind === "refusal" && screen.code === "other_device") {
    return [[["move here"], () => void session.askToMove()]];
  }
  const { line } = session.state;
  const over = screen.kind === "refusal" || (line?.kind === "stopped" && line.code === 4411);
  if (screen.kind !== "stopped") return over ? [[["reload"], () => {}]] : [];
  if (screen.code === 4408) return [[["use here"], () => void session.useHere()]];
  return [[["again"], () => void session.again()]];
}

function fromList(session: Session, n: number): readonly Deed[] {
  const { conversation, view } = session.state;
  if (conversation?.phase !== "flex") {
    const close = () => session.dispatch({ type: "list", open: false });
    return view.list ? [[["close list"], close]] : [];
  }
  const questions = conversation.items.filter((one) => one.item.type !== "message");
  const taken = nextUnanswered(session.state) ?? questions[n % questions.length]?.item.id;
  if (taken === undefined) return [];
  return [[["take", taken], () => session.dispatch({ type: "goTo", question: taken })]];
}

function onQuestion(session: Session, seen: Seen, n: number): readonly Deed[] {
  const { state } = session;
  const question = seen.item.id;
  const status = answerStatus(state, seen);
  const choice = n % 8;
  const goOn: Deed = [
    ["dismiss", question],
    () => session.dispatch({ type: "goOn", item: question }),
  ];
  if (waitingQuestion(state) !== null && choice < 4) return [goOn];
  if (state.conversation?.phase === "flex" && choice === 7) {
    return [[["to list"], () => session.dispatch({ type: "goTo", question: null })]];
  }
  if (isEditable(seen, status)) return writing(session, seen.item, n);
  if (status === "superseded") return choosing(session, seen, choice < 4);
  if (SAVED.has(status) && isOpen(seen)) {
    return [[["edit", question], () => session.dispatch({ type: "edit", question })]];
  }
  if (LEAVE.has(status) || status === "withdrawn") return [goOn];
  return status === "waiting" ? [[["again"], () => void session.again()]] : [];
}

/** Another device's answer counts: keep it, or send one's own. */
function choosing(session: Session, seen: Seen, mine: boolean): readonly Deed[] {
  const question = seen.item.id;
  const body = keptOf(session.state.answers, question).note?.body;
  if (mine && body && isOpen(seen)) {
    return [[["send", question, body], () => session.dispatch({ type: "send", question, body })]];
  }
  return [[["dismiss", question], () => session.dispatch({ type: "unedit", question })]];
}

/** Type on, type and send, send, stop typing, or give a change up. */
function writing(session: Session, item: Item, n: number): readonly Deed[] {
  const { id } = item;
  const choice = (n >> 3) % 8;
  if (choice === 0) {
    return [[["leave field"], () => session.dispatch({ type: "typing", typing: false })]];
  }
  if (choice === 1 && session.state.view.editing === id) {
    return [[["dismiss", id], () => session.dispatch({ type: "unedit", question: id })]];
  }
  const submit: Deed = [["submit", id], () => session.submit(id)];
  if (choice === 2) return [submit];
  const draft = typed(item, n);
  const write: Deed = [
    ["type", id, draft],
    () => {
      session.dispatch({ type: "typing", typing: true });
      session.dispatch({ type: "draft", question: id, draft });
    },
  ];
  return choice > 4 ? [write] : [write, submit];
}

function typed(item: Item, n: number): Draft {
  const option = 1 + (n % (item.options?.length ?? 1));
  const least = item.min ?? 0;
  switch (item.type) {
    case "single_choice":
      return n % 3 ? { option } : { ownChosen: true, own: `o${n}` };
    case "multiple_choice":
      return { options: [option] };
    case "number":
    case "scale":
      return { number: String(least + (n % (1 + (item.max ?? 0) - least))) };
    default:
      return { text: `t${n}` };
  }
}
