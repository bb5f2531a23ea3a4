/** The matched list on screen: the five results as the filter, and a row for each person. */

import { useSignal } from "@preact/signals";
import type { Words } from "../catalogue/en";
import { type Match, type Matched, RESULTS, type Result, shownRows } from "../match/matching";
import { shortPid } from "../numbers";
import { Search } from "./parts";
import { WindowedBody } from "./windowed";
import { useWords } from "./words";

export function Matches({
  matched,
  names,
  threshold,
}: {
  matched: Matched;
  /** The column that is shown for a row. */
  names: number | null;
  threshold: number;
}) {
  const { f, match: words } = useWords();
  const result = useSignal<Result | null>(null);
  const query = useSignal("");
  const percent = f.percent(threshold);
  const rows = shownRows(matched.rows, result.value, query.value);
  return (
    <>
      <fieldset class="panel statbar">
        <legend class="vh">{words.results}</legend>
        {RESULTS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={result.value === one}
            onClick={() => {
              result.value = result.value === one ? null : one;
            }}
          >
            <b>{f.number(matched.of[one])}</b> {words.result[one](percent)}
          </button>
        ))}
      </fieldset>
      <Notes matched={matched} />
      <section class="panel" aria-labelledby="match-head">
        <div class="panel-head">
          <h3 id="match-head" class="num">
            {words.of(rows.length, matched.rows.length)}
          </h3>
          <span class="vh" role="status">
            {words.of(rows.length, matched.rows.length)}
          </span>
          <div class="push">
            <Search
              label={words.search}
              word={words.searchWord}
              value={query.value}
              onInput={(value) => {
                query.value = value;
              }}
            />
          </div>
        </div>
        {rows.length === 0 ? (
          <p class="panel-body small quiet">
            {query.value.trim() === "" ? words.nobody : words.notFound(query.value.trim())}
          </p>
        ) : (
          <Table rows={rows} matched={matched} names={names} percent={percent} />
        )}
      </section>
    </>
  );
}

/** What a researcher should know about the list; nothing if all is well. */
function Notes({ matched }: { matched: Matched }) {
  const { match: words } = useWords();
  const { unreadable, repeated, unused, list } = matched;
  const notes = [
    !list.hasHeader && words.noHeader,
    unreadable > 0 && words.unreadable(unreadable),
    repeated > 0 && words.repeated(repeated),
    list.empty > 0 && words.empty(list.empty),
    unused > 0 && words.unused(unused),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <ul class="match-notes small quiet" aria-label={words.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Table({
  rows,
  matched,
  names,
  percent,
}: {
  rows: readonly Match[];
  matched: Matched;
  names: number | null;
  percent: string;
}) {
  const words = useWords();
  const { head, table, whyHead } = words.match;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-wrap panel-scroll rows-scroll" tabIndex={0} aria-label={table}>
      <table class="rows rows-match" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col" class="clip">
              <bdi>{names === null ? head.name : matched.list.header[names]}</bdi>
            </th>
            <th scope="col" class="col-pid">
              {head.pid}
            </th>
            <th scope="col" class="col-result">
              {head.result}
            </th>
            <th scope="col" class="end col-here">
              {head.answered}
            </th>
            <th scope="col" class="col-why">
              {whyHead}
            </th>
          </tr>
        </thead>
        <WindowedBody
          rows={rows.length}
          draw={(i) => {
            const row = rows[i];
            return row && <Row key={i} at={i + 2} {...{ row, names, percent, words }} />;
          }}
        />
      </table>
    </section>
  );
}

const TONES: Record<Result, string> = {
  came: "pill pill-go",
  "came, under the threshold": "pill pill-wait",
  "turned away": "pill pill-stop",
  "never came": "pill",
  "not on your list": "pill pill-line",
};

function Row({
  row,
  at,
  names,
  percent,
  words,
}: {
  row: Match;
  at: number;
  names: number | null;
  percent: string;
  words: Words;
}) {
  const { f, match } = words;
  const name = names === null ? "" : (row.cells[names] ?? "");
  const why = whyWords(row, match);
  const answered = row.person?.percent ?? null;
  return (
    <tr aria-rowindex={at}>
      <td class="clip" title={name}>
        {name === "" ? <span class="faint">–</span> : <bdi>{name}</bdi>}
      </td>
      <td class="mono nowrap">
        {row.pid === null ? <span class="faint">–</span> : <bdi dir="ltr">{shortPid(row.pid)}</bdi>}
      </td>
      <td>
        <span class={TONES[row.result]}>{match.pill[row.result](percent)}</span>
      </td>
      <td class="end num">
        {answered === null ? <span class="faint">–</span> : f.percent(answered)}
      </td>
      <td class="quiet clip" title={why}>
        <bdi>{why}</bdi>
      </td>
    </tr>
  );
}

function whyWords({ why, again }: Match, words: Words["match"]): string {
  const code = "reason" in why ? (words.codes.get(why.reason) ?? why.reason) : "";
  const first =
    why.kind === "turnedAway"
      ? words.turnedAway(code)
      : why.kind === "told"
        ? code
        : words.why[why.kind];
  return [first, again.length > 0 ? words.again(again) : ""]
    .filter((part) => part !== "")
    .join("; ");
}
