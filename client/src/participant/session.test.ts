import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linkName } from "../device";
import type { Kept } from "./answers";
import type { KeptStore } from "./kept_store";
import { about, ITEM, no, PID, PROGRESS, payload, Scene, welcome, yes } from "./scene";

beforeEach(() => vi.stubGlobal("location", { origin: "https://a.org" }));
afterEach(() => vi.unstubAllGlobals());

describe("arriving", () => {
  it("changes nothing on the server, and takes no seat (a visit)", async () => {
    const scene = new Scene();
    await scene.session.start();
    scene.challenge();
    expect(scene.screen.kind).toBe("join");
    expect(scene.joins).toEqual([]);
    expect(scene.sent("hello")).toEqual([]);
    expect(await scene.devices.read(linkName("talk", PID))).toBeUndefined();
  });
  it("connects only when the waiting room is open", async () => {
    const scene = new Scene();
    scene.about = yes(about({ phase: "published", starts_in: 600 }));
    await scene.session.start();
    expect([scene.screen.kind, scene.world.lines.length]).toEqual(["welcome", 0]);
    scene.world.pass(3 * 60_000);
    scene.session.tick();
    expect([scene.screen.kind, scene.world.lines.length]).toEqual(["terms", 0]);
    // Spread over half a minute.
    scene.world.pass(30_000);
    scene.session.tick();
    expect([scene.screen.kind, scene.world.lines.length]).toEqual(["terms", 1]);
  });
  it("says so when the conversation is unknown", async () => {
    const scene = new Scene();
    scene.about = no("unlisted");
    await scene.session.start();
    expect(scene.screen).toEqual({ kind: "refusal", code: "unlisted" });
  });
  it("tries again when nothing can be reached", async () => {
    const scene = new Scene();
    scene.about = no("offline");
    await scene.session.start();
    expect(scene.screen.kind).toBe("unreachable");
    scene.about = yes(about());
    scene.world.pass(5_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.screen.kind).toBe("join"));
  });
});

