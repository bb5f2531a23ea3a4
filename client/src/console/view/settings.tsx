/** The settings of one conversation: its name, what the organiser should know of privacy, a copy, the
 * end of it all. */

import { useComputed } from "@preact/signals";
import type { StaffState } from "../../wire";
import { mayCommand } from "../state";
import { ChoicesForm, useChoices } from "./choices";
import { useLive } from "./commands";
import { CopyButton } from "./copy";
import { Duplicate, Erase } from "./ending";
import { Panel, Plain, TextField } from "./fields";
import { PageFrame } from "./sections";
import { useWords } from "./words";

export function SettingsPage() {
  const { settings: words, about } = useWords();
  const live = useLive();
  const state = live.state.value;
  const role = useComputed(() => live.room.value.role).value;
  if (state === null) return null;
  const before = state.phase === "draft" || state.phase === "published";
  const may = mayCommand(role);
  return (
    <PageFrame state={state} here="settings">
      <div class="page-head">
        <div>
          <h2>{words.title}</h2>
          <p class="quiet">{may ? about.lead : words.look}</p>
        </div>
      </div>
      <div class="form stack">
        {may && before ? <Name key={state.slug} state={state} /> : <NameFact state={state} />}
        <Privacy single={state.links === "single"} />
        {may && <Duplicate state={state} />}
        {may && <Erase state={state} role={role} />}
      </div>
    </PageFrame>
  );
}

function Name({ state }: { state: StaffState }) {
  const { create: w } = useWords();
  const choosing = useChoices(state);
  const { typed, set, wrong } = choosing;
  return (
    <ChoicesForm choosing={choosing} main>
      <Panel id="about" title={w.about}>
        <TextField
          id="title"
          label={w.name}
          hint={w.nameHint}
          wrong={wrong.has("title") ? w.needTitle : ""}
          value={typed.value.title}
          onInput={(title) => set({ title })}
        />
      </Panel>
    </ChoicesForm>
  );
}

function NameFact({ state }: { state: StaffState }) {
  const { create: w, about: words } = useWords();
  return (
    <Panel id="about" title={w.about}>
      <dl class="facts-list">
        <Plain name={words.name}>
          <bdi>{state.title}</bdi>
        </Plain>
        <Plain name={words.address}>
          <span class="mono" dir="ltr">
            /c/{state.slug}
          </span>
        </Plain>
      </dl>
    </Panel>
  );
}

function Privacy({ single }: { single: boolean }) {
  const { about: words } = useWords();
  const told = single ? words.toldSingle : words.toldUnique;
  return (
    <Panel id="privacy" title={words.privacy}>
      <p>{single ? words.privacySingle : words.privacyUnique}</p>
      <div class="facts-words">
        <b>{words.never.title}</b>
        <p class="small quiet">{words.never.more}</p>
      </div>
      <div class="facts-words">
        <b>{words.told}</b>
        <blockquote class="told">{told}</blockquote>
        <p class="small quiet">{words.toldHint}</p>
      </div>
      <div>
        <CopyButton text={told} label={words.copy} wide />
      </div>
    </Panel>
  );
}
