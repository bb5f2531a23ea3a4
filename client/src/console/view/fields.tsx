/** Pieces of a form: a panel, labelled fields with their hint or with what is wrong instead, ticks. */

import type { ComponentChildren } from "preact";
import { typedNumber } from "../digits";

export function Panel({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
}) {
  return (
    <section class="panel" aria-labelledby={`${id}-head`}>
      <div class="panel-head">
        <h3 id={`${id}-head`}>{title}</h3>
      </div>
      <div class="panel-body stack">{children}</div>
    </section>
  );
}

export function TextField(props: {
  id: string;
  label: string;
  hint: string;
  wrong: string;
  value: string;
  onInput: (value: string) => void;
  numeric?: boolean;
}) {
  const { id, label, hint, wrong, value, onInput, numeric = false } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class={numeric ? "input input-n num" : "input"}
        inputMode={numeric ? "numeric" : "text"}
        autocomplete="off"
        dir={numeric ? "ltr" : "auto"}
        maxlength={numeric ? 9 : 200}
        value={value}
        aria-invalid={wrong !== ""}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) =>
          onInput(numeric ? typedNumber(currentTarget) : currentTarget.value)
        }
      />
      <p class={wrong === "" ? "hint" : "hint is-wrong"} id={`${id}-hint`}>
        {wrong === "" ? hint : wrong}
      </p>
    </div>
  );
}

/** Several lines of text. `safe`: where the focus goes when its dialog opens. */
export function AreaField(props: {
  id: string;
  label: string;
  hint: string;
  wrong: string;
  value: string;
  onInput: (value: string) => void;
  safe?: boolean;
}) {
  const { id, label, hint, wrong, value, onInput, safe = false } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="input area"
        dir="auto"
        rows={4}
        value={value}
        data-safe={safe ? "" : undefined}
        aria-invalid={wrong !== ""}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class={wrong === "" ? "hint" : "hint is-wrong"} id={`${id}-hint`}>
        {wrong === "" ? hint : wrong}
      </p>
    </div>
  );
}

/** A fact in a `facts-list`. */
export function Plain({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A choice that is on or off, with what it means. */
export function Tick({
  said,
  checked,
  onChange,
  disabled = false,
  wrong = "",
}: {
  said: { readonly title: string; readonly more: string };
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  wrong?: string;
}) {
  return (
    <label class="opt">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-invalid={wrong !== ""}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <b>{said.title}</b>
        <small class={wrong === "" ? undefined : "is-wrong"}>
          {wrong === "" ? said.more : wrong}
        </small>
      </span>
    </label>
  );
}
