import { describe, expect, test } from "vitest";
import type { Item, StaffState } from "../wire";
import { checks, tone } from "./preflight";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const HOUR = 3_600_000;

function item(id: number, more: Partial<Item> = {}): StaffState["items"][number] {
  return {
    status: "queued",
    version: "1",
    item: { id, type: "open_text", text: "Why?", ...more } as Item,
  };
}

function state(more: Partial<StaffState> = {}): StaffState {
  return {
    slug: "ai",
    title: "AI",
    phase: "draft",
    links: "unique",
    max_participants: 600,
    several_devices: false,
    duration: 60,
    grace: 60,
    items: [item(1)],
    sent_rev: 0,
    ...more,
  };
}

const TAKEN = { taken_at: NOW, added_at: null };
const of = (more: Partial<StaffState>) => checks(state(more), "https://a.example", TAKEN, NOW);
const choice = (...labels: string[]) => ({
  type: "single_choice" as const,
  options: labels.map((text) => ({ text })),
});

test("all is well", () => {
  const found = of({ items: [item(1, { duration: 90 })], starts_at: NOW + HOUR });
  expect(found).toEqual([
    { kind: "guide", questions: 1, minutes: 2 },
    { kind: "starts", at: NOW + HOUR, itself: false },
    { kind: "address", address: "https://a.example" },
    { kind: "taken", taken: "all", at: NOW },
  ]);
  expect(found.map(tone)).toEqual(["ok", "ok", "ok", "ok"]);
});

describe("what can't be published", () => {
  test.each([
    [{ items: [] }, "noQuestion"],
    [{ items: [item(1, { type: "message" })] }, "noQuestion"],
    [{ starts_at: NOW - 1, auto_start: true }, "past"],
  ])("%j", (more, kind) => {
    const stops = of(more).filter((check) => tone(check) === "stop");
    expect(stops.map((check) => check.kind)).toEqual([kind]);
  });
});

describe("what somebody should know, and may publish", () => {
  test.each([
    [{ starts_at: NOW - 1 }, { kind: "past", itself: false }],
    [
      { duration: 1, items: [item(1, { duration: 61 })] },
      { kind: "guideLong", minutes: 2 },
    ],
    [{ items: [item(9), item(7, choice("Yes"))] }, { kind: "oneOption", row: 2 }],
  ])("%j", (more, check) => {
    expect(of(more).filter((one) => tone(one) !== "ok")).toEqual([check]);
    expect(tone(check as Parameters<typeof tone>[0])).toBe("wait");
  });

  test("links that lead to this computer only, and that nobody has yet", () => {
    const links = { taken_at: null, added_at: NOW };
    const found = checks(state(), null, links, NOW).filter((check) => tone(check) === "wait");
    expect(found.map((check) => check.kind)).toEqual(["address", "taken"]);
  });
});

test.each([
  [NOW - 1, "all", "ok"],
  [NOW + 1, "some", "wait"],
])("links that came at %d, after or before the last download", (added_at, taken, how) => {
  const check = checks(state(), null, { taken_at: NOW, added_at }, NOW).at(-1);
  expect(check).toEqual({ kind: "taken", taken, at: NOW });
  expect(check && tone(check)).toBe(how);
});

test("whether links were downloaded is left out where it is not known", () => {
  const found = checks(state(), null, undefined, NOW);
  expect(found.some((check) => check.kind === "taken")).toBe(false);
});

test("who may write an answer of their own can do more than agree", () => {
  const found = of({
    items: [
      item(1, { ...choice("Yes"), other: true }),
      item(2, choice("a", "b")),
      item(3, { ...choice(), other: true }),
    ],
  });
  expect(found.map(tone)).toEqual(["ok", "ok", "ok", "ok"]);
});
