// The fields of each type of question. They show a draft and say what changed; nothing is sent here.

import type { Texts } from "../../catalogue/en";
import type { Item } from "../../wire";
import { bounds, codePoints, type Draft, rows, stepped, toggled } from "../draft";

export interface FieldProps {
  readonly t: Texts;
  readonly item: Item;
  readonly draft: Draft;
  /** Answered or closed: shown, not to be changed. */
  readonly locked: boolean;
  readonly invalid: boolean;
  readonly seed: string;
  readonly limit: number;
  readonly onDraft: (draft: Draft) => void;
  readonly onTyping: (typing: boolean) => void;
  readonly onSubmit: () => void;
}

export function Fields(props: FieldProps) {
  switch (props.item.type) {
    case "single_choice":
    case "multiple_choice":
      return <Choices {...props} />;
    case "open_text":
      return props.locked ? <Said text={props.draft.text ?? ""} /> : <Text {...props} />;
    case "number":
      return props.locked ? <Said text={shownNumber(props)} /> : <NumberField {...props} />;
    case "scale":
      return <Scale {...props} />;
    default:
      return null;
  }
}

function Said({ text }: { text: string }) {
  return text ? (
    <p class="said" dir="auto">
      {text}
    </p>
  ) : null;
}

function shownNumber({ t, draft }: FieldProps): string {
  const { number } = draft;
  return number && !Number.isNaN(Number(number)) ? t.f.number(Number(number)) : (number ?? "");
}

function Choices(props: FieldProps) {
  const { t, item, draft, locked, seed } = props;
  const several = item.type === "multiple_choice";
  const pick = (row: number | "own") => props.onDraft(picked(item, draft, row));
  return (
    <fieldset class={locked ? "choices choices-locked" : "choices"} aria-labelledby="title">
      <legend class="vh">{t.yourAnswer}</legend>
      {several && !locked && <p class="small quiet">{t.several}</p>}
      {rows(item, seed).map((row) =>
        row === "own" ? (
          <OwnRow key={row} {...props} several={several} onPick={() => pick(row)} />
        ) : (
          <label class="choice" key={row}>
            <input
              type={several ? "checkbox" : "radio"}
              name="answer"
              data-row
              checked={isPicked(draft, several, row)}
              disabled={locked}
              onChange={() => pick(row)}
            />
            <span dir="auto" class="grow">
              {item.options?.[row - 1]?.text}
            </span>
            {several && !locked && item.options?.[row - 1]?.exclusive && (
              <span class="xs quiet">{t.exclusive}</span>
            )}
          </label>
        ),
      )}
    </fieldset>
  );
}

/** A radio's pick, or a tick that comes or goes. */
export function picked(item: Item, draft: Draft, row: number | "own"): Draft {
  if (item.type === "multiple_choice") return toggled(item, draft, row);
  if (row === "own") {
    const { option: _, ...rest } = draft;
    return { ...rest, ownChosen: true };
  }
  return { ...draft, option: row, ownChosen: false };
}

function isPicked(draft: Draft, several: boolean, row: number): boolean {
  if (several) return draft.options?.includes(row) ?? false;
  return !draft.ownChosen && draft.option === row;
}

/** "Other": a row whose line opens when it is chosen. */
function OwnRow(props: FieldProps & { several: boolean; onPick: () => void }) {
  const { t, draft, locked, several, onDraft, onTyping, onPick } = props;
  const chosen = draft.ownChosen ?? false;
  if (locked && !chosen) return null;
  return (
    <div class="choice choice-own">
      <label>
        <input
          type={several ? "checkbox" : "radio"}
          name="answer"
          data-row
          checked={chosen}
          disabled={locked}
          onChange={onPick}
        />
        <span class="grow">{locked ? <bdi>{draft.own}</bdi> : t.other}</span>
      </label>
      {chosen && !locked && (
        <input
          class="line"
          type="text"
          dir="auto"
          aria-label={t.otherLabel}
          aria-invalid={props.invalid}
          value={draft.own ?? ""}
          ref={focusWhenNew}
          onInput={(event) => onDraft({ ...draft, own: event.currentTarget.value })}
          onFocus={() => onTyping(true)}
          onBlur={() => onTyping(false)}
        />
      )}
    </div>
  );
}

const seenFields = new WeakSet<HTMLElement>();

