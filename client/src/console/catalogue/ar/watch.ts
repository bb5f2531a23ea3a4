/** The staff page in Arabic: the control room beside the question: who looks, what happened, the curve. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { Change } from "../../meanwhile";
import { said } from "../en/counting";
import type { watchWords } from "../en/watch";
import { nouns } from "./nouns";

/** What was done, before what it was done to: the same words for every gender and number. */
const DONE: Record<Change, string> = {
  added: "تمت إضافة",
  sent: "تم إرسال",
  closed: "تم إغلاق",
  skipped: "تم تخطي",
  withdrawn: "تم سحب",
  corrected: "تم تصحيح",
};

export function watchWordsAr(f: Formats): ReturnType<typeof watchWords> {
  const { count, ofPeople, answers, ofAnswers, ofItems, ofMinutes } = nouns(f);
  return {
    company: {
      with: (name: string, more: number) =>
        more === 0
          ? `مع ${apart(name)}`
          : `مع ${apart(name)} و${count(more, {
              one: "شخص آخر",
              two: "شخصين آخرين",
              few: "{n} آخرين",
              many: "{n} آخرين",
              other: "{n} آخرين",
            })}`,
      gone: (name: string) => `غابت شاشة ${apart(name)}.`,
      everything: "كل شيء أمامك.",
      everythingOpen: (item: string, n: number) =>
        `كل شيء أمامك. المفتوح الآن: ${item}، ${answers(n)}.`,
    },
    meanwhile: {
      title: "عاد الاتصال. هذا ما حدث:",
      phase: {
        draft: "عادت المحادثة مسودة",
        published: "نُشرت المحادثة",
        live: "صارت المحادثة مباشرة",
        ended: "انتهت المحادثة",
        flex: "فُتحت المحادثة للناس على مهلهم",
      },
      one: (item: string, change: Change) => `${DONE[change]} ${item}`,
      several: (n: number, change: Change) => `${DONE[change]} ${ofItems(n)}`,
      severalSent: (n: number, last: string) => `${DONE.sent} ${ofItems(n)}، آخرها ${last}`,
      answers: (n: number) =>
        count(n, {
          one: "وصلت إجابة واحدة",
          two: "وصلت إجابتان",
          few: "وصلت {n} إجابات",
          many: "وصلت {n} إجابة",
          other: "وصلت {n} إجابة",
        }),
      join: (parts: readonly string[]) => `${parts.join("؛ ")}.`,
    },
    undo: {
      muted: "كُتم.",
      more: "لا يلاحظ شيئًا؛ غادرت إجاباته هذا العرض.",
      button: "تراجع",
    },
    curve: {
      title: "الحضور والإجابات",
      here: "هنا",
      answers: `إجابات / ${f.number(15)} ث`,
      none: `يبدأ المنحنى بعد البدء بـ ${f.number(15)} ثانية.`,
      now: "الآن",
      summary: (
        from: string,
        to: string,
        first: number,
        most: number,
        last: number,
        came: number,
      ) =>
        `من ${apart(from)} إلى ${apart(to)}: نحو ${ofPeople(first)} هنا في البداية، و${f.number(most)} على الأكثر، و${f.number(last)} في النهاية. نحو ${ofAnswers(came)} في الدقيقة الأخيرة.`,
    },
    marks: {
      open: "مفتوح",
      list: "عناصر دليل النقاش",
      marked: (item: string, text: string) => `المعلَّم: ${item}. ${apart(text)}`,
    },
    note: {
      title: "ملاحظة",
      late: (n: number) => `${f.number(n)} متأخرة`,
      minutes: (n: number) => (n < 1 ? "خرج للتو" : `${f.number(n)} د`),
      awayFor: (n: number) => (n < 1 ? "خرج للتو" : `غائب منذ ${ofMinutes(n)}`),
    },
    heard: {
      answers: (item: string, n: number) => `${item}: ${answers(n)}`,
      back: "عاد الاتصال.",
    },
    elsewhere: {
      draft: said(
        "لا شيء تديره بعد",
        "هذه المحادثة مسودة، فروابطها لا تعمل. انشرها؛ ثم يمكنك بدؤها هنا.",
      ),
      toAudience: "إلى الجمهور",
      published: "جاهزة للبدء",
      planned: (when: string) => `موعدها ${apart(when)}.`,
      unplanned: "لا موعد مخطط. تبدأ عندما يضغط مشرف ابدأ.",
      notYet: "لا يمكن إرسال شيء قبل ذلك. ما زال تغيير الدليل ممكنًا.",
      ended: said("انتهت", "لم يعد إرسال شيء ممكنًا. ما نتج عنها في صفحة النتائج."),
      endedObserver: said("انتهت", "لا يُرسل شيء بعد الآن."),
      flex: said("يجيب الناس على مهلهم", "كل الأسئلة مفتوحة لهم، فلا شيء يُرسل."),
      toResults: "إلى النتائج",
    },
  };
}
