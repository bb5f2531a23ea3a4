/** Single keys of the control room. Off in fields and dialogs, and can be switched off (WCAG 2.1.4). */

import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { commandOf } from "../commands";
import { marked, shelves } from "../guide";
import type { Live } from "../live";
import { blocked } from "../state";
import { type Browsed, GUIDE_LIST } from "./guide_panel";
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

/** `view`: what J and K move in. `toTexts`: shows the texts, where they are not in view. */
export function useKeys(
  live: Live,
  view: Browsed,
  list: Signal<boolean>,
  show: (pane: "guide" | "texts") => void,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!on.value || event.defaultPrevented || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") !== null) return;
      const key = event.key.toLowerCase();
      if (key === "enter" && isActive(event.target)) return;
      const entries = shelves(live.room.value.state?.items ?? [])[view.shelf.value];
      // What was sent or skipped meanwhile is not in this list any more, nor marked.
      const mark = entries.find(({ item }) => item.id === view.marked.value)?.item.id ?? null;
      const acts = commandOf(key, live.room.value, mark);
      if (acts !== undefined) {
        if (acts !== null && blocked(live.room.value) === null) live.press(acts);
        return;
      }
      switch (key) {
        case "j":
        case "k":
          view.marked.value = marked(entries, mark, key === "j" ? 1 : -1);
          show("guide");
          // Enter must not press whatever button had the focus before.
          document.getElementById(GUIDE_LIST)?.focus({ preventScroll: true });
          break;
        case "/":
          event.preventDefault();
          show("texts");
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
  }, [live, view, list, show]);
}

/** Whether Enter means something there already. */
function isActive(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, summary, label") !== null;
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
    ["J K", words.key.move],
    ["Enter", words.key.send],
    ["S", words.key.skip],
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
                  {key.split(" ").map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
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
