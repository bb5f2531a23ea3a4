// For tests: what stands on the screen of a participant page in some state, as people read it.

import { render } from "preact";
import { expect, vi } from "vitest";
import english from "../../catalogue/en";
import { formats } from "../../i18n";
import type { Status } from "../../socket";
import type { ToParticipant } from "../../wire";
import { unsent } from "../answers";
import { about, Life, openNow, question } from "../life";
import type { Session } from "../session";
import { FakeNode, fakeDocument } from "./fake_document";
import { Page } from "./page";

vi.stubGlobal("document", fakeDocument);
vi.stubGlobal("requestAnimationFrame", () => 0);
vi.stubGlobal("cancelAnimationFrame", () => {});
vi.stubGlobal("navigator", { onLine: true });

const t = english(formats("en-GB"));
/** Of the top line, not of the state. */
const OTHERS = new Set(["My answers", "All questions"]);

export interface Drawn {
  readonly title: string;
  readonly text: string;
  /** What is in regions that say what changes in them; without those of a status. */
  readonly heard: string;
  readonly buttons: readonly string[];
}

/** What it is called in the design; the screen; its heading; words of it in order; its buttons. */
export type Row = readonly [string, () => Drawn, string, readonly string[], readonly string[]];

/** `lost`: ms since the line was lost. */
export function draw(life: Life, lost?: number): Drawn {
  const root = new FakeNode("div");
  drawInto(root, life, lost);
  return read(root);
}

export function drawInto(root: FakeNode, life: Life, lost?: number): void {
  const session = { unsent: unsent(life.state.answers).length } as Session;
  const lostAt = lost === undefined ? null : life.now - lost;
  const page = <Page t={t} state={life.state} session={session} now={life.now} lostAt={lostAt} />;
  render(page, root as unknown as Element);
}

/** What people find there. */
export function read(root: FakeNode): Drawn {
  const all = [...root.all()];
  const shown = all.filter(
    (one) => one.localName === "button" && one.attribute("class") !== "skip",
  );
  return {
    title: all.find((one) => one.localName === "h1")?.text ?? "",
    text: root.text,
    heard: all
      .filter((one) => one.attribute("aria-live"))
      .map((one) => one.text)
      .join(" ")
      .trim(),
    buttons: shown.map((one) => one.text).filter((name) => !OTHERS.has(name)),
  };
}

/** Fail unless the screen has this heading, these words in this order, and no other buttons. */
export function holds([name, screen, title, words, buttons]: Row): void {
  const drawn = screen();
  expect(drawn.title, name).toContain(title);
  let from = 0;
  for (const one of words) {
    const found = drawn.text.indexOf(one, from);
    expect(found, `${name}: "${one}" in "${drawn.text.slice(from)}"`).toBeGreaterThanOrEqual(0);
    from = found + one.length;
  }
  expect(drawn.buttons, name).toEqual(buttons);
}

/** Inside, with this question open. */
export const inside = (item = question(1)) =>
  new Life().do(about()).inside({ ...openNow(1), item });
export const send = { type: "send", question: 1, body: { text: "x" } } as const;
export const sent = () => inside().do({ type: "draft", question: 1, draft: { text: "x" } }, send);
export const saved = (parts = {}) => sent().hear(accepted("aid-1", 1, parts));
export const accepted = (aid: string, revision: number, parts = {}): ToParticipant => ({
  t: "accepted",
  aid,
  revision,
  progress: { asked: 1, answered: 1, percent_answered: 100 },
  ...parts,
});
export const line = (life: Life, status: Status) => life.do({ type: "line", status });

/** So many ms later. */
export function at(life: Life, ms: number): Life {
  life.now += ms;
  return life;
}
