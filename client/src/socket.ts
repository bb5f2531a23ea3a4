// The reconnecting socket of both pages: when to connect, to wait, to test the line, to give up. It
// knows no DOM and no meaning of messages but `bye` (why the server closes) and it must never
// reconnect by itself after a close code that stops (docs/protocol.md, Close codes).

import { below } from "./address";
import { SUBPROTOCOL } from "./wire";

export const BEAT_EVERY = 25_000;
export const SILENCE = 40_000;
export const HUNG = 10_000;
export const NUDGE_ANSWER = 3_000;
/** A socket that lived this long forgives the failures before it. */
export const LIVED = 30_000;
/** Failed attempts in a row after which a network that lets pages through is called blocking. */
export const BLOCKED_AFTER = 3;
const LONGEST = 20_000;
/** The close code of a page that sends without end. */
const TOO_FAST = 4013;

export type Verdict = "stop" | "again" | "moved" | "slowly";

/** What a close code asks for. `moved`: this node goes, another takes over soon. */
export function verdict(code: number): Verdict {
  if (code >= 4400 && code < 4500) return "stop";
  if (code === 1000 || code === 1007 || code === 1009) return "stop";
  if (code === 1013 || (code >= 4500 && code < 4600)) return "slowly";
  return code === 4000 || code === 1012 ? "moved" : "again";
}

/** Milliseconds to wait before attempt `n` (0 = the first) since a socket last lived. */
export function backOff(verdict: Exclude<Verdict, "stop">, n: number, random: number): number {
  if (verdict === "slowly") return LONGEST / 4 + random * LONGEST * 0.75;
  const widest = Math.min(LONGEST, 500 * 2 ** n);
  // Everybody on the node comes at once, so even the first try is spread.
  return random * (verdict === "moved" ? Math.max(3_000, widest) : widest);
}

/** Milliseconds until the next beat: 25 s, 20 % more or less. */
export function beatIn(random: number): number {
  return BEAT_EVERY * 0.8 + random * BEAT_EVERY * 0.4;
}

/** What the page may show. `until`: when the next attempt begins, on the clock of `now()`; `code` is 0
 * where the page itself closed. */
export type Status =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  | {
      readonly kind: "waiting";
      readonly until: number;
      readonly failures: number;
      readonly blocked: boolean;
      /** The server asked to come back slowly: it is there, and cannot serve now. */
      readonly slowly: boolean;
    }
  | {
      readonly kind: "stopped";
      readonly code: number;
      readonly why: string;
      /** What `bye` told of it besides. */
      readonly reason?: string;
    };

/** The part of a WebSocket that is used. */
export interface Line {
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: { readonly data: unknown }) => unknown) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => unknown) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** The outside world, so that tests can have their own. */
export interface World {
  connect(url: string): Line;
  later(run: () => void, ms: number): number;
  cancel(id: number): void;
  /** Milliseconds of a stopwatch; it may stand still while the device sleeps. */
  now(): number;
  random(): number;
}

export interface SocketOptions<In> {
  readonly url: string;
  readonly world: World;
  /** The last rev seen, for beats. */
  readonly rev: () => number;
  readonly onMessage: (message: In) => void;
  readonly onStatus: (status: Status) => void;
  /** Whether plain HTTP reaches the server; asked after three failed attempts. */
  readonly httpWorks: () => Promise<boolean>;
}

interface ByeLike {
  readonly t: "bye";
  readonly code: number;
  readonly why: string;
  readonly retry_ms?: number;
  readonly reason?: string;
}

type Timer = "attempt" | "beat" | "silence" | "nudge" | "wait" | "drain" | "next";

export class Socket<In extends { readonly t: string }, Out extends { readonly t: string }> {
  status: Status = { kind: "connecting" };
  #line: Line | null = null;
  /** The line that takes over when this node drains. */
  #next: Line | null = null;
  #timers = new Map<Timer, number>();
  #attempts = 0;
  #failures = 0;
  #openedAt = 0;
  #heard = false;
  #bye: ByeLike | null = null;
  #mayBeCut = true;
  /** The server has called this page too fast, and no line has lived since. */
  #tooFast = false;
  readonly #options: SocketOptions<In>;

  constructor(options: SocketOptions<In>) {
    this.#options = options;
  }

  /** Connect now, whatever was before: the start, "use here", "try again", a new cookie. */
  connect(): void {
    this.#drop(1000);
    this.#attempts = 0;
    this.#failures = 0;
    this.#tooFast = false;
    this.#attempt();
  }

  /** Let go for good, or until `connect`. */
  close(): void {
    this.#drop(1000);
    this.#show({ kind: "stopped", code: 0, why: "" });
  }

  /** False if there is no open line; nothing is queued here. */
  send(message: Out): boolean {
    if (this.status.kind !== "open" || this.#line === null) return false;
    this.#line.send(JSON.stringify(message));
    return true;
  }

  /** The page woke up or the network came back: test an open line, cut a running back-off. */
  nudge(): void {
    const { world } = this.#options;
    if (this.status.kind === "open" && !this.#timers.has("nudge")) {
      this.#beat();
      this.#after("nudge", NUDGE_ANSWER, () => this.#lost());
    } else if (this.status.kind === "waiting" && this.#mayBeCut) {
      const wait = Math.min(this.status.until - world.now(), world.random() * 1_000);
      this.#waitFor(wait, this.status);
    }
  }

  #attempt(): void {
    this.#attempts += 1;
    this.#await(this.#options.world.connect(this.#options.url));
  }

