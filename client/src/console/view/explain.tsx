/** Why a participant's percentage is what it is, question by question, as the server counts it. A screen
 * of its own; whom it is about stands in the fragment, which no server sees. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import type { StaffState } from "../../wire";
import { type Sum, sumOf, sumWhilePresent, whyOf } from "../explaining";
import { isInterim } from "../lifecycle";
import { shortPid } from "../numbers";
import { now, signedOut } from "../session";
import { type ExplainedLine, type Explanation, staffApi } from "../staff_api";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { Banner, Refused, To } from "./parts";
import { PageFrame } from "./sections";
import { useWords } from "./words";

/** `whose`: a participant's number, or a pid. */
export function ExplainPage({ state, whose }: { state: StaffState; whose: string }) {
  const { f, explain: words } = useWords();
  const answer = useExplanation(whose);
  const result = answer?.result ?? null;
  const interim = isInterim(state, now.value + useLive().room.value.skew);
  return (
    <PageFrame state={state} here="results">
      <div class="stack explain">
        <div>
          <To to={{ screen: "results", slug: state.slug }} class="btn btn-s">
            <Icon name="back" flip />
            {words.back}
          </To>
        </div>
        <div role="status">{result === null && <p class="quiet">{words.loading}</p>}</div>
        {result !== null && !result.ok && <Refused refusal={result.refusal} />}
        {result?.ok && (
          <>
            <Head explained={result.value} />
            {interim && <Banner tone="plain" title={words.interim(f.time(answer?.at ?? 0))} />}
            <Lines lines={result.value.lines} />
            <Sums explained={result.value} />
          </>
        )}
      </div>
    </PageFrame>
  );
}

/** `at`: when the server said so, in ms of this machine's clock. */
interface Answered {
  readonly result: Result<Explanation>;
  readonly at: number;
}

/** Asked again when the participant's numbers change. Null until the server has answered. */
function useExplanation(whose: string): Answered | null {
  const live = useLive();
  const answer = useSignal<Answered | null>(null);
  const moved = useComputed(() => {
    const person = live.people.value.get(Number(whose));
    return `${live.counts.value?.asked} ${person?.answered} ${person?.removed} ${person?.muted}`;
  }).value;
  useEffect(() => {
    let over = false;
    const ask = async () => {
      const result = await staffApi.explain(live.slug, whose);
      if (!over && !signedOut(result)) answer.value = { result, at: Date.now() };
    };
    void ask();
    return () => {
      over = true;
    };
  }, [live, whose, answer, moved]);
  return answer.value;
}

function Head({ explained }: { explained: Explanation }) {
  const { f, explain: words, outcomes } = useWords();
  const { pid, outcome } = explained;
  const sum = sumOf(explained);
  const short = shortPid(pid);
  return (
    <div class="page-head">
      <div>
        <h2>
          {sum === null ? words.titleWithout(short) : words.title(short, f.percent(sum.percent))}
        </h2>
        <p class="quiet row row-wrap explain-who">
          <bdi class="mono">{pid}</bdi>
          {outcome !== null && <span class="pill">{outcomes.names.get(outcome) ?? outcome}</span>}
        </p>
      </div>
    </div>
  );
}

function Lines({ lines }: { lines: readonly ExplainedLine[] }) {
  const { f, explain: words } = useWords();
  if (lines.length === 0) return null;
  return (
    <section class="panel explain-panel" aria-label={words.table}>
      <table class="explain-lines">
        <thead>
          <tr>
            <th scope="col">{words.question}</th>
            <th scope="col" class="mark hide-c">
              {words.asked}
            </th>
            <th scope="col" class="mark hide-c">
              {words.present}
            </th>
            <th scope="col" class="mark">
              {words.answered}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.question}>
              <th scope="row">
                <div>
                  <span class="n num">{f.number(line.position)}</span>
                  <span>
                    <bdi>{line.text}</bdi>
                  </span>
                  <small>{whyOf(line, words, (at) => f.time(at))}</small>
                </div>
              </th>
              <Mark yes={line.asked} hides />
              <Mark yes={line.present} hides />
              <Mark yes={line.answered} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Mark({ yes, hides = false }: { yes: boolean; hides?: boolean }) {
  const { explain: words } = useWords();
  return (
    <td class={hides ? "mark hide-c" : "mark"}>
      {yes ? <Icon name="check" /> : <span aria-hidden="true">–</span>}
      <span class="vh">{yes ? words.yes : words.no}</span>
    </td>
  );
}

function Sums({ explained }: { explained: Explanation }) {
  const { explain: words, match } = useWords();
  const { participant, reason } = explained;
  const all = sumOf(explained);
  const present = sumWhilePresent(explained);
  if (participant === null) {
    const why = reason === null ? null : (match.codes.get(reason) ?? reason);
    return <p>{why === null ? words.neverJoined : words.turnedAway(why)}</p>;
  }
  if (all === null) return <p>{words.nothingAsked}</p>;
  return (
    <div class="sums">
      <SumLine sum={all} what={words.ofAll} />
      {present === null ? (
        <p>{words.presentAtNone}</p>
      ) : (
        <SumLine sum={present} what={words.ofPresent} />
      )}
      <p class="small quiet">{words.floor}</p>
    </div>
  );
}

function SumLine({ sum: { part, whole, percent }, what }: { sum: Sum; what: string }) {
  const { explain: words } = useWords();
  return (
    <p>
      <b class="num">{words.sum(part, whole, percent)}</b> <span class="quiet">{what}</span>
    </p>
  );
}
