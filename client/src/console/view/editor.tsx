/** Writing an item wherever a button asks for it. The dialog belongs to the conversation and not to
 * the button, so that no change of the guide takes it away. */

import { type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useRef } from "preact/hooks";

/** Which item is written; `item` null: a new one. */
export interface Edited {
  readonly item: number | null;
}

export const EditorContext = createContext<Signal<Edited | null>>(signal(null));

/** One for a conversation. */
export function useEditor(): Signal<Edited | null> {
  return useRef(signal<Edited | null>(null)).current;
}

/** What a button that opens the editor calls. */
export function useEdit(): (item: number | null) => void {
  const edited = useContext(EditorContext);
  return (item) => {
    edited.value = { item };
  };
}
