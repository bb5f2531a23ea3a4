import { expect, test } from "vitest";
import { formats } from "../../i18n";
import arabic from "./ar";

const words = arabic(formats("ar-EG"));

test("what is counted has the form of its number and of its place in the sentence", () => {
  expect([1, 2, 3, 11, 100].map(words.links.title)).toEqual([
    "رابط واحد",
    "رابطان",
    "٣ روابط",
    "١١ رابطًا",
    "١٠٠ رابط",
  ]);
  expect(words.ended.came(1, 2)).toBe("جاء ١ من شخصين");
  expect(words.editor.holds(3, 2)).toBe("٣ أسئلة ورسالتان.");
  expect(words.company.with("Amara", 2)).toBe("مع \u2068Amara\u2069 وشخصين آخرين");
});

test("what was done is said in words that fit a question and a message", () => {
  const { item, meanwhile, news } = words;
  expect(news.closed(item.question(3))).toBe("تم إغلاق السؤال ٣.");
  expect(news.shown(item.message(2))).toBe("تم عرض الرسالة ٢.");
  expect(meanwhile.several(2, "skipped")).toBe("تم تخطي عنصرين");
});
