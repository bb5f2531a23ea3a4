/** All conversations. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import { whenPageWakes } from "../../page_signals";
import { fits, MANY, nextStart, running } from "../conversations";
import { now, signedOut, who } from "../session";
import { type Listed, staffApi } from "../staff_api";
import { mayCommand } from "../state";
import { Frame, Me } from "./frame";
import { Icon } from "./icons";
import { Empty, PhasePill, Refused, Search, To } from "./parts";
import { useWords } from "./words";

type Answer = Result<{ conversations: readonly Listed[] }>;

export function List() {
  const words = useWords();
  const answer = useSignal<Answer | null>(null);
  const mayCreate = who.value.kind === "somebody" && mayCommand(who.value.me.role);

  useEffect(() => {
    const fetchAll = async () => {
      const result = await staffApi.conversations();
      if (!signedOut(result)) answer.value = result;
    };
    void fetchAll();
    return whenPageWakes(() => void fetchAll());
  }, [answer]);

  const rows = answer.value?.ok ? answer.value.value.conversations : [];
  const create = mayCreate && (
    <To to={{ screen: "new" }} class="btn btn-go">
      <Icon name="plus" />
      {words.list.new}
    </To>
  );
  return (
    <Frame title={words.app.name} top={<Me />}>
      <div class="page-head">
        <div>
          <h2>{words.list.title}</h2>
          {rows.length > 0 && <Lead rows={rows} />}
        </div>
        {rows.length > 0 && create}
      </div>
      {answer.value === null && <p class="quiet">{words.app.loading}</p>}
      {answer.value !== null && !answer.value.ok && <Refused refusal={answer.value.refusal} />}
      {answer.value?.ok && (
        <section class="panel" aria-label={words.list.title}>
          {rows.length === 0 ? (
            <Empty title={words.list.empty.title}>
              <p>{words.list.empty.more}</p>
              {create}
            </Empty>
          ) : (
            <Found rows={rows} />
          )}
        </section>
      )}
    </Frame>
  );
}

/** What runs, and what starts next. */
function Lead({ rows }: { rows: readonly Listed[] }) {
  const { f, list: words } = useWords();
  const next = nextStart(rows, now.value);
  const live = running(rows).length;
  if (live === 0 && next === null) return <p class="quiet">{words.nothingPlanned}</p>;
  return (
    <p class="quiet">
      {live > 0 && words.running(live)}{" "}
      {next !== null && (
        <>
          {words.next}{" "}
          <To to={{ screen: "conversation", slug: next.row.slug }}>
            <bdi>{next.row.title}</bdi>
          </To>
          {words.nextAt(f.dayTime(next.at))}
        </>
      )}
    </p>
  );
}

function Found({ rows }: { rows: readonly Listed[] }) {
  const { list: words } = useWords();
  const query = useSignal("");
  const found = rows.filter((row) => fits(row, query.value));
  return (
    <>
      {rows.length >= MANY && (
        <div class="panel-head">
          <span class="small quiet">{words.many(found.length, rows.length)}</span>
          <span class="push list-search">
            <Search
              label={words.search}
              word={words.searchWord}
              value={query.value}
              onInput={(value) => {
                query.value = value;
              }}
            />
          </span>
        </div>
      )}
      {found.length === 0 ? (
        <p class="panel-body quiet">{words.notFound(query.value.trim())}</p>
      ) : (
        <Rows rows={found} />
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly Listed[] }) {
  const words = useWords();
  return (
    <div class="table-wrap">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{words.list.conversation}</th>
            <th scope="col">{words.list.phase}</th>
            <th scope="col" class="end">
              {words.list.joined}
            </th>
            <th scope="col" class="end hide-s">
              {words.list.questions}
            </th>
            <th scope="col">{words.list.start}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.slug} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: Listed }) {
  const { f, list: words } = useWords();
  return (
    <tr>
      <th scope="row" class="wrap">
        <To to={{ screen: "conversation", slug: row.slug }}>
          <bdi>{row.title}</bdi>
        </To>
        <span class="slug">
          <bdi dir="ltr">/c/{row.slug}</bdi>
        </span>
      </th>
      <td>
        <PhasePill phase={row.phase} />
      </td>
      <td class="end num">{words.of(row.joined, row.max_participants)}</td>
      <td class="end num hide-s">{f.number(row.questions)}</td>
      <td class="quiet">{row.starts_at === null ? words.unplanned : f.dayTime(row.starts_at)}</td>
    </tr>
  );
}
