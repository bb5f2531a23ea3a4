/** Signing in, and making an account. A password stands in its field and in one request only. */

import { useSignal } from "@preact/signals";
import type { Result } from "../../api";
import type { Refusal } from "../../wire";
import { secret, signedIn, who } from "../session";
import { type Me, staffApi } from "../staff_api";
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

export const SHORTEST = 10;

export function FirstRun() {
  const { firstRun: words } = useWords();
  if (secret.value === "") {
    return (
      <Lone title={words.noSecret.title}>
        <p class="lead">{words.noSecret.more}</p>
      </Lone>
    );
  }
  return (
    <Lone title={words.title}>
      <p class="lead">{words.lead}</p>
      <NewAccount
        make={(name, password) => staffApi.firstRun(secret.value, name, password)}
        button={words.button}
      />
    </Lone>
  );
}

/** A name and a password for an account that is made with a secret. */
export function NewAccount({
  make,
  button,
}: {
  make: (name: string, password: string) => Promise<Result<Me>>;
  button: string;
}) {
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
    const result = await make(text(form, "name"), text(form, "password"));
    busy.value = false;
    refusal.value = result.ok ? null : result.refusal;
    if (result.ok) await signedIn();
  }

  return (
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
        {button}
      </button>
    </form>
  );
}

export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
