import { expect, it } from "vitest";
import { slugOf } from "../address";
import { readPid } from "../pid";
import { nameOf, readAddress } from "./pid";

const PID = "p0123456789abcd10";

it.each([
  ["", "", null, ""],
  [`?pid=${PID}`, "", PID, `#pid=${PID}`],
  ["", `#pid=${PID}`, PID, `#pid=${PID}`],
  [`?PID=%20${PID}%0a`, "", PID, `#pid=${PID}`],
  [`?utm=x&pid=${PID}`, "", PID, `?utm=x#pid=${PID}`],
  ["?pid=", "", "", "#pid="],
  ["?pid={{pid}}", "", "{{pid}}", "#pid=%7B%7Bpid%7D%7D"],
  ["?pid=new", "#pid=old", "new", "#pid=new"],
  ["", "#elsewhere", null, "#elsewhere"],
])("%s%s", (search, fragment, pid, rest) => {
  expect(readAddress(search, fragment)).toEqual({ pid, rest });
});

it("takes several that agree as one, and lets several that differ be damaged", () => {
  expect(readAddress(`?pid=${PID}&Pid=${PID.toUpperCase()}`, "").pid).toBe(PID);
  expect(readAddress("?pid=pa&pid=pb", "").pid).toBe("pa pb");
});

it("cuts what no server would look at", () => {
  expect(readAddress(`?pid=${"x".repeat(2_000)}`, "").pid).toHaveLength(500);
});

it("reads the conversation off the path", () => {
  expect(slugOf("/c/our-town")).toBe("our-town");
  expect(slugOf("/c/our-town/")).toBe("our-town");
});

// The same examples as tests/domain/test_links.py.
it.each([
  PID,
  PID.toUpperCase(),
  ` \u200b${PID}\ufeff\n`,
  `<${PID}>.`,
  `?pid=${PID}`,
  `PID = ${PID}`,
  `pid=pid=${PID}`,
  `%20${PID}%2E`,
  `%2520${PID}`,
  "pO123456789abcdlo",
  "ｐ0123456789abcd10",
  `„${PID}“`,
])("reads %j kindly, and keeps its things under one name", (raw) => {
  expect(readPid(raw)).toBe(PID);
  expect(nameOf("talk", raw)).toBe(nameOf("talk", PID));
});

it.each([
  "",
  " ",
  "pid=",
  "{{pid}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a mail merge left unfilled.
  "${e://Field/pid}",
  "[ID]",
  "undefined",
  "null",
  "%",
  PID.slice(0, -1),
  `${PID}0`,
  "p0123456789abcdu0",
  `${PID} ${PID}`,
])("%j is damaged", (raw) => expect(readPid(raw)).toBeNull());
