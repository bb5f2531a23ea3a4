/** The staff page in Arabic: when a conversation starts, and what an organiser tells people. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import { said } from "../en/counting";
import type { scheduleWords } from "../en/schedule";

export function scheduleWordsAr(f: Formats): ReturnType<typeof scheduleWords> {
  return {
    schedule: {
      title: "الموعد",
      byHand: "لا موعد مخطط للبدء: تبدأ عندما تضغط ابدأ.",
      planned: (when: string, place: string) => `تبدؤها أنت ${apart(when)} (${apart(place)}).`,
      itself: (when: string, place: string) =>
        `تبدأ من تلقاء نفسها ${apart(when)} (${apart(place)}).`,
      late: (when: string, place: string) =>
        `كان موعدها ${apart(when)} (${apart(place)}) ولم تبدأ بعد.`,
      started: (when: string) => `بدأت ${apart(when)}.`,
      when: "البدء",
      running: "أثناء سيرها",
      look: "يسمح لك دورك بالنظر لا بالتغيير. اسأل المالك.",
      fixed: "بدأت بالفعل، فلم يعد تغيير هذا ممكنًا.",
      zoneMine: (zone: string) => `${apart(zone)} (منطقتك)`,
      there: (when: string, place: string, offset: string) =>
        `${apart(when)} في ${apart(place)} (${apart(offset)})`,
      here: (when: string, place: string, offset: string) =>
        `يوافق ذلك عندك ${apart(when)}، في ${apart(place)} (${apart(offset)}).`,
      same: "هذا توقيتك أنت.",
      twice: "تُؤخَّر الساعات في تلك الليلة، فيأتي هذا الوقت مرتين. المقصود هو الأول.",
      second: "تُؤخَّر الساعات في تلك الليلة، فيأتي هذا الوقت مرتين. المقصود هو الثاني.",
      noStart: "لا يوجد",
      clear: "بلا موعد مخطط",
      start: "الموعد المخطط",
      auto: "تبدأ من تلقاء نفسها",
      minutes: (n: number) => `${f.number(n)} د`,
      seconds: (n: number) => `${f.number(n)} ث`,
      duration: "المدة المخططة",
      grace: "تُحسب الإجابات المتأخرة لمدة",
      yes: "نعم",
      no: "لا",
    },
    about: {
      lead: "اسمها، وما تقوله للناس، ونسخة منها، ونهايتها.",
      name: "الاسم",
      address: "العنوان",
      privacy: "الخصوصية، لك بصفتك المنظِّم",
      privacyUnique:
        "نحفظ الإجابات مع الرقم الموجود في الرابط؛ قائمتك وحدها تستطيع أن تقول من يكون.",
      privacySingle: "لا شيء يصل الإجابات بالأشخاص، ولا حتى لك.",
      told: "ما يقرؤه الناس قبل أن ينضموا",
      toldUnique:
        "تُحفظ إجاباتك مع الرقم الموجود في رابطك. نحن لا نعرف من أنت؛ أما من أرسل إليك الرابط فقد يعرف.",
      toldSingle: "لا تحمل إجاباتك اسمًا ولا رقمًا. لا تُظهر الملفات أيُّ الإجابات تعود إلى الشخص نفسه.",
      toldHint: "ضعه في دعوتك أيضًا، مع من تكون ومن يُسأل.",
      copy: "انسخ هذا النص",
      never: said(
        "لا يُحفظ أبدًا",
        "الأسماء، وعناوين البريد الإلكتروني، وعناوين الإنترنت، وأنواع الهواتف.",
      ),
    },
  };
}
