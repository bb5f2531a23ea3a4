// What a participant may know of the conversation: the same fold as the server's. Pure. Events apply in
// order and without gaps; the rev never falls within an epoch (I4), and state(a) + events(a..b) is
// state(b) (I5).

import type { Delta, EventFrame, Item, Seen, State, Welcome } from "../wire";

type Event = EventFrame["event"];

export interface Conversation extends State {
  readonly epoch: string;
  readonly rev: number;
}

export type Step =
  | { readonly kind: "applied"; readonly conversation: Conversation }
  | { readonly kind: "old" }
  | { readonly kind: "gap" };

/** One event in its place: older ones are ignored, a hole means to ask again. */
export function step(conversation: Conversation, { rev, prev, event }: Delta): Step {
  if (rev <= conversation.rev) return { kind: "old" };
  if (prev !== conversation.rev) return { kind: "gap" };
  return {
    kind: "applied",
    conversation: { ...conversation, ...changed(conversation, event), rev },
  };
}

function changed(state: State, event: Event): Partial<State> {
  switch (event.kind) {
    case "opened":
    case "message":
      return { items: shown(state.items, event.item) };
    case "closed":
      return {
        items: state.items.map((one) => (one.item.id === event.question ? closed(one) : one)),
      };
    case "withdrawn":
      return {
        items: state.items.map((one) =>
          one.item.id === event.question ? { ...one, status: "withdrawn" } : one,
        ),
      };
    case "edited":
      return {
        items: state.items.map((one) =>
          one.item.id === event.item.id ? { ...one, item: event.item } : one,
        ),
      };
    case "phase": {
      const { phase, items } = event;
      if (phase !== "ended") return { phase, ...(items && { items }) };
      return { phase, items: state.items.map((one) => (isOpen(one) ? closed(one) : one)) };
    }
    default:
      // A kind that this version does not know still moves the rev.
      return {};
  }
}

/** Last in order, open; a message that was on screen gives way. */
function shown(items: readonly Seen[], item: Item): readonly Seen[] {
  const others = items
    .filter((one) => one.item.id !== item.id)
    .map((one) => (isOpen(one) && one.item.type === "message" ? closed(one) : one));
  return [...others, { item, status: "open" }];
}

function closed(one: Seen): Seen {
  return { ...one, status: "closed" };
}

export function isOpen(one: Seen): boolean {
  return one.status === "open";
}

export type Greeting =
  | { readonly kind: "taken"; readonly conversation: Conversation }
  /** The deltas do not fit what is known here: ask for the whole state. */
  | { readonly kind: "gap" };

/** What `welcome` makes of what was known. A state that is older than that, in the same epoch, is one
 * that a slower node still had: what is known stays. */
export function greet(known: Conversation | null, welcome: Welcome): Greeting {
  const { epoch, rev, state, deltas } = welcome;
  if (state !== undefined) {
    const older = known !== null && known.epoch === epoch && rev < known.rev;
    return { kind: "taken", conversation: older ? known : { ...state, epoch, rev } };
  }
  if (known === null || known.epoch !== epoch) return { kind: "gap" };
  let conversation = known;
  for (const delta of deltas ?? []) {
    const next = step(conversation, delta);
    if (next.kind === "gap") return { kind: "gap" };
    if (next.kind === "applied") conversation = next.conversation;
  }
  return conversation.rev < rev ? { kind: "gap" } : { kind: "taken", conversation };
}

export function find(conversation: Conversation, id: number): Seen | undefined {
  return conversation.items.find((one) => one.item.id === id);
}

/** The question being asked; none in flex, where all are open. */
export function openQuestion(conversation: Conversation): Seen | undefined {
  if (conversation.phase === "flex") return undefined;
  return conversation.items.filter((one) => isOpen(one) && one.item.type !== "message").at(-1);
}

/** The questions that people know of, in the order of the guide. */
export function questions(conversation: Conversation): readonly Seen[] {
  return conversation.items
    .filter((one) => one.item.type !== "message")
    .sort((one, other) => one.item.number - other.item.number);
}

/** Asked and answered, by the rule of the server: questions opened and not withdrawn. */
export function progress(
  conversation: Conversation,
  isAnswered: (question: number) => boolean,
): { readonly asked: number; readonly answered: number; readonly percent: number | null } {
  const asked = conversation.items.filter(
    (one) => one.item.type !== "message" && one.status !== "withdrawn",
  );
  const answered = asked.filter((one) => isAnswered(one.item.id)).length;
  const percent = asked.length ? Math.floor((100 * answered) / asked.length) : null;
  return { asked: asked.length, answered, percent };
}
