/** Copies a text, and says so only when it is copied. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "./icons";
import { useWords } from "./words";

const SAID_FOR = 2_000;

export function CopyButton({
  text,
  label,
  wide = false,
}: {
  text: string;
  label: string;
  /** With its words; else an icon that says them. */
  wide?: boolean;
}) {
  const words = useWords();
  const copied = useSignal(false);
  const said = copied.value;
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => {
      copied.value = false;
    }, SAID_FOR);
    return () => clearTimeout(timer);
  }, [said, copied]);
  return (
    <>
      <button
        type="button"
        class={wide ? "btn btn-s" : "btn btn-s btn-icon"}
        aria-label={wide ? undefined : label}
        title={wide ? undefined : label}
        onClick={async () => {
          copied.value = await copy(text);
        }}
      >
        <Icon name={said ? "check" : "copy"} />
        {wide && (said ? words.links.copied : label)}
      </button>
      <span class="vh" role="status">
        {said ? words.links.copied : ""}
      </span>
    </>
  );
}

async function copy(text: string): Promise<boolean> {
  // On plain http there is no clipboard; the old way still works there.
  if (navigator.clipboard === undefined) return copyBySelection(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return copyBySelection(text);
    throw error;
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
