// A device's clock may be set while the page is there (by hand, by the network, after a trip): nothing
// that the page does by itself may wait for the clock to come back to where it was.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { no, Scene, welcome } from "./scene";

beforeEach(() => vi.stubGlobal("location", { origin: "https://a.org" }));
afterEach(() => vi.unstubAllGlobals());

const HOUR = 3_600_000;

describe.each([
  ["back", -HOUR],
  ["forward", HOUR],
])("a clock that was set %s", (_, ms) => {
  it("does not keep a page from asking again what it could not reach", async () => {
    const scene = new Scene();
    const { about } = scene;
    scene.about = no("offline");
    await scene.session.start();
    scene.world.skew += ms;
    scene.about = about;
    scene.world.pass(5_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.screen.kind).toBe("join"));
  });

  it("does not keep a page from asking for what it missed", async () => {
    const scene = await new Scene().inside();
    const gap = { t: "event", rev: 9, prev: 8, event: { kind: "closed", question: 1 } };
    scene.line.say(gap);
    scene.world.pass(0);
    scene.world.skew += ms;
    scene.line.say(welcome({ rev: 9 }));
    scene.line.say({ ...gap, rev: 12, prev: 11 });
    scene.world.pass(2_000);
    expect(scene.sent("resync")).toHaveLength(2);
  });

  it("does not keep a page refused longer than the server said", async () => {
    const scene = new Scene();
    scene.join = [no("slow_down", { retry_ms: 9_000 })];
    await scene.session.start();
    await scene.session.door.join();
    scene.world.skew += ms;
    scene.world.pass(9_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.joins).toHaveLength(2));
  });

  it("does not keep a page out that came before the conversation was open", async () => {
    const scene = new Scene();
    const { about } = scene;
    scene.about = no("not_open");
    await scene.session.start();
    scene.world.skew += ms;
    scene.about = about;
    scene.world.pass(60_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.screen.kind).toBe("join"));
  });
});
