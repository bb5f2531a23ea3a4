/** Moving items of the guide: by dragging a row's grip, by naming its place, or with Alt and the
 * arrow keys. */

import { type Signal, signal, useSignal, useSignalEffect } from "@preact/signals";
import type { TargetedPointerEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { outcomeOf } from "../commands";
import type { Live } from "../live";
import { droppedAt, movedBy, moves } from "../ordering";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { Where } from "./item_fields";
import { itemName } from "./item_name";
import { Dialog } from "./parts";
import { useWords } from "./words";

export interface Ordering {
  /** The row that is dragged, and the one behind which it would go (null: first). */
  readonly dragged: Signal<{ readonly id: number; readonly after: number | null } | null>;
  /** Where the last one that was moved stands, from 1; 0 before the first. */
  readonly moved: Signal<number>;
  /** The row for which a place is asked. */
  readonly asked: Signal<number | null>;
  readonly ids: () => readonly number[];
  /** `focus`: the id of the element that has the focus afterwards. */
  readonly move: (id: number, after: number | null, focus: string) => void;
  /** By so many places. What is pressed before the last move is done comes on top of it. */
  readonly moveBy: (id: number, by: 1 | -1, focus: string) => void;
}

/** A move that the server has not settled. `more`: by how many places it goes on then. */
interface Moving {
  readonly cid: string;
  readonly id: number;
  readonly place: number;
  readonly focus: string;
  more: number;
}

/** For the list of all items, while they may be moved. */
export function useOrdering(): Ordering {
  const live = useLive();
  const moving = useRef<Moving | null>(null);
  const ordering = useRef<Ordering | null>(null);
  const held = useRef("");
  ordering.current ??= newOrdering(live, moving, held);
  // A row that gets another place loses the focus on the way. It has it back before the next key.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (focused === document.body) document.getElementById(held.current)?.focus();
    else if (focused?.id !== held.current) held.current = "";
  });
  useSignalEffect(() => {
    const room = live.room.value;
    const now = moving.current;
    if (now === null || ordering.current === null) return;
    const outcome = outcomeOf(room, now.cid);
    if (outcome.kind === "busy") return;
    moving.current = null;
    if (outcome.kind === "done") ordering.current.moved.value = now.place;
    const after = movedBy(idsOf(live), now.id, now.more);
    if (outcome.kind === "done" && after !== undefined) {
      ordering.current.move(now.id, after, now.focus);
    }
  });
  return ordering.current;
}

function newOrdering(
  live: Live,
  moving: { current: Moving | null },
  held: { current: string },
): Ordering {
  const move = (id: number, after: number | null, focus: string) => {
    const ids = idsOf(live);
    if (!moves(ids, id, after)) return;
    const others = ids.filter((one) => one !== id);
    const place = after === null ? 1 : others.indexOf(after) + 2;
    const cid = live.press({ op: "move", item: id, ...(after === null ? {} : { after }) });
    if (cid === null) return;
    moving.current = { cid, id, place, focus, more: 0 };
    held.current = focus;
  };
  return {
    dragged: signal(null),
    moved: signal(0),
    asked: signal(null),
    ids: () => idsOf(live),
    move,
    moveBy: (id, by, focus) => {
      if (moving.current?.id === id) {
        moving.current.more += by;
        return;
      }
      const after = movedBy(idsOf(live), id, by);
      if (after !== undefined) move(id, after, focus);
    },
  };
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
  const focus = document.activeElement?.id ?? "";
  ordering.moveBy(id, event.key === "ArrowDown" ? 1 : -1, focus);
}

/** From here to the edge of the window, in px, dragging scrolls, by so much a frame. */
const EDGE = 90;
const SCROLL = 12;
/** Px that a finger may slip while it taps. */
const SLIP = 5;

function gripId(id: number): string {
  return `item-grip-${id}`;
}

