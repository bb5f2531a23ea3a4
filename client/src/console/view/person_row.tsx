/** The row of somebody who joined. */

import { useComputed } from "@preact/signals";
import { memo } from "preact/compat";
import type { PersonTally } from "../../wire";
import type { Words } from "../catalogue/en";
import type { Person } from "../match/people";
import { shortPid } from "../numbers";
import { mayCommand } from "../state";
import { CommandButton, useLive } from "./commands";
import { share, To } from "./parts";

/** `gone`: for so many minutes, null while here. `letters`: of another device that asks for this link.
 * `found`: what came of it, where that is shown. */
export const PersonRow = memo(function PersonRow({
  person,
  at,
  words,
  presence,
  gone,
  letters,
  slug,
  found,
  onOpen,
}: {
  person: PersonTally;
  at: number;
  words: Words;
  presence: boolean;
  gone: number | null;
  letters: string;
  slug: string;
  found: Person | null | undefined;
  onOpen: (number: number) => void;
}) {
  const { f, people: names, person: states } = words;
  const { percent_answered: all, percent_while_present: present } = person;
  return (
    <tr aria-rowindex={at}>
      <td class="clip">
        <span class="who">
          {presence && (
            <>
              <span class={person.here ? "dot" : "dot dot-off"} />
              <span class="vh">{person.here ? names.here : names.away}</span>
            </>
          )}
          <button
            type="button"
            class="row-open mono nowrap"
            dir="ltr"
            aria-label={states.open(shortPid(person.pid))}
            onClick={() => onOpen(person.number)}
          >
            {shortPid(person.pid)}
          </button>
        </span>
      </td>
      <td class="end nowrap">
        <span class="meter" aria-hidden="true">
          <i style={share((all ?? 0) / 100)} />
        </span>
        <span class="pct">{all === null ? "–" : f.percent(all)}</span>
      </td>
      <td class="end hide-c">{present === null ? "–" : f.percent(present)}</td>
      {found !== undefined && <td class="end num hide-c">{found?.minutes || "–"}</td>}
      <td class="note">
        {found && <span>{words.outcomes.names.get(found.outcome) ?? found.outcome}</span>}
        <Note person={person} words={words} gone={gone} letters={letters} told={!!found} />
      </td>
      {found !== undefined && (
        <td class="end act">
          <To
            to={{ screen: "results", slug, whose: `${person.number}` }}
            class="btn btn-s"
            label={words.ended.explain(shortPid(person.pid))}
          >
            {words.ended.explainHead}
          </To>
        </td>
      )}
    </tr>
  );
});

/** What is the matter, the most urgent first. */
function Note({
  person,
  words: { note: words, person: states, tray },
  gone,
  letters,
  told,
}: {
  person: PersonTally;
  words: Words;
  gone: number | null;
  letters: string;
  /** The outcome stands before it. */
  told: boolean;
}) {
  if (letters !== "") {
    return (
      <>
        <span class="pill pill-wait letters-s" dir="ltr">
          {letters}
        </span>
        <ReleaseButton letters={letters} word={tray.release} label={tray.releaseLabel(letters)} />
      </>
    );
  }
  const late = person.late ?? 0;
  return (
    <>
      {person.removed === true && !told && <span class="pill pill-stop">{states.removed}</span>}
      {person.muted === true && <span class="pill">{states.muted}</span>}
      {gone !== null && <span class="small faint">{words.minutes(gone)}</span>}
      {late > 0 && <span class="small quiet">{words.late(late)}</span>}
    </>
  );
}

/** Who may not release gets no button. */
function ReleaseButton({ letters, word, label }: { letters: string; word: string; label: string }) {
  const live = useLive();
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  if (!may) return null;
  return (
    <CommandButton asked={{ op: "release", letters }} class="btn btn-s" label={label}>
      {word}
    </CommandButton>
  );
}
