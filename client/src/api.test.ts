import { afterEach, describe, expect, it, vi } from "vitest";
import { call, participantApi, read } from "./api";

afterEach(() => vi.unstubAllGlobals());

describe("reading an answer", () => {
  it("takes JSON as the value", () => {
    expect(read(200, '{"ready":true}')).toEqual({ ok: true, value: { ready: true } });
    expect(read(204, "")).toEqual({ ok: true, value: undefined });
  });
  it("takes a refusal as a value, with all its fields", () => {
    const text = '{"code":"slow_down","why":"Too many.","retry_ms":9000,"problems":[1]}';
    expect(read(429, text)).toEqual({ ok: false, status: 429, refusal: JSON.parse(text) });
  });
  it.each([
    [502, "<html>"],
    [200, "<html>"],
    [500, "null"],
    [404, '{"detail":"x"}'],
  ])("%i %s is unreadable", (status, text) => {
    expect(read(status, text)).toEqual({
      ok: false,
      status,
      refusal: { code: "unreadable", why: "" },
    });
  });
});

describe("a call", () => {
  it("posts JSON and never puts the pid in the address", async () => {
    const fetched = vi.fn(async () => new Response('{"ready":true,"phase":"live"}'));
    vi.stubGlobal("fetch", fetched);
    await participantApi("a/b").check({ pid: "p123" });
    const [path, init] = fetched.mock.calls[0] as unknown as [string, RequestInit];
    expect(path).toBe("/api/c/a%2Fb/check");
    expect(init.method).toBe("POST");
    expect(init.body).toBe('{"pid":"p123"}');
  });
  it("gives an unreachable server as a value", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    expect(await call("/x")).toMatchObject({ ok: false, status: 0, refusal: { code: "offline" } });
  });
  it("gives up a call that hangs", async () => {
    vi.useFakeTimers();
    vi.stubGlobal(
      "fetch",
      (_path: string, init: RequestInit) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    );
    const result = call("/x");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await result).toMatchObject({ refusal: { code: "offline" } });
    vi.useRealTimers();
  });
});
