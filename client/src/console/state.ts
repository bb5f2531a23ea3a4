/**
 * What one conversation's screen knows, and how every message and every press changes it. Pure: no
 * DOM, no clock, no socket. It must never claim what the server has not said: a command stays
 * pending until the server has answered it and this screen shows what came of it.
 */

import type {
  Asking,
  Command,
  Expect,
  Moment,
  PersonTally,
  QuestionTally,
  StaffEvent,
  StaffState,
  StaffWelcome,
  ToStaff,
} from "../wire";
import { type Happening, meanwhile } from "./meanwhile";
import type { Refusing } from "./refusals";
import { tallied } from "./tally";

export type Op = Command["op"];
export type Role = StaffWelcome["role"];
export type Phase = StaffState["phase"];

/** The live line. `stopped`: it will not come back by itself. */
export type Line = "connecting" | "connected" | "lost" | "stopped";

/** A command the server has not settled. `done`: the rev that it reached, once the server said so. */
export interface Pending {
  readonly command: Command;
  readonly at: number;
  readonly done: number | null;
}

/** The last thing anybody did. */
export interface Did {
  readonly rev: number;
  readonly kind: string;
  readonly by: string;
  readonly at: number;
  readonly item: number | null;
  readonly participant: number | null;
}

/** Somebody who asks to move a link. `at`: since when, in ms of this machine's clock. */
export interface Waiting extends Omit<Asking, "since"> {
  readonly at: number;
}

/** Something to tell the moderator until it is read. `sawRev`: what the screen showed when the
 * command was pressed, so that whatever happened since can be named. `back`: the line came back, and
 * what happened meanwhile, from the answer `aseq` on. `muted`: done, and can be undone. `alone`: the
 * screen of somebody who was here too is gone. */
export type Notice =
  | {
      readonly kind: "refused";
      readonly cid: string;
      readonly op: Op;
      readonly refusal: Refusing;
      readonly sawRev: number;
    }
  | { readonly kind: "unsure"; readonly cid: string; readonly op: Op }
  | { readonly kind: "back"; readonly happened: readonly Happening[]; readonly aseq: number }
  | { readonly kind: "muted"; readonly command: Command }
  | { readonly kind: "alone"; readonly name: string };

export interface Counts {
  readonly joined: number;
  readonly present: number;
  readonly waiting: number;
  readonly asked: number;
  readonly aseq: number;
  /** Damaged links that pages reported; about. */
  readonly damaged: number;
}

export interface Room {
  readonly line: Line;
  /** Why the line stopped, in words; empty otherwise. */
  readonly why: string;
  /** When this screen last heard anything, in ms of this machine's clock; null: never. */
  readonly heardAt: number | null;
  readonly epoch: string;
  readonly rev: number;
  readonly name: string;
  readonly role: Role;
  /** What to add to this machine's clock to get the server's, ms. */
  readonly skew: number;
  readonly state: StaffState | null;
  readonly did: Did | null;
  readonly counts: Counts | null;
  readonly questions: ReadonlyMap<number, QuestionTally>;
  readonly people: ReadonlyMap<number, PersonTally>;
  /** Who asks to move a link to another device, longest first. */
  readonly asking: readonly Waiting[];
  /** Who else has this room open, by name. */
  readonly others: readonly string[];
  /** Who had until `at`, and has not come back yet. */
  readonly gone: { readonly name: string; readonly at: number } | null;
  /** By when each moment began. */
  readonly curve: ReadonlyMap<number, Moment>;
  /** Counts up whenever texts that were read may have to go: somebody was muted, or this screen was
   * away. */
  readonly reread: number;
  /** The next tally is the first of its socket, so it replaces what is here. */
  readonly awaitsWhole: boolean;
  readonly pending: Pending | null;
  readonly notice: Notice | null;
}

export type Action =
  | { readonly t: "line"; readonly line: Line; readonly why?: string }
  | { readonly t: "message"; readonly message: ToStaff; readonly at: number }
  | { readonly t: "pressed"; readonly command: Command; readonly at: number }
  | { readonly t: "read" };

/** A command that went out when the line broke is sent again for this long. Later, a moderator has
 * moved on, and a question that opens by itself would surprise everybody. */
export const SENT_AGAIN_MS = 15_000;

export const EMPTY: Room = {
  line: "connecting",
  why: "",
  heardAt: null,
  epoch: "",
  rev: 0,
  name: "",
  role: "observer",
  skew: 0,
  state: null,
  did: null,
  counts: null,
  questions: new Map(),
  people: new Map(),
  asking: [],
  others: [],
  gone: null,
  curve: new Map(),
  reread: 0,
  awaitsWhole: true,
  pending: null,
  notice: null,
};

