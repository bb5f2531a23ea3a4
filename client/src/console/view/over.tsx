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
import { Banner, Dialog, Refused } from "./parts";
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
        {may && <Undo left={left} />}
      </Banner>
    </div>
  );
}

const UNDO = { op: "undo_end" } as const;
const DAY = 86_400_000;

/** The way back from an end. */
function Undo({ left }: { left: Running }) {
  const { f, after: words } = useWords();
  const asks = useSignal(false);
  if (left.undo === 0) return null;
  return (
    <>
      <button
        type="button"
        class="btn btn-s num"
        onClick={() => {
          asks.value = true;
        }}
      >
        {words.undo(f.clock(left.undo))}
      </button>
      {asks.value && (
        <Confirm
          title={words.undoTitle}
          asked={UNDO}
          yes={words.undoYes}
          no={words.undoNo}
          yesClass="btn btn-go grow"
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{words.undoText}</p>
        </Confirm>
      )}
    </>
  );
}

/** The way on from an end, once no late answer can come any more. */
export function ReopenButton({ state }: { state: StaffState }) {
  const { f, after: words } = useWords();
  const live = useLive();
  const asks = useSignal(false);
  const skew = useComputed(() => live.room.value.skew).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const { late } = afterEnd(state, now.value + skew);
  if (!may) return null;
  return (
    <div class="reopen">
      <button
        type="button"
        class="btn"
        aria-disabled={late > 0}
        aria-describedby={late > 0 ? "reopen-in" : undefined}
        onClick={() => {
          asks.value = late === 0;
        }}
      >
        {words.reopen}
      </button>
      {late > 0 && (
        <p class="hint num" id="reopen-in">
          {words.reopenIn(f.clock(late))}
        </p>
      )}
      {asks.value && (
        <Reopen
          state={state}
          onClose={() => {
            asks.value = false;
          }}
        />
      )}
    </div>
  );
}

function Reopen({ state, onClose }: { state: StaffState; onClose: () => void }) {
  const { f, after: words } = useWords();
  const typed = useSignal(String(FLEX_DAYS));
  const asking = useAsking(onClose);
  const days = flexDays(typed.value);
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
        {asking.refusal && <Refused refusal={asking.refusal} />}
        <p>{words.reopenText(state.links === "single" ? 1 : state.max_participants)}</p>
        <Falling state={state} />
        <TextField
          id="flex-days"
          label={words.days}
          hint={
            days === null ? "" : words.daysHint(MAX_FLEX_DAYS, f.dayTime(now.value + days * DAY))
          }
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

/** What reopening does to the percentages of the whole conversation. */
function Falling({ state }: { state: StaffState }) {
  const { after: words } = useWords();
  const live = useLive();
  const { questions, more, people, falling, usual, most } = falls(
    state.items,
    live.people.value.values(),
  );
  // Of a single link nobody's percentage is known here.
  const unknown = state.links === "single" && more > 0;
  return (
    <Banner
      tone={falling > 0 || unknown ? "wait" : "plain"}
      title={unknown ? words.fallsUnknown : words.falls(falling, people, usual, most)}
      more={`${words.asks(questions, more)} ${words.kept}`}
    />
  );
}
