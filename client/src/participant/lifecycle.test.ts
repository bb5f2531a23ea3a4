import { describe, expect, it } from "vitest";
import type { About, Mine, Seen, Welcome } from "../wire";
import { isEditable, rowOf } from "./answer_status";
import { about, Life, NOW, OPEN, openNow, outside, PROGRESS, question, welcome } from "./life";
import { maySayInvited, messageAbove, nextUnanswered } from "./screen";
import { begin } from "./state";

describe("a correction", () => {
  const corrected = { ...question(1), text: "Question one?" };
  it("is shown, and told of", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "edited", item: corrected });
    expect(life.screen).toMatchObject({ seen: { item: { text: "Question one?" } } });
    expect(life.state.notice).toEqual({ kind: "edited", question: 1 });
    life.do({ type: "send", question: 1, body: { text: "x" } });
    expect(life.state.notice).toBeNull();
  });
  it("of what is not on screen says nothing", () => {
    const life = new Life().inside({ ...openNow(1), status: "closed" }, openNow(2));
    life.event({ kind: "edited", item: corrected });
    expect(life.state.notice).toBeNull();
    expect(life.state.conversation?.items[0]?.item.text).toBe("Question one?");
  });
  it("that was missed is noticed on the way back", () => {
    const life = new Life().inside(openNow(1));
    life.hear(welcome([{ item: corrected, status: "open" }], { rev: 11 }));
    expect(life.state.notice).toEqual({ kind: "edited", question: 1 });
  });
  it("is forgotten with the next question", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "edited", item: corrected });
    life.event({ kind: "closed", question: 1 }).event({ kind: "opened", item: question(2) });
    expect(life.state.notice).toBeNull();
  });
});

describe("a question taken back", () => {
  it("stays on screen and says so, until people go on", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "withdrawn", question: 1 });
    expect(life.status).toBe("withdrawn");
    life.do({ type: "goOn", item: 1 });
    expect(life.screen).toEqual({ kind: "between", first: false });
  });
  it("counts again when it is opened again, and says so", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "withdrawn", question: 1 });
    life.event({ kind: "opened", item: question(1) });
    expect(life.status).toBe("draftText");
    expect(life.state.notice).toEqual({ kind: "reopened", question: 1 });
  });
});

describe("a question that is open again", () => {
  it("keeps the answer, says so, and may be changed", () => {
    const life = new Life().inside(openNow(1));
    life.do({ type: "send", question: 1, body: { text: "x" } });
    life.hear({ t: "accepted", aid: "aid-1", revision: 1, progress: PROGRESS });
    life.event({ kind: "closed", question: 1 }).event({ kind: "opened", item: question(1) });
    expect(life.status).toBe("saved");
    expect(life.state.notice).toEqual({ kind: "reopened", question: 1 });
    life.do({ type: "edit", question: 1 });
    expect([life.status, life.state.notice]).toEqual(["changing", null]);
  });
});

describe("being let in", () => {
  it("is said until the next question", () => {
    const life = new Life().inside(openNow(1)).do({ type: "letIn" });
    life.event({ kind: "closed", question: 1 });
    expect(life.state.notice).toEqual({ kind: "letIn" });
    life.event({ kind: "opened", item: question(2) });
    expect(life.state.notice).toBeNull();
  });
});

