// For the simulation: what one device keeps. Writes take a moment, in order; those of a page that is
// gone are never done, as in a browser.

import { type DeviceRecord, type DeviceStore, rememberedDevices } from "../device";
import type { Answers, Kept } from "../participant/answers";
import type { KeptStore } from "../participant/kept_store";
import type { PageWorld, Told } from "./world";

/** A write takes up to this; some take up to `SLOW`. Milliseconds. */
const QUICK = 30;
const SLOW = 400;

/** A browser that can make no key, as on plain http: making one would take real time. */
const KEYLESS: DeviceRecord = { pid: "", attempt: "", tab: 0, keys: null, joined: false };

function keyless(): DeviceStore {
  const devices = rememberedDevices();
  return { ...devices, read: async (name) => (await devices.read(name)) ?? KEYLESS };
}

export class Disk {
  readonly devices = keyless();
  /** By link, then question: JSON, so that nothing is shared with a page. */
  readonly #kept = new Map<string, Map<number, string>>();

  /** As this page sees it. */
  of(world: PageWorld, tell: (told: Told) => void): KeptStore {
    let free = 0;
    const done = (ms: number) =>
      new Promise<void>((resolve) => {
        free = Math.max(free, world.time + ms);
        world.later(resolve, free - world.time);
      });
    const wait = () => world.random() * (world.random() < 0.1 ? SLOW : QUICK);
    return {
      load: async (name) => {
        await done(1);
        return this.#read(name);
      },
      save: async (name, question, kept: Kept) => {
        const text = JSON.stringify(kept);
        await done(wait());
        this.#link(name).set(question, text);
        tell(["disk", question, kept]);
      },
      forget: async (name) => {
        await done(wait());
        this.#kept.delete(name);
      },
    };
  }

  #link(name: string): Map<number, string> {
    const known = this.#kept.get(name) ?? new Map<number, string>();
    this.#kept.set(name, known);
    return known;
  }

  #read(name: string): Answers {
    const texts = [...this.#link(name)];
    return Object.fromEntries(texts.map(([question, text]) => [question, JSON.parse(text)]));
  }
}
