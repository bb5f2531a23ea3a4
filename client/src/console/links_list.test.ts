import { describe, expect, test } from "vitest";
import { counts, type Filter, range, shown, whyRefused } from "./links_list";
import type { Link } from "./staff_api";

function link(number: number, pid: string, more: Partial<Link> = {}): Link {
  return {
    number,
    pid,
    link: `https://a.example/c/x?pid=${pid}`,
    joined: false,
    refused: null,
    removed: false,
    ...more,
  };
}

const links = [
  link(1, "pm9s346q3d25vt4f5", { joined: true }),
  link(2, "pv37e3s3e28jt97kb", { joined: true, refused: "other_device" }),
  link(3, "p6cq643dzvmxxqkfb"),
  link(4, "pf5kznwj47tan9zt2", { refused: "full" }),
];
const nobody = new Set<string>();
const numbers = (filter: Filter, query = "", joined = nobody) =>
  shown(links, filter, query, joined).map(({ number }) => number);

test.each([
  ["all", [1, 2, 3, 4]],
  ["unused", [3, 4]],
  ["joined", [1, 2]],
  ["refused", [2, 4]],
] as const)("%s: %j", (filter, found) => {
  expect(numbers(filter)).toEqual(found);
  expect(counts(links, nobody)[filter]).toBe(found.length);
});

test("who joined since the table was fetched is told by the live line", () => {
  const joined = new Set(["p6cq643dzvmxxqkfb"]);
  expect(numbers("unused", "", joined)).toEqual([4]);
  expect(counts(links, joined)).toMatchObject({ joined: 3, unused: 1 });
});

describe("a search finds any part of a pid, within what is shown", () => {
  test.each([
    ["vmxx", "all", [3]],
    [" 6CQ6 43", "all", [3]],
    ["zt2", "joined", []],
    ["zt2", "refused", [4]],
  ] as const)("%j among %s: %j", (query, filter, found) => {
    expect(numbers(filter, query)).toEqual(found);
  });
});

test("why a device was refused", () => {
  expect(links.map(whyRefused)).toEqual([null, "other_device", null, "full"]);
  expect(whyRefused(link(5, "p", { refused: "not_open" }))).toBe("else");
});

test.each([
  ["1", "4", [1, 4]],
  [" 2 ", "2", [2, 2]],
  ["3", "2", null],
  ["0", "2", null],
  ["1", "5", null],
  ["", "2", null],
  ["one", "2", null],
] as const)("from %j to %j of four links: %j", (first, last, found) => {
  expect(range(first, last, 4)).toEqual(found);
});
