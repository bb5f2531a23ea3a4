/**
 * The staff page in Arabic: what happens to a conversation before, between and after its live part.
 */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import { said } from "../en/counting";
import type { lifecycleWords } from "../en/lifecycle";
import { nouns } from "./nouns";

export function lifecycleWordsAr(f: Formats): ReturnType<typeof lifecycleWords> {
  const { count, days, ofSeconds, ofMinutes, ofPercentages, questions } = nouns(f);
  const whole = (least: number, most: number) =>
    `عدد صحيح من ${f.number(least)} إلى ${f.number(most)}.`;
  return {
    parts: {
      label: "صفحات هذه المحادثة",
      guide: "الدليل",
      schedule: "الموعد",
      audience: "الجمهور",
      live: "مباشر",
      results: "النتائج",
      match: "المطابقة",
      settings: "الإعدادات",
    },
    flex: {
      title: "مفتوحة على مهلهم",
      lead: (when: string) => `تعمل الروابط نفسها حتى ${apart(when)}. ثم تنتهي من تلقاء نفسها.`,
      left: (time: string) => `بقي ${apart(time)}`,
      days,
      here: (n: number) => `نحو ${f.number(n)} هنا`,
      end: "أنهِ…",
      endTitle: "هل تنهيها للجميع؟",
      endHere: (n: number) =>
        `${count(n, {
          one: "نحو شخص واحد",
          two: "نحو شخصين",
          few: "نحو {n} أشخاص",
          many: "نحو {n} شخصًا",
          other: "نحو {n} شخص",
        })} هنا. ستظهر لهم صفحة الشكر.`,
      endNote: (seconds: number) =>
        `ما زالت الإجابات التي في الطريق تُحسب لمدة ${ofSeconds(seconds)}. لا يمكن التراجع عن هذا الإنهاء؛ ويمكنك إعادة فتحها.`,
    },
    after: {
      byItself: (when: string) => `انتهت ${apart(when)} من تلقاء نفسها`,
      almostFinal: (time: string) =>
        `انقضى وقت الإجابات المتأخرة. بعد ${apart(time)} لا يعود التراجع عن الإنهاء ممكنًا؛ وعندها تصبح الملفات نهائية.`,
      undo: (time: string) => `تراجع عن الإنهاء · ${apart(time)}`,
      undoTitle: "هل تتراجع عن الإنهاء؟",
      undoText: "تعود مباشرة لكل من انضم، مع السؤال الذي كان مفتوحًا عند انتهائها.",
      undoYes: "تراجع عن الإنهاء",
      undoNo: "اتركها منتهية",
      reopen: "أعد الفتح على مهلهم…",
      reopenIn: (time: string) =>
        `يمكن إعادة فتحها بعد ${apart(time)}، حين لا تعود أي إجابة متأخرة ممكنة.`,
      reopenTitle: "هل تعيد فتحها على مهلهم؟",
      reopenText: (links: number) =>
        `${count(links, {
          one: "يُفتح الرابط نفسه",
          two: "يُفتح الرابطان نفساهما",
          few: "تُفتح الروابط نفسها ({n})",
          many: "تُفتح الروابط نفسها ({n})",
          other: "تُفتح الروابط نفسها ({n})",
        })} من جديد. يجيب الناس على مهلهم، من حيث توقفوا.`,
      falls: (falling: number, people: number, usual: number | null, most: number) => {
        if (falling === 0) return "لن تنخفض أي نسبة";
        const how =
          usual === null
            ? `بما يصل إلى ${f.number(most)}`
            : falling === 1
              ? `بمقدار ${f.number(most)}`
              : `معظمها بمقدار ${f.number(usual)}`;
        return `ستنخفض ${f.number(falling)} من ${ofPercentages(people)}، ${how}`;
      },
      fallsUnknown: "ستنخفض نسب",
      asks: (asked: number, more: number) => {
        const all = `يطرح الفتح على المهل الأسئلة كلها، وهي ${questions(asked)}`;
        return more === 0
          ? `${all}؛ وقد طُرحت كلها من قبل.`
          : `${all}، منها ${f.number(more)} لأول مرة.`;
      },
      kept: "ملفات الجزء المباشر المنتهي لا تتغير أبدًا.",
      days: "عدد الأيام التي تبقى فيها مفتوحة",
      daysHint: (most: number, until: string) =>
        `${f.number(most)} على الأكثر: حتى ${apart(until)}.`,
      daysWrong: (most: number) => whole(1, most),
      reopenYes: "أعد الفتح",
      cancel: "ليس الآن",
    },
    back: {
      button: "أعدها إلى مسودة…",
      title: "هل تعيدها إلى مسودة؟",
      text: "تتوقف الروابط عن العمل حتى تنشر من جديد.",
      yes: "أعدها إلى مسودة",
      no: "اتركها منشورة",
      tooLate: "اقترب البدء كثيرًا فلا تعود إلى مسودة؛ الناس يصلون.",
    },
    settings: {
      title: "الإعدادات",
      look: "يسمح لك دورك بالنظر لا بالتغيير. اسأل المالك.",
      grace: "الثواني التي تُحسب فيها الإجابات المتأخرة",
      graceHint: `من ${f.number(0)} إلى ${f.number(600)}. قد يحتاج الهاتف إلى دقيقة ليعود.`,
      needGrace: whole(0, 600),
      autoStart: said("تبدأ من تلقاء نفسها", "في الموعد المخطط، سواء كنت هنا أم لا."),
      needStart: "حدّد موعدًا مخططًا أولًا.",
      mayMove: said(
        "يمكن للناس الانتقال بأنفسهم",
        "يحصل جهاز آخر على الرابط الذي غاب جهازه الأول خمس دقائق، مرتين على الأكثر.",
      ),
      save: "احفظ",
      saved: "حُفظت.",
      nothing: "لم يتغير شيء.",
      guide: "دليل النقاش",
      asYaml: "نزّله بصيغة YAML",
      asTemplate: "نزّله قالبًا (CSV)",
      formats: "ملف YAML يقول كل شيء؛ والقالب يُفتح في برنامج جداول.",
      replace: "دليل آخر",
      replaceHint: "يحل محل الدليل كله. حتى البدء فقط.",
      replaceButton: "استبدل الدليل",
      replaced: "استُبدل الدليل.",
      copy: "كرّر",
      copyText: "مسودة جديدة بالدليل نفسه والإعدادات نفسها، بلا موعد، وبروابط جديدة.",
      copyTitle: "عنوان النسخة",
      copyHint: "يراه الناس.",
      copyButton: "كرّر",
      erase: "محو",
      eraseText:
        "يُمحى كل شيء: الإجابات والروابط والأشخاص. الملفات التي نزّلتها تبقى عندك. لا يمكن التراجع عنه.",
      eraseRunning: "أنهِها أولًا. لا يمكن محوها ما دام الناس يستطيعون الإجابة.",
      eraseOwner: "لا يستطيع محو محادثة إلا مالك.",
      eraseType: "اكتب عنوان المحادثة",
      eraseHint: (title: string) => `هو “${apart(title)}”.`,
      eraseOpen: "امحُ…",
      eraseYes: "امحُ كل شيء",
      eraseNo: "أبقِها",
    },
    edit: {
      add: "أضف عنصرًا",
      addTitle: "إضافة عنصر",
      addFlex: "السؤال الذي تضيفه يُفتح للجميع على الفور.",
      editTitle: (name: string) => `تصحيح ${name}`,
      edit: "صحّح…",
      type: "النوع",
      typeSent: "أُرسل من قبل، فيبقى نوعه.",
      text: "الصياغة",
      textSent: "يرى الجميع التصحيح؛ وتبقى الإجابات.",
      options: "الخيارات، خيار في كل سطر",
      optionsHint: `“${apart("exclusive: لا شيء مما سبق")}” يجعل خيارًا يستبعد الباقي.`,
      optionsSent: "أُرسل من قبل: يمكن تغيير صياغة الخيارات أو إضافتها، لا إزالتها.",
      optionsAnswered: "أجاب أحدهم: يمكن إضافة خيارات في آخرها، لا تغيير صياغتها.",
      other: said("أضف “غير ذلك”", "يمكن للناس أن يكتبوا إجابة من عندهم."),
      randomize: said("بترتيب عشوائي", "يرى كل مشارك ترتيبًا خاصًّا به."),
      min: "أصغر رقم",
      max: "أكبر رقم",
      step: "الخطوة",
      minLabel: "الكلمات عند الأصغر",
      maxLabel: "الكلمات عند الأكبر",
      boundsLocked: "أجاب أحدهم، فلم يعد تغيير الأرقام ممكنًا.",
      duration: "الثواني المخططة",
      durationHint: "إشارة للجميع. إن بقي فارغًا فلا خطة.",
      autoClose: said("يُغلق من تلقاء نفسه", "عندما تنقضي الثواني المخططة."),
      section: "القسم",
      after: "المكان",
      first: "في البداية",
      afterItem: (name: string, text: string) => `بعد ${name}: ${apart(text)}`,
      needText: "اكتب ما سيقرؤه الناس.",
      needOptions: "اكتب خيارًا واحدًا على الأقل، أو اسمح بـ“غير ذلك”.",
      needBounds: "رقمان، الأصغر أولًا، وخطوة أكبر من صفر.",
      needDuration: "عدد صحيح من الثواني؛ وهو لازم ليُغلق من تلقاء نفسه.",
      saveNew: "أضف",
      save: "احفظ",
      cancel: "إلغاء",
    },
    withdraw: {
      button: "اسحب…",
      title: (name: string) => `سحب ${name}؟`,
      text: "يُغلق للجميع ولا يُحسب لأحد. تبقى إجاباته في الملفات وعليها علامة. يمكنك إرساله من جديد.",
      yes: "اسحبه",
      no: "اتركه",
      done: "سُحب",
    },
    tray: {
      title: (n: number) =>
        `${count(n, {
          one: "يطلب شخص واحد",
          two: "يطلب شخصان",
          few: "يطلب {n} أشخاص",
          many: "يطلب {n} شخصًا",
          other: "يطلب {n} شخص",
        })} الانتقال إلى جهاز آخر`,
      since: (minutes: number) => (minutes < 1 ? "الآن" : `منذ ${ofMinutes(minutes)}`),
      release: "حرّر",
      releaseLabel: (letters: string) => `حرّر ${apart(letters)}`,
      hint: "التحرير يتيح المتابعة للجهاز الذي عليه هذه الأحرف؛ ويتوقف الأول. تبقى الإجابات السابقة.",
    },
    person: {
      open: (pid: string) => `المزيد عن ${apart(pid)}`,
      here: "هنا الآن",
      away: "غائب",
      answered: "أجاب من كل الأسئلة",
      whileHere: "أجاب أثناء وجوده",
      mute: "اكتم",
      unmute: "ألغِ الكتم",
      muteHint: "لا يلاحظ شيئًا؛ تغادر إجاباته العرض المباشر وتبقى في الملفات وعليها علامة الكتم.",
      release: "حرّر الرابط",
      releaseHint: "يمكن لجهاز آخر أن يتابع به؛ ويتوقف الأول. تبقى الإجابات السابقة.",
      remove: "أزل…",
      removeHint: "يُخبَر بذلك، ولا يستطيع العودة. يبقى صفه.",
      removeSure: "هل تزيل هذا المشارك؟ يُخبَر بذلك، ولا يستطيع العودة.",
      removeYes: "أزل",
      removeNo: "أبقِ",
      explain: "اشرح النسبة",
      close: "أغلق",
      muted: "مكتوم",
      removed: "أُزيل",
      muteText: "اكتم كاتب هذا النص",
    },
    files: {
      title: "الملفات",
      run: "أي جزء",
      whole: "المحادثة كلها",
      live: "الجزء المباشر",
      flex: (n: number) => `مفتوحة على المهل، ${f.number(n)}.`,
      noBom: said("بلا علامة ترتيب البايتات", "للبرامج التي ليست برامج جداول."),
      bundle: "نزّل كل شيء",
      bundleWhat: "كل الملفات في أرشيف واحد، مع قاموس للبيانات وملف README",
      data: "كل شيء بصيغة JSON، بالنصوص الدقيقة",
      notMade: (name: string) => `لم يُنزَّل ${apart(name)}:`,
      interim: "ما زال وصول إجابات ممكنًا، فالملفات المصنوعة الآن تحمل كلمة “interim”.",
    },
    damaged: (n: number) =>
      count(n, {
        one: "نحو رابط تالف واحد",
        two: "نحو رابطين تالفين",
        few: "نحو {n} روابط تالفة",
        many: "نحو {n} رابطًا تالفًا",
        other: "نحو {n} رابط تالف",
      }),
    endsIn: (time: string) => `تنتهي من تلقاء نفسها بعد ${apart(time)}`,
  };
}
