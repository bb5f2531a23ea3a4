import { describe, expect, it } from "vitest";
import { FakeWorld } from "./fake_world";
import {
  backOff,
  beatIn,
  HUNG,
  NUDGE_ANSWER,
  SILENCE,
  Socket,
  type Status,
  socketUrl,
  verdict,
} from "./socket";

describe("close codes", () => {
  it.each([4400, 4401, 4403, 4404, 4408, 4409, 4410, 4411, 4426, 1000, 1007, 1009])(
    "%i stops",
    (code) => expect(verdict(code)).toBe("stop"),
  );
  it.each([4001, 4008, 4009, 4013, 1001, 1005, 1006, 1011])("%i reconnects", (code) =>
    expect(verdict(code)).toBe("again"),
  );
  it.each([4000, 1012])("%i spreads its first try", (code) => expect(verdict(code)).toBe("moved"));
  it.each([4503, 1013])("%i reconnects slowly", (code) => expect(verdict(code)).toBe("slowly"));
});

describe("back-off", () => {
  it("is full jitter up to 20 s", () => {
    const widest = [0, 1, 2, 3, 4, 5, 6, 20].map((n) => backOff("again", n, 1));
    expect(widest).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
    expect(backOff("again", 9, 0)).toBe(0);
  });
  it("spreads the first try after a drain over 3 s, and never over less later", () => {
    expect([0, 1, 5].map((n) => backOff("moved", n, 1))).toEqual([3000, 3000, 16000]);
  });
  it("is between 5 and 20 s when slow", () => {
    expect([backOff("slowly", 0, 0), backOff("slowly", 0, 1)]).toEqual([5000, 20000]);
  });
  it("beats every 20 to 30 s", () => expect([beatIn(0), beatIn(1)]).toEqual([20000, 30000]));
});

function setUp(httpWorks = true) {
  const world = new FakeWorld();
  const seen: Status[] = [];
  const messages: { t: string }[] = [];
  const socket = new Socket<{ t: string }, { t: string }>({
    url: "ws://here/ws",
    world,
    rev: () => 7,
    onMessage: (message) => messages.push(message),
    onStatus: (status) => seen.push(status),
    httpWorks: async () => httpWorks,
  });
  socket.connect();
  return { world, seen, messages, socket };
}

function kinds(seen: readonly Status[]): string[] {
  return seen.map((status) => status.kind);
}

