import { expect, test } from "vitest";
import { formats } from "../i18n";
import arabic from "./catalogue/ar";
import english from "./catalogue/en";
import { type Reason, type Refusing, told } from "./refusals";

const ar = arabic(formats("ar-EG")).refusal;
const en = english(formats("en-GB")).refusal;
const why = "The server's sentence.";

test("a refusal is said in the reader's language, by its reason", () => {
  const refusal: Refusing = { code: "invalid", why, reason: "links_cut", number: 30 };
  expect(told(refusal, ar)).toEqual({
    text: "سيُسقط هذا روابط ربما وزّعتها. لا تنزل عن ٣٠.",
    served: false,
  });
  expect(told(refusal, en).text).toMatch("Keep 30 or more.");
});

test("without a reason by its code", () => {
  expect(told({ code: "role", why }, ar)).toEqual({ text: ar.codes.role, served: false });
});

test("what this page has no words for stays in the server's", () => {
  const served = { text: why, served: true };
  const tomorrow = "tomorrows" as Reason;
  expect(told({ code: "invalid", why }, ar)).toEqual(served);
  expect(told({ code: "invalid", why, reason: tomorrow }, ar)).toEqual(served);
  expect(told({ code: "constructor", why }, ar)).toEqual(served);
  // The number is missing that the sentence tells.
  expect(told({ code: "invalid", why, reason: "links_cut" }, ar)).toEqual(served);
});

test("both languages tell the same numbers", () => {
  const telling = (words: typeof en) =>
    Object.entries(words.reasons).flatMap(([reason, text]) =>
      typeof text === "string" ? [] : [`${reason} ${/[\d٠-٩]/.test(text(7))}`],
    );
  expect(telling(ar)).toEqual(telling(en));
  expect(telling(en).length).toBeGreaterThan(3);
  expect(telling(en).every((one) => one.endsWith("true"))).toBe(true);
});
