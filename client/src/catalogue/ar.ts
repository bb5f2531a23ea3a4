// The participant page in Arabic, in the shape of `en.ts`. Names and times from outside stand in
// isolates, so that they keep their own direction.

import type { Formats } from "../i18n";
import type { Texts } from "./en";

/** What is counted, in the forms that Arabic has; `{n}` stands for the number. */
export interface Counted {
  readonly zero?: string;
  readonly one: string;
  readonly two: string;
  readonly few: string;
  readonly many: string;
  readonly other: string;
}

/** Write a count: `counting(f)(3, {...})`. */
export function counting(f: Formats) {
  return (n: number, forms: Counted): string =>
    (forms[f.plural(n)] ?? forms.other).replace("{n}", f.number(n));
}

/** Text of another language or direction, kept apart from what stands beside it. */
export const apart = (text: string) => `\u2068${text}\u2069`;

const SECONDS: Counted = {
  one: "ثانية واحدة",
  two: "ثانيتين",
  few: "{n} ثوانٍ",
  many: "{n} ثانية",
  other: "{n} ثانية",
};
const MINUTES: Counted = {
  one: "دقيقة واحدة",
  two: "دقيقتين",
  few: "{n} دقائق",
  many: "{n} دقيقة",
  other: "{n} دقيقة",
};

