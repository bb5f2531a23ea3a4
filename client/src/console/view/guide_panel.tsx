/** The guide beside what is open: queue, sent, skipped. */

import { useSignal } from "@preact/signals";
import { nextItem, type Shelf, shelves } from "../guide";
import { useLive } from "./commands";
import { GuideRows } from "./guide_rows";
import { AddItem } from "./item_dialog";
import { Segments } from "./parts";
import { useWords } from "./words";

export function GuidePanel() {
  const { guide: words } = useWords();
  const live = useLive();
  const chosen = useSignal<Shelf>("queue");
  const opened = useSignal<number | null>(null);
  const items = live.state.value?.items ?? [];
  const shelf = shelves(items);
  const entries = shelf[chosen.value];
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
          chosen={chosen.value}
          onChoose={(next) => {
            chosen.value = next;
            opened.value = null;
          }}
        />
      </div>
      <div class="panel-scroll">
        {entries.length === 0 ? (
          <p class="panel-body small quiet">{words.empty[chosen.value]}</p>
        ) : (
          <GuideRows
            entries={entries}
            opened={opened}
            next={nextItem(items)?.item.id ?? null}
            sections={chosen.value !== "sent"}
          />
        )}
      </div>
    </section>
  );
}
