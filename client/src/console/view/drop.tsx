/** Where a file is dropped; the button in it is the first way to choose one. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "./icons";

export function Drop({
  id,
  accept,
  button,
  describedBy,
  wrong = false,
  first = false,
  onFile,
  children,
}: {
  /** Of the input. */
  id: string;
  accept: string;
  /** The words of the button. */
  button: string;
  describedBy: string;
  wrong?: boolean;
  /** Choosing a file is the one thing to do. */
  first?: boolean;
  onFile: (file: File) => void;
  /** What stands between the picture and the button. */
  children: ComponentChildren;
}) {
  const input = useRef<HTMLInputElement>(null);
  const over = useSignal(false);
  const take = (file: File | undefined) => {
    if (file !== undefined) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      class={over.value ? "drop is-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files[0]);
      }}
    >
      <Icon name="file" />
      {children}
      <input
        ref={input}
        id={id}
        class="vh"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file, put right, must be choosable again.
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class={first ? "btn btn-go" : "btn"}
        aria-invalid={wrong}
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        {button}
      </button>
    </div>
  );
}

/** Null if it was moved, changed or locked since it was chosen. */
export async function contents(chosen: File): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await chosen.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
