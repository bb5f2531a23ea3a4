/** When it starts, in a named zone, and how long it is planned: the same fields for a new conversation
 * and for one that has not started. */

import type { ComponentChildren } from "preact";
import type { Draft } from "../upload";
import { allZones } from "../zones";
import { Panel, TextField } from "./fields";
import { useWords } from "./words";

export function When({
  draft,
  set,
  wrong,
  children,
}: {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  wrong: ReadonlySet<string>;
  children?: ComponentChildren;
}) {
  const { create: w } = useWords();
  const bad = wrong.has("starts");
  return (
    <Panel id="when" title={w.when}>
      <div class="field">
        <label for="starts">{w.starts}</label>
        <div class="row row-wrap">
          <input
            id="starts"
            type="datetime-local"
            class="input input-when"
            value={draft.starts}
            aria-invalid={bad}
            aria-describedby="starts-hint"
            onInput={(event) => set({ starts: event.currentTarget.value })}
          />
          <select
            class="input input-when"
            aria-label={w.zone}
            value={draft.zone}
            onChange={(event) => set({ zone: event.currentTarget.value })}
          >
            {allZones().map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        </div>
        <p class={bad ? "hint is-wrong" : "hint"} id="starts-hint">
          {bad ? w.noSuchTime(draft.zone) : w.startsHint}
        </p>
      </div>
      <TextField
        id="duration"
        label={w.duration}
        hint={w.durationHint}
        wrong={wrong.has("duration") ? w.needDuration : ""}
        value={draft.duration}
        onInput={(duration) => set({ duration })}
        numeric
      />
      {children}
    </Panel>
  );
}
