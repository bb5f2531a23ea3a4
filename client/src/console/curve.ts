/** The numbers of the curve: who was here and what came in each quarter of a minute. Pure. */

import type { Moment } from "../wire";

export const QUARTER_MS = 15_000;

/** As they are drawn: seconds since 1970 at the end of each moment, people, answers. */
export type Lines = readonly [readonly number[], readonly number[], readonly number[]];

/** Times in order, those of the moments that are there. */
export function lines(curve: ReadonlyMap<number, Moment>): Lines {
  const moments = [...curve.values()].sort((a, b) => a.at - b.at);
  return [
    moments.map(({ at }) => (at + QUARTER_MS) / 1000),
    moments.map(({ here }) => here),
    moments.map(({ answers }) => answers),
  ];
}

/** The three gridlines: nothing, half, and a round number that nothing passes. */
export function grid([, here, answers]: Lines): readonly [number, number, number] {
  const most = Math.max(1, ...here, ...answers);
  for (let tens = 1; ; tens *= 10) {
    for (const half of [tens, 2 * tens, 3 * tens, 5 * tens]) {
      if (2 * half >= most) return [0, half, 2 * half];
    }
  }
}

/** What the picture says. Times in ms; `came`: answers of the last minute. */
export interface Summary {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly most: number;
  readonly last: number;
  readonly came: number;
}

/** Null while there is nothing to draw. */
export function summary([at, here, answers]: Lines): Summary | null {
  const [begin, end, first, last] = [at[0], at.at(-1), here[0], here.at(-1)];
  if (begin === undefined || end === undefined || first === undefined || last === undefined) {
    return null;
  }
  return {
    from: begin * 1000 - QUARTER_MS,
    to: end * 1000,
    first,
    most: Math.max(...here),
    last,
    came: answers.slice(-4).reduce((sum, n) => sum + n, 0),
  };
}
