/** The control room: guide, what is open, what people write, who is here. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { behindPlan, currentQuestion, hasTexts, shelves } from "../guide";
import { secondsLeft } from "../lifecycle";
import { now } from "../session";
import { mayCommand } from "../state";
import { useLive } from "./commands";
import { Confirm } from "./confirm";
import { Frame } from "./frame";
import { GuidePanel } from "./guide_panel";
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
  const reads = useComputed(() => {
    const current = currentQuestion(live.state.value?.items ?? []);
    if (current === null) return false;
    return hasTexts(current.item, live.questions.value.get(current.item.id));
  }).value;
  const phase = useComputed(() => live.state.value?.phase ?? "draft").value;
  const keysShown = useSignal(false);
  useKeys(live, keysShown, () => {
    tab.value = "texts";
  });
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
          <KeysButton shown={keysShown} />
          <End />
        </>
      }
      strip={
        <>
          <Sections here="live" />
          <Strip />
        </>
      }
      foot={<Tabs tab={tab} />}
    >
      <div class="room-top">
        <LineBanner />
        <Tray />
      </div>
      <div class="room" data-tab={tab.value}>
        <GuidePanel />
        <div class="now" data-p="now" data-reads={reads}>
          <OpenCard />
          <TextsPanel />
        </div>
        <PeoplePanel />
      </div>
    </Frame>
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
  return (
    // biome-ignore lint/a11y/useSemanticElements: facts, not a set of fields
    <div class="room-strip" role="group" aria-label={words.now}>
      <Elapsed />
      {counts !== null && (
        <>
          <span>
            <Bold around={words.here(counts.present)} />
          </span>
          <span>
            <Bold around={words.waiting(counts.waiting)} />
          </span>
          <span class="hide-s">
            <Bold around={words.joined(counts.joined, max)} />
          </span>
          {counts.damaged > 0 && <span class="wait-text">{damaged(counts.damaged)}</span>}
        </>
      )}
      <LineWord class="only-s" />
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
  if (state?.started_at === undefined) return null;
  const at = now.value + skew;
  const elapsed = Math.max(0, Math.floor((at - state.started_at) / 1000));
  const behind = behindPlan(state.items, state.started_at, at);
  return (
    <>
      <span>
        <Bold around={words.elapsed(f.clock(elapsed), state.duration)} />
      </span>
      {behind !== null && Math.abs(behind) >= ON_PLAN && (
        <span class="hide-s">
          {behind > 0 ? words.behind(f.clock(behind)) : words.ahead(f.clock(-behind))}
        </span>
      )}
      {state.ends_at !== undefined && (
        <span class="hide-s">{endsIn(f.clock(secondsLeft(state.ends_at, at)))}</span>
      )}
    </>
  );
}

function Tabs({ tab }: { tab: Signal<Tab> }) {
  const { room: words } = useWords();
  const live = useLive();
  const queue = useComputed(() => shelves(live.state.value?.items ?? []).queue.length).value;
  const names: Record<Tab, string> = {
    now: words.tab.now,
    guide: words.tab.guide(queue),
    texts: words.tab.texts,
    people: words.tab.people,
  };
  return (
    <nav class="room-tabs" aria-label={words.tabs}>
      {(Object.keys(names) as Tab[]).map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab.value === name ? "page" : undefined}
          onClick={() => {
            tab.value = name;
          }}
        >
          {names[name]}
        </button>
      ))}
    </nav>
  );
}
