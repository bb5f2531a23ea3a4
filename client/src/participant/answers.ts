// A person's answers on this device: what is typed, what waits to be sent, what the server has said
// counts. Pure. Only the server's word makes an answer `held`; nothing else is ever shown as saved.

import type { Accepted, Body, Mine, MineFrame, Refused } from "../wire";
import { type Draft, draftOf } from "./draft";

/** On its way: sent again with the same aid and body until accepted or finally refused. */
export interface Pending {
  readonly aid: string;
  readonly base: number;
  readonly body: Body;
}

/** What the server says counts, and in which of its histories it said so. */
export interface Held {
  readonly aid: string;
  readonly revision: number;
  readonly body: Body;
  readonly epoch: string;
  /** Given in an earlier run: it stays as it is. */
  readonly locked?: boolean;
}

/** Why an answer that was sent does not count. `superseded` is the choice between two devices. */
export interface Note {
  readonly kind: "closed" | "invalid" | "gone" | "superseded";
  readonly body: Body;
  readonly why: string;
}

/** All about one question. It is stored as it is, under the link and the question. */
export interface Kept {
  readonly draft?: Draft;
  readonly pending?: Pending;
  /** A change made while `pending` is on its way; it takes its turn when that is settled. */
  readonly next?: Body;
  readonly held?: Held;
  /** Ids of answers that this device made, newest last. */
  readonly aids: readonly string[];
  readonly note?: Note;
  /** The held answer came late, or replaced an earlier one: for the words beside "Saved". */
  readonly late?: boolean;
}

export type Answers = Readonly<Record<number, Kept>>;
export const NOTHING: Kept = { aids: [] };
/** How many own ids are remembered for a question. */
const REMEMBERED = 50;

export function keptOf(answers: Answers, question: number): Kept {
  return answers[question] ?? NOTHING;
}

type Parts = { -readonly [K in keyof Kept]?: Kept[K] | undefined };

/** A copy with these parts; undefined takes a part away. */
function withParts(kept: Kept, parts: Parts): Kept {
  const result: Parts = { ...kept, ...parts };
  for (const name of Object.keys(result) as (keyof Kept)[]) {
    if (result[name] === undefined) delete result[name];
  }
  return { aids: [], ...(result as Partial<Kept>) };
}

function change(answers: Answers, question: number, parts: Parts): Answers {
  return { ...answers, [question]: withParts(keptOf(answers, question), parts) };
}

export function drafted(answers: Answers, question: number, draft: Draft | undefined): Answers {
  return change(answers, question, { draft });
}

/** Put an answer into the outbox: one per question, a further change waits for it. */
export function sent(answers: Answers, question: number, body: Body, aid: string): Answers {
  const kept = keptOf(answers, question);
  const rest = { draft: undefined, note: undefined };
  if (kept.pending) return change(answers, question, { ...rest, next: body });
  return change(answers, question, { ...rest, ...outgoing(kept, body, aid) });
}

function outgoing(kept: Kept, body: Body, aid: string): Parts {
  const pending = { aid, base: kept.held?.revision ?? 0, body };
  return { pending, next: undefined, aids: [...kept.aids, aid].slice(-REMEMBERED) };
}

/** Give the change that waited its turn. `newAid` is called at most once. */
function promoted(answers: Answers, question: number, newAid: () => string): Answers {
  const kept = keptOf(answers, question);
  if (kept.pending || !kept.next) return answers;
  return change(answers, question, outgoing(kept, kept.next, newAid()));
}

export function accepted(
  answers: Answers,
  message: Accepted,
  epoch: string,
  newAid: () => string,
): Answers {
  const question = pendingWith(answers, message.aid);
  // Not ours any more: `mine` or `welcome` settled it before.
  if (question === null) return answers;
  const kept = keptOf(answers, question);
  const body = kept.pending?.body ?? {};
  const held = { aid: message.aid, revision: message.revision, body, epoch };
  const newer = !kept.held || held.revision > kept.held.revision;
  const parts: Parts = { pending: undefined, note: undefined };
  if (newer) Object.assign(parts, { held, late: message.late || undefined });
  return promoted(change(answers, question, parts), question, newAid);
}