describe("the socket", () => {
  it("opens, hands on messages and ignores what is none", () => {
    const { world, seen, messages } = setUp();
    world.line.open();
    world.line.say({ t: "lobby", x: 1 });
    world.line.say("not json");
    world.line.say("[1]");
    world.line.say({ no: "type" });
    expect(messages).toEqual([{ t: "lobby", x: 1 }]);
    expect(kinds(seen)).toEqual(["connecting", "open"]);
  });

  it("sends only over an open line", () => {
    const { world, socket } = setUp();
    expect(socket.send({ t: "hello" })).toBe(false);
    world.line.open();
    expect(socket.send({ t: "hello" })).toBe(true);
    expect(world.line.sent).toEqual(['{"t":"hello"}']);
  });

  it("gives up an attempt that hangs", () => {
    const { world, socket } = setUp();
    const first = world.line;
    world.pass(HUNG);
    expect(first.closedWith).toBe(4009);
    expect(socket.status).toMatchObject({ kind: "waiting", failures: 1 });
    world.pass(500);
    expect(world.lines).toHaveLength(2);
  });

  it("widens the wait with every attempt until a line has lived 30 s", () => {
    const { world, socket } = setUp();
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      world.line.fail(1006);
      const status = socket.status;
      if (status.kind !== "waiting") throw new Error(status.kind);
      waits.push(status.until - world.time);
      world.pass(status.until - world.time);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000]);
    world.line.open();
    world.pass(30_000);
    world.line.fail(1006);
    expect(socket.status).toMatchObject({ until: world.time + 500 });
  });

  it("reconnects after 40 s of silence, and beats in between", () => {
    const { world, seen } = setUp();
    world.line.open();
    world.line.say({ t: "challenge" });
    world.pass(SILENCE - 1);
    expect(world.line.sent).toEqual(['{"t":"beat","rev":7}']);
    expect(kinds(seen)).toEqual(["connecting", "open"]);
    world.pass(1);
    expect(kinds(seen).at(-1)).toBe("waiting");
    expect(world.line.closedWith).toBe(4009);
  });

  it("stays while the server answers its beats", () => {
    const { world, seen } = setUp();
    world.line.open();
    for (let n = 0; n < 10; n += 1) {
      world.pass(30_000);
      world.line.say({ t: "beat", rev: 7 });
    }
    expect(kinds(seen)).toEqual(["connecting", "open"]);
  });

  it("tests an open line when nudged: 3 s to answer", () => {
    const { world, socket } = setUp();
    world.line.open();
    socket.nudge();
    socket.nudge();
    expect(world.line.sent).toHaveLength(1);
    world.pass(NUDGE_ANSWER - 1);
    world.line.say({ t: "beat", rev: 7 });
    world.pass(NUDGE_ANSWER);
    expect(socket.status.kind).toBe("open");
    socket.nudge();
    world.pass(NUDGE_ANSWER);
    expect(socket.status.kind).toBe("waiting");
  });

  it("cuts a running back-off to a second when nudged", () => {
    const { world, socket } = setUp();
    world.line.fail(1013);
    expect(socket.status).toMatchObject({ until: 20_000, slowly: true });
    socket.nudge();
    expect(socket.status).toMatchObject({ until: 1_000, slowly: true });
  });

  it("obeys the server's retry_ms, whatever nudges", () => {
    const { world, socket } = setUp();
    world.line.open();
    world.line.say({ t: "bye", code: 1013, why: "busy", retry_ms: 9_000 });
    world.line.fail(1013);
    socket.nudge();
    expect(socket.status).toMatchObject({ kind: "waiting", until: 9_000 });
  });

  it("never comes back by itself after a code that stops (I13)", () => {
    const { world, socket } = setUp();
    world.line.open();
    world.line.say({ t: "bye", code: 4410, why: "Moved." });
    world.line.fail(4410);
    socket.nudge();
    world.pass(3_600_000);
    expect(world.lines).toHaveLength(1);
    expect(socket.status).toEqual({ kind: "stopped", code: 4410, why: "Moved." });
  });

  it("believes a bye whose close frame got lost", () => {
    const { world, socket } = setUp();
    world.line.open();
    world.line.say({ t: "bye", code: 4411, why: "Over." });
    world.line.fail(1006);
    expect(socket.status).toEqual({ kind: "stopped", code: 4411, why: "Over." });
  });

  it("connects again when told to, after a stop too", () => {
    const { world, socket } = setUp();
    world.line.open();
    world.line.fail(4408);
    socket.connect();
    world.line.open();
    expect(world.lines).toHaveLength(2);
    expect(socket.status.kind).toBe("open");
  });

  it("forgets the old line when told to connect", () => {
    const { world, socket, messages } = setUp();
    const old = world.line;
    old.open();
    socket.connect();
    old.say({ t: "late" });
    old.fail(1006);
    expect(messages).toEqual([]);
    expect(old.closedWith).toBe(1000);
    expect(socket.status.kind).toBe("connecting");
  });

  it("says blocked after three failures while plain HTTP works", async () => {
    const { world, socket } = setUp();
    for (let n = 0; n < 3; n += 1) {
      expect(socket.status.kind).toBe("connecting");
      world.line.fail(1006);
      if (n < 2) world.pass(500 * 2 ** n);
    }
    await Promise.resolve();
    expect(socket.status).toMatchObject({ kind: "waiting", failures: 3, blocked: true });
  });

  it("does not say blocked where nothing works", async () => {
    const { world, socket } = setUp(false);
    for (let n = 0; n < 3; n += 1) {
      world.line.fail(1006);
      if (n < 2) world.pass(500 * 2 ** n);
    }
    await Promise.resolve();
    expect(socket.status).toMatchObject({ kind: "waiting", failures: 3, blocked: false });
  });
});

it("takes the page's own scheme and host", () => {
  const at = (protocol: string) => ({ protocol, host: "example.org:8000" }) as Location;
  expect(socketUrl("/ws/c/x", at("https:"))).toBe("wss://example.org:8000/ws/c/x");
  expect(socketUrl("/ws/c/x", at("http:"))).toBe("ws://example.org:8000/ws/c/x");
});
