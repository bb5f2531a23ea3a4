// The participant page's work in the outside world: it asks, joins, says hello, keeps answers before it
// sends them and sends them again until the server has spoken. What anything means is decided in
// state.ts; this module never shows an answer as saved.

import type { ParticipantApi, Result } from "../api";
import { type Device, type DeviceStore, linkName, noteJoined, openDevice, uuid } from "../device";
import { Socket, type Status, type World } from "../socket";
import type { FromParticipant, Joined, Refusal, ToParticipant } from "../wire";
import { keptOf, unsent } from "./answers";
import { check } from "./draft";
import type { KeptStore } from "./kept_store";
import { Outbox } from "./outbox";
import { phaseOf, waits } from "./screen";
import { type Action, begin, type PageState, reduce } from "./state";

const APP = "participant 1";
const REFRESH = 60_000;
const RETRY_ABOUT = 5_000;
const RESYNC_EVERY = 2_000;
/** The thank-you page asks for its numbers at a random moment within this. */
const SPREAD_END = 5_000;
const SPREAD_ARRIVAL = 30_000;

export interface SessionOptions {
  readonly slug: string;
  readonly pid: string | null;
  readonly api: ParticipantApi;
  readonly world: World;
  readonly url: string;
  readonly devices: DeviceStore;
  readonly kept: KeptStore;
  readonly forgets: boolean;
  readonly onChange: (state: PageState) => void;
}