/** The line that opens takes the focus once, so that the keyboard comes with the tap. */
function focusWhenNew(field: HTMLInputElement | null): void {
  if (field === null || seenFields.has(field)) return;
  seenFields.add(field);
  if (field.value === "") field.focus();
}

function Text(props: FieldProps) {
  const { t, draft, limit, invalid, onDraft, onTyping, onSubmit } = props;
  const text = draft.text ?? "";
  const count = codePoints(text);
  const over = count - limit;
  const near = over <= 0 && count >= limit * 0.9;
  return (
    <div class="text">
      <label class="vh" for="text">
        {t.yourAnswer}
      </label>
      <textarea
        id="text"
        dir="auto"
        rows={6}
        aria-describedby="count"
        aria-invalid={invalid || over > 0}
        value={text}
        onInput={(event) => onDraft({ ...draft, text: event.currentTarget.value })}
        onFocus={() => onTyping(true)}
        onBlur={() => onTyping(false)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onSubmit();
        }}
      />
      <p
        class="text-foot"
        id="count"
        data-near={near || undefined}
        data-over={over > 0 || undefined}
      >
        <span>{over > 0 ? t.over(over) : t.plenty}</span>
        <span class="num">{t.count(count, limit)}</span>
      </p>
      <p class="vh" aria-live="polite">
        {announced(t, count, limit)}
      </p>
    </div>
  );
}

/** Only where it matters: at 1,800, at 1,950 and over. */
function announced(t: Texts, count: number, limit: number): string {
  if (count > limit) return t.problem.long(count - limit, limit)[0] ?? "";
  const mark = [0.975, 0.9].map((share) => Math.round(limit * share)).find((at) => count >= at);
  return mark === undefined ? "" : t.count(mark, limit);
}

function NumberField(props: FieldProps) {
  const { t, item, draft, invalid, onDraft, onTyping } = props;
  const { min, max, step } = bounds(item);
  const typed = draft.number ?? "";
  const move = (by: 1 | -1) => onDraft({ number: stepped(item, typed, by) });
  return (
    <div class="number">
      <div class="row">
        <button type="button" class="btn" aria-label={t.less} onClick={() => move(-1)}>
          −
        </button>
        <input
          class="line num"
          type="text"
          inputMode={step % 1 === 0 && min >= 0 ? "numeric" : "decimal"}
          aria-label={t.yourAnswer}
          aria-describedby="bounds"
          aria-invalid={invalid}
          value={typed}
          onInput={(event) => onDraft({ number: event.currentTarget.value })}
          onFocus={() => onTyping(true)}
          onBlur={() => onTyping(false)}
          onKeyDown={(event) => {
            const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            move(by as 1 | -1);
          }}
        />
        <button type="button" class="btn" aria-label={t.more} onClick={() => move(1)}>
          +
        </button>
      </div>
      <p class="small quiet" id="bounds">
        {t.bounds(min, max, step)}
        {item.min_label && item.max_label && (
          <>
            {" · "}
            <bdi>{item.min_label}</bdi> – <bdi>{item.max_label}</bdi>
          </>
        )}
      </p>
    </div>
  );
}

function Scale({ t, item, draft, locked, onDraft }: FieldProps) {
  const { min, max, step } = bounds(item);
  const points = Array.from(
    { length: Math.floor((max - min) / step) + 1 },
    (_, n) => min + n * step,
  );
  const label = (point: number) =>
    point === min ? item.min_label : point === max ? item.max_label : "";
  return (
    <fieldset
      class={locked ? "choices choices-locked scale" : "choices scale"}
      aria-labelledby="title"
    >
      <legend class="vh">{t.yourAnswer}</legend>
      {points.map((point) => (
        <label class="choice" key={point}>
          <input
            type="radio"
            name="answer"
            data-row
            checked={draft.number === String(point)}
            disabled={locked}
            onChange={() => onDraft({ number: String(point) })}
          />
          <span class="num">{t.f.number(point)}</span>
          {label(point) && (
            <span dir="auto" class="small quiet">
              {label(point)}
            </span>
          )}
        </label>
      ))}
      <p class="scale-ends small quiet" aria-hidden="true">
        <bdi>{item.min_label}</bdi>
        <bdi>{item.max_label}</bdi>
      </p>
    </fieldset>
  );
}
