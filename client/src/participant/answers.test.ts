import { describe, expect, it } from "vitest";
import type { Accepted, Refused } from "../wire";
import {
  type Answers,
  accepted,
  answeredElsewhere,
  dismissed,
  drafted,
  keptOf,
  locked,
  pendingWith,
  refused,
  sent,
  unsent,
  welcomed,
} from "./answers";

const PROGRESS = { asked: 1, answered: 1, percent_answered: 100 };
const A = { option: 1 };
const B = { option: 2 };

function ids(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `new-${count}`;
  };
}

function yes(aid: string, revision: number, late = false): Accepted {
  return { t: "accepted", aid, revision, progress: PROGRESS, ...(late && { late }) };
}

function no(aid: string, code: Refused["code"], stored?: Refused["stored"]): Refused {
  return { t: "refused", aid, code, why: "So.", ...(stored && { stored }) };
}

const counted = (aid: string, revision: number, body = A) => ({ question: 5, aid, revision, body });
const sentOnce = sent({}, 5, A, "a1");
const savedOnce = accepted(sentOnce, yes("a1", 1), "e1", ids());

describe("sending", () => {
  it("puts the answer into the outbox and takes the draft away", () => {
    const answers = sent(drafted({}, 5, { option: 1 }), 5, A, "a1");
    expect(answers[5]).toEqual({ pending: { aid: "a1", base: 0, body: A }, aids: ["a1"] });
    expect(unsent(answers)).toEqual([5]);
    expect(pendingWith(answers, "a1")).toBe(5);
  });
  it("holds an answer only when the server has accepted it (I3)", () => {
    expect(sentOnce[5]?.held).toBeUndefined();
    expect(savedOnce[5]).toEqual({
      held: { aid: "a1", revision: 1, body: A, epoch: "e1" },
      aids: ["a1"],
    });
  });
  it("names the revision that a change replaces", () => {
    expect(sent(savedOnce, 5, B, "a2")[5]?.pending).toEqual({ aid: "a2", base: 1, body: B });
  });
  it("lets a further change wait, and the last one win", () => {
    const waiting = sent(sent(sentOnce, 5, B, "unused"), 5, { option: 3 }, "unused");
    expect(waiting[5]).toMatchObject({ pending: { aid: "a1", body: A }, next: { option: 3 } });
    const after = accepted(waiting, yes("a1", 1), "e1", ids());
    expect(after[5]).toEqual({
      held: { aid: "a1", revision: 1, body: A, epoch: "e1" },
      pending: { aid: "new-1", base: 1, body: { option: 3 } },
      aids: ["a1", "new-1"],
    });
  });
  it("remembers that it came late", () => {
    expect(accepted(sentOnce, yes("a1", 1, true), "e1", ids())[5]?.late).toBe(true);
  });
  it("ignores an acknowledgement of what is settled", () => {
    expect(accepted(savedOnce, yes("a1", 1), "e1", ids())).toBe(savedOnce);
    expect(accepted(savedOnce, yes("stranger", 9), "e1", ids())).toBe(savedOnce);
  });
});

describe("a refusal", () => {
  it("to be tried again keeps everything", () => {
    expect(refused(sentOnce, no("a1", "retry"), "e1", ids())).toBe(sentOnce);
  });
  it.each(["closed", "gone"] as const)("%s is final and says so", (code) => {
    const after = refused(sentOnce, no("a1", code), "e1", ids());
    expect(after[5]).toEqual({ note: { kind: code, body: A, why: "So." }, aids: ["a1"] });
  });
  it("of the shape puts the answer back into the fields", () => {
    const after = refused(sentOnce, no("a1", "invalid"), "e1", ids());
    expect(after[5]).toMatchObject({ draft: { option: 1 }, note: { kind: "invalid" } });
    expect(unsent(after)).toEqual([]);
  });
  it("keeps the text of the change that waited", () => {
    const waiting = sent(sentOnce, 5, B, "unused");
    expect(refused(waiting, no("a1", "closed"), "e1", ids())[5]?.note?.body).toEqual(B);
  });
  it("of an aid that is not on its way changes nothing", () => {
    expect(refused(savedOnce, no("a1", "closed"), "e1", ids())).toBe(savedOnce);
  });
  it("is forgotten when people go on", () => {
    const after = refused(sentOnce, no("a1", "invalid"), "e1", ids());
    expect(dismissed(after, 5)[5]).toEqual({ aids: ["a1"] });
  });
});

