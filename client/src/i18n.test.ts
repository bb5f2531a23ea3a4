import { describe, expect, it, vi } from "vitest";
import arabic from "./catalogue/ar";
import english from "./catalogue/en";
import { choose, formats, knowsZone, load } from "./i18n";

const winter = Date.UTC(2026, 10, 26, 15, 5);

describe("formats", () => {
  const f = formats("en-GB");
  it("writes numbers, percentages and clocks", () => {
    expect(f.number(12345)).toBe("12,345");
    expect([0, 29, 57, 58, 100].map(f.percent)).toEqual(["0%", "29%", "57%", "58%", "100%"]);
    expect([f.clock(252), f.clock(5)]).toEqual(["4:12", "0:05"]);
  });
  it("writes times in the zone it is given", () => {
    expect(f.time(winter, "Africa/Nairobi")).toBe("18:05");
    expect(f.dayTime(winter, "Asia/Tokyo")).toContain("Friday");
    expect(f.place("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  });
  it("uses a language's own digits", () => {
    expect(formats("ar-EG").clock(65)).toBe("١:٠٥");
  });
  it("knows which zones a browser knows", () => {
    expect(["Europe/Berlin", "UTC", "Mars/Base", ""].map(knowsZone)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("choosing a language", () => {
  it("keeps the reader's region where the language fits", () => {
    expect(choose(["en-ZA", "ar"], ["en", "ar"], "en")).toEqual({
      language: "en",
      locale: "en-ZA",
    });
  });
  it("takes the first that is there", () => {
    expect(choose(["sw", "ar-EG"], ["en", "ar"], "en")).toEqual({
      language: "ar",
      locale: "ar-EG",
    });
  });
  it("falls back", () => {
    expect(choose(["sw"], ["en", "ar"], "en")).toEqual({ language: "en", locale: "en" });
  });
  it("loads the file of that name and turns the page with it", async () => {
    const documentElement = { lang: "", dir: "" };
    vi.stubGlobal("document", { documentElement });
    const files = {
      "./catalogue/ar.ts": async () => ({ default: () => "marhaban" }),
      "./catalogue/en.ts": async () => ({ default: () => "hello" }),
    };
    expect(await load(files, ["ar-EG"])).toBe("marhaban");
    expect(documentElement).toEqual({ lang: "ar", dir: "rtl" });
    expect(await load(files, ["fr"])).toBe("hello");
    expect(documentElement).toEqual({ lang: "en", dir: "ltr" });
    vi.unstubAllGlobals();
  });
});

describe("Arabic", () => {
  const t = arabic(formats("ar-EG"));
  it("counts in its six forms", () => {
    expect([0, 1, 2, 3, 11, 100].map(t.waiting.people)).toEqual([
      "لا أحد ينتظر على ما يبدو",
      "نحو شخص واحد ينتظر",
      "نحو شخصين ينتظران",
      "نحو ٣ أشخاص ينتظرون",
      "نحو ١١ شخصًا ينتظرون",
      "نحو ١٠٠ شخص ينتظرون",
    ]);
  });
  it("keeps foreign names apart", () => {
    expect(t.coming.yourTime("Europe/Berlin")).toBe("بتوقيتك (\u2068Berlin\u2069)");
  });
});

describe("English", () => {
  const t = english(formats("en"));
  it("counts people in words that fit", () => {
    expect(t.waiting.people(1)).toBe("About 1 person is waiting");
    expect(t.waiting.people(1412)).toBe("About 1,412 people are waiting");
  });
  it("says how long the plan is", () => {
    expect([15, 60, 90].map(t.plan.about)).toEqual([
      "about 15 s",
      "about 1 min",
      "about 1 min 30 s",
    ]);
  });
});
