/** The staff page in Arabic, in the shape of `en.ts`; the parts are in the folder `ar`. */

import type { Formats } from "../../i18n";
import { accountWordsAr } from "./ar/accounts";
import { appWordsAr } from "./ar/app";
import { audienceWordsAr } from "./ar/audience";
import { editorWordsAr } from "./ar/editor";
import { explainWordsAr } from "./ar/explain";
import { guideWordsAr } from "./ar/guide";
import { lifecycleWordsAr } from "./ar/lifecycle";
import { listWordsAr } from "./ar/list";
import { liveWordsAr } from "./ar/live";
import { matchWordsAr } from "./ar/match";
import { refusalWordsAr } from "./ar/refusals";
import { resultsWordsAr } from "./ar/results";
import { scheduleWordsAr } from "./ar/schedule";
import { watchWordsAr } from "./ar/watch";
import type { Words } from "./en";

export default function arabic(f: Formats): Words {
  return {
    f,
    ...appWordsAr(f),
    ...accountWordsAr(),
    ...listWordsAr(f),
    ...guideWordsAr(f),
    ...editorWordsAr(f),
    ...audienceWordsAr(f),
    ...lifecycleWordsAr(f),
    ...liveWordsAr(f),
    ...refusalWordsAr(f),
    ...resultsWordsAr(f),
    ...explainWordsAr(f),
    ...matchWordsAr(f),
    ...scheduleWordsAr(f),
    ...watchWordsAr(f),
  };
}
