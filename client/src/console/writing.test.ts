import { describe, expect, test } from "vitest";
import type { Item, StaffItem } from "../wire";
import { locked } from "./item_form";
import { alone, begin, met, read, settled, unsaved, type Writing, within } from "./writing";

const entry = (version: string, item: Partial<Item> = {}): StaffItem => ({
  item: { id: 3, number: 2, type: "open_text", text: "Why?", duration: 20, ...item },
  status: "queued",
  version,
  section: "First",
});

function typing(text: string): Writing {
  const begun = begin(entry("1"));
  return { ...begun, typed: { ...begun.typed, text } };
}

describe("while others look on", () => {
  test("nothing is unsaved until something is typed", () => {
    expect(unsaved(begin(entry("1")))).toBe(false);
    expect(unsaved(typing("Why not?"))).toBe(true);
  });

  test("a new item begins in the section of the one before it", () => {
    expect(begin(null, entry("1"))).toMatchObject({
      item: null,
      after: 3,
      typed: { section: "First", text: "" },
    });
    expect(begin({ ...entry("1"), section: "" }, entry("1"))).toMatchObject({
      item: 3,
      after: 3,
      typed: { section: "" },
    });
    expect(begin(null)).toMatchObject({ after: null, typed: { section: "" } });
  });

  test("an item that reads as before changes nothing", () => {
    const writing = typing("Why not?");
    expect(met(writing, { ...entry("1"), status: "open" })).toBe(writing);
  });
});

describe("somebody else changed the item", () => {
  test("what was not touched follows them", () => {
    const now = met(typing("Why not?"), entry("2", { duration: 90 }));
    expect(now).toMatchObject({
      version: "2",
      typed: { text: "Why not?", duration: "90" },
      clashes: [],
      met: true,
    });
    expect(unsaved(now)).toBe(true);
  });

  test("what both changed waits for a word", () => {
    const now = met(typing("Mine?"), entry("2", { text: "Theirs?" }));
    expect(now).toMatchObject({ typed: { text: "Mine?" }, base: { text: "Theirs?" } });
    expect(now.clashes).toEqual(["text"]);
    const mine = settled(now, "mine");
    expect([mine.typed.text, mine.clashes, unsaved(mine)]).toEqual(["Mine?", [], true]);
    const theirs = settled(now, "theirs");
    expect([theirs.typed.text, theirs.clashes, unsaved(theirs)]).toEqual(["Theirs?", [], false]);
  });

  test("what both wrote alike is no matter", () => {
    const now = met(typing("Same?"), entry("2", { text: "Same?" }));
    expect([now.clashes, unsaved(now)]).toEqual([[], false]);
  });

  test("a clash stays one until they agree, also if they change other things", () => {
    const clash = met(typing("Mine?"), entry("2", { text: "Theirs?" }));
    const other = met(clash, entry("3", { text: "Theirs?", duration: 5 }));
    expect([other.clashes, other.typed.text, other.typed.duration]).toEqual([
      ["text"],
      "Mine?",
      "5",
    ]);
    expect(met(other, entry("4", { text: "Mine?" })).clashes).toEqual([]);
    // Typed back to theirs by hand: still theirs to follow.
    const typed = { ...clash.typed, text: "Theirs?" };
    expect(met({ ...clash, typed }, entry("5", { text: "Third?" })).clashes).toEqual(["text"]);
  });
});

test("of an item that is gone, nothing waits for a word", () => {
  const clash = met(typing("Mine?"), entry("2", { text: "Theirs?", duration: 5 }));
  expect(alone(clash)).toMatchObject({ clashes: [], typed: { text: "Mine?", duration: "5" } });
  expect(alone(typing("Mine?"))).toEqual(typing("Mine?"));
});

describe("the item was sent or answered meanwhile", () => {
  const scale = { type: "scale", min: 0, max: 10 } as const;
  const begun = begin(entry("1", scale));
  const typed = { ...begun.typed, text: "Mine?", max: "5", minLabel: "Not at all" };

  test("it keeps its kind, and the rest stays as typed", () => {
    const sent = { ...entry("1", scale), sent_at: 1 };
    const now = within({ ...begun, typed: { ...typed, type: "number" } }, locked(sent, false));
    expect(now.typed).toEqual(typed);
  });

  test("its numbers are theirs, and nothing waits for a word about them", () => {
    const sent = { ...entry("2", { ...scale, max: 7 }), sent_at: 1 };
    const clash = met({ ...begun, typed }, sent);
    expect(clash.clashes).toEqual(["max"]);
    const now = within(clash, locked(sent, true));
    expect(now.typed).toMatchObject({ text: "Mine?", max: "7", minLabel: "" });
    expect(now.clashes).toEqual([]);
  });

  test("what may change stays as it is", () => {
    const writing = { ...begun, typed };
    expect(within(writing, locked(entry("1", scale), false))).toBe(writing);
  });
});

describe("kept in the tab", () => {
  test("it comes back as it was", () => {
    const writing = met(typing("Mine?"), entry("2", { text: "Theirs?" }));
    expect(read(JSON.stringify(writing))).toEqual(writing);
    expect(read(null)).toBeNull();
  });

  test.each([
    "1",
    "null",
    "{}",
    JSON.stringify({ ...typing(""), version: 1 }),
    JSON.stringify({ ...typing(""), item: "3" }),
    JSON.stringify({ ...typing(""), after: "3" }),
    JSON.stringify({ ...typing(""), clashes: "text" }),
    JSON.stringify({ ...typing(""), met: 1 }),
    JSON.stringify({ ...typing(""), base: { text: "" } }),
    JSON.stringify({ ...typing(""), typed: null }),
  ])("nothing is made of %s", (kept) => {
    expect(read(kept)).toBeNull();
  });
});
