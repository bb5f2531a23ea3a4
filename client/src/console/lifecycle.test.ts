import { describe, expect, test } from "vitest";
import type { Item, PersonTally, StaffItem, StaffState } from "../wire";
import {
  afterEnd,
  endedByItself,
  falls,
  flexDays,
  isInterim,
  itemOps,
  mayAdd,
  mayUnpublish,
  runNames,
  secondsLeft,
} from "./lifecycle";

const MINUTE = 60_000;

function state(more: Partial<StaffState> = {}): StaffState {
  return {
    slug: "ai",
    title: "AI",
    phase: "ended",
    links: "unique",
    max_participants: 600,
    several_devices: false,
    duration: 60,
    grace: 60,
    items: [],
    sent_rev: 0,
    ...more,
  };
}

function entry(
  id: number,
  status: StaffItem["status"],
  sent: boolean,
  item: Partial<Item> = {},
): StaffItem {
  return {
    item: { id, type: "open_text", number: id, text: `Question ${id}`, ...item },
    status,
    version: "1",
    ...(sent ? { sent_at: id } : {}),
  };
}

function person(number: number, answered: number, percent: number | null): PersonTally {
  return {
    number,
    pid: `p${number}`,
    here: false,
    answered,
    percent_answered: percent,
    percent_while_present: percent,
  };
}

test.each([
  [undefined, 0, 0],
  [1_000, 1_000, 0],
  [1_000, 5_000, 0],
  [1_001, 1_000, 1],
  [61_000, 1_000, 60],
])("from %s at %d there are %d seconds", (until, at, seconds) => {
  expect(secondsLeft(until, at)).toBe(seconds);
});

describe("after an end", () => {
  const ended = state({ ended_at: 100_000, undo_until: 100_000 + 10 * MINUTE });

  test("late answers come for the grace, the undo lasts as long as the server says", () => {
    expect(afterEnd(ended, 100_000)).toEqual({ late: 60, undo: 600 });
    expect(afterEnd(ended, 160_000)).toEqual({ late: 0, undo: 540 });
    expect(afterEnd(ended, 100_000 + 10 * MINUTE)).toEqual({ late: 0, undo: 0 });
  });

  test("an end by itself has no undo, and nothing runs in another phase", () => {
    expect(afterEnd(state({ ended_at: 100_000 }), 100_000)).toEqual({ late: 60, undo: 0 });
    expect(afterEnd({ ...ended, phase: "live" }, 100_000)).toEqual({ late: 0, undo: 0 });
  });

  test("numbers are not the last ones until late answers have had their time", () => {
    expect(isInterim(ended, 159_999)).toBe(true);
    expect(isInterim(ended, 160_000)).toBe(false);
    expect(isInterim(state({ phase: "flex" }), 160_000)).toBe(true);
  });

  test("whose hand it was", () => {
    const run = { kind: "live", since: 1, until: 2 } as const;
    expect(endedByItself(state({ runs: [run] }))).toBe(true);
    expect(endedByItself(state({ runs: [{ ...run, by_hand: true }] }))).toBe(false);
    expect(endedByItself(state({ phase: "live", runs: [run] }))).toBe(false);
  });
});

describe("back to draft", () => {
  const start = 100 * MINUTE;
  const published = state({ phase: "published", starts_at: start });

  test("until a quarter of an hour before the start", () => {
    expect(mayUnpublish(published, start - 15 * MINUTE)).toBe(true);
    expect(mayUnpublish(published, start - 15 * MINUTE + 1)).toBe(false);
  });

  test("at any time without a start, and never in another phase", () => {
    expect(mayUnpublish(state({ phase: "published" }), start)).toBe(true);
    expect(mayUnpublish({ ...published, phase: "live" }, 0)).toBe(false);
  });
});

describe("what can be done to an item", () => {
  const queued = entry(1, "queued", false);
  const open = entry(2, "open", true);
  const closed = entry(3, "closed", true);
  const withdrawn = entry(4, "withdrawn", true);
  const skipped = entry(5, "skipped", false);
  const message = entry(6, "closed", true, { type: "message", number: 0 });

  test.each([
    ["queued", queued, ["send", "skip", "edit"]],
    ["open", open, ["edit", "withdraw"]],
    ["closed", closed, ["send", "edit", "withdraw"]],
    ["withdrawn", withdrawn, ["send", "edit"]],
    ["skipped", skipped, ["send", "edit"]],
    ["a message that was shown", message, ["send", "edit"]],
  ] as const)("in live: %s", (_, item, ops) => {
    expect(itemOps("live", item)).toEqual(ops);
  });

  test.each([
    ["open", open, ["edit", "withdraw"]],
    ["withdrawn", withdrawn, ["send", "edit"]],
    ["a message that was shown", message, ["edit"]],
  ] as const)("in flex: %s", (_, item, ops) => {
    expect(itemOps("flex", item)).toEqual(ops);
  });

  test("before the start it can be corrected, after the end nothing can", () => {
    expect(itemOps("draft", queued)).toEqual(["edit"]);
    expect(itemOps("published", queued)).toEqual(["edit"]);
    expect(itemOps("ended", closed)).toEqual([]);
  });

  test("items are added until the end", () => {
    expect((["draft", "published", "live", "flex", "ended"] as const).map(mayAdd)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("what a reopening does to percentages", () => {
  const items = [
    entry(1, "closed", true),
    entry(2, "closed", true),
    entry(3, "skipped", false),
    entry(4, "queued", false),
    entry(5, "withdrawn", true),
    entry(6, "queued", false, { type: "message", number: 0 }),
  ];

  test("flex asks skipped and queued questions too, not those taken back", () => {
    const people = [person(1, 2, 100), person(2, 1, 50), person(3, 0, 0), person(4, 0, null)];
    expect(falls(items, people)).toEqual({
      questions: 4,
      more: 2,
      people: 4,
      falling: 2,
      usual: null,
      most: 50,
    });
  });

  test("by how much more than half of them fall", () => {
    const people = [person(1, 2, 51), person(2, 1, 26), person(3, 2, 60), person(4, 0, 0)];
    expect(falls(items, people)).toMatchObject({ falling: 3, usual: 1, most: 10 });
  });

  test("nothing falls where everything was asked", () => {
    expect(falls(items.slice(0, 2), [person(1, 1, 50)])).toMatchObject({ falling: 0, most: 0 });
  });
});

test.each([
  ["7", 7],
  [" 60 ", 60],
  ["0", null],
  ["61", null],
  ["1.5", null],
  ["", null],
])("%j days: %j", (typed, days) => {
  expect(flexDays(typed)).toBe(days);
});

test("runs are named once there are two", () => {
  const live = { kind: "live", since: 1 } as const;
  const flex = { kind: "flex", since: 2 } as const;
  expect(runNames(state({ runs: [live] }))).toEqual([]);
  expect(runNames(state())).toEqual([]);
  expect(runNames(state({ runs: [live, flex, flex] }))).toEqual([
    { run: 1, kind: "live", nth: 0 },
    { run: 2, kind: "flex", nth: 1 },
    { run: 3, kind: "flex", nth: 2 },
  ]);
});
