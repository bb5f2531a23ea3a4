/** The staff page in Arabic: publishing, links and who gets in. */

import { apart } from "../../../catalogue/ar";
import type { Formats } from "../../../i18n";
import type { audienceWords } from "../en/audience";
import { said } from "../en/counting";
import { nouns } from "./nouns";

export function audienceWordsAr(f: Formats): ReturnType<typeof audienceWords> {
  const { count, ofPeople, questions, links, ofMinutes } = nouns(f);
  const waiting = (n: number) =>
    count(n, {
      one: "ينتظر نحو شخص واحد",
      two: "ينتظر نحو شخصين",
      few: "ينتظر نحو {n} أشخاص",
      many: "ينتظر نحو {n} شخصًا",
      other: "ينتظر نحو {n} شخص",
    });
  return {
    ready: {
      draftTitle: "التوزيع",
      publishedTitle: "جاهزة للبدء",
      liveTitle: "ينضمون الآن",
      overTitle: "من جاء",
      draft: (n: number) => `${links(n)}، وشخص واحد لكل رابط. تعمل عندما تنشر.`,
      draftSingle: (n: number) => `رابط واحد يتسع حتى ${ofPeople(n)}. يعمل عندما تنشر.`,
      published: (n: number) =>
        n === 0
          ? "الروابط تعمل. لا أحد ينتظر بعد؛ يظهر زر الانضمام عندما تبدأ."
          : `الروابط تعمل. ${waiting(n)}؛ يظهر زر الانضمام عندما تبدأ.`,
      live: (joined: number, max: number) =>
        `انضم ${f.number(joined)} من ${ofPeople(max)}. ما زال بإمكان الآخرين المجيء.`,
      over: (joined: number, max: number) => `جاء ${f.number(joined)} من ${ofPeople(max)}.`,
      before: "قبل أن تنشر",
      todo: (n: number) => `بقي ${f.number(n)}`,
      guide: (q: number) => questions(q),
      guidePlan: (q: number, minutes: number, planned: number) =>
        `${questions(q)}، ${f.number(minutes)} من ${ofMinutes(planned)}`,
      guideLong: (minutes: number, planned: number) =>
        said(
          `يستغرق دليل النقاش ${ofMinutes(minutes)}، والمخطط ${f.number(planned)}`,
          "لا يتوقف شيء عند نهاية الخطة؛ تنتهي من تلقاء نفسها بعد ذلك بساعة.",
        ),
      noQuestion: said("دليل النقاش فارغ", "لا يطرح أي سؤال. أضف سؤالًا في الدليل."),
      oneOption: (row: number) =>
        said(
          `الصف ${f.number(row)}: اختيار بخيار واحد`,
          "من يجيب لا يستطيع إلا الموافقة. يمكنك النشر هكذا.",
        ),
      starts: (when: string, place: string) => `تبدأ ${apart(when)} (${apart(place)})`,
      startsItself: (when: string, place: string) =>
        `تبدأ من تلقاء نفسها ${apart(when)} (${apart(place)})`,
      noStart: "لا موعد مخطط: تبدؤها أنت بيدك",
      past: said("موعد البدء مضى", "يمكنك النشر والبدء الآن."),
      pastAuto: said("موعد البدء مضى", "ستبدأ على الفور. حدّد موعدًا لاحقًا، أو ابدأ بيدك."),
      address: (address: string) => `تبدأ الروابط بـ ${apart(address)}`,
      noAddress: said(
        "لا عنوان عام: ستشير الروابط إلى هذا الحاسوب",
        "يحدّده من يدير الخادم (TURNOUT_PUBLIC). افعل ذلك قبل أن ترسل الروابط.",
      ),
      taken: (when: string) => `نُزّلت الروابط ${apart(when)}`,
      notTaken: said("لم تُنزَّل الروابط بعد", "يمكنك النشر الآن وإرسالها لاحقًا."),
      moreNotTaken: said(
        "الروابط الجديدة لم تُنزَّل بعد",
        "رُفع الحد الأقصى للمشاركين بعد آخر تنزيل. الروابط السابقة تبقى كما هي.",
      ),
      take: "نزّلها",
      setIt: "حدّده",
      toGuide: "إلى دليل النقاش",
      publish: "انشر",
      publishHint: "تعمل الروابط من الآن.",
      publishStop: "صحّح أولًا ما عليه علامة.",
      start: "ابدأ…",
      startTitle: "هل تبدأ الآن؟",
      startWaiting: (n: number) =>
        n === 0
          ? "لا أحد ينتظر بعد. يظهر زر الانضمام لمن يفتح رابطه."
          : `${waiting(n)}. يظهر زر الانضمام على هواتفهم.`,
      startNote: "يثبت منذئذٍ أقصى عدد للمشاركين ونوع الروابط.",
      startYes: "ابدأ الآن",
      startNo: "ليس بعد",
      entry: "كيف يدخل الناس",
      kind: "نوع الروابط",
      kindFixed: "لتغيير نوع الروابط أعدها إلى مسودة أولًا.",
      kindTaken: "نُزّلت الروابط من قبل. إن غيّرت النوع فلن تعمل تلك بعد ذلك.",
      seats: "المقاعد والأجهزة",
      maxHint: "رفعه يُبقي كل الروابط ويضيف روابط جديدة في آخرها. يثبت بمجرد أن تصبح مباشرة.",
      devicesHint: said(
        "اسمح بعدة أجهزة",
        "عند الإيقاف: يبقى الرابط مع أول متصفح ينضم. تستطيع تحرير رابط أي شخص بضغطة واحدة.",
      ),
      fixed: "ثابت منذ البدء.",
      max: "أقصى عدد للمشاركين",
      devices: "عدة أجهزة",
      mayMove: "ينتقل الناس بأنفسهم",
      on: "مسموح",
      off: "موقوف",
      waitingNow: "ينتظرون الآن",
      hereNow: "هنا الآن",
      about: (n: number) => `نحو ${f.number(n)}`,
    },
    links: {
      title: links,
      singleTitle: "الرابط",
      download: "نزّل الروابط",
      search: "ابحث في الروابط",
      searchWord: "بحث",
      number: "الرقم",
      pid: "participant_id",
      link: "الرابط",
      state: "الحالة",
      joined: "انضم",
      unused: "لم يُستخدم",
      removed: "أُزيل",
      asks: "يطلب الانتقال",
      why: {
        other_device: "رُفض جهاز آخر",
        full: "رُفض، المقاعد مشغولة",
        over: "رُفض، جاء بعد النهاية",
        removed: "رُفض بعد إزالته",
        else: "رُفض",
      },
      copy: (n: number) => `انسخ الرابط ${f.number(n)}`,
      copySingle: "انسخ الرابط",
      copied: "نُسخ",
      notFound: (query: string) => `لا رابط يحتوي “${apart(query)}”.`,
      warn: said(
        "تشير هذه الروابط إلى هذا الحاسوب",
        "حدّد العنوان العام في إعدادات الخادم قبل أن ترسلها إلى أحد.",
      ),
      filter: {
        all: "الكل",
        unused: "لم تُستخدم",
        joined: "انضمت",
        refused: "أجهزة مرفوضة",
      },
      show: "أظهر",
      nothing: {
        all: "لا توجد روابط.",
        unused: "انضمت كل الروابط.",
        joined: "لم ينضم أحد بعد.",
        refused: "لم يُرفض أي جهاز.",
      },
      loading: "جارٍ جلب الروابط …",
      page: "الروابط",
      observer: "لا يرى المراقبون الروابط. اسأل المالك.",
      singleHint: (max: number) =>
        max === 1
          ? "يحصل الجميع على هذا الرابط. لأول من ينضم مقعد."
          : `يحصل الجميع على هذا الرابط. المقاعد لأول ${ofPeople(max)} ممن ينضمون.`,
      table: "الروابط، رابط في كل صف",
    },
    qr: {
      button: "رموز QR",
      of: (n: number) => `رمز QR للرابط ${f.number(n)}`,
      single: "رمز QR",
      picture: (n: number) => `رمز QR للرابط ${f.number(n)}`,
      pictureSingle: "رمز QR للرابط",
      hint: "تفتحه كاميرا الهاتف. من معه هذا الرمز معه الرابط.",
      hintSingle: "تفتحه كاميرا الهاتف. اعرضه في القاعة، أو ضعه على ملصق.",
      drawing: "جارٍ الرسم …",
      save: "احفظ بصيغة SVG",
      print: "اطبع",
      close: "أغلق",
      sheet: "اطبع رموز QR",
      sheetText: "مربع لكل رابط، مع رقمه ومع participant_id.",
      first: "من الرابط",
      last: "إلى الرابط",
      rangeHint: (n: number) => `الروابط من ${f.number(1)} إلى ${f.number(n)}.`,
      rangeWrong: (n: number) => `عددان صحيحان من ${f.number(1)} إلى ${f.number(n)}، الأصغر أولًا.`,
      many: (n: number) =>
        `${count(n, {
          one: "رمز واحد جاهز",
          two: "رمزان جاهزان",
          few: "{n} رموز جاهزة",
          many: "{n} رمزًا جاهزًا",
          other: "{n} رمز جاهز",
        })} للطباعة.`,
      sheetYes: "ارسم واطبع",
      drawn: (n: number, all: number) => `رُسم ${f.number(n)} من ${f.number(all)} …`,
      cancel: "إلغاء",
    },
  };
}
