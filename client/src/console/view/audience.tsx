/** Audience: how people get in, what to look at before publishing, the one step forward, the links. */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { StaffState } from "../../wire";
import { mayUnpublish } from "../lifecycle";
import { takenOf } from "../links_list";
import { go, now } from "../session";
import { mayCommand } from "../state";
import { BeforePublish } from "./before_publish";
import { useLive, WhyBlocked } from "./commands";
import { Confirm } from "./confirm";
import { EntryFacts, EntryForm } from "./entry";
import { LinksPanel, useLinks } from "./links";
import { PageFrame } from "./sections";
import { StartButton } from "./start";
import { Tray } from "./tray";
import { useWords } from "./words";

export function AudiencePage() {
  const live = useLive();
  const state = live.state.value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const links = useLinks();
  if (state === null) return null;
  const draft = state.phase === "draft";
  const before = draft || state.phase === "published";
  const answer = links.answer.value;
  // The single link is copied, not downloaded.
  const unique = state.links === "unique" && answer?.ok ? answer.value : undefined;
  const taken = unique === undefined ? undefined : takenOf(unique);
  const takeFirst = draft && (taken === "none" || taken === "some");
  return (
    <PageFrame state={state} here="audience">
      <FollowMyStart />
      <div class="page-head">
        <Head state={state} />
      </div>
      <Tray />
      <div class="cols cols-side">
        <div class="stack">
          {draft && (
            <BeforePublish
              state={state}
              links={unique}
              onDownload={links.noteTaken}
              main={!takeFirst}
            />
          )}
          {!draft && <Now state={state} />}
          {may && before ? (
            <EntryForm key={state.slug} state={state} taken={taken === "some" || taken === "all"} />
          ) : (
            <EntryFacts state={state} />
          )}
        </div>
        <LinksPanel links={links} main={takeFirst} />
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

/** What this is, and how it stands. */
function Head({ state }: { state: StaffState }) {
  const { ready: words } = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const waiting = useComputed(() => live.counts.value?.waiting ?? 0).value;
  const { phase, max_participants: max } = state;
  const single = state.links === "single";
  const said = {
    draft: [words.draftTitle, single ? words.draftSingle(max) : words.draft(max)],
    published: [words.publishedTitle, words.published(waiting)],
    live: [words.liveTitle, words.live(joined, max)],
    flex: [words.liveTitle, words.live(joined, max)],
    ended: [words.overTitle, words.over(joined, max)],
  } as const satisfies Record<StaffState["phase"], readonly [string, string]>;
  const [title, lead] = said[phase];
  return (
    <div>
      <h2>{title}</h2>
      <p class="quiet">{lead}</p>
    </div>
  );
}

/** How it stands in numbers, and from published on the step forward and the step back. */
function Now({ state }: { state: StaffState }) {
  const words = useWords();
  const live = useLive();
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const damaged = useComputed(() => live.counts.value?.damaged ?? 0).value;
  const waiting = useComputed(() => live.counts.value?.waiting ?? 0).value;
  const here = useComputed(() => live.counts.value?.present ?? 0).value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const running = state.phase === "live" || state.phase === "flex";
  return (
    <section class="panel" aria-labelledby="now-head">
      <div class="panel-head">
        <h3 id="now-head">{words.room.now}</h3>
      </div>
      <dl class="panel-body stats">
        {state.phase !== "ended" && (
          <Fact name={words.ready.waitingNow}>{words.ready.about(waiting)}</Fact>
        )}
        {running && <Fact name={words.ready.hereNow}>{words.ready.about(here)}</Fact>}
        <Fact name={words.list.joined}>{words.list.of(joined, state.max_participants)}</Fact>
      </dl>
      {damaged > 0 && <p class="panel-body small wait-text">{words.damaged(damaged)}</p>}
      {may && state.phase === "published" && (
        <div class="live-actions">
          <StartButton />
          <BackButton state={state} />
          <WhyBlocked />
        </div>
      )}
    </section>
  );
}

const UNPUBLISH = { op: "unpublish" } as const;

/** Back to draft; close to the start, the reason why not. */
function BackButton({ state }: { state: StaffState }) {
  const { back: words } = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const skew = useComputed(() => live.room.value.skew).value;
  if (!mayUnpublish(state, now.value + skew)) {
    return <span class="small quiet">{words.tooLate}</span>;
  }
  return (
    <>
      <button
        type="button"
        class="btn"
        onClick={() => {
          asks.value = true;
        }}
      >
        {words.button}
      </button>
      {asks.value && (
        <Confirm
          title={words.title}
          asked={UNPUBLISH}
          yes={words.yes}
          no={words.no}
          yesClass="btn btn-stop grow"
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{words.text}</p>
        </Confirm>
      )}
    </>
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
