import { expect, test } from "vitest";
import type { Moment } from "../wire";
import { grid, lines, QUARTER_MS, summary } from "./curve";

function curve(...moments: [here: number, answers: number][]): ReadonlyMap<number, Moment> {
  return new Map(
    moments.map(([here, answers], i) => [i * QUARTER_MS, { at: i * QUARTER_MS, here, answers }]),
  );
}

test("moments are drawn in order, each where it ended", () => {
  const late = new Map([...curve([1, 2], [3, 4])].reverse());
  expect(lines(late)).toEqual([
    [15, 30],
    [1, 3],
    [2, 4],
  ]);
});

test.each([
  [[], [0, 1, 2]],
  [[[2, 0]], [0, 1, 2]],
  [[[3, 0]], [0, 2, 4]],
  [[[571, 120]], [0, 300, 600]],
  [[[7, 1_999]], [0, 1_000, 2_000]],
] as const)("three round gridlines that nothing passes: %j", (moments, expected) => {
  expect(grid(lines(curve(...(moments as unknown as [number, number][]))))).toEqual(expected);
});

test("the picture in words", () => {
  expect(summary(lines(curve()))).toBeNull();
  expect(summary(lines(curve([2, 9], [8, 1], [7, 2], [6, 3], [5, 4])))).toEqual({
    from: 0,
    to: 75_000,
    first: 2,
    most: 8,
    last: 5,
    came: 10,
  });
});