describe("one's own answers", () => {
  const closedOne: Seen = { item: question(1), status: "closed" };
  it("are a list that the next question takes away", () => {
    const life = new Life().inside(closedOne, openNow(2)).do({ type: "list", open: true });
    expect(life.screen).toEqual({ kind: "list" });
    life.event({ kind: "closed", question: 2 });
    expect(life.screen).toEqual({ kind: "list" });
    life.event({ kind: "opened", item: question(3) });
    expect(life.screen).toMatchObject({ kind: "question", seen: { item: { id: 3 } } });
  });
  it("can be read after the end, on a line that stopped too", () => {
    const life = new Life().inside(closedOne).do({ type: "list", open: true });
    life.event({ kind: "phase", phase: "ended" });
    expect(life.screen).toEqual({ kind: "thanks" });
    life.do({ type: "line", status: { kind: "stopped", code: 4411, why: "" } });
    expect(life.do({ type: "list", open: true }).screen).toEqual({ kind: "list" });
    expect(life.do({ type: "list", open: false }).screen).toEqual({ kind: "thanks" });
  });
  it("say how each stands", () => {
    const send = (id: number) => ({ type: "send", question: id, body: { text: "x" } }) as const;
    const life = new Life().inside(openNow(1), openNow(2), openNow(3), openNow(4)).do(send(1));
    life.hear({ t: "accepted", aid: "aid-1", revision: 1, progress: PROGRESS }).do(send(2));
    life.do(send(3), { type: "draft", question: 4, draft: { text: "d" } });
    life.hear({ t: "refused", aid: "aid-3", code: "closed", why: "" });
    const rows = (...seen: Seen[]) => seen.map((one) => rowOf(life.state, one));
    expect(rows(openNow(1), openNow(2), openNow(3), openNow(4), openNow(5))).toEqual([
      "saved",
      "waiting",
      "lost",
      "begun",
      "open",
    ]);
    expect(rows({ ...openNow(6), status: "closed" })).toEqual(["none"]);
    expect(rows({ ...openNow(1), status: "withdrawn" })).toEqual(["taken"]);
  });
});

describe("flex", () => {
  const items = [3, 1, 2].map((id) => openNow(id));
  const held = (id: number, locked = false): Mine => {
    const mine = { question: id, aid: `old-${id}`, revision: 1, body: { text: "t" } };
    return locked ? { ...mine, locked } : mine;
  };
  const flex = (mine: Mine[] = [], parts: Partial<Welcome> = {}) =>
    new Life()
      .do({ type: "line", status: OPEN })
      .hear(welcome([], { mine, state: { title: "", phase: "flex", items }, ...parts }));
  it("begins at the list, and leads to what is not answered in the guide's order", () => {
    const life = flex([held(1)]);
    expect(life.screen).toEqual({ kind: "list" });
    expect(nextUnanswered(life.state)).toBe(2);
    life.do({ type: "goTo", question: 3 });
    expect(life.screen).toMatchObject({ kind: "question", seen: { item: { id: 3 } } });
    expect(nextUnanswered(life.state)).toBe(2);
    life.do({ type: "goTo", question: 2 });
    expect(nextUnanswered(life.state)).toBe(3);
    life.do({ type: "send", question: 2, body: { text: "x" } }, { type: "goTo", question: 3 });
    expect(nextUnanswered(life.state)).toBeNull();
    expect(life.do({ type: "goTo", question: null }).screen).toEqual({ kind: "list" });
    expect(nextUnanswered(flex([held(1), held(2), held(3)]).state)).toBeNull();
    expect(nextUnanswered(new Life().inside(openNow(1)).state)).toBeNull();
  });
  it("keeps answers of an earlier run as they are", () => {
    const life = flex([held(1, true), held(2)]).do({ type: "goTo", question: 1 });
    expect(life.status).toBe("locked");
    expect(isEditable(openNow(1), life.status)).toBe(false);
    expect(rowOf(life.state, openNow(1))).toBe("locked");
    expect(life.do({ type: "goTo", question: 2 }).status).toBe("elsewhere");
  });
  it("that opens by an event locks what was answered before, and shows every question", () => {
    const life = new Life().inside(openNow(1));
    life.do({ type: "send", question: 1, body: { text: "x" } });
    life.hear({ t: "accepted", aid: "aid-1", revision: 1, progress: PROGRESS });
    life.event({ kind: "phase", phase: "ended" }).event({ kind: "phase", phase: "flex", items });
    expect(life.screen).toEqual({ kind: "list" });
    expect(life.state.answers[1]?.held?.locked).toBe(true);
    expect(life.state.conversation?.items).toEqual(items);
    expect(life.state.notice).toBeNull();
  });
  it("that was missed locks by the server's word alone", () => {
    const life = new Life().inside(openNow(1));
    const state = { title: "", phase: "flex", items } as const;
    life.hear(welcome([], { rev: 20, state, mine: [held(1, true), held(2)] }));
    expect(rowOf(life.state, openNow(1))).toBe("locked");
    expect(rowOf(life.state, openNow(2))).toBe("saved");
  });
  it("takes no question away from who is at it", () => {
    const life = flex().do({ type: "goTo", question: 1 });
    life.event({ kind: "opened", item: question(4) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 1 } } });
    life.event({ kind: "edited", item: { ...question(1), text: "Corrected?" } });
    expect(life.state.notice).toEqual({ kind: "edited", question: 1 });
    life.event({ kind: "withdrawn", question: 1 });
    expect(life.status).toBe("withdrawn");
    expect(life.do({ type: "goOn", item: 1 }).screen).toEqual({ kind: "list" });
  });
  it("knows how long it is open, on this device's clock", () => {
    expect(flex([], { ends_in: 90 }).state.endsAt).toBe(NOW + 90_000);
    expect(flex().state.endsAt).toBeNull();
    const arrived = new Life().do(about({ phase: "flex", ends_in: 60 }));
    expect(arrived.state.endsAt).toBe(NOW + 60_000);
  });
  it("has no plans and no message above a question", () => {
    const life = flex().do({ type: "goTo", question: 1 });
    life.event({ kind: "opened", item: { ...question(5), duration: 30 } });
    expect(life.state.plan).toBeNull();
    expect(messageAbove(life.state, 1)).toBeNull();
  });
  it("ends with thanks, from any question", () => {
    const life = flex().do({ type: "goTo", question: 1 });
    expect(life.event({ kind: "phase", phase: "ended" }).screen).toEqual({ kind: "thanks" });
  });
});