export default function arabic(f: Formats): Texts {
  const count = counting(f);
  const page = (title: string, why: string, next: string) => ({ title, why, next });
  const onItsWay = (n: number) =>
    count(n, {
      one: "إجابة واحدة ما زالت في الطريق",
      two: "إجابتان ما زالتا في الطريق",
      few: "{n} إجابات ما زالت في الطريق",
      many: "{n} إجابة ما زالت في الطريق",
      other: "{n} إجابة ما زالت في الطريق",
    });
  const steps = (min: number, max: number, step: number) =>
    `من ${f.number(min)} إلى ${f.number(max)}، بخطوات من ${f.number(step)}`;
  return {
    f,
    product: "Turnout",
    skip: "انتقل إلى السؤال",
    between: "يظهر السؤال التالي هنا من تلقاء نفسه.",
    opening: "لحظة من فضلك …",
    unreachable: page(
      "لا يوجد اتصال",
      "لا تستطيع هذه الصفحة الوصول إلى المحادثة الآن.",
      "ستحاول مرة أخرى من تلقاء نفسها. أبقها مفتوحة.",
    ),
    tryNow: "حاول الآن",
    tryAgain: "حاول مرة أخرى",
    reload: "أعد التحميل",

    coming: {
      what: (minutes: number) =>
        `محادثة كتابية مباشرة. يسأل المشرف وتجيب أنت هنا. نحو ${count(minutes, MINUTES)}، بلا صوت وبلا كاميرا.`,
      startsIn: (seconds: number) => {
        const hours = Math.round(seconds / 3_600);
        if (hours >= 48) {
          return `بعد نحو ${count(Math.round(hours / 24), {
            one: "يوم واحد",
            two: "يومين",
            few: "{n} أيام",
            many: "{n} يومًا",
            other: "{n} يوم",
          })}`;
        }
        if (hours >= 2) {
          return `بعد نحو ${count(hours, {
            one: "ساعة واحدة",
            two: "ساعتين",
            few: "{n} ساعات",
            many: "{n} ساعة",
            other: "{n} ساعة",
          })}`;
        }
        return `تبدأ بعد ${apart(f.clock(seconds))}`;
      },
      yourTime: (zone: string) => `بتوقيتك (${apart(f.place(zone))})`,
      organiserTime: (time: string, zone: string) =>
        `${apart(time)} بتوقيت المنظِّم (${apart(f.place(zone))})`,
      comeBack: (time: string) => `عُد ابتداءً من ${apart(time)}.`,
      stored: {
        unique: [
          "تُحفظ إجاباتك مع الرقم الموجود في رابطك",
          "نحن لا نعرف من أنت؛ أما من أرسل إليك الرابط فقد يعرف.",
        ],
        single: [
          "لا تحمل إجاباتك اسمًا ولا رقمًا",
          "لا تُظهر الملفات أيُّ الإجابات تعود إلى الشخص نفسه.",
        ],
      },
      device: [
        "استخدم الهاتف الذي ستجيب منه",
        "يبقى الرابط مع أول متصفح ينضم. مجرد النظر إلى هذه الصفحة لا يستهلكه.",
      ],
      check: "تحقّق من رابطي",
      checkAgain: "تحقّق من رابطي مرة أخرى",
      ready: "رابطك جاهز. لا شيء عليك فعله الآن.",
      checkLater: "تعذّر التحقّق الآن. حاول بعد لحظة.",
    },
    terms: {
      title: "قبل أن نبدأ",
      agree: "أوافق، إلى غرفة الانتظار",
    },
    forgets: page(
      "هذا المتصفح ينسى كل شيء",
      "النوافذ الخاصة تفقد مكانك عند إغلاقها.",
      "افتح الرابط في نافذة عادية.",
    ),
    anyway: "تابع على أي حال",
    left: page("هل تتابع من حيث توقف هذا المتصفح؟", "رابط واحد لهذه المحادثة محفوظ هنا.", ""),
    continueHere: "تابع",
    notMine: "ليس رابطي",
    waiting: {
      startsIn: "تبدأ بعد نحو",
      title: "أنت في المكان الصحيح",
      lead: "أبقِ هذه الصفحة مفتوحة. عندما يبدأ المشرف يظهر زر الانضمام هنا.",
      lateTitle: "لم يبدأ المشرف بعد",
      late: (time: string) => `كان الموعد ${apart(time)}. لم يضع شيء.`,
      keepOpen: "أبقِ هذه الصفحة مفتوحة.",
      people: (n: number) =>
        count(n, {
          zero: "لا أحد ينتظر على ما يبدو",
          one: "نحو شخص واحد ينتظر",
          two: "نحو شخصين ينتظران",
          few: "نحو {n} أشخاص ينتظرون",
          many: "نحو {n} شخصًا ينتظرون",
          other: "نحو {n} شخص ينتظرون",
        }),
      seat: "يُحجز مقعدك عندما تنضم، لا قبل ذلك.",
      connected: "متصل. في انتظار أن يبدأ المشرف.",
    },
    join: {
      now: "مباشر الآن",
      title: "بدأت المحادثة",
      lead: "اضغط انضمام لترى السؤال. يمكنك الخروج والعودة؛ مكانك محفوظ.",
      flexTitle: (until: number | null) =>
        until === null ? "مفتوحة على مهلك" : `مفتوحة حتى ${apart(f.dayTime(until))}`,
      flex: "أجب على مهلك، من حيث توقفت.",
      button: "انضمام",
      busy: "جارٍ الانضمام",
      holds: "سيحتفظ هذا المتصفح عندئذٍ برابطك.",
      failed: "لم يصل ذلك إلى المحادثة. اضغط انضمام مرة أخرى.",
    },
    refusal: {
      not_open: page(
        "لم تُفتح بعد",
        "لم يفتح المنظِّم هذه المحادثة بعد.",
        "عُد في الوقت المذكور في دعوتك.",
      ),
      over: page(
        "انتهت هذه المحادثة",
        "",
        "إن كنت قد شاركت فإجاباتك محفوظة. لأي أمر آخر اسأل من دعاك.",
      ),
      incomplete: page(
        "رابطك ناقص",
        "تحتاج هذه المحادثة إلى الرابط الذي أُعدَّ لك.",
        "افتحه من دعوتك مرة أخرى، أو اطلبه.",
      ),
      damaged: page(
        "هذا الرابط تالف",
        "ضاع جزء منه في الطريق، وكثيرًا ما يحدث ذلك عند النسخ.",
        "اضغط عليه في الرسالة الأصلية، أو اطلبه من المرسل مرة أخرى.",
      ),
      unlisted: page(
        "لا نعرف هذا الرابط",
        "ليس في قائمة هذه المحادثة.",
        "تأكد من أنه أحدث رابط أُرسل إليك.",
      ),
      full: page("كل المقاعد مشغولة", "", "لا شيء يمكنك فعله هنا؛ شكرًا على مجيئك. أخبر من دعاك."),
      removed: page(
        "لم يعد بإمكانك المشاركة",
        "أزال المشرف هذا الرابط من المحادثة. ما أجبت به من قبل محفوظ.",
        "للأسئلة: من دعاك.",
      ),
      other_device: page(
        "هذا الرابط مستخدم على جهاز آخر",
        "الجهاز هنا يعني متصفحًا واحدًا: يبقى الرابط مع أول متصفح ينضم. يمكنك أن تطلب المتابعة هنا؛ إجاباتك السابقة تأتي معك.",
        "",
      ),
      asked: page("جهاز آخر يطلب ذلك بالفعل", "لا ينتظر الموافقة إلا طلب واحد في كل مرة.", ""),
      five_devices: page("خمسة أجهزة تستخدم هذا الرابط", "هذا هو الحد الأقصى.", "تابع من أحدها."),
      preview: page("معاينة: أنت مسجَّل الدخول", "ترى ما يراه المشاركون؛ لا يُحجز أي مقعد.", ""),
      slow_down: page("لحظة من فضلك", "جُرِّبت روابط كثيرة من شبكتك.", ""),
      unavailable: page("لحظة من فضلك", "لا يمكن الوصول إلى المحادثة الآن. لم يضع شيء.", ""),
      proof: page(
        "لم يستطع هذا المتصفح إثبات أن الرابط له",
        "ربما كانت ساعة هذا المتصفح أو ذاكرته هي السبب.",
        "أعد تحميل الصفحة. إن تكرر ذلك فاستخدم متصفحًا آخر.",
      ),
    },
    again: (seconds: number) =>
      seconds < 120
        ? `تحاول هذه الصفحة مرة أخرى بعد ${count(seconds, SECONDS)}.`
        : `تحاول هذه الصفحة مرة أخرى بعد ${apart(f.clock(seconds))} دقيقة.`,
    allCame: (most: number) =>
      `${count(most, {
        one: "انضم شخص واحد",
        two: "انضم شخصان",
        few: "انضم {n} أشخاص",
        many: "انضم {n} شخصًا",
        other: "انضم {n} شخص",
      })}، وهو أقصى ما تتسع له هذه المحادثة.`,
    endedAt: (at: number) => `انتهت ${apart(f.dayTime(at))}.`,
    invited: "كنت مدعوًّا",
    noted: "سُجِّل ذلك: يستطيع من دعاك أن يرى أن رابطك جاء بعد النهاية.",
    signOut: "سجِّل الخروج وانضم كمشارك",
    deedFailed: "لم يصل ذلك. حاول مرة أخرى.",

    moving: {
      ask: "اطلب الانتقال إلى هنا",
      askAgain: "اطلب مرة أخرى",
      askBack: "اطلب العودة إلى هنا",
      lead: "لتتابع هنا، أظهر هذه الأحرف. إجاباتك السابقة تأتي معك.",
      device: "الجهاز يعني هذا المتصفح.",
      letters: (letters: string) => [...letters].join(", "),
      steps: [
        ["على الجهاز الأول", " افتح المحادثة واكتب الأحرف."],
        ["لم يعد معك؟", " يرى المشرف أحرفك أيضًا، ويستطيع إدخالك."],
      ],
      byItself: (at: number) =>
        `إن بقي الجهاز الآخر بعيدًا دخل هذا الجهاز الساعة ${apart(f.time(at))}.`,
      left: (seconds: number) => `في انتظار الموافقة. بقي ${apart(f.clock(seconds))}.`,
      stop: "ألغِ الطلب",
      unanswered: page("لم يوافق أحد", "مرت عشر دقائق.", ""),
      moved: page("انتقلت إلى جهاز آخر", "تتابع هناك؛ إجاباتك محفوظة.", ""),
      later: (seconds: number) => `يمكنك الطلب بعد ${apart(f.clock(seconds))} دقيقة.`,
      letIn: "لقد دخلت. إجاباتك السابقة هنا.",
      first: [
        "الانتقال إلى جهاز آخر؟",
        "يطلب جهاز آخر المتابعة برابطك. إن كنت أنت، فاكتب الأحرف التي يُظهرها. بعدها يتوقف هذا الجهاز.",
      ],
      field: "الأحرف الأربعة",
      move: "انقل",
      notMe: "لم أكن أنا",
      wrong: (tries: number) =>
        `ليست هذه الأحرف. ${count(tries, {
          one: "بقيت محاولة واحدة",
          two: "بقيت محاولتان",
          few: "بقيت {n} محاولات",
          many: "بقيت {n} محاولة",
          other: "بقيت {n} محاولة",
        })}.`,
      none: "محاولات كثيرة. ما زال بإمكان المشرف تحرير الرابط.",
    },

    list: {
      mine: "إجاباتي",
      all: "كل الأسئلة",
      back: "رجوع",
      flexTitle: "على مهلك",
      until: (at: number) => `مفتوحة حتى ${apart(f.dayTime(at))} بتوقيتك. توقف وعُد متى شئت.`,
      anyTime: "توقف وعُد متى شئت.",
      next: "التالي بلا إجابة",
      allDone: "أجبت عن كل شيء",
      empty: "لا أسئلة بعد",
      live: "السؤال المفتوح",
      row: {
        taken: "سُحب، لا يُحسب لأحد",
        locked: "أُجيب عنه من قبل، محفوظ",
        waiting: "في الطريق، لم يُحسب بعد",
        lost: "لم يُحسب",
        saved: "محفوظ",
        savedOpen: "محفوظ، يمكن تغييره",
        begun: "بدأت، لم تُرسل بعد",
        begunClosed: "لم تُرسل",
        open: "بانتظار إجابتك",
        none: "بلا إجابة",
      },
    },
    notice: {
      edited: "صحّح المشرف الصياغة.",
      reopened: (n: number) => `السؤال ${f.number(n)} مفتوح من جديد`,
      stays: "إجابتك باقية.",
      change: "إجابتك باقية؛ ويمكنك تغييرها.",
    },
    sharing: {
      button: "هذا حاسوب مشترك",
      title: "هل ننسى هذه المحادثة هنا؟",
      why: "ينسى هذا المتصفح رابطك ومسوداتك. الإجابات المحفوظة تبقى محفوظة.",
      lost: (n: number) => `${onItsWay(n)} وستضيع.`,
      back: "للعودة إلى هنا لاحقًا ستحتاج إلى مساعدة المشرف.",
      forget: "انسَ",
      keep: "أبقِ",
      failed: "لم يصل ذلك إلى الخادم. لم يُنسَ شيء؛ حاول مرة أخرى.",
      done: page(
        "نُسيت هنا",
        "لم يعد هذا المتصفح يعرف رابطك. الإجابات المحفوظة تبقى محفوظة.",
        "يمكنك إغلاق هذه الصفحة.",
      ),
    },

    stopped: {
      tab: page("مفتوحة في تبويب آخر", "هذا التبويب صامت ليتكلم الآخر.", ""),
      useHere: "استخدم هنا",
      update: page("توجد نسخة جديدة", "مسودتك محفوظة.", ""),
      silent: page("توقفت هذه الصفحة عن مخاطبة الخادم", "حدث خطأ هنا؛ وما حُفظ فهو آمن.", ""),
      link: page(
        "لا يمكن استخدام هذا الرابط الآن",
        "تغيّر شيء يخصّه منذ مجيئك.",
        "حاول مرة أخرى لتعرف ما هو.",
      ),
    },

    progress: (answered: number, asked: number) =>
      `أجبت عن ${f.number(answered)} من ${f.number(asked)}`,
    noQuestionsYet: "لا أسئلة بعد",
    question: (n: number) => `السؤال ${f.number(n)}`,
    announce: (n: number, text: string) => `السؤال ${f.number(n)}. ${text}`,
    fromModerator: "من المشرف",
    first: "يظهر السؤال الأول هنا من تلقاء نفسه.",
    joined: "لقد دخلت",
    upToDate: "لا شيء للإجابة الآن",
    stay: "أبقِ هذه الصفحة مفتوحة. يمكنك الخروج والعودة؛ مكانك محفوظ.",
    plan: {
      about: (seconds: number) => {
        const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
        if (minutes === 0) return `نحو ${count(rest, SECONDS)}`;
        const whole = `نحو ${count(minutes, MINUTES)}`;
        return rest ? `${whole} و${count(rest, SECONDS)}` : whole;
      },
      open: "ما زال مفتوحًا",
      closed: "مغلق",
    },
    yourAnswer: "إجابتك",
    other: "غير ذلك",
    otherLabel: "إجابتك الخاصة",
    several: "يمكنك اختيار أكثر من إجابة.",
    exclusive: "يستبعد الباقي",
    plenty: "جملة أو جملتان تكفيان.",
    count: (n: number, most: number) => `${f.number(n)} / ${f.number(most)}`,
    over: (n: number) =>
      count(n, {
        one: "حرف واحد زائد",
        two: "حرفان زائدان",
        few: "{n} أحرف زائدة",
        many: "{n} حرفًا زائدًا",
        other: "{n} حرف زائد",
      }),
    bounds: (min: number, max: number, step: number) =>
      step === 1 ? `من ${f.number(min)} إلى ${f.number(max)}` : steps(min, max, step),
    less: "أقل",
    more: "أكثر",

    send: "أرسل الإجابة",
    sending: "جارٍ الإرسال",
    change: "غيِّر إجابتي",
    keep: "أبقِ إجابتي",
    goOn: "تابع",
    goTo: (n: number) => `السؤال ${f.number(n)} مفتوح`,
    goToIt: "انتقل إليه",
    copy: "انسخ نصي",
    copied: "نُسخ",
    status: {
      draft: ["لم تُرسل بعد", "ما زال بإمكانك تغيير رأيك."],
      draftText: ["لم تُرسل بعد", "نصك محفوظ على هذا الجهاز."],
      changing: ["لم تُرسل بعد", "تُحسب إجابتك السابقة حتى ترسل."],
      sending: ["جارٍ الإرسال …", "محفوظة على هذا الجهاز حتى تُسجَّل."],
      saved: ["حُفظت", "يظهر السؤال التالي هنا من تلقاء نفسه."],
      replaced: ["حُفظت", "حلّت إجابتك الجديدة محل السابقة."],
      late: ["حُفظت", "وصلت متأخرة وتُحسب."],
      elsewhere: ["حُفظت", "أُجيب عنه من جهازك أو تبويبك الآخر."],
      locked: ["حُفظت", "أجبت عن هذا من قبل؛ وتلك الإجابة باقية."],
      ownPace: ["حُفظت", "يمكنك تغييرها ما دامت المحادثة مفتوحة."],
      waiting: ["في انتظار الإرسال", "لم تُحسب بعد."],
      waitingFor: (seconds: number) => `محاولة أخرى بعد ${count(seconds, SECONDS)}.`,
      slow: [
        "الحفظ يستغرق أطول من المعتاد",
        "إجابتك محفوظة هنا وتُعاد محاولة إرسالها. لم تُحسب بعد.",
      ],
      lost: ["لم تُحسب", "وصلت بعد الدقيقة الإضافية. السبب هو الاتصال، لا أنت."],
      closed: ["أُغلق هذا السؤال", "يظهر السؤال التالي هنا من تلقاء نفسه."],
      closedDraft: ["أُغلق هذا السؤال", "لم يُرسل ما اخترته."],
      closedText: ["أُغلق هذا السؤال", "لم يُرسل ما كتبته."],
      closedChange: ["أُغلق هذا السؤال", "لم يُرسل تغييرك؛ وتُحسب إجابتك السابقة."],
      superseded: ["لم تُرسل", "تُحسب إجابة جهازك الآخر."],
      withdrawn: ["سحب المشرف هذا السؤال", "لا يُحسب لأحد؛ ولا تخسر شيئًا."],
      refused: "تعذّر قبول ذلك",
    },
    problem: {
      choose: ["لم تختر شيئًا بعد", "اختر إجابة أولًا."],
      several: ["لم تختر شيئًا بعد", "اختر إجابة واحدة على الأقل."],
      write: ["لم تكتب شيئًا بعد", "اكتب شيئًا أولًا."],
      long: (over: number, most: number) => [
        `طويل جدًّا: ${f.number(over)} فوق ${f.number(most)}.`,
        "اختصره وأرسله مرة أخرى.",
      ],
      number: (min: number, max: number, step: number) => [
        "ليس رقمًا يمكن قبوله",
        step === 1
          ? `من ${f.number(min)} إلى ${f.number(max)}، أعداد صحيحة.`
          : `${steps(min, max, step)}.`,
      ],
    },
    superseded: {
      title: "أُجيب عنه من جهازك الآخر",
      why: "تلك الإجابة معروضة هنا.",
      keep: "أبقِها",
      mine: "أرسل إجابتي بدلًا منها",
    },
    onItsWay: (n: number) => `${onItsWay(n)}؛ أبقِ هذه الصفحة مفتوحة.`,
    onItsWayAtTheEnd: (n: number) => `${onItsWay(n)}؛ أبقِ هذه الصفحة مفتوحة دقيقة أخرى.`,

    offline: {
      word: "غير متصل",
      reconnecting: "جارٍ إعادة الاتصال …",
      title: "لا يوجد اتصال. إجابتك محفوظة على هذا الجهاز.",
      titleIdle: "لا يوجد اتصال الآن.",
      why: "تُرسل من تلقاء نفسها عندما يعود الاتصال. أبقِ هذه الصفحة مفتوحة؛ لا حاجة إلى الإرسال مرة أخرى.",
      whyIdle: "يمكنك متابعة الكتابة. تعود هذه الصفحة من تلقاء نفسها.",
    },
    blocked: {
      title: "شبكتك تمنع التحديثات المباشرة",
      why: "تُحمَّل الصفحات، لكن الخط المباشر لا يعمل. انتقل من الواي فاي إلى بيانات الهاتف، أو العكس.",
    },

    thanks: {
      title: ["شكرًا لك.", "لقد حُسبت مشاركتك."],
      titleNone: ["شكرًا لك", "على مجيئك."],
      all: "من كل الأسئلة",
      present: "أثناء وجودك هنا",
      of: (part: number, whole: number) => `${f.number(part)} من ${f.number(whole)}`,
      nothing: "لم تُطرح أسئلة أثناء البث المباشر.",
      close: "يمكنك إغلاق هذه الصفحة. يعمل الرابط نفسه مرة أخرى إن أعاد المنظِّم فتح المحادثة.",
      allSaved: "كل إجاباتك محفوظة.",
      read: "اقرأ إجاباتي",
      stored: "ما الذي يُحفظ",
      storedUnique:
        "إجاباتك، مع الرقم الموجود في رابطك. لا اسم، ولا بريد إلكتروني، ولا عنوان إنترنت.",
      storedSingle: "إجاباتك، بلا اسم ولا رقم. لا تُظهر الملفات أيُّ الإجابات تعود إلى الشخص نفسه.",
    },
  };
}
