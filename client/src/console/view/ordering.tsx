/** Moving items of the guide: by dragging a row's grip, or with Alt and the arrow keys. */

import { type Signal, signal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { outcomeOf } from "../commands";
import type { Live } from "../live";
import { droppedAt, movedBy, moves } from "../ordering";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { useWords } from "./words";

export interface Ordering {
  /** The row that is dragged, and the one behind which it would go (null: first). */
  readonly dragged: Signal<{ readonly id: number; readonly after: number | null } | null>;
  /** Where the last one that was moved stands, from 1; 0 before the first. */
  readonly moved: Signal<number>;
  readonly ids: () => readonly number[];
  readonly move: (id: number, after: number | null) => void;
}

/** For the list of all items, while they may be moved. */
export function useOrdering(): Ordering {
  const live = useLive();
  const asked = useRef<{ cid: string; place: number; focused: string } | null>(null);
  const moved = useRef(signal(0));
  const ordering = useRef<Ordering | null>(null);
  ordering.current ??= {
    dragged: signal(null),
    moved: moved.current,
    ids: () => idsOf(live),
    move: (id, after) => {
      const ids = idsOf(live);
      if (!moves(ids, id, after)) return;
      const others = ids.filter((one) => one !== id);
      const place = after === null ? 1 : others.indexOf(after) + 2;
      const cid = live.press({ op: "move", item: id, ...(after === null ? {} : { after }) });
      const focused = document.activeElement?.id ?? "";
      asked.current = cid === null ? null : { cid, place, focused };
    },
  };
  // A row that has another place lost the focus on the way.
  useSignalEffect(() => {
    const room = live.room.value;
    if (asked.current === null) return;
    const { cid, place, focused } = asked.current;
    const outcome = outcomeOf(room, cid);
    if (outcome.kind === "busy") return;
    asked.current = null;
    if (outcome.kind === "done") moved.current.value = place;
    requestAnimationFrame(() => document.getElementById(focused)?.focus());
  });
  return ordering.current;
}

function idsOf(live: Live): readonly number[] {
  return (live.state.peek()?.items ?? []).map(({ item }) => item.id);
}

/** What screen readers hear of it. */
export function Moved({ ordering }: { ordering: Ordering }) {
  const { editor: words } = useWords();
  const place = ordering.moved.value;
  return (
    <p class="vh" role="status">
      {place > 0 && words.moved(place, ordering.ids().length)}
    </p>
  );
}

/** Alt and an arrow on a row. */
export function moveByKey(ordering: Ordering, id: number, event: KeyboardEvent): void {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  const after = movedBy(ordering.ids(), id, event.key === "ArrowDown" ? 1 : -1);
  if (after !== undefined) ordering.move(id, after);
}

/** From here to the edge of the window, in px, dragging scrolls, by so much a frame. */
const EDGE = 90;
const SCROLL = 12;

export function Grip({ ordering, id, label }: { ordering: Ordering; id: number; label: string }) {
  const { editor: words } = useWords();
  const grip = useRef<HTMLButtonElement>(null);
  const drag = useRef<{ y: number; frame: number } | null>(null);
  const follow = () => {
    const now = drag.current;
    const list = grip.current?.closest("ul");
    if (now === null || list == null) return;
    if (now.y < EDGE) window.scrollBy(0, -SCROLL);
    else if (now.y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL);
    const middles = [...list.querySelectorAll(":scope > .item")].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    const after = droppedAt(ordering.ids(), middles, now.y);
    if (ordering.dragged.peek()?.after !== after || ordering.dragged.peek()?.id !== id) {
      ordering.dragged.value = { id, after };
    }
    now.frame = requestAnimationFrame(follow);
  };
  const finish = (drop: boolean) => {
    if (drag.current === null) return;
    cancelAnimationFrame(drag.current.frame);
    drag.current = null;
    const target = ordering.dragged.peek();
    ordering.dragged.value = null;
    if (drop && target !== null) ordering.move(id, target.after);
  };
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key === "Escape") finish(false);
    };
    document.addEventListener("keydown", cancel);
    return () => document.removeEventListener("keydown", cancel);
  });
  return (
    <button
      ref={grip}
      id={`item-grip-${id}`}
      type="button"
      class="grip"
      aria-label={words.grip(label)}
      title={words.gripHint}
      aria-describedby={GRIP_HINT}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { y: event.clientY, frame: 0 };
      }}
      onPointerMove={(event) => {
        if (drag.current === null) return;
        drag.current.y = event.clientY;
        if (drag.current.frame === 0) drag.current.frame = requestAnimationFrame(follow);
      }}
      onPointerUp={() => finish(true)}
      onPointerCancel={() => finish(false)}
    >
      <Icon name="grip" />
    </button>
  );
}

/** The id of the sentence that says how rows are moved; once on a screen. */
const GRIP_HINT = "grip-hint";

export function GripHint() {
  const { editor: words } = useWords();
  return (
    <p class="hint" id={GRIP_HINT}>
      {words.gripHint}
    </p>
  );
}
