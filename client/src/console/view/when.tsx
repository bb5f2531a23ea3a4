/** When it starts, in a named zone: the same fields for a new conversation and for one that has not
 * started. Below them the moment that is meant, where it is planned and where this computer is. */

import { useState } from "preact/hooks";
import { ownZone } from "../../i18n";
import type { Draft } from "../upload";
import { allZones, comesTwice, utcOffset, withOffset } from "../zones";
import { TextField } from "./fields";
import { useWords } from "./words";

type Set = (change: Partial<Draft>) => void;

export function Start({
  draft,
  at,
  set,
  wrong,
}: {
  draft: Draft;
  /** The moment that is meant, ms; null if there is none. */
  at: number | null;
  set: Set;
  wrong: boolean;
}) {
  const { create: w, schedule: words } = useWords();
  const mine = ownZone();
  // The way back to it stays open, whatever is chosen meanwhile.
  const [given] = useState(draft.zone);
  return (
    <div class="field">
      <label for="starts">{w.starts}</label>
      <div class="row row-wrap">
        <input
          id="starts"
          type="datetime-local"
          class="input input-when"
          value={draft.starts}
          aria-invalid={wrong}
          aria-describedby="starts-hint"
          onInput={(event) => set({ starts: event.currentTarget.value })}
        />
        <select
          class="input input-when"
          aria-label={w.zone}
          value={draft.zone}
          onChange={(event) => set({ zone: event.currentTarget.value })}
        >
          {allZones(given, draft.zone).map((zone) => {
            const name = zone.replaceAll("_", " ");
            return (
              <option key={zone} value={zone}>
                {zone === mine ? words.zoneMine(name) : name}
              </option>
            );
          })}
        </select>
        {draft.starts !== "" && (
          <button type="button" class="btn btn-plain btn-flush" onClick={() => set({ starts: "" })}>
            {words.clear}
          </button>
        )}
      </div>
      <div id="starts-hint" class={wrong ? "hint is-wrong" : "hint"} role="status">
        {wrong && w.noSuchTime(draft.zone)}
        {!wrong && at === null && w.startsHint}
        {!wrong && at !== null && <Meant draft={draft} at={at} mine={mine} />}
      </div>
    </div>
  );
}

function Meant({ draft, at, mine }: { draft: Draft; at: number; mine: string }) {
  const { f, schedule: words } = useWords();
  const { zone } = draft;
  const iso = withOffset(draft.starts, zone);
  const second = iso !== null && Date.parse(iso) !== at;
  return (
    <>
      <p>
        <b>{words.there(f.dayTime(at, zone), f.place(zone), utcOffset(zone, at))}</b>
      </p>
      <p>
        {zone === mine
          ? words.same
          : words.here(f.dayTime(at, mine), f.place(mine), utcOffset(mine, at))}
      </p>
      {comesTwice(draft.starts, zone) && (
        <p class="wait-text">{second ? words.second : words.twice}</p>
      )}
    </>
  );
}

export function Duration({ draft, set, wrong }: { draft: Draft; set: Set; wrong: boolean }) {
  const { create: w } = useWords();
  return (
    <TextField
      id="duration"
      label={w.duration}
      hint={w.durationHint}
      wrong={wrong ? w.needDuration : ""}
      value={draft.duration}
      onInput={(duration) => set({ duration })}
      numeric
    />
  );
}
