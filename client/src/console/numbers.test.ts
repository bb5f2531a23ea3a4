import { describe, expect, test } from "vitest";
import type { Item, PersonTally, StaffItem } from "../wire";
import {
  bars,
  halfReached,
  histogram,
  ordered,
  percent,
  pidFits,
  rates,
  shortPid,
  visible,
} from "./numbers";

const choice: Item = {
  id: 1,
  type: "single_choice",
  number: 1,
  text: "Agree?",
  options: [{ text: "Yes" }, { text: "No" }],
};

function person(number: number, answered: number | null, here = true): PersonTally {
  return {
    number,
    pid: `p${number}`,
    here,
    answered: 0,
    percent_answered: answered,
    percent_while_present: answered,
  };
}

test("percentages are floored, and of nobody they are 0", () => {
  expect([percent(2, 3), percent(999, 1000), percent(3, 3), percent(0, 0)]).toEqual([
    66, 99, 100, 0,
  ]);
});

describe("bars", () => {
  test("stand in guide order, whatever the counts", () => {
    const tally = { question: 1, answered: 3, counts: { "2": 2, "1": 1 } };
    expect(bars(choice, tally).map((b) => [b.label, b.n, b.percent])).toEqual([
      ["Yes", 1, 33],
      ["No", 2, 66],
    ]);
  });

  test("are all there before anybody answered", () => {
    expect(bars(choice, undefined).map((b) => [b.n, b.percent, b.share])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("own answers come last", () => {
    const tally = { question: 1, answered: 4, counts: { "1": 3 }, other: 1 };
    expect(bars({ ...choice, other: true }, tally).at(-1)).toMatchObject({ key: "other", n: 1 });
    expect(bars({ ...choice, other: true }, undefined).at(-1)).toMatchObject({ n: 0 });
  });

  test("a scale has one for each value", () => {
    const scale: Item = { id: 2, type: "scale", number: 2, text: "How?", min: 1, max: 5 };
    const found = bars(scale, { question: 2, answered: 2, counts: { "5": 1, "1": 1 } });
    expect(found.map((b) => b.n)).toEqual([1, 0, 0, 0, 1]);
    expect(found.map((b) => b.label)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("many numbers are put into ranges and none is lost", () => {
    const age: Item = { id: 3, type: "number", number: 3, text: "Age?", min: 0, max: 120 };
    const found = bars(age, { question: 3, answered: 3, counts: { "0": 1, "11": 1, "120": 1 } });
    expect(found).toHaveLength(13);
    expect(found[0]).toMatchObject({ label: "0 – 9", n: 1 });
    expect(found[1]).toMatchObject({ label: "10 – 19", n: 1 });
    expect(found[12]).toMatchObject({ label: "120", n: 1 });
    expect(found.reduce((sum, b) => sum + b.n, 0)).toBe(3);
  });

  test.each([
    [600, 5, "0 – 45"],
    [1_000_000, 1, "0 – 99999"],
    [12, 1, "0"],
  ])("from 0 to %d in steps of %d the first range is %s", (max, step, label) => {
    const item: Item = { id: 3, type: "number", number: 3, text: "?", min: 0, max, step };
    expect(bars(item, undefined)[0]?.label).toBe(label);
  });

  test("steps that are fractions are shown without dust", () => {
    const item: Item = {
      id: 3,
      type: "number",
      number: 3,
      text: "?",
      min: 0.1,
      max: 0.4,
      step: 0.1,
    };
    const found = bars(item, { question: 3, answered: 1, counts: { "0.3": 1 } });
    expect(found.map((b) => [b.label, b.n])).toEqual([
      ["0.1", 0],
      ["0.2", 0],
      ["0.3", 1],
      ["0.4", 0],
    ]);
  });

  test("a number outside of the bounds as they are now is left out", () => {
    const item: Item = { id: 3, type: "number", number: 3, text: "?", min: 1, max: 2 };
    const found = bars(item, { question: 3, answered: 1, counts: { "9": 1 } });
    expect(found.map((b) => b.n)).toEqual([0, 0]);
  });

  test("texts have none", () => {
    expect(bars({ id: 4, type: "open_text", number: 4, text: "Why?" }, undefined)).toEqual([]);
  });
});

describe("distributions", () => {
  test("100 stands alone, and who was asked nothing is in no column", () => {
    const people = [0, 9, 10, 99, 100, 100, null].map((p, i) => person(i, p));
    expect(histogram(people)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });

  test.each([
    [[], null],
    [[100, 50], 100],
    [[100, 50, 0], 50],
    [[98, 98, 10, 10], 98],
  ])("at least half of %j reached %j", (all, half) => {
    expect(halfReached(all.map((p, i) => person(i, p)))).toBe(half);
  });

  test("response rates are of those who joined; a question never asked has none", () => {
    const asked: StaffItem = { item: choice, status: "closed", version: "1", sent_at: 5 };
    const skipped: StaffItem = { item: { ...choice, id: 2 }, status: "skipped", version: "1" };
    const shown: StaffItem = {
      item: { ...choice, id: 3, type: "message" },
      status: "closed",
      version: "1",
    };
    const questions = new Map([[1, { question: 1, answered: 2, counts: {} }]]);
    expect(rates([asked, skipped, shown], questions, 3, false)).toEqual([
      { entry: asked, answered: 2, percent: 66 },
      { entry: skipped, answered: 0, percent: null },
    ]);
    expect(rates([asked], questions, 0, false)[0]?.percent).toBeNull();
  });

  test("flex asks what was skipped, and nobody what was taken back", () => {
    const skipped: StaffItem = { item: choice, status: "skipped", version: "1" };
    const back: StaffItem = { item: choice, status: "withdrawn", version: "1", sent_at: 1 };
    const percents = rates([skipped, back], new Map(), 4, true).map(({ percent }) => percent);
    expect(percents).toEqual([0, null]);
  });
});

describe("people", () => {
  const people = new Map(
    [person(3, 50), person(1, 100, false), person(2, 50), person(4, null)].map((p) => [
      p.number,
      p,
    ]),
  );
  test.each([
    ["joined", [1, 2, 3, 4]],
    ["lowest", [2, 3, 1, 4]],
    ["away", [1, 2, 3, 4]],
  ] as const)("in the order %s", (order, numbers) => {
    expect(ordered(people, order)).toEqual(numbers);
  });

  test("pids are shown short and found in the form they are shown in", () => {
    expect(shortPid("pm9s346q3d25vt4f5")).toBe("pm9s3\u00a046q3…");
    expect(shortPid("p12")).toBe("p12");
    expect(pidFits("pm9s346q3d25vt4f5", "PM9S3 46q3…")).toBe(true);
    expect(pidFits("pm9s346q3d25vt4f5", "p9x")).toBe(false);
    expect(pidFits("pm9s346q3d25vt4f5", " ")).toBe(true);
  });
});

describe("a window on a long list", () => {
  test("draws what is in view and a few more", () => {
    expect(visible(2000, 40, 4000, 400, 5)).toEqual({ first: 95, count: 20 });
  });
  test("begins at the top and ends at the end", () => {
    expect(visible(2000, 40, 0, 400, 5)).toEqual({ first: 0, count: 15 });
    expect(visible(2000, 40, 1e9, 400, 5)).toEqual({ first: 1985, count: 15 });
  });
  test("of a short list is all of it, wherever it was scrolled", () => {
    expect(visible(3, 40, 500, 400)).toEqual({ first: 0, count: 3 });
    expect(visible(0, 40, 0, 400)).toEqual({ first: 0, count: 0 });
  });
});
