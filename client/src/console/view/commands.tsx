/** Buttons that command. None is ever silently dead: the reason stands beside them. */

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useRef } from "preact/hooks";
import { type Asked, isFor, outcomeOf } from "../commands";
import type { Live } from "../live";
import type { Refusing } from "../refusals";
import { blocked } from "../state";
import { useWords } from "./words";

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("no live line: a view outside of LiveContext");
  return live;
}

/** The id of the one sentence on screen that says why commands wait. */
const WHY = "why-blocked";

export function CommandButton({
  asked,
  class: name = "btn",
  not = false,
  children,
  label,
}: {
  asked: Asked;
  class?: string;
  /** It makes no sense now, and the screen says why. */
  not?: boolean;
  children: ComponentChildren;
  label?: string;
}) {
  const live = useLive();
  const why = useComputed(() => blocked(live.room.value)).value;
  const mine = useComputed(() => isFor(live.pending.value?.command, asked)).value;
  return (
    <button
      type="button"
      class={name}
      aria-label={label}
      aria-busy={mine}
      aria-disabled={not || (why !== null && !mine)}
      data-brief={why === "busy" ? "" : undefined}
      aria-describedby={why === "offline" || why === "role" ? WHY : undefined}
      onClick={() => {
        if (!not && why === null) live.press(asked);
      }}
    >
      {children}
    </button>
  );
}

/** Why commands wait. Once on a screen it is named, for the buttons to refer to. */
export function WhyBlocked({ named = true }: { named?: boolean }) {
  const { blocked: words } = useWords();
  const live = useLive();
  const why = useComputed(() => blocked(live.room.value)).value;
  // Busy is over in a moment; a sentence for it would only flicker.
  if (why === null || why === "busy") return null;
  return (
    <p class="why" id={named ? WHY : undefined}>
      {words[why]}
    </p>
  );
}

/** A command that a form sends. `refusal` is the server's; `onDone` comes when it is done, and not
 * `sure` when nobody knows, which a notice tells. */
export function useAsking(onDone: (sure: boolean) => void): {
  readonly ask: (asked: Asked) => void;
  readonly busy: boolean;
  readonly refusal: Refusing | null;
} {
  const live = useLive();
  const cid = useRef<string | null>(null);
  const refusal = useSignal<Refusing | null>(null);
  const busy = useSignal(false);
  useSignalEffect(() => {
    const room = live.room.value;
    if (cid.current === null) return;
    const outcome = outcomeOf(room, cid.current);
    if (outcome.kind === "busy") return;
    cid.current = null;
    busy.value = false;
    if (outcome.kind !== "refused") return onDone(outcome.kind === "done");
    refusal.value = outcome.refusal;
    live.read();
  });
  const ask = (asked: Asked) => {
    refusal.value = null;
    const sent = live.press(asked);
    cid.current = sent;
    busy.value = sent !== null;
  };
  return { ask, busy: busy.value, refusal: refusal.value };
}