/** The server refused. `retry` keeps everything: the session sends it again. */
export function refused(
  answers: Answers,
  message: Refused,
  epoch: string,
  newAid: () => string,
): Answers {
  const question = pendingWith(answers, message.aid);
  if (question === null || message.code === "retry") return answers;
  const kept = keptOf(answers, question);
  const body = kept.next ?? kept.pending?.body ?? {};
  if (message.code === "superseded") return superseded(answers, question, message, epoch, newAid);
  const note: Note = { kind: message.code, body, why: message.why };
  // What can be mended goes back into the fields.
  const draft = message.code === "invalid" ? draftOf(body) : kept.draft;
  return change(answers, question, { pending: undefined, next: undefined, note, draft });
}

function superseded(
  answers: Answers,
  question: number,
  { stored, why }: Refused,
  epoch: string,
  newAid: () => string,
): Answers {
  const kept = keptOf(answers, question);
  const pending = kept.pending;
  if (!pending) return answers;
  const held = stored && { ...stored, epoch };
  if (!held || kept.aids.includes(held.aid)) {
    // An answer that this device made itself: its change follows on that revision, same aid.
    const again = { ...pending, base: held?.revision ?? 0 };
    // Refused on that very revision, it had counted before and was replaced: never an endless resend.
    const settled = held?.aid === pending.aid || again.base === pending.base;
    const parts = { held: held ?? kept.held, pending: settled ? undefined : again };
    return promoted(change(answers, question, parts), question, newAid);
  }
  const note: Note = { kind: "superseded", body: kept.next ?? pending.body, why };
  return change(answers, question, { pending: undefined, next: undefined, held, note });
}

/** Another tab or device of this person answered. */
export function answeredElsewhere(answers: Answers, message: MineFrame, epoch: string): Answers {
  const kept = keptOf(answers, message.question);
  if (kept.held && kept.held.revision >= message.revision) return answers;
  const { aid, revision, body } = message;
  return change(answers, message.question, {
    held: { aid, revision, body, epoch },
    late: undefined,
  });
}

/** What `welcome` says settles what is still in the outbox. In another epoch (the store was restored)
 * answers that were accepted and that it lacks go back into the outbox. */
export function welcomed(
  answers: Answers,
  mine: readonly Mine[],
  epoch: string,
  newAid: () => string,
): Answers {
  const counted = new Map(mine.map((one) => [one.question, one]));
  const questions = new Set([...Object.keys(answers).map(Number), ...counted.keys()]);
  let result = answers;
  for (const question of questions) {
    const before = keptOf(result, question);
    const parts = reconciled(before, counted.get(question), epoch);
    if (parts) result = promoted(change(result, question, parts), question, newAid);
  }
  return result;
}

/** The parts that change, null if none. */
function reconciled(kept: Kept, mine: Mine | undefined, epoch: string): Parts | null {
  const told = mine && heldFrom(mine, epoch);
  const { held, pending } = kept;
  if (held && held.epoch !== epoch) {
    const lost = !told || told.revision < held.revision;
    const base = told?.revision ?? 0;
    const again = pending ?? (lost ? { aid: held.aid, body: held.body } : undefined);
    const settled = again === undefined || again.aid === told?.aid;
    return { held: told, pending: settled ? undefined : { ...again, base }, late: undefined };
  }
  const newer =
    told &&
    (!held ||
      told.revision > held.revision ||
      (told.revision === held.revision && told.locked !== held.locked));
  const settled = told && pending && told.aid === pending.aid;
  if (!newer && !settled) return null;
  return { held: newer ? told : held, pending: settled ? undefined : pending };
}

function heldFrom({ aid, revision, body, locked }: Mine, epoch: string): Held {
  return { aid, revision, body, epoch, ...(locked && { locked }) };
}

/** A new run began: what was answered before it stays as it is. */
export function locked(answers: Answers): Answers {
  let result = answers;
  for (const question of Object.keys(answers).map(Number)) {
    const { held } = keptOf(answers, question);
    if (held && !held.locked) {
      result = change(result, question, { held: { ...held, locked: true } });
    }
  }
  return result;
}

/** The question whose answer with this aid is on its way. */
export function pendingWith(answers: Answers, aid: string): number | null {
  for (const [question, kept] of Object.entries(answers)) {
    if (kept.pending?.aid === aid) return Number(question);
  }
  return null;
}

export function dismissed(answers: Answers, question: number): Answers {
  return change(answers, question, { note: undefined, draft: undefined });
}

/** Questions with something on its way. */
export function unsent(answers: Answers): readonly number[] {
  return Object.keys(answers)
    .map(Number)
    .filter((question) => answers[question]?.pending !== undefined);
}
