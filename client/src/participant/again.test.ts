// "Try again" and "use here" always lead somewhere: in, to Join, or to a page that tries by itself.
// Never to one that looks alive and is not.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Result } from "../api";
import { linkName } from "../device";
import type { About } from "../wire";
import { no, PID, Scene, welcome } from "./scene";

beforeEach(() => vi.stubGlobal("location", { origin: "https://a.org" }));
afterEach(() => vi.unstubAllGlobals());

const NAME = linkName("talk", PID);

/** The binding is gone (a restored server, a browser that was told to forget), and another tab of this
 * browser was the first to hear of it. */
async function unboundElsewhere(scene: Scene): Promise<void> {
  await scene.devices.change(NAME, (known) => {
    if (known === undefined) throw new Error("it has joined");
    return { ...known, joined: false };
  });
}

describe("a page that was stopped", () => {
  it.each([4404, 1009, 4400])(
    "by %d tries by itself where 'try again' reaches nothing",
    async (code) => {
      const scene = await new Scene().inside();
      const { about } = scene;
      scene.line.fail(code);
      scene.about = no("offline");
      await scene.session.again();
      scene.about = about;
      scene.world.pass(5_000);
      scene.session.tick();
      if (code === 4404) {
        await vi.waitFor(() => expect(scene.screen.kind).toBe("join"));
        return;
      }
      await vi.waitFor(() => expect(scene.world.lines).toHaveLength(2));
      scene.challenge("c2");
      await scene.hello();
      scene.line.say(welcome());
      expect(scene.screen.kind).toBe("question");
    },
  );
  it("before its first welcome tries by itself too", async () => {
    const first = await new Scene().inside();
    const scene = new Scene(first.devices, first.kept);
    const { about } = scene;
    await scene.session.start();
    scene.challenge();
    scene.line.fail(1009);
    scene.about = no("offline");
    await scene.session.again();
    expect(scene.screen.kind).toBe("unreachable");
    scene.about = about;
    scene.world.pass(5_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.world.lines).toHaveLength(2));
  });
});

describe("a page that waits for an answer", () => {
  it("does not ask beside it: a late one must open nothing that was stopped meanwhile", async () => {
    const first = await new Scene().inside();
    const scene = new Scene(first.devices, first.kept);
    const answers: ((about: Result<About>) => void)[] = [];
    const { about } = scene;
    const asked = vi.fn(() => new Promise<Result<About>>((resolve) => answers.push(resolve)));
    Object.defineProperty(scene, "about", { get: asked });
    const start = scene.session.start();
    answers.pop()?.(no("offline"));
    await start;
    for (let seconds = 0; seconds < 14; seconds += 1) {
      scene.world.pass(1_000);
      scene.session.tick();
    }
    for (const answer of answers) answer(about);
    await vi.waitFor(() => expect(scene.world.lines).toHaveLength(1));
    scene.line.fail(4408);
    scene.world.pass(60_000);
    scene.session.tick();
    expect(asked).toHaveBeenCalledTimes(2);
    expect(scene.screen).toMatchObject({ kind: "stopped", code: 4408 });
  });
});

describe("'use here'", () => {
  it("offers Join where another tab has heard that the binding is gone", async () => {
    const scene = await new Scene().inside();
    scene.line.fail(4408);
    await unboundElsewhere(scene);
    await scene.session.useHere();
    expect(scene.screen.kind).toBe("join");
    scene.challenge("c2");
    await scene.session.door.join();
    await vi.waitFor(() => expect(scene.joins).toHaveLength(2));
  });
  it("offers it also if nothing could be reached at first", async () => {
    const scene = await new Scene().inside();
    const { about } = scene;
    scene.line.fail(4408);
    await unboundElsewhere(scene);
    scene.about = no("offline");
    await scene.session.useHere();
    scene.about = about;
    scene.world.pass(5_000);
    scene.session.tick();
    await vi.waitFor(() => expect(scene.screen.kind).toBe("join"));
  });
  it("where another tab has forgotten the link offers it as well", async () => {
    const scene = await new Scene().inside();
    scene.line.fail(4408);
    await scene.devices.remove(NAME);
    await scene.session.useHere();
    expect(scene.screen.kind).toBe("join");
  });
});
