// For tests: a page's state that lives through what it hears and what people do.

import type { About, Item, Seen, ToParticipant, Welcome } from "../wire";
import { answerStatus } from "./answer_status";
import { screenOf } from "./screen";
import { type Action, begin, type PageState, reduce } from "./state";

export const NOW = 1_000_000;
export const ABOUT: About = {
  title: "A conversation",
  phase: "published",
  links: "unique",
  zone: "Europe/Berlin",
  duration: 60,
  max_participants: 10,
  starts_in: 3_600,
  now: NOW,
};
export const PROGRESS = { asked: 0, answered: 0, percent_answered: null };
export const OPEN = { kind: "open" } as const;

export function question(id: number, type: Item["type"] = "open_text"): Item {
  return { id, type, number: id, text: `Question ${id}?` };
}

export function welcome(items: readonly Seen[] = [], parts: Partial<Welcome> = {}): ToParticipant {
  return {
    t: "welcome",
    epoch: "e1",
    rev: 10,
    mine: [],
    progress: PROGRESS,
    heartbeat_ms: 25_000,
    now: NOW,
    limits: { text: 2_000, unacknowledged: 16, frame: 32_768 },
    state: { title: "A conversation", phase: "live", items },
    ...parts,
  };
}

/** For tests: a page that lives through actions; frames get their revs in order. */
export class Life {
  state: PageState = begin("p0123456789abcd10");
  #rev = 10;
  #ids = 0;
  now = NOW;

  do(...actions: Action[]): this {
    for (const action of actions) {
      this.state = reduce(this.state, action, () => {
        this.#ids += 1;
        return `aid-${this.#ids}`;
      });
    }
    return this;
  }

  hear(...messages: ToParticipant[]): this {
    return this.do(
      ...messages.map((message) => ({ type: "message", message, now: this.now }) as const),
    );
  }

  inside(...items: Seen[]): this {
    return this.do({ type: "line", status: OPEN }).hear(welcome(items));
  }

  event(event: Extract<ToParticipant, { t: "event" }>["event"]): this {
    this.#rev += 1;
    return this.hear({ t: "event", rev: this.#rev, prev: this.#rev - 1, event });
  }

  get screen() {
    return screenOf(this.state, this.now);
  }

  /** The status of the question on screen. */
  get status() {
    const screen = this.screen;
    if (screen.kind !== "question") throw new Error(screen.kind);
    return answerStatus(this.state, screen.seen);
  }
}

export function openNow(id: number, type?: Item["type"]): Seen {
  return { item: question(id, type), status: "open" };
}

export const about = (parts: Partial<About> = {}) =>
  ({ type: "about", about: { ...ABOUT, ...parts }, now: NOW }) as const;
export const outside = {
  type: "gate",
  gate: { kind: "outside", check: "none", join: "none" },
} as const;
