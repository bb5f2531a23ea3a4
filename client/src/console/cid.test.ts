import { expect, test } from "vitest";
import { newCid, uuid } from "./cid";

test("has the version, the variant and all other bits of the random bytes", () => {
  expect(uuid(new Uint8Array(16).fill(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  expect(uuid(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
  expect(uuid(Uint8Array.from({ length: 16 }, (_, i) => i))).toBe(
    "00010203-0405-4607-8809-0a0b0c0d0e0f",
  );
});

test("no two are alike", () => {
  expect(new Set(Array.from({ length: 100 }, newCid)).size).toBe(100);
});
