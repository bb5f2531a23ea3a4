/** The frame of a conversation's pages, and the way between them. Observers have one page only. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { StaffState } from "../../wire";
import { PARTS, type Part } from "../routes";
import { mayReadFiles } from "../state";
import { useLive } from "./commands";
import { Frame } from "./frame";
import { LineBanner, LineWord } from "./line";
import { PhasePill, To } from "./parts";
import { useWords } from "./words";

/** `here`: the page that is shown, whatever the address says. */
export function Sections({ here }: { here: Part }) {
  const { parts: words } = useWords();
  const live = useLive();
  const may = useComputed(() => mayReadFiles(live.room.value.role)).value;
  const nav = useRef<HTMLElement>(null);
  // On a phone not all fit, and the current one must be among those in view.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (nav.current && current) {
      nav.current.scrollLeft += middle(current) - middle(nav.current);
    }
  }, [here, may]);
  if (!may) return null;
  return (
    <nav class="s-nav" aria-label={words.label} ref={nav}>
      {PARTS.map((screen) => {
        return (
          <To key={screen} to={{ screen, slug: live.slug }} current={screen === here}>
            {words[screen]}
          </To>
        );
      })}
    </nav>
  );
}

function middle(element: HTMLElement): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

export function PageFrame({
  state,
  here,
  children,
}: {
  state: StaffState;
  here: Part;
  children: ComponentChildren;
}) {
  return (
    <Frame
      title={state.title}
      top={
        <>
          <PhasePill phase={state.phase} />
          <LineWord />
        </>
      }
      strip={<Sections here={here} />}
    >
      <LineBanner />
      {children}
    </Frame>
  );
}
