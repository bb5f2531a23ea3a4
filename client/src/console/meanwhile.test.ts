import { expect, test } from "vitest";
import type { StaffItem, StaffState } from "../wire";
import { meanwhile } from "./meanwhile";

function item(id: number, status: StaffItem["status"], sent_at?: number, text = "Why?"): StaffItem {
  const entry = {
    item: { id, number: id, type: "open_text", text },
    status,
    version: "1",
  } as const;
  return sent_at === undefined ? entry : { ...entry, sent_at };
}

function state(phase: StaffState["phase"], ...items: StaffItem[]): StaffState {
  return { phase, items } as unknown as StaffState;
}

test("nothing happened", () => {
  const same = state("live", item(1, "open", 5), item(2, "queued"));
  expect(meanwhile(same, same)).toEqual([]);
});

test("what was sent is told in the order of sending, without the closes that sending makes", () => {
  const before = state("live", item(1, "open", 5), item(2, "queued"), item(3, "queued"));
  const after = state("live", item(1, "closed", 5), item(2, "open", 9), item(3, "closed", 7));
  expect(meanwhile(before, after)).toEqual([{ kind: "sent", items: [3, 2] }]);
});

test("a question that was asked again was sent", () => {
  const again = meanwhile(state("live", item(1, "closed", 5)), state("live", item(1, "open", 9)));
  expect(again).toEqual([{ kind: "sent", items: [1] }]);
});

test("everything else, each kind once", () => {
  const before = state(
    "live",
    item(1, "open", 5),
    item(2, "queued"),
    item(3, "closed", 2),
    item(4, "queued"),
  );
  const after = state(
    "ended",
    item(1, "closed", 5),
    item(2, "skipped"),
    item(3, "withdrawn", 2),
    item(4, "queued", undefined, "Why not?"),
    item(5, "queued"),
  );
  expect(meanwhile(before, after)).toEqual([
    { kind: "phase", phase: "ended" },
    { kind: "added", items: [5] },
    { kind: "closed", items: [1] },
    { kind: "skipped", items: [2] },
    { kind: "withdrawn", items: [3] },
    { kind: "corrected", items: [4] },
  ]);
});
