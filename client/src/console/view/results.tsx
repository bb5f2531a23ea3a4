/** After the live part: who came, how much they answered, the files; what is still open, or may be. */

import { useComputed } from "@preact/signals";
import type { StaffState } from "../../wire";
import { halfReached, histogram } from "../numbers";
import { route } from "../session";
import { useLive } from "./commands";
import { ExplainPage } from "./explain";
import { FilesPanel } from "./files";
import { FlexGuide, Open } from "./flex";
import { OutcomePanel } from "./outcome_panel";
import { Over, ReopenButton } from "./over";
import { Empty, To } from "./parts";
import { PeoplePanel } from "./people";
import { Histogram, Rates } from "./results_pictures";
import { PageFrame } from "./sections";
import { TextsPanel } from "./texts_panel";
import { Tray } from "./tray";
import { useParticipantData } from "./use_people";
import { useWords } from "./words";

export function ResultsPage() {
  const live = useLive();
  const state = live.state.value;
  const to = route.value;
  if (state === null) return null;
  if ("whose" in to && to.whose !== undefined) {
    return <ExplainPage key={to.whose} state={state} whose={to.whose} />;
  }
  const begun = state.phase !== "draft" && state.phase !== "published";
  return (
    <PageFrame state={state} here="results">
      {begun ? <Results state={state} /> : <NotYet slug={state.slug} />}
    </PageFrame>
  );
}

function NotYet({ slug }: { slug: string }) {
  const { ended: words } = useWords();
  return (
    <section class="panel">
      <Empty title={words.notYet}>
        <p>{words.notYetMore}</p>
        <To to={{ screen: "audience", slug }} class="btn">
          {words.toAudience}
        </To>
      </Empty>
    </section>
  );
}

function Results({ state }: { state: StaffState }) {
  const { data, again } = useParticipantData();
  const people = data.kind === "got" ? data.people : null;
  return (
    <>
      {state.phase === "flex" ? <Open state={state} /> : <Over state={state} />}
      <Tray />
      <Came state={state} />
      <div class="cols cols-main">
        <div class="stack">
          <Histogram />
          <Rates state={state} />
          <PeoplePanel order="lowest" found={people?.byPid ?? null} />
          <TextsPanel />
          {state.phase === "flex" && <FlexGuide state={state} />}
        </div>
        <div class="stack results-side">
          {state.links === "unique" && <OutcomePanel data={data} again={again} />}
          <FilesPanel state={state} />
        </div>
      </div>
    </>
  );
}

function Came({ state }: { state: StaffState }) {
  const { ended: words } = useWords();
  const live = useLive();
  const people = live.people.value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const asked = useComputed(() => live.counts.value?.asked ?? 0).value;
  const half = halfReached(people.values());
  const all = histogram(people.values())[10] ?? 0;
  const single = state.links === "single";
  const came = state.phase === "ended" ? words.came : words.soFar;
  return (
    <div class="page-head">
      <div>
        <h2>{single ? words.browsers(joined) : came(joined, state.max_participants)}</h2>
        <p class="quiet">
          {words.asked(asked)} {half !== null && words.half(half, all)}
          {single && words.browsersNote}
        </p>
      </div>
      {state.phase === "ended" && <ReopenButton state={state} />}
    </div>
  );
}
