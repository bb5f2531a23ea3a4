import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linkName, rememberedDevices } from "../device";
import { rememberedAnswers } from "./kept_store";
import { about, no, PID, payload, Scene, welcome, yes } from "./scene";

beforeEach(() => vi.stubGlobal("location", { origin: "https://a.org" }));
afterEach(() => vi.unstubAllGlobals());

const mayAsk = no("other_device", { reason: "may_ask" });

describe("asking another device for the link", () => {
  /** Refused, asked, and shown the letters. */
  async function asking(...answers: Scene["takeover"]): Promise<Scene> {
    const scene = new Scene();
    scene.takeover.push(...answers);
    scene.join = [mayAsk];
    await scene.session.start();
    await scene.session.door.join();
    expect(scene.screen).toEqual({ kind: "refusal", code: "other_device" });
    await scene.session.askToMove();
    return scene;
  }
  it("proves its own key for that, and shows the letters and how long they last", async () => {
    const scene = await asking();
    expect(payload(scene.takeovers[0]?.proof)).toMatchObject({ use: "takeover", pid: PID });
    expect(scene.takeovers[0]?.attempt).toBe(scene.joins[0]?.attempt);
    expect(scene.screen).toMatchObject({ kind: "asking", letters: "KRMT", until: 600_000 });
    expect(scene.screen).toMatchObject({ movesAt: null });
  });
  it("says when the link moves by itself, where it may", async () => {
    const scene = await asking(yes({ letters: "KRMT", expires_in: 600, moves_in: 240 }));
    expect(scene.screen).toMatchObject({ kind: "asking", movesAt: 240_000 });
  });
  it("tries to join every five seconds, and goes in when somebody said yes", async () => {
    const scene = await asking();
    scene.join = [mayAsk, no("offline"), yes({ assurance: "key", welcome: welcome() })];
    scene.challenge();
    for (const count of [2, 3, 4]) {
      scene.world.pass(4_999);
      expect(scene.joins).toHaveLength(count - 1);
      scene.world.pass(1);
      await vi.waitFor(() => expect(scene.joins).toHaveLength(count));
      await new Promise((resolve) => setTimeout(resolve));
    }
    await scene.hello();
    expect(scene.screen.kind).toBe("question");
    expect(scene.session.state.notice).toEqual({ kind: "letIn" });
    scene.world.pass(60_000);
    expect(scene.joins).toHaveLength(4);
  });
  it("ends after ten minutes, and may begin again", async () => {
    const scene = await asking();
    scene.world.pass(600_000);
    expect(scene.screen).toEqual({ kind: "unanswered" });
    const tried = scene.joins.length;
    scene.world.pass(60_000);
    expect(scene.joins).toHaveLength(tried);
    await scene.session.askToMove();
    expect(scene.screen).toMatchObject({ kind: "asking", until: 1_260_000 });
  });
  it("is stopped by a tap", async () => {
    const scene = await asking();
    scene.session.door.stopAsking();
    expect(scene.screen).toEqual({ kind: "refusal", code: "other_device" });
    scene.world.pass(60_000);
    expect(scene.joins).toHaveLength(1);
  });
  it("says at once what became of the link otherwise", async () => {
    const scene = await asking();
    scene.join = [no("over")];
    scene.world.pass(5_000);
    await vi.waitFor(() => expect(scene.screen).toEqual({ kind: "refusal", code: "over" }));
  });
  it("simply joins where the link is free by now", async () => {
    const scene = new Scene();
    scene.join = [mayAsk];
    scene.takeover = [no("other_device")];
    await scene.session.start();
    await scene.session.door.join();
    await scene.session.askToMove();
    expect(scene.joins).toHaveLength(2);
    expect(scene.screen.kind).toBe("question");
  });
  it("does not ask again by itself where another one asks already", async () => {
    const scene = new Scene();
    scene.join = [mayAsk];
    scene.takeover = [no("slow_down", { retry_ms: 300_000 })];
    await scene.session.start();
    await scene.session.door.join();
    await scene.session.askToMove();
    expect(scene.screen).toEqual({ kind: "refusal", code: "asked", retryAt: 300_000 });
    scene.world.pass(300_000);
    scene.session.tick();
    expect(scene.screen).toEqual({ kind: "refusal", code: "other_device" });
    expect(scene.takeovers).toHaveLength(1);
  });
  it("says so where it did not get through", async () => {
    const scene = new Scene();
    scene.join = [mayAsk];
    scene.takeover = [no("offline")];
    await scene.session.start();
    await scene.session.door.join();
    await scene.session.askToMove();
    expect(scene.session.state.gate).toMatchObject({ code: "other_device", deed: "failed" });
  });
  it("is not offered where five devices use the link", async () => {
    const scene = new Scene();
    scene.join = [no("other_device", { reason: "five_devices" })];
    await scene.session.start();
    await scene.session.door.join();
    expect(scene.screen).toEqual({ kind: "refusal", code: "five_devices" });
  });
});

