/**
 * Reading the guide as a moderator does: what is next, what is open, what was sent, and how to tell
 * similar questions apart. Pure.
 */

import type { Choice, Item, QuestionTally, StaffItem } from "../wire";

export type Shelf = "queue" | "sent" | "skipped";

export interface Shelves {
  readonly queue: readonly StaffItem[];
  /** Newest first, so that what is open stands on top. */
  readonly sent: readonly StaffItem[];
  readonly skipped: readonly StaffItem[];
}

export function isQuestion(item: Item): boolean {
  return item.type !== "message";
}

export function options(item: Item): readonly Choice[] {
  return item.options ?? [];
}

export function shelves(items: readonly StaffItem[]): Shelves {
  const sent = items.filter((entry) => entry.sent_at !== undefined);
  return {
    queue: items.filter((entry) => entry.status === "queued"),
    sent: sent.sort((a, b) => (b.sent_at ?? 0) - (a.sent_at ?? 0)),
    skipped: items.filter((entry) => entry.status === "skipped"),
  };
}

/** The question that is being asked, else the one that was asked last; null before the first. */
export function currentQuestion(items: readonly StaffItem[]): StaffItem | null {
  let last: StaffItem | null = null;
  for (const entry of items) {
    if (!isQuestion(entry.item)) continue;
    if (entry.status === "open") return entry;
    if (entry.sent_at !== undefined && entry.sent_at >= (last?.sent_at ?? 0)) last = entry;
  }
  return last;
}

/** The message that stands above the question on every screen, if there is one. */
export function shownMessage(items: readonly StaffItem[]): StaffItem | null {
  return items.find((entry) => entry.status === "open" && !isQuestion(entry.item)) ?? null;
}

export function nextItem(items: readonly StaffItem[]): StaffItem | null {
  return items.find((entry) => entry.status === "queued") ?? null;
}

/** What everybody sees now: a message, a question, or both. */
export function openItems(items: readonly StaffItem[]): readonly StaffItem[] {
  return items.filter((entry) => entry.status === "open");
}

/** The id of the item that is marked after a move by `by` rows; from nothing, the first or the last
 * one. At an end the mark stays. Null where there is nothing to mark. */
export function marked(
  entries: readonly StaffItem[],
  mark: number | null,
  by: 1 | -1,
): number | null {
  const at = entries.findIndex(({ item }) => item.id === mark);
  const to = at >= 0 ? at + by : by > 0 ? 0 : entries.length - 1;
  return entries[Math.min(Math.max(0, to), entries.length - 1)]?.item.id ?? null;
}

/** Whether there is something to read in the answers: texts, or words of people's own beside options. */
export function hasTexts(item: Item, tally: QuestionTally | undefined): boolean {
  return item.type === "open_text" || (tally?.other ?? 0) > 0;
}

/** The sent questions whose answers can be read, newest first. */
export function readable(
  items: readonly StaffItem[],
  questions: ReadonlyMap<number, QuestionTally>,
): readonly StaffItem[] {
  return shelves(items).sent.filter(({ item }) => hasTexts(item, questions.get(item.id)));
}

export interface Name {
  readonly kind: "question" | "message";
  readonly number: number;
}

/** How staff call an item: questions and messages are counted apart, from 1, as the server's
 * sentences do. Null for one that is not in the guide. */
export function nameOf(items: readonly StaffItem[], id: number | null): Name | null {
  const found = items.find((entry) => entry.item.id === id);
  if (found === undefined) return null;
  if (isQuestion(found.item)) return { kind: "question", number: found.item.number };
  const messages = items.filter((entry) => !isQuestion(entry.item));
  return { kind: "message", number: messages.indexOf(found) + 1 };
}

const SHORTEST_SHARED = 20;

/** Where to begin reading `text` behind the one before it, in UTF-16 units: at the last word they
 * share, so that what differs reads on from it; 0 where they share too little to leave it out, or
 * where nothing would be left. */
export function sharedStart(text: string, before: string): number {
  let same = 0;
  while (same < text.length && same < before.length && text[same] === before[same]) same++;
  if (same === text.length) return 0;
  const differs = text.lastIndexOf(" ", same - 1);
  const shared = text.lastIndexOf(" ", differs - 1) + 1;
  return shared >= SHORTEST_SHARED ? shared : 0;
}

/** Seconds that the live conversation is behind its plan (negative: ahead) at `now`, by the plans of
 * what was sent; null where some item sent has no plan. Times in ms of the server's clock. */
export function behindPlan(
  items: readonly StaffItem[],
  startedAt: number,
  now: number,
): number | null {
  const sent = items.filter((entry) => entry.sent_at !== undefined);
  const last = shelves(sent).sent[0];
  if (last?.sent_at === undefined) return null;
  let planned = 0;
  for (const entry of sent) {
    const plan = entry.item.duration;
    if (plan === undefined) return null;
    planned += entry === last ? Math.min(plan, (now - last.sent_at) / 1000) : plan;
  }
  return Math.round((now - startedAt) / 1000 - planned);
}

/** The whole guide's plan in seconds; null where an item has none. */
export function plannedSeconds(items: readonly StaffItem[]): number | null {
  let sum = 0;
  for (const { item } of items) {
    if (item.duration === undefined) return null;
    sum += item.duration;
  }
  return sum;
}
