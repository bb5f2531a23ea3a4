/** The guide as a page: read it, and until the start change it. */

import { useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import { isQuestion } from "../guide";
import { useLive } from "./commands";
import { GuideRows } from "./guide_rows";
import { AddItem } from "./item_dialog";
import { PageFrame } from "./sections";
import { useWords } from "./words";

export function GuidePage() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  return (
    <PageFrame state={state} here="guide">
      <Guide state={state} />
    </PageFrame>
  );
}

function Guide({ state }: { state: StaffState }) {
  const { guide: words, create } = useWords();
  const opened = useSignal<number | null>(null);
  const questions = state.items.filter(({ item }) => isQuestion(item)).length;
  return (
    <section class="panel" aria-labelledby="guide-head">
      <div class="panel-head">
        <h3 id="guide-head">{words.title}</h3>
        <span class="small quiet">{create.good(questions, state.items.length)}</span>
        <AddItem />
      </div>
      <div class="rows-scroll">
        <GuideRows entries={state.items} opened={opened} />
      </div>
    </section>
  );
}
