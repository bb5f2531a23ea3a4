import { describe, expect, it } from "vitest";
import { isBlank } from "../blank";
import type { Item } from "../wire";
import {
  check,
  codePoints,
  draftOf,
  isEmpty,
  readNumber,
  rows,
  stepped,
  toggled,
  wellFormed,
} from "./draft";

function item(type: Item["type"], more: Partial<Item> = {}): Item {
  return { id: 7, number: 1, text: "?", type, ...more };
}

const OPTIONS = [{ text: "a" }, { text: "b" }, { text: "c" }, { text: "none", exclusive: true }];
const several = item("multiple_choice", { options: OPTIONS, other: true });

describe("text", () => {
  it("is counted in code points", () => {
    expect(["", "abc", "🚲🚲", "é"].map(codePoints)).toEqual([0, 3, 2, 1]);
  });
  it("is made well-formed", () => {
    expect(wellFormed("a\0b\ud800c\udc00 🚲")).toBe("ab\ufffdc\ufffd 🚲");
  });
  const invisible = [
    ["", " \n\t", "\u200b\u2060\ufeff", "\u3164", "\u2800", "\ufe0f", "\u{e0101}", "\u034f"],
    [
      "\u115f",
      "\u17b4",
      "\u180b",
      "\u180f",
      "\u2065",
      "\uffa0",
      "\ufff0",
      "\u{e0fff}",
      "\u{1d173}",
    ],
  ];
  it.each(invisible.flat())("%j shows nothing", (text) => expect(isBlank(text)).toBe(true));
  it.each(["a", " . ", "0", "🚲", "مرحبا"])("%j shows something", (text) =>
    expect(isBlank(text)).toBe(false),
  );
  it("is refused empty and over-long, at the exact limit not", () => {
    const question = item("open_text");
    expect(check(question, { text: " " }, 3)).toEqual({ ok: false, problem: { kind: "write" } });
    expect(check(question, { text: "🚲🚲🚲" }, 3)).toEqual({ ok: true, body: { text: "🚲🚲🚲" } });
    expect(check(question, { text: "abcde" }, 3)).toEqual({
      ok: false,
      problem: { kind: "long", over: 2, most: 3 },
    });
  });
});

describe("numbers", () => {
  it.each([
    ["7", 7],
    [" 7.5 ", 7.5],
    ["7,5", 7.5],
    ["-3", -3],
    ["−3", -3],
    [".5", 0.5],
    ["", null],
    ["7.5.1", null],
    ["1e3", null],
    ["seven", null],
  ])("%j is %s", (typed, number) => expect(readNumber(typed)).toBe(number));

  const hours = item("number", { min: 0, max: 24, step: 0.1 });
  it.each(["0", "24", "0.3", "7.7"])("%s fits", (number) => {
    expect(check(hours, { number }, 9)).toEqual({ ok: true, body: { number: Number(number) } });
  });
  it.each(["-0.1", "24.1", "0.25", ""])("%j does not", (number) => {
    expect(check(hours, { number }, 9)).toMatchObject({
      problem: { kind: "number", min: 0, max: 24, step: 0.1 },
    });
  });
  it("steps along the grid and stays within the bounds", () => {
    const seven = item("number", { min: 1, max: 8, step: 2 });
    expect(stepped(seven, "", 1)).toBe("1");
    expect(stepped(seven, "", -1)).toBe("8");
    expect(stepped(seven, "3", 1)).toBe("5");
    expect(stepped(seven, "4", 1)).toBe("5");
    expect(stepped(seven, "4", -1)).toBe("3");
    expect(stepped(seven, "1", -1)).toBe("1");
    expect(stepped(seven, "7", 1)).toBe("8");
    expect(stepped(hours, "0.2", 1)).toBe("0.3");
  });
});

describe("choices", () => {
  const one = item("single_choice", { options: OPTIONS, other: true });
  it("takes an option, or what was written instead", () => {
    expect(check(one, {}, 9)).toMatchObject({ problem: { kind: "choose" } });
    expect(check(one, { option: 2 }, 9)).toEqual({ ok: true, body: { option: 2 } });
    expect(check(one, { ownChosen: true, own: "x" }, 9)).toEqual({
      ok: true,
      body: { other: "x" },
    });
    expect(check(one, { ownChosen: true }, 9)).toMatchObject({ problem: { kind: "write" } });
  });
  it("takes several in the guide's order", () => {
    expect(check(several, {}, 9)).toMatchObject({ problem: { kind: "several" } });
    expect(check(several, { options: [3, 1] }, 9)).toEqual({ ok: true, body: { options: [1, 3] } });
    expect(check(several, { options: [2], ownChosen: true, own: "x" }, 9)).toEqual({
      ok: true,
      body: { options: [2], other: "x" },
    });
  });
  it("lets an exclusive row rule out the rest, and the rest it", () => {
    const some = toggled(several, toggled(several, {}, 1), "own");
    expect(some).toEqual({ options: [1], ownChosen: true });
    const none = toggled(several, some, 4);
    expect(none).toEqual({ options: [4], ownChosen: false });
    expect(toggled(several, none, 2)).toEqual({ options: [2], ownChosen: false });
    expect(toggled(several, none, "own")).toEqual({ options: [], ownChosen: true });
    expect(toggled(several, some, 1)).toEqual({ options: [], ownChosen: true });
    expect(toggled(several, some, "own")).toEqual({ options: [1], ownChosen: false });
  });
});

describe("a draft", () => {
  it("is what an answer looks like in the fields, and back", () => {
    const body = { options: [1, 2], other: "x" };
    expect(check(several, draftOf(body), 9)).toEqual({ ok: true, body });
    expect(draftOf({ number: 0.5 })).toEqual({ number: "0.5" });
    expect(draftOf({ option: 2 })).toEqual({ option: 2 });
    expect(draftOf({ text: "t" })).toEqual({ text: "t" });
  });
  it("is empty as long as nothing would be lost", () => {
    expect([undefined, {}, { text: " " }, { options: [], own: "x" }].map(isEmpty)).toEqual(
      Array(4).fill(true),
    );
    expect(
      [{ option: 1 }, { options: [1] }, { number: "1" }, { ownChosen: true }].map(isEmpty),
    ).toEqual(Array(4).fill(false));
  });
  it("of a message is none", () => {
    expect(check(item("message"), {}, 9).ok).toBe(false);
  });
});

describe("the order of rows", () => {
  const random = { ...several, randomize: true };
  it("is the guide's, with the own answer before a last row that rules out the rest", () => {
    expect(rows(several, "s")).toEqual([1, 2, 3, "own", 4]);
    expect(rows({ ...several, options: OPTIONS.slice(0, 2) }, "s")).toEqual([1, 2, "own"]);
  });
  it("is random but stable for a device and a question, exclusive rows last", () => {
    const orders = Array.from({ length: 60 }, (_, n) => rows(random, `device ${n}`));
    for (const order of orders) {
      expect(order.slice(3)).toEqual(["own", 4]);
      expect(new Set(order.slice(0, 3))).toEqual(new Set([1, 2, 3]));
    }
    expect(new Set(orders.map(String)).size).toBe(6);
    expect(rows(random, "device 1")).toEqual(orders[1]);
  });
  it("differs from question to question", () => {
    const all = Array.from({ length: 20 }, (_, id) =>
      String(rows({ ...random, id }, "one device")),
    );
    expect(new Set(all).size).toBeGreaterThan(2);
  });
});
