/** The staff page in Arabic: what came of it. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import { said } from "../en/counting";
import type { resultsWords } from "../en/results";
import { nouns } from "./nouns";

export function resultsWordsAr(f: Formats): ReturnType<typeof resultsWords> {
  const { count, people, ofPeople, questions, ofQuestions, links } = nouns(f);
  return {
    ended: {
      came: (n: number, max: number) => `جاء ${f.number(n)} من ${ofPeople(max)}`,
      soFar: (n: number, max: number) => `جاء ${f.number(n)} من ${ofPeople(max)} حتى الآن`,
      browsers: (n: number) =>
        count(n, {
          one: "شارك متصفح واحد",
          two: "شارك متصفحان",
          few: "شاركت {n} متصفحات",
          many: "شارك {n} متصفحًا",
          other: "شارك {n} متصفح",
        }),
      browsersNote: "رابط واحد للجميع: يمكن عدّ المتصفحات، لا الأشخاص.",
      half: (percent: number, all: number) => {
        const everything = `${all === 0 ? "لم يجب أحد" : `أجاب ${people(all)}`} عن كل شيء.`;
        if (percent === 100) return everything;
        return `نصفهم أجاب عن ${f.percent(percent)} أو أكثر. ${everything}`;
      },
      asked: (n: number) =>
        `${count(n, {
          one: "طُرح سؤال واحد",
          two: "طُرح سؤالان",
          few: "طُرحت {n} أسئلة",
          many: "طُرح {n} سؤالًا",
          other: "طُرح {n} سؤال",
        })}.`,
      notYet: "لا شيء يُرى بعد",
      notYetMore: "تظهر النتائج هنا عندما تبدأ المحادثة وينضم الناس.",
      toAudience: "من يدخل",
      at: (when: string, name: string) =>
        name === "" ? `انتهت ${apart(when)}` : `أنهاها ${apart(name)} ${apart(when)}`,
      late: (time: string) =>
        `ما زال وصول إجابات متأخرة ممكنًا لمدة ${apart(time)}؛ والملفات المصنوعة قبل ذلك تحمل كلمة “interim”.`,
      final: "انقضى وقت الإجابات المتأخرة: الملفات نهائية.",
      histogram: "كم أجاب الناس",
      histogramBy: "الأشخاص بحسب نسبة ما أجابوا عنه",
      column: (from: number) => (from === 100 ? " في المئة" : " في المئة أو أكثر"),
      rates: "نسبة الإجابة بحسب السؤال",
      ratesOf: "من كل من انضم",
      ratesLabel: (n: number, low: number, high: number) =>
        `نسبة الإجابة عن ${ofQuestions(n)}، بين ${f.percent(low)} و${f.percent(high)}. كل منها مذكور أدناه.`,
      lowest: (n: number, text: string, percent: number) =>
        `الأدنى: السؤال ${f.number(n)}، “${apart(text)}”، ${f.percent(percent)}.`,
      gap: (numbers: readonly number[]) =>
        numbers.length <= 3
          ? `لم يُطرح: ${numbers.map((n) => f.number(n)).join("، ")}.`
          : `لم تُطرح ${questions(numbers.length)}.`,
      list: "سؤالًا بعد سؤال",
      notAsked: "لم يُطرح",
      takenBack: "سُحب",
      legend: { choice: "اختيار", text: "نص" },
      files: "الملفات",
      semicolon: said(
        "فاصلة منقوطة بين الأعمدة",
        "لبرامج الجداول التي تكتب الكسور العشرية بفاصلة.",
      ),
      everybody: said(
        "أضف الروابط التي لم يستخدمها أحد",
        "في ملف المشاركين، بالقيمة never_joined.",
      ),
      download: (name: string) => `نزّل ${apart(name)}`,
      file: {
        people: (n: number) => `${people(n)}: نسبة الإجابة، والدقائق، والنتيجة`,
        answers: "كل إجابة محسوبة، بالصياغة كما عُرضت",
        questions: (n: number) => `${questions(n)}: طُرح، حاضر، أجاب`,
        links: (n: number) => `${links(n)}، كما وُزّعت`,
      },
      anonymous: "لا يوجد ملف للمشاركين: هذه المحادثة بلا أسماء، فلا شيء يصل الإجابات بالأشخاص.",
      observer: "يرى المراقبون أعدادًا، لا ملفات. اسأل المالك.",
      nobody: "لم ينضم أحد، فلا نسب.",
      nothing: `لم يُطرح شيء، فلا نسب: لا ${f.number(0)} ولا ${f.number(100)}.`,
      noRates: "لم يُطرح سؤال، فلا نسب للإجابة.",
      people: "الأشخاص",
      links,
      counting: "جارٍ العدّ …",
      countedAt: (time: string) => `حتى الساعة ${apart(time)}؛ وما زال وصول إجابات ممكنًا.`,
      countAgain: "عُدَّ من جديد",
      minutes: "الدقائق",
      explainHead: "اشرح",
      explain: (pid: string) => `اشرح ${apart(pid)}`,
    },
  };
}
