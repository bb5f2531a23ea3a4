import { expect, it } from "vitest";
import { sumOf, sumWhilePresent, whyOf } from "./explaining";
import type { ExplainedLine, Explanation } from "./staff_api";

const EXPLAINED: Explanation = {
  participant: 1,
  pid: "p0123456789abcdef",
  outcome: "left",
  reason: null,
  asked: 115,
  answered: 107,
  percent_answered: 93,
  present: 110,
  answered_while_present: 107,
  percent_while_present: 97,
  lines: [],
};
const LINE: ExplainedLine = {
  question: 2,
  position: 1,
  text: "?",
  asked: true,
  present: true,
  answered: true,
  counts: "answered",
  answered_at: 60_000,
  late: false,
  muted: false,
};
const WORDS = {
  why: {
    answered: "",
    present: "here",
    absent: "away",
    withdrawn: "taken back",
    skipped: "skipped",
    unsent: "unsent",
  },
  answeredAt: (when: string) => `at ${when}`,
  late: (when: string) => `late at ${when}`,
  muted: "muted",
  stays: "stays",
};

it("has one sum for all questions and one for those while present", () => {
  expect(sumOf(EXPLAINED)).toEqual({ part: 107, whole: 115, percent: 93 });
  expect(sumWhilePresent(EXPLAINED)).toEqual({ part: 107, whole: 110, percent: 97 });
});

it("has none where there is no percentage", () => {
  const nothing = { ...EXPLAINED, asked: 0, percent_answered: null, percent_while_present: null };
  expect([sumOf(nothing), sumWhilePresent(nothing)]).toEqual([null, null]);
  expect(sumOf({ ...EXPLAINED, asked: null, answered: null })).toBeNull();
});

it.each<[Partial<ExplainedLine>, string]>([
  [{}, "at 60000"],
  [{ late: true }, "late at 60000"],
  [{ late: true, muted: true }, "late at 60000 muted"],
  [{ counts: "present", answered: false }, "here"],
  [{ counts: "withdrawn" }, "taken back stays"],
  [{ counts: "withdrawn", answered: false }, "taken back"],
  [{ counts: "skipped", answered: false }, "skipped"],
])("%j: %s", (more, why) => expect(whyOf({ ...LINE, ...more }, WORDS, String)).toBe(why));
