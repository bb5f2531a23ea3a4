import { describe, expect, it } from "vitest";
import type { ToParticipant, Welcome } from "../wire";
import { Drift, skewAfter, wasAsleep } from "./clock";
import { about, Life, NOW, OPEN, openNow, outside, question, welcome } from "./life";
import { planLeft, screenOf } from "./screen";

const HOUR = 3_600_000;

describe("the server's clock", () => {
  it("is what the server says, wherever the stopwatch began", () => {
    expect(skewAfter(0, NOW, 1_200)).toBe(NOW - 1_200);
  });
  it("is not set back by a frame that was slow on its way", () => {
    const skew = skewAfter(0, NOW, 0);
    expect(skewAfter(skew, NOW + 25_000, 25_900)).toBe(skew);
  });
  it("is put forward by a frame that was faster than those before", () => {
    const skew = skewAfter(0, NOW, 900);
    expect(skewAfter(skew, NOW + 25_000, 25_100)).toBe(NOW - 100);
  });
  it("is set back where the server's own clock was", () => {
    expect(skewAfter(NOW, NOW - HOUR, 0)).toBe(NOW - HOUR);
  });
  it("tells a device that slept from frames that come now sooner, now later", () => {
    expect(wasAsleep(NOW, NOW + 1_500)).toBe(false);
    expect(wasAsleep(NOW, NOW + 40_000)).toBe(true);
  });
});

describe("a clock that goes its own way", () => {
  it("is seen once, whether it was set or the stopwatch stood still", () => {
    const drift = new Drift(NOW, 0);
    expect(drift.seen(NOW + 1_000, 1_010)).toBe(false);
    expect(drift.seen(NOW + HOUR, 2_000)).toBe(true);
    expect(drift.seen(NOW + HOUR + 1_000, 3_000)).toBe(false);
    expect(drift.seen(NOW, 4_000)).toBe(true);
  });
  it("is no matter of seconds that a busy device was late", () => {
    const drift = new Drift(NOW, 0);
    expect(drift.seen(NOW + 30_000, 30_000)).toBe(false);
  });
});

/** A page whose stopwatch began when the server's clock said NOW. */
function page(...heard: ToParticipant[]): Life {
  const life = new Life();
  life.now = 0;
  return life.do({ ...about(), now: 0 }, outside, { type: "line", status: OPEN }).hear(...heard);
}
const beat = (now: number): ToParticipant => ({ t: "beat", rev: 10, now });
const timed = { ...openNow(1), item: { ...question(1), duration: 120 } };
const greeting = (parts: Partial<Welcome> = {}) => welcome([timed], { plan_left: 90, ...parts });
const left = (life: Life) => planLeft(life.state, 1, life.now);

describe("deadlines", () => {
  it("of a plan are what the server said, minus what has passed", () => {
    const life = page(greeting());
    expect(left(life)).toBe(90);
    life.now += 60_000;
    expect(left(life)).toBe(30);
  });
  it("of a plan do not move with a slow frame", () => {
    const life = page(greeting());
    life.now += 30_900;
    life.hear(beat(NOW + 30_000));
    expect(life.state.gap).toBe(false);
    expect(left(life)).toBe(60);
  });
  it("are right again after a sleep in which the stopwatch stood still", () => {
    const life = page(greeting());
    life.now += 1_000;
    life.hear(beat(NOW + 61_000));
    expect(left(life)).toBe(30);
  });
  it("that were counted before the sleep was known are asked for", () => {
    const life = page(welcome());
    // Slept an hour; what came meanwhile is read before the server's word on the time.
    life.event({ kind: "opened", item: timed.item });
    life.hear({ t: "beat", rev: 11, now: NOW + HOUR });
    expect(life.state.gap).toBe(true);
    life.hear(greeting({ rev: 11, now: NOW + HOUR }));
    expect(life.state.gap).toBe(false);
    expect(left(life)).toBe(90);
  });
  it("are not asked for outside, where nobody would answer", () => {
    expect(page(beat(NOW + HOUR)).state.gap).toBe(false);
  });
  it.each(["endsAt", "startsAt", "endedAt"] as const)("%s is the server's time", (name) => {
    const life = new Life();
    life.now = 5_000;
    life.do({ ...about({ ended_ago: 60, ends_in: 60, starts_in: 60 }), now: 5_000 });
    const minute = name === "endedAt" ? -60_000 : 60_000;
    expect(life.state[name]).toBe(NOW + minute);
  });
  it("open the waiting room by the server's time", () => {
    const life = page();
    life.now = HOUR - 8 * 60_000;
    expect(life.screen.kind).toBe("welcome");
    life.hear(beat(NOW + HOUR - 6 * 60_000));
    expect(screenOf(life.state, life.now).kind).toBe("terms");
  });
});
