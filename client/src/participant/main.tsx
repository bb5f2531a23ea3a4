// Puts the participant page together: address, storage, session, drawing.

import { render } from "preact";
import { keptAs } from "../address";
import type { ParticipantApi } from "../api";
import type { Texts } from "../catalogue/en";
import { devicesHere } from "../device";
import { whenPageWakes } from "../page_signals";
import { browserWorld, socketUrl } from "../socket";
import { Drift } from "./clock";
import { rememberedAnswers, storedAnswers } from "./kept_store";
import { onKey } from "./keys";
import { readAddress } from "./pid";
import { Session } from "./session";
import { Page } from "./view/page";

/** What the first program knows. `about`: the first call's answer is on its way already. */
export interface Begun {
  readonly slug: string;
  readonly api: ParticipantApi;
  readonly about: ReturnType<ParticipantApi["about"]>;
}

/** Draw into `root`, in the language of `t`, for as long as the page is there. */
export async function main(root: HTMLElement, t: Texts, begun: Begun): Promise<void> {
  const { slug, api } = begun;
  const { pid, rest } = readAddress(location.search, location.hash);
  history.replaceState(null, "", location.pathname + rest);
  const { devices, forgets } = await devicesHere();
  let lostAt: number | null = null;
  const draw = () => {
    const { state } = session;
    const now = browserWorld.now();
    const lost = state.line !== null && state.line.kind !== "open";
    lostAt = lost ? (lostAt ?? now) : null;
    render(<Page t={t} state={state} session={session} now={now} lostAt={lostAt} />, root);
  };
  // Never at once: a field that drawing takes away still says that it lost the focus.
  let planned = false;
  const drawSoon = () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      draw();
    });
  };
  const session: Session = new Session({
    slug,
    pid,
    api: { ...api, about: firstly(begun.about, api.about) },
    world: browserWorld,
    url: socketUrl(`/ws/c/${encodeURIComponent(slug)}`, location),
    devices,
    kept: forgets ? rememberedAnswers() : storedAnswers(),
    forgets,
    agreed: remembered(slug),
    onAgreed: () => remember(slug),
    onLink: (link) => {
      if (link !== null) location.hash = `pid=${encodeURIComponent(link)}`;
      // Nothing of the link may stay in the address of a computer that others use.
      else history.replaceState(null, "", location.pathname);
    },
    onChange: drawSoon,
  });
  // Another link of this conversation, put into the address bar, does not load the page by itself.
  window.addEventListener("hashchange", () => location.reload());
  whenPageWakes(() => session.wake());
  document.addEventListener("keydown", (event) => onKey(event));
  window.addEventListener("pagehide", () => session.rest());
  const drift = new Drift(Date.now(), browserWorld.now());
  setInterval(() => {
    if (drift.seen(Date.now(), browserWorld.now())) session.wake();
    session.tick();
    draw();
  }, 1_000);
  draw();
  await session.start();
}

/** The first call gives `first`, all others call anew. */
function firstly<T>(first: T, anew: () => T): () => T {
  let once: T | null = first;
  return () => {
    const answer = once ?? anew();
    once = null;
    return answer;
  };
}

/** Whether the terms of this conversation were agreed to in this tab. */
function remembered(slug: string): boolean {
  try {
    return sessionStorage.getItem(`agreed ${keptAs(slug)}`) !== null;
  } catch (error) {
    return isStorageBlocked(error);
  }
}

function remember(slug: string): void {
  try {
    sessionStorage.setItem(`agreed ${keptAs(slug)}`, "");
  } catch (error) {
    isStorageBlocked(error);
  }
}

/** Blocked or full storage keeps nothing, and stops nothing. False; throws what is anything else. */
function isStorageBlocked(error: unknown): false {
  if (!(error instanceof DOMException)) throw error;
  return false;
}
