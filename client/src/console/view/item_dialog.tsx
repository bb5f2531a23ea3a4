/** Writing an item: a new one, or the correction of one. It stays open until the server has taken it,
 * and what was typed is there again if it was closed before. */

import { useComputed, useSignal } from "@preact/signals";
import { useContext, useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { StaffItem } from "../../wire";
import { draftOf, type ItemField, itemFaults, type Locked, locked } from "../item_form";
import { dropWriting, keepWriting, keptWriting, type Spot } from "../kept_writing";
import { mayAdd } from "../lifecycle";
import { mayCommand } from "../state";
import { alone, begin, met, settled, unsaved, type Writing, within } from "../writing";
import { useAsking, useLive, WhyBlocked } from "./commands";
import { EditorContext, useEdit } from "./editor";
import { Icon } from "./icons";
import { Fields, Where } from "./item_fields";
import { itemName } from "./item_name";
import { Meanwhile, type Met } from "./meanwhile";
import { Banner, Dialog, Refused } from "./parts";
import { useWords } from "./words";

const NONE: ReadonlySet<ItemField> = new Set();

/** The button that adds an item; nothing for who may not. */
export function AddItem({ class: name = "btn btn-s push" }: { class?: string }) {
  const { edit: words } = useWords();
  const live = useLive();
  const edit = useEdit();
  const may = useComputed(() => {
    const { role, state } = live.room.value;
    return mayCommand(role) && state !== null && mayAdd(state.phase);
  }).value;
  if (!may) return null;
  return (
    <button type="button" class={name} onClick={() => edit(null)}>
      <Icon name="plus" />
      {words.add}
    </button>
  );
}

/** Where the dialog stands: beside every page of a conversation. */
export function ItemEditor() {
  const live = useLive();
  const edited = useContext(EditorContext);
  const asked = edited.value;
  if (asked === null || live.state.value === null) return null;
  return (
    <ItemDialog
      key={asked.item}
      id={asked.item}
      onClose={() => {
        edited.value = null;
      }}
    />
  );
}

/** Where a new item goes at first: behind what was sent last, else at the end. */
function place(items: readonly StaffItem[]): StaffItem | undefined {
  const sent = items.filter(({ sent_at }) => sent_at !== undefined);
  const last = sent.sort((a, b) => (b.sent_at ?? 0) - (a.sent_at ?? 0))[0];
  return last ?? items.at(-1);
}

interface Desk {
  readonly writing: Writing;
  /** Null if it is new, or gone. */
  readonly entry: StaffItem | null;
  readonly items: readonly StaffItem[];
  readonly lock: Locked;
  /** It was kept from before. */
  readonly kept: boolean;
  put(writing: Writing): void;
  startOver(): void;
}

/** Where this screen keeps what is written about an item. */
function useSpot(item: number | null): Spot {
  const { slug, room } = useLive();
  return { by: room.peek().name, slug, item };
}

/** What is written, in the light of what the item has become. */
function useDesk(spot: Spot): Desk {
  const id = spot.item;
  const live = useLive();
  const items = live.state.value?.items ?? [];
  const entry = items.find(({ item }) => item.id === id) ?? null;
  const answered = useComputed(() => (live.questions.value.get(id ?? 0)?.answered ?? 0) > 0).value;
  const fresh = () => begin(entry, entry === null ? place(items) : items[items.indexOf(entry) - 1]);
  const [before] = useState(() => keptWriting(spot));
  const kept = useSignal(before !== null);
  const written = useSignal<Writing>(before ?? fresh());
  const put = (next: Writing) => {
    written.value = next;
    keepWriting(spot, next);
  };
  const lock = locked(entry, answered);
  const was = written.value;
  const writing = entry === null ? alone(was) : within(met(was, entry), lock);
  // What came of it stays, also when the item goes after that.
  useLayoutEffect(() => {
    if (writing !== was) put(writing);
  });
  return {
    writing,
    entry,
    items,
    lock,
    kept: kept.value && unsaved(writing),
    put,
    startOver: () => {
      kept.value = false;
      put(fresh());
    },
  };
}

function ItemDialog({ id, onClose }: { id: number | null; onClose: () => void }) {
  const words = useWords();
  const w = words.edit;
  const live = useLive();
  const spot = useSpot(id);
  const { writing, entry, items, lock, kept, put, startOver } = useDesk(spot);
  const tried = useSignal(false);
  const asking = useAsking((sure) => {
    if (sure) dropWriting(spot);
    onClose();
  });
  const found = itemFaults(writing.typed, entry);
  const isNew = entry === null;
  const after = behind(items, writing.after);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    tried.value = true;
    if (asking.busy || found.size > 0 || writing.clashes.length > 0) return;
    const draft = draftOf(writing.typed, entry);
    if (isNew) asking.ask({ op: "add", draft, ...(after === null ? {} : { after }) });
    else asking.ask({ op: "edit", item: entry.item.id, draft, seen: writing.version });
  };
  useUnsaved(unsaved(writing));
  const state = live.state.value;
  const title = isNew ? w.addTitle : w.editTitle(itemName(words.item.lower, state, id));
  const what: Met = { writing, gone: id !== null && isNew, tried: tried.value };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" noValidate onSubmit={submit}>
        {asking.refusal && <Refused refusal={asking.refusal} />}
        {!asking.busy && <Meanwhile met={what} onWhose={(whose) => put(settled(writing, whose))} />}
        {kept && <Kept onAgain={startOver} />}
        {isNew && state?.phase === "flex" && <p class="small">{w.addFlex}</p>}
        <Fields
          typed={writing.typed}
          set={(change) => put({ ...writing, typed: { ...writing.typed, ...change } })}
          wrong={tried.value ? found : NONE}
          lock={lock}
        />
        {isNew && (
          <Where items={items} after={after} onChange={(to) => put({ ...writing, after: to })} />
        )}
        <div class="row row-wrap">
          <button type="button" class="btn grow" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="btn btn-go grow" aria-busy={asking.busy}>
            {isNew ? w.saveNew : w.save}
          </button>
        </div>
        <WhyBlocked named={false} />
      </form>
    </Dialog>
  );
}

/** The place that was chosen, if it is still there; else the end. */
function behind(items: readonly StaffItem[], after: number | null): number | null {
  if (after === null || items.some((one) => one.item.id === after)) return after;
  return items.at(-1)?.item.id ?? null;
}

/** What was typed before is here again. */
function Kept({ onAgain }: { onAgain: () => void }) {
  const { editor: words } = useWords();
  return (
    <Banner tone="plain" title={words.keptTitle} more={words.kept}>
      <button type="button" class="btn btn-s" onClick={onAgain}>
        {words.startOver}
      </button>
    </Banner>
  );
}

/** The browser asks before it leaves a page on which something was typed. */
function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
