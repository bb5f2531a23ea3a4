import { describe, expect, test } from "vitest";
import type { Command, StaffItem, StaffState, StaffWelcome, Tally } from "../wire";
import { commandOf, outcomeOf } from "./commands";
import { type Action, EMPTY, type Room, reduce } from "./state";
import { ALONE_AFTER_MS } from "./tally";

const QUESTION: StaffItem = {
  item: { id: 7, number: 3, type: "open_text", text: "Why?" },
  status: "queued",
  version: "1",
};
const OPEN: StaffItem = { ...QUESTION, status: "open", sent_at: 50 };

function state(...items: StaffItem[]): StaffState {
  return {
    slug: "talk",
    title: "Talk",
    phase: "live",
    links: "unique",
    max_participants: 600,
    several_devices: false,
    duration: 60,
    grace: 60,
    items,
    sent_rev: 7,
  };
}

function welcome(rev: number, ...items: StaffItem[]): Action {
  const message: StaffWelcome = {
    t: "welcome",
    epoch: "e1",
    rev,
    state: state(...items),
    name: "Ben",
    role: "moderator",
    heartbeat_ms: 25_000,
    now: 5_000,
  };
  return { t: "message", message, at: 1_000 };
}

function looking(at: number, ...names: string[]): Action {
  const message: Tally = {
    t: "tally",
    rev: 10,
    aseq: 4,
    joined: 2,
    present: 2,
    waiting: 0,
    asked: 1,
    questions: [],
    people: [],
    looking: names,
  };
  return { t: "message", message, at };
}

const roomAfter = (...actions: Action[]): Room => actions.reduce(reduce, EMPTY);
const LOST: Action = { t: "line", line: "lost" };

describe("who else looks", () => {
  test("is told by name, without oneself, and stays the very same list", () => {
    const room = roomAfter(welcome(10), looking(2_000, "Amara", "Ben"));
    expect(room.others).toEqual(["Amara"]);
    expect(reduce(room, looking(2_250, "Amara", "Ben")).others).toBe(room.others);
  });

  test("who stays away is told once; who comes back in time is not", () => {
    const room = roomAfter(welcome(10), looking(2_000, "Amara", "Ben"), looking(3_000, "Ben"));
    expect(room.notice).toBeNull();
    const back = reduce(room, looking(5_000, "Amara", "Ben"));
    expect(reduce(back, looking(60_000, "Amara", "Ben")).notice).toBeNull();
    const away = reduce(room, looking(3_000 + ALONE_AFTER_MS, "Ben"));
    expect(away.notice).toEqual({ kind: "alone", name: "Amara" });
    const read = reduce(away, { t: "read" });
    expect(reduce(read, looking(90_000, "Ben")).notice).toBeNull();
  });

  test("one's own broken line is nobody's going", () => {
    const room = roomAfter(
      welcome(10),
      looking(2_000, "Amara", "Ben"),
      LOST,
      welcome(10),
      looking(9_000, "Amara", "Ben"),
      looking(60_000, "Amara", "Ben"),
    );
    expect(room.notice).toBeNull();
  });
});

describe("back after a broken line", () => {
  test("what happened is told until it is read", () => {
    const room = roomAfter(welcome(10, QUESTION), looking(2_000, "Ben"), LOST, welcome(12, OPEN));
    expect(room.notice).toEqual({
      kind: "back",
      happened: [{ kind: "sent", items: [7] }],
      aseq: 4,
    });
    expect(reduce(room, { t: "read" }).notice).toBeNull();
  });

  test("nothing is told where nothing happened, or where the line was never lost", () => {
    expect(roomAfter(welcome(10, OPEN), LOST, welcome(10, OPEN)).notice).toBeNull();
    expect(roomAfter(welcome(10, QUESTION), welcome(12, OPEN)).notice).toBeNull();
  });
});

test("a mute can be undone once it is done", () => {
  const command: Command = { t: "command", cid: "c", op: "mute", participant: 3 };
  const pressed = roomAfter(welcome(10), { t: "pressed", command, at: 1_000 });
  expect(pressed.notice).toBeNull();
  const done = reduce(pressed, { t: "message", message: { t: "done", cid: "c", rev: 10 }, at: 2 });
  expect(done.notice).toEqual({ kind: "muted", command });
  expect(outcomeOf(done, "c")).toEqual({ kind: "done" });
});

describe("what a key asks for", () => {
  const queued = roomAfter(welcome(10, QUESTION));
  const open = roomAfter(welcome(10, OPEN));

  test.each([
    ["n", queued, null, { op: "next" }],
    ["n", open, null, null],
    ["c", queued, null, null],
    ["c", open, null, { op: "close" }],
    ["enter", queued, null, null],
    ["enter", queued, 7, { op: "send", item: 7 }],
    ["enter", open, 7, null],
    ["s", queued, null, { op: "skip", item: 7 }],
    ["s", queued, 7, { op: "skip", item: 7 }],
    ["s", open, 7, null],
    ["x", queued, 7, undefined],
  ] as const)("%s", (key, room, mark, asked) => {
    expect(commandOf(key, room, mark)).toEqual(asked);
  });

  test("nothing before it is live", () => {
    const draft = { ...queued, state: { ...state(QUESTION), phase: "draft" as const } };
    expect(commandOf("n", draft, null)).toBeNull();
  });
});
