/** One participant: what can be done about them. Opened from their row, so no address names them. */

import { useComputed, useSignal } from "@preact/signals";
import { minutesSince, shortPid } from "../numbers";
import { mayCommand } from "../state";
import { CommandButton, useAsking, useLive, WhyBlocked } from "./commands";
import { Banner, Dialog, To, Told } from "./parts";
import { useWords } from "./words";

export function PersonDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const { f, person: words, note } = useWords();
  const live = useLive();
  const person = useComputed(() => live.people.value.get(number)).value;
  const presence = useComputed(() => {
    const phase = live.state.value?.phase;
    return phase === "live" || phase === "flex";
  }).value;
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (person === undefined) return null;
  const away =
    person.gone_at === undefined
      ? words.away
      : note.awayFor(minutesSince(person.gone_at, Date.now() + live.room.peek().skew));
  const percent = (value: number | null) => (value === null ? "–" : f.percent(value));
  return (
    <Dialog title={shortPid(person.pid)} onClose={onClose}>
      <dl class="facts-list">
        <div>
          <dt class="mono" dir="ltr">
            {person.pid}
          </dt>
          <dd>
            {presence && (person.here ? words.here : away)}
            {person.muted === true && <span class="pill">{words.muted}</span>}
            {person.removed === true && <span class="pill pill-stop">{words.removed}</span>}
          </dd>
        </div>
        {(person.late ?? 0) > 0 && (
          <div>
            <dt>{note.title}</dt>
            <dd>{note.late(person.late ?? 0)}</dd>
          </div>
        )}
        <div>
          <dt>{words.answered}</dt>
          <dd>{percent(person.percent_answered)}</dd>
        </div>
        <div>
          <dt>{words.whileHere}</dt>
          <dd>{percent(person.percent_while_present)}</dd>
        </div>
      </dl>
      {may && <Doing number={number} muted={person.muted === true} out={person.removed === true} />}
      <div class="row row-wrap">
        <To to={{ screen: "results", slug: live.slug, whose: `${number}` }} class="btn grow">
          {words.explain}
        </To>
        <button type="button" class="btn grow" data-safe onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}

function Doing({ number, muted, out }: { number: number; muted: boolean; out: boolean }) {
  const { person: words } = useWords();
  const live = useLive();
  const phase = useComputed(() => live.state.value?.phase ?? "ended").value;
  const sure = useSignal(false);
  const removing = useAsking(() => {
    sure.value = false;
  });
  const running = phase === "live" || phase === "flex";
  return (
    <div class="stack">
      <div>
        <CommandButton asked={{ op: muted ? "unmute" : "mute", participant: number }}>
          {muted ? words.unmute : words.mute}
        </CommandButton>
        <p class="hint">{words.muteHint}</p>
      </div>
      {running && !out && (
        <div>
          <CommandButton asked={{ op: "release", participant: number }}>
            {words.release}
          </CommandButton>
          <p class="hint">{words.releaseHint}</p>
        </div>
      )}
      {running && !out && !sure.value && (
        <div>
          <button
            type="button"
            class="btn btn-stop"
            onClick={() => {
              sure.value = true;
            }}
          >
            {words.remove}
          </button>
          <p class="hint">{words.removeHint}</p>
        </div>
      )}
      {running && !out && sure.value && (
        <div class="stack" role="alert">
          {removing.refusal && <Banner tone="stop" title={<Told refusal={removing.refusal} />} />}
          <p>
            <b>{words.removeSure}</b>
          </p>
          <div class="row row-wrap">
            <button
              type="button"
              class="btn grow"
              onClick={() => {
                sure.value = false;
              }}
            >
              {words.removeNo}
            </button>
            <button
              type="button"
              class="btn btn-end grow"
              aria-busy={removing.busy}
              onClick={() => removing.ask({ op: "remove", participant: number })}
            >
              {words.removeYes}
            </button>
          </div>
        </div>
      )}
      <WhyBlocked named={false} />
    </div>
  );
}
