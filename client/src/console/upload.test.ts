import { describe, expect, test } from "vitest";
import { base64, type Draft, faults, MAX_BYTES, refusedFile } from "./upload";

test.each([
  ["guide.csv", 10, null],
  ["guide.yaml", MAX_BYTES, null],
  ["guide.csv", MAX_BYTES + 1, "big"],
  ["Guide.XLSX", 10, null],
  ["guide.xls", 10, "workbook"],
  ["guide.ods", 10, "workbook"],
] as const)("%s of %d bytes: %j", (name, size, why) => {
  expect(refusedFile(name, size)).toBe(why);
});

test("base64 is of the bytes, however many", () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => (i * 7) % 256);
  expect(Uint8Array.from(atob(base64(bytes)), (c) => c.charCodeAt(0))).toEqual(bytes);
  expect(base64(new Uint8Array())).toBe("");
});

describe("the form", () => {
  const good: Draft = {
    title: "AI",
    max: "600",
    duration: "60",
    starts: "",
    zone: "Europe/Berlin",
  };

  test("is good without a start", () => {
    expect([...faults(good)]).toEqual([]);
    expect([...faults({ ...good, starts: "2026-11-26T16:00" })]).toEqual([]);
  });

  test.each([
    [{ title: "  " }, ["title"]],
    [{ max: "0" }, ["max"]],
    [{ max: "100001" }, ["max"]],
    [{ max: "1e3" }, ["max"]],
    [{ max: "" }, ["max"]],
    [{ duration: "1441" }, ["duration"]],
    [{ duration: "12.5" }, ["duration"]],
    [{ starts: "2026-03-29T02:30" }, ["starts"]],
  ])("%j", (change, fields) => {
    expect([...faults({ ...good, ...change })]).toEqual(fields);
  });
});
