/** The question before a step that people feel at once. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Asked, isFor } from "../commands";
import { CommandButton, useLive, WhyBlocked } from "./commands";
import { Dialog } from "./parts";

/** Asks before a command, with the focus on the safe answer. It closes when the server answered. */
export function Confirm({
  title,
  asked,
  yes,
  no,
  yesClass,
  onClose,
  children,
}: {
  title: string;
  asked: Asked;
  yes: string;
  no: string;
  yesClass: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const live = useLive();
  const pending = useComputed(() => isFor(live.pending.value?.command, asked)).value;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !pending) onClose();
    was.current = pending;
  }, [pending, onClose]);
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack dialog-text">{children}</div>
      <div class="row row-wrap">
        <button type="button" class="btn grow" data-safe onClick={onClose}>
          {no}
        </button>
        <CommandButton asked={asked} class={yesClass}>
          {yes}
        </CommandButton>
      </div>
      <WhyBlocked named={false} />
    </Dialog>
  );
}
