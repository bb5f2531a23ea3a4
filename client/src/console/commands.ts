/**
 * What a press becomes on its way to the server, and what became of it. Pure.
 */

import type { Command } from "../wire";
import { currentQuestion, nextItem } from "./guide";
import type { Refusing } from "./refusals";
import { expectation, type Op, type Room } from "./state";

/** What a press asks for: a command without its name and without what the screen showed. */
export type Asked = Omit<Command, "t" | "cid" | "expect">;

/** Commands that must not pass if the conversation moved on under the sender's finger. All others are
 * right whatever else happened. */
const EXPECTING: ReadonlySet<Op> = new Set([
  "publish",
  "unpublish",
  "start",
  "send",
  "next",
  "close",
  "skip",
  "end",
  "undo_end",
  "reopen_flex",
]);

/** The command to send for a press on this screen. */
export function commandFor(room: Room, asked: Asked, cid: string): Command {
  const expect = EXPECTING.has(asked.op) ? expectation(room) : undefined;
  return { t: "command", cid, ...asked, ...(expect === undefined ? {} : { expect }) };
}

/** Whether a command is what this button would ask for, so that it is the one shown busy. */
export function isFor(command: Command | undefined, asked: Asked): boolean {
  return (
    command !== undefined &&
    command.op === asked.op &&
    command.item === asked.item &&
    command.participant === asked.participant &&
    command.letters === asked.letters &&
    command.question === asked.question &&
    command.author === asked.author
  );
}

/** What a key asks for in the control room: `undefined` for a key that asks for nothing, null where it
 * makes no sense now. `mark`: the id of the item that is marked in the guide. */
export function commandOf(key: string, room: Room, mark: number | null): Asked | null | undefined {
  const items = room.state?.phase === "live" ? room.state.items : [];
  const entry = items.find(({ item }) => item.id === mark);
  const next = nextItem(items);
  switch (key) {
    case "n":
      return next === null ? null : { op: "next" };
    case "c":
      return currentQuestion(items)?.status === "open" ? { op: "close" } : null;
    case "enter":
      return entry === undefined || entry.status === "open"
        ? null
        : { op: "send", item: entry.item.id };
    case "s": {
      const skipped = entry ?? next;
      return skipped?.status === "queued" ? { op: "skip", item: skipped.item.id } : null;
    }
    default:
      return undefined;
  }
}

/** What became of a command of this screen. `unsure` is told by its notice; `refused` too, unless who
 * asked tells it and reads it. */
export type Outcome =
  | { readonly kind: "busy" | "done" | "unsure" }
  | { readonly kind: "refused"; readonly refusal: Refusing };

export function outcomeOf(room: Room, cid: string): Outcome {
  if (room.pending?.command.cid === cid) return { kind: "busy" };
  const { notice } = room;
  if (notice === null || !("cid" in notice) || notice.cid !== cid) return { kind: "done" };
  return notice.kind === "unsure"
    ? { kind: "unsure" }
    : { kind: "refused", refusal: notice.refusal };
}
