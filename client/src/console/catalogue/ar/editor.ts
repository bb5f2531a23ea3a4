/** The staff page in Arabic: changing the guide before the start. */

import type { Formats } from "../../../i18n";
import type { editorWords } from "../en/editor";
import { nouns } from "./nouns";

export function editorWordsAr(f: Formats): ReturnType<typeof editorWords> {
  const { count, questions, messages, ofMinutes } = nouns(f);
  return {
    editor: {
      empty: "لا شيء في دليل النقاش بعد. أضف عنصرًا، أو أحضر ملف دليل.",
      holds: (asked: number, said: number) =>
        said === 0 ? `${questions(asked)}.` : `${questions(asked)} و${messages(said)}.`,
      plan: (minutes: number, planned: number) =>
        `بحسب خطط العناصر نحو ${f.number(minutes)} من ${ofMinutes(planned)}.`,
      begun: "بدأت المحادثة: يمكن تصحيح الصياغة وإضافة خيارات وعناصر. ما أُرسل يبقى في مكانه.",
      over: "انتهت المحادثة. يبقى الدليل كما رآه المشاركون.",
      look: "يسمح لك دورك بالنظر لا بالتغيير. اسأل المالك.",
      grip: (name: string) => `انقل ${name}`,
      gripHint:
        "اسحب الصف من نقاطه أو انقر عليها لتحديد موضعه. بلوحة المفاتيح: Alt مع السهم إلى أعلى أو إلى أسفل.",
      moveTitle: (name: string) => `نقل ${name}`,
      moveYes: "انقل",
      moved: (place: number, all: number) =>
        `صار في الموضع ${f.number(place)} من ${f.number(all)}.`,
      copy: "كرّر",
      drop: "احذف…",
      dropTitle: (name: string) => `حذف ${name}؟`,
      dropText: "يخرج من دليل النقاش. لم يره أحد.",
      dropYes: "احذف",
      dropNo: "أبقِه",
      changedTitle: "غيّر أحدهم هذا العنصر في هذه الأثناء",
      followed: "ما لم تلمسه يتبع التغيير، وما كتبته باقٍ كما هو.",
      whose: "نصه الآن مبيّن أدناه. أبقِ ما كتبته أو خذ ما كتبه غيرك، ثم احفظ.",
      mine: "أبقِ ما كتبته",
      theirs: "خذ ما كتبه غيرك",
      on: "نعم",
      off: "لا",
      nothing: "لا شيء",
      droppedTitle: "حذف أحدهم هذا العنصر في هذه الأثناء",
      dropped: "ما كتبته ما زال هنا. أضفه من جديد إن أردت إبقاءه.",
      keptTitle: "كتبت هذا من قبل",
      kept: "لم يُحفظ بعد.",
      startOver: "ابدأ من جديد",
      replaceTitle: "هل تضع دليلًا آخر مكانه؟",
      replaceText: (old: number, next: number) =>
        `${count(old, {
          one: "يخرج العنصر الواحد الموجود هنا الآن",
          two: "يخرج العنصران الموجودان هنا الآن",
          few: "تخرج {n} عناصر موجودة هنا الآن",
          many: "يخرج {n} عنصرًا موجودًا هنا الآن",
          other: "يخرج {n} عنصر موجود هنا الآن",
        })}، ${count(next, {
          one: "ويدخل عنصر واحد",
          two: "ويدخل عنصران",
          few: "وتدخل {n} عناصر",
          many: "ويدخل {n} عنصرًا",
          other: "ويدخل {n} عنصر",
        })}.`,
      replaceNo: "أبقِ هذا الدليل",
    },
  };
}
