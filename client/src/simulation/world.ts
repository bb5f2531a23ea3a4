// For the simulation (tests/simulation): the outside world of one page. It may
// sleep; its lines speak only when told to; what a page does to it is told in `tell`.

import type { Line, World } from "../socket";

/** What happened: the kind, then its parts. */
export type Told = readonly [kind: string, ...parts: unknown[]];

export class PageLine implements Line {
  onopen: Line["onopen"] = null;
  onmessage: Line["onmessage"] = null;
  onclose: Line["onclose"] = null;
  readonly #number: number;
  readonly #tell: (told: Told) => void;
  constructor(number: number, tell: (told: Told) => void) {
    this.#number = number;
    this.#tell = tell;
  }
  send(data: string): void {
    this.#tell(["send", this.#number, data]);
  }
  close(code?: number): void {
    this.#tell(["close", this.#number, code ?? 1000]);
  }
}

/** mulberry32. */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly run: () => void;
}

/** `time`: true milliseconds since the simulation began; `skew`: what the page's stopwatch adds;
 * `asleep`: nothing happens on it before. */
export class PageWorld implements World {
  time: number;
  skew: number;
  asleep = 0;
  readonly lines: PageLine[] = [];
  readonly random: () => number;
  #timers: Timer[] = [];
  #ids = 0;
  readonly #tell: (told: Told) => void;

  constructor(time: number, skew: number, seed: number, tell: (told: Told) => void) {
    this.time = time;
    this.skew = skew;
    this.random = chance(seed);
    this.#tell = tell;
  }

  connect(): Line {
    const line = new PageLine(this.lines.length, this.#tell);
    this.lines.push(line);
    this.#tell(["connect", this.lines.length - 1]);
    return line;
  }

  later(run: () => void, ms: number): number {
    this.#ids += 1;
    // A browser's timers have whole milliseconds.
    const at = this.time + Math.max(0, Math.ceil(ms));
    this.#timers.push({ id: this.#ids, at, run });
    return this.#ids;
  }

  cancel(id: number): void {
    this.#timers = this.#timers.filter((one) => one.id !== id);
  }

  /** Timers go on afterwards where they were; a stopwatch may have stood still as well. */
  sleep(ms: number, still: boolean): void {
    this.asleep = this.time + ms;
    this.#timers = this.#timers.map((timer) => ({ ...timer, at: timer.at + ms }));
    if (still) this.skew -= ms;
  }

  now(): number {
    return this.time + this.skew;
  }

  /** When the next timer is due. */
  get next(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of this.#timers) if (at < next) next = at;
    return next;
  }

  /** Run the timer that is due first; of several, the oldest. */
  runNext(): void {
    const { next } = this;
    const due = this.#timers.find((one) => one.at === next);
    if (due === undefined) return;
    this.cancel(due.id);
    this.time = next;
    due.run();
  }
}
