// The asking side of a take-over: shows the letters, tries to join every five seconds until somebody
// said yes, ten minutes have passed, or the person stops. Begun by a tap alone.

import type { ParticipantApi } from "../api";
import type { Device } from "../device";
import type { World } from "../socket";
import type { Joined, Refusal } from "../wire";
import { serverTime } from "./clock";
import { type Link, proved, unreached } from "./proved";
import type { Gate, PageState } from "./state";

const JOIN_EVERY = 5_000;

export interface AskingOptions {
  readonly api: ParticipantApi;
  readonly world: World;
  readonly link: Link;
  readonly state: () => PageState;
  readonly show: (gate: Gate) => void;
  readonly joined: (device: Device, joined: Joined) => Promise<void>;
  readonly refused: (refusal: Refusal) => void;
}

const REFUSED = { kind: "refused", code: "other_device", why: "" } as const;

export class Asking {
  /** Another one for each request, so that a late answer to one that was stopped is not heard. */
  #round = 0;
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  async ask(opened: () => Promise<Device>): Promise<void> {
    const { api, link, show, refused } = this.#options;
    const round = this.#begin();
    show({ ...REFUSED, deed: "busy" });
    const device = await opened();
    const result = await proved(api, device, link, "takeover");
    if (round !== this.#round) return;
    if (result.ok) {
      const { letters, expires_in: seconds, moves_in: moves } = result.value;
      const until = this.#now() + seconds * 1_000;
      const movesAt = moves === undefined ? null : this.#now() + moves * 1_000;
      show({ kind: "asking", letters, until, movesAt });
      this.#joinLater(device, round, until);
    } else if (unreached(result)) show({ ...REFUSED, deed: "failed" });
    else if (result.refusal.code === "other_device" && result.refusal.reason === undefined) {
      // The link is free by now, and the tap asked to go on here.
      await this.#join(device, round, 0);
    } else refused(result.refusal);
  }

  /** "Stop asking": the request lapses by itself. */
  stop(): void {
    this.#begin();
    this.#options.show(REFUSED);
  }

  #begin(): number {
    this.#round += 1;
    return this.#round;
  }

  #joinLater(device: Device, round: number, until: number): void {
    const { world } = this.#options;
    world.later(() => {
      if (round === this.#round && this.#now() < until) void this.#join(device, round, until);
    }, JOIN_EVERY);
  }

  /** The server's clock. */
  #now(): number {
    const { state, world } = this.#options;
    return serverTime(state(), world.now());
  }

  async #join(device: Device, round: number, until: number): Promise<void> {
    const { api, link, joined, refused } = this.#options;
    const result = await proved(api, device, link, "join");
    if (round !== this.#round) return;
    if (result.ok) await joined(device, result.value);
    else if (until && (unreached(result) || WAITS.has(result.refusal.code))) {
      this.#joinLater(device, round, until);
    } else if (unreached(result)) this.#options.show({ ...REFUSED, deed: "failed" });
    else refused(result.refusal);
  }
}

/** What says neither yes nor no. */
const WAITS = new Set(["other_device", "unavailable", "slow_down", "proof"]);