describe("superseded", () => {
  const changing = sent(savedOnce, 5, B, "a2");
  it("by this device's own answer: the same aid again, on that revision", () => {
    const own = no("a2", "superseded", { aid: "a1", revision: 4, body: A });
    expect(refused(changing, own, "e1", ids())[5]).toMatchObject({
      held: { aid: "a1", revision: 4 },
      pending: { aid: "a2", base: 4, body: B },
    });
  });
  it("where no answer counts: the same aid again, on none", () => {
    const again = refused(changing, no("a2", "superseded"), "e1", ids());
    expect(again[5]?.pending).toEqual({ aid: "a2", base: 0, body: B });
  });
  it("twice on one revision: it counted before and was replaced, and is never sent again", () => {
    const own = no("a2", "superseded", { aid: "a1", revision: 1, body: A });
    const dropped = refused(changing, own, "e1", ids());
    expect(unsent(dropped)).toEqual([]);
    expect(dropped[5]).toMatchObject({ held: { aid: "a1" } });
    const waiting = sent(changing, 5, { option: 3 }, "unused");
    expect(refused(waiting, own, "e1", ids())[5]?.pending).toMatchObject({ aid: "new-1", base: 1 });
    const none = refused(sentOnce, no("a1", "superseded"), "e1", ids());
    expect(unsent(none)).toEqual([]);
  });
  it("by itself is settled", () => {
    const own = no("a2", "superseded", { aid: "a2", revision: 2, body: B });
    const after = refused(changing, own, "e1", ids());
    expect(after[5]).toMatchObject({ held: { aid: "a2", revision: 2 } });
    expect(unsent(after)).toEqual([]);
  });
  it("by another device: that answer is shown, and mine is offered", () => {
    const theirs = no("a2", "superseded", { aid: "theirs", revision: 2, body: { option: 3 } });
    const after = refused(changing, theirs, "e1", ids());
    expect(after[5]).toEqual({
      held: { aid: "theirs", revision: 2, body: { option: 3 }, epoch: "e1" },
      note: { kind: "superseded", body: B, why: "So." },
      aids: ["a1", "a2"],
    });
    expect(sent(after, 5, B, "a3")[5]?.pending).toEqual({ aid: "a3", base: 2, body: B });
  });
});

describe("another tab or device", () => {
  const mine = { t: "mine", ...counted("theirs", 2, B), progress: PROGRESS } as const;
  it("counts if its revision is higher", () => {
    expect(answeredElsewhere(savedOnce, mine, "e1")[5]?.held?.aid).toBe("theirs");
    expect(answeredElsewhere(savedOnce, { ...mine, revision: 1 }, "e1")).toBe(savedOnce);
  });
  it("leaves what is on its way", () => {
    const after = answeredElsewhere(sent(savedOnce, 5, B, "a2"), mine, "e1");
    expect(after[5]?.pending?.aid).toBe("a2");
  });
});

describe("welcome", () => {
  it("settles what was acknowledged while nobody listened", () => {
    const after = welcomed(sentOnce, [counted("a1", 1)], "e1", ids());
    expect(after[5]).toEqual({ held: { ...heldAs("a1", 1), epoch: "e1" }, aids: ["a1"] });
  });
  it("lets a change that waited take its turn", () => {
    const waiting = sent(sentOnce, 5, B, "unused");
    const after = welcomed(waiting, [counted("a1", 1)], "e1", ids());
    expect(after[5]?.pending).toEqual({ aid: "new-1", base: 1, body: B });
  });
  it("brings answers of other devices", () => {
    expect(keptOf(welcomed({}, [counted("theirs", 3)], "e1", ids()), 5)).toEqual({
      held: { ...heldAs("theirs", 3), epoch: "e1" },
      aids: [],
    });
  });
  it("changes nothing that is known already or newer here", () => {
    expect(welcomed(savedOnce, [counted("a1", 1)], "e1", ids())).toBe(savedOnce);
    expect(welcomed(savedOnce, [], "e1", ids())).toBe(savedOnce);
    expect(welcomed(sentOnce, [], "e1", ids())).toBe(sentOnce);
  });
  it("keeps an answer on its way beside a newer one; the server decides", () => {
    const after = welcomed(sentOnce, [counted("theirs", 2, B)], "e1", ids());
    expect(after[5]).toMatchObject({ held: { aid: "theirs" }, pending: { aid: "a1", base: 0 } });
  });
});

describe("another run", () => {
  it("locks what was answered before it", () => {
    const both = sent(savedOnce, 6, B, "b1");
    expect(locked(both)[5]?.held?.locked).toBe(true);
    expect(locked(both)[6]).toBe(both[6]);
    expect(locked(locked(both))).toEqual(locked(both));
  });
  it("locks by the server's word, which may also take it back", () => {
    const told = welcomed(savedOnce, [{ ...counted("a1", 1), locked: true }], "e1", ids());
    expect(told[5]?.held?.locked).toBe(true);
    expect(welcomed(told, [counted("a1", 1)], "e1", ids())[5]?.held).not.toHaveProperty("locked");
  });
});

describe("a new epoch (the store was restored)", () => {
  const changed = accepted(sent(savedOnce, 5, B, "a2"), yes("a2", 2), "e1", ids());
  it("returns accepted answers that it lacks to the outbox", () => {
    expect(welcomed(savedOnce, [], "e2", ids())[5]).toEqual({
      pending: { aid: "a1", base: 0, body: A },
      aids: ["a1"],
    });
  });
  it("returns those that it holds at a lower revision, on that revision", () => {
    expect(welcomed(changed, [counted("a1", 1)], "e2", ids())[5]).toMatchObject({
      held: { aid: "a1", revision: 1, epoch: "e2" },
      pending: { aid: "a2", base: 1, body: B },
    });
  });
  it("leaves those that it has", () => {
    const after = welcomed(changed, [counted("a2", 2, B)], "e2", ids());
    expect(after[5]).toEqual({ held: { ...heldAs("a2", 2, B), epoch: "e2" }, aids: ["a1", "a2"] });
  });
  it("sends a newer change rather than the accepted one", () => {
    const changing: Answers = sent(changed, 5, { option: 3 }, "a3");
    expect(welcomed(changing, [], "e2", ids())[5]?.pending).toEqual({
      aid: "a3",
      base: 0,
      body: { option: 3 },
    });
  });
});

function heldAs(aid: string, revision: number, body: { option: number } = A) {
  return { aid, revision, body };
}