export class Session {
  state: PageState;
  #device: Device | null = null;
  #nonce: string | null = null;
  #greeted = false;
  #aboutAt = 0;
  #resyncAt = Number.NEGATIVE_INFINITY;
  #resyncPlanned = false;
  #askWhole = false;
  #tryAgain: (() => void) | null = null;
  readonly #spread: number;
  readonly #name: string;
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #socket: Socket<ToParticipant, FromParticipant>;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#spread = options.world.random() * SPREAD_ARRIVAL;
    this.#name = linkName(options.slug, options.pid ?? "");
    this.state = { ...begin(options.pid), forgets: options.forgets };
    this.#socket = new Socket<ToParticipant, FromParticipant>({
      url: options.url,
      world: options.world,
      rev: () => this.state.conversation?.rev ?? 0,
      onMessage: (message) => this.#received(message),
      onStatus: (status) => this.#lineChanged(status),
      httpWorks: async () => (await options.api.about()).ok,
    });
    this.#outbox = new Outbox({
      world: options.world,
      save: (question, kept) => options.kept.save(this.#name, question, kept),
      ready: () => this.#greeted,
      send: (message) => this.#greeted && this.#socket.send(message),
      suspect: () => this.#socket.nudge(),
      slow: () => this.dispatch({ type: "slow" }),
      forgets: () => this.dispatch({ type: "forgets" }),
    });
  }

  dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action, uuid);
    // What was just read from the disk need not be written there.
    const known = action.type === "device" ? this.state.answers : before.answers;
    this.#outbox.changed(known, this.state, action.type === "draft");
    if (this.state.gap) this.#resync();
    if (ended(this.state) && before.conversation !== null && !ended(before)) {
      this.#options.world.later(() => this.#resync(), this.#options.world.random() * SPREAD_END);
    }
    this.#options.onChange(this.state);
  }

  /** Find out where we are; a browser that has joined goes on without a tap. */
  async start(): Promise<void> {
    if (!(await this.#ask())) return;
    const record = await this.#options.devices.read(this.#name);
    if (!record?.joined) {
      this.dispatch({ type: "gate", gate: { kind: "outside", check: "none", join: "none" } });
      this.tick();
      return;
    }
    await this.#open();
    this.dispatch({ type: "gate", gate: { kind: "inside" } });
    this.#socket.connect();
  }

  /** Once a second: what is due by the clock. */
  tick(): void {
    const { state } = this;
    const now = this.#options.world.now();
    const { gate } = state;
    if (gate.kind === "refused" && gate.retryAt !== undefined && now >= gate.retryAt) {
      this.dispatch({ type: "gate", gate: { kind: "outside", check: "none", join: "none" } });
      this.#tryAgain?.();
    } else if (gate.kind === "unreachable") {
      if (now - this.#aboutAt >= RETRY_ABOUT) void this.start();
    } else if (gate.kind === "refused" && gate.code === "not_open") {
      if (now - this.#aboutAt >= REFRESH) void this.start();
    } else if (gate.kind === "outside" && isIdle(state.line)) {
      const phase = phaseOf(state);
      // The waiting room opens for everybody at one moment; their sockets come one by one.
      const coming = phase === "published" && waits(state, now - this.#spread);
      if (phase === "live" || phase === "flex" || coming) this.#socket.connect();
      else if (phase !== "ended" && now - this.#aboutAt >= REFRESH) void this.#ask();
    }
  }

  /** The page was shown again, or the network is back. */
  wake(): void {
    if (!isIdle(this.state.line)) this.#socket.nudge();
    else if (this.state.gate.kind === "outside") void this.#ask();
  }

  /** Before the page may go away. */
  rest(): void {
    this.#outbox.keepNow();
  }

  async check(): Promise<void> {
    const gate = { kind: "outside", join: "none" } as const;
    this.dispatch({ type: "gate", gate: { ...gate, check: "checking" } });
    const { pid, api } = this.#options;
    const result = await api.check(pid === null ? {} : { pid });
    if (result.ok) this.dispatch({ type: "gate", gate: { ...gate, check: "ready" } });
    else if (unreached(result)) this.dispatch({ type: "gate", gate: { ...gate, check: "later" } });
    else this.#refused(result.refusal, () => void this.check());
  }

  /** The tap on Join. */
  async join(): Promise<void> {
    const gate = { kind: "outside", check: "none" } as const;
    if (this.state.gate.kind === "outside" && this.state.gate.join === "busy") return;
    this.dispatch({ type: "gate", gate: { ...gate, join: "busy" } });
    const device = this.#device ?? (await this.#open());
    let result = await this.#joinWith(device);
    // A nonce may have run out on the way; a second refusal is the browser's.
    if (!result.ok && result.refusal.code === "proof") result = await this.#joinWith(device);
    if (result.ok) await this.#joined(device, result.value);
    else if (unreached(result)) this.dispatch({ type: "gate", gate: { ...gate, join: "failed" } });
    else this.#refused(result.refusal, () => void this.join());
  }

  /** "Use here": this tab becomes the newest; what the other one kept is read again. */
  async useHere(): Promise<void> {
    await this.#open();
    this.#socket.connect();
  }

  /** "Try again", after a stop or while the line waits. */
  async again(): Promise<void> {
    if (this.state.line?.kind === "stopped") {
      this.#socket.close();
      await this.start();
    } else this.#socket.connect();
  }

  /** Send what is in the fields of this question, or say what is wrong with it. */
  submit(question: number): void {
    const seen = this.state.conversation?.items.find((one) => one.item.id === question);
    if (seen === undefined) return;
    const draft = keptOf(this.state.answers, question).draft ?? {};
    const checked = check(seen.item, draft, this.state.textLimit);
    if (checked.ok) this.dispatch({ type: "send", question, body: checked.body });
    else this.dispatch({ type: "problem", problem: checked.problem });
  }

  async #ask(): Promise<boolean> {
    const { api, world } = this.#options;
    this.#aboutAt = world.now();
    const result = await api.about();
    if (result.ok) {
      this.dispatch({ type: "about", about: result.value, now: world.now() });
      return true;
    }
    if (!unreached(result)) this.#refused(result.refusal, () => void this.start());
    else if (this.state.about === null) {
      this.dispatch({ type: "gate", gate: { kind: "unreachable" } });
    }
    return false;
  }

  async #open(): Promise<Device> {
    const { devices, kept } = this.#options;
    await this.#outbox.keepNow();
    const device = await openDevice(devices, this.#name);
    const answers = await kept.load(this.#name);
    this.#device = device;
    this.dispatch({ type: "device", answers, seed: device.attempt });
    return device;
  }

  async #joinWith(device: Device): Promise<Result<Joined>> {
    const { api, slug, pid } = this.#options;
    const { attempt } = device;
    const link = pid === null ? {} : { pid };
    if (device.keys === null) return api.join({ attempt, ...link });
    const fresh = await api.nonce();
    if (!fresh.ok) return fresh;
    const claims = {
      nonce: fresh.value.nonce,
      slug,
      pid: pid ?? "",
      attempt,
      use: "join",
    } as const;
    const proof = await device.prove(claims);
    return api.join(proof === null ? { attempt, ...link } : { attempt, ...link, proof });
  }

  async #joined(device: Device, { assurance, welcome }: Joined): Promise<void> {
    this.#device = await noteJoined(this.#options.devices, this.#name, device, true);
    this.dispatch({ type: "message", message: welcome, now: this.#options.world.now() });
    // The cookie travels with the upgrade: a socket from before the join does not have it.
    const open = this.state.line?.kind === "open" && this.#nonce !== null;
    if (assurance === "key" && open) await this.#hello();
    else this.#socket.connect();
  }

  #refused(refusal: Refusal, tryAgain: () => void): void {
    const { code, why, retry_ms } = refusal;
    this.#tryAgain = tryAgain;
    const wait = retry_ms ?? (code === "slow_down" || code === "unavailable" ? 10_000 : undefined);
    const retry = wait === undefined ? {} : { retryAt: this.#options.world.now() + wait };
    this.dispatch({ type: "gate", gate: { kind: "refused", code, why, ...retry } });
  }

  async #hello(): Promise<void> {
    const { slug, pid } = this.#options;
    const device = this.#device;
    const nonce = this.#nonce;
    if (device === null || nonce === null) return;
    const proof = await device.prove({ nonce, slug, pid: pid ?? "", attempt: "", use: "hello" });
    // The line may have changed while the proof was made.
    if (nonce !== this.#nonce) return;
    const { conversation } = this.state;
    this.#socket.send({
      t: "hello",
      tab: device.tab,
      app: APP,
      ...(pid !== null && { link: pid }),
      ...(proof !== null && { proof }),
      ...(conversation && { resume: { epoch: conversation.epoch, rev: conversation.rev } }),
    });
  }

  #received(message: ToParticipant): void {
    if (message.t === "challenge") this.#nonce = message.nonce;
    if (message.t === "accepted") this.#outbox.settled(message.aid);
    if (message.t === "refused") this.#outbox.refused(message);
    if (message.t === "welcome") this.#greeted = true;
    this.dispatch({ type: "message", message, now: this.#options.world.now() });
    if (message.t === "welcome") {
      this.#askWhole = this.state.gap;
      this.#outbox.flush(this.state);
    }
    if (message.t === "challenge" && this.#device?.joined) void this.#hello();
  }

  #lineChanged(status: Status): void {
    if (status.kind !== "open") {
      this.#nonce = null;
      this.#greeted = false;
      this.#outbox.lineLost();
    }
    this.dispatch({ type: "line", status });
    // The binding is gone: from here on only a tap on Join may make a new one.
    if (status.kind === "stopped" && status.code === 4404 && this.#device) {
      void noteJoined(this.#options.devices, this.#name, this.#device, false);
      this.#device = null;
    }
  }

  #resync(): void {
    const { world } = this.#options;
    if (this.#resyncPlanned || !this.#greeted) return;
    const wait = Math.max(0, this.#resyncAt + RESYNC_EVERY - world.now());
    this.#resyncPlanned = true;
    world.later(() => {
      this.#resyncPlanned = false;
      this.#resyncAt = world.now();
      const { conversation } = this.state;
      // Deltas that do not fit can only be mended by the whole state, which no epoch asks for.
      const known = this.#askWhole ? null : conversation;
      const { epoch, rev } = known ?? { epoch: "", rev: 0 };
      this.#socket.send({ t: "resync", epoch, rev });
    }, wait);
  }

  /** How many answers are on their way: for the browser's question before it closes the page. */
  get unsent(): number {
    return unsent(this.state.answers).length;
  }
}

/** No line, or one that this page closed itself. */
function isIdle(line: Status | null): boolean {
  return line === null || (line.kind === "stopped" && line.code === 0);
}

function ended(state: PageState): boolean {
  return state.conversation?.phase === "ended";
}

/** Nothing came back, or nothing that the server itself said. */
function unreached(result: Result<unknown>): boolean {
  if (result.ok) return false;
  const { code } = result.refusal;
  return code === "offline" || code === "unreadable";
}
