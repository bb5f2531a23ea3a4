/** What can be done with an item of the guide now, as buttons. */

import { useComputed, useSignal } from "@preact/signals";
import type { StaffItem } from "../../wire";
import { isQuestion } from "../guide";
import { draftOf, typedItem } from "../item_form";
import { itemOps, mayOrder } from "../lifecycle";
import { mayCommand } from "../state";
import { CommandButton, useLive } from "./commands";
import { Confirm } from "./confirm";
import { useEdit } from "./editor";
import { itemName } from "./item_name";
import { useWords } from "./words";

export function ItemActions({ entry }: { entry: StaffItem }) {
  const words = useWords();
  const live = useLive();
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const phase = useComputed(() => live.state.value?.phase ?? "ended").value;
  const asks = useSignal<"withdraw" | "drop" | null>(null);
  const edit = useEdit();
  const ops = may ? itemOps(phase, entry) : [];
  const { item } = entry;
  const close = () => {
    asks.value = null;
  };
  const again = isQuestion(item) ? words.guide.again : words.guide.showAgain;
  const names = {
    send: entry.sent_at === undefined ? words.guide.send : again,
    skip: words.guide.skip,
    edit: words.edit.edit,
    withdraw: words.withdraw.button,
  };
  return (
    <div class="row row-wrap">
      {ops.map((op) =>
        op === "send" || op === "skip" ? (
          <CommandButton key={op} asked={{ op, item: item.id }} class="btn btn-s">
            {names[op]}
          </CommandButton>
        ) : (
          <button
            key={op}
            type="button"
            class={op === "withdraw" ? "btn btn-s btn-stop" : "btn btn-s"}
            onClick={() => {
              if (op === "edit") edit(item.id);
              else asks.value = op;
            }}
          >
            {names[op]}
          </button>
        ),
      )}
      {may && mayOrder(phase) && (
        <>
          <CommandButton
            asked={{ op: "add", draft: draftOf(typedItem(entry), entry), after: item.id }}
            class="btn btn-s"
          >
            {words.editor.copy}
          </CommandButton>
          <button
            type="button"
            class="btn btn-s btn-stop"
            onClick={() => {
              asks.value = "drop";
            }}
          >
            {words.editor.drop}
          </button>
        </>
      )}
      {entry.closed_at !== undefined && (
        <span class="small faint">{words.f.time(entry.closed_at)}</span>
      )}
      {asks.value === "drop" && (
        <Confirm
          title={words.editor.dropTitle(itemName(words.item.lower, live.state.value, item.id))}
          asked={{ op: "drop", item: item.id, seen: entry.version }}
          yes={words.editor.dropYes}
          no={words.editor.dropNo}
          yesClass="btn btn-end grow"
          onClose={close}
        >
          <p dir="auto">{item.text}</p>
          <p class="quiet">{words.editor.dropText}</p>
        </Confirm>
      )}
      {asks.value === "withdraw" && (
        <Confirm
          title={words.withdraw.title(itemName(words.item.lower, live.state.value, item.id))}
          asked={{ op: "withdraw", item: item.id }}
          yes={words.withdraw.yes}
          no={words.withdraw.no}
          yesClass="btn btn-end grow"
          onClose={close}
        >
          <p dir="auto">{item.text}</p>
          <p class="quiet">{words.withdraw.text}</p>
        </Confirm>
      )}
    </div>
  );
}
