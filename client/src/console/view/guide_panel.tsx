/** The guide beside what is open: queue with what is open above it, sent, skipped. */

import { type Signal, signal, useComputed } from "@preact/signals";
import { nextItem, openItems, type Shelf, shelves } from "../guide";
import { useLive } from "./commands";
import { GuideRows } from "./guide_rows";
import { AddItem } from "./item_dialog";
import { itemName } from "./item_name";
import { Segments } from "./parts";
import { useWords } from "./words";

/** What is shown of the guide, which row is opened, and which one the keys act on. */
export interface Browsed {
  readonly shelf: Signal<Shelf>;
  readonly opened: Signal<number | null>;
  readonly marked: Signal<number | null>;
}

export function browsed(): Browsed {
  return {
    shelf: signal<Shelf>("queue"),
    opened: signal<number | null>(null),
    marked: signal<number | null>(null),
  };
}

export const GUIDE_LIST = "guide-list";

export function GuidePanel({ view }: { view: Browsed }) {
  const { guide: words, marks } = useWords();
  const live = useLive();
  const items = live.state.value?.items ?? [];
  const shelf = shelves(items);
  const shown = view.shelf.value;
  const entries = shelf[shown];
  const open = openItems(items);
  const steers = useComputed(() => {
    const phase = live.state.value?.phase;
    return phase === "live" || phase === "published";
  }).value;
  return (
    <section class="panel" data-p="guide" aria-labelledby="guide-head">
      <div class="panel-head">
        <h2 id="guide-head">{words.title}</h2>
        <AddItem />
      </div>
      <div class="panel-seg">
        <Segments
          label={words.show}
          options={[
            ["queue", words.queue(shelf.queue.length)],
            ["sent", words.sent(shelf.sent.length)],
            ["skipped", words.skipped(shelf.skipped.length)],
          ]}
          chosen={shown}
          onChoose={(next) => {
            view.shelf.value = next;
            view.opened.value = null;
            view.marked.value = null;
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keys J and K move in it */}
      <section id={GUIDE_LIST} class="panel-scroll" tabIndex={0} aria-label={marks.list}>
        {shown === "queue" && open.length > 0 && (
          <>
            <p class="guide-part">{marks.open}</p>
            <GuideRows entries={open} opened={view.opened} sections={false} />
            <p class="guide-part">{words.queue(shelf.queue.length)}</p>
          </>
        )}
        {entries.length === 0 ? (
          <p class="panel-body small quiet">{words.empty[shown]}</p>
        ) : (
          <GuideRows
            entries={entries}
            opened={view.opened}
            marked={view.marked}
            next={steers ? (nextItem(items)?.item.id ?? null) : null}
            sections={shown !== "sent"}
          />
        )}
      </section>
      <Marked view={view} />
    </section>
  );
}

/** The focus stands on the list, so what the keys mark there is said. */
function Marked({ view }: { view: Browsed }) {
  const { item: names, marks } = useWords();
  const live = useLive();
  const said = useComputed(() => {
    const state = live.state.value;
    const found = state?.items.find(({ item }) => item.id === view.marked.value);
    if (state === null || found === undefined) return "";
    return marks.marked(itemName(names, state, found.item.id), found.item.text);
  }).value;
  return (
    <p class="vh" aria-live="polite">
      {said}
    </p>
  );
}