describe("an End that is undone", () => {
  it("brings the question back, with what was typed", () => {
    const life = new Life().inside(openNow(1));
    life.do({ type: "typing", typing: true }, { type: "draft", question: 1, draft: { text: "x" } });
    life.event({ kind: "phase", phase: "ended" });
    expect(life.screen).toEqual({ kind: "thanks" });
    life.event({ kind: "phase", phase: "live" }).event({ kind: "opened", item: question(1) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 1 }, status: "open" } });
    expect([life.status, life.state.answers[1]?.draft]).toEqual(["draftText", { text: "x" }]);
    expect(life.state.notice).toEqual({ kind: "reopened", question: 1 });
  });
});

describe("who comes after the end", () => {
  const late = (pid: string | null, parts: Partial<About> = {}) => {
    const life = new Life();
    life.state = begin(pid);
    return life.do(about({ phase: "ended", ...parts }), outside);
  };
  it("may say that they were invited, with a link of their own that had not joined", () => {
    expect(maySayInvited(late("p0123456789abcd10").state)).toBe(true);
    expect(maySayInvited(late(null).state)).toBe(false);
    expect(maySayInvited(late("{{pid}}").state)).toBe(false);
    expect(maySayInvited(late("p0123456789abcd10", { links: "single" }).state)).toBe(false);
    const over = { kind: "stopped", code: 4411, why: "" } as const;
    const known = late("p0123456789abcd10").do({ type: "line", status: over });
    expect(maySayInvited(known.state)).toBe(false);
  });
});

describe("a line that stopped", () => {
  it("tells a link that moved from one that was removed", () => {
    const told = (reason: string) => {
      const status = { kind: "stopped", code: 4410, why: "", reason } as const;
      return new Life().inside().do({ type: "line", status }).screen;
    };
    expect(told("released")).toEqual({ kind: "moved" });
    expect(told("removed")).toEqual({ kind: "refusal", code: "removed" });
  });
});

describe("a browser that forgets everything", () => {
  it("says so first, and goes on with a tap", () => {
    const life = new Life().do(about({ phase: "live" }), outside, { type: "forgets" });
    expect(life.screen.kind).toBe("forgets");
    expect(life.do({ type: "anyway" }).screen.kind).toBe("join");
  });
});
