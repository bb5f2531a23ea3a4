/** The table of unique links. Who joined comes live; what was refused is fetched. */

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { counts, FILTERS, type Filter, hasJoined, shown, whyRefused } from "../links_list";
import type { Link } from "../staff_api";
import { useLive } from "./commands";
import { CopyButton } from "./copy";
import { Icon } from "./icons";
import { Search, Segments } from "./parts";
import { QrDialog } from "./qr";
import { WindowedBody } from "./windowed";
import { useWords } from "./words";

export function LinksTable({ links }: { links: readonly Link[] }) {
  const { f, links: words } = useWords();
  const live = useLive();
  const query = useSignal("");
  const filter = useSignal<Filter>("all");
  const code = useSignal<Link | null>(null);
  const people = live.people.value;
  const joined = useMemo(() => new Set([...people.values()].map((person) => person.pid)), [people]);
  const many = useMemo(() => counts(links, joined), [links, joined]);
  const rows = shown(links, filter.value, query.value, joined);
  const filters = FILTERS.map(
    (name) => [name, `${words.filter[name]} ${f.number(many[name])}`] as const,
  );
  return (
    <>
      <div class="panel-head">
        <Segments
          label={words.show}
          options={filters}
          chosen={filter.value}
          onChoose={(chosen) => {
            filter.value = chosen;
          }}
        />
        <span class="push" />
        <Search
          label={words.search}
          word={words.searchWord}
          value={query.value}
          onInput={(value) => {
            query.value = value;
          }}
        />
      </div>
      {rows.length === 0 ? (
        <p class="panel-body quiet">
          {query.value.trim() === ""
            ? words.nothing[filter.value]
            : words.notFound(query.value.trim())}
        </p>
      ) : (
        <Rows
          rows={rows}
          joined={joined}
          onCode={(link) => {
            code.value = link;
          }}
        />
      )}
      {code.value !== null && (
        <QrDialog
          link={code.value}
          onClose={() => {
            code.value = null;
          }}
        />
      )}
    </>
  );
}

function Rows({
  rows,
  joined,
  onCode,
}: {
  rows: readonly Link[];
  joined: ReadonlySet<string>;
  onCode: (link: Link) => void;
}) {
  const { f, links: words, qr } = useWords();
  const live = useLive();
  const asking = new Set(live.asking.value.map((one) => one.pid));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-wrap rows-scroll" tabIndex={0} aria-label={words.table}>
      <table class="rows rows-links" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col" class="end col-n hide-c">
              {words.number}
            </th>
            <th scope="col" class="col-pid">
              {words.pid}
            </th>
            <th scope="col">{words.state}</th>
            <th scope="col" class="col-acts">
              <span class="vh">{words.link}</span>
            </th>
          </tr>
        </thead>
        <WindowedBody
          rows={rows.length}
          draw={(i) => {
            const link = rows[i];
            if (link === undefined) return null;
            return (
              <tr key={link.number} aria-rowindex={i + 2}>
                <td class="end faint num hide-c">{f.number(link.number)}</td>
                <td class="clip mono" dir="ltr">
                  {link.pid}
                </td>
                <td class="clip">
                  <State link={link} joined={hasJoined(link, joined)} asks={asking.has(link.pid)} />
                </td>
                <td class="end">
                  <button
                    type="button"
                    class="btn btn-s btn-icon"
                    aria-label={qr.of(link.number)}
                    title={qr.of(link.number)}
                    onClick={() => onCode(link)}
                  >
                    <Icon name="qr" />
                  </button>
                  <CopyButton text={link.link} label={words.copy(link.number)} />
                </td>
              </tr>
            );
          }}
        />
      </table>
    </section>
  );
}

function State({ link, joined, asks }: { link: Link; joined: boolean; asks: boolean }) {
  const { links: words } = useWords();
  const why = whyRefused(link);
  return (
    <>
      {link.removed && <span class="pill pill-stop">{words.removed}</span>}
      {!link.removed && joined && <span class="pill pill-go">{words.joined}</span>}
      {!link.removed && !joined && <span class="faint">{words.unused}</span>}{" "}
      {asks && <span class="pill pill-wait">{words.asks}</span>}
      {!asks && why !== null && <span class="small wait-text">{words.why[why]}</span>}
    </>
  );
}
