import { describe, expect, it } from "vitest";
import type { About, ToParticipant } from "../wire";
import { isEditable } from "./answer_status";
import { about, Life, NOW, OPEN, openNow, outside, PROGRESS, question, welcome } from "./life";
import { elsewhereOnItsWay, messageAbove, planLeft, waitingQuestion } from "./screen";
import { begin } from "./state";

describe("before joining", () => {
  const arrive = (parts: Partial<About> = {}) => new Life().do(about(parts), outside);
  it("opens quietly, and says if nothing can be reached", () => {
    expect(new Life().screen.kind).toBe("opening");
    expect(new Life().do({ type: "gate", gate: { kind: "unreachable" } }).screen.kind).toBe(
      "unreachable",
    );
  });
  it.each([
    ["draft", "not_open"],
    ["ended", "over"],
  ] as const)("%s is %s", (phase, code) => {
    expect(arrive({ phase }).screen).toEqual({ kind: "refusal", code });
  });
  it("welcomes, and opens the waiting room seven minutes before the start", () => {
    const life = arrive();
    expect(life.screen.kind).toBe("welcome");
    life.now = NOW + 3_600_000 - 7 * 60_000 - 1;
    expect(life.screen.kind).toBe("welcome");
    life.now += 1;
    expect(life.screen.kind).toBe("terms");
    life.do({ type: "agree" });
    expect(life.screen.kind).toBe("waiting");
    life.now += 3_600_000;
    expect(life.screen.kind).toBe("waiting");
  });
  it("waits where no start was announced", () => {
    expect(arrive({ starts_in: null }).do({ type: "agree" }).screen.kind).toBe("waiting");
  });
  it("goes by the server's clock", () => {
    const wrong = new Life().do({ ...about(), now: NOW - 5_000_000 }, outside);
    wrong.now = NOW - 5_000_000;
    expect(wrong.screen.kind).toBe("welcome");
    wrong.now += 3_600_000 - 60_000;
    expect(wrong.screen.kind).toBe("terms");
  });
  it.each(["live", "flex"] as const)("offers Join in %s", (phase) => {
    expect(arrive({ phase }).screen.kind).toBe("join");
  });
  it("offers Join when the lobby says so", () => {
    const life = arrive().do({ type: "line", status: OPEN });
    life.hear({ t: "lobby", phase: "live", starts_in: null, waiting: 3 });
    expect(life.screen.kind).toBe("join");
    // An older answer over HTTP does not turn it back.
    expect(life.do(about()).screen.kind).toBe("join");
  });
  it("says that the link is incomplete only where it needs one", () => {
    const bare = (parts: Partial<About>) => {
      const life = new Life();
      life.state = begin(null);
      return life.do(about(parts), outside).screen;
    };
    expect(bare({ phase: "live" })).toEqual({ kind: "refusal", code: "incomplete" });
    expect(bare({ phase: "live", links: "single" })).toEqual({ kind: "join" });
    expect(bare({ phase: "ended" })).toEqual({ kind: "refusal", code: "over" });
  });
  it("shows refusals, with the moment of the next try", () => {
    const gate = { kind: "refused", code: "full", why: "" } as const;
    expect(arrive().do({ type: "gate", gate }).screen).toEqual({ kind: "refusal", code: "full" });
    expect(arrive().do({ type: "gate", gate: { ...gate, retryAt: 7 } }).screen).toEqual({
      kind: "refusal",
      code: "full",
      retryAt: 7,
    });
  });
});

