/** The control room: guide, what is open, what people write, who is here. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { behindPlan, currentQuestion, hasTexts, shelves } from "../guide";
import { secondsLeft } from "../lifecycle";
import { now } from "../session";
import { mayCommand, type Phase } from "../state";
import { useLive } from "./commands";
import { Confirm } from "./confirm";
import { CurvePanel } from "./curve";
import { Elsewhen } from "./elsewhen";
import { Frame } from "./frame";
import { type Browsed, browsed, GuidePanel } from "./guide_panel";
import { KeysButton, useKeys } from "./keys";
import { LineBanner, LineWord } from "./line";
import { OpenCard } from "./open";
import { PhasePill } from "./parts";
import { PeoplePanel } from "./people";
import { Sections } from "./sections";
import { TextsPanel } from "./texts_panel";
import { Tray } from "./tray";
import { Bold, useWords } from "./words";

type Tab = "now" | "guide" | "texts" | "people";

export function LivePage() {
  const live = useLive();
  const tab = useSignal<Tab>("now");
  const title = useComputed(() => live.state.value?.title ?? "").value;
  const phase = useComputed(() => live.state.value?.phase ?? "draft").value;
  const keysShown = useSignal(false);
  const view = useRef<Browsed | null>(null);
  view.current ??= browsed();
  const show = useRef((pane: Tab) => {
    tab.value = pane;
  }).current;
  useKeys(live, view.current, keysShown, show);
  return (
    <Frame
      title={title}
      class="room-wrap"
      top={
        <>
          <span class="hide-s row">
            <PhasePill phase={phase} />
          </span>
          <LineWord class="hide-s" />
          <With class="hide-s" />
          {phase === "live" && <KeysButton shown={keysShown} />}
          {phase === "live" && <End />}
        </>
      }
      strip={
        <>
          <Sections here="live" />
          <Strip />
        </>
      }
      foot={<Tabs tab={tab} tabs={TABS[phase]} />}
    >
      <div class="room-top">
        <LineBanner />
      </div>
      <div class={started(phase) ? "room" : "room room-two"} data-tab={tab.value}>
        <GuidePanel view={view.current} />
        <Now />
        {started(phase) && (
          <div class="side" data-p="people">
            {phase !== "ended" && <Tray />}
            {phase === "live" && <CurvePanel />}
            <PeoplePanel />
          </div>
        )}
      </div>
    </Frame>
  );
}

function started(phase: Phase): boolean {
  return phase !== "draft" && phase !== "published";
}

const EVERY: readonly Tab[] = ["now", "guide", "texts", "people"];
const BEFORE: readonly Tab[] = ["now", "guide"];
const TABS: Record<Phase, readonly Tab[]> = {
  draft: BEFORE,
  published: BEFORE,
  live: EVERY,
  ended: EVERY,
  flex: EVERY,
};

/** What is open and what people write to it; otherwise why nothing can be. */
function Now() {
  const live = useLive();
  const reads = useComputed(() => {
    const current = currentQuestion(live.state.value?.items ?? []);
    if (current === null) return false;
    return hasTexts(current.item, live.questions.value.get(current.item.id));
  }).value;
  const state = live.state.value;
  if (state === null) return null;
  return (
    <div class="now" data-p="now" data-reads={reads}>
      {state.phase === "live" ? <OpenCard /> : <Elsewhen state={state} />}
      {started(state.phase) && <TextsPanel />}
    </div>
  );
}

/** Who else has this room open. */
function With({ class: name }: { class: string }) {
  const { company: words } = useWords();
  const live = useLive();
  const [first, ...more] = useComputed(() => live.room.value.others).value;
  if (first === undefined) return null;
  return (
    <span class={`small quiet ${name}`}>
      <bdi>{words.with(first, more.length)}</bdi>
    </span>
  );
}

function End() {
  const { room: words } = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const close = useRef(() => {
    asks.value = false;
  });
  if (!may) return null;
  return (
    <>
      <button
        type="button"
        class="btn btn-s btn-stop"
        onClick={() => {
          asks.value = true;
        }}
      >
        {words.end}
      </button>
      {asks.value && <EndDialog onClose={close.current} />}
    </>
  );
}

