import { describe, expect, it } from "vitest";
import shared from "../../../../tests/match/shared.json";
import { type CsvFile, readCsv } from "./csv";
import { fileOf, guessedColumn, type Matched, match, RESULTS, THRESHOLD } from "./matching";
import { type People, readPeople } from "./people";
import { type Fault, textOf } from "./text";

type FileOfCase = string | { readonly base64: string };

function bytesOf(file: FileOfCase): Uint8Array<ArrayBuffer> {
  if (typeof file === "string") return new TextEncoder().encode(file);
  return Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0));
}

function listOf(file: FileOfCase): CsvFile | Fault {
  const text = textOf(bytesOf(file));
  return typeof text === "string" ? readCsv(text) : text;
}

function peopleOf(file: FileOfCase): People {
  const people = readPeople(bytesOf(file));
  if (people === null) throw new Error("no participant data");
  return people;
}

function matched(list: FileOfCase, data: FileOfCase, threshold = THRESHOLD, name?: string) {
  const read = listOf(list);
  if (!("rows" in read)) return read;
  const people = peopleOf(data);
  const column = name === undefined ? guessedColumn(read, people) : read.header.indexOf(name);
  return typeof column === "number" ? match(read, people, column, threshold) : column;
}

function done(list: FileOfCase, data: FileOfCase = shared.data): Matched {
  const found = matched(list, data);
  if (!("of" in found)) throw new Error(found.kind);
  return found;
}

describe("what turnout match makes of the same files", () => {
  it.each(shared.cases)("$name", (one) => {
    const found = matched(one.list, one.data ?? shared.data, one.threshold, one.column);
    if (one.refused !== undefined) {
      expect({ row: "row" in found ? found.row : 0 }).toEqual(one.refused);
      expect(found).toHaveProperty("kind");
      return;
    }
    if (!("of" in found)) throw new Error(found.kind);
    expect(found.list.header[found.column]).toBe(one.id_column);
    const [came, under, away, never, others] = RESULTS.map((result) => found.of[result]);
    expect({
      rows_of_list: found.list.rows.length,
      came,
      came_under_threshold: under,
      turned_away: away,
      never_came: never,
      not_on_your_list: others,
    }).toEqual(one.counts);
    expect(fileOf(found)).toBe(one.file);
  });
});

const [A, B, D] = ["p0123456789abcdef", "p1123456789abcdef", "p3123456789abcdef"];

describe("what the page tells besides", () => {
  it("how many rows have no id, repeat one, and how many links are not on the list", () => {
    const found = done(`id\n${A}\n${A}\n${A}\n\nnone\n`);
    expect([found.unreadable, found.repeated, found.unused, found.list.empty]).toEqual([
      1, 2, 1, 1,
    ]);
    expect(done(`id\n${A}\n${D}`).unused).toBe(0);
  });

  it("why each row is so", () => {
    const data = `${shared.data}\n`;
    const rows = done(`id\n${A}\n${A}\nnone\n\np9123456789abcdef`, data).rows;
    expect(rows.map(({ row, result, why, again }) => [row, result, why.kind, again])).toEqual([
      [2, "came", "none", [3]],
      [3, "came", "none", [2]],
      [4, "never came", "unreadable", []],
      [6, "never came", "noLink", []],
      [0, "not on your list", "none", []],
      [0, "not on your list", "turnedAway", []],
    ]);
  });

  it("that most lists are a moment's work", () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i) => `Person ${i},person${i}@example.org,${B}`,
    );
    const found = done(["Name,E-mail,id", ...many].join("\n"));
    expect(found.rows).toHaveLength(10_002);
    expect(found.repeated).toBe(9_999);
  });
});

describe("what a file is instead of a list", () => {
  it.each<[string, Uint8Array<ArrayBuffer>, Fault]>([
    ["workbook", new Uint8Array([0x50, 0x4b, 3, 4]), { kind: "other", what: "workbook" }],
    ["picture", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), { kind: "other", what: "picture" }],
    ["compressed", new Uint8Array([0x1f, 0x8b]), { kind: "other", what: "compressed" }],
    ["UTF-32", new Uint8Array([0xff, 0xfe, 0, 0]), { kind: "other", what: "utf32" }],
    ["big", new Uint8Array(50 * 1024 * 1024 + 1), { kind: "big" }],
    ["half UTF-16", new Uint8Array([0xff, 0xfe, 0x61]), { kind: "encoding", line: 0 }],
  ])("%s", (_, bytes, fault) => expect(textOf(bytes)).toEqual(fault));

  it.each([
    ["a,b\nc,\xe9\n", 2],
    ["\xe9", 1],
    ["a\r\nb\rc\nd\n\xe9 \n", 5],
  ])("%j is no UTF-8 in line %i", (text, line) => {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    expect(textOf(bytes)).toEqual({ kind: "encoding", line });
  });
});

describe("participant data that is none", () => {
  it.each([
    "",
    "participant_id,link\np0123456789abcdef,x",
    `participant_id,percent_answered,outcome\n${A},101,left`,
    `participant_id,percent_answered,outcome\n${A},many,left`,
    'participant_id,percent_answered,outcome\n"x',
  ])("%j", (text) => expect(readPeople(bytesOf(text))).toBeNull());
});
