/** The staff page in Arabic: who of the researcher's own list came. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { matchWords } from "../en/match";
import { nouns } from "./nouns";

export function matchWordsAr(f: Formats): ReturnType<typeof matchWords> {
  const { count, rows, ofRows } = nouns(f);
  const saveAs = `احفظ القائمة نصًّا؛ تسمي برامج الجداول ذلك “${apart("CSV UTF-8")}”.`;
  return {
    match: {
      title: "مطابقة مع قائمتك",
      lead: "اعرف من جاء، بالأسماء.",
      lock: "لا يُرفع شيء. تُقرأ قائمتك في هذا المتصفح وتُنسى عندما تغلقه.",
      download: "نزّل القائمة المطابقة",
      needList: "اختر قائمتك أولًا.",
      needPercent: "صحّح النسبة المئوية أولًا.",
      needMatch: "لم تُطابَق بعد؛ السبب أدناه.",
      drop: "أفلت قائمتك هنا: أسماء أو عناوين، ومع كل منها الرقم أو الرابط الذي أعطيته لصاحبها",
      hint: `ملف CSV، أعمدته بأي ترتيب. من برنامج جداول احفظه بصيغة “${apart("CSV UTF-8")}”.`,
      choose: "اختر ملفًا",
      other: "ملف آخر",
      reading: (name: string) => `جارٍ قراءة ${apart(name)} …`,
      rows,
      ids: "الأرقام في العمود",
      names: "الأسماء في العمود",
      noNames: "لا عمود",
      threshold: "جاء كاملًا من النسبة المئوية",
      thresholdWrong: `عدد صحيح من ${f.number(0)} إلى ${f.number(100)}.`,
      results: "النتائج، اضغط للتصفية",
      result: {
        came: (percent: string) => `جاء، ${percent} أو أكثر`,
        "came, under the threshold": (percent: string) => `جاء، أقل من ${percent}`,
        "turned away": () => "رُدّ",
        "never came": () => "لم يأتِ",
        "not on your list": () => "ليس في قائمتك",
      },
      pill: {
        came: () => "جاء",
        "came, under the threshold": (percent: string) => `أقل من ${percent}`,
        "turned away": () => "رُدّ",
        "never came": () => "لم يأتِ",
        "not on your list": () => "ليس في قائمتك",
      },
      of: (shown: number, all: number) =>
        shown === all ? rows(all) : `${f.number(shown)} من ${ofRows(all)}`,
      head: {
        name: "الاسم",
        pid: "participant_id",
        result: "النتيجة",
        answered: "أجاب",
      },
      whyHead: "السبب",
      table: "قائمتك، مع من جاء",
      search: "ابحث في قائمتك",
      searchWord: "بحث",
      notFound: (query: string) => `لا صف يحتوي “${apart(query)}”.`,
      nobody: "لا صف له هذه النتيجة.",
      why: {
        none: "",
        noId: "لا رقم في هذا الصف",
        unreadable: "لا يمكن قراءة الرقم",
        noLink: "ليس رابطًا من هذه المحادثة",
        removed: "أزاله مشرف",
        nothingAsked: "لم يُطرح شيء",
      },
      codes: new Map<string, string>([
        ["full", "كانت المقاعد كلها مشغولة"],
        ["over", "جاء بعد النهاية"],
        ["not_open", "جاء قبل أن تُفتح"],
        ["other_device", "كان الرابط مستخدمًا على جهاز آخر"],
        ["removed", "أزاله مشرف"],
      ]),
      turnedAway: (why: string) => (why === "" ? "رُدّ" : `رُدّ: ${apart(why)}`),
      again: (numbers: readonly number[]) =>
        `الرقم نفسه في الصف ${numbers.map((n) => f.number(n)).join("، ")}`,
      notes: "ما ينبغي أن تعرفه عن قائمتك",
      unreadable: (n: number) =>
        `${count(n, {
          one: "صف واحد ليس فيه رقم يمكن قراءته؛ يُحسب",
          two: "صفان ليس فيهما رقم يمكن قراءته؛ يُحسبان",
          few: "{n} صفوف ليس فيها رقم يمكن قراءته؛ تُحسب",
          many: "{n} صفًّا ليس فيها رقم يمكن قراءته؛ تُحسب",
          other: "{n} صف ليس فيها رقم يمكن قراءته؛ تُحسب",
        })} “لم يأتِ”.`,
      repeated: (n: number) =>
        count(n, {
          one: "صف واحد يكرر رقم صف آخر؛ لكل صف نتيجته.",
          two: "صفان يكرران رقم صف آخر؛ لكل صف نتيجته.",
          few: "{n} صفوف تكرر رقم صف آخر؛ لكل صف نتيجته.",
          many: "{n} صفًّا تكرر رقم صف آخر؛ لكل صف نتيجته.",
          other: "{n} صف تكرر رقم صف آخر؛ لكل صف نتيجته.",
        }),
      empty: (n: number) =>
        count(n, {
          one: "تُرك صف فارغ واحد.",
          two: "تُرك صفان فارغان.",
          few: "تُركت {n} صفوف فارغة.",
          many: "تُرك {n} صفًّا فارغًا.",
          other: "تُرك {n} صف فارغ.",
        }),
      noHeader: "ليس لقائمتك صف عناوين، فأعمدتها مسماة بأحرفها.",
      unused: (n: number) =>
        count(n, {
          one: "رابط واحد لم ينضم به أحد وليس في قائمتك: تُرك.",
          two: "رابطان لم ينضم بهما أحد وليسا في قائمتك: تُركا.",
          few: "{n} روابط لم ينضم بها أحد وليست في قائمتك: تُركت.",
          many: "{n} رابطًا لم ينضم بها أحد وليست في قائمتك: تُركت.",
          other: "{n} رابط لم ينضم بها أحد وليست في قائمتك: تُركت.",
        }),
      interim: (time: string) => `ما زال وصول إجابات ممكنًا. هذه أرقام ${apart(time)}.`,
      notStarted: "لم تبدأ بعد، فلم يستطع أحد أن يأتي.",
      readAgain: "اقرأ من جديد",
      loading: "جارٍ جلب من جاء …",
      tryAgain: "حاول مرة أخرى",
      anonymous: "لا شيء يُطابَق",
      anonymousMore:
        "هذه المحادثة بلا أسماء: للجميع الرابط نفسه، فلا شيء يصل الإجابات بالأشخاص، ولا حتى لك.",
      fault: {
        big: `حجم الملف أكثر من ${f.number(50)} ميغابايت. أخرج منه ما ليس قائمة.`,
        empty: "الملف فارغ.",
        wide: `في أحد الصفوف أكثر من ${f.number(1000)} عمود، فليست هذه قائمة أشخاص.`,
        nul: `ليس هذا نصًّا يمكن قراءته. ${saveAs}`,
        unread: "لم تعد قراءة الملف ممكنة. هل نُقل؟ اختره من جديد.",
        noIds: `لا عمود فيه أرقام المشاركين أو روابطهم. تحتاج القائمة، لكل شخص، إلى رقمه أو رابطه من ${apart("links.csv")}.`,
        quote: (row: number) =>
          `لا يمكن قراءة الصف ${f.number(row)}: علامة اقتباس ناقصة أو زائدة، فيه أو فوقه.`,
        encoding: (line: number) =>
          line === 0
            ? `الملف ليس نصًّا كاملًا. ${saveAs}`
            : `السطر ${f.number(line)} من الملف ليس بترميز ${apart("UTF-8")}. ${saveAs}`,
        other: {
          workbook: `هذا مصنف جداول أو أرشيف. ${saveAs}`,
          oldWorkbook: `هذا مصنف جداول قديم. ${saveAs}`,
          protected: `لهذا الملف كلمة مرور. أزلها واحفظه بصيغة “${apart("CSV UTF-8")}”.`,
          picture: `هذه صورة. ${saveAs}`,
          pdf: `هذا ملف PDF. ${saveAs}`,
          compressed: `هذا ملف مضغوط. ${saveAs}`,
          utf32: `هذا نص بترميز ${apart("UTF-32")}. ${saveAs}`,
        },
      },
    },
  };
}
