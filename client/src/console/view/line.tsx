/** The connection, in words, always on screen. */

import { useComputed } from "@preact/signals";
import type { Line } from "../state";
import { useLive } from "./commands";
import { Banner, Served } from "./parts";
import { useWords } from "./words";

export function LineWord({ class: name = "" }: { class?: string }) {
  const { f, line: words } = useWords();
  const live = useLive();
  const line = useComputed(() => live.room.value.line).value;
  // While the line is lost nothing is heard, so this is drawn again only when it changes.
  const heardAt = useComputed(() =>
    live.room.value.line === "connected" ? null : live.room.value.heardAt,
  ).value;
  const word = {
    connecting: words.connecting,
    connected: words.connected,
    lost: navigator.onLine ? words.reconnecting : words.offline,
    stopped: words.stopped,
  } satisfies Record<Line, string>;
  return (
    <span class={`line small ${name}`} data-line={line}>
      <span class={line === "connected" ? "dot" : "dot dot-off"} />
      {word[line]}
      {heardAt !== null && <span class="line-more">{`, ${words.asOf(f.time(heardAt))}`}</span>}
    </span>
  );
}

const RELOAD = 4426;

/** What a moderator must know about the line and can do about it; nothing while it is well. */
export function LineBanner() {
  const { line: words, refusal } = useWords();
  const live = useLive();
  const status = live.status.value;
  if (status.kind === "waiting" && status.blocked) {
    return <Banner tone="wait" title={words.blocked.title} more={words.blocked.more} />;
  }
  if (status.kind !== "stopped") return null;
  if (status.code === RELOAD) {
    return (
      <Banner tone="wait" title={words.newVersion.title} more={words.newVersion.more}>
        <button type="button" class="btn btn-s" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </Banner>
    );
  }
  const known: Readonly<Record<number, string>> = refusal.closes;
  const said = status.why === "" ? words.stoppedBanner.more : <Served>{status.why}</Served>;
  return (
    <Banner tone="wait" title={words.stoppedBanner.title} more={known[status.code] ?? said}>
      <button type="button" class="btn btn-s" onClick={() => live.connect()}>
        {words.reconnect}
      </button>
    </Banner>
  );
}
