/** What is read out of a control room, and when: at most every ten seconds, so that it can be listened
 * to beside a conversation. Pure. */

import { currentQuestion } from "./guide";
import type { Did, Room } from "./state";

export const NEWS_EVERY_MS = 10_000;

export type News =
  | { readonly kind: "lost" | "back" }
  | { readonly kind: "did"; readonly did: Did }
  | { readonly kind: "answers"; readonly item: number; readonly n: number };

/** What was told last, and what that covered. */
export interface Told {
  readonly at: number;
  readonly news: News | null;
  readonly rev: number;
  readonly item: number;
  readonly answers: number;
  readonly lost: boolean;
}

export const NOTHING_TOLD: Told = {
  at: 0,
  news: null,
  rev: 0,
  item: 0,
  answers: 0,
  lost: false,
};

/** The very same `told` while there is nothing to say, or too early. What a broken line means for every
 * button is said at once. */
export function tell(told: Told, room: Room, at: number): Told {
  const lost = room.line === "lost";
  if (lost && !told.lost) return { ...told, at, lost, news: { kind: "lost" } };
  if (lost || at - told.at < NEWS_EVERY_MS) return told;
  const did = room.did;
  if (did !== null && did.rev > told.rev) {
    return { ...told, at, lost, rev: did.rev, news: { kind: "did", did } };
  }
  if (told.lost) return { ...told, at, lost, news: { kind: "back" } };
  const open = currentQuestion(room.state?.items ?? []);
  if (open === null || open.status !== "open") return told;
  const n = room.questions.get(open.item.id)?.answered ?? 0;
  if (n === 0 || (told.item === open.item.id && told.answers === n)) return told;
  const news = { kind: "answers", item: open.item.id, n } as const;
  return { ...told, at, lost, item: open.item.id, answers: n, news };
}