describe("the first device", () => {
  it("sends the letters that were typed, and is quiet once it is released", async () => {
    const scene = await new Scene().inside();
    scene.line.say({ t: "takeover", since: 3, tries_left: 5 });
    scene.session.grant(" k r m t ");
    expect(scene.sent("grant")).toEqual([{ t: "grant", letters: " k r m t " }]);
    expect(scene.session.state.request?.busy).toBe(true);
    scene.line.say({ t: "bye", code: 4410, why: "Moved.", reason: "released" });
    scene.line.fail(4410);
    expect(scene.screen).toEqual({ kind: "moved" });
    scene.session.wake();
    scene.world.pass(600_000);
    expect(scene.world.lines).toHaveLength(1);
  });
  it("sends nothing without a letter", async () => {
    const scene = await new Scene().inside();
    scene.session.grant(" 12 ");
    expect(scene.sent("grant")).toEqual([]);
  });
  it("may ask to get the link back", async () => {
    const scene = await new Scene().inside();
    scene.line.say({ t: "bye", code: 4410, why: "", reason: "released" });
    scene.line.fail(4410);
    await scene.session.askToMove();
    expect(scene.screen).toMatchObject({ kind: "asking", letters: "KRMT" });
    scene.world.pass(5_000);
    await vi.waitFor(() => expect(scene.world.lines).toHaveLength(2));
    scene.challenge("c2");
    await scene.hello();
    scene.line.say(welcome());
    expect(scene.screen.kind).toBe("question");
  });
  it("is told where a moderator removed it", async () => {
    const scene = await new Scene().inside();
    scene.line.say({ t: "bye", code: 4410, why: "", reason: "removed" });
    scene.line.fail(4410);
    expect(scene.screen).toEqual({ kind: "refusal", code: "removed" });
  });
});

describe("a damaged link", () => {
  it("is seen by the page, and reported once without anything of it", async () => {
    const scene = new Scene(undefined, undefined, "{{pid}}");
    await scene.session.start();
    expect(scene.screen).toEqual({ kind: "refusal", code: "damaged" });
    scene.session.wake();
    await scene.session.start();
    expect(scene.reported).toBe(1);
  });
  it("is reported where only the server saw it", async () => {
    const scene = new Scene();
    scene.join = [no("damaged")];
    await scene.session.start();
    expect(scene.reported).toBe(0);
    await scene.session.door.join();
    expect([scene.screen, scene.reported]).toEqual([{ kind: "refusal", code: "damaged" }, 1]);
  });
  it("is none where links carry no pid, or none came", async () => {
    for (const [pid, links] of [
      ["{{pid}}", "single"],
      [null, "unique"],
    ] as const) {
      const scene = new Scene(undefined, undefined, pid);
      scene.about = yes(about({ links }));
      await scene.session.start();
      expect(scene.reported).toBe(0);
    }
  });
});

describe("a page without a pid", () => {
  const other = "p0123456789abcd11";
  /** A browser in which these links have joined. */
  async function browser(...pids: string[]) {
    const devices = rememberedDevices();
    for (const pid of pids) await new Scene(devices, rememberedAnswers(), pid).inside();
    return devices;
  }
  it("offers to go on with the one link that joined here", async () => {
    const scene = new Scene(await browser(PID), undefined, null);
    await scene.session.start();
    expect(scene.screen.kind).toBe("continue");
    expect(scene.joins).toEqual([]);
    scene.session.goOn();
    expect(scene.links).toEqual([PID]);
  });
  it("is incomplete where it isn't theirs", async () => {
    const scene = new Scene(await browser(PID), undefined, null);
    await scene.session.start();
    scene.session.dispatch({ type: "notMine" });
    expect(scene.screen).toEqual({ kind: "refusal", code: "incomplete" });
    scene.session.goOn();
    expect(scene.links).toEqual([]);
  });
  it.each([[[]], [[PID, other]]])("is incomplete with the links %j", async (pids) => {
    const scene = new Scene(await browser(...pids), undefined, null);
    await scene.session.start();
    expect(scene.screen).toEqual({ kind: "refusal", code: "incomplete" });
  });
});

