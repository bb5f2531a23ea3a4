/** Buttons that command. None is ever silently dead: the reason stands beside them. */

import { useComputed } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Live } from "../live";
import { blocked, type Op } from "../state";
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
  op,
  item,
  class: name = "btn",
  not = false,
  children,
  label,
}: {
  op: Op;
  item?: number;
  class?: string;
  /** It makes no sense now, and the screen says why. */
  not?: boolean;
  children: ComponentChildren;
  label?: string;
}) {
  const live = useLive();
  const why = useComputed(() => blocked(live.room.value)).value;
  const mine = useComputed(() => {
    const command = live.pending.value?.command;
    return command?.op === op && command.item === item;
  }).value;
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
        if (!not && why === null) live.press(op, item);
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