describe("joining", () => {
  it("proves the key over the nonce, then says hello on the open line", async () => {
    const scene = await new Scene().inside();
    const [join] = scene.joins;
    expect(join).toMatchObject({ pid: PID, attempt: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(payload(join?.proof)).toEqual({
      nonce: "n1",
      aud: "https://a.org",
      slug: "talk",
      pid: PID,
      attempt: join?.attempt,
      use: "join",
    });
    const hello = scene.sent("hello")[0];
    expect(hello).toMatchObject({ tab: 1, link: PID, resume: { epoch: "e1", rev: 5 } });
    expect(payload(hello?.proof)).toMatchObject({ nonce: "c1", attempt: "", use: "hello" });
    expect(scene.screen.kind).toBe("question");
  });
  it("opens a new line first where only the cookie knows the device", async () => {
    const scene = new Scene();
    scene.join = [yes({ assurance: "cookie", welcome: welcome() })];
    await scene.session.start();
    scene.challenge();
    await scene.session.door.join();
    expect(scene.world.lines).toHaveLength(2);
    expect(scene.sent("hello", scene.world.lines[0])).toEqual([]);
    scene.challenge("c2");
    expect(payload((await scene.hello())?.proof)).toMatchObject({ nonce: "c2" });
  });
  it("takes a new nonce once where the proof is refused", async () => {
    const scene = new Scene();
    scene.join = [no("proof"), no("proof")];
    await scene.session.start();
    await scene.session.door.join();
    expect([scene.nonces, scene.joins[0]?.attempt]).toEqual([2, scene.joins[1]?.attempt]);
    expect(scene.screen).toEqual({ kind: "refusal", code: "proof" });
  });
  it("may be tapped again where it did not get through, with the same attempt", async () => {
    const scene = new Scene();
    scene.join = [no("offline")];
    await scene.session.start();
    await scene.session.door.join();
    expect(scene.session.state.gate).toMatchObject({ join: "failed" });
    await scene.session.door.join();
    expect(scene.joins[0]?.attempt).toBe(scene.joins[1]?.attempt);
    expect(scene.screen.kind).toBe("question");
  });
  it("tries again by itself only where the server said when", async () => {
    const scene = new Scene();
    scene.join = [no("slow_down", { retry_ms: 9_000 }), no("full")];
    await scene.session.start();
    await scene.session.door.join();
    expect(scene.screen).toEqual({ kind: "refusal", code: "slow_down", retryAt: 9_000 });
    scene.world.pass(9_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.screen).toEqual({ kind: "refusal", code: "full" }));
    scene.world.pass(600_000);
    scene.session.tick();
    expect(scene.joins).toHaveLength(2);
  });
  it("needs no pid on the single link", async () => {
    const scene = new Scene(undefined, undefined, null);
    scene.about = yes(about({ links: "single" }));
    await scene.inside();
    expect(scene.joins[0]).not.toHaveProperty("pid");
    expect(scene.sent("hello")[0]).not.toHaveProperty("link");
    expect(payload(scene.sent("hello")[0]?.proof)).toMatchObject({ pid: "" });
  });
});

describe("coming back", () => {
  it("goes on without a tap, as a newer tab of the same device", async () => {
    const first = await new Scene().inside();
    const second = new Scene(first.devices, first.kept);
    await second.session.start();
    second.challenge();
    const hello = await second.hello();
    expect(hello?.tab).toBe(2);
    expect(hello).not.toHaveProperty("resume");
    expect(second.joins).toEqual([]);
  });
  it("brings drafts and unsent answers along", async () => {
    const first = await new Scene().inside();
    first.line.fail(1006);
    first.answer("kept");
    await first.session.rest();
    const second = new Scene(first.devices, first.kept);
    await second.session.start();
    second.challenge();
    await second.hello();
    second.line.say(welcome());
    const [answer] = await second.answers(1);
    const aid = first.session.state.answers[1]?.pending?.aid;
    expect(answer).toMatchObject({ aid, base: 0, body: { text: "kept" } });
  });
  it("brings along what somebody writes who never pauses", async () => {
    const scene = await new Scene().inside();
    for (const text of ["a", "an", "and", "and "]) {
      scene.session.dispatch({ type: "draft", question: 1, draft: { text } });
      scene.world.pass(200);
    }
    await vi.waitFor(async () => {
      const kept = await scene.kept.load(linkName("talk", PID));
      expect(kept[1]?.draft?.text).toMatch(/^an/);
    });
  });
  it("by 'use here' raises the tab's number", async () => {
    const scene = await new Scene().inside();
    scene.line.fail(4408);
    expect(scene.screen).toMatchObject({ kind: "stopped", code: 4408 });
    scene.session.wake();
    scene.world.pass(600_000);
    expect(scene.world.lines).toHaveLength(1);
    await scene.session.useHere();
    scene.challenge("c2");
    expect((await scene.hello())?.tab).toBe(2);
  });
  it("after its binding is gone needs a tap again", async () => {
    const scene = await new Scene().inside();
    scene.line.fail(4404, "Gone.");
    await vi.waitFor(async () => {
      expect((await scene.devices.read(linkName("talk", PID)))?.joined).toBe(false);
    });
    expect(scene.screen).toEqual({ kind: "stopped", code: 4404 });
    await scene.session.again();
    expect(scene.screen.kind).toBe("join");
    scene.challenge("c2");
    expect(scene.sent("hello")).toEqual([]);
  });
});

describe("answers", () => {
  it("are kept before they are sent", async () => {
    let done: (() => void) | null = null;
    const kept: KeptStore = {
      load: async () => ({}),
      forget: async () => {},
      save: async (_name, _question, record: Kept) => {
        if (!record.pending) return;
        await new Promise<void>((resolve) => {
          done = resolve;
        });
      },
    };
    const scene = await new Scene(undefined, kept).inside();
    scene.answer("x");
    const finish = await vi.waitFor(() => {
      if (done === null) throw new Error("not asked yet");
      return done;
    });
    scene.world.pass(1_000);
    expect(scene.sent("answer")).toEqual([]);
    finish();
    await scene.answers(1);
  });
  it("are sent again on a new line with the same aid and body, and not twice on one", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    const [first] = await scene.answers(1);
    scene.world.pass(2_000);
    expect(scene.sent("answer")).toHaveLength(1);
    scene.line.fail(1006);
    scene.world.pass(500);
    scene.challenge("c2");
    await scene.hello();
    expect(scene.sent("answer")).toEqual([]);
    scene.line.say(welcome({ rev: 5, deltas: [] }));
    expect(await scene.answers(1)).toEqual([first]);
  });
  it("are sent again after a welcome that nobody asked for, which stands for all that got lost", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    const [first] = await scene.answers(1);
    scene.world.pass(1_000);
    scene.line.say(welcome({ rev: 6 }));
    expect(await scene.answers(2)).toEqual([first, first]);
    const mine = [{ question: 1, aid: first?.aid ?? "", revision: 1, body: { text: "x" } }];
    scene.line.say(welcome({ rev: 7, mine }));
    scene.world.pass(1_000);
    expect(scene.sent("answer")).toHaveLength(2);
    expect(scene.session.unsent).toBe(0);
  });
  it("that shall come again later do not come earlier after such a welcome", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    const [first] = await scene.answers(1);
    scene.line.say({ t: "refused", aid: first?.aid, code: "retry", why: "", retry_ms: 5_000 });
    scene.line.say(welcome({ rev: 6 }));
    scene.world.pass(4_999);
    expect(scene.sent("answer")).toHaveLength(1);
    scene.world.pass(1);
    expect(await scene.answers(2)).toEqual([first, first]);
  });
  it("are tried again when the server says when", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    const [first] = await scene.answers(1);
    scene.line.say({ t: "refused", aid: first?.aid, code: "retry", why: "", retry_ms: 2_000 });
    expect(scene.session.state.slow).toBe(true);
    scene.world.pass(1_999);
    expect(scene.sent("answer")).toHaveLength(1);
    scene.world.pass(1);
    expect(await scene.answers(2)).toEqual([first, first]);
  });
  it("change only their base when superseded by this device's own", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    const [first] = await scene.answers(1);
    const stored = { aid: first?.aid, revision: 3, body: { text: "x" } };
    scene.line.say({ t: "accepted", aid: first?.aid, revision: 1, progress: PROGRESS });
    scene.session.dispatch({ type: "edit", question: 1 });
    scene.answer("y");
    scene.world.pass(200);
    const second = (await scene.answers(2))[1];
    scene.line.say({ t: "refused", aid: second?.aid, code: "superseded", why: "", stored });
    scene.world.pass(200);
    expect((await scene.answers(3))[2]).toEqual({ ...second, base: 3 });
  });
  it("that nobody acknowledges make the line suspect, then people are told", async () => {
    const scene = await new Scene().inside();
    scene.answer("x");
    await scene.answers(1);
    scene.world.pass(3_000);
    expect(scene.sent("beat")).toHaveLength(1);
    scene.line.say({ t: "beat", rev: 5, now: 0 });
    scene.world.pass(5_000);
    expect(scene.session.state.slow).toBe(true);
  });
  it("to a question that a restored store does not know wait until it is asked", async () => {
    const scene = await new Scene().inside();
    scene.line.fail(1006);
    scene.answer("x");
    scene.world.pass(500);
    scene.challenge("c2");
    await scene.hello();
    scene.line.say(
      welcome({ epoch: "e2", rev: 1, state: { title: "A", phase: "live", items: [] } }),
    );
    scene.world.pass(1_000);
    expect(scene.sent("answer")).toEqual([]);
    scene.line.say({ t: "event", rev: 2, prev: 1, event: { kind: "opened", item: ITEM } });
    expect(await scene.answers(1)).toMatchObject([{ base: 0, body: { text: "x" } }]);
  });
  it("that are wrong are not sent", async () => {
    const scene = await new Scene().inside();
    scene.answer("   ");
    scene.session.submit(99);
    expect(scene.session.state.view.problem).toEqual({ kind: "write" });
    expect(scene.session.unsent).toBe(0);
  });
  it("still go where the disk is full, and people are told", async () => {
    const kept: KeptStore = {
      load: async () => ({}),
      forget: async () => {},
      save: async () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const scene = await new Scene(undefined, kept).inside();
    scene.answer("x");
    await scene.answers(1);
    expect(scene.session.state.forgets).toBe(true);
  });
});

