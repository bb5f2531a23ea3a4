/** How people get in: to be chosen before the start, plain facts from then on. */

import type { StaffState } from "../../wire";
import { ChoicesForm, useChoices } from "./choices";
import { Panel, Plain, TextField, Tick } from "./fields";
import { LinkKinds } from "./link_kinds";
import { useWords } from "./words";

/** `taken`: links were downloaded already. */
export function EntryForm({ state, taken }: { state: StaffState; taken: boolean }) {
  const { create: w, ready: words, settings } = useWords();
  const choosing = useChoices(state);
  const { first, typed, set, wrong } = choosing;
  const now = typed.value;
  const draft = state.phase === "draft";
  return (
    <ChoicesForm choosing={choosing}>
      <Panel id="kind" title={words.kind}>
        {draft ? (
          <LinkKinds chosen={now.links} label={words.kind} onChoose={(links) => set({ links })} />
        ) : (
          <div>
            <b>{now.links === "unique" ? w.unique.title : w.single.title}</b>
            <p class="hint">{words.kindFixed}</p>
          </div>
        )}
        {taken && now.links !== first.value.links && (
          <p class="small wait-text">{words.kindTaken}</p>
        )}
      </Panel>
      <Panel id="seats" title={words.seats}>
        <TextField
          id="max"
          label={w.max}
          hint={words.maxHint}
          wrong={wrong.has("max") ? w.needMax : ""}
          value={now.max}
          onInput={(max) => set({ max })}
          numeric
        />
        {now.links === "unique" && (
          <div>
            <Tick
              said={words.devicesHint}
              checked={now.devices}
              onChange={(devices) => set({ devices })}
            />
            <Tick
              said={settings.mayMove}
              checked={now.mayMove}
              onChange={(mayMove) => set({ mayMove })}
            />
          </div>
        )}
      </Panel>
    </ChoicesForm>
  );
}

export function EntryFacts({ state }: { state: StaffState }) {
  const { f, create, ready: words } = useWords();
  const onOff = (on: boolean | undefined) => (on === true ? words.on : words.off);
  const started = state.started_at !== undefined;
  return (
    <Panel id="entry" title={words.entry}>
      <dl class="facts-list">
        <Plain name={words.kind}>
          {state.links === "unique" ? create.unique.title : create.single.title}
        </Plain>
        <Plain name={words.max}>{f.number(state.max_participants)}</Plain>
        {state.links === "unique" && (
          <>
            <Plain name={words.devices}>{onOff(state.several_devices)}</Plain>
            <Plain name={words.mayMove}>{onOff(state.people_may_move)}</Plain>
          </>
        )}
      </dl>
      {started && <p class="hint">{words.fixed}</p>}
    </Panel>
  );
}