/** Handlers of a grip's pointer. `letGo`: by Escape, while the pointer is still down. */
function useDrag(ordering: Ordering, id: number) {
  const drag = useRef<{ from: number; y: number; frame: number; letGo: boolean } | null>(null);
  const stop = (now: { frame: number; letGo: boolean }) => {
    cancelAnimationFrame(now.frame);
    document.removeEventListener("keydown", cancel);
    now.letGo = true;
    ordering.dragged.value = null;
  };
  const cancel = useRef((event: KeyboardEvent) => {
    if (event.key === "Escape" && drag.current !== null) stop(drag.current);
  }).current;
  useEffect(() => () => document.removeEventListener("keydown", cancel), [cancel]);
  const follow = (list: Element) => {
    const now = drag.current;
    if (now === null || now.letGo) return;
    if (now.y < EDGE) window.scrollBy(0, -SCROLL);
    else if (now.y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL);
    const after = droppedAt(ordering.ids(), middlesOf(list), now.y);
    const shown = ordering.dragged.peek();
    if (shown?.after !== after || shown.id !== id) ordering.dragged.value = { id, after };
    now.frame = requestAnimationFrame(() => follow(list));
  };
  const finish = (drop: boolean) => {
    if (drag.current === null) return;
    const target = ordering.dragged.peek();
    stop(drag.current);
    if (drop && target?.id === id) ordering.move(id, target.after, gripId(id));
  };
  return {
    onPointerDown: (event: PointerOn) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { from: event.clientY, y: event.clientY, frame: 0, letGo: false };
      document.addEventListener("keydown", cancel);
    },
    onPointerMove: (event: PointerOn) => {
      const now = drag.current;
      const list = event.currentTarget.closest("ul");
      if (now === null || now.letGo || list === null) return;
      now.y = event.clientY;
      if (now.frame === 0 && Math.abs(now.y - now.from) > SLIP) follow(list);
    },
    onPointerUp: () => finish(true),
    onPointerCancel: () => finish(false),
    /** Whether the click that is coming in ends a drag. */
    ended: () => {
      const dragged = (drag.current?.frame ?? 0) !== 0;
      drag.current = null;
      return dragged;
    },
  };
}

type PointerOn = TargetedPointerEvent<HTMLButtonElement>;

/** A grip is dragged; pressed, it asks for the place. */
export function Grip({ ordering, id, label }: { ordering: Ordering; id: number; label: string }) {
  const { editor: words } = useWords();
  const { ended, ...pointer } = useDrag(ordering, id);
  return (
    <button
      id={gripId(id)}
      type="button"
      class="grip"
      aria-label={words.grip(label)}
      aria-describedby={GRIP_HINT}
      {...pointer}
      onClick={() => {
        if (!ended()) ordering.asked.value = id;
      }}
    >
      <Icon name="grip" />
    </button>
  );
}

function middlesOf(list: Element): readonly number[] {
  return [...list.querySelectorAll(":scope > .item")].map((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2;
  });
}

/** The place, for who would rather name it than drag. */
export function MoveDialog({ ordering }: { ordering: Ordering }) {
  const id = ordering.asked.value;
  return id === null ? null : <MoveTo key={id} ordering={ordering} id={id} />;
}

function MoveTo({ ordering, id }: { ordering: Ordering; id: number }) {
  const { editor: words, edit, item: names } = useWords();
  const live = useLive();
  const state = live.state.value;
  const items = state?.items ?? [];
  const at = items.findIndex(({ item }) => item.id === id);
  const after = useSignal<number | null>(items[at - 1]?.item.id ?? null);
  const close = () => {
    ordering.asked.value = null;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    close();
    ordering.move(id, after.value, gripId(id));
  };
  return (
    <Dialog title={words.moveTitle(itemName(names.lower, state, id))} onClose={close}>
      <form class="stack" onSubmit={submit}>
        <p class="quiet clip" dir="auto">
          {items[at]?.item.text}
        </p>
        <Where
          items={items.filter(({ item }) => item.id !== id)}
          after={after.value}
          onChange={(to) => {
            after.value = to;
          }}
        />
        <div class="row row-wrap">
          <button type="button" class="btn grow" onClick={close}>
            {edit.cancel}
          </button>
          <button type="submit" class="btn btn-go grow">
            {words.moveYes}
          </button>
        </div>
      </form>
    </Dialog>
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
