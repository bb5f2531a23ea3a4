import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** As if the server had written this path into the page. */
function placedAt(base: string): void {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: { dataset: { base } } });
}

describe.each(["", "/turnout", "/our/town-hall"])("below %j", (base) => {
  it("makes every address there, and reads it again", async () => {
    placedAt(base);
    const { href, parse } = await import("./console/routes");
    for (const path of ["/console", "/console/sign-in", "/console/console/audience"]) {
      expect(href(parse(base + path))).toBe(base + path);
    }
    expect(parse(`${base}/console/a/results`)).toEqual({ screen: "results", slug: "a" });
    const { slugOf } = await import("./address");
    expect(slugOf(`${base}/c/our-town`)).toBe("our-town");
    expect(slugOf(`${base}/c/our-town/`)).toBe("our-town");
    const { fileAddress, guideAddress, PLAIN } = await import("./console/staff_api");
    const talk = `${base}/api/console/conversations/c`;
    expect(fileAddress("c", "links.csv", PLAIN)).toBe(`${talk}/files/links.csv`);
    expect(guideAddress("c", "yaml")).toBe(`${talk}/guide?as=yaml`);
    const { socketUrl } = await import("./socket");
    const location = { protocol: "https:", host: "example.org" } as Location;
    expect(socketUrl("/ws/c/x", location)).toBe(`wss://example.org${base}/ws/c/x`);
  });

  it("asks the server there", async () => {
    placedAt(base);
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (address: string) => {
      asked.push(address);
      return new Response("{}");
    });
    const { participantApi } = await import("./api");
    await participantApi("talk").about();
    await participantApi("talk").signOut();
    const { staffApi } = await import("./console/staff_api");
    await staffApi.me();
    expect(asked).toEqual([
      `${base}/api/c/talk`,
      `${base}/api/console/sign-out`,
      `${base}/api/console/me`,
    ]);
  });
});

it("takes only the whole path for what stands before", async () => {
  placedAt("/turnout");
  const { door } = await import("./address");
  expect(door("/turnout-2/c/x")).toBe("/turnout-2/c/x");
  expect(door("/c/x")).toBe("/c/x");
  expect(door("/turnout/turnout/c/x")).toBe("/turnout/c/x");
});

it("keeps the things of servers on one host apart", async () => {
  const names = new Set<string>();
  for (const base of ["", "/turnout", "/turnout-2"]) {
    placedAt(base);
    const { linkName } = await import("./device");
    names.add(linkName("talk", ""));
    const { keptAs } = await import("./address");
    names.add(keptAs("talk"));
  }
  expect(names.size).toBe(6);
});