describe("a shared computer", () => {
  it("is forgotten by the server first, then forgets the link", async () => {
    const scene = await new Scene().inside();
    scene.answer("draft or answer");
    await scene.answers(1);
    await scene.session.forget();
    expect(payload(scene.forgets[0]?.proof)).toMatchObject({ use: "forget", pid: PID });
    expect(scene.screen).toEqual({ kind: "forgotten" });
    expect(await scene.devices.read(linkName("talk", PID))).toBeUndefined();
    expect(await scene.kept.load(linkName("talk", PID))).toEqual({});
    expect(scene.links).toEqual([null]);
    expect(scene.session.state).toMatchObject({ pid: null, answers: {}, conversation: null });
  });
  it("keeps nothing that is typed or heard later, and does not connect again", async () => {
    const scene = await new Scene().inside();
    await scene.session.forget();
    scene.session.dispatch({ type: "draft", question: 1, draft: { text: "late" } });
    await scene.session.rest();
    scene.session.wake();
    scene.session.tick();
    scene.world.pass(600_000);
    expect(await scene.kept.load(linkName("talk", PID))).toEqual({});
    expect(scene.world.lines).toHaveLength(1);
  });
  it("forgets nothing where the server was not reached", async () => {
    const scene = await new Scene().inside();
    scene.forget = no("offline");
    await scene.session.forget();
    expect(scene.session.state.forgetting).toBe("failed");
    expect(await scene.devices.read(linkName("talk", PID))).toMatchObject({ joined: true });
    scene.forget = no("other_device");
    await scene.session.forget();
    expect(scene.screen).toEqual({ kind: "forgotten" });
  });
});

describe("before the start", () => {
  const soon = yes(about({ phase: "published", starts_in: 60 }));
  it("asks for a yes to the terms, once a tab, and checks the link then", async () => {
    const scene = new Scene();
    scene.about = soon;
    await scene.session.start();
    expect(scene.screen.kind).toBe("terms");
    await scene.session.door.agree();
    expect([scene.screen.kind, scene.agreed]).toEqual(["waiting", 1]);
    expect(scene.joins).toEqual([]);
  });
  it("tells of a bad link before the bell", async () => {
    const scene = new Scene();
    scene.about = soon;
    scene.checked = no("unlisted");
    await scene.session.start();
    await scene.session.door.agree();
    expect(scene.screen).toEqual({ kind: "refusal", code: "unlisted" });
  });
  it.each(["offline", "slow_down"])("lets people wait where the check says %s", async (code) => {
    const scene = new Scene();
    scene.about = soon;
    scene.checked = no(code);
    await scene.session.start();
    await scene.session.door.agree();
    expect(scene.screen.kind).toBe("waiting");
  });
});

describe("after the end", () => {
  const ended = yes(about({ phase: "ended", ended_ago: 60 }));
  it("joins nobody by itself; 'I was invited' is a tap that is noted", async () => {
    const scene = new Scene();
    scene.about = ended;
    scene.join = [no("over")];
    await scene.session.start();
    expect(scene.screen).toEqual({ kind: "refusal", code: "over" });
    expect(scene.session.state.endedAt).toBe(-60_000);
    expect(scene.joins).toEqual([]);
    await scene.session.door.join();
    expect(scene.joins).toHaveLength(1);
    expect(scene.session.state.gate).toMatchObject({ code: "over", noted: true });
  });
  it("says hello straight away where this browser had joined", async () => {
    const first = await new Scene().inside();
    const second = new Scene(first.devices, first.kept);
    second.about = ended;
    await second.session.start();
    second.challenge();
    await second.hello();
    expect(second.joins).toEqual([]);
    second.line.say(welcome({ state: { title: "A", phase: "ended", items: [] } }));
    expect(second.screen.kind).toBe("thanks");
  });
});

describe("signed-in staff", () => {
  it("see why, and join after they signed out", async () => {
    const scene = new Scene();
    scene.join = [no("preview")];
    await scene.session.start();
    await scene.session.door.join();
    expect(scene.screen).toEqual({ kind: "refusal", code: "preview" });
    scene.signedOut = no("offline");
    await scene.session.door.signOutAndJoin();
    expect(scene.session.state.gate).toMatchObject({ code: "preview", deed: "failed" });
    scene.signedOut = yes({});
    await scene.session.door.signOutAndJoin();
    expect(scene.screen.kind).toBe("question");
  });
});