describe("events", () => {
  it("are applied in order; older ones are ignored", () => {
    const life = new Life().inside().event({ kind: "opened", item: question(1) });
    const before = life.state;
    life.hear({ t: "event", rev: 11, prev: 10, event: { kind: "closed", question: 1 } });
    expect(life.state).toEqual(before);
  });
  it("that do not meet make the page ask, and change nothing (I4)", () => {
    const life = new Life().inside(openNow(1));
    life.hear({ t: "event", rev: 13, prev: 12, event: { kind: "closed", question: 1 } });
    expect(life.state.gap).toBe(true);
    expect(life.state.conversation?.rev).toBe(10);
    life.hear(welcome([openNow(1)], { rev: 13 }));
    expect(life.state.gap).toBe(false);
    expect(life.state.conversation?.rev).toBe(13);
  });
  it("before any welcome make it ask too", () => {
    const life = new Life();
    life.hear({ t: "event", rev: 1, prev: 0, event: { kind: "phase", phase: "live" } });
    expect(life.state.gap).toBe(true);
  });
  it("that got lost are noticed by the server's beat", () => {
    const life = new Life().inside().hear({ t: "beat", rev: 10, now: NOW });
    expect(life.state.gap).toBe(false);
    expect(life.hear({ t: "beat", rev: 11, now: NOW }).state.gap).toBe(true);
    expect(new Life().hear({ t: "beat", rev: 3, now: NOW }).state.gap).toBe(false);
  });
  it("of another version are ignored", () => {
    const life = new Life().inside();
    const before = life.state;
    life.hear({ t: "aurora" } as unknown as ToParticipant, { t: "bye", code: 4411, why: "" });
    expect(life.state).toEqual(before);
  });
});

describe("the question on screen", () => {
  it("comes by itself, after messages too", () => {
    const life = new Life().inside();
    expect(life.screen).toEqual({ kind: "between", first: true });
    life.event({ kind: "message", item: question(1, "message") });
    expect(life.screen.kind).toBe("message");
    life.event({ kind: "opened", item: question(2) });
    expect(life.screen).toMatchObject({ kind: "question", seen: { item: { id: 2 } } });
    expect(messageAbove(life.state, 2)).toMatchObject({ item: { id: 1 }, folded: true });
    life.event({ kind: "message", item: question(3, "message") });
    expect(life.screen).toMatchObject({ kind: "question", seen: { item: { id: 2 } } });
    expect(messageAbove(life.state, 2)).toMatchObject({ item: { id: 3 }, folded: false });
  });
  it("is replaced at once, and what was chosen is kept", () => {
    const life = new Life().inside(openNow(1, "single_choice"));
    life.do({ type: "draft", question: 1, draft: { option: 1 } });
    life.event({ kind: "closed", question: 1 });
    expect(life.status).toBe("closedDraft");
    life.event({ kind: "opened", item: question(2) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 2 } } });
    expect(life.state.answers[1]?.draft).toEqual({ option: 1 });
  });
  it("stays while somebody types in it", () => {
    const life = new Life().inside(openNow(1));
    life.do(
      { type: "typing", typing: true },
      { type: "draft", question: 1, draft: { text: "I th" } },
    );
    life.event({ kind: "closed", question: 1 });
    // The field goes away with the close, and says that it lost the focus.
    life.do({ type: "typing", typing: false });
    life.event({ kind: "opened", item: question(2) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 1 }, status: "closed" } });
    expect(life.status).toBe("closedText");
    expect(waitingQuestion(life.state)?.id).toBe(2);
    life.event({ kind: "closed", question: 2 }).event({ kind: "opened", item: question(3) });
    expect(waitingQuestion(life.state)?.id).toBe(3);
    life.do({ type: "goOn", item: 1 });
    expect(life.screen).toMatchObject({ seen: { item: { id: 3 } } });
    expect(waitingQuestion(life.state)).toBeNull();
  });
  it("does not stay for a field without text", () => {
    const life = new Life().inside(openNow(1)).do({ type: "typing", typing: true });
    life.event({ kind: "closed", question: 1 }).event({ kind: "opened", item: question(2) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 2 } } });
  });
  it("comes back when it is opened again", () => {
    const life = new Life().inside(openNow(1));
    life.do({ type: "typing", typing: true }, { type: "draft", question: 1, draft: { text: "x" } });
    life.event({ kind: "closed", question: 1 }).event({ kind: "opened", item: question(1) });
    expect(life.screen).toMatchObject({ seen: { item: { id: 1 }, status: "open" } });
    expect(life.state.view.stay).toBeNull();
    expect(life.state.answers[1]?.draft).toEqual({ text: "x" });
  });
  it("makes room when people go on", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "closed", question: 1 });
    expect(life.status).toBe("closed");
    life.do({ type: "goOn", item: 1 });
    expect(life.screen).toEqual({ kind: "between", first: false });
  });
  it("shows its plan as a hint, rounded, and then that it is over", () => {
    const item = { ...question(1), duration: 90 };
    const life = new Life().inside().event({ kind: "opened", item });
    const left = (after: number) => planLeft(life.state, 1, NOW + after * 1_000);
    expect([0, 10, 40, 86, 90, 900].map(left)).toEqual([90, 75, 45, 15, 0, 0]);
    expect(planLeft(life.state, 2, NOW)).toBeNull();
    life.hear(welcome([{ item, status: "open" }], { plan_left: 30 }));
    expect(left(0)).toBe(30);
  });
});

