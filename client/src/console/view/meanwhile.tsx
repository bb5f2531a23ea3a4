/** What others did to an item while somebody writes it: in words, and whose it shall be. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Words } from "../catalogue/en";
import type { TypedItem } from "../item_form";
import type { Writing } from "../writing";
import { Banner } from "./parts";
import { useWords } from "./words";

export interface Met {
  readonly writing: Writing;
  /** The item is not in the guide any more. */
  readonly gone: boolean;
  /** Somebody tried to save. */
  readonly tried: boolean;
}

export function Meanwhile({
  met: { writing, gone, tried },
  onWhose,
}: {
  met: Met;
  onWhose: (whose: "mine" | "theirs") => void;
}) {
  const words = useWords();
  const w = words.editor;
  if (gone) return <Banner alert tone="wait" title={w.droppedTitle} more={w.dropped} />;
  if (writing.clashes.length > 0)
    return <Clash writing={writing} tried={tried} onWhose={onWhose} />;
  return writing.met ? (
    <Banner alert tone="plain" title={w.changedTitle} more={w.followed} />
  ) : null;
}

function Clash({
  writing,
  tried,
  onWhose,
}: {
  writing: Writing;
  tried: boolean;
  onWhose: (whose: "mine" | "theirs") => void;
}) {
  const words = useWords();
  const w = words.editor;
  const first = useRef<HTMLButtonElement>(null);
  // Saving waits for a word here, so this is where it leads.
  useLayoutEffect(() => {
    if (tried) first.current?.focus();
  }, [tried]);
  return (
    <div class="stack" role="alert">
      <Banner tone="wait" title={w.changedTitle} more={w.whose} />
      <dl class="theirs">
        {writing.clashes.map((field) => (
          <div key={field}>
            <dt>{fieldName(words, field)}</dt>
            <dd dir="auto">{reading(words, writing.base, field)}</dd>
          </div>
        ))}
      </dl>
      <div class="row row-wrap">
        <button ref={first} type="button" class="btn btn-s" onClick={() => onWhose("mine")}>
          {w.mine}
        </button>
        <button type="button" class="btn btn-s" onClick={() => onWhose("theirs")}>
          {w.theirs}
        </button>
      </div>
    </div>
  );
}

function fieldName({ edit: w }: Words, field: keyof TypedItem): string {
  switch (field) {
    case "other":
      return w.other.title;
    case "randomize":
      return w.randomize.title;
    case "autoClose":
      return w.autoClose.title;
    default:
      return w[field];
  }
}

function reading(words: Words, typed: TypedItem, field: keyof TypedItem): string {
  if (field === "type") return words.item.kind[typed.type];
  const value = typed[field];
  if (typeof value === "boolean") return value ? words.editor.on : words.editor.off;
  return value === "" ? words.editor.nothing : value;
}
