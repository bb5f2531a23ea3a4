/** The staff page in Arabic: the control room. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { Around } from "../../around";
import { said } from "../en/counting";
import type { liveWords } from "../en/live";
import { nouns } from "./nouns";

export function liveWordsAr(f: Formats): ReturnType<typeof liveWords> {
  const { count, ofMinutes, ofSeconds } = nouns(f);
  return {
    news: {
      connected: "متصل.",
      lost: "انقطع الاتصال. جارٍ إعادة الاتصال.",
      opened: (item: string) => `تم فتح ${item}.`,
      shown: (item: string) => `تم عرض ${item}.`,
      closed: (item: string) => `تم إغلاق ${item}.`,
      started: "المحادثة مباشرة الآن.",
      ended: "انتهت المحادثة.",
      published: "نُشرت المحادثة.",
      unpublished: "عادت المحادثة مسودة.",
      end_undone: "تم التراجع عن الإنهاء؛ هي مباشرة من جديد.",
      reopened: "المحادثة مفتوحة للناس على مهلهم.",
      skipped: (item: string) => `تم تخطي ${item}.`,
      withdrawn: (item: string) => `تم سحب ${item}.`,
      edited: (item: string) => `تم تصحيح ${item}.`,
      added: (item: string) => `تمت إضافة ${item}.`,
      guide_set: "استُبدل دليل النقاش.",
      configured: "تغيّرت الإعدادات.",
      muted: "كُتم مشارك.",
      unmuted: "أُلغي كتم مشارك.",
      removed: "أُزيل مشارك.",
      takeover_asked: "يطلب أحدهم الانتقال إلى جهاز آخر.",
      released: "انتقل رابط إلى جهاز آخر.",
    },
    room: {
      now: "الآن",
      elapsed: (time: string, minutes: number): Around => ["", time, ` من ${ofMinutes(minutes)}`],
      behind: (time: string) => `متأخرة ${apart(time)} عن الخطة`,
      ahead: (time: string) => `متقدمة ${apart(time)} على الخطة`,
      here: (n: number): Around => ["نحو ", f.number(n), " هنا"],
      waiting: (n: number): Around => ["نحو ", f.number(n), " في الانتظار"],
      joined: (n: number, max: number): Around => ["انضم ", f.number(n), ` من ${f.number(max)}`],
      end: "أنهِ…",
      endTitle: "هل تنهيها للجميع؟",
      endHere: (n: number, question: number | null) => {
        const here = count(n, {
          one: "نحو شخص واحد هنا",
          two: "نحو شخصين هنا",
          few: "نحو {n} أشخاص هنا",
          many: "نحو {n} شخصًا هنا",
          other: "نحو {n} شخص هنا",
        });
        const open = question === null ? "" : `، والسؤال ${f.number(question)} مفتوح`;
        return `${here}${open}. ستظهر لهم صفحة الشكر.`;
      },
      endGrace: (seconds: number) =>
        seconds === 0
          ? "لا تُحسب بعدها الإجابات التي في الطريق. يمكنك التراجع عن هذا خلال عشر دقائق."
          : `ما زالت الإجابات التي في الطريق تُحسب لمدة ${ofSeconds(seconds)}. يمكنك التراجع عن هذا خلال عشر دقائق.`,
      endYes: "أنهِ الآن",
      endNo: "تابع",
      tabs: "غرفة التحكم",
      tab: {
        now: "الآن",
        guide: (n: number) => `الدليل ${f.number(n)}`,
        texts: "النصوص",
        people: "الأشخاص",
      },
      keys: "المفاتيح",
      keysUse: said("استخدم هذه المفاتيح", "تتوقف ما دمت تكتب في حقل."),
      key: {
        next: "العنصر التالي في الدليل",
        move: "علّم العنصر الذي تحت، الذي فوق",
        send: "أرسل العنصر المعلَّم",
        skip: "تخطَّ العنصر المعلَّم، أو التالي",
        close: "أغلق السؤال المفتوح",
        search: "ابحث في النصوص",
        list: "هذه القائمة",
      },
      keysDone: "تم",
    },
    open: {
      open: "مفتوح",
      closed: "مغلق",
      ofPlan: (spent: number, plan: number) => `${f.number(spent)} ث من ${f.number(plan)} ث`,
      overPlan: (spent: string) => `${apart(spent)}، تجاوز الخطة وما زال مفتوحًا`,
      since: (time: string) => `مفتوح منذ ${apart(time)}`,
      closedAgo: (time: string) => `أُغلق قبل ${apart(time)}`,
      answered: (n: number, here: number): Around => [
        "أجاب ",
        f.number(n),
        ` من نحو ${f.number(here)} هنا، ${f.percent(Math.min(100, here === 0 ? 0 : Math.floor((100 * n) / here)))}`,
      ],
      answeredAlone: (n: number): Around => ["عدد من أجابوا ", f.number(n), ""],
      several: `يمكن للناس اختيار أكثر من إجابة، فقد يتجاوز المجموع ${f.percent(100)}.`,
      none: said("لم يُرسل سؤال بعد", "ما ترسله يظهر على كل الهواتف في الحال."),
      messageShown: "رسالة معروضة للجميع",
      next: "السؤال التالي",
      nextMessage: "الرسالة التالية",
      close: "أغلق",
      allSent: "أُرسل كل ما في الدليل أو تُخطّي.",
    },
    texts: {
      title: (n: number) => `نصوص السؤال ${f.number(n)}`,
      count: (n: number) =>
        count(n, {
          one: "نص واحد",
          two: "نصان",
          few: "{n} نصوص",
          many: "{n} نصًّا",
          other: "{n} نص",
        }),
      list: "النصوص، الأحدث أولًا",
      search: "ابحث في النصوص",
      searchWord: "بحث",
      which: "نصوص أي سؤال",
      option: (n: number, text: string) => `${f.number(n)}. ${apart(text)}`,
      none: "لا نصوص بعد. تظهر كلما كتب الناس.",
      noQuestion: "لم يُرسل بعد سؤال يُجاب عنه بنص.",
      notFound: (query: string) => `لا نص يحتوي “${apart(query)}”.`,
      fresh: (n: number) => `${f.number(n)} جديد`,
      more: "أظهر نصوصًا أقدم",
      late: "متأخر",
      away: "يتعذّر جلب النصوص الآن. تُعاد المحاولة.",
    },
    people: {
      title: "الأشخاص",
      joined: (n: number) => `انضم ${f.number(n)}`,
      search: "ابحث في الأشخاص",
      searchWord: "بحث",
      order: "الترتيب",
      orders: { joined: "بحسب الانضمام", lowest: "الأدنى أولًا", away: "الغائبون أولًا" },
      number: "الرقم",
      answered: "أجاب",
      whileHere: "أثناء وجوده",
      here: "هنا",
      away: "غائب",
      none: "لم ينضم أحد بعد.",
      notFound: (query: string) => `لا رقم يحتوي “${apart(query)}”.`,
      anonymous: "هذه المحادثة بلا أسماء: توجد أعداد، لا صفوف.",
      observer: "يرى المراقبون أعدادًا، لا صفوفًا.",
      more: "المزيد",
      table: "الأشخاص وكم أجابوا",
    },
  };
}