describe("the status of an answer", () => {
  const send = { type: "send", question: 1, body: { text: "x" } } as const;
  const accepted = (aid: string, revision: number, late = false): ToParticipant => ({
    t: "accepted",
    aid,
    revision,
    progress: PROGRESS,
    late,
  });
  const refused = (aid: string, code: "retry" | "closed" | "invalid" | "gone"): ToParticipant => ({
    t: "refused",
    aid,
    code,
    why: "So.",
  });

  it("is saved only on the server's word (I3)", () => {
    const life = new Life().inside(openNow(1));
    expect(life.status).toBe("draftText");
    expect(life.do(send).status).toBe("sending");
    life.do({ type: "slow" });
    expect(life.status).toBe("slow");
    life.do({
      type: "line",
      status: { kind: "waiting", until: 0, failures: 1, blocked: false, slowly: false },
    });
    expect(life.status).toBe("waiting");
    // The store is away (4503) or the server full (1013): it is there, so that is no lost connection.
    life.do({
      type: "line",
      status: { kind: "waiting", until: 0, failures: 0, blocked: false, slowly: true },
    });
    expect(life.status).toBe("slow");
    life.do({ type: "line", status: { kind: "connecting" } });
    expect(life.status).toBe("slow");
    life.do({ type: "line", status: OPEN }).hear(accepted("aid-1", 1));
    expect(life.status).toBe("saved");
    expect(life.state.slow).toBe(false);
  });
  it("says what became of a change", () => {
    const life = new Life().inside(openNow(1)).do(send).hear(accepted("aid-1", 1));
    life.do({ type: "edit", question: 1 });
    expect(life.status).toBe("changing");
    expect(life.state.answers[1]?.draft).toEqual({ text: "x" });
    expect(life.do({ type: "unedit", question: 1 }).status).toBe("saved");
    life.do({ type: "edit", question: 1 }, { ...send, body: { text: "y" } });
    expect(life.hear(accepted("aid-2", 2)).status).toBe("replaced");
  });
  it("says that an unsent change is lost, and that the answer before counts", () => {
    const life = new Life().inside(openNow(1)).do(send).hear(accepted("aid-1", 1));
    life.do({ type: "edit", question: 1 }).event({ kind: "closed", question: 1 });
    expect(life.status).toBe("closedChange");
    life.do({ type: "goOn", item: 1 });
    expect(life.state.answers[1]?.held?.revision).toBe(1);
  });
  it("says late, elsewhere, lost, taken back", () => {
    const sent = () => new Life().inside(openNow(1)).do(send);
    expect(sent().hear(accepted("aid-1", 1, true)).status).toBe("late");
    expect(sent().hear(refused("aid-1", "closed")).status).toBe("lost");
    expect(sent().hear(refused("aid-1", "gone")).status).toBe("withdrawn");
    expect(sent().hear(refused("aid-1", "invalid")).status).toBe("refused");
    expect(sent().hear(refused("aid-1", "retry")).status).toBe("slow");
    const mine = { question: 1, aid: "theirs", revision: 3, body: { text: "t" } };
    expect(
      new Life().inside(openNow(1)).hear({ t: "mine", ...mine, progress: PROGRESS }).status,
    ).toBe("elsewhere");
    const superseded: ToParticipant = {
      t: "refused",
      aid: "aid-1",
      code: "superseded",
      why: "",
      stored: mine,
    };
    expect(sent().hear(superseded).status).toBe("superseded");
    expect(new Life().inside({ ...openNow(1), status: "withdrawn" }).status).toBe("withdrawn");
  });
  it("lets fields be typed in only while the question is open and nothing is on its way", () => {
    const life = new Life().inside(openNow(1));
    const editable = () => isEditable(openNow(1), life.status);
    expect(editable()).toBe(true);
    expect(life.do(send) && editable()).toBe(false);
    expect(life.hear(accepted("aid-1", 1)) && editable()).toBe(false);
    expect(life.do({ type: "edit", question: 1 }) && editable()).toBe(true);
    expect(isEditable({ ...openNow(1), status: "closed" }, "draft")).toBe(false);
  });
  it("shows what is missing until the fields change", () => {
    const problem = { kind: "write" } as const;
    const life = new Life().inside(openNow(1)).do({ type: "problem", problem });
    expect(life.state.view.problem).toEqual(problem);
    life.do({ type: "draft", question: 1, draft: { text: "a" } });
    expect(life.state.view.problem).toBeNull();
  });
  it("counts what is on its way elsewhere", () => {
    const life = new Life().inside(openNow(1)).do(send);
    life.event({ kind: "closed", question: 1 }).event({ kind: "opened", item: question(2) });
    expect(elsewhereOnItsWay(life.state, 2)).toBe(1);
    expect(elsewhereOnItsWay(life.state, 1)).toBe(0);
  });
  it("is slow while the store is away", () => {
    const life = new Life().inside(openNow(1)).do(send);
    life.hear({ t: "degraded", store: "away", retry_ms: 2_000 });
    expect(life.status).toBe("slow");
    expect(life.hear({ t: "degraded", store: "back", retry_ms: 0 }).status).toBe("sending");
  });
});

