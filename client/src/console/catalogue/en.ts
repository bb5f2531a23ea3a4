/**
 * The staff page in English, in the form of the participant page's `catalogue/en.ts`. Tone: the truth,
 * in words, with what to do next; "about" before every estimate; never a code, never blame. Another
 * language is another file beside this one with the same shape; the parts are in the folder `en`.
 */

import type { Formats } from "../../i18n";
import { accountWords } from "./en/accounts";
import { appWords } from "./en/app";
import { audienceWords } from "./en/audience";
import { editorWords } from "./en/editor";
import { explainWords } from "./en/explain";
import { guideWords } from "./en/guide";
import { lifecycleWords } from "./en/lifecycle";
import { listWords } from "./en/list";
import { liveWords } from "./en/live";
import { matchWords } from "./en/match";
import { refusalWords } from "./en/refusals";
import { resultsWords } from "./en/results";
import { scheduleWords } from "./en/schedule";
import { watchWords } from "./en/watch";

export default function english(f: Formats) {
  return {
    f,
    ...appWords(f),
    ...accountWords(),
    ...listWords(f),
    ...guideWords(f),
    ...editorWords(f),
    ...explainWords(f),
    ...audienceWords(f),
    ...lifecycleWords(f),
    ...liveWords(f),
    ...matchWords(f),
    ...refusalWords(f),
    ...resultsWords(f),
    ...scheduleWords(f),
    ...watchWords(f),
  };
}

export type Words = ReturnType<typeof english>;
