// On the device that has the link: another one asks to go on with it. Pure. The letters stand only on
// the asking device and in the control room; whoever types them here has seen that one.

import type { Takeover } from "../wire";

/** How long a request waits: as on the server. Milliseconds. */
const LIFE = 10 * 60_000;
const TRIES = 5;
/** Two messages about one request give its time within this. */
const SAME = 5_000;

/** `hidden`: it was put aside; `wrong`: the letters typed last were not its; `busy`: letters are on
 * their way. */
export interface Request {
  /** ms of the server's clock. */
  readonly askedAt: number;
  readonly triesLeft: number;
  readonly hidden: boolean;
  readonly wrong: boolean;
  readonly busy: boolean;
}

/** What the server's word makes of what is known. After a wrong try it does not say again since when
 * the request waits; on a new line it repeats one that was put aside. */
export function requested(known: Request | null, message: Takeover, now: number): Request {
  const { since, tries_left: triesLeft } = message;
  const askedAt = now - since * 1_000;
  const another =
    known === null ||
    now >= known.askedAt + LIFE ||
    triesLeft > known.triesLeft ||
    (triesLeft === TRIES && Math.abs(askedAt - known.askedAt) > SAME);
  if (another) return { askedAt, triesLeft, hidden: false, wrong: triesLeft < TRIES, busy: false };
  return { ...known, triesLeft, wrong: triesLeft < TRIES, busy: false };
}

/** Whether people are asked about it now. */
export function isAsked(request: Request | null, now: number): request is Request {
  return request !== null && !request.hidden && now < request.askedAt + LIFE;
}