describe("asking again", () => {
  const gap = { t: "event", rev: 9, prev: 8, event: { kind: "closed", question: 1 } };
  it("is done at once, and at most once in two seconds", async () => {
    const scene = await new Scene().inside();
    scene.line.say(gap);
    scene.line.say({ ...gap, rev: 10, prev: 9 });
    scene.world.pass(0);
    expect(scene.sent("resync")).toEqual([{ t: "resync", epoch: "e1", rev: 5 }]);
    scene.line.say(gap);
    scene.world.pass(1_999);
    expect(scene.sent("resync")).toHaveLength(1);
    scene.world.pass(1);
    expect(scene.sent("resync")).toHaveLength(2);
  });
  it("asks for everything where the deltas did not fit", async () => {
    const scene = await new Scene().inside();
    scene.line.say({ ...welcome({ rev: 9, deltas: [] }), state: undefined });
    scene.world.pass(2_000);
    expect(scene.sent("resync").at(-1)).toEqual({ t: "resync", epoch: "", rev: 0 });
    scene.line.say(welcome({ rev: 9 }));
    expect(scene.session.state).toMatchObject({ gap: false, conversation: { rev: 9 } });
  });
  it("fetches the last numbers at a random moment within 5 s of the end", async () => {
    const scene = await new Scene().inside();
    scene.line.say({ t: "event", rev: 6, prev: 5, event: { kind: "phase", phase: "ended" } });
    expect(scene.screen.kind).toBe("thanks");
    scene.world.pass(4_999);
    expect(scene.sent("resync")).toEqual([]);
    scene.world.pass(1);
    expect(scene.sent("resync")).toHaveLength(1);
  });
});
