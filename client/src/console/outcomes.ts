/** How many links came to what, from Participant Data with everybody. Pure. */

import type { Outcome, People } from "./match/people";

/** In the order in which they are told. */
export const OUTCOMES: readonly Outcome[] = [
  "complete",
  "left",
  "never_joined",
  "turned_away",
  "removed",
];

export interface OutcomeCount {
  readonly outcome: Outcome;
  readonly n: number;
  /** 0 to 1, of all links. */
  readonly share: number;
}

export function outcomeCounts({ byPid }: People): readonly OutcomeCount[] {
  const all = [...byPid.values()];
  return OUTCOMES.map((outcome) => {
    const n = all.filter((person) => person.outcome === outcome).length;
    return { outcome, n, share: all.length === 0 ? 0 : n / all.length };
  });
}
