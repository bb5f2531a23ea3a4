// The server's clock, as this page knows it. Pure. The page's own clock is a stopwatch: what people do
// to the clock of their phone moves no deadline. A stopwatch may stand still while a phone sleeps, so
// every word of the server's `now` sets this right again.

/** How far the server's clock goes back before that is believed. Milliseconds. */
const SET_BACK = 5_000;
/** What two clocks that ran side by side may differ by. */
const SLEPT = 2_000;

/** The server's clock minus this page's, ms, after a frame that was made at `told` (server) came at
 * `now` (page). A frame is only ever late: of two words the one that puts the server later is nearer
 * the truth, and a countdown does not jump with every slow frame. */
export function skewAfter(skew: number, told: number, now: number): number {
  const heard = told - now;
  return heard > skew || skew - heard > SET_BACK ? heard : skew;
}

/** Whether the page's clock stood still, or the server's was set: what was counted is to be asked for. */
export function wasAsleep(before: number, after: number): boolean {
  return Math.abs(after - before) > SLEPT;
}

/** The server's clock at the moment that is `now` here, ms since 1970, UTC. */
export function serverTime(state: { readonly skew: number }, now: number): number {
  return now + state.skew;
}

/** Sees from outside that this device slept or its clock was set: the wall's clock and the stopwatch
 * went apart. Which of the two it was, only the server can say. */
export class Drift {
  #apart: number;

  constructor(wall: number, stopwatch: number) {
    this.#apart = wall - stopwatch;
  }

  /** Called now and then; whether they went apart since the last call. */
  seen(wall: number, stopwatch: number): boolean {
    const apart = wall - stopwatch;
    const before = this.#apart;
    this.#apart = apart;
    return wasAsleep(before, apart);
  }
}
