import { expect, test } from "vitest";
import type { StaffItem } from "../wire";
import { NEWS_EVERY_MS, NOTHING_TOLD, tell } from "./news";
import { EMPTY, type Room } from "./state";

const question: StaffItem = {
  item: { id: 7, number: 3, type: "open_text", text: "Why?" },
  status: "open",
  version: "1",
  sent_at: 1,
};
const state = { phase: "live", items: [question] } as unknown as Room["state"];
const room: Room = { ...EMPTY, line: "connected", state };
const did = (rev: number) => ({
  rev,
  kind: "opened",
  by: "Amara",
  at: 0,
  item: 7,
  participant: null,
});
const answered = (n: number): Room["questions"] =>
  new Map([[7, { question: 7, answered: n, counts: {} }]]);

test("an event is told once, and the next one ten seconds later", () => {
  const first = tell(NOTHING_TOLD, { ...room, did: did(4) }, 20_000);
  expect(first.news).toEqual({ kind: "did", did: did(4) });
  expect(tell(first, { ...room, did: did(5) }, 20_000 + NEWS_EVERY_MS - 1)).toBe(first);
  const second = tell(first, { ...room, did: did(5) }, 20_000 + NEWS_EVERY_MS);
  expect(second.news).toEqual({ kind: "did", did: did(5) });
});

test("answers are told when there are others than last time", () => {
  const told = tell(NOTHING_TOLD, { ...room, questions: answered(412) }, 20_000);
  expect(told.news).toEqual({ kind: "answers", item: 7, n: 412 });
  expect(tell(told, { ...room, questions: answered(412) }, 40_000)).toBe(told);
  expect(tell(told, { ...room, questions: answered(413) }, 40_000).news).toMatchObject({ n: 413 });
  expect(tell(NOTHING_TOLD, room, 20_000)).toBe(NOTHING_TOLD);
});

test("a line that breaks is told at once, and its return when there is time", () => {
  const told = tell(NOTHING_TOLD, { ...room, did: did(4) }, 20_000);
  const lost = tell(told, { ...room, line: "lost" }, 20_001);
  expect(lost.news).toEqual({ kind: "lost" });
  expect(tell(lost, { ...room, line: "lost" }, 60_000)).toBe(lost);
  expect(tell(lost, { ...room, did: did(4) }, 60_000).news).toEqual({ kind: "back" });
});
