/** What the links came to, as the participant file says. */

import { outcomeCounts } from "../outcomes";
import { Refused, share } from "./parts";
import type { PeopleData } from "./use_people";
import { useWords } from "./words";

export function OutcomePanel({ data, again }: { data: PeopleData; again: () => void }) {
  const { f, ended: words, outcomes } = useWords();
  return (
    <section class="panel" aria-labelledby="outcome-head">
      <div class="panel-head">
        <h3 id="outcome-head">{outcomes.title}</h3>
        {data.kind === "got" && (
          <span class="push small quiet">{words.links(data.people.byPid.size)}</span>
        )}
      </div>
      <div class="panel-body stack">
        {data.kind === "loading" && <p class="small quiet">{words.counting}</p>}
        {data.kind === "failed" && <Refused refusal={data.refusal} />}
        {data.kind === "got" && (
          <ul class="bars bars-s outcomes">
            {outcomeCounts(data.people).map(({ outcome, n, share: part }) => (
              <li key={outcome} class={outcome === "complete" ? undefined : "is-quiet"}>
                <span>{outcomes.names.get(outcome)}</span>
                <span class="n">
                  <b>{f.number(n)}</b>
                </span>
                <span class="track" aria-hidden="true">
                  <i style={share(part)} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {data.kind === "got" && data.interim && (
          <p class="small quiet">{words.countedAt(f.time(data.at))}</p>
        )}
        {(data.kind === "failed" || (data.kind === "got" && data.interim)) && (
          <div>
            <button type="button" class="btn btn-s" onClick={again}>
              {words.countAgain}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
