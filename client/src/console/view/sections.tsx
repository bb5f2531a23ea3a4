/** The frame of a conversation's pages, and the way between them. Observers have one page only. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { StaffState } from "../../wire";
import { href, type Route } from "../routes";
import { route } from "../session";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { Frame } from "./frame";
import { LineBanner, LineWord } from "./line";
import { PhasePill, To } from "./parts";
import { useWords } from "./words";

const PARTS = ["conversation", "links", "files", "settings"] as const;

export function Sections() {
  const { parts: words } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  if (!may) return null;
  const here = href(route.value);
  return (
    <nav class="s-nav" aria-label={words.label}>
      {PARTS.map((screen) => {
        const to: Route = { screen, slug: live.slug };
        return (
          <To key={screen} to={to} current={href(to) === here}>
            {words[screen]}
          </To>
        );
      })}
    </nav>
  );
}

export function PageFrame({ state, children }: { state: StaffState; children: ComponentChildren }) {
  return (
    <Frame
      title={state.title}
      top={
        <>
          <PhasePill phase={state.phase} />
          <LineWord />
        </>
      }
      strip={<Sections />}
    >
      <LineBanner />
      {children}
    </Frame>
  );
}
