/** Why a participant's percentage is what it is, question by question, as the server counts it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import type { PersonTally } from "../../wire";
import { shortPid } from "../numbers";
import { signedOut } from "../session";
import { type Explanation, staffApi } from "../staff_api";
import { useLive } from "./commands";
import { Dialog, Refused } from "./parts";
import { useWords } from "./words";

export function Explain({ person, onClose }: { person: PersonTally; onClose: () => void }) {
  const { explain: words } = useWords();
  const live = useLive();
  const answer = useSignal<Result<Explanation> | null>(null);
  const { number, pid } = person;
  useEffect(() => {
    let over = false;
    const ask = async () => {
      const result = await staffApi.explain(live.slug, number);
      if (!over && !signedOut(result)) answer.value = result;
    };
    void ask();
    return () => {
      over = true;
    };
  }, [live, number, answer]);
  const result = answer.value;
  return (
    <Dialog title={words.title(shortPid(pid))} onClose={onClose} wide>
      <div role="status">
        {result === null && <p class="quiet">{words.loading}</p>}
        {result?.ok && (
          <div class="stack">
            {result.value.arithmetic.map((line) => (
              <p key={line}>
                <b dir="auto">{line}</b>
              </p>
            ))}
          </div>
        )}
      </div>
      {result !== null && !result.ok && <Refused refusal={result.refusal} />}
      {result?.ok && <Lines lines={result.value.lines} />}
      <button type="button" class="btn" data-safe onClick={onClose}>
        {words.close}
      </button>
    </Dialog>
  );
}

function Lines({ lines }: { lines: Explanation["lines"] }) {
  const { f, explain: words } = useWords();
  const said = (value: boolean) => (value ? words.yes : words.no);
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-wrap places" tabIndex={0} aria-label={words.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.question}</th>
            <th scope="col">{words.asked}</th>
            <th scope="col">{words.present}</th>
            <th scope="col">{words.answered}</th>
            <th scope="col">{words.counts}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.question}>
              <th scope="row" class="wrap explain-question" dir="auto">
                {f.number(line.position)}. {line.text}
              </th>
              <td>{said(line.asked)}</td>
              <td>{said(line.present)}</td>
              <td>{said(line.answered)}</td>
              <td class="wrap" dir="auto">
                {line.why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
