/** The staff page in Arabic: all conversations, and making one. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import { said } from "../en/counting";
import type { listWords } from "../en/list";
import { nouns } from "./nouns";

export function listWordsAr(f: Formats): ReturnType<typeof listWords> {
  const { count, questions, messages, talks, ofTalks } = nouns(f);
  const whole = (most: number) => `عدد صحيح من ${f.number(1)} إلى ${f.number(most)}.`;
  return {
    list: {
      title: "المحادثات",
      new: "محادثة جديدة",
      empty: said("لا محادثات بعد", "أحضر دليل نقاش، وحدّد عدد من يمكنهم المجيء، ثم وزّع روابطهم."),
      conversation: "المحادثة",
      phase: "المرحلة",
      joined: "انضموا",
      questions: "الأسئلة",
      start: "الموعد المخطط",
      unplanned: "غير مخطط",
      running: (n: number) =>
        `${count(n, {
          one: "محادثة واحدة مفتوحة",
          two: "محادثتان مفتوحتان",
          few: "{n} محادثات مفتوحة",
          many: "{n} محادثة مفتوحة",
          other: "{n} محادثة مفتوحة",
        })} الآن.`,
      next: "التالية:",
      nextAt: (when: string) => `، ${apart(when)}.`,
      nothingPlanned: "لا محادثة مفتوحة، ولا موعد مخطط.",
      search: "ابحث في المحادثات",
      searchWord: "بحث",
      many: (n: number, all: number) =>
        n === all ? talks(all) : `${f.number(n)} من ${ofTalks(all)}`,
      notFound: (query: string) => `لا محادثة يحتوي عنوانها أو رابطها “${apart(query)}”.`,
      of: (n: number, max: number) => `${f.number(n)} من ${f.number(max)}`,
      single: "رابط واحد للجميع",
    },
    create: {
      title: "محادثة جديدة",
      lead: "تبدأ مسودةً: لا يستطيع أحد الانضمام قبل أن تنشرها.",
      guide: "دليل النقاش",
      guideHint: `دليل بصيغة YAML، أو قالب الجداول كمصنف (${apart(".xlsx")}) أو CSV.`,
      drop: "أسقط الملف هنا، أو",
      choose: "اختر ملفًا",
      otherFile: "اختر ملفًا آخر",
      checking: (name: string) => `جارٍ قراءة ${apart(name)} …`,
      workbook: `لا يمكن قراءة هذا النوع من المصنفات. احفظه بصيغة ${apart(".xlsx")} أو CSV، ثم اختر ذلك الملف.`,
      big: "هذا الملف أكبر من 4 ميغابايت، ودليل النقاش لا يبلغ ذلك.",
      unread: "تعذّرت قراءة هذا الملف. اختره مرة أخرى.",
      good: (q: number, items: number) =>
        items === q ? questions(q) : `${questions(q)} و${messages(items - q)}`,
      problems: (n: number) =>
        count(n, {
          one: "أمر واحد يحتاج إلى تصحيح",
          two: "أمران يحتاجان إلى تصحيح",
          few: "{n} أمور تحتاج إلى تصحيح",
          many: "{n} أمرًا يحتاج إلى تصحيح",
          other: "{n} أمر يحتاج إلى تصحيح",
        }),
      problemsMore: "لا يُؤخذ شيء حتى لا يبقى منها شيء. غيّر الملف، ثم اختره مرة أخرى.",
      remarks: (n: number) =>
        count(n, {
          one: "أمر واحد قُرئ على غير ما كُتب",
          two: "أمران قُرئا على غير ما كُتبا",
          few: "{n} أمور قُرئت على غير ما كُتبت",
          many: "{n} أمرًا قُرئ على غير ما كُتب",
          other: "{n} أمر قُرئ على غير ما كُتب",
        }),
      remarksMore: "لا تمنع شيئًا. تأكد من أنها ما قصدته.",
      row: "الصف",
      column: "العمود",
      what: "ما يحتاج إلى تصحيح",
      whatRead: "كيف قُرئ",
      wholeFile: "الملف كله",
      about: "ما يراه المشاركون",
      name: "العنوان",
      nameHint: "في أعلى كل صفحة.",
      max: "أقصى عدد للمشاركين",
      maxHint: "يثبت بمجرد أن تصبح مباشرة.",
      links: "كيف يدخل الناس",
      unique: said("روابط فردية", "رابط لكل شخص. ترى من جاء وكم أجاب."),
      single: said("رابط واحد", "رابط واحد للجميع، بلا أسماء. بلا ملف للمشاركين."),
      devices: said("اسمح بعدة أجهزة", "عند الإيقاف: يبقى الرابط مع أول متصفح ينضم."),
      when: "متى",
      starts: "الموعد المخطط، إن كنت تعرفه",
      startsHint: "يراه المشاركون بتوقيتهم. تبدؤها أنت بيدك ما لم تختر غير ذلك.",
      zone: "المنطقة الزمنية",
      duration: "الدقائق المخططة",
      durationHint: "تنتهي من تلقاء نفسها بعد ساعة من الخطة.",
      noSuchTime: (zone: string) => `تُقدَّم الساعات فوق هذا الوقت في ${apart(zone)}. اختر وقتًا آخر.`,
      needGuide: "اختر دليل نقاش أولًا.",
      needGoodGuide: "صحّح دليل النقاش أولًا.",
      needTitle: "أعطها عنوانًا.",
      needMax: whole(100_000),
      needDuration: whole(1_440),
      button: "أنشئ المسودة",
    },
  };
}
