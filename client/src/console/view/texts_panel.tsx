/** What people write, newest first. Scrolled away it stands still and says how many are new. */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { currentQuestion, readable } from "../guide";
import type { Live } from "../live";
import { shortPid } from "../numbers";
import { signedOut } from "../session";
import { staffApi } from "../staff_api";
import { mayCommand } from "../state";
import { found, mutingOf, noTexts, type TextAnswer, type Texts, withPage } from "../texts";
import { CommandButton, useLive } from "./commands";
import { Icon } from "./icons";
import { Search } from "./parts";
import { useWords } from "./words";

export const TEXTS_SEARCH = "texts-search";
const PAGE = 100;

export function TextsPanel() {
  const { texts: words } = useWords();
  const live = useLive();
  const items = live.state.value?.items ?? [];
  // Which questions have texts changes seldom; their tallies change four times a second.
  const ids = useComputed(() =>
    readable(live.state.value?.items ?? [], live.questions.value)
      .map(({ item }) => item.id)
      .join(),
  ).value;
  const questions = ids
    .split(",")
    .flatMap((id) => items.filter(({ item }) => String(item.id) === id));
  const current = currentQuestion(items);
  const newest = questions.find(({ item }) => item.id === current?.item.id) ?? questions[0];
  /** What the moderator chose to read, until another question for texts is sent. */
  const chosen = useSignal<{ id: number; whileNewest: number } | null>(null);
  const newestId = newest?.item.id ?? null;
  const kept = chosen.value?.whileNewest === newestId ? chosen.value.id : null;
  const shown = questions.find(({ item }) => item.id === kept) ?? newest;
  if (newestId === null || shown === undefined) return null;
  return (
    <section class="panel texts-panel" aria-labelledby="texts-head">
      <div class="panel-head">
        <h2 id="texts-head">{words.title(shown.item.number)}</h2>
        {questions.length > 1 && (
          <select
            class="input input-s texts-which"
            aria-label={words.which}
            value={shown.item.id}
            onChange={(event) => {
              chosen.value = { id: Number(event.currentTarget.value), whileNewest: newestId };
            }}
          >
            {questions.map(({ item }) => (
              <option key={item.id} value={item.id}>
                {words.option(item.number, item.text)}
              </option>
            ))}
          </select>
        )}
      </div>
      {shown !== current && (
        <p class="texts-question small quiet" dir="auto">
          {shown.item.text}
        </p>
      )}
      <Stream key={shown.item.id} question={shown.item.id} />
    </section>
  );
}

/** Reads page after page, at most one a second, and only when there is something new. From the start
 * when texts may have to go; until then what was read stays. */
function useTexts(
  live: Live,
  question: number,
): { texts: Signal<Texts>; away: Signal<boolean>; round: Signal<number> } {
  const texts = useSignal(noTexts(question));
  const away = useSignal(false);
  /** How often it was read from the start. */
  const round = useSignal(0);
  useEffect(() => {
    let over = false;
    let busy = false;
    let reread = live.room.peek().reread;
    const step = async () => {
      const again = live.room.peek().reread !== reread;
      const known = again ? noTexts(question) : texts.peek();
      if (busy || (!again && (live.counts.peek()?.aseq ?? 0) <= known.aseq)) return;
      busy = true;
      const asked = live.room.peek().reread;
      const result = await staffApi.answers(live.slug, question, known.aseq);
      busy = false;
      if (over || signedOut(result)) return;
      if (result.ok) {
        texts.value = withPage(known, result.value);
        if (again) round.value += 1;
        reread = asked;
      }
      away.value = !result.ok;
    };
    void step();
    const timer = setInterval(() => void step(), 1_000);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [live, question, texts, away, round]);
  return { texts, away, round };
}

function Stream({ question }: { question: number }) {
  const { f, texts: words } = useWords();
  const live = useLive();
  const { texts, away, round } = useTexts(live, question);
  const query = useSignal("");
  const pages = useSignal(1);
  const top = useRef<HTMLDivElement>(null);
  const atTop = useAtTop(top);
  const rows = useComputed(() => texts.value.rows).value;
  const held = useRef(rows);
  const heldRound = useRef(round.value);
  // Scrolled away the list stands still, but what was muted goes.
  if (atTop || held.current.length === 0 || heldRound.current !== round.value) held.current = rows;
  heldRound.current = round.value;
  const newestHeld = held.current[0]?.aseq ?? 0;
  const fresh = atTop ? 0 : rows.filter((row) => row.aseq > newestHeld).length;
  const matching = found(held.current, query.value);
  const drawn = matching.slice(0, pages.value * PAGE);
  return (
    <>
      <div class="texts-tools">
        <span class="small quiet num">{words.count(rows.length)}</span>
        <Search
          id={TEXTS_SEARCH}
          label={words.search}
          word={words.searchWord}
          value={query.value}
          onInput={(value) => {
            query.value = value;
          }}
        />
      </div>
      {away.value && <p class="texts-question small">{words.away}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="panel-scroll" tabIndex={0} aria-label={words.list}>
        <div ref={top} class="stream-top" />
        {fresh > 0 && (
          <button
            type="button"
            class="btn btn-s stream-new"
            onClick={() => top.current?.scrollIntoView({ block: "center" })}
          >
            <Icon name="up" />
            {words.fresh(fresh)}
          </button>
        )}
        {drawn.length === 0 ? (
          <p class="panel-body small quiet">
            {query.value.trim() === "" ? words.none : words.notFound(query.value.trim())}
          </p>
        ) : (
          <ul class="stream">
            {drawn.map((row) => (
              <Row
                key={`${row.aseq} ${row.participant} ${row.text}`}
                row={row}
                question={question}
                f={f}
              />
            ))}
          </ul>
        )}
        {matching.length > drawn.length && (
          <button
            type="button"
            class="btn btn-plain"
            onClick={() => {
              pages.value += 1;
            }}
          >
            {words.more}
          </button>
        )}
      </section>
    </>
  );
}

function Row({
  row,
  question,
  f,
}: {
  row: TextAnswer;
  question: number;
  f: { time(at: number): string };
}) {
  const { texts: words, person } = useWords();
  const live = useLive();
  const may = useComputed(() => mayCommand(live.room.value.role)).value;
  const muting = may ? mutingOf(row, question) : null;
  return (
    <li>
      <span class="who">
        {row.pid !== "" && (
          <span class="mono" dir="ltr">
            {shortPid(row.pid)}
          </span>
        )}
        <time>{f.time(row.answered_at)}</time>
        {row.late === true && <span>{words.late}</span>}
      </span>
      <p dir="auto">{row.text}</p>
      {muting !== null && (
        <CommandButton asked={muting} class="btn btn-s btn-icon" label={person.muteText}>
          <Icon name="mute" />
        </CommandButton>
      )}
    </li>
  );
}

/** Whether the beginning of a list is in view. */
function useAtTop(top: RefObject<HTMLElement | null>): boolean {
  const atTop = useSignal(true);
  useEffect(() => {
    if (top.current === null) return;
    const watch = new IntersectionObserver((entries) => {
      atTop.value = entries.at(-1)?.isIntersecting === true;
    });
    watch.observe(top.current);
    return () => watch.disconnect();
  }, [top, atTop]);
  return atTop.value;
}
