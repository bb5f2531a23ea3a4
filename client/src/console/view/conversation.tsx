/** One conversation: its live line, and the screen that its phase asks for. */

import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { type Live, NOT_HERE, openLive } from "../live";
import { askToSignIn, who } from "../session";
import { LiveContext } from "./commands";
import { Ended } from "./ended";
import { FilesPage } from "./files";
import { Frame, Lone } from "./frame";
import { LineBanner, LineWord } from "./line";
import { LinksPage } from "./links";
import { News, Notices } from "./notices";
import { To } from "./parts";
import { Ready } from "./ready";
import { Room } from "./room";
import { SettingsPage } from "./settings";
import { useWords } from "./words";

/** `conversation`: the page that its phase asks for. */
type Page = "conversation" | "links" | "files" | "settings";

export function Conversation({ slug, page }: { slug: string; page: Page }) {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const opened = openLive(slug);
    setLive(opened);
    return () => opened.close();
  }, [slug]);
  if (live === null || live.slug !== slug) return null;
  return (
    <LiveContext.Provider value={live}>
      <Screen live={live} page={page} />
      <Notices />
      <News />
    </LiveContext.Provider>
  );
}

/** 4401: signed out while the screen was open. */
const SIGNED_OUT = 4401;

function Screen({ live, page }: { live: Live; page: Page }) {
  const words = useWords();
  const stopped = live.status.value.kind === "stopped" ? live.status.value.code : null;
  const phase = useComputed(() => live.state.value?.phase ?? null).value;
  useEffect(() => {
    if (stopped !== SIGNED_OUT) return;
    who.value = { kind: "nobody", firstRun: false };
    askToSignIn();
  }, [stopped]);

  if (phase === null && stopped === NOT_HERE) {
    return (
      <Lone title={words.line.gone.title}>
        <p class="lead">{words.line.gone.more}</p>
        <To to={{ screen: "list" }} class="btn">
          {words.app.toList}
        </To>
      </Lone>
    );
  }
  if (phase === null) {
    return (
      <Frame title={words.app.name} top={<LineWord />}>
        <LineBanner />
        <p class="quiet">{words.app.loading}</p>
      </Frame>
    );
  }
  if (page === "links") return <LinksPage />;
  if (page === "files") return <FilesPage />;
  if (page === "settings") return <SettingsPage />;
  if (phase === "live") return <Room />;
  return phase === "ended" || phase === "flex" ? <Ended /> : <Ready />;
}
