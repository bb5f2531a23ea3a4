import { beforeEach, expect, test, vi } from "vitest";
import { dropWritings, keepWriting, keptWriting } from "./kept_writing";
import { begin, type Writing } from "./writing";

/** Like a browser's: what is kept are its own properties. */
class Kept {
  getItem(name: string): string | null {
    return (this as unknown as Record<string, string>)[name] ?? null;
  }
  setItem(name: string, value: string): void {
    Object.assign(this, { [name]: value });
  }
  removeItem(name: string): void {
    Reflect.deleteProperty(this, name);
  }
}

const begun = begin(null);
const typed: Writing = { ...begun, typed: { ...begun.typed, text: "Why not?" } };
const spot = (by: string) => ({ by, slug: "streets", item: null });

beforeEach(() => {
  vi.stubGlobal("sessionStorage", new Kept());
});

test("what is written is there again for its author alone", () => {
  keepWriting(spot("Ann"), typed);
  expect(keptWriting(spot("Ann"))?.typed.text).toBe("Why not?");
  expect(keptWriting(spot("Ben"))).toBeNull();
  expect(keptWriting(spot("Ann streets"))).toBeNull();
});

test("signing out takes everything, another account all that is not its own", () => {
  for (const by of ["Ann", "Ann B", "Ben"]) keepWriting(spot(by), typed);
  dropWritings({ butBy: "Ann" });
  expect(Object.keys(sessionStorage)).toHaveLength(1);
  expect(keptWriting(spot("Ann"))).not.toBeNull();
  dropWritings({ butBy: null });
  expect(Object.keys(sessionStorage)).toEqual([]);
});

test("a session that lapsed leaves nothing to the next account in the same tab", async () => {
  vi.stubGlobal("location", { pathname: "/console", hash: "" });
  vi.stubGlobal("document", { documentElement: { dataset: {} } });
  const { askWho, who } = await import("./session");
  const signsIn = async (name: string) => {
    const me = JSON.stringify({ name, role: "moderator", public: null });
    vi.stubGlobal("fetch", async () => new Response(me));
    await askWho();
    expect(who.value).toMatchObject({ kind: "somebody", me: { name } });
  };
  await signsIn("Ann");
  keepWriting(spot("Ann"), typed);
  await signsIn("Ann");
  expect(keptWriting(spot("Ann"))).not.toBeNull();
  await signsIn("Ben");
  expect(Object.keys(sessionStorage)).toEqual([]);
});