  /** This line is the one from here on, as soon as it opens. */
  #await(line: Line): void {
    this.#adopt(line);
    line.onopen = () => this.#opened();
    this.#after("attempt", HUNG, () => this.#lost());
    this.#show({ kind: "connecting" });
  }

  #adopt(line: Line): void {
    this.#line = line;
    this.#heard = false;
    this.#bye = null;
    this.#openedAt = 0;
    line.onmessage = (event) => this.#received(event.data);
    line.onclose = (event) => this.#closed(event.code, event.reason);
  }

  #opened(): void {
    this.#clear("attempt");
    this.#openedAt = this.#options.world.now();
    this.#after("silence", SILENCE, () => this.#lost());
    this.#planBeat();
    this.#show({ kind: "open" });
  }

  #received(data: unknown): void {
    this.#heard = true;
    this.#failures = 0;
    this.#clear("nudge");
    this.#after("silence", SILENCE, () => this.#lost());
    const message = parse(data);
    if (message === null) return;
    if (message.t === "bye") this.#bye = message as unknown as ByeLike;
    if (message.t === "drain") {
      const { within_ms: within } = message as unknown as { readonly within_ms: number };
      this.#after("drain", this.#options.world.random() * within, () => this.#openNext());
    }
    this.#options.onMessage(message as In);
  }

  /** This node goes: the next line opens while the old one still talks, so that nobody waits. */
  #openNext(): void {
    const next = this.#options.world.connect(this.#options.url);
    this.#next = next;
    next.onopen = () => {
      this.#next = null;
      this.#drop(1000);
      this.#adopt(next);
      this.#opened();
    };
    next.onclose = () => this.#dropNext();
    this.#after("next", HUNG, () => this.#dropNext());
  }

  #dropNext(): void {
    this.#clear("next");
    if (this.#next) letGo(this.#next, 1000);
    this.#next = null;
  }

  #planBeat(): void {
    this.#after("beat", beatIn(this.#options.world.random()), () => {
      this.#beat();
      this.#planBeat();
    });
  }

  #beat(): void {
    this.#line?.send(JSON.stringify({ t: "beat", rev: this.#options.rev() }));
  }

  /** The line is dead although nobody said so. A closing handshake over it could take minutes. */
  #lost(): void {
    this.#drop(4009);
    this.#closed(4009, "");
  }

  #closed(code: number, reason: string): void {
    const bye = this.#bye;
    const heard = this.#heard;
    const next = this.#next;
    this.#next = null;
    this.#drop();
    const { world } = this.#options;
    // A bye whose close frame got lost still says what is so.
    const said = bye && (code === 1005 || code === 1006) ? bye.code : code;
    if (this.#openedAt && world.now() - this.#openedAt >= LIVED) {
      this.#attempts = 0;
      this.#tooFast = false;
    }
    const asked = verdict(said);
    // A page that is too fast once more would be so for ever.
    if (asked === "stop" || (said === TOO_FAST && this.#tooFast)) {
      if (next) letGo(next, 1000);
      const told = bye?.reason === undefined ? {} : { reason: bye.reason };
      this.#show({ kind: "stopped", code: said, why: bye?.why || reason, ...told });
      return;
    }
    this.#tooFast ||= said === TOO_FAST;
    if (next) {
      this.#await(next);
      return;
    }
    this.#failures = heard ? 0 : this.#failures + 1;
    const n = Math.max(0, this.#attempts - 1);
    this.#mayBeCut = bye?.retry_ms === undefined;
    const slowly = asked === "slowly";
    this.#waitFor(bye?.retry_ms ?? backOff(asked, n, world.random()), { blocked: false, slowly });
    if (this.#failures >= BLOCKED_AFTER) void this.#askWhetherBlocked();
  }

  #waitFor(ms: number, { blocked, slowly }: { blocked: boolean; slowly: boolean }): void {
    const until = this.#options.world.now() + Math.max(0, ms);
    this.#after("wait", Math.max(0, ms), () => this.#attempt());
    this.#show({ kind: "waiting", until, failures: this.#failures, blocked, slowly });
  }

  async #askWhetherBlocked(): Promise<void> {
    const works = await this.#options.httpWorks();
    if (works && this.status.kind === "waiting") this.#show({ ...this.status, blocked: true });
  }

  #drop(code?: number): void {
    for (const name of this.#timers.keys()) this.#clear(name);
    this.#dropNext();
    const line = this.#line;
    this.#line = null;
    if (line) letGo(line, code);
  }

  #show(status: Status): void {
    this.status = status;
    this.#options.onStatus(status);
  }

  #after(name: Timer, ms: number, run: () => void) {
    this.#clear(name);
    const { world } = this.#options;
    this.#timers.set(
      name,
      world.later(() => {
        this.#timers.delete(name);
        run();
      }, ms),
    );
  }

  #clear(name: Timer): void {
    const id = this.#timers.get(name);
    if (id !== undefined) this.#options.world.cancel(id);
    this.#timers.delete(name);
  }
}

/** Hear nothing more of a line; with a code, close it. */
function letGo(line: Line, code?: number): void {
  line.onopen = line.onmessage = line.onclose = null;
  if (code !== undefined) line.close(code);
}

function parse(data: unknown): { readonly t: string } | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" &&
      value !== null &&
      "t" in value &&
      typeof value.t === "string"
      ? { ...value, t: value.t }
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The browser's. A stopwatch, not the phone's clock: that one jumps when people or the network set it. */
export const browserWorld: World = {
  connect: (url) => new WebSocket(url, SUBPROTOCOL) as unknown as Line,
  later: (run, ms) => setTimeout(run, ms) as unknown as number,
  cancel: (id) => clearTimeout(id),
  now: () => performance.now(),
  random: () => Math.random(),
};

/** Where a socket path of this page's own server is. */
export function socketUrl(path: string, location: Location): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${below(path)}`;
}
