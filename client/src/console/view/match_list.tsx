/** The researcher's list: dropping it, which of its columns is which, and from when somebody came. */

import type { Signal } from "@preact/signals";
import { typedNumber } from "../digits";
import { type CsvFile, readCsv } from "../match/csv";
import { type Matched, readThreshold } from "../match/matching";
import { type Fault, textOf } from "../match/text";
import { contents, Drop } from "./drop";
import { Banner } from "./parts";
import { useWords } from "./words";

export type ListFile =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly name: string }
  | { readonly kind: "faulty"; readonly name: string; readonly fault: Fault }
  | { readonly kind: "read"; readonly name: string; readonly list: CsvFile };

/** `ids`: the column that was chosen, null: the guess. `names`: also null for none; `shown`: which that
 * is now. */
export function ListCard({
  file,
  matched,
  ids,
  names,
  shown,
  typed,
}: {
  file: Signal<ListFile>;
  matched: Matched | null;
  ids: Signal<number | null>;
  names: Signal<number | null | "guess">;
  shown: number | null;
  typed: Signal<string>;
}) {
  const { match: words } = useWords();
  const now = file.value;
  const take = async (chosen: File) => {
    file.value = { kind: "reading", name: chosen.name };
    ids.value = null;
    names.value = "guess";
    file.value = await readList(chosen);
  };
  return (
    <div class="stack match-list">
      <Drop
        id="list-file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        button={now.kind === "none" ? words.choose : words.other}
        describedBy="list-hint"
        wrong={now.kind === "faulty"}
        first={now.kind === "none"}
        onFile={(chosen) => void take(chosen)}
      >
        <div class="drop-words">
          {now.kind === "none" ? (
            words.drop
          ) : (
            <b>
              <bdi>{now.name}</bdi>
            </b>
          )}
          <p class="hint" id="list-hint" role="status">
            <Hint file={now} />
          </p>
        </div>
      </Drop>
      {now.kind === "faulty" && <Faulty fault={now.fault} />}
      {now.kind === "read" && (
        <div class="match-choices">
          {matched !== null && (
            <>
              <Column
                id="match-ids"
                label={words.ids}
                header={matched.list.header}
                value={matched.column}
                onChoose={(index) => {
                  ids.value = index;
                }}
              />
              <Column
                id="match-names"
                label={words.names}
                header={matched.list.header}
                value={shown}
                none={words.noNames}
                onChoose={(index) => {
                  names.value = index;
                }}
              />
            </>
          )}
          <Threshold typed={typed} />
        </div>
      )}
    </div>
  );
}

function Hint({ file }: { file: ListFile }) {
  const { match: words } = useWords();
  switch (file.kind) {
    case "reading":
      return words.reading(file.name);
    case "read":
      return words.rows(file.list.rows.length);
    default:
      return words.hint;
  }
}

async function readList(chosen: File): Promise<ListFile> {
  const { name } = chosen;
  const bytes = await contents(chosen);
  if (bytes === null) return { kind: "faulty", name, fault: { kind: "unread" } };
  const text = textOf(bytes);
  const list = typeof text === "string" ? readCsv(text) : text;
  return "rows" in list ? { kind: "read", name, list } : { kind: "faulty", name, fault: list };
}

function Column({
  id,
  label,
  header,
  value,
  none,
  onChoose,
}: {
  id: string;
  label: string;
  header: readonly string[];
  value: number | null;
  /** The words for no column, where that can be chosen. */
  none?: string;
  onChoose: (index: number | null) => void;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value === null ? "" : String(value)}
        onChange={({ currentTarget }) =>
          onChoose(currentTarget.value === "" ? null : Number(currentTarget.value))
        }
      >
        {none !== undefined && <option value="">{none}</option>}
        {header.map((name, index) => (
          <option key={index} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Threshold({ typed }: { typed: Signal<string> }) {
  const { match: words } = useWords();
  const wrong = readThreshold(typed.value) === null;
  return (
    <div class="field">
      <label for="threshold">{words.threshold}</label>
      <input
        id="threshold"
        class="input num"
        inputMode="numeric"
        autocomplete="off"
        dir="ltr"
        maxlength={6}
        value={typed.value}
        aria-invalid={wrong}
        aria-describedby={wrong ? "threshold-hint" : undefined}
        onInput={(event) => {
          typed.value = typedNumber(event.currentTarget);
        }}
      />
      {wrong && (
        <p class="hint is-wrong" id="threshold-hint">
          {words.thresholdWrong}
        </p>
      )}
    </div>
  );
}

/** Why a list can't be matched, and what to do. */
export function Faulty({ fault }: { fault: Fault }) {
  const { match } = useWords();
  const words = match.fault;
  return <Banner alert tone="stop" title={sentence()} />;

  function sentence(): string {
    switch (fault.kind) {
      case "quote":
        return words.quote(fault.row);
      case "encoding":
        return words.encoding(fault.line);
      case "other":
        return words.other[fault.what];
      default:
        return words[fault.kind];
    }
  }
}
