/** What answers a press (a toast, until it is read) and what is read out as news. */

import { useComputed } from "@preact/signals";
import { nameOf } from "../guide";
import type { Did, Notice, Room } from "../state";
import type { Words } from "../words";
import { useLive } from "./commands";
import { useWords } from "./words";

export function Notices() {
  const words = useWords();
  const live = useLive();
  const notice = useComputed(() => live.room.value.notice).value;
  if (notice === null) return null;
  const { title, more } = sentence(words, notice, live.room.peek());
  return (
    <div class="toast" role="alert">
      <span>
        <b>{title}</b> {more}
      </span>
      <button type="button" class="btn btn-s" onClick={() => live.read()}>
        {words.app.ok}
      </button>
    </div>
  );
}

/** Of two moderators who press at once the second is told who was first, if this screen knows. */
function sentence(words: Words, notice: Notice, room: Room): { title: string; more: string } {
  if (notice.kind === "unsure") return words.notice.unsure(words.notice.op[notice.op]);
  if (notice.code !== "expect") return { title: notice.why, more: "" };
  const did = room.did;
  const title =
    did !== null && did.by !== "" && did.rev > notice.sawRev ? first(words, did, room) : "";
  const sending = notice.op === "next" || notice.op === "send";
  return title === ""
    ? { title: notice.why, more: "" }
    : { title, more: sending ? words.notice.notSent : words.notice.notDone };
}

function first(words: Words, did: Did, room: Room): string {
  switch (did.kind) {
    case "opened": {
      const seconds = Math.round((Date.now() + room.skew - did.at) / 1000);
      const item = name(words.item.lower, did, room);
      return item === "" ? "" : words.notice.bySomebody(did.by, item, seconds);
    }
    case "started":
      return words.notice.started(did.by);
    case "published":
      return words.notice.published(did.by);
    case "ended":
      return words.notice.ended(did.by);
    default:
      return "";
  }
}

/** One polite region: what happened, not every number. */
export function News() {
  const words = useWords();
  const live = useLive();
  const did = useComputed(() => live.room.value.did).value;
  const lost = useComputed(() => live.room.value.line === "lost").value;
  const room = live.room.peek();
  return (
    <p class="vh" role="status">
      {lost ? words.news.lost : did === null ? "" : news(words, did, room)}
    </p>
  );
}

function news(words: Words, did: Did, room: Room): string {
  switch (did.kind) {
    case "opened": {
      const entry = room.state?.items.find(({ item }) => item.id === did.item);
      const item = name(words.item, did, room);
      return entry?.item.type === "message" ? words.news.shown(item) : words.news.opened(item);
    }
    case "closed":
      return words.news.closed(name(words.item, did, room));
    case "started":
      return words.news.started;
    case "published":
      return words.news.published;
    case "ended":
      return words.news.ended;
    default:
      return "";
  }
}

function name(
  words: { readonly question: (n: number) => string; readonly message: (n: number) => string },
  did: Did,
  room: Room,
): string {
  const found = nameOf(room.state?.items ?? [], did.item);
  if (found === null) return "";
  return found.kind === "message" ? words.message(found.number) : words.question(found.number);
}
