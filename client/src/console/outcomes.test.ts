import { expect, it } from "vitest";
import { readPeople } from "./match/people";
import { outcomeCounts } from "./outcomes";

it("counts every link once, in a fixed order", () => {
  const rows = ["left", "complete", "turned_away", "complete"].map(
    (outcome, i) => `p${i}123456789abcdef,,${outcome}`,
  );
  const data = ["participant_id,percent_answered,outcome", ...rows].join("\n");
  const people = readPeople(new TextEncoder().encode(data));
  if (people === null) throw new Error("no participant data");
  expect(outcomeCounts(people)).toEqual([
    { outcome: "complete", n: 2, share: 0.5 },
    { outcome: "left", n: 1, share: 0.25 },
    { outcome: "never_joined", n: 0, share: 0 },
    { outcome: "turned_away", n: 1, share: 0.25 },
    { outcome: "removed", n: 0, share: 0 },
  ]);
  const nobody = { byPid: new Map(), repeated: 0, unreadable: 0 };
  expect(outcomeCounts(nobody).every(({ n, share }) => n === 0 && share === 0)).toBe(true);
});
