/** The frame of every staff screen: top line, main, and where the focus goes when the screen changes. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { signOut, who } from "../session";
import { mayOwn } from "../state";
import { Mark } from "./icons";
import { To } from "./parts";
import { useWords } from "./words";

export function Frame({
  title,
  top,
  strip,
  children,
  foot,
  class: name = "page",
}: {
  /** For the window, and for the top line. */
  title: string;
  /** The right end of the top line. */
  top?: ComponentChildren;
  strip?: ComponentChildren;
  children: ComponentChildren;
  foot?: ComponentChildren;
  class?: string;
}) {
  const { app } = useWords();
  const main = useFocusOnChange(title);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads into the page, but the fragment may say what is shown */}
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {app.skip}
      </a>
      <header>
        <div class="s-top">
          <To class="brand" to={{ screen: "list" }} label={app.home}>
            <Mark />
          </To>
          <h1 class="clip">
            <bdi>{title}</bdi>
          </h1>
          {top}
        </div>
        {strip}
      </header>
      <main id="main" class={name} ref={main} tabIndex={-1}>
        {children}
      </main>
      {foot}
    </>
  );
}

/** Who I am, and the way out. */
export function Me() {
  const { app, staff } = useWords();
  if (who.value.kind !== "somebody") return null;
  return (
    <>
      <span class="small quiet hide-s" title={app.as(who.value.me.name)}>
        <bdi>{who.value.me.name}</bdi>
      </span>
      <To to={{ screen: "staff" }} class="small">
        {mayOwn(who.value.me.role) ? staff.title : staff.mine}
      </To>
      <button type="button" class="btn btn-s" onClick={() => void signOut()}>
        {app.signOut}
      </button>
    </>
  );
}

/** A screen for one thing, without a top line: signing in, being lost. */
export function Lone({ title, children }: { title: string; children: ComponentChildren }) {
  const { app } = useWords();
  const main = useFocusOnChange(title);
  return (
    <>
      <header class="lone-top">
        <span class="brand">
          <Mark />
          {app.name}
        </span>
      </header>
      <main id="main" class="lone" ref={main} tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}

let shown = "";

/** Another screen in the same page: the window's title changes, and the focus goes to its start. Not
 * on the first one, where the browser has done so, and never within a screen. */
function useFocusOnChange(title: string) {
  const { app } = useWords();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = title === app.name ? title : `${title} · ${app.name}`;
    const screen = location.pathname + location.hash;
    const inside = main.current?.contains(document.activeElement) === true;
    if (shown !== "" && shown !== screen && !inside) main.current?.focus();
    shown = screen;
  }, [title, app]);
  return main;
}
