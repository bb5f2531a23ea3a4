/** How a tally changes what a screen knows: counts, rows, the curve, and who else looks. Pure. */

import type { Asking, Moment, Tally } from "../wire";
import type { Counts, Room, Waiting } from "./state";

/** A page that is loaded again, or a line that breaks, is back before this. */
export const ALONE_AFTER_MS = 10_000;

export function tallied(room: Room, message: Tally, at: number): Room {
  const { joined, present, waiting, asked, aseq, damaged = 0 } = message;
  const counts = { joined, present, waiting, asked, aseq, damaged };
  const whole = room.awaitsWhole;
  return {
    ...room,
    ...company(room, message.looking ?? [], at),
    counts: sameCounts(room.counts, counts) ? room.counts : counts,
    questions: merged(whole ? new Map() : room.questions, message.questions, (q) => q.question),
    people: merged(whole ? new Map() : room.people, message.people, (p) => p.number),
    curve: merged<Moment>(whole ? new Map() : room.curve, message.curve ?? [], (m) => m.at),
    asking: whoAsks(room.asking, message.asking ?? [], at),
    awaitsWhole: false,
  };
}

/** Who else looks. Who was there and stays away is told once, so that this moderator goes on. */
function company(
  room: Room,
  looking: readonly string[],
  at: number,
): Pick<Room, "others" | "gone" | "notice"> {
  const others = looking.filter((name) => name !== room.name);
  const same = others.length === room.others.length && others.every((o, i) => o === room.others[i]);
  const left = room.others.find((name) => !others.includes(name));
  const gone =
    left !== undefined
      ? { name: left, at }
      : room.gone !== null && others.includes(room.gone.name)
        ? null
        : room.gone;
  const alone = gone !== null && at - gone.at >= ALONE_AFTER_MS;
  const acts = room.role === "owner" || room.role === "moderator";
  const tell = alone && acts && room.state?.phase === "live" && room.notice === null;
  return {
    others: same ? room.others : others,
    gone: alone ? null : gone,
    notice: tell ? { kind: "alone", name: gone.name } : room.notice,
  };
}

function sameCounts(old: Counts | null, next: Counts): boolean {
  if (old === null) return false;
  return (Object.keys(next) as (keyof Counts)[]).every((key) => old[key] === next[key]);
}

/** The very same list while the same people ask, so that nothing is drawn again. */
function whoAsks(
  old: readonly Waiting[],
  asking: readonly Asking[],
  at: number,
): readonly Waiting[] {
  const next = asking
    .map(({ since, ...who }) => ({ ...who, at: at - since * 1000 }))
    .sort((a, b) => a.at - b.at);
  const same =
    old.length === next.length &&
    next.every(
      (one, i) => one.participant === old[i]?.participant && one.letters === old[i]?.letters,
    );
  return same ? old : next;
}

/** The very same map if nothing changed, so that nothing is drawn again. */
function merged<T>(
  old: ReadonlyMap<number, T>,
  changes: readonly T[],
  key: (change: T) => number,
): ReadonlyMap<number, T> {
  if (changes.length === 0) return old;
  const next = new Map(old);
  for (const change of changes) next.set(key(change), change);
  return next;
}
