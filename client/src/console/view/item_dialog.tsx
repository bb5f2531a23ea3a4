/** Writing an item: a new one, or the correction of one. It stays open until the server has taken it. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Item, StaffItem } from "../../wire";
import {
  draftOf,
  hasBounds,
  hasOptions,
  type ItemField,
  type ItemType,
  itemFaults,
  type Locked,
  locked,
  TYPES,
  type TypedItem,
  typedItem,
} from "../item_form";
import { mayAdd } from "../lifecycle";
import { mayCommand } from "../state";
import { useAsking, useLive, WhyBlocked } from "./commands";
import { AreaField, TextField, Tick } from "./fields";
import { Icon } from "./icons";
import { itemName } from "./item_name";
import { Banner, Dialog } from "./parts";
import { useWords } from "./words";

const NONE: ReadonlySet<ItemField> = new Set();

/** The button that adds an item; nothing for who may not. */
export function AddItem({ class: name = "btn btn-s push" }: { class?: string }) {
  const { edit: words } = useWords();
  const live = useLive();
  const open = useSignal(false);
  const may = useComputed(() => {
    const { role, state } = live.room.value;
    return mayCommand(role) && state !== null && mayAdd(state.phase);
  }).value;
  if (!may) return null;
  return (
    <>
      <button
        type="button"
        class={name}
        onClick={() => {
          open.value = true;
        }}
      >
        <Icon name="plus" />
        {words.add}
      </button>
      {open.value && (
        <ItemDialog
          entry={null}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

/** Where a new item goes at first: behind what was sent last, else at the end. */
function place(items: readonly StaffItem[]): StaffItem | undefined {
  const sent = items.filter(({ sent_at }) => sent_at !== undefined);
  const last = sent.sort((a, b) => (b.sent_at ?? 0) - (a.sent_at ?? 0))[0];
  return last ?? items.at(-1);
}

export function ItemDialog({ entry, onClose }: { entry: StaffItem | null; onClose: () => void }) {
  const words = useWords();
  const w = words.edit;
  const live = useLive();
  const state = live.state.value;
  const items = state?.items ?? [];
  const first = useSignal(place(items)).value;
  const after = useSignal<number | null>(first?.item.id ?? null);
  const begun = useSignal<TypedItem>(typedItem(entry, first?.section)).value;
  const typed = useSignal<TypedItem>(begun);
  const seen = useSignal(entry?.item).value;
  const tried = useSignal(false);
  const answered = useComputed(
    () => entry !== null && (live.questions.value.get(entry.item.id)?.answered ?? 0) > 0,
  ).value;
  const asking = useAsking(onClose);
  const found = itemFaults(typed.value, entry);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (asking.busy) return;
    tried.value = true;
    if (found.size > 0) return;
    const draft = draftOf(typed.value, entry);
    if (entry !== null) asking.ask({ op: "edit", item: entry.item.id, draft });
    else asking.ask({ op: "add", draft, ...(after.value === null ? {} : { after: after.value }) });
  };

  const name = itemName(words.item.lower, state, entry?.item.id ?? null);
  useUnsaved(JSON.stringify(typed.value) !== JSON.stringify(begun));
  return (
    <Dialog title={entry === null ? w.addTitle : w.editTitle(name)} onClose={onClose}>
      <form class="stack" noValidate onSubmit={submit}>
        {asking.why !== "" && <Banner alert tone="stop" title={asking.why} />}
        {entry !== null && !same(entry.item, seen) && (
          <Banner
            tone="wait"
            title={words.editor.changedTitle}
            more={<bdi>{words.editor.changed(entry.item.text)}</bdi>}
          />
        )}
        {entry === null && state?.phase === "flex" && <p class="small">{w.addFlex}</p>}
        <Fields
          typed={typed}
          wrong={tried.value ? found : NONE}
          lock={locked(entry, answered)}
          isNew={entry === null}
        />
        {entry === null && <Where items={items} after={after} />}
        <div class="row row-wrap">
          <button type="button" class="btn grow" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="btn btn-go grow" aria-busy={asking.busy}>
            {entry === null ? w.saveNew : w.save}
          </button>
        </div>
        <WhyBlocked named={false} />
      </form>
    </Dialog>
  );
}

/** Whether two items read the same; their number may differ. */
function same(now: Item, seen: Item | undefined): boolean {
  return (
    seen !== undefined &&
    JSON.stringify({ ...now, number: 0 }) === JSON.stringify({ ...seen, number: 0 })
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

function Where({ items, after }: { items: readonly StaffItem[]; after: Signal<number | null> }) {
  const words = useWords();
  const live = useLive();
  return (
    <div class="field">
      <label for="item-after">{words.edit.after}</label>
      <select
        id="item-after"
        class="input"
        value={after.value === null ? "" : String(after.value)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          after.value = value === "" ? null : Number(value);
        }}
      >
        <option value="">{words.edit.first}</option>
        {items.map(({ item }) => (
          <option key={item.id} value={String(item.id)}>
            {words.edit.afterItem(
              itemName(words.item.lower, live.state.value, item.id),
              item.text.slice(0, 80),
            )}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FieldsProps {
  readonly typed: Signal<TypedItem>;
  readonly wrong: ReadonlySet<ItemField>;
  readonly lock: Locked;
}

function Fields({ typed, wrong, lock, isNew }: FieldsProps & { isNew: boolean }) {
  const words = useWords();
  const w = words.edit;
  const now = typed.value;
  const set = (change: Partial<TypedItem>) => {
    typed.value = { ...typed.value, ...change };
  };
  return (
    <>
      <div class="field">
        <label for="item-type">{w.type}</label>
        <select
          id="item-type"
          class="input"
          value={now.type}
          disabled={lock.type}
          onChange={(event) => set({ type: event.currentTarget.value as ItemType })}
        >
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {words.item.kind[type]}
            </option>
          ))}
        </select>
      </div>
      <AreaField
        id="item-text"
        label={w.text}
        hint={lock.type ? w.textSent : ""}
        wrong={wrong.has("text") ? w.needText : ""}
        value={now.text}
        onInput={(text) => set({ text })}
        safe
      />
      {hasOptions(now.type) && <Options typed={typed} wrong={wrong} lock={lock} />}
      {hasBounds(now.type) && <Bounds typed={typed} wrong={wrong} lock={lock} />}
      <TextField
        id="item-duration"
        label={w.duration}
        hint={w.durationHint}
        wrong={wrong.has("duration") ? w.needDuration : ""}
        value={now.duration}
        onInput={(duration) => set({ duration })}
        numeric
      />
      <Tick
        said={w.autoClose}
        checked={now.autoClose}
        onChange={(autoClose) => set({ autoClose })}
      />
      {isNew && (
        <TextField
          id="item-section"
          label={w.section}
          hint=""
          wrong=""
          value={now.section}
          onInput={(section) => set({ section })}
        />
      )}
    </>
  );
}

function Options({ typed, wrong, lock }: FieldsProps) {
  const { edit: w } = useWords();
  const set = (change: Partial<TypedItem>) => {
    typed.value = { ...typed.value, ...change };
  };
  const hints = { sent: w.optionsSent, answered: w.optionsAnswered };
  return (
    <div>
      <AreaField
        id="item-options"
        label={w.options}
        hint={lock.options === null ? w.optionsHint : hints[lock.options]}
        wrong={wrong.has("options") ? w.needOptions : ""}
        value={typed.value.options}
        onInput={(options) => set({ options })}
      />
      <Tick
        said={w.other}
        checked={typed.value.other}
        disabled={lock.other}
        onChange={(other) => set({ other })}
      />
      <Tick
        said={w.randomize}
        checked={typed.value.randomize}
        onChange={(randomize) => set({ randomize })}
      />
    </div>
  );
}

function Bounds({ typed, wrong, lock }: FieldsProps) {
  const { edit: w } = useWords();
  const now = typed.value;
  const set = (change: Partial<TypedItem>) => {
    typed.value = { ...typed.value, ...change };
  };
  const line = (id: string, label: string, value: string, field: keyof TypedItem) => (
    <div class="field" key={id}>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        dir="auto"
        autocomplete="off"
        value={value}
        disabled={lock.bounds}
        aria-invalid={wrong.has("bounds")}
        aria-describedby="bounds-hint"
        onInput={(event) => set({ [field]: event.currentTarget.value })}
      />
    </div>
  );
  const why = wrong.has("bounds") ? w.needBounds : lock.bounds ? w.boundsLocked : "";
  return (
    <div class="stack">
      <div class="bounds">
        {line("item-min", w.min, now.min, "min")}
        {line("item-max", w.max, now.max, "max")}
        {now.type === "number" && line("item-step", w.step, now.step, "step")}
        {now.type === "scale" && line("item-min-label", w.minLabel, now.minLabel, "minLabel")}
        {now.type === "scale" && line("item-max-label", w.maxLabel, now.maxLabel, "maxLabel")}
      </div>
      <p class={wrong.has("bounds") ? "hint is-wrong" : "hint"} id="bounds-hint">
        {why}
      </p>
    </div>
  );
}
