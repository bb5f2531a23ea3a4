import { describe, expect, it } from "vitest";
import { FakeWorld } from "./fake_world";
import { HUNG, Socket, type Status } from "./socket";

class Scene {
  readonly world = new FakeWorld();
  readonly statuses: Status["kind"][] = [];
  readonly heard: string[] = [];
  readonly socket = new Socket<{ t: string }, { t: string }>({
    url: "ws://here",
    world: this.world,
    rev: () => 7,
    onMessage: (message) => this.heard.push(message.t),
    onStatus: (status) => this.statuses.push(status.kind),
    httpWorks: async () => true,
  });

  line(at: number) {
    const line = this.world.lines[at];
    if (line === undefined) throw new Error(`no line ${at}`);
    return line;
  }

  /** An open line whose node says that it goes. */
  draining(): this {
    this.socket.connect();
    this.world.line.open();
    this.world.chance = 0.5;
    this.world.line.say({ t: "drain", within_ms: 8_000 });
    return this;
  }
}

describe("a node that drains", () => {
  it("is left at a random moment in the window: the next line opens, then the old one closes", () => {
    const scene = new Scene().draining();
    scene.world.pass(3_999);
    expect(scene.world.lines).toHaveLength(1);
    scene.world.pass(1);
    expect(scene.world.lines).toHaveLength(2);
    expect(scene.line(0).closedWith).toBeUndefined();
    scene.line(0).say({ t: "event" });
    expect(scene.heard).toEqual(["drain", "event"]);
    scene.line(1).open();
    expect(scene.line(0).closedWith).toBe(1000);
    expect(scene.statuses).toEqual(["connecting", "open", "open"]);
    scene.socket.send({ t: "x" });
    expect(scene.line(1).sent).toEqual(['{"t":"x"}']);
  });
  it("goes on talking where the next line does not open", () => {
    const scene = new Scene().draining();
    scene.world.pass(4_000 + HUNG);
    expect(scene.line(1).closedWith).toBe(1000);
    expect(scene.socket.send({ t: "x" })).toBe(true);
    expect(scene.line(0).sent.at(-1)).toBe('{"t":"x"}');
  });
  it("that closes early leaves the line that is opening", () => {
    const scene = new Scene().draining();
    scene.world.pass(4_000);
    scene.line(0).fail(4000);
    expect(scene.statuses.at(-1)).toBe("connecting");
    scene.line(1).open();
    expect(scene.statuses.at(-1)).toBe("open");
    expect(scene.world.lines).toHaveLength(2);
  });
  it("that stops this page stops the line that is opening too (I13)", () => {
    const scene = new Scene().draining();
    scene.world.pass(4_000);
    scene.line(0).fail(4410);
    expect(scene.line(1).closedWith).toBe(1000);
    scene.world.pass(600_000);
    expect(scene.world.lines).toHaveLength(2);
    expect(scene.statuses.at(-1)).toBe("stopped");
  });
  it("is nothing to one who closes", () => {
    const scene = new Scene().draining();
    scene.socket.close();
    scene.world.pass(60_000);
    expect(scene.world.lines).toHaveLength(1);
  });
});

describe("a page that is too fast", () => {
  it("comes back once, and stops the second time", () => {
    const scene = new Scene();
    scene.socket.connect();
    scene.world.line.open();
    scene.world.line.fail(4013);
    expect(scene.statuses.at(-1)).toBe("waiting");
    scene.world.pass(20_000);
    scene.world.line.open();
    scene.world.line.fail(4013);
    expect(scene.socket.status).toMatchObject({ kind: "stopped", code: 4013 });
  });
  it("is forgiven after a line that lived", () => {
    const scene = new Scene();
    scene.socket.connect();
    scene.world.line.open();
    scene.world.line.fail(4013);
    scene.world.pass(20_000);
    scene.world.line.open();
    scene.world.pass(35_000);
    scene.world.line.fail(4013);
    expect(scene.socket.status.kind).toBe("waiting");
  });
});

it("hands on what a bye told besides", () => {
  const scene = new Scene();
  scene.socket.connect();
  scene.world.line.open();
  scene.world.line.say({ t: "bye", code: 4410, why: "W.", reason: "released" });
  scene.world.line.fail(4410);
  const told = { kind: "stopped", code: 4410, why: "W.", reason: "released" };
  expect(scene.socket.status).toEqual(told);
});
