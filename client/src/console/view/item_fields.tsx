/** The fields of an item: what it asks, and how. */

import type { StaffItem } from "../../wire";
import {
  hasBounds,
  hasOptions,
  type ItemField,
  type ItemType,
  type Locked,
  TYPES,
  type TypedItem,
} from "../item_form";
import { useLive } from "./commands";
import { AreaField, TextField, Tick } from "./fields";
import { itemName } from "./item_name";
import { useWords } from "./words";

/** Behind which item something goes. */
export function Where({
  items,
  after,
  onChange,
}: {
  items: readonly StaffItem[];
  after: number | null;
  onChange: (after: number | null) => void;
}) {
  const words = useWords();
  const live = useLive();
  return (
    <div class="field">
      <label for="item-after">{words.edit.after}</label>
      <select
        id="item-after"
        class="input"
        value={after === null ? "" : String(after)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange(value === "" ? null : Number(value));
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
  readonly typed: TypedItem;
  readonly set: (change: Partial<TypedItem>) => void;
  readonly wrong: ReadonlySet<ItemField>;
  readonly lock: Locked;
}

export function Fields({ typed, set, wrong, lock }: FieldsProps) {
  const words = useWords();
  const w = words.edit;
  return (
    <>
      <div class="field">
        <label for="item-type">{w.type}</label>
        <select
          id="item-type"
          class="input"
          value={typed.type}
          disabled={lock.type}
          aria-describedby="item-type-hint"
          onChange={(event) => set({ type: event.currentTarget.value as ItemType })}
        >
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {words.item.kind[type]}
            </option>
          ))}
        </select>
        <p class="hint" id="item-type-hint">
          {lock.type ? w.typeSent : ""}
        </p>
      </div>
      <AreaField
        id="item-text"
        label={w.text}
        hint={lock.type ? w.textSent : ""}
        wrong={wrong.has("text") ? w.needText : ""}
        value={typed.text}
        onInput={(text) => set({ text })}
        safe
      />
      {hasOptions(typed.type) && <Options typed={typed} set={set} wrong={wrong} lock={lock} />}
      {hasBounds(typed.type) && <Bounds typed={typed} set={set} wrong={wrong} lock={lock} />}
      <TextField
        id="item-duration"
        label={w.duration}
        hint={w.durationHint}
        wrong={wrong.has("duration") ? w.needDuration : ""}
        value={typed.duration}
        onInput={(duration) => set({ duration })}
        numeric
      />
      <Tick
        said={w.autoClose}
        checked={typed.autoClose}
        onChange={(autoClose) => set({ autoClose })}
      />
      <TextField
        id="item-section"
        label={w.section}
        hint=""
        wrong=""
        value={typed.section}
        onInput={(section) => set({ section })}
      />
    </>
  );
}

function Options({ typed, set, wrong, lock }: FieldsProps) {
  const { edit: w } = useWords();
  const hints = { sent: w.optionsSent, answered: w.optionsAnswered };
  return (
    <div>
      <AreaField
        id="item-options"
        label={w.options}
        hint={lock.options === null ? w.optionsHint : hints[lock.options]}
        wrong={wrong.has("options") ? w.needOptions : ""}
        value={typed.options}
        onInput={(options) => set({ options })}
      />
      <Tick
        said={w.other}
        checked={typed.other}
        disabled={lock.other}
        onChange={(other) => set({ other })}
      />
      <Tick
        said={w.randomize}
        checked={typed.randomize}
        onChange={(randomize) => set({ randomize })}
      />
    </div>
  );
}

function Bounds({ typed, set, wrong, lock }: FieldsProps) {
  const { edit: w } = useWords();
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
        {line("item-min", w.min, typed.min, "min")}
        {line("item-max", w.max, typed.max, "max")}
        {typed.type === "number" && line("item-step", w.step, typed.step, "step")}
        {typed.type === "scale" && line("item-min-label", w.minLabel, typed.minLabel, "minLabel")}
        {typed.type === "scale" && line("item-max-label", w.maxLabel, typed.maxLabel, "maxLabel")}
      </div>
      <p class={wrong.has("bounds") ? "hint is-wrong" : "hint"} id="bounds-hint">
        {why}
      </p>
    </div>
  );
}
