/** The links: one for each participant, or the single one. Fetched once; who joined comes live. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Result } from "../../api";
import { pidFits } from "../numbers";
import { signedOut } from "../session";
import { fileAddress, type Link, type Links, PLAIN, staffApi } from "../staff_api";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { CopyButton } from "./copy";
import { Icon } from "./icons";
import { Banner, Refused, Search, Segments } from "./parts";
import { WindowedBody } from "./windowed";
import { useWords } from "./words";

export function LinksPanel() {
  const words = useWords();
  const live = useLive();
  const answer = useSignal<Result<Links> | null>(null);
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const single = useComputed(() => live.state.value?.links === "single").value;
  // A draft says it in its list of things to check.
  const draft = useComputed(() => live.state.value?.phase === "draft").value;

  useEffect(() => {
    if (!may) return;
    const fetchLinks = async () => {
      const result = await staffApi.links(live.slug);
      if (!signedOut(result)) answer.value = result;
    };
    void fetchLinks();
  }, [live, may, answer]);

  const result = answer.value;
  const links = result?.ok ? result.value.links : null;
  return (
    <section class="panel" aria-labelledby="links-head">
      <div class="panel-head">
        <h3 id="links-head">
          {single || links === null ? words.links.singleTitle : words.links.title(links.length)}
        </h3>
        {links !== null && !single && <Download slug={live.slug} draft={draft} />}
      </div>
      {result?.ok && !result.value.public && !draft && (
        <div class="panel-note">
          <Banner tone="wait" title={words.links.warn.title} more={words.links.warn.more} />
        </div>
      )}
      {!may && <p class="panel-body quiet">{words.links.observer}</p>}
      {may && result === null && <p class="panel-body quiet">{words.links.loading}</p>}
      {result !== null && !result.ok && (
        <div class="panel-body">
          <Refused refusal={result.refusal} />
        </div>
      )}
      {links !== null && (single ? <Single link={links[0]} /> : <Table links={links} />)}
    </section>
  );
}

function Download({ slug, draft }: { slug: string; draft: boolean }) {
  const words = useWords();
  return (
    <>
      {draft && <span class="small quiet">{words.links.inactive}</span>}
      <a class="btn btn-s push" download href={fileAddress(slug, "links.csv", PLAIN)}>
        <Icon name="download" />
        {words.links.download}
      </a>
    </>
  );
}

function Single({ link }: { link: Link | undefined }) {
  const words = useWords();
  if (link === undefined) return null;
  return (
    <div class="panel-body row row-wrap">
      <span class="mono grow single-link" dir="ltr">
        {link.link}
      </span>
      <CopyButton text={link.link} label={words.links.copySingle} wide />
    </div>
  );
}

type Filter = "all" | "unused" | "joined";

function Table({ links }: { links: readonly Link[] }) {
  const words = useWords();
  const { f } = words;
  const live = useLive();
  const query = useSignal("");
  const filter = useSignal<Filter>("all");
  const people = live.people.value;
  const joined = useMemo(() => new Set([...people.values()].map((person) => person.pid)), [people]);
  const has = (link: Link) => link.joined || joined.has(link.pid);
  const rows = links.filter(
    (link) =>
      pidFits(link.pid, query.value) &&
      (filter.value === "all" || has(link) === (filter.value === "joined")),
  );
  const filters = (["all", "unused", "joined"] as const).map(
    (name) => [name, words.links.filter[name]] as const,
  );
  const choose = (chosen: Filter) => {
    filter.value = chosen;
  };
  return (
    <>
      <div class="panel-head">
        <Segments
          label={words.links.show}
          options={filters}
          chosen={filter.value}
          onChoose={choose}
        />
        <span class="push" />
        <Search
          label={words.links.search}
          word={words.links.searchWord}
          value={query.value}
          onInput={(value) => {
            query.value = value;
          }}
        />
      </div>
      {rows.length === 0 ? (
        <p class="panel-body quiet">
          {query.value.trim() !== "" || filter.value === "all"
            ? words.links.notFound(query.value.trim())
            : words.links.nothing[filter.value]}
        </p>
      ) : (
        <div class="table-wrap rows-scroll">
          <table class="rows rows-links" aria-rowcount={rows.length + 1}>
            <thead>
              <tr>
                <th scope="col" class="end col-n hide-c">
                  {words.links.number}
                </th>
                <th scope="col">{words.links.pid}</th>
                <th scope="col" class="hide-c">
                  {words.links.link}
                </th>
                <th scope="col" class="col-state">
                  {words.links.state}
                </th>
                <th scope="col" class="col-act">
                  <span class="vh">{words.links.copySingle}</span>
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
                    <td class="clip hide-c quiet" dir="ltr">
                      {link.link}
                    </td>
                    <td>
                      {has(link) ? (
                        <span class="pill pill-go">{words.links.joined}</span>
                      ) : (
                        <span class="faint">{words.links.unused}</span>
                      )}
                    </td>
                    <td class="end">
                      <CopyButton text={link.link} label={words.links.copy(link.number)} />
                    </td>
                  </tr>
                );
              }}
            />
          </table>
        </div>
      )}
    </>
  );
}
