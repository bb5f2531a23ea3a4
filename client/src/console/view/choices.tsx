/** The organiser's choices before the start, on the pages that show some of them. Only what was
 * changed is sent, and what others change meanwhile is shown where nothing was typed. */

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { knowsZone, ownZone } from "../../i18n";
import type { Refusal, StaffState } from "../../wire";
import { newCid } from "../cid";
import { signedOut } from "../session";
import {
  changes,
  rebased,
  type SettingsField,
  settingsFaults,
  type TypedSettings,
  typedSettings,
} from "../settings_form";
import { staffApi } from "../staff_api";
import { Banner, Refused } from "./parts";
import { useWords } from "./words";

const NONE: ReadonlySet<SettingsField> = new Set();

export interface Choosing {
  readonly slug: string;
  /** What the server has, as far as this form knows. */
  readonly first: Signal<TypedSettings>;
  readonly typed: Signal<TypedSettings>;
  /** Faults are shown from the first try on, and go as soon as they are mended. */
  readonly tried: Signal<boolean>;
  readonly outcome: Signal<"saved" | "nothing" | Refusal | null>;
  readonly set: (change: Partial<TypedSettings>) => void;
  readonly wrong: ReadonlySet<SettingsField>;
}

export function useChoices(state: StaffState): Choosing {
  const zone = knowsZone(state.zone ?? "") ? (state.zone ?? "") : ownZone();
  const first = useSignal<TypedSettings>(typedSettings(state, zone));
  const typed = useSignal<TypedSettings>(first.peek());
  const tried = useSignal(false);
  const outcome: Choosing["outcome"] = useSignal(null);
  useEffect(() => {
    const newer = typedSettings(state, zone);
    typed.value = rebased(first.peek(), typed.peek(), newer);
    first.value = newer;
  }, [state, zone, first, typed]);
  const set = (change: Partial<TypedSettings>) => {
    typed.value = { ...typed.value, ...change };
    outcome.value = null;
  };
  const wrong = tried.value ? settingsFaults(typed.value) : NONE;
  return { slug: state.slug, first, typed, tried, outcome, set, wrong };
}

export function ChoicesForm({
  choosing,
  children,
  main = false,
}: {
  choosing: Choosing;
  children: ComponentChildren;
  /** Saving is the one thing to do on this page. */
  main?: boolean;
}) {
  const { settings: words } = useWords();
  const { slug, first, typed, tried, outcome } = choosing;
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);

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
    const result = await staffApi.settings(slug, newCid(), choices);
    busy.value = false;
    if (signedOut(result)) return;
    outcome.value = result.ok ? "saved" : result.refusal;
    if (result.ok) first.value = sent;
  }

  return (
    <form class="stack" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      {children}
      <Outcome outcome={outcome} />
      <div class="row form-foot">
        <button type="submit" class={main ? "btn btn-go" : "btn"} aria-busy={busy.value}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function Outcome({ outcome }: { outcome: ReadonlySignal<"saved" | "nothing" | Refusal | null> }) {
  const { settings: words } = useWords();
  const done = outcome.value;
  return (
    <>
      <div role="status" class={typeof done === "string" ? undefined : "vh"}>
        {done === "saved" && <Banner tone="go" title={words.saved} />}
        {done === "nothing" && <Banner tone="plain" title={words.nothing} />}
      </div>
      {done !== null && typeof done !== "string" && <Refused refusal={done} />}
    </>
  );
}
