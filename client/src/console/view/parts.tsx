/** Small pieces that several screens use. They hold no state of the conversation. */

import type { ComponentChildren, CSSProperties } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { StaffState } from "../../wire";
import { type Refusing, told } from "../refusals";
import { href, type Route } from "../routes";
import { go } from "../session";
import { Icon, type IconName } from "./icons";
import { useWords } from "./words";

/** `--v`, for bars and columns. Preact writes it through the CSSOM, which the CSP allows. */
export function share(value: number): CSSProperties {
  return { "--v": String(value) } as CSSProperties;
}

/** A link of this page: a new tab still works, a plain click stays. */
export function To({
  to,
  class: name,
  children,
  label,
  current = false,
}: {
  to: Route;
  class?: string;
  children: ComponentChildren;
  label?: string;
  /** It leads to the page that is shown. */
  current?: boolean;
}) {
  return (
    <a
      href={href(to)}
      aria-current={current ? "page" : undefined}
      class={name}
      aria-label={label}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}

export type Tone = "go" | "wait" | "stop" | "plain";

const TONE_ICONS: Record<Tone, IconName> = {
  go: "check",
  wait: "warn",
  stop: "stop",
  plain: "info",
};

export function Banner({
  tone,
  title,
  more,
  children,
  alert = false,
}: {
  tone: Tone;
  title: ComponentChildren;
  more?: ComponentChildren;
  children?: ComponentChildren;
  /** Read out at once: only for what answers a press. */
  alert?: boolean;
}) {
  return (
    <div class={`banner banner-act banner-${tone}`} role={alert ? "alert" : undefined}>
      <Icon name={TONE_ICONS[tone]} />
      <div>
        <b>{title}</b>
        {more !== undefined && <p>{more}</p>}
      </div>
      {children}
    </div>
  );
}

/** A sentence of the server's, which is English whatever the page is. */
export function Served({ children }: { children: string }) {
  return (
    <span lang="en" dir="ltr">
      {children}
    </span>
  );
}

/** What a refusal says. */
export function Told({ refusal }: { refusal: Refusing }) {
  const { text, served } = told(refusal, useWords().refusal);
  return served ? <Served>{text}</Served> : text;
}

/** A refusal in words, also where the server could not be reached. */
export function Refused({ refusal }: { refusal: Refusing }) {
  const { app } = useWords();
  if (refusal.code === "offline") {
    return <Banner alert tone="stop" title={app.away.title} more={app.away.more} />;
  }
  const title = refusal.code === "unreadable" ? app.unreadable : <Told refusal={refusal} />;
  return <Banner alert tone="stop" title={title} />;
}

export function PhasePill({ phase }: { phase: StaffState["phase"] }) {
  const words = useWords();
  const on = phase === "live" || phase === "flex";
  return (
    <span class={on ? "pill pill-go" : phase === "published" ? "pill pill-line" : "pill"}>
      {on && <span class="dot" />}
      {words.phase[phase]}
    </span>
  );
}

export function Search({
  label,
  word,
  value,
  onInput,
  id,
}: {
  label: string;
  word: string;
  value: string;
  onInput: (value: string) => void;
  id?: string;
}) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        id={id}
        class="input input-s"
        type="search"
        aria-label={label}
        placeholder={word}
        value={value}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

export function Segments<T extends string>({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string;
  options: readonly (readonly [T, string])[];
  chosen: T;
  onChoose: (option: T) => void;
}) {
  return (
    <fieldset class="seg guide-seg">
      <legend class="vh">{label}</legend>
      {options.map(([option, name]) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === chosen}
          onClick={() => onChoose(option)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

export function Empty({ title, children }: { title?: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      {title !== undefined && (
        <p>
          <b>{title}</b>
        </p>
      )}
      {children}
    </div>
  );
}

/** A native dialog. It opens when it is mounted, with the focus on `[data-safe]`; Esc is the safe way. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before it is painted: until it is open, keys go to the page behind it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>("[data-safe]")?.focus();
    return () => {
      // The page behind takes no focus while it is open.
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog stack"
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}
