/** The staff page in Arabic: why a participant's percentage is what it is. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { explainWords } from "../en/explain";

export function explainWordsAr(f: Formats): ReturnType<typeof explainWords> {
  return {
    explain: {
      title: (pid: string, percent: string) => `كيف وصل ${apart(pid)} إلى ${percent}`,
      titleWithout: (pid: string) => `ما وصل إليه ${apart(pid)}`,
      back: "كل النتائج",
      loading: "جارٍ العدّ …",
      interim: (time: string) => `ما زال وصول إجابات ممكنًا. هذه أرقام الساعة ${apart(time)}.`,
      question: "السؤال، ولماذا يُحسب",
      asked: "طُرح",
      present: "حاضر",
      answered: "أجاب",
      yes: "نعم",
      no: "لا",
      table: "سؤالًا بعد سؤال",
      sum: (part: number, whole: number, percent: number) =>
        `${f.number(part)} من ${f.number(whole)} = ${f.percent(percent)}`,
      ofAll: "من كل الأسئلة التي طُرحت",
      ofPresent: "مما كان مفتوحًا أثناء حضوره",
      floor: `يُقرَّب إلى الأسفل، فلا تعني ${f.number(100)} إلا الكل.`,
      nothingAsked: `لم يُطرح شيء، فلا نسبة: لا ${f.number(0)} ولا ${f.number(100)}.`,
      presentAtNone: "لم يكن حاضرًا في أي سؤال، فلا نسبة ثانية.",
      neverJoined: "لم ينضم أحد بهذا الرابط، فلا شيء يُعدّ.",
      turnedAway: (why: string) => `لم ينضم أحد بهذا الرابط. رُدَّت آخر محاولة: ${apart(why)}.`,
      why: {
        answered: "",
        present: "كان هنا وهو مفتوح ولم يجب: يُحسب مطروحًا وحاضرًا.",
        absent: "لم يكن هنا وهو مفتوح: يُحسب مطروحًا، كما للجميع.",
        withdrawn: "سُحب: لا يُحسب لأحد.",
        skipped: "تُخطّي: لا يُحسب لأحد.",
        unsent: "لم يُرسل قط: لا يُحسب لأحد.",
      },
      answeredAt: (when: string) => `أجاب ${apart(when)}: يُحسب.`,
      late: (when: string) => `أجاب ${apart(when)}، متأخرًا لكن في الوقت: يُحسب.`,
      muted: "الإجابات المكتومة تُحسب كغيرها.",
      stays: "تبقى الإجابة في الملفات، معلَّمة.",
    },
    outcomes: {
      title: "الخلاصة",
      names: new Map<string, string>([
        ["complete", "أكمل"],
        ["left", "غادر مبكرًا"],
        ["never_joined", "لم يأتِ"],
        ["turned_away", "رُدَّ"],
        ["removed", "أُزيل"],
      ]),
    },
  };
}
