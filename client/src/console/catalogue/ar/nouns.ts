/** How the Arabic staff page counts. Each noun in two cases: as a subject, and after another word. */

import { type Counted, counting } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";

/** The forms after a verb's object or a preposition differ in the dual only. */
const after = (forms: Counted, two: string): Counted => ({ ...forms, two });

const PEOPLE: Counted = {
  one: "شخص واحد",
  two: "شخصان",
  few: "{n} أشخاص",
  many: "{n} شخصًا",
  other: "{n} شخص",
};
const QUESTIONS: Counted = {
  one: "سؤال واحد",
  two: "سؤالان",
  few: "{n} أسئلة",
  many: "{n} سؤالًا",
  other: "{n} سؤال",
};
const MESSAGES: Counted = {
  one: "رسالة واحدة",
  two: "رسالتان",
  few: "{n} رسائل",
  many: "{n} رسالة",
  other: "{n} رسالة",
};
const ANSWERS: Counted = {
  one: "إجابة واحدة",
  two: "إجابتان",
  few: "{n} إجابات",
  many: "{n} إجابة",
  other: "{n} إجابة",
};
const ITEMS: Counted = {
  one: "عنصر واحد",
  two: "عنصران",
  few: "{n} عناصر",
  many: "{n} عنصرًا",
  other: "{n} عنصر",
};
const LINKS: Counted = {
  one: "رابط واحد",
  two: "رابطان",
  few: "{n} روابط",
  many: "{n} رابطًا",
  other: "{n} رابط",
};
const TALKS: Counted = {
  one: "محادثة واحدة",
  two: "محادثتان",
  few: "{n} محادثات",
  many: "{n} محادثة",
  other: "{n} محادثة",
};
const MINUTES: Counted = {
  one: "دقيقة واحدة",
  two: "دقيقتان",
  few: "{n} دقائق",
  many: "{n} دقيقة",
  other: "{n} دقيقة",
};
const SECONDS: Counted = {
  one: "ثانية واحدة",
  two: "ثانيتان",
  few: "{n} ثوانٍ",
  many: "{n} ثانية",
  other: "{n} ثانية",
};
const DAYS: Counted = {
  one: "يوم واحد",
  two: "يومان",
  few: "{n} أيام",
  many: "{n} يومًا",
  other: "{n} يوم",
};
const ROWS: Counted = {
  one: "صف واحد",
  two: "صفان",
  few: "{n} صفوف",
  many: "{n} صفًّا",
  other: "{n} صف",
};
const PERCENTAGES: Counted = {
  one: "نسبة واحدة",
  two: "نسبتان",
  few: "{n} نسب",
  many: "{n} نسبة",
  other: "{n} نسبة",
};

export function nouns(f: Formats) {
  const count = counting(f);
  const noun = (forms: Counted) => (n: number) => count(n, forms);
  return {
    count,
    people: noun(PEOPLE),
    ofPeople: noun(after(PEOPLE, "شخصين")),
    questions: noun(QUESTIONS),
    ofQuestions: noun(after(QUESTIONS, "سؤالين")),
    messages: noun(MESSAGES),
    answers: noun(ANSWERS),
    ofAnswers: noun(after(ANSWERS, "إجابتين")),
    items: noun(ITEMS),
    ofItems: noun(after(ITEMS, "عنصرين")),
    links: noun(LINKS),
    ofTalks: noun(after(TALKS, "محادثتين")),
    talks: noun(TALKS),
    ofMinutes: noun(after(MINUTES, "دقيقتين")),
    ofSeconds: noun(after(SECONDS, "ثانيتين")),
    days: noun(DAYS),
    rows: noun(ROWS),
    ofRows: noun(after(ROWS, "صفين")),
    ofPercentages: noun(after(PERCENTAGES, "نسبتين")),
  };
}
