/** How much people answered, and which questions: columns of HTML, so that their numbers are text. */

import { useComputed } from "@preact/signals";
import type { StaffState } from "../../wire";
import { histogram, type Rate, rates } from "../numbers";
import { useLive } from "./commands";
import { share } from "./parts";
import { useWords } from "./words";

export function Histogram() {
  const { f, ended: words } = useWords();
  const live = useLive();
  const single = useComputed(() => live.state.value?.links === "single").value;
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
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
        <p class="panel-body small quiet">{joined === 0 ? words.nobody : words.nothing}</p>
      ) : (
        <div class="panel-body">
          <ul class="histo" dir="ltr">
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

type AskedRate = Rate & { readonly percent: number };

export function Rates({ state }: { state: StaffState }) {
  const { ended: words } = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const flexed = state.runs?.some(({ kind }) => kind === "flex") === true;
  const all = rates(state.items, live.questions.value, joined, flexed);
  const asked = all.filter((rate): rate is AskedRate => rate.percent !== null);
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
      {asked.length === 0 ? (
        <p class="panel-body small quiet">{joined === 0 ? words.nobody : words.noRates}</p>
      ) : (
        <>
          <Columns all={all} asked={asked} />
          <details class="by-question">
            <summary>{words.list}</summary>
            <RateList all={all} />
          </details>
        </>
      )}
    </section>
  );
}

function Columns({ all, asked }: { all: readonly Rate[]; asked: readonly AskedRate[] }) {
  const { f, ended: words } = useWords();
  const lowest = asked.reduce((low, rate) => (rate.percent < low.percent ? rate : low));
  const highest = Math.max(...asked.map((rate) => rate.percent));
  const gaps = all.filter(({ percent }) => percent === null).map(({ entry }) => entry.item.number);
  return (
    <div class="panel-body">
      <div
        class="rates"
        role="img"
        dir="ltr"
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
      <div class="axis-ends" aria-hidden="true" dir="ltr">
        <span>{f.number(1)}</span>
        <span>{f.number(all.length)}</span>
      </div>
      <p class="small quiet lowest">
        {lowest.percent < highest &&
          words.lowest(
            lowest.entry.item.number,
            short(lowest.entry.item.text),
            lowest.percent,
          )}{" "}
        {gaps.length > 0 && words.gap(gaps)}
      </p>
    </div>
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
      {all.map(({ entry, answered, percent }) => (
        <li key={entry.item.id}>
          <span class="n num">{f.number(entry.item.number)}</span>
          <span>
            <bdi>{entry.item.text}</bdi>
          </span>
          <span class="num end nowrap">
            {percent === null ? (
              <span class="faint">
                {entry.status === "withdrawn" ? words.takenBack : words.notAsked}
              </span>
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
