/** Single keys of the control room. Off in fields and dialogs, and can be switched off (WCAG 2.1.4). */

import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { currentQuestion, nextItem } from "../guide";
import type { Live } from "../live";
import { blocked } from "../state";
import { Dialog } from "./parts";
import { TEXTS_SEARCH } from "./texts_panel";
import { useWords } from "./words";

const KEPT = "turnout.keys";

const on = signal(read());

function read(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch (error) {
    // Storage may be forbidden; then the choice lasts as long as the page.
    if (error instanceof DOMException) return true;
    throw error;
  }
}

function choose(use: boolean): void {
  on.value = use;
  try {
    localStorage.setItem(KEPT, use ? "on" : "off");
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function useKeys(live: Live, list: Signal<boolean>, toTexts: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!on.value || event.defaultPrevented || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") !== null) return;
      const items = live.room.value.state?.items ?? [];
      const free = blocked(live.room.value) === null;
      switch (event.key.toLowerCase()) {
        case "n":
          if (free && nextItem(items) !== null) live.press({ op: "next" });
          break;
        case "c":
          if (free && currentQuestion(items)?.status === "open") live.press({ op: "close" });
          break;
        case "/":
          event.preventDefault();
          toTexts();
          // After the pane is shown, on a narrow screen.
          requestAnimationFrame(() => document.getElementById(TEXTS_SEARCH)?.focus());
          break;
        case "?":
          list.value = true;
          break;
        default:
          return;
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [live, list, toTexts]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

export function KeysButton({ shown }: { shown: Signal<boolean> }) {
  const { room: words } = useWords();
  const keys = [
    ["N", words.key.next],
    ["C", words.key.close],
    ["/", words.key.search],
    ["?", words.key.list],
  ] as const;
  const close = () => {
    shown.value = false;
  };
  return (
    <>
      <button
        type="button"
        class="btn btn-s hide-m"
        onClick={() => {
          shown.value = true;
        }}
      >
        {words.keys}
      </button>
      {shown.value && (
        <Dialog title={words.keys} onClose={close}>
          <dl class="keys">
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <label class="opt">
            <input
              type="checkbox"
              checked={on.value}
              onChange={(event) => choose(event.currentTarget.checked)}
            />
            <span>
              <b>{words.keysUse.title}</b>
              <small>{words.keysUse.more}</small>
            </span>
          </label>
          <button type="button" class="btn" data-safe onClick={close}>
            {words.keysDone}
          </button>
        </Dialog>
      )}
    </>
  );
}
