/** Audience: what to check before publishing, the one step forward, and the links. */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { ownZone } from "../../i18n";
import type { StaffState } from "../../wire";
import type { Words } from "../catalogue/en";
import { isQuestion, plannedSeconds } from "../guide";
import { mayUnpublish } from "../lifecycle";
import { go, now, who } from "../session";
import { mayCommand, mayReadFiles } from "../state";
import { CommandButton, useLive, WhyBlocked } from "./commands";
import { Confirm } from "./confirm";
import { Icon } from "./icons";
import { LinksPanel } from "./links";
import { To } from "./parts";
import { PageFrame } from "./sections";
import { StartButton } from "./start";
import { useWords } from "./words";

export function AudiencePage() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  const draft = state.phase === "draft";
  return (
    <PageFrame state={state} here="audience">
      <FollowMyStart />
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
          <LinksPanel />
        </div>
      </div>
    </PageFrame>
  );
}

/** Whoever starts goes on in the control room; others stay, and the page tells them. */
function FollowMyStart() {
  const live = useLive();
  const started = useRef(false);
  useSignalEffect(() => {
    if (live.pending.value?.command.op === "start") started.current = true;
    if (started.current && live.state.value?.phase === "live") {
      go({ screen: "live", slug: live.slug });
    }
  });
  return null;
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

/** What to know before publishing. An empty guide and a start by itself in the past stop it. */
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
  else found.push(startCheck(words, state, state.starts_at, now));
  found.push(
    address === null ? wait(ready.noAddress) : { tone: "ok", title: ready.address(address) },
  );
  return found;
}

function startCheck(words: Words, state: StaffState, startsAt: number, now: number): Check {
  const { ready } = words;
  const auto = state.auto_start === true;
  if (startsAt < now) {
    return auto ? { tone: "stop", ...ready.pastAuto } : { tone: "wait", ...ready.past };
  }
  const when = words.f.dayTime(startsAt);
  const title = auto ? ready.startsItself(when, ownZone()) : ready.starts(when, ownZone());
  return { tone: "ok", title };
}

function BeforePublish({ state }: { state: StaffState }) {
  const words = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
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
      {may && (
        <div class="live-actions">
          <CommandButton
            asked={{ op: "publish" }}
            class="btn btn-go"
            not={list.some(({ tone }) => tone === "stop")}
          >
            {words.ready.publish}
          </CommandButton>
          <span class="small quiet">{words.ready.publishHint}</span>
          <WhyBlocked />
        </div>
      )}
    </section>
  );
}

function Start() {
  const words = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const close = () => {
    asks.value = false;
  };
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const damaged = useComputed(() => live.counts.value?.damaged ?? 0).value;
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
      {damaged > 0 && <p class="panel-body small wait-text">{words.damaged(damaged)}</p>}
      {may && (
        <div class="live-actions">
          <StartButton />
          <BackButton onClick={() => (asks.value = true)} />
          <WhyBlocked />
        </div>
      )}
      {asks.value && (
        <Confirm
          title={words.back.title}
          asked={UNPUBLISH}
          yes={words.back.yes}
          no={words.back.no}
          yesClass="btn btn-stop grow"
          onClose={close}
        >
          <p>{words.back.text}</p>
        </Confirm>
      )}
    </section>
  );
}

const UNPUBLISH = { op: "unpublish" } as const;

/** Back to draft; close to the start, the reason why not. */
function BackButton({ onClick }: { onClick: () => void }) {
  const { back: words } = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const state = live.state.value;
  if (state?.phase !== "published") return null;
  if (!mayUnpublish(state, now.value + skew)) {
    return <span class="small quiet">{words.tooLate}</span>;
  }
  return (
    <button type="button" class="btn" onClick={onClick}>
      {words.button}
    </button>
  );
}

function Entry({ state }: { state: StaffState }) {
  const { f, ready: words, create, item, parts } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  return (
    <section class="panel" aria-labelledby="entry-head">
      <div class="panel-head">
        <h3 id="entry-head">{words.entry}</h3>
        {may && (
          <To to={{ screen: "settings", slug: live.slug }} class="push small">
            {parts.settings}
          </To>
        )}
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
