/** Rows of the guide: two lines each, and the whole item with its buttons when one is opened. */

import { type Signal, useComputed } from "@preact/signals";
import type { StaffItem } from "../../wire";
import { isQuestion, options, sharedStart } from "../guide";
import { bars } from "../numbers";
import { Bars } from "./bars";
import { CommandButton, useLive } from "./commands";
import { Icon } from "./icons";
import { useWords } from "./words";

export function GuideRows({
  entries,
  opened,
  next = null,
  commands,
  sections = true,
}: {
  entries: readonly StaffItem[];
  /** The id of the row that is opened. */
  opened: Signal<number | null>;
  /** The id of what Next sends. */
  next?: number | null;
  commands: boolean;
  /** Whether they stand in guide order, so that sections make sense. */
  sections?: boolean;
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
            opened={opened}
            commands={commands}
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
  opened,
  commands,
}: {
  entry: StaffItem;
  shared: number;
  next: boolean;
  opened: Signal<number | null>;
  commands: boolean;
}) {
  const { f } = useWords();
  const { item } = entry;
  const open = useComputed(() => opened.value === item.id).value;
  const start = next || open ? 0 : shared;
  const classes = ["item", next && "is-next", open && "is-open"].filter(Boolean).join(" ");
  return (
    <li class={classes}>
      <button
        type="button"
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
      {open && <Whole entry={entry} commands={commands} />}
    </li>
  );
}

function Kind({ entry, next }: { entry: StaffItem; next: boolean }) {
  const { f, guide: words, item: names } = useWords();
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
      {parts.filter(Boolean).join(" · ")}
    </span>
  );
}

function Whole({ entry, commands }: { entry: StaffItem; commands: boolean }) {
  const { f, item: names, guide: words } = useWords();
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
      {commands && entry.status !== "open" && (
        <div class="row row-wrap">
          <CommandButton op="send" item={item.id} class="btn btn-s">
            {!sent ? words.send : isQuestion(item) ? words.again : words.showAgain}
          </CommandButton>
          {entry.status === "queued" && (
            <CommandButton op="skip" item={item.id} class="btn btn-s">
              {words.skip}
            </CommandButton>
          )}
          {entry.closed_at !== undefined && (
            <span class="small faint">{f.time(entry.closed_at)}</span>
          )}
        </div>
      )}
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
