/** The guide as a page: read it, and until the start change everything in it. */

import { useComputed, useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import { isQuestion, plannedSeconds } from "../guide";
import { mayOrder } from "../lifecycle";
import { mayCommand } from "../state";
import { useLive, WhyBlocked } from "./commands";
import { GuideFilePanel } from "./guide_file";
import { GuideRows } from "./guide_rows";
import { AddItem } from "./item_dialog";
import { GripHint, MoveDialog, Moved, useOrdering } from "./ordering";
import { PageFrame } from "./sections";
import { useWords } from "./words";

export function GuidePage() {
  const { guide: words } = useWords();
  const live = useLive();
  const state = live.state.value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (state === null) return null;
  const free = may && mayOrder(state.phase);
  return (
    <PageFrame state={state} here="guide">
      <div class="page-head">
        <div>
          <h2>{words.title}</h2>
          <p class="quiet">
            <Holds state={state} may={may} />
          </p>
        </div>
        <AddItem class="btn btn-go push" />
      </div>
      <div class="cols cols-main">
        <Items state={state} free={free} />
        <GuideFilePanel slug={state.slug} replace={free ? state.items : null} />
      </div>
    </PageFrame>
  );
}

/** What is in it, and what may still be done with it. */
function Holds({ state, may }: { state: StaffState; may: boolean }) {
  const { editor: words } = useWords();
  const asked = state.items.filter(({ item }) => isQuestion(item)).length;
  const plan = plannedSeconds(state.items);
  const minutes = plan === null || plan === 0 ? null : Math.ceil(plan / 60);
  return (
    <>
      {words.holds(asked, state.items.length - asked)}{" "}
      {minutes !== null && words.plan(minutes, state.duration)}{" "}
      {!may
        ? words.look
        : state.phase === "ended"
          ? words.over
          : !mayOrder(state.phase) && words.begun}
    </>
  );
}

function Items({ state, free }: { state: StaffState; free: boolean }) {
  const { guide: words, editor } = useWords();
  const opened = useSignal<number | null>(null);
  const ordering = useOrdering();
  return (
    <section class="panel" aria-label={words.title}>
      {state.items.length === 0 ? (
        <p class="panel-body quiet">{editor.empty}</p>
      ) : (
        <GuideRows entries={state.items} opened={opened} ordering={free ? ordering : null} />
      )}
      {free && state.items.length > 1 && (
        <div class="panel-body">
          <GripHint />
        </div>
      )}
      <WhyBlocked />
      <Moved ordering={ordering} />
      {free && <MoveDialog ordering={ordering} />}
    </section>
  );
}