const END = { op: "end" } as const;

function EndDialog({ onClose }: { onClose: () => void }) {
  const { room: words } = useWords();
  const live = useLive();
  const present = useComputed(() => live.counts.value?.present ?? 0).value;
  const state = live.state.value;
  const current = currentQuestion(state?.items ?? []);
  const open = current?.status === "open" ? current.item.number : null;
  return (
    <Confirm
      title={words.endTitle}
      asked={END}
      yes={words.endYes}
      no={words.endNo}
      yesClass="btn btn-end grow"
      onClose={onClose}
    >
      <p>{words.endHere(present, open)}</p>
      <p class="quiet">{words.endGrace(state?.grace ?? 0)}</p>
    </Confirm>
  );
}

function Strip() {
  const { room: words, damaged } = useWords();
  const live = useLive();
  const counts = live.counts.value;
  const max = useComputed(() => live.state.value?.max_participants ?? 0).value;
  const phase = useComputed(() => live.state.value?.phase).value;
  const running = phase === "live" || phase === "flex";
  return (
    // biome-ignore lint/a11y/useSemanticElements: facts, not a set of fields
    <div class="room-strip" role="group" aria-label={words.now}>
      <Elapsed />
      {counts !== null && (
        <>
          {running && (
            <span>
              <Bold around={words.here(counts.present)} />
            </span>
          )}
          {(running || phase === "published") && (
            <span>
              <Bold around={words.waiting(counts.waiting)} />
            </span>
          )}
          <span class={running ? "hide-s" : undefined}>
            <Bold around={words.joined(counts.joined, max)} />
          </span>
          {counts.damaged > 0 && <span class="wait-text">{damaged(counts.damaged)}</span>}
        </>
      )}
      <LineWord class="only-s" />
      <With class="only-s" />
    </div>
  );
}

/** Seconds off the plan that are not worth a word. */
const ON_PLAN = 30;

function Elapsed() {
  const { f, room: words, endsIn } = useWords();
  const live = useLive();
  const state = live.state.value;
  const skew = useComputed(() => live.room.value.skew).value;
  if (state?.phase !== "live" || state.started_at === undefined) return null;
  const at = now.value + skew;
  const elapsed = Math.max(0, Math.floor((at - state.started_at) / 1000));
  const behind = behindPlan(state.items, state.started_at, at);
  return (
    <>
      <span>
        <Bold around={words.elapsed(f.clock(elapsed), state.duration)} />
      </span>
      {behind !== null && Math.abs(behind) >= ON_PLAN && (
        <span>{behind > 0 ? words.behind(f.clock(behind)) : words.ahead(f.clock(-behind))}</span>
      )}
      {state.ends_at !== undefined && (
        <span class="hide-s">{endsIn(f.clock(secondsLeft(state.ends_at, at)))}</span>
      )}
    </>
  );
}

function Tabs({ tab, tabs }: { tab: Signal<Tab>; tabs: readonly Tab[] }) {
  const { f, room: words } = useWords();
  const live = useLive();
  const queue = useComputed(() => shelves(live.state.value?.items ?? []).queue.length).value;
  // Once it is over nobody is let in any more.
  const asking = useComputed(() =>
    live.state.value?.phase === "ended" ? 0 : live.asking.value.length,
  ).value;
  const names: Record<Tab, string> = {
    now: words.tab.now,
    guide: words.tab.guide(queue),
    texts: words.tab.texts,
    people: words.tab.people,
  };
  return (
    <nav class="room-tabs" aria-label={words.tabs}>
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab.value === name ? "page" : undefined}
          onClick={() => {
            tab.value = name;
          }}
        >
          {names[name]}
          {name === "people" && asking > 0 && (
            <span class="pill pill-wait">{f.number(asking)}</span>
          )}
        </button>
      ))}
    </nav>
  );
}
