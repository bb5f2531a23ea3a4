import { describe, expect, test } from "vitest";
import type { Item, StaffItem } from "../wire";
import {
  behindPlan,
  currentQuestion,
  hasTexts,
  marked,
  nameOf,
  nextItem,
  plannedSeconds,
  readable,
  sharedStart,
  shelves,
  shownMessage,
} from "./guide";

function entry(id: number, more: Partial<StaffItem> = {}, item: Partial<Item> = {}): StaffItem {
  return {
    item: { id, type: "single_choice", number: id, text: `Question ${id}`, ...item },
    status: "queued",
    version: "1",
    ...more,
  };
}

const closed = (id: number, at: number, item: Partial<Item> = {}) =>
  entry(id, { status: "closed", sent_at: at, closed_at: at + 10 }, item);
const open = (id: number, at: number, item: Partial<Item> = {}) =>
  entry(id, { status: "open", sent_at: at }, item);
const message = { type: "message", number: 0 } as const;

describe("shelves", () => {
  const items = [
    closed(1, 100),
    closed(2, 300),
    open(3, 200),
    entry(4, { status: "skipped" }),
    entry(5),
  ];

  test("the queue in guide order, what was sent newest first", () => {
    const shelf = shelves(items);
    expect(shelf.queue.map((e) => e.item.id)).toEqual([5]);
    expect(shelf.sent.map((e) => e.item.id)).toEqual([2, 3, 1]);
    expect(shelf.skipped.map((e) => e.item.id)).toEqual([4]);
  });

  test("the guide itself keeps its order", () => {
    shelves(items);
    expect(items.map((e) => e.item.id)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("the current question", () => {
  test("is the open one, even if a later one was sent and closed", () => {
    expect(currentQuestion([closed(1, 900), open(2, 100)])?.item.id).toBe(2);
  });
  test("else the one sent last, wherever it stands in the guide", () => {
    expect(currentQuestion([closed(1, 300), closed(2, 200), entry(3)])?.item.id).toBe(1);
  });
  test("is never a message", () => {
    expect(currentQuestion([open(1, 5, message)])).toBeNull();
  });
  test("is none before the first", () => {
    expect(currentQuestion([entry(1)])).toBeNull();
  });
});

test("a message is shown while it is open", () => {
  expect(shownMessage([open(1, 5), open(2, 6, message)])?.item.id).toBe(2);
  expect(shownMessage([open(1, 5), closed(2, 6, message)])).toBeNull();
});

test("next is the first that was neither sent nor skipped", () => {
  expect(nextItem([closed(1, 1), entry(2, { status: "skipped" }), entry(3)])?.item.id).toBe(3);
  expect(nextItem([closed(1, 1)])).toBeNull();
});

test("texts are in open questions, and beside options once somebody wrote one", () => {
  const items = [
    closed(1, 1, { type: "open_text" }),
    closed(2, 2),
    closed(3, 3, { other: true }),
    entry(4, {}, { type: "open_text" }),
  ];
  const tally = (question: number, other?: number) => ({
    question,
    answered: 3,
    counts: {},
    ...(other === undefined ? {} : { other }),
  });
  const questions = new Map([
    [2, tally(2)],
    [3, tally(3, 1)],
  ]);
  expect(items.map(({ item }) => hasTexts(item, questions.get(item.id)))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(readable(items, questions).map((e) => e.item.id)).toEqual([3, 1]);
  expect(readable(items, new Map()).map((e) => e.item.id)).toEqual([1]);
});

test("messages and questions are counted apart", () => {
  const items = [entry(1, {}, message), entry(2, {}, { number: 1 }), entry(3, {}, message)];
  expect(nameOf(items, 3)).toEqual({ kind: "message", number: 2 });
  expect(nameOf(items, 2)).toEqual({ kind: "question", number: 1 });
  expect(nameOf(items, 9)).toBeNull();
  expect(nameOf(items, null)).toBeNull();
});

describe("what differs from the one before", () => {
  const before = "Do you think that AI will make your work better or worse?";
  test("begins at the last word they share", () => {
    const text = "Do you think that AI will make your world better or worse?";
    expect(text.slice(sharedStart(text, before))).toBe("your world better or worse?");
  });
  test("is all of it where little is shared", () => {
    expect(sharedStart("Do you think so?", before)).toBe(0);
  });
  test("is all of it where everything is shared", () => {
    expect(sharedStart(before, before)).toBe(0);
    expect(sharedStart(before.slice(0, 30), before)).toBe(0);
  });
});

describe("the plan", () => {
  test("counts the whole plan of what is over and the used part of the last", () => {
    const items = [closed(1, 0, { duration: 20 }), open(2, 50_000, { duration: 30 }), entry(3)];
    expect(behindPlan(items, 0, 60_000)).toBe(30);
    expect(behindPlan(items, 0, 100_000)).toBe(50);
  });
  test("may be ahead", () => {
    expect(
      behindPlan([closed(1, 0, { duration: 90 }), open(2, 10_000, { duration: 9 })], 0, 10_000),
    ).toBe(-80);
  });
  test("says nothing before the first item or without plans", () => {
    expect(behindPlan([entry(1)], 0, 5)).toBeNull();
    expect(behindPlan([open(1, 0)], 0, 5)).toBeNull();
  });
  test("of a guide is a sum, if all of it is planned", () => {
    expect(plannedSeconds([entry(1, {}, { duration: 20 }), entry(2, {}, { duration: 40 })])).toBe(
      60,
    );
    expect(plannedSeconds([entry(1, {}, { duration: 20 }), entry(2)])).toBeNull();
  });
});

describe("the mark that keys move", () => {
  const entries = [entry(1), entry(2), entry(3)];

  test.each([
    [null, 1, 1],
    [null, -1, 3],
    [1, 1, 2],
    [3, 1, 3],
    [1, -1, 1],
    [9, 1, 1],
  ] as const)("from %j by %j to %j", (mark, by, to) => {
    expect(marked(entries, mark, by)).toBe(to);
  });

  test("nothing to mark", () => {
    expect(marked([], 1, 1)).toBeNull();
  });
});
