/** What stands above the results after an end: until when late answers come, taking the End back,
 * reopening. */

import { useComputed, useSignal } from "@preact/signals";
import type { StaffState } from "../../wire";
import {
  afterEnd,
  endedByItself,
  FLEX_DAYS,
  falls,
  flexDays,
  MAX_FLEX_DAYS,
  type Running,
} from "../lifecycle";
import { now } from "../session";
import { mayCommand } from "../state";
import { useAsking, useLive, WhyBlocked } from "./commands";
import { Confirm } from "./confirm";
import { TextField } from "./fields";
import { Banner, Dialog } from "./parts";
import { useWords } from "./words";

export function Over({ state }: { state: StaffState }) {
  const { f, ended: words, after } = useWords();
  const live = useLive();
  const did = useComputed(() => live.room.value.did).value;
  const skew = useComputed(() => live.room.value.skew).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (state.ended_at === undefined) return null;
  const left = afterEnd(state, now.value + skew);
  const when = f.dayTime(state.ended_at);
  const by = did?.kind === "ended" ? did.by : "";
  const more =
    left.late > 0
      ? words.late(f.clock(left.late))
      : left.undo > 0
        ? after.almostFinal(f.clock(left.undo))
        : words.final;
  return (
    <div class="over">
      <Banner
        tone="plain"
        title={endedByItself(state) ? after.byItself(when) : words.at(when, by)}
        more={more}
      >
        {may && <Again state={state} left={left} />}
      </Banner>
    </div>
  );
}

const UNDO = { op: "undo_end" } as const;

/** The two ways on from an end. */
function Again({ state, left }: { state: StaffState; left: Running }) {
  const { f, after: words } = useWords();
  const asks = useSignal<"undo" | "reopen" | null>(null);
  const close = () => {
    asks.value = null;
  };
  return (
    <div class="row row-wrap">
      {left.undo > 0 && (
        <button
          type="button"
          class="btn btn-s"
          onClick={() => {
            asks.value = "undo";
          }}
        >
          {words.undo(f.clock(left.undo))}
        </button>
      )}
      {left.late > 0 ? (
        <span class="small quiet">{words.reopenIn(f.clock(left.late))}</span>
      ) : (
        <button
          type="button"
          class="btn btn-s"
          onClick={() => {
            asks.value = "reopen";
          }}
        >
          {words.reopen}
        </button>
      )}
      {asks.value === "undo" && (
        <Confirm
          title={words.undoTitle}
          asked={UNDO}
          yes={words.undoYes}
          no={words.undoNo}
          yesClass="btn btn-go grow"
          onClose={close}
        >
          <p>{words.undoText}</p>
        </Confirm>
      )}
      {asks.value === "reopen" && <Reopen state={state} onClose={close} />}
    </div>
  );
}

function Reopen({ state, onClose }: { state: StaffState; onClose: () => void }) {
  const { after: words } = useWords();
  const live = useLive();
  const typed = useSignal(String(FLEX_DAYS));
  const asking = useAsking(onClose);
  const days = flexDays(typed.value);
  const { questions, more, people, falling, most } = falls(state.items, live.people.value.values());
  const single = state.links === "single";
  return (
    <Dialog title={words.reopenTitle} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (days !== null && !asking.busy) asking.ask({ op: "reopen_flex", days });
        }}
      >
        {asking.why !== "" && <Banner alert tone="stop" title={asking.why} />}
        <p>{words.reopenText(single ? 1 : state.max_participants)}</p>
        <p>
          <b>
            {single
              ? words.fallsUnknown(more, questions)
              : words.falls(falling, people, most, questions)}
          </b>
        </p>
        <p class="quiet">{words.kept}</p>
        <TextField
          id="flex-days"
          label={words.days}
          hint={words.daysHint}
          wrong={days === null ? words.daysWrong(MAX_FLEX_DAYS) : ""}
          value={typed.value}
          onInput={(value) => {
            typed.value = value;
          }}
          numeric
        />
        <div class="row row-wrap">
          <button type="button" class="btn grow" data-safe onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" class="btn btn-go grow" aria-busy={asking.busy}>
            {words.reopenYes}
          </button>
        </div>
        <WhyBlocked named={false} />
      </form>
    </Dialog>
  );
}
