/** Who of the researcher's own list came. Nothing of that list leaves the page: it is read, matched and
 * written here, and gone with this view. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { StaffState } from "../../wire";
import { save } from "../download";
import {
  fileOf,
  guessedColumn,
  guessedNames,
  idsIn,
  match,
  readThreshold,
  THRESHOLD,
} from "../match/matching";
import type { People } from "../match/people";
import { useLive } from "./commands";
import { Icon } from "./icons";
import { Faulty, ListCard, type ListFile } from "./match_list";
import { Matches } from "./match_table";
import { Banner, Empty, Refused } from "./parts";
import { PageFrame } from "./sections";
import { type PeopleData, useParticipantData } from "./use_people";
import { useWords } from "./words";

export function MatchPage() {
  const live = useLive();
  const state = live.state.value;
  if (state === null) return null;
  return (
    <PageFrame state={state} here="match">
      {state.links === "single" ? <Anonymous /> : <Matching state={state} />}
    </PageFrame>
  );
}

function Anonymous() {
  const { match: words } = useWords();
  return (
    <section class="panel">
      <Empty title={words.anonymous}>
        <p>{words.anonymousMore}</p>
      </Empty>
    </section>
  );
}

function Head({ children }: { children: ComponentChildren }) {
  const { match: words } = useWords();
  return (
    <div class="page-head">
      <div>
        <h2>{words.title}</h2>
        <p class="quiet">{words.lead}</p>
        <p class="lock small">
          <Icon name="lock" />
          <span>{words.lock}</span>
        </p>
      </div>
      {children}
    </div>
  );
}

function Matching({ state }: { state: StaffState }) {
  const file = useSignal<ListFile>({ kind: "none" });
  const ids = useSignal<number | null>(null);
  const names = useSignal<number | null | "guess">("guess");
  const typed = useSignal(`${THRESHOLD}`);
  const { data, again } = useParticipantData();
  const threshold = readThreshold(typed.value);
  const matched = useMatched(file.value, data, ids.value, threshold);
  const found = matched !== null && "of" in matched ? matched : null;
  const shown =
    found !== null && names.value === "guess"
      ? guessedNames(found.list.header, found.column)
      : names.value;
  return (
    <>
      <Head>
        <Download
          file={file.value}
          percent={threshold !== null}
          text={found === null ? null : () => fileOf(found)}
        />
      </Head>
      <div class="stack">
        <ListCard
          file={file}
          matched={found}
          ids={ids}
          names={names}
          shown={shown === "guess" ? null : shown}
          typed={typed}
        />
        {matched !== null && "kind" in matched && <Faulty fault={matched} />}
        <DataState state={state} data={data} again={again} />
        {found !== null && threshold !== null && (
          <Matches matched={found} names={shown === "guess" ? null : shown} threshold={threshold} />
        )}
      </div>
    </>
  );
}

/** Null while something is missing; a fault if the list has no ids. The ids are read once, so that
 * another threshold is there at once. */
function useMatched(
  file: ListFile,
  data: PeopleData,
  chosen: number | null,
  threshold: number | null,
) {
  const list = file.kind === "read" ? file.list : null;
  const people: People | null = data.kind === "got" ? data.people : null;
  const column = useMemo(() => {
    if (list === null || people === null) return null;
    return chosen ?? guessedColumn(list, people);
  }, [list, people, chosen]);
  const pids = useMemo(() => {
    return list === null || typeof column !== "number" ? null : idsIn(list, column);
  }, [list, column]);
  return useMemo(() => {
    if (column !== null && typeof column !== "number") return column;
    if (list === null || people === null || column === null || pids === null) return null;
    return threshold === null ? null : match(list, people, column, threshold, pids);
  }, [list, people, column, pids, threshold]);
}

function Download({
  file,
  percent,
  text,
}: {
  file: ListFile;
  /** A percentage is typed. */
  percent: boolean;
  /** Null while there is nothing to download. */
  text: (() => string) | null;
}) {
  const { match: words } = useWords();
  const missing = file.kind === "read" && !percent ? words.needPercent : words.needMatch;
  return (
    <div class="match-download">
      <button
        type="button"
        class="btn btn-go"
        aria-disabled={text === null}
        aria-describedby={text === null ? "need-list" : undefined}
        onClick={() => {
          if (text === null || file.kind !== "read") return;
          const blob = new Blob([text()], { type: "text/csv;charset=utf-8" });
          save({ name: `${file.name.replace(/\.[^.]*$/, "")}-matched.csv`, blob });
        }}
      >
        <Icon name="download" />
        {words.download}
      </button>
      {text === null && (
        <p class="hint" id="need-list">
          {file.kind === "none" ? words.needList : missing}
        </p>
      )}
    </div>
  );
}

/** What the numbers are: still to come, not to be had, or not the last ones. */
function DataState({
  state,
  data,
  again,
}: {
  state: StaffState;
  data: PeopleData;
  again: () => void;
}) {
  const { f, match: words } = useWords();
  if (data.kind === "loading") return <p class="quiet small">{words.loading}</p>;
  if (data.kind === "failed") {
    return (
      <div class="stack">
        <Refused refusal={data.refusal} />
        <div>
          <button type="button" class="btn" onClick={again}>
            {words.tryAgain}
          </button>
        </div>
      </div>
    );
  }
  if (!data.interim) return null;
  const started = state.phase !== "draft" && state.phase !== "published";
  return (
    <Banner tone="plain" title={started ? words.interim(f.time(data.at)) : words.notStarted}>
      {started && (
        <button type="button" class="btn btn-s" onClick={again}>
          {words.readAgain}
        </button>
      )}
    </Banner>
  );
}
