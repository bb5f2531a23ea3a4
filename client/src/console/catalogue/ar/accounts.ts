/** The staff page in Arabic: accounts and invitations. */

import { apart } from "../../../catalogue/ar";
import type { accountWords } from "../en/accounts";
import { said } from "../en/counting";

export function accountWordsAr(): ReturnType<typeof accountWords> {
  return {
    staff: {
      title: "الفريق",
      mine: "الحساب",
      link: "الفريق والحساب",
      as: (name: string, role: string) => `${apart(name)}، ${role}`,
      roles: { owner: "مالك", moderator: "مشرف", researcher: "باحث", observer: "مراقب" },
      may: {
        owner: "كل شيء، بما في ذلك حسابات الفريق والمحو.",
        moderator: "التعديل والنشر والإدارة وتحرير الروابط والكتم والإزالة والتنزيل.",
        researcher: "الروابط وكل الملفات والشرح. بلا أوامر.",
        observer: "العرض المباشر بلا أرقام ولا أسماء كاتبين. بلا ملفات.",
      },
      list: "الحسابات",
      name: "الاسم",
      role: "الدور",
      since: "منذ",
      state: "الحالة",
      roleOf: (name: string) => `دور ${apart(name)}`,
      disable: "عطّل",
      disableOf: (name: string) => `عطّل ${apart(name)}`,
      enable: "فعّل",
      enableOf: (name: string) => `فعّل ${apart(name)}`,
      disabled: "معطّل",
      you: "أنت",
      invite: "ادعُ شخصًا",
      inviteRole: "بصفة",
      inviteButton: "أنشئ رابط دعوة",
      invited: (role: string) =>
        said(
          `دعوة بصفة ${role}`,
          "أرسل هذا الرابط إلى شخص واحد. يعمل مرة واحدة، لمدة أسبوع، ولا يظهر إلا هنا.",
        ),
      copy: "انسخ الرابط",
      password: "كلمة مرورك",
      old: "كلمة المرور الحالية",
      new: "كلمة المرور الجديدة",
      newHint: "10 أحرف على الأقل. تنتهي جلساتك الأخرى.",
      short: "تحتاج كلمة المرور إلى 10 أحرف على الأقل.",
      change: "غيّر كلمة المرور",
      changed: "تغيّرت كلمة مرورك.",
      everywhere: "سجّل الخروج من كل مكان",
      everywhereText: "ينهي كل جلساتك، وهذه أيضًا.",
    },
    invitation: {
      title: "أنت مدعو",
      lead: (role: string) => `أنشئ حسابك: ${role}.`,
      checking: "جارٍ النظر في دعوتك …",
      button: "أنشئ الحساب",
      noSecret: said("هذه الدعوة ناقصة", "افتح الرابط كاملًا كما أُرسل إليك، حتى آخر حرف."),
      over: said(
        "هذه الدعوة لم تعد صالحة",
        "استُعملت من قبل أو مضى وقتها. اطلب دعوة جديدة ممن أرسلها إليك.",
      ),
    },
  };
}
