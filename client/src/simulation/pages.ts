// For the simulation: many simulations' pages at once. A simulation's pages live through their timers
// and the orders that come to them in the order of true time, up to a horizon. Nothing reaches the
// server or comes from it faster than `LATENCY`, so a horizon moves closer when a page sends something.

import { Disk } from "./disk";
import { type Order, Page } from "./page";
import type { Told } from "./world";

/** Milliseconds: on both sides the same (tests/simulation/network.py). */
const LATENCY = 20;

type Sent = readonly [time: number, page: number, ...order: Order];
/** What to do: the simulation, its horizon, orders in the order of time. */
export type Task = readonly [simulation: number, horizon: number, orders: readonly Sent[]];
/** What came of it: the simulation, when its next timer is due, what happened. */
export type Result = readonly [simulation: number, next: number, told: readonly unknown[]];

const REACTS: ReadonlySet<string> = new Set(["connect", "send", "close", "http"]);

class Simulation {
  readonly #pages = new Map<number, Page>();
  readonly #disks = new Map<number, Disk>();
  #orders: Sent[] = [];
  #told: unknown[] = [];
  #horizon = 0;
  #time = 0;

  begin(horizon: number, orders: readonly Sent[]): void {
    this.#orders.push(...orders);
    this.#order();
    this.#told = [];
    this.#horizon = horizon;
  }

  /** By time; what comes to a page that sleeps waits until it wakes, in the order in which it came. */
  #order(): void {
    const at = ([time, page]: Sent) => Math.max(time, this.#pages.get(page)?.world.asleep ?? 0);
    this.#orders.sort((one, other) => at(one) - at(other) || one[0] - other[0]);
  }

  /** When the next order is due. */
  get #due(): number {
    const first = this.#orders[0];
    if (first === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(first[0], this.#pages.get(first[1])?.world.asleep ?? 0);
  }

  /** One thing, if there is one before the horizon. */
  step(): boolean {
    let first: Page | null = null;
    let at = this.#due;
    for (const page of this.#pages.values()) {
      if (page.world.next < at) {
        at = page.world.next;
        first = page;
      }
    }
    if (at >= this.#horizon) return false;
    this.#time = at;
    if (first !== null) first.world.runNext();
    else this.#obey(this.#orders.shift() as Sent);
    return true;
  }

  #obey([, number, kind, ...parts]: Sent): void {
    const time = this.#time;
    if (kind === "page") {
      const [device, pid, skew, seed] = parts as [number, string, number, number];
      const disk = this.#disks.get(device) ?? new Disk();
      this.#disks.set(device, disk);
      const tell = (told: Told) => this.#tell(number, told);
      this.#pages.set(number, new Page(pid, time, skew, seed, disk, tell));
    } else if (kind === "kill") {
      this.#pages.delete(number);
    } else {
      const page = this.#pages.get(number);
      if (page === undefined) return;
      page.world.time = time;
      page.take([kind, ...parts]);
      if (kind === "sleep") this.#order();
    }
  }

  #tell(page: number, told: Told): void {
    // A page that is gone does nothing any more.
    if (told[0] !== "connect" && told[0] !== "http" && !this.#pages.has(page)) return;
    this.#told.push([this.#time, page, ...told]);
    if (REACTS.has(told[0])) {
      this.#horizon = Math.min(this.#horizon, this.#time + 2 * LATENCY);
    }
  }

  witness(): void {
    for (const page of this.#pages.values()) page.witness();
  }

  end(): readonly [next: number, told: readonly unknown[]] {
    let next = this.#due;
    for (const page of this.#pages.values()) next = Math.min(next, page.world.next);
    return [Number.isFinite(next) ? next : -1, this.#told];
  }
}

const simulations = new Map<number, Simulation>();

/** All that promises still have to do. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Let the simulations of these tasks go on, each up to its horizon, one step each at a time.
 * `rest`: until promises have settled; a host may know a quicker way. */
export async function goOn(
  tasks: readonly Task[],
  rest: () => Promise<void> = settled,
): Promise<Result[]> {
  const all = tasks.map(([number, horizon, orders]) => {
    const simulation = simulations.get(number) ?? new Simulation();
    simulations.set(number, simulation);
    simulation.begin(horizon, orders);
    return { number, simulation };
  });
  let active = all;
  while (active.length > 0) {
    active = active.filter(({ simulation }) => simulation.step());
    await rest();
    for (const { simulation } of active) simulation.witness();
  }
  return all.map(({ number, simulation }) => [number, ...simulation.end()] as const);
}

/** These are over. */
export function drop(numbers: readonly number[]): void {
  for (const number of numbers) simulations.delete(number);
}
