/** The links: one for each participant, or the single one, and the ways to hand them out. */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import type { Result } from "../../api";
import { whenPageWakes } from "../../page_signals";
import { takenOf } from "../links_list";
import { signedOut } from "../session";
import { fileAddress, type Link, type Links, PLAIN, staffApi } from "../staff_api";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { CopyButton } from "./copy";
import { Icon } from "./icons";
import { LinksTable } from "./links_table";
import { Banner, Refused } from "./parts";
import { QrDialog } from "./qr";
import { SheetDialog } from "./qr_sheet";
import { useWords } from "./words";

export interface Fetched {
  /** Null until there is one, and for who may not see links. */
  readonly answer: ReadonlySignal<Result<Links> | null>;
  /** Tell the server that a download begins. */
  readonly noteTaken: () => void;
}

/** How often refusals, which the live line does not tell, are asked for while people come; ms. */
const AGAIN = 30_000;

export function useLinks(): Fetched {
  const live = useLive();
  const answer = useSignal<Result<Links> | null>(null);
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const phase = useComputed(() => live.state.value?.phase).value;
  const kind = useComputed(() => live.state.value?.links).value;
  const max = useComputed(() => live.state.value?.max_participants).value;
  const asking = useComputed(() => live.asking.value.length).value;

  const fetchLinks = useCallback(async () => {
    const result = await staffApi.links(live.slug);
    if (!signedOut(result)) answer.value = result;
  }, [live, answer]);

  // Each of these may have changed the links.
  useEffect(() => {
    if (may) void fetchLinks();
  }, [may, phase, kind, max, asking, fetchLinks]);

  useEffect(() => {
    if (!may) return;
    const awake = whenPageWakes(() => void fetchLinks());
    const running = phase === "live" || phase === "flex";
    const timer = running ? setInterval(() => void fetchLinks(), AGAIN) : undefined;
    return () => {
      awake();
      clearInterval(timer);
    };
  }, [may, phase, fetchLinks]);

  const noteTaken = useCallback(() => {
    void staffApi.linksTaken(live.slug).then(fetchLinks);
  }, [live, fetchLinks]);

  return { answer, noteTaken };
}

/** `main`: to download them is the thing to do. */
export function LinksPanel({ links: fetched, main }: { links: Fetched; main: boolean }) {
  const words = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const single = useComputed(() => live.state.value?.links === "single").value;
  // A draft says it in its list of things to check.
  const draft = useComputed(() => live.state.value?.phase === "draft").value;
  const prints = useSignal(false);
  const result = fetched.answer.value;
  const links = result?.ok ? result.value.links : null;
  return (
    <section class="panel" aria-labelledby="links-head">
      <div class="panel-head">
        <h3 id="links-head">
          {single || links === null ? words.links.singleTitle : words.links.title(links.length)}
        </h3>
        {links !== null && !single && (
          <HandOut
            main={main}
            onDownload={fetched.noteTaken}
            onPrint={() => {
              prints.value = true;
            }}
          />
        )}
      </div>
      {links !== null && prints.value && (
        <SheetDialog
          links={links}
          onClose={() => {
            prints.value = false;
          }}
        />
      )}
      {result?.ok && !result.value.public && !draft && (
        <div class="panel-note">
          <Banner tone="wait" title={words.links.warn.title} more={words.links.warn.more} />
        </div>
      )}
      {result?.ok && takenOf(result.value) === "some" && !draft && !single && (
        <div class="panel-note">
          <Banner tone="wait" {...words.ready.moreNotTaken} />
        </div>
      )}
      {!may && <p class="panel-body quiet">{words.links.observer}</p>}
      {may && result === null && <p class="panel-body quiet">{words.links.loading}</p>}
      {result !== null && !result.ok && (
        <div class="panel-body">
          <Refused refusal={result.refusal} />
        </div>
      )}
      {links !== null && (single ? <Single link={links[0]} /> : <LinksTable links={links} />)}
    </section>
  );
}

function HandOut({
  main,
  onDownload,
  onPrint,
}: {
  main: boolean;
  onDownload: () => void;
  onPrint: () => void;
}) {
  const words = useWords();
  const live = useLive();
  return (
    <span class="push row row-wrap hand-out">
      <button type="button" class="btn btn-s" onClick={onPrint}>
        <Icon name="qr" />
        {words.qr.button}
      </button>
      <a
        class={main ? "btn btn-s btn-go" : "btn btn-s"}
        download
        href={fileAddress(live.slug, "links.csv", PLAIN)}
        onClick={onDownload}
      >
        <Icon name="download" />
        {words.links.download}
      </a>
    </span>
  );
}

function Single({ link }: { link: Link | undefined }) {
  const words = useWords();
  const live = useLive();
  const max = useComputed(() => live.state.value?.max_participants ?? 0).value;
  const shows = useSignal(false);
  if (link === undefined) return null;
  return (
    <div class="panel-body stack">
      <p class="quiet">{words.links.singleHint(max)}</p>
      <div class="row row-wrap">
        <span class="mono grow single-link" dir="ltr">
          {link.link}
        </span>
        <CopyButton text={link.link} label={words.links.copySingle} wide />
        <button
          type="button"
          class="btn btn-s"
          onClick={() => {
            shows.value = true;
          }}
        >
          <Icon name="qr" />
          {words.qr.single}
        </button>
      </div>
      {shows.value && (
        <QrDialog
          link={link}
          onClose={() => {
            shows.value = false;
          }}
        />
      )}
    </div>
  );
}
