/** Pieces of a form: a panel, and a labelled line with its hint, or with what is wrong instead. */

import type { ComponentChildren } from "preact";

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
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class={wrong === "" ? "hint" : "hint is-wrong"} id={`${id}-hint`}>
        {wrong === "" ? hint : wrong}
      </p>
    </div>
  );
}
