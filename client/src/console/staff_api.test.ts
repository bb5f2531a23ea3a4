import { expect, test } from "vitest";
import type { Result } from "../api";
import { awaitsFirstRun, fileAddress, guideProblems } from "./staff_api";

const plain = { semicolon: false, everybody: false };

function refusal(more: object): Result<unknown> {
  return { ok: false, status: 422, refusal: { code: "guide", why: "Not a guide.", ...more } };
}

test("files are addressed by name, with only the options that change something", () => {
  const base = "/api/console/conversations/ai/files";
  expect(fileAddress("ai", "answers.csv", plain)).toBe(`${base}/answers.csv`);
  expect(fileAddress("ai", "answers.csv", { semicolon: true, everybody: true })).toBe(
    `${base}/answers.csv?delimiter=semicolon`,
  );
  expect(fileAddress("ai", "participant_data.csv", { semicolon: false, everybody: true })).toBe(
    `${base}/participant_data.csv?include=all`,
  );
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
