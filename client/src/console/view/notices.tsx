/** What answers a press (a toast, until it is read) and what is read out as news. */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Command } from "../../wire";
import type { Words } from "../catalogue/en";
import type { Asked } from "../commands";
import { currentQuestion } from "../guide";
import type { Happening } from "../meanwhile";
import { type News as Item, NOTHING_TOLD, tell } from "../news";
import { now } from "../session";
import type { Did, Notice, Room } from "../state";
import { CommandButton, useLive } from "./commands";
import { itemName } from "./item_name";
import { Told } from "./parts";
import { useWords } from "./words";

export function Notices() {
  const words = useWords();
  const live = useLive();
  const notice = useComputed(() => live.room.value.notice).value;
  if (notice === null) return null;
  return (
    <div class="toast" role="alert">
      {notice.kind === "back" ? (
        <Back happened={notice.happened} aseq={notice.aseq} />
      ) : (
        <Sentence notice={notice} />
      )}
      {notice.kind === "muted" && (
        <CommandButton asked={undoing(notice.command)} class="btn btn-s">
          {words.undo.button}
        </CommandButton>
      )}
      <button type="button" class="btn btn-s" onClick={() => live.read()}>
        {words.app.ok}
      </button>
    </div>
  );
}

function Sentence({ notice }: { notice: Exclude<Notice, { kind: "back" }> }) {
  const words = useWords();
  const live = useLive();
  const { title, more } = sentence(words, notice, live.room.peek());
  return (
    <span>
      <b>{title}</b> {more}
    </span>
  );
}

function undoing({ participant, question, author }: Command): Asked {
  return {
    op: "unmute",
    ...(participant === undefined ? {} : { participant }),
    ...(question === undefined ? {} : { question }),
    ...(author === undefined ? {} : { author }),
  };
}

/** What happened while the line was broken. The answers go on counting until it is read. */
function Back({ happened, aseq }: { happened: readonly Happening[]; aseq: number }) {
  const words = useWords();
  const live = useLive();
  const came = useComputed(() => (live.counts.value?.aseq ?? 0) - aseq).value;
  const state = live.state.value;
  const parts = happened.map((one) => {
    if (one.kind === "phase") return words.meanwhile.phase[one.phase];
    const last = itemName(words.item.lower, state, one.items.at(-1) ?? null);
    if (one.items.length === 1) return words.meanwhile.one(last, one.kind);
    return one.kind === "sent"
      ? words.meanwhile.severalSent(one.items.length, last)
      : words.meanwhile.several(one.items.length, one.kind);
  });
  if (came > 0) parts.push(words.meanwhile.answers(came));
  return (
    <span>
      <b>{words.meanwhile.title}</b> {words.meanwhile.join(parts)}
    </span>
  );
}

/** Of two moderators who press at once the second is told who was first, if this screen knows. */
function sentence(
  words: Words,
  notice: Exclude<Notice, { kind: "back" }>,
  room: Room,
): { title: ComponentChildren; more: string } {
  if (notice.kind === "unsure") return words.notice.unsure(words.notice.op[notice.op]);
  if (notice.kind === "muted") return { title: words.undo.muted, more: words.undo.more };
  if (notice.kind === "alone") return alone(words, notice.name, room);
  const plain = { title: <Told refusal={notice.refusal} />, more: "" };
  if (notice.refusal.code !== "expect") return plain;
  const did = room.did;
  const title =
    did !== null && did.by !== "" && did.rev > notice.sawRev ? first(words, did, room) : "";
  const sending = notice.op === "next" || notice.op === "send";
  if (title === "") return plain;
  return { title, more: sending ? words.notice.notSent : words.notice.notDone };
}

function first(words: Words, did: Did, room: Room): string {
  switch (did.kind) {
    case "opened": {
      const seconds = Math.round((Date.now() + room.skew - did.at) / 1000);
      const item = itemName(words.item.lower, room.state, did.item);
      return item === "" ? "" : words.notice.bySomebody(did.by, item, seconds);
    }
    case "started":
      return words.notice.started(did.by);
    case "published":
      return words.notice.published(did.by);
    case "ended":
    case "unpublished":
    case "end_undone":
    case "reopened":
      return words.notice[did.kind](did.by);
    default:
      return "";
  }
}

/** The moderator beside this one is gone, perhaps with their laptop: nothing is. */
function alone(words: Words, name: string, room: Room): { title: string; more: string } {
  const open = currentQuestion(room.state?.items ?? []);
  const title = words.company.gone(name);
  if (open?.status !== "open") return { title, more: words.company.everything };
  const n = room.questions.get(open.item.id)?.answered ?? 0;
  const item = itemName(words.item.lower, room.state, open.item.id);
  return { title, more: words.company.everythingOpen(item, n) };
}

/** One polite region, at most every ten seconds. */
export function News() {
  const words = useWords();
  const live = useLive();
  const told = useSignal(NOTHING_TOLD);
  useSignalEffect(() => {
    const at = now.value;
    told.value = tell(told.peek(), live.room.peek(), at);
  });
  const item = useComputed(() => told.value.news).value;
  return (
    <p class="vh" role="status">
      {item === null ? "" : said(words, item, live.room.peek())}
    </p>
  );
}

function said(words: Words, item: Item, room: Room): string {
  switch (item.kind) {
    case "lost":
      return words.news.lost;
    case "back":
      return words.heard.back;
    case "answers":
      return words.heard.answers(itemName(words.item, room.state, item.item), item.n);
    case "did":
      return news(words, item.did, room);
  }
}

function news(words: Words, did: Did, room: Room): string {
  switch (did.kind) {
    case "opened": {
      const entry = room.state?.items.find(({ item }) => item.id === did.item);
      const item = itemName(words.item, room.state, did.item);
      return entry?.item.type === "message" ? words.news.shown(item) : words.news.opened(item);
    }
    case "closed":
    case "skipped":
    case "withdrawn":
    case "edited":
    case "added": {
      const item = itemName(words.item, room.state, did.item);
      return item === "" ? "" : words.news[did.kind](item);
    }
    case "started":
    case "published":
    case "unpublished":
    case "ended":
    case "end_undone":
    case "reopened":
    case "guide_set":
    case "configured":
    case "muted":
    case "unmuted":
    case "removed":
    case "takeover_asked":
    case "released":
      return words.news[did.kind];
    default:
      return "";
  }
}
