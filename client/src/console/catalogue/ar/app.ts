/** The staff page in Arabic: the frame, signing in, the line to the server, what happened. */

import { apart, counting } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { Op } from "../../state";
import type { appWords } from "../en/app";
import { said } from "../en/counting";

export function appWordsAr(f: Formats): ReturnType<typeof appWords> {
  const count = counting(f);
  const ago = (seconds: number) =>
    count(Math.max(1, seconds), {
      one: "قبل ثانية",
      two: "قبل ثانيتين",
      few: "قبل {n} ثوانٍ",
      many: "قبل {n} ثانية",
      other: "قبل {n} ثانية",
    });
  return {
    app: {
      name: "Turnout",
      home: "Turnout، كل المحادثات",
      skip: "انتقل إلى المحتوى",
      loading: "لحظة من فضلك …",
      away: said("لا يمكن الوصول إلى الخادم", "تأكد من أنه يعمل وأن هذا الحاسوب متصل بالشبكة."),
      unknown: said("لا توجد صفحة كهذه", "ربما في العنوان خطأ."),
      toList: "كل المحادثات",
      signOut: "تسجيل الخروج",
      again: "حاول مرة أخرى",
      ok: "حسنًا",
      unreadable: "أعطى الخادم جوابًا لا تفهمه هذه الصفحة.",
      as: (name: string) => `أنت مسجَّل باسم ${apart(name)}`,
    },
    signIn: {
      title: "تسجيل الدخول",
      name: "الاسم",
      password: "كلمة المرور",
      button: "سجّل الدخول",
      firstRun: said(
        "لا أحد لديه حساب بعد",
        "افتح رابط التشغيل الأول الذي طبعه الخادم عند بدئه. يعمل مرة واحدة، لمدة 30 دقيقة؛ أعد تشغيل الخادم للحصول على رابط جديد.",
      ),
    },
    firstRun: {
      title: "أهلًا بك في Turnout",
      lead: "أنشئ حساب المالك. له أن يفعل كل شيء: إدارة المحادثات، وإضافة الفريق، والمحو.",
      name: "اسمك",
      nameHint: "يراه المشرفون الآخرون عندما ترسل سؤالًا.",
      password: "كلمة المرور",
      passwordHint: "10 أحرف على الأقل.",
      short: "تحتاج كلمة المرور إلى 10 أحرف على الأقل.",
      button: "أنشئ الحساب",
      noSecret: said(
        "هذا الرابط ناقص",
        "افتح رابط التشغيل الأول كاملًا كما طبعه الخادم، حتى آخر حرف.",
      ),
    },
    phase: {
      draft: "مسودة",
      published: "منشورة",
      live: "مباشرة",
      ended: "منتهية",
      flex: "مفتوحة على المهل",
    },
    line: {
      connecting: "جارٍ الاتصال",
      connected: "متصل",
      reconnecting: "جارٍ إعادة الاتصال",
      offline: "غير متصل",
      stopped: "متوقف",
      asOf: (time: string) => `ما تراه هو من ${apart(time)}`,
      blocked: said(
        "شبكتك تمنع التحديثات المباشرة",
        "تُحمَّل الصفحات، لكن الخط المباشر لا يعمل. جرّب شبكة أخرى.",
      ),
      stoppedBanner: said(
        "توقفت هذه الشاشة عن المتابعة",
        "ربما غيّر أحدهم شيئًا منذئذٍ. اتصل من جديد لترى.",
      ),
      gone: said("هذه المحادثة ليست هنا", "ربما مُحيت، أو في العنوان خطأ."),
      newVersion: said("توجد نسخة جديدة", "أعد تحميل هذه الصفحة للمتابعة."),
      reload: "أعد التحميل",
      reconnect: "اتصل من جديد",
    },
    blocked: {
      offline: "لا يوجد اتصال، فلا يمكن إرسال شيء. يعود من تلقاء نفسه.",
      role: "يسمح لك دورك بالنظر لا بالإرسال. اسأل المالك.",
      busy: "في انتظار الخادم …",
    },
    notice: {
      bySomebody: (name: string, item: string, seconds: number) =>
        `أرسل ${apart(name)} ${item} ${ago(seconds)}.`,
      started: (name: string) => `بدأ ${apart(name)} المحادثة.`,
      published: (name: string) => `نشر ${apart(name)} المحادثة.`,
      ended: (name: string) => `أنهى ${apart(name)} المحادثة.`,
      unpublished: (name: string) => `أعاد ${apart(name)} المحادثة إلى مسودة.`,
      end_undone: (name: string) => `تراجع ${apart(name)} عن الإنهاء.`,
      reopened: (name: string) => `أعاد ${apart(name)} فتح المحادثة.`,
      notSent: "لم يُرسل ما أرسلته أنت؛ ولم يُتخطَّ شيء.",
      notDone: "لم يُنفَّذ ما طلبته أنت؛ ولم يضع شيء.",
      unsure: (what: string) =>
        said(`انقطع الخط بينما كان “${what}” في الطريق.`, "ربما لم يصل. ما تراه الآن هو الواقع."),
      op: {
        publish: "انشر",
        unpublish: "أعدها إلى مسودة",
        start: "ابدأ",
        send: "أرسل",
        next: "السؤال التالي",
        close: "أغلق",
        skip: "تخطَّ",
        withdraw: "اسحب",
        edit: "صحّح",
        add: "أضف",
        move: "انقل",
        drop: "احذف",
        end: "أنهِ",
        undo_end: "تراجع عن الإنهاء",
        reopen_flex: "أعد الفتح",
        release: "حرّر",
        mute: "اكتم",
        unmute: "ألغِ الكتم",
        remove: "أزل",
      } satisfies Record<Op, string>,
    },
  };
}
