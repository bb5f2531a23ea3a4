import { describe, expect, test } from "vitest";
import { found, mutingOf, noTexts, type TextAnswer, withPage } from "./texts";

function answer(participant: number, text: string, aseq: number): TextAnswer {
  return { participant, pid: "", text, answered_at: aseq, aseq };
}

const written = (texts: { rows: readonly TextAnswer[] }) => texts.rows.map((row) => row.text);

describe("pages of texts", () => {
  const first = withPage(noTexts(3), { aseq: 2, answers: [answer(1, "a", 1), answer(2, "b", 2)] });

  test("newest first", () => {
    expect(written(first)).toEqual(["b", "a"]);
    expect(first).toMatchObject({ question: 3, aseq: 2 });
  });

  test("a later page comes on top, and a replaced answer is shown once", () => {
    const page = { aseq: 4, answers: [answer(3, "c", 3), answer(1, "A", 4)] };
    expect(written(withPage(first, page))).toEqual(["A", "c", "b"]);
  });

  test("of two answers of a person in one page the newer counts", () => {
    const page = { aseq: 5, answers: [answer(7, "old", 4), answer(7, "new", 5)] };
    expect(written(withPage(noTexts(3), page))).toEqual(["new"]);
  });

  test("an empty page moves on and keeps the very same rows", () => {
    const next = withPage(first, { aseq: 9, answers: [] });
    expect(next.aseq).toBe(9);
    expect(next.rows).toBe(first.rows);
  });

  test("a page that was read already changes nothing", () => {
    expect(withPage(first, { aseq: 2, answers: [answer(9, "z", 2)] })).toBe(first);
  });

  test("without names, nobody replaces anybody", () => {
    const page = { aseq: 2, answers: [answer(0, "a", 1), answer(0, "b", 2)] };
    const more = { aseq: 3, answers: [answer(0, "c", 3)] };
    expect(written(withPage(withPage(noTexts(1), page), more))).toEqual(["c", "b", "a"]);
  });
});

test("search ignores case and blanks around", () => {
  const rows = [answer(1, "Because it HELPS", 1), answer(2, "no", 2)];
  expect(written({ rows: found(rows, " helps ") })).toEqual(["Because it HELPS"]);
  expect(found(rows, "  ")).toBe(rows);
});

describe("where nobody has a name", () => {
  const veiled = (author: string, text: string, aseq: number) => ({
    ...answer(0, text, aseq),
    author,
  });

  test("a replaced answer is shown once all the same", () => {
    const page = { aseq: 3, answers: [veiled("x", "old", 1), veiled("y", "b", 2)] };
    const next = { aseq: 4, answers: [veiled("x", "new", 4)] };
    expect(written(withPage(withPage(noTexts(3), page), next))).toEqual(["new", "b"]);
  });

  test("texts without any author stay apart", () => {
    const page = { aseq: 2, answers: [answer(0, "a", 1), answer(0, "b", 2)] };
    expect(written(withPage(noTexts(3), page))).toEqual(["b", "a"]);
  });
});

test("muting is by number, by the author of a text, or not at all", () => {
  expect(mutingOf(answer(7, "a", 1), 3)).toEqual({ op: "mute", participant: 7 });
  expect(mutingOf({ ...answer(0, "a", 1), author: "x" }, 3)).toEqual({
    op: "mute",
    question: 3,
    author: "x",
  });
  expect(mutingOf({ ...answer(0, "a", 1), author: "" }, 3)).toBeNull();
  expect(mutingOf(answer(0, "a", 1), 3)).toBeNull();
});
