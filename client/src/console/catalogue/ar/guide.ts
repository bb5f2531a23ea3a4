/** The staff page in Arabic: the guide and its items. */

import type { Formats } from "../../../i18n";
import type { guideWords } from "../en/guide";
import { nouns } from "./nouns";

export function guideWordsAr(f: Formats): ReturnType<typeof guideWords> {
  const { answers } = nouns(f);
  const question = (n: number) => `السؤال ${f.number(n)}`;
  const message = (n: number) => `الرسالة ${f.number(n)}`;
  return {
    item: {
      question,
      message,
      lower: { question, message },
      kind: {
        message: "رسالة",
        single_choice: "اختيار",
        multiple_choice: "عدة اختيارات",
        open_text: "نص",
        number: "رقم",
        scale: "مقياس",
      },
      other: "غير ذلك، بكلماتهم",
      range: (min: number, max: number) => `من ${f.number(min)} إلى ${f.number(max)}`,
      exclusive: "يستبعد الباقي",
      seconds: (n: number) => `${f.number(n)} ث`,
    },
    guide: {
      title: "الدليل",
      show: "أظهر",
      queue: (n: number) => `في الانتظار ${f.number(n)}`,
      sent: (n: number) => `أُرسل ${f.number(n)}`,
      skipped: (n: number) => `تُخطّي ${f.number(n)}`,
      empty: {
        queue: "أُرسل كل شيء أو تُخطّي.",
        sent: "لم يُرسل شيء بعد.",
        skipped: "لم يُتخطَّ شيء.",
      },
      next: "التالي",
      open: "مفتوح",
      shown: "معروض",
      send: "أرسل الآن",
      again: "اسأل مرة أخرى",
      showAgain: "اعرض مرة أخرى",
      skip: "تخطَّ",
      answers,
    },
  };
}
