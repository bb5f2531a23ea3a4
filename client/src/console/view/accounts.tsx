/** Signing in, and making the first account. A password stands in its field and in one request only. */

import { useSignal } from "@preact/signals";
import type { Refusal } from "../../wire";
import { firstRunSecret, signedIn, who } from "../session";
import { staffApi } from "../staff_api";
import { Lone } from "./frame";
import { Banner, Refused } from "./parts";
import { useWords } from "./words";

export function SignIn() {
  const { signIn: words } = useWords();
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const nobodyYet = who.value.kind === "nobody" && who.value.firstRun;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    busy.value = true;
    const result = await staffApi.signIn(text(form, "name"), text(form, "password"));
    busy.value = false;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) await signedIn();
  }

  return (
    <Lone title={words.title}>
      {nobodyYet && <Banner tone="plain" title={words.firstRun.title} more={words.firstRun.more} />}
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {refusal.value && <Refused refusal={refusal.value} />}
        <div class="field">
          <label for="name">{words.name}</label>
          <input id="name" name="name" class="input" autocomplete="username" required />
        </div>
        <div class="field">
          <label for="password">{words.password}</label>
          <input
            id="password"
            name="password"
            type="password"
            class="input"
            autocomplete="current-password"
            required
          />
        </div>
        <button type="submit" class="btn btn-go btn-big" aria-busy={busy.value}>
          {words.button}
        </button>
      </form>
    </Lone>
  );
}

const SHORTEST = 10;

export function FirstRun() {
  const { firstRun: words } = useWords();
  const busy = useSignal(false);
  const short = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    short.value = [...text(form, "password")].length < SHORTEST;
    if (short.value) {
      document.getElementById("password")?.focus();
      return;
    }
    busy.value = true;
    const name = text(form, "name");
    const result = await staffApi.firstRun(firstRunSecret.value, name, text(form, "password"));
    busy.value = false;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) await signedIn();
  }

  if (firstRunSecret.value === "") {
    return (
      <Lone title={words.noSecret.title}>
        <p class="lead">{words.noSecret.more}</p>
      </Lone>
    );
  }
  return (
    <Lone title={words.title}>
      <p class="lead">{words.lead}</p>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {refusal.value && <Refused refusal={refusal.value} />}
        <div class="field">
          <label for="name">{words.name}</label>
          <input
            id="name"
            name="name"
            class="input"
            autocomplete="username"
            required
            maxlength={80}
            aria-describedby="name-hint"
          />
          <p class="hint" id="name-hint">
            {words.nameHint}
          </p>
        </div>
        <div class="field">
          <label for="password">{words.password}</label>
          <input
            id="password"
            name="password"
            type="password"
            class="input"
            autocomplete="new-password"
            required
            aria-invalid={short.value}
            aria-describedby="password-hint"
          />
          <p class={short.value ? "hint is-wrong" : "hint"} id="password-hint">
            {short.value ? words.short : words.passwordHint}
          </p>
        </div>
        <button type="submit" class="btn btn-go btn-big" aria-busy={busy.value}>
          {words.button}
        </button>
      </form>
    </Lone>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
