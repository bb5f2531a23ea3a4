import { describe, expect, test } from "vitest";
import { droppedAt, movedBy, moves } from "./ordering";

const ids = [10, 20, 30];

describe("by keys", () => {
  test.each([
    [10, 1, 20],
    [20, 1, 30],
    [20, -1, null],
    [30, -1, 10],
    [10, 2, 30],
    [10, 9, 30],
    [30, -2, null],
  ] as const)("%i by %i goes behind %j", (id, by, after) => {
    expect(movedBy(ids, id, by)).toBe(after);
    expect(moves(ids, id, after)).toBe(true);
  });
  test("not past an end, and not what is not there", () => {
    expect(movedBy(ids, 10, -1)).toBeUndefined();
    expect(movedBy(ids, 30, 1)).toBeUndefined();
    expect(movedBy(ids, 40, 1)).toBeUndefined();
    expect(movedBy(ids, 20, 0)).toBeUndefined();
  });
});

describe("by dragging", () => {
  test.each([
    [0, null],
    [51, 10],
    [149, 10],
    [151, 20],
    [999, 30],
  ] as const)("let go at %i it goes behind %j", (y, after) => {
    expect(droppedAt(ids, [50, 150, 250], y)).toBe(after);
  });
  test("where it is already nothing moves", () => {
    expect([moves(ids, 20, 10), moves(ids, 20, 20), moves(ids, 10, null)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
