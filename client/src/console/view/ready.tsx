/** Before it is live: what to check, the links, the guide, and the one step forward. */

import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ownZone } from "../../i18n";
import type { StaffState } from "../../wire";
import { isQuestion, plannedSeconds } from "../guide";
import { who } from "../session";
import type { Words } from "../words";
import { CommandButton, useLive, WhyBlocked } from "./commands";
import { Confirm } from "./confirm";
import { Frame } from "./frame";
import { GuideRows } from "./guide_rows";
import { Icon } from "./icons";
import { LineBanner, LineWord } from "./line";
import { LinksPanel } from "./links";
import { PhasePill } from "./parts";
import { useWords } from "./words";

export function Ready() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  const draft = state.phase === "draft";
  return (
    <Frame
      title={state.title}
      top={
        <>
          <PhasePill phase={state.phase} />
          <LineWord />
        </>
      }
    >
      <LineBanner />
      <div class="page-head">
        <div>
          <Title draft={draft} />
          <Lead state={state} />
        </div>
      </div>
      <div class="cols cols-side">
        <div class="stack">
          {draft ? <BeforePublish state={state} /> : <Start />}
          <Entry state={state} />
        </div>
        <div class="stack">
          {draft && <Guide state={state} />}
          <LinksPanel />
          {!draft && <Guide state={state} />}
        </div>
      </div>
    </Frame>
  );
}

function Title({ draft }: { draft: boolean }) {
  const { ready: words } = useWords();
  return <h2>{draft ? words.draftTitle : words.publishedTitle}</h2>;
}

function Lead({ state }: { state: StaffState }) {
  const { ready: words } = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  if (state.phase !== "draft") return <p class="quiet">{words.published(joined)}</p>;
  return <p class="quiet">{state.links === "single" ? words.draftSingle : words.draft}</p>;
}

interface Check {
  readonly tone: "ok" | "wait" | "stop";
  readonly title: string;
  readonly more?: string;
}

/** What to know before publishing. Only an empty guide stops it. */
function checks(words: Words, state: StaffState, address: string | null, now: number): Check[] {
  const { ready } = words;
  const wait = (said: { title: string; more: string }): Check => ({ tone: "wait", ...said });
  const found: Check[] = [];
  const questions = state.items.filter(({ item }) => isQuestion(item)).length;
  const plan = plannedSeconds(state.items);
  const minutes = plan === null ? null : Math.ceil(plan / 60);
  if (questions === 0) found.push({ tone: "stop", ...ready.noQuestion });
  else if (minutes === null) found.push({ tone: "ok", title: ready.guide(questions) });
  else if (minutes > state.duration) found.push(wait(ready.guideLong(minutes, state.duration)));
  else found.push({ tone: "ok", title: ready.guidePlan(questions, minutes, state.duration) });
  if (state.starts_at === undefined) found.push({ tone: "ok", title: ready.noStart });
  else if (state.starts_at < now) found.push(wait(ready.past));
  else found.push({ tone: "ok", title: ready.starts(words.f.dayTime(state.starts_at), ownZone()) });
  found.push(
    address === null ? wait(ready.noAddress) : { tone: "ok", title: ready.address(address) },
  );
  return found;
}

function BeforePublish({ state }: { state: StaffState }) {
  const words = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const address = who.value.kind === "somebody" ? who.value.me.public : null;
  const list = checks(words, state, address, Date.now() + skew);
  const todo = list.filter(({ tone }) => tone !== "ok").length;
  return (
    <section class="panel" aria-labelledby="before-head">
      <div class="panel-head">
        <h3 id="before-head">{words.ready.before}</h3>
        {todo > 0 && <span class="push pill pill-wait">{words.ready.todo(todo)}</span>}
      </div>
      <ul class="panel-body checks">
        {list.map((check) => (
          <li class={`check check-${check.tone}`} key={check.title}>
            <Icon name={check.tone === "ok" ? "check" : check.tone === "wait" ? "warn" : "stop"} />
            <div>
              <span>{check.title}</span>
              {check.more !== undefined && <p>{check.more}</p>}
            </div>
          </li>
        ))}
      </ul>
      <div class="live-actions">
        <CommandButton
          op="publish"
          class="btn btn-go"
          not={list.some(({ tone }) => tone === "stop")}
        >
          {words.ready.publish}
        </CommandButton>
        <span class="small quiet">{words.ready.publishHint}</span>
        <WhyBlocked />
      </div>
    </section>
  );
}

function Start() {
  const words = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const waiting = useComputed(() => live.counts.value?.waiting ?? 0).value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const state = live.state.value;
  return (
    <section class="panel" aria-labelledby="start-head">
      <div class="panel-head">
        <h3 id="start-head">{words.room.now}</h3>
      </div>
      <dl class="panel-body stats">
        <Fact name={words.ready.waitingNow}>{words.ready.about(waiting)}</Fact>
        <Fact name={words.list.joined}>{words.list.of(joined, state?.max_participants ?? 0)}</Fact>
      </dl>
      <div class="live-actions">
        <button
          type="button"
          class="btn btn-go"
          onClick={() => {
            asks.value = true;
          }}
        >
          {words.ready.start}
        </button>
        <WhyBlocked />
      </div>
      {asks.value && (
        <Confirm
          title={words.ready.startTitle}
          op="start"
          yes={words.ready.startYes}
          no={words.ready.startNo}
          yesClass="btn btn-go grow"
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{words.ready.startWaiting(waiting)}</p>
          <p class="quiet">{words.ready.startNote}</p>
        </Confirm>
      )}
    </section>
  );
}

function Entry({ state }: { state: StaffState }) {
  const { f, ready: words, create, item } = useWords();
  return (
    <section class="panel" aria-labelledby="entry-head">
      <div class="panel-head">
        <h3 id="entry-head">{words.entry}</h3>
      </div>
      <dl class="panel-body facts-list">
        <Plain name={words.kind}>
          {state.links === "unique" ? create.unique.title : create.single.title}
        </Plain>
        <Plain name={words.max}>{f.number(state.max_participants)}</Plain>
        {state.links === "unique" && (
          <Plain name={words.devices}>{state.several_devices ? words.on : words.off}</Plain>
        )}
        <Plain name={words.planned}>{words.minutes(state.duration)}</Plain>
        <Plain name={words.grace}>{item.seconds(state.grace)}</Plain>
      </dl>
    </section>
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
      </div>
      <div class="rows-scroll">
        <GuideRows entries={state.items} opened={opened} commands={false} />
      </div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="stat">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Plain({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
