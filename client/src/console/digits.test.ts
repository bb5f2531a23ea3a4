import { expect, test } from "vitest";
import { plainDigits } from "./digits";

test.each([
  ["80", "80"],
  ["٨٠٪", "80%"],
  ["۰۱۲۳۴۵۶۷۸۹", "0123456789"],
  ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
  [" ٧٫٥", " 7٫5"],
  ["many", "many"],
])("%j is %j", (typed, plain) => expect(plainDigits(typed)).toBe(plain));
