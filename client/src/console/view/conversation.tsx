/** One conversation: its live line, and the screen that its phase asks for. */

import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { StaffState } from "../../wire";
import { type Live, NOT_HERE, openLive } from "../live";
import type { Part } from "../routes";
import { askToSignIn, who } from "../session";
import { mayReadFiles } from "../state";
import { AudiencePage } from "./audience";
import { LiveContext } from "./commands";
import { EditorContext, useEditor } from "./editor";
import { Frame, Lone } from "./frame";
import { GuidePage } from "./guide_page";
import { ItemEditor } from "./item_dialog";
import { LineBanner, LineWord } from "./line";
import { MatchPage } from "./match_page";
import { News, Notices } from "./notices";
import { To } from "./parts";
import { ResultsPage } from "./results";
import { LivePage } from "./room";
import { SchedulePage } from "./schedule_page";
import { SettingsPage } from "./settings";
import { useWords } from "./words";

/** `part`: which of its pages; null: the one that its phase asks for. */
export function Conversation({ slug, part }: { slug: string; part: Part | null }) {
  const [live, setLive] = useState<Live | null>(null);
  const edited = useEditor();
  useEffect(() => {
    const opened = openLive(slug);
    setLive(opened);
    return () => {
      opened.close();
      edited.value = null;
    };
  }, [slug, edited]);
  if (live === null || live.slug !== slug) return null;
  return (
    <LiveContext.Provider value={live}>
      <EditorContext.Provider value={edited}>
        <Screen live={live} part={part} />
        <ItemEditor />
      </EditorContext.Provider>
      <Notices />
      <News />
    </LiveContext.Provider>
  );
}

/** 4401: signed out while the screen was open. */
const SIGNED_OUT = 4401;

function Screen({ live, part }: { live: Live; part: Part | null }) {
  const words = useWords();
  const stopped = live.status.value.kind === "stopped" ? live.status.value.code : null;
  const phase = useComputed(() => live.state.value?.phase ?? null).value;
  const role = useComputed(() => live.room.value.role).value;
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
  switch (mayReadFiles(role) ? (part ?? PAGE_OF[phase]) : "live") {
    case "guide":
      return <GuidePage />;
    case "schedule":
      return <SchedulePage />;
    case "audience":
      return <AudiencePage />;
    case "live":
      return <LivePage />;
    case "results":
      return <ResultsPage />;
    case "match":
      return <MatchPage />;
    case "settings":
      return <SettingsPage />;
  }
}

/** What the work is in a phase. */
const PAGE_OF: Record<StaffState["phase"], Part> = {
  draft: "guide",
  published: "audience",
  live: "live",
  ended: "results",
  flex: "results",
};
