/** After the live part: who came, how much they answered, the files; what is still open, or may be. */

import { useComputed } from "@preact/signals";
import type { StaffState } from "../../wire";
import { isQuestion } from "../guide";
import { halfReached, histogram, type Rate, rates } from "../numbers";
import { useLive } from "./commands";
import { FilesPanel } from "./files";
import { FlexGuide, Open } from "./flex";
import { Over } from "./over";
import { share } from "./parts";
import { PeoplePanel } from "./people";
import { PageFrame } from "./sections";
import { TextsPanel } from "./texts_panel";
import { Tray } from "./tray";
import { useWords } from "./words";

export function ResultsPage() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  return (
    <PageFrame state={state} here="results">
      {state.phase === "flex" ? <Open state={state} /> : <Over state={state} />}
      <Tray />
      <Came state={state} />
      <div class="cols cols-main">
        <div class="stack">
          <Histogram />
          <Rates state={state} />
          <PeoplePanel order="lowest" />
          <TextsPanel />
          {state.phase === "flex" && <FlexGuide state={state} />}
        </div>
        <FilesPanel state={state} />
      </div>
    </PageFrame>
  );
}

function Came({ state }: { state: StaffState }) {
  const { ended: words } = useWords();
  const live = useLive();
  const people = live.people.value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const asked = useComputed(() => live.counts.value?.asked ?? 0).value;
  const half = halfReached(people.values());
  const all = histogram(people.values())[10] ?? 0;
  return (
    <div class="page-head">
      <div>
        <h2>{words.came(joined, state.max_participants)}</h2>
        <p class="quiet">
          {words.asked(asked)} {half !== null && words.half(half, all)}
        </p>
      </div>
    </div>
  );
}

function Histogram() {
  const { f, ended: words } = useWords();
  const live = useLive();
  const single = useComputed(() => live.state.value?.links === "single").value;
  const columns = histogram(live.people.value.values());
  const most = Math.max(...columns);
  if (single) return null;
  return (
    <section class="panel" aria-labelledby="histo-head">
      <div class="panel-head">
        <h3 id="histo-head">{words.histogram}</h3>
        <span class="push small quiet">{words.histogramBy}</span>
      </div>
      {most === 0 ? (
        <p class="panel-body small quiet">{words.nobody}</p>
      ) : (
        <div class="panel-body">
          <ul class="histo">
            {columns.map((n, i) => (
              <li key={i}>
                <span class="col">
                  <b>{f.number(n)}</b>
                  <i class={n === 0 ? "is-none" : undefined} style={share(n / most)} />
                </span>
                <span>
                  {f.number(i * 10)}
                  <span class="vh">{words.column(i * 10)}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Rates({ state }: { state: StaffState }) {
  const { f, ended: words } = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const all = rates(state.items, live.questions.value, joined);
  const asked = all.flatMap((rate) =>
    rate.percent === null ? [] : [{ ...rate, percent: rate.percent }],
  );
  const lowest = asked.reduce<(typeof asked)[number] | null>(
    (low, rate) => (low === null || rate.percent < low.percent ? rate : low),
    null,
  );
  if (lowest === null) return null;
  const highest = Math.max(...asked.map((rate) => rate.percent));
  return (
    <section class="panel" aria-labelledby="rates-head">
      <div class="panel-head">
        <h3 id="rates-head">{words.rates}</h3>
        <span class="small quiet">{words.ratesOf}</span>
        <div class="legend push">
          <span class="legend-choice">{words.legend.choice}</span>
          <span>{words.legend.text}</span>
        </div>
      </div>
      <div class="panel-body">
        <div
          class="rates"
          role="img"
          aria-label={words.ratesLabel(asked.length, lowest.percent, highest)}
        >
          {all.map(({ entry, percent }) => (
            <i
              key={entry.item.id}
              class={entry.item.type === "open_text" ? "t" : undefined}
              style={share((percent ?? 0) / 100)}
            />
          ))}
        </div>
        <div class="axis-ends" aria-hidden="true">
          <span>{f.number(1)}</span>
          <span>{f.number(all.length)}</span>
        </div>
        <p class="small quiet lowest">
          {words.lowest(lowest.entry.item.number, short(lowest.entry.item.text), lowest.percent)}
        </p>
      </div>
      <details class="by-question">
        <summary>{words.list}</summary>
        <RateList all={all} />
      </details>
    </section>
  );
}

const SHORT = 80;

function short(text: string): string {
  const letters = [...text];
  return letters.length <= SHORT ? text : `${letters.slice(0, SHORT).join("")}…`;
}

function RateList({ all }: { all: readonly Rate[] }) {
  const { f, ended: words } = useWords();
  return (
    <ol class="rate-list">
      {all
        .filter(({ entry }) => isQuestion(entry.item))
        .map(({ entry, answered, percent }) => (
          <li key={entry.item.id}>
            <span class="n num">{f.number(entry.item.number)}</span>
            <span dir="auto">{entry.item.text}</span>
            <span class="num end nowrap">
              {percent === null ? (
                <span class="faint">{words.notAsked}</span>
              ) : (
                <>
                  <b>{f.percent(percent)}</b> <span class="quiet">{f.number(answered)}</span>
                </>
              )}
            </span>
          </li>
        ))}
    </ol>
  );
}
