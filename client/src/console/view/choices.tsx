/** The organiser's choices before the start. Only what was changed is sent. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { knowsZone, ownZone } from "../../i18n";
import type { Refusal, StaffState } from "../../wire";
import { newCid } from "../cid";
import { signedOut } from "../session";
import {
  changes,
  type SettingsField,
  settingsFaults,
  type TypedSettings,
  typedSettings,
} from "../settings_form";
import { staffApi } from "../staff_api";
import { Panel, TextField, Tick } from "./fields";
import { Banner, Refused } from "./parts";
import { When } from "./when";
import { useWords } from "./words";

const NONE: ReadonlySet<SettingsField> = new Set();

export function ChoicesForm({ state }: { state: StaffState }) {
  const { create: w, settings: words } = useWords();
  const zone = knowsZone(state.zone ?? "") ? (state.zone ?? "") : ownZone();
  /** What the server has, as far as this form knows. */
  const first = useSignal<TypedSettings>(typedSettings(state, zone));
  const typed = useSignal<TypedSettings>(first.peek());
  const tried = useSignal(false);
  const busy = useSignal(false);
  const outcome = useSignal<"saved" | "nothing" | Refusal | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<TypedSettings>) => {
    typed.value = { ...typed.value, ...change };
    outcome.value = null;
  };

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    tried.value = true;
    const sent = typed.value;
    if (settingsFaults(sent).size > 0) {
      requestAnimationFrame(() => {
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      });
      return;
    }
    const choices = changes(first.value, sent);
    if (Object.keys(choices).length === 0) {
      outcome.value = "nothing";
      return;
    }
    busy.value = true;
    const result = await staffApi.settings(state.slug, newCid(), choices);
    busy.value = false;
    if (signedOut(result)) return;
    outcome.value = result.ok ? "saved" : result.refusal;
    if (result.ok) first.value = sent;
  }

  const now = typed.value;
  const wrong = tried.value ? settingsFaults(now) : NONE;
  const done = outcome.value;
  return (
    <form class="stack" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <Panel id="about" title={w.about}>
        <TextField
          id="title"
          label={w.name}
          hint={w.nameHint}
          wrong={wrong.has("title") ? w.needTitle : ""}
          value={now.title}
          onInput={(title) => set({ title })}
        />
      </Panel>
      <Panel id="entry" title={w.links}>
        <TextField
          id="max"
          label={w.max}
          hint={w.maxHint}
          wrong={wrong.has("max") ? w.needMax : ""}
          value={now.max}
          onInput={(max) => set({ max })}
          numeric
        />
        {state.links === "unique" && (
          <div>
            <Tick said={w.devices} checked={now.devices} onChange={(devices) => set({ devices })} />
            <Tick
              said={words.mayMove}
              checked={now.mayMove}
              onChange={(mayMove) => set({ mayMove })}
            />
          </div>
        )}
      </Panel>
      <When draft={now} set={set} wrong={wrong}>
        <Tick
          said={words.autoStart}
          checked={now.autoStart}
          wrong={wrong.has("autoStart") ? words.needStart : ""}
          onChange={(autoStart) => set({ autoStart })}
        />
        <TextField
          id="grace"
          label={words.grace}
          hint={words.graceHint}
          wrong={wrong.has("grace") ? words.needGrace : ""}
          value={now.grace}
          onInput={(grace) => set({ grace })}
          numeric
        />
      </When>
      <div role="status">
        {done === "saved" && <Banner tone="go" title={words.saved} />}
        {done === "nothing" && <Banner tone="plain" title={words.nothing} />}
      </div>
      {done !== null && typeof done !== "string" && <Refused refusal={done} />}
      <div class="row form-foot">
        <button type="submit" class="btn btn-go" aria-busy={busy.value}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
