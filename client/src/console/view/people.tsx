/** Everybody who joined: here or away, and how much they answered; on the results' page also how long they
 * stayed and what came of it. Rows stand still under a pointer. */

import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { PersonTally } from "../../wire";
import type { Person } from "../match/people";
import { minutesSince, type Order, ordered, pidFits } from "../numbers";
import { mayReadFiles, type Phase } from "../state";
import { useLive } from "./commands";
import { Search } from "./parts";
import { PersonDialog } from "./person";
import { PersonRow } from "./person_row";
import { WindowedBody } from "./windowed";
import { useWords } from "./words";

/** `found`: for the results, by pid; null until the server has counted. */
export function PeoplePanel({ order: first = "joined", found }: { order?: Order; found?: Found }) {
  const words = useWords();
  const live = useLive();
  const joined = useComputed(() => live.counts.value?.joined ?? 0).value;
  const single = useComputed(() => live.state.value?.links === "single").value;
  const observer = useComputed(() => !mayReadFiles(live.room.value.role)).value;
  const query = useSignal("");
  const order = useSignal<Order>(first);
  const orders = words.people.orders;
  const rowless = observer ? words.people.observer : single ? words.people.anonymous : null;
  return (
    <section class="panel people-panel" aria-labelledby="people-head">
      <div class="panel-head">
        <h2 id="people-head">{words.people.title}</h2>
        <span class="small quiet num">{words.people.joined(joined)}</span>
      </div>
      {rowless === null ? (
        <>
          <div class="people-tools">
            <select
              class="input input-s"
              aria-label={words.people.order}
              value={order.value}
              onChange={(event) => {
                order.value = event.currentTarget.value as Order;
              }}
            >
              {(Object.keys(orders) as Order[])
                .filter((name) => name !== "away" || isRunning(live.state.value?.phase))
                .map((name) => (
                  <option key={name} value={name}>
                    {orders[name]}
                  </option>
                ))}
            </select>
            <Search
              label={words.people.search}
              word={words.people.searchWord}
              value={query.value}
              onInput={(value) => {
                query.value = value;
              }}
            />
          </div>
          <Table query={query.value} order={order.value} found={found} />
        </>
      ) : (
        <p class="panel-body small quiet">{rowless}</p>
      )}
    </section>
  );
}

function isRunning(phase: Phase | undefined): boolean {
  return phase === "live" || phase === "flex";
}

const TOUCH_HOLDS_MS = 10_000;

type Found = ReadonlyMap<string, Person> | null | undefined;

function Table({ query, order, found }: { query: string; order: Order; found: Found }) {
  const words = useWords();
  const live = useLive();
  const people = live.people.value;
  // After the end, who still has the page open means nothing.
  const presence = useComputed(() => isRunning(live.state.value?.phase)).value;
  const letters = useComputed(
    () => new Map(live.asking.value.map((one) => [one.participant, one.letters])),
  ).value;
  const at = Date.now() + live.room.peek().skew;
  const shown = useSignal<number | null>(null);
  const open = useRef((number: number) => {
    shown.value = number;
  }).current;
  const inside = useRef(false);
  const heldUntil = useRef(0);
  const frozen = useRef<{ order: Order; numbers: readonly number[] }>({ order, numbers: [] });
  const held = inside.current || Date.now() < heldUntil.current;
  if (!held || frozen.current.order !== order) {
    frozen.current = { order, numbers: ordered(people, order) };
  } else if (people.size > frozen.current.numbers.length) {
    const known = new Set(frozen.current.numbers);
    const late = ordered(people, "joined").filter((number) => !known.has(number));
    frozen.current = { order, numbers: [...frozen.current.numbers, ...late] };
  }
  const rows = frozen.current.numbers.flatMap((number) => {
    const person = people.get(number);
    return person !== undefined && pidFits(person.pid, query) ? [person] : [];
  });
  if (rows.length === 0) {
    const why = people.size === 0 ? words.people.none : words.people.notFound(query.trim());
    return <p class="panel-body small quiet">{why}</p>;
  }
  return (
    <section
      class="table-wrap panel-scroll rows-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={words.people.table}
      onPointerEnter={() => {
        inside.current = true;
      }}
      onPointerLeave={({ pointerType }) => {
        inside.current = false;
        // A finger leaves with every tap, and comes back to the same place.
        if (pointerType === "touch") heldUntil.current = Date.now() + TOUCH_HOLDS_MS;
      }}
    >
      <table class="rows rows-people" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">{words.people.number}</th>
            <th scope="col" class="end col-pct">
              {words.people.answered}
            </th>
            <th scope="col" class="end col-here hide-c">
              {words.people.whileHere}
            </th>
            {found !== undefined && (
              <th scope="col" class="end col-minutes hide-c">
                {words.ended.minutes}
              </th>
            )}
            <th scope="col" class="col-note">
              {found === undefined ? words.note.title : words.outcomes.title}
            </th>
            {found !== undefined && (
              <th scope="col" class="col-explain">
                <span class="vh">{words.ended.explainHead}</span>
              </th>
            )}
          </tr>
        </thead>
        <WindowedBody
          rows={rows.length}
          draw={(i) => {
            const person = rows[i];
            return (
              person && (
                <PersonRow
                  key={person.number}
                  person={person}
                  at={i + 2}
                  words={words}
                  presence={presence}
                  gone={away(person, presence, at)}
                  letters={(presence && letters.get(person.number)) || ""}
                  slug={live.slug}
                  found={found && (found.get(person.pid) ?? null)}
                  onOpen={open}
                />
              )
            );
          }}
        />
      </table>
      {shown.value !== null && (
        <PersonDialog
          number={shown.value}
          onClose={() => {
            shown.value = null;
          }}
        />
      )}
    </section>
  );
}

/** For how many minutes somebody is away; null while they are here, or where that means nothing. */
function away(person: PersonTally, presence: boolean, at: number): number | null {
  if (!presence || person.here || person.gone_at === undefined) return null;
  return minutesSince(person.gone_at, at);
}
