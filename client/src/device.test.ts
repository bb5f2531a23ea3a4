import { describe, expect, it } from "vitest";
import { hex, linkName, noteJoined, openDevice, rememberedDevices, sign, uuid } from "./device";

function bytes(base64url = ""): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function decode(part: string | undefined): unknown {
  return JSON.parse(new TextDecoder().decode(bytes(part)));
}

describe("the name of a link", () => {
  it("is one for all spellings that the server reads as one", () => {
    const name = linkName("talk", "p0123456789abcd10");
    expect(linkName("talk", " P0123456789ABCD1O. ")).toBe(name);
    expect(linkName("talk", "ｐ0123456789abcdl0")).toBe(name);
  });
  it("differs by conversation and by pid", () => {
    const names = [
      linkName("a", "p1"),
      linkName("b", "p1"),
      linkName("a", "p2"),
      linkName("a", ""),
    ];
    expect(new Set(names).size).toBe(4);
  });
});

describe("random names", () => {
  it("marks a UUID as version 4", () => {
    expect(uuid(new Uint8Array(16).fill(255))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    expect(uuid(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
    expect(uuid()).not.toBe(uuid());
  });
  it("writes bytes in lower-case hex", () =>
    expect(hex(new Uint8Array([0, 10, 255]))).toBe("000aff"));
});

describe("a device", () => {
  it("is made once, and every page load raises its tab", async () => {
    const devices = rememberedDevices();
    const first = await openDevice(devices, "x", "p1");
    const second = await openDevice(devices, "x", "p1");
    expect(first.attempt).toMatch(/^[0-9a-f]{32}$/);
    expect(second.attempt).toBe(first.attempt);
    expect(second.keys).toBe(first.keys);
    expect([first.tab, second.tab]).toEqual([1, 2]);
    expect(first.keys?.privateKey.extractable).toBe(false);
  });
  it("is one even if two tabs make it at once", async () => {
    const devices = rememberedDevices();
    const [a, b] = await Promise.all([
      openDevice(devices, "x", "p1"),
      openDevice(devices, "x", "p1"),
    ]);
    expect(a.keys).toBe(b.keys);
    expect(new Set([a.tab, b.tab])).toEqual(new Set([1, 2]));
  });
  it("remembers that it joined, and keeps its own tab number", async () => {
    const devices = rememberedDevices();
    const mine = await openDevice(devices, "x", "p1");
    await openDevice(devices, "x", "p1");
    const joined = await noteJoined(devices, "x", mine, true);
    expect([joined.joined, joined.tab]).toEqual([true, 1]);
    expect(await devices.read("x")).toMatchObject({ joined: true, tab: 2 });
  });
});

describe("what this browser keeps of a conversation", () => {
  it("is found by its slug where it joined, and can be removed", async () => {
    const devices = rememberedDevices();
    for (const [slug, pid] of [
      ["talk", "P1"],
      ["talk", "p2"],
      ["talk-2", "p3"],
    ] as const) {
      const name = linkName(slug, pid);
      const device = await openDevice(devices, name, pid);
      if (pid !== "p2") await noteJoined(devices, name, device, true);
    }
    expect((await devices.joined("talk")).map((one) => one.pid)).toEqual(["P1"]);
    await devices.remove(linkName("talk", "p1"));
    expect(await devices.joined("talk")).toEqual([]);
    expect(await devices.read(linkName("talk-2", "p3"))).toMatchObject({ joined: true });
  });
});

describe("a proof", () => {
  const claims = { nonce: "n", slug: "talk", pid: "p1", attempt: "", use: "hello" } as const;
  it("is a compact JWS with exactly the agreed header and payload", async () => {
    const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
      "sign",
      "verify",
    ]);
    const [header, payload, signature] = (await sign(keys, claims, "https://a.org")).split(".");
    const { x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
    expect(decode(header)).toEqual({
      typ: "turnout-proof+jwt",
      alg: "ES256",
      jwk: { kty: "EC", crv: "P-256", x, y },
    });
    expect(decode(payload)).toEqual({ ...claims, aud: "https://a.org" });
    const good = await crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" },
      keys.publicKey,
      bytes(signature),
      new TextEncoder().encode(`${header}.${payload}`),
    );
    expect(good).toBe(true);
  });
});
