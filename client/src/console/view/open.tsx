/** The question that is open, its answers in bars, and the buttons that move the conversation. */

import { useComputed } from "@preact/signals";
import type { StaffItem } from "../../wire";
import { currentQuestion, isQuestion, nextItem, shownMessage } from "../guide";
import { bars } from "../numbers";
import { now } from "../session";
import { mayCommand } from "../state";
import { Bars } from "./bars";
import { CommandButton, useLive, WhyBlocked } from "./commands";
import { useEdit } from "./editor";
import { Empty } from "./parts";
import { Bold, useWords } from "./words";

export function OpenCard() {
  const words = useWords();
  const live = useLive();
  const items = live.state.value?.items ?? [];
  const current = currentQuestion(items);
  const message = shownMessage(items);
  return (
    <section class="panel open-card" aria-labelledby={current === null ? undefined : "open-head"}>
      {message !== null && <Message entry={message} />}
      {current === null ? (
        <Empty title={words.open.none.title}>
          {message === null && <p>{words.open.none.more}</p>}
        </Empty>
      ) : (
        <Question entry={current} />
      )}
      <Actions items={items} current={current} />
    </section>
  );
}

function Message({ entry }: { entry: StaffItem }) {
  const { open: words } = useWords();
  return (
    <div class="shown">
      <span class="small quiet">{words.messageShown}</span>
      <p dir="auto">{entry.item.text}</p>
    </div>
  );
}

function Question({ entry }: { entry: StaffItem }) {
  const words = useWords();
  const { item, status } = entry;
  const open = status === "open";
  return (
    <>
      <div class="panel-head">
        <span class={open ? "pill pill-go" : "pill"}>
          {open && <span class="dot" />}
          {open ? words.open.open : words.open.closed}
        </span>
        <span class="small quiet">
          {words.item.question(item.number)} · {words.item.kind[item.type]}
        </span>
        <span class="push small quiet num">
          <Timing entry={entry} />
        </span>
      </div>
      <div class="panel-body stack open-body">
        <h2 id="open-head" class="open-text" dir="auto">
          {item.text}
        </h2>
        <Answers key={item.id} entry={entry} />
      </div>
    </>
  );
}

/** The plan is a hint: when it is over, the question is still open. */
function Timing({ entry }: { entry: StaffItem }) {
  const { f, open: words } = useWords();
  const live = useLive();
  const skew = useComputed(() => live.room.value.skew).value;
  const at = now.value + skew;
  if (entry.status !== "open") {
    if (entry.closed_at === undefined) return null;
    return <>{words.closedAgo(f.clock(Math.max(0, Math.floor((at - entry.closed_at) / 1000))))}</>;
  }
  const spent = Math.max(0, Math.floor((at - (entry.sent_at ?? at)) / 1000));
  const plan = entry.item.duration;
  if (plan === undefined) return <>{words.since(f.clock(spent))}</>;
  return <>{spent <= plan ? words.ofPlan(spent, plan) : words.overPlan(f.clock(spent))}</>;
}

/** The part that changes four times a second. Its key is the question. */
function Answers({ entry }: { entry: StaffItem }) {
  const { open: words } = useWords();
  const live = useLive();
  const { item } = entry;
  const tally = useComputed(() => live.questions.value.get(item.id)).value;
  const present = useComputed(() => live.counts.value?.present ?? 0).value;
  const answered = tally?.answered ?? 0;
  // People who left after answering still count, so there may be more answers than people here.
  const ofHere = entry.status === "open" && answered <= present && present > 0;
  return (
    <>
      <p class="small quiet">
        <Bold around={ofHere ? words.answered(answered, present) : words.answeredAlone(answered)} />
      </p>
      <Bars bars={bars(item, tally)} />
      {item.type === "multiple_choice" && <p class="small quiet">{words.several}</p>}
    </>
  );
}

/** A slip in the wording is mended where it is read. */
function Correct({ entry }: { entry: StaffItem }) {
  const { edit: words } = useWords();
  const edit = useEdit();
  return (
    <button type="button" class="btn hide-s" onClick={() => edit(entry.item.id)}>
      {words.edit}
    </button>
  );
}

function Actions({ items, current }: { items: readonly StaffItem[]; current: StaffItem | null }) {
  const { open: words } = useWords();
  const live = useLive();
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const next = nextItem(items);
  if (!may) return null;
  return (
    <div class="live-actions">
      <CommandButton asked={{ op: "next" }} class="btn btn-go" not={next === null}>
        {next !== null && !isQuestion(next.item) ? words.nextMessage : words.next}
        <kbd class="hide-m">N</kbd>
      </CommandButton>
      {current?.status === "open" && (
        <CommandButton asked={{ op: "close" }}>{words.close}</CommandButton>
      )}
      {current !== null && <Correct entry={current} />}
      {next === null ? (
        <span class="small quiet">{words.allSent}</span>
      ) : (
        <p class="next-text small quiet clip" dir="auto">
          {next.item.text}
        </p>
      )}
      <WhyBlocked />
    </div>
  );
}
