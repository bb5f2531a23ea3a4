// For tests: a participant page whose server, network, clock and storage do what they are told.

import { expect, vi } from "vitest";
import type { ParticipantApi, Result } from "../api";
import { type DeviceStore, rememberedDevices } from "../device";
import { type FakeLine, FakeWorld } from "../fake_world";
import type {
  About,
  FromParticipant,
  Item,
  Join,
  Joined,
  Ready,
  TakeoverAsked,
  Welcome,
} from "../wire";
import { type KeptStore, rememberedAnswers } from "./kept_store";
import { screenOf } from "./screen";
import { Session } from "./session";

export const PID = "p0123456789abcd10";
export const ITEM: Item = { id: 1, type: "open_text", number: 1, text: "Why?" };
export const PROGRESS = { asked: 1, answered: 0, percent_answered: 0 };

export function about(parts: Partial<About> = {}): About {
  const base = { title: "A", phase: "live", links: "unique", zone: "UTC", duration: 60 } as const;
  return { ...base, max_participants: 10, starts_in: null, now: 0, ...parts };
}

export function welcome(parts: Partial<Welcome> = {}): Welcome {
  return {
    t: "welcome",
    epoch: "e1",
    rev: 5,
    mine: [],
    progress: PROGRESS,
    heartbeat_ms: 25_000,
    now: 0,
    limits: { text: 2_000, unacknowledged: 16, frame: 32_768 },
    state: { title: "A", phase: "live", items: [{ item: ITEM, status: "open" }] },
    ...parts,
  };
}

export const no = (code: string, more: object = {}): Result<never> => ({
  ok: false,
  status: 409,
  refusal: { code, why: "Why.", ...more },
});
export const yes = <T>(value: T): Result<T> => ({ ok: true, value });

/** For tests: a page, its server over HTTP, and what it keeps. */
export class Scene {
  readonly world = new FakeWorld();
  about: Result<About> = yes(about());
  join: Result<Joined>[] = [];
  joins: Join[] = [];
  takeover: Result<TakeoverAsked>[] = [];
  takeovers: Join[] = [];
  forget: Result<unknown> = yes({});
  forgets: Join[] = [];
  checked: Result<Ready> = yes({ ready: true, phase: "live" });
  reported = 0;
  signedOut: Result<unknown> = yes({});
  agreed = 0;
  links: (string | null)[] = [];
  nonces = 0;
  readonly session: Session;

  readonly devices: DeviceStore;
  readonly kept: KeptStore;

  constructor(devices = rememberedDevices(), kept = rememberedAnswers(), pid: string | null = PID) {
    this.devices = devices;
    this.kept = kept;
    const api: ParticipantApi = {
      about: async () => this.about,
      check: async () => this.checked,
      nonce: async () => {
        this.nonces += 1;
        return yes({ nonce: `n${this.nonces}`, expires_in: 60 });
      },
      join: async (body) => {
        this.joins.push(body);
        return this.join.shift() ?? yes({ assurance: "key", welcome: welcome() });
      },
      takeover: async (body) => {
        this.takeovers.push(body);
        return this.takeover.shift() ?? yes({ letters: "KRMT", expires_in: 600 });
      },
      forget: async (body) => {
        this.forgets.push(body);
        return this.forget;
      },
      damaged: async () => {
        this.reported += 1;
        return yes({});
      },
      signOut: async () => this.signedOut,
    };
    this.session = new Session({
      slug: "talk",
      pid,
      api,
      world: this.world,
      url: "ws://here",
      devices,
      kept,
      forgets: false,
      agreed: false,
      onAgreed: () => {
        this.agreed += 1;
      },
      onLink: (link) => {
        this.links.push(link);
      },
      onChange: () => {},
    });
  }

  get line(): FakeLine {
    return this.world.line;
  }

  get screen() {
    return screenOf(this.session.state, this.world.now());
  }

  sent<T extends FromParticipant["t"]>(t: T, line = this.line) {
    return line.sent
      .map((data) => JSON.parse(data) as FromParticipant)
      .filter((one) => one.t === t) as Extract<FromParticipant, { t: T }>[];
  }

  /** The line opens and the server asks for a proof. */
  challenge(nonce = "c1"): void {
    this.line.open();
    this.line.say({ t: "challenge", nonce, now: 0 });
  }

  async hello(count = 1) {
    return vi.waitFor(() => {
      expect(this.sent("hello")).toHaveLength(count);
      return this.sent("hello").at(-1);
    });
  }

  /** Joined, greeted, with the question open. */
  async inside(): Promise<this> {
    await this.session.start();
    this.challenge();
    await this.session.door.join();
    await this.hello();
    this.line.say(welcome());
    return this;
  }

  answer(text: string): void {
    this.session.dispatch({ type: "draft", question: 1, draft: { text } });
    this.session.submit(1);
  }

  async answers(count: number) {
    return vi.waitFor(() => {
      expect(this.sent("answer")).toHaveLength(count);
      return this.sent("answer");
    });
  }
}

/** What a proof says. */
export function payload(proof: string | undefined): Record<string, unknown> {
  const part = (proof ?? "").split(".")[1] ?? "";
  return JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
}
