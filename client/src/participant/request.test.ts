import { describe, expect, it } from "vitest";
import type { Takeover } from "../wire";
import { isAsked, type Request, requested } from "./request";

const NOW = 1_000_000;
const LIFE = 600_000;

function asks(since: number, tries: number): Takeover {
  return { t: "takeover", since, tries_left: tries };
}

function first(): Request {
  return requested(null, asks(10, 5), NOW);
}

describe("a request for this link", () => {
  it("is shown for ten minutes from when it was made", () => {
    const request = first();
    expect(request).toMatchObject({ askedAt: NOW - 10_000, triesLeft: 5, wrong: false });
    expect(isAsked(request, NOW)).toBe(true);
    expect(isAsked(request, NOW - 10_000 + LIFE - 1)).toBe(true);
    expect(isAsked(request, NOW - 10_000 + LIFE)).toBe(false);
    expect(isAsked(null, NOW)).toBe(false);
  });
  it("keeps its time after wrong letters", () => {
    const after = requested({ ...first(), busy: true }, asks(0, 4), NOW + 60_000);
    expect(after).toEqual({ ...first(), triesLeft: 4, wrong: true, busy: false });
  });
  it("stays aside when a new line repeats it", () => {
    const hidden = { ...first(), hidden: true };
    const again = requested(hidden, asks(31, 5), NOW + 20_000);
    expect(isAsked(again, NOW + 20_000)).toBe(false);
  });
  it("is another one when it is newer, has more tries, or the old one has lapsed", () => {
    const hidden = { ...first(), hidden: true };
    expect(isAsked(requested(hidden, asks(0, 5), NOW + 20_000), NOW + 20_000)).toBe(true);
    const tried = { ...hidden, triesLeft: 1 };
    expect(isAsked(requested(tried, asks(12, 5), NOW), NOW)).toBe(true);
    expect(isAsked(requested(hidden, asks(0, 3), NOW + LIFE), NOW + LIFE)).toBe(true);
  });
});
