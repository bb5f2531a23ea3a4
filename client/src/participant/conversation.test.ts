import { describe, expect, it } from "vitest";
import type { Delta, Item, State, Welcome } from "../wire";
import { type Conversation, find, greet, openQuestion, progress, step } from "./conversation";
import story from "./fixtures/story.json";

interface Told {
  readonly delta: Delta;
  readonly state: State;
  readonly progress: { asked: number; answered: number; percent_answered: number | null };
}

const START = story.start as { rev: number; state: State };
const STEPS = story.steps as unknown as readonly (Told | { answered: number })[];
const TOLD = STEPS.filter((one): one is Told => "delta" in one);

function at(count: number): Conversation {
  const last = TOLD[count - 1];
  const { rev, state } = last ? { rev: last.delta.rev, state: last.state } : START;
  return { ...state, rev, epoch: "e1" };
}

function follow(from: Conversation, deltas: readonly Delta[]): Conversation {
  return deltas.reduce((known, delta) => {
    const next = step(known, delta);
    if (next.kind !== "applied") throw new Error(next.kind);
    return next.conversation;
  }, from);
}

function welcome(parts: Partial<Welcome>): Welcome {
  return {
    t: "welcome",
    epoch: "e1",
    rev: 0,
    mine: [],
    progress: { asked: 0, answered: 0, percent_answered: null },
    heartbeat_ms: 25_000,
    now: 0,
    limits: { text: 2_000, unacknowledged: 16, frame: 32_768 },
    ...parts,
  };
}

describe("the server's story", () => {
  it("is the same state here after any events from any state (I5)", () => {
    for (let from = 0; from <= TOLD.length; from += 1) {
      for (let to = from; to <= TOLD.length; to += 1) {
        const deltas = TOLD.slice(from, to).map((one) => one.delta);
        expect(follow(at(from), deltas)).toEqual(at(to));
      }
    }
  });
  it("gives the same progress here", () => {
    const answered = new Set<number>();
    for (const one of STEPS) {
      if ("answered" in one) {
        answered.add(one.answered);
        continue;
      }
      const {
        asked,
        answered: done,
        percent,
      } = progress({ ...one.state, rev: 1, epoch: "e1" }, (id) => answered.has(id));
      expect({ asked, answered: done, percent_answered: percent }).toEqual(one.progress);
    }
  });
  it("never lets the rev fall, whatever order frames come in (I4)", () => {
    const shuffled = TOLD.map((one) => one.delta).sort(
      (a, b) => ((a.rev * 7) % 11) - ((b.rev * 7) % 11),
    );
    let known = at(0);
    for (const delta of [...shuffled, ...shuffled]) {
      const next = step(known, delta);
      if (next.kind !== "applied") continue;
      expect(next.conversation.rev).toBeGreaterThan(known.rev);
      known = next.conversation;
    }
    expect(known.rev).toBeGreaterThan(at(0).rev);
  });
});

describe("one event", () => {
  const opening = TOLD.find((one) => one.delta.event.kind === "opened") as Told;
  const before = at(TOLD.indexOf(opening));
  it("is applied in its place", () => {
    expect(step(before, opening.delta).kind).toBe("applied");
  });
  it("is ignored when it is old", () => {
    expect(step(follow(before, [opening.delta]), opening.delta)).toEqual({ kind: "old" });
  });
  it("shows a gap when the one before it is missing", () => {
    const { rev, prev } = opening.delta;
    expect(step(before, { ...opening.delta, rev: rev + 5, prev: prev + 5 })).toEqual({
      kind: "gap",
    });
  });
  it("of a later version moves the rev and nothing else", () => {
    const unknown = { rev: before.rev + 1, prev: before.rev, event: { kind: "lit", lamp: 1 } };
    expect(step(before, unknown as unknown as Delta)).toEqual({
      kind: "applied",
      conversation: { ...before, rev: before.rev + 1 },
    });
  });
});

describe("welcome", () => {
  it("brings the whole state", () => {
    const { epoch: _, rev, ...state } = at(4);
    expect(greet(null, welcome({ rev, state }))).toEqual({ kind: "taken", conversation: at(4) });
  });
  it("brings what was missed", () => {
    const deltas = TOLD.slice(2, 5).map((one) => one.delta);
    const told = welcome({ rev: at(5).rev, deltas });
    expect(greet(at(2), told)).toEqual({ kind: "taken", conversation: at(5) });
    expect(greet(at(3), told)).toEqual({ kind: "taken", conversation: at(5) });
  });
  it("brings nothing where nothing was missed", () => {
    expect(greet(at(2), welcome({ rev: at(2).rev, deltas: [] }))).toEqual({
      kind: "taken",
      conversation: at(2),
    });
  });
  it("shows a gap where the deltas do not fit", () => {
    const deltas = TOLD.slice(3, 5).map((one) => one.delta);
    const told = welcome({ rev: at(5).rev, deltas });
    expect(greet(at(1), told)).toEqual({ kind: "gap" });
    expect(greet(null, told)).toEqual({ kind: "gap" });
    expect(greet({ ...at(3), epoch: "e0" }, told)).toEqual({ kind: "gap" });
    expect(greet(at(2), welcome({ rev: at(5).rev, deltas: [] }))).toEqual({ kind: "gap" });
  });
  it("of a slower node does not turn the page back (I4)", () => {
    const { epoch: _, rev, ...state } = at(2);
    expect(greet(at(5), welcome({ rev, state }))).toEqual({ kind: "taken", conversation: at(5) });
  });
  it("of another epoch does", () => {
    const { epoch: _, rev, ...state } = at(2);
    expect(greet(at(5), welcome({ epoch: "e2", rev, state }))).toEqual({
      kind: "taken",
      conversation: { ...at(2), epoch: "e2" },
    });
  });
});

describe("the open question", () => {
  const item = (id: number, type: Item["type"]) => ({ id, type, number: id, text: "" });
  const seen = [
    { item: item(1, "open_text"), status: "open" },
    { item: item(2, "number"), status: "open" },
    { item: item(3, "message"), status: "open" },
    { item: item(4, "scale"), status: "closed" },
    { item: item(5, "scale"), status: "withdrawn" },
  ] as const;
  const flex: Conversation = { title: "", phase: "flex", items: seen, epoch: "e", rev: 1 };
  it("is the one sent last, never a message, and none in flex", () => {
    expect(openQuestion({ ...flex, phase: "live" })?.item.id).toBe(2);
    expect(openQuestion(flex)).toBeUndefined();
    expect(find(flex, 3)?.item.type).toBe("message");
    expect(find(flex, 9)).toBeUndefined();
  });
  it("counts as asked; withdrawn ones do not", () => {
    expect(progress(flex, (id) => id === 1 || id === 5)).toEqual({
      asked: 3,
      answered: 1,
      percent: 33,
    });
    expect(progress({ ...flex, items: [] }, () => true).percent).toBeNull();
  });
});
