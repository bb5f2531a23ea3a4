/** What answers a press (a toast, until it is read) and what is read out as news. */

import { useComputed } from "@preact/signals";
import type { Words } from "../catalogue/en";
import type { Did, Notice, Room } from "../state";
import { useLive } from "./commands";
import { itemName } from "./item_name";
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
