/** Changing one's own password. It stands in its fields and in one request only. */

import { type Signal, useSignal } from "@preact/signals";
import type { Refusal } from "../../wire";
import { signedOut } from "../session";
import { staffApi } from "../staff_api";
import { SHORTEST, text } from "./accounts";
import { Panel } from "./fields";
import { Banner, Refused } from "./parts";
import { useWords } from "./words";

export function Password() {
  const { staff: words } = useWords();
  const short = useSignal(false);
  const busy = useSignal(false);
  const outcome = useSignal<"changed" | Refusal | null>(null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    outcome.value = null;
    short.value = [...text(data, "new")].length < SHORTEST;
    if (short.value) {
      document.getElementById("password-new")?.focus();
      return;
    }
    busy.value = true;
    const result = await staffApi.password(text(data, "old"), text(data, "new"));
    busy.value = false;
    if (signedOut(result)) return;
    outcome.value = result.ok ? "changed" : result.refusal;
    if (result.ok) form.reset();
  }

  return (
    <Panel id="password" title={words.password}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <Field id="password-old" name="old" label={words.old} autocomplete="current-password" />
        <Field
          id="password-new"
          name="new"
          label={words.new}
          autocomplete="new-password"
          hint={words.newHint}
          wrong={short}
        />
        <div role="status">
          {outcome.value === "changed" && <Banner tone="go" title={words.changed} />}
        </div>
        {outcome.value !== null && outcome.value !== "changed" && (
          <Refused refusal={outcome.value} />
        )}
        <div>
          <button type="submit" class="btn" aria-busy={busy.value}>
            {words.change}
          </button>
        </div>
      </form>
    </Panel>
  );
}

function Field(props: {
  id: string;
  name: string;
  label: string;
  autocomplete: "current-password" | "new-password";
  hint?: string;
  wrong?: Signal<boolean>;
}) {
  const { staff: words } = useWords();
  const { id, name, label, autocomplete, hint, wrong } = props;
  const bad = wrong?.value ?? false;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="password"
        class="input"
        autocomplete={autocomplete}
        required
        aria-invalid={bad}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && (
        <p class={bad ? "hint is-wrong" : "hint"} id={`${id}-hint`}>
          {bad ? words.short : hint}
        </p>
      )}
    </div>
  );
}
