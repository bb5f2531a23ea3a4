import { expect, test } from "vitest";
import type { Result } from "../api";
import { awaitsFirstRun, fileAddress, guideAddress, guideProblems, PLAIN } from "./staff_api";

function refusal(more: object): Result<unknown> {
  return { ok: false, status: 422, refusal: { code: "guide", why: "Not a guide.", ...more } };
}

test("files are addressed by name, with only the options that change something", () => {
  const base = "/api/console/conversations/ai/files";
  const all = { semicolon: true, everybody: true, noBom: true, run: 2 };
  expect(fileAddress("ai", "answers.csv", PLAIN)).toBe(`${base}/answers.csv`);
  expect(fileAddress("ai", "answers.csv", all)).toBe(
    `${base}/answers.csv?delimiter=semicolon&bom=no&run=2`,
  );
  expect(fileAddress("ai", "participant_data.csv", { ...PLAIN, everybody: true })).toBe(
    `${base}/participant_data.csv?include=all`,
  );
  expect(fileAddress("ai", "links.csv", all)).toBe(`${base}/links.csv?delimiter=semicolon&bom=no`);
  expect(fileAddress("ai", "data.json", all)).toBe(`${base}/data.json?run=2`);
});

test("the guide is downloaded in the form that is asked for", () => {
  expect(guideAddress("ai", "template")).toBe("/api/console/conversations/ai/guide?as=template");
});

test("problems are read from the refusal of a guide alone", () => {
  const problem = { row: 17, column: "Options", what: "A choice needs two options." };
  expect(guideProblems(refusal({ problems: [problem, "?", { row: 1 }] }))).toEqual([problem]);
  expect(guideProblems(refusal({}))).toEqual([]);
  expect(guideProblems(refusal({ code: "invalid" }))).toBeNull();
  expect(guideProblems({ ok: true, value: 1 })).toBeNull();
});

test("only a refusal can say that there is no account yet", () => {
  expect(awaitsFirstRun(refusal({ first_run: true }))).toBe(true);
  expect(awaitsFirstRun(refusal({ first_run: false }))).toBe(false);
  expect(awaitsFirstRun({ ok: true, value: { first_run: true } })).toBe(false);
});
