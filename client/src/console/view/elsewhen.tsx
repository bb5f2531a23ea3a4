/** The middle of the control room while nothing can be sent: before the start, and after the end. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { StaffState } from "../../wire";
import { mayCommand, mayReadFiles } from "../state";
import { useLive, WhyBlocked } from "./commands";
import { Open } from "./flex";
import { Over } from "./over";
import { Empty, To } from "./parts";
import { StartButton } from "./start";
import { useWords } from "./words";

export function Elsewhen({ state }: { state: StaffState }) {
  switch (state.phase) {
    case "draft":
      return <Draft />;
    case "published":
      return <Ready state={state} />;
    case "ended":
      return (
        <>
          <Over state={state} />
          <Ended />
        </>
      );
    case "flex":
      return (
        <>
          <Open state={state} />
          <Flex />
        </>
      );
    case "live":
      return null;
  }
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel open-card" aria-label={title}>
      <Empty title={title}>{children}</Empty>
    </section>
  );
}

function Draft() {
  const { elsewhere: words } = useWords();
  const live = useLive();
  const may = useMayRead();
  return (
    <Card title={words.draft.title}>
      <p>{words.draft.more}</p>
      {may && (
        <To to={{ screen: "audience", slug: live.slug }} class="btn btn-go">
          {words.toAudience}
        </To>
      )}
    </Card>
  );
}

/** Who waits, the plan, and the one button. */
function Ready({ state }: { state: StaffState }) {
  const words = useWords();
  const live = useLive();
  const waiting = useComputed(() => live.counts.value?.waiting ?? 0).value;
  const damaged = useComputed(() => live.counts.value?.damaged ?? 0).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const { starts_at: at } = state;
  return (
    <section class="panel open-card" aria-labelledby="ready-head">
      <div class="panel-head">
        <h2 id="ready-head">{words.elsewhere.published}</h2>
      </div>
      <div class="panel-body stack">
        <dl class="stats">
          <div class="stat">
            <dt>{words.ready.waitingNow}</dt>
            <dd>{words.ready.about(waiting)}</dd>
          </div>
        </dl>
        <p class="quiet">
          {at === undefined
            ? words.elsewhere.unplanned
            : words.elsewhere.planned(words.f.dayTime(at))}{" "}
          {words.elsewhere.notYet}
        </p>
        {damaged > 0 && <p class="small wait-text">{words.damaged(damaged)}</p>}
      </div>
      {may && (
        <div class="live-actions">
          <StartButton />
          <WhyBlocked />
        </div>
      )}
    </section>
  );
}

function Ended() {
  const { elsewhere: words } = useWords();
  const may = useMayRead();
  const { title, more } = may ? words.ended : words.endedObserver;
  return (
    <Card title={title}>
      <p>{more}</p>
      {may && <ToResults />}
    </Card>
  );
}

function Flex() {
  const { elsewhere: words } = useWords();
  const may = useMayRead();
  return (
    <Card title={words.flex.title}>
      <p>{words.flex.more}</p>
      {may && <ToResults />}
    </Card>
  );
}

function ToResults() {
  const { elsewhere: words } = useWords();
  const live = useLive();
  return (
    <To to={{ screen: "results", slug: live.slug }} class="btn">
      {words.toResults}
    </To>
  );
}

function useMayRead(): boolean {
  const live = useLive();
  return useComputed(() => mayReadFiles(live.room.value.role)).value;
}