export function reduce(room: Room, action: Action): Room {
  switch (action.t) {
    case "line":
      return { ...room, line: action.line, why: action.why ?? "" };
    case "message":
      return { ...received(room, action.message, action.at), heardAt: action.at };
    case "pressed": {
      if (blocked(room) !== null) return room;
      const pending = { command: action.command, at: action.at, done: null };
      return { ...room, pending, notice: null };
    }
    case "read":
      return room.notice === null ? room : { ...room, notice: null };
  }
}

/** What a screen that shows this room expects to be so; absent before there is a state. */
export function expectation(room: Room): Expect | undefined {
  return room.state === null ? undefined : { phase: room.state.phase, sent: room.state.sent_rev };
}

/** Why no command can be given now; null if one can. */
export function blocked(room: Room): "offline" | "role" | "busy" | null {
  if (room.line !== "connected" || room.state === null) return "offline";
  if (!mayCommand(room.role)) return "role";
  return room.pending === null ? null : "busy";
}

export function mayCommand(role: Role): boolean {
  return role === "owner" || role === "moderator";
}

/** Staff accounts and erasing. */
export function mayOwn(role: Role): boolean {
  return role === "owner";
}

/** Observers see neither links nor pids nor files. */
export function mayReadFiles(role: Role): boolean {
  return role !== "observer";
}

function received(room: Room, message: ToStaff, at: number): Room {
  switch (message.t) {
    case "welcome":
      return welcomed(room, message, at);
    case "event":
      return happened(room, message);
    case "tally":
      return tallied(room, message, at);
    case "done":
      return settled(
        room.pending?.command.cid === message.cid
          ? { ...room, pending: { ...room.pending, done: message.rev } }
          : room,
      );
    case "refused": {
      if (room.pending?.command.cid !== message.cid) return room;
      const { cid, op, expect } = room.pending.command;
      const sawRev = expect?.sent ?? 0;
      const notice = { kind: "refused", cid, op, refusal: message, sawRev } as const;
      return { ...room, pending: null, notice };
    }
    case "bye":
      return { ...room, why: message.why };
    case "beat":
    case "drain": // The socket moves over by itself.
      return room;
  }
}

function welcomed(room: Room, message: StaffWelcome, at: number): Room {
  const late = room.pending !== null && at - room.pending.at > SENT_AGAIN_MS;
  const known = room.epoch === message.epoch && room.did !== null && room.did.rev <= message.rev;
  return settled({
    ...room,
    line: "connected",
    why: "",
    epoch: message.epoch,
    rev: message.rev,
    name: message.name,
    role: message.role,
    skew: message.now - at,
    state: message.state,
    did: known ? room.did : null,
    awaitsWhole: true,
    reread: room.reread + 1,
    pending: late ? null : room.pending,
    notice: late && room.pending !== null ? unsure(room.pending.command) : cameBack(room, message),
  });
}

/** After a broken line: what happened meanwhile, if anything did. A refusal is still to be read. */
function cameBack(room: Room, { epoch, state }: StaffWelcome): Notice | null {
  if (room.line === "connected" || room.state === null || room.notice?.kind === "refused") {
    return room.notice;
  }
  const happened = room.epoch === epoch ? meanwhile(room.state, state) : [];
  if (happened.length === 0) return room.notice;
  return { kind: "back", happened, aseq: room.counts?.aseq ?? 0 };
}

function unsure({ cid, op }: Command): Notice {
  return { kind: "unsure", cid, op };
}

/** Every event carries the whole state, so a gap before it costs nothing. */
function happened(room: Room, message: StaffEvent): Room {
  if (message.rev <= room.rev) return room;
  const did = {
    rev: message.rev,
    kind: message.kind,
    by: message.by,
    at: message.at,
    item: message.item ?? null,
    participant: message.participant ?? null,
  };
  const muting = message.kind === "muted" || message.kind === "unmuted";
  const reread = muting ? room.reread + 1 : room.reread;
  return settled({ ...room, rev: message.rev, state: message.state, did, reread });
}

/** A command is over when the server said done and this screen shows it: pressing again before would
 * carry an expectation that is known to be stale. */
function settled(room: Room): Room {
  const done = room.pending?.done ?? null;
  if (room.pending === null || done === null || room.rev < done) return room;
  const { command } = room.pending;
  return command.op === "mute"
    ? { ...room, pending: null, notice: { kind: "muted", command } }
    : { ...room, pending: null };
}
