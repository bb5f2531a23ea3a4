/** Rows of the guide: two lines each, and the whole item with its buttons when one is opened. */

import { type Signal, useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { StaffItem } from "../../wire";
import { isQuestion, options, sharedStart } from "../guide";
import { bars } from "../numbers";
import { Bars } from "./bars";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { ItemActions } from "./item_actions";
import { itemName } from "./item_name";
import { Grip, moveByKey, type Ordering } from "./ordering";
import { useWords } from "./words";

export function GuideRows({
  entries,
  opened,
  next = null,
  marked = null,
  sections = true,
  ordering = null,
}: {
  entries: readonly StaffItem[];
  /** The id of the row that is opened. */
  opened: Signal<number | null>;
  /** The id of what Next sends. */
  next?: number | null;
  /** The id of the row that the keys act on. */
  marked?: Signal<number | null> | null;
  /** Whether they stand in guide order, so that sections make sense. */
  sections?: boolean;
  /** How they are moved; null where they can't be. */
  ordering?: Ordering | null;
}) {
  let section = "";
  return (
    <ul class="guide">
      {entries.map((entry, i) => {
        const begins = sections && entry.section !== undefined && entry.section !== section;
        section = entry.section ?? section;
        const before = entries[i - 1];
        return [
          begins && (
            <li class="sec" key={`section ${entry.item.id}`}>
              <bdi>{section}</bdi>
            </li>
          ),
          <GuideRow
            key={entry.item.id}
            entry={entry}
            shared={
              !sections || before === undefined ? 0 : sharedStart(entry.item.text, before.item.text)
            }
            next={entry.item.id === next}
            marked={marked}
            opened={opened}
            ordering={ordering}
          />,
        ];
      })}
    </ul>
  );
}

function GuideRow({
  entry,
  shared,
  next,
  marked,
  opened,
  ordering,
}: {
  entry: StaffItem;
  shared: number;
  next: boolean;
  marked: Signal<number | null> | null;
  opened: Signal<number | null>;
  ordering: Ordering | null;
}) {
  const { f, item: names } = useWords();
  const live = useLive();
  const { item } = entry;
  const dragged = useComputed(() => {
    const now = ordering?.dragged.value ?? null;
    if (now === null) return "";
    if (now.id === item.id) return "is-dragged";
    const first = now.after === null && ordering?.ids()[0] === item.id;
    return first ? "is-drop-before" : now.after === item.id ? "is-drop-after" : "";
  }).value;
  const open = useComputed(() => opened.value === item.id).value;
  const start = next || open ? 0 : shared;
  const here = useComputed(() => marked?.value === item.id).value;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (here) row.current?.scrollIntoView({ block: "nearest" });
  }, [here]);
  const classes = [
    "item",
    ordering !== null && "is-movable",
    next && "is-next",
    open && "is-open",
    here && "is-marked",
    dragged,
  ];
  return (
    <li
      ref={row}
      class={classes.filter(Boolean).join(" ")}
      onKeyDown={ordering === null ? undefined : (event) => moveByKey(ordering, item.id, event)}
    >
      {ordering !== null && (
        <Grip
          ordering={ordering}
          id={item.id}
          label={itemName(names.lower, live.state.value, item.id)}
        />
      )}
      <button
        type="button"
        id={`item-head-${item.id}`}
        class="item-head"
        aria-expanded={open}
        onClick={() => {
          opened.value = open ? null : item.id;
        }}
      >
        <span class="n">{isQuestion(item) && f.number(item.number)}</span>
        <span class="item-words">
          <span class="t" dir="auto">
            {start > 0 && (
              <>
                <i aria-hidden="true">… </i>
                <span class="vh">{item.text.slice(0, start)}</span>
              </>
            )}
            {item.text.slice(start)}
          </span>
          <Kind entry={entry} next={next} />
        </span>
        <Icon name="more" />
      </button>
      {open && <Whole entry={entry} />}
    </li>
  );
}

function Kind({ entry, next }: { entry: StaffItem; next: boolean }) {
  const { f, guide: words, item: names, withdraw } = useWords();
  const { item, status } = entry;
  const shown = status === "open" && (isQuestion(item) ? words.open : words.shown);
  const parts = [
    next && words.next,
    names.kind[item.type],
    options(item).length > 0 && f.number(options(item).length),
    item.duration !== undefined && names.seconds(item.duration),
  ];
  return (
    <span class="kind">
      {shown && <span class="pill pill-go">{shown}</span>}
      {status === "withdrawn" && <span class="pill pill-stop">{withdraw.done}</span>}
      {parts.filter(Boolean).join(" · ")}
    </span>
  );
}

function Whole({ entry }: { entry: StaffItem }) {
  const { item: names } = useWords();
  const { item } = entry;
  const sent = entry.sent_at !== undefined;
  return (
    <div class="item-body stack">
      {sent && isQuestion(item) ? (
        <Result entry={entry} />
      ) : (
        options(item).length > 0 && (
          <ol class="item-options">
            {options(item).map((option, i) => (
              <li key={i}>
                <bdi>{option.text}</bdi>
                {option.exclusive === true && <span class="faint"> · {names.exclusive}</span>}
              </li>
            ))}
            {item.other === true && <li class="faint">{names.other}</li>}
          </ol>
        )
      )}
      {item.min !== undefined && item.max !== undefined && !sent && (
        <p class="small quiet">
          {names.range(item.min, item.max)}
          {(item.min_label ?? "") !== "" && (
            <>
              {": "}
              <bdi>{item.min_label}</bdi>
              {" – "}
              <bdi>{item.max_label}</bdi>
            </>
          )}
        </p>
      )}
      <ItemActions entry={entry} />
    </div>
  );
}

function Result({ entry }: { entry: StaffItem }) {
  const { guide: words } = useWords();
  const live = useLive();
  const tally = useComputed(() => live.questions.value.get(entry.item.id)).value;
  return (
    <>
      <p class="small quiet num">{words.answers(tally?.answered ?? 0)}</p>
      <Bars bars={bars(entry.item, tally)} small />
    </>
  );
}
