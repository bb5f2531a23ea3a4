/** While it is open at everybody's own pace: until when, its end, and the guide. */

import { useComputed, useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import { secondsLeft } from "../lifecycle";
import { now } from "../session";
import { mayCommand } from "../state";
import { useLive, WhyBlocked } from "./commands";
import { Confirm } from "./confirm";
import { GuideRows } from "./guide_rows";
import { AddItem } from "./item_dialog";
import { Banner } from "./parts";
import { useWords } from "./words";

const END = { op: "end" } as const;
const DAY = 86_400;

export function Open({ state }: { state: StaffState }) {
  const { f, flex: words, room, damaged } = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const skew = useComputed(() => live.room.value.skew).value;
  const present = useComputed(() => live.counts.value?.present ?? 0).value;
  const bad = useComputed(() => live.counts.value?.damaged ?? 0).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const left = secondsLeft(state.ends_at, now.value + skew);
  const rest = left >= 2 * DAY ? words.days(Math.floor(left / DAY)) : f.clock(left);
  return (
    <div class="over">
      <Banner
        tone="go"
        title={words.title}
        more={`${words.lead(f.dayTime(state.ends_at ?? 0))} ${words.left(rest)}`}
      >
        <span class="row row-wrap">
          <span class="small">
            {words.here(present)}
            {bad > 0 && ` · ${damaged(bad)}`}
          </span>
          {may && (
            <button
              type="button"
              class="btn btn-s btn-stop"
              onClick={() => {
                asks.value = true;
              }}
            >
              {words.end}
            </button>
          )}
        </span>
        <WhyBlocked />
      </Banner>
      {asks.value && (
        <Confirm
          title={words.endTitle}
          asked={END}
          yes={room.endYes}
          no={room.endNo}
          yesClass="btn btn-end grow"
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{words.endHere(present)}</p>
          <p class="quiet">{words.endNote(state.grace)}</p>
        </Confirm>
      )}
    </div>
  );
}

/** The guide, for corrections, taking back and adding while people answer. */
export function FlexGuide({ state }: { state: StaffState }) {
  const { guide: words } = useWords();
  const opened = useSignal<number | null>(null);
  return (
    <section class="panel" aria-labelledby="guide-head">
      <div class="panel-head">
        <h3 id="guide-head">{words.title}</h3>
        <AddItem />
      </div>
      <div class="rows-scroll">
        <GuideRows entries={state.items} opened={opened} />
      </div>
    </section>
  );
}
