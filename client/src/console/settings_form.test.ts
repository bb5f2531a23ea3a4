import { describe, expect, test } from "vitest";
import type { StaffState } from "../wire";
import {
  changes,
  rebased,
  settingsFaults,
  startOf,
  type TypedSettings,
  typedSettings,
} from "./settings_form";

const state: StaffState = {
  slug: "ai",
  title: "AI",
  phase: "draft",
  links: "unique",
  max_participants: 600,
  several_devices: false,
  duration: 60,
  grace: 60,
  items: [],
  sent_rev: 0,
  starts_at: Date.parse("2026-11-26T16:00:00+01:00"),
  people_may_move: true,
};
const first = typedSettings(state, "Europe/Berlin");
const changed = (more: Partial<TypedSettings>) => changes(first, { ...first, ...more });

test("the form begins with what is so, in the zone's own time", () => {
  expect(first).toEqual({
    title: "AI",
    links: "unique",
    max: "600",
    duration: "60",
    starts: "2026-11-26T16:00",
    zone: "Europe/Berlin",
    grace: "60",
    devices: false,
    autoStart: false,
    mayMove: true,
  });
  expect(typedSettings({ ...state, auto_start: true }, "UTC")).toMatchObject({
    starts: "2026-11-26T15:00",
    autoStart: true,
  });
});

describe("only what was changed is sent", () => {
  test.each<[Partial<TypedSettings>, object]>([
    [{}, {}],
    [{ title: " AI 2 " }, { title: "AI 2" }],
    [{ links: "single" }, { links: "single" }],
    [
      { max: "700", devices: true },
      { max_participants: 700, several_devices: true },
    ],
    [
      { grace: "0", duration: "90" },
      { grace: 0, duration: 90 },
    ],
    [
      { autoStart: true, mayMove: false },
      { auto_start: true, people_may_move: false },
    ],
    [
      { starts: "2026-11-26T17:00" },
      { starts_at: "2026-11-26T17:00:00+01:00", zone: "Europe/Berlin" },
    ],
    [{ zone: "Asia/Tokyo" }, { starts_at: "2026-11-26T16:00:00+09:00", zone: "Asia/Tokyo" }],
    [{ starts: "" }, { starts_at: null, zone: "Europe/Berlin" }],
  ])("%j", (typed, sent) => {
    expect(changed(typed)).toEqual(sent);
  });

  test("another zone without a start is nothing to send", () => {
    const none = { ...first, starts: "" };
    expect(changes(none, { ...none, zone: "UTC" })).toEqual({});
  });
});

test.each([
  [{}, []],
  [{ title: "" }, ["title"]],
  [{ grace: "601" }, ["grace"]],
  [{ grace: "" }, ["grace"]],
  [{ grace: "600" }, []],
  [{ autoStart: true }, []],
  [{ autoStart: true, starts: "" }, ["autoStart"]],
] as const)("%j: %j", (typed, fields) => {
  expect([...settingsFaults({ ...first, ...typed })]).toEqual(fields);
});

test("what somebody else has changed meanwhile is shown, what was typed here stays", () => {
  const newer = { ...first, title: "AI and us", max: "700" };
  expect(rebased(first, { ...first, max: "650" }, newer)).toEqual({ ...newer, max: "650" });
  expect(rebased(first, first, newer)).toEqual(newer);
});

describe("the hour that comes twice in Berlin on 25 October 2026", () => {
  const second = Date.parse("2026-10-25T02:30:00+01:00");
  const night = typedSettings({ ...state, starts_at: second }, "Europe/Berlin");

  test("the second one stays the second one, however often it is saved", () => {
    expect(night.starts).toBe("2026-10-25T02:30");
    expect(startOf(night, night, second)).toBe(second);
    expect(changes(night, { ...night, title: "Night" })).toEqual({ title: "Night" });
  });

  test("a time that is typed is the first one", () => {
    const typed = { ...night, starts: "2026-10-25T02:45" };
    expect(startOf(night, typed, second)).toBe(Date.parse("2026-10-25T02:45:00+02:00"));
  });
});

test("no start, and a time that clocks skip, are no start", () => {
  expect(startOf(first, { ...first, starts: "" }, 1)).toBeNull();
  expect(startOf(first, { ...first, starts: "2026-03-29T02:30" }, 1)).toBeNull();
});
