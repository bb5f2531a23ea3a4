import { expect, test } from "vitest";
import { fits, nextStart, running } from "./conversations";
import type { Listed } from "./staff_api";

function row(slug: string, more: Partial<Listed> = {}): Listed {
  return {
    slug,
    title: slug,
    phase: "draft",
    questions: 3,
    joined: 0,
    max_participants: 10,
    links: "unique",
    created_at: 0,
    starts_at: null,
    ...more,
  };
}

test.each([
  ["", true],
  ["  ", true],
  ["STREETS our", true],
  ["town-2", true],
  ["our parks", false],
])("%j finds it: %s", (query, found) => {
  expect(fits(row("town-2", { title: "Our streets" }), query)).toBe(found);
});

test("what starts next has not started, and is not past", () => {
  const rows = [
    row("none"),
    row("later", { starts_at: 300 }),
    row("soon", { starts_at: 200, phase: "published" }),
    row("live", { starts_at: 150, phase: "live" }),
    row("past", { starts_at: 99 }),
  ];
  expect(nextStart(rows, 100)).toEqual({ row: rows[2], at: 200 });
  expect(nextStart(rows, 301)).toBeNull();
});

test("people can answer while it is live or open at their own pace", () => {
  const rows = [
    row("a", { phase: "live" }),
    row("b", { phase: "ended" }),
    row("c", { phase: "flex" }),
  ];
  expect(running(rows).map(({ slug }) => slug)).toEqual(["a", "c"]);
});