describe("the end", () => {
  it("thanks, and takes the second number from the server alone", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "phase", phase: "ended" });
    expect(life.screen.kind).toBe("thanks");
    expect(life.state.final).toBe(false);
    const progress = { ...PROGRESS, present: 4, percent_while_present: 75 };
    const state = { title: "", phase: "ended", items: [] } as const;
    life.hear(welcome([], { rev: 12, state, progress }));
    expect(life.state).toMatchObject({ final: true, present: { asked: 4, percent: 75 } });
  });
  it("can be undone", () => {
    const life = new Life().inside(openNow(1)).event({ kind: "phase", phase: "ended" });
    life.event({ kind: "phase", phase: "live" }).event({ kind: "opened", item: question(2) });
    expect(life.screen.kind).toBe("question");
    expect(life.state.final).toBe(false);
  });
});

describe("a line that stopped", () => {
  const stop = (life: Life, code: number, why = "") =>
    life.do({ type: "line", status: { kind: "stopped", code, why } }).screen;
  it("says why", () => {
    expect(stop(new Life().inside(), 4408)).toEqual({ kind: "stopped", code: 4408 });
    expect(stop(new Life().inside(), 1009)).toMatchObject({ kind: "stopped", code: 1009 });
    expect(stop(new Life(), 4409)).toEqual({ kind: "refusal", code: "other_device" });
  });
  it("thanks when it is over, if there is something to thank for", () => {
    expect(stop(new Life().inside(), 4411)).toEqual({ kind: "thanks" });
    expect(stop(new Life(), 4411)).toEqual({ kind: "refusal", code: "over" });
  });
  it("says nothing where the page closed it itself", () => {
    expect(stop(new Life().inside(openNow(1)), 0).kind).toBe("question");
  });
});

it("remembers the device's answers and order, and that nothing is stored", () => {
  const answers = { 1: { aids: [], draft: { text: "kept" } } };
  const life = new Life().do({ type: "device", answers, seed: "s" }, { type: "forgets" });
  expect(life.state).toMatchObject({ answers, seed: "s", forgets: true });
});
