// The participant page's work in the outside world: it asks, joins, says hello, keeps answers before it
// sends them and sends them again until the server has spoken. What anything means is decided in
// state.ts; this module never shows an answer as saved.

import type { ParticipantApi } from "../api";
import { type Device, type DeviceStore, noteJoined, openDevice, uuid } from "../device";
import { Socket, type Status, type World } from "../socket";
import type { FromParticipant, Joined, ToParticipant } from "../wire";
import { keptOf, unsent } from "./answers";
import { Door } from "./door";
import { check } from "./draft";
import type { KeptStore } from "./kept_store";
import { Outbox } from "./outbox";
import { nameOf } from "./pid";
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
  readonly agreed: boolean;
  /** The terms were agreed to: for a reload. */
  readonly onAgreed: () => void;
  /** This page shall be about this link; null: about none. */
  readonly onLink: (pid: string | null) => void;
  readonly onChange: (state: PageState) => void;
}

export class Session {
  state: PageState;
  readonly door: Door;
  #device: Device | null = null;
  #nonce: string | null = null;
  #greeted = false;
  #starting = false;
  #resyncAt = Number.NEGATIVE_INFINITY;
  #resyncPlanned = false;
  #askWhole = false;
  readonly #spread: number;
  readonly #name: string;
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #socket: Socket<ToParticipant, FromParticipant>;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#spread = options.world.random() * SPREAD_ARRIVAL;
    this.#name = nameOf(options.slug, options.pid ?? "");
    this.state = { ...begin(options.pid), forgets: options.forgets, agreed: options.agreed };
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
    this.door = new Door({
      ...options,
      link: options,
      state: () => this.state,
      dispatch: (action) => this.dispatch(action),
      device: async () => this.#device ?? this.#open(),
      joined: (device, joined) => this.#joined(device, joined),
      start: () => void this.start(),
      agreed: options.onAgreed,
    });
  }

  dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action, uuid);
    // What was just read from the disk need not be written there.
    const known = action.type === "device" ? this.state.answers : before.answers;
    this.#outbox.changed(known, this.state, action.type === "draft");
    if (this.state.gap) this.#resync();
    const phase = this.state.conversation?.phase;
    if (before.conversation !== null && phase !== before.conversation.phase) {
      // Only the server knows how long people were here, and until when a flex is open.
      const asks = phase === "ended" || (phase === "flex" && this.state.endsAt === null);
      const { world } = this.#options;
      if (asks) world.later(() => this.#resync(), world.random() * SPREAD_END);
    }
    this.#options.onChange(this.state);
  }

  /** Find out where we are; a browser that has joined goes on without a tap. One at a time: a late
   * answer must not open again what was stopped meanwhile. */
  async start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    try {
      await this.#findOut();
    } finally {
      this.#starting = false;
    }
  }

  async #findOut(): Promise<void> {
    if (!(await this.door.ask())) {
      // The way back begins here, so there is no line that would try by itself.
      if (this.state.gate.kind === "inside") {
        this.dispatch({ type: "gate", gate: { kind: "unreachable" } });
      }
      return;
    }
    const record = await this.#options.devices.read(this.#name);
    if (!record?.joined) {
      await this.door.look();
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
    this.door.tick();
    const { state } = this;
    const now = this.#options.world.now();
    const asked = now - this.door.askedAt;
    const { gate } = state;
    if (gate.kind === "unreachable") {
      if (asked >= RETRY_ABOUT) void this.start();
    } else if (gate.kind === "refused" && gate.code === "not_open") {
      if (asked >= REFRESH) void this.start();
    } else if (gate.kind === "outside" && isIdle(state.line)) {
      const phase = phaseOf(state);
      // The waiting room opens for everybody at one moment; their sockets come one by one.
      const coming = phase === "published" && waits(state, now - this.#spread);
      if (phase === "live" || phase === "flex" || coming) this.#socket.connect();
      else if (phase !== "ended" && asked >= REFRESH) void this.door.ask();
    }
  }

  /** The page was shown again, or the network is back. */
  wake(): void {
    if (!isIdle(this.state.line)) this.#socket.nudge();
    else if (["outside", "asking"].includes(this.state.gate.kind)) void this.door.ask();
  }

  /** Before the page may go away. */
  rest(): void {
    this.#outbox.keepNow();
  }

  /** "Continue where this browser left off". */
  goOn(): void {
    if (this.state.found !== null) this.#options.onLink(this.state.found);
  }

  /** "Ask to move here": the line that was refused or moved says no more. */
  async askToMove(): Promise<void> {
    if (this.state.line?.kind === "stopped") this.#socket.close();
    await this.door.askToMove();
  }

  /** Letters were typed on the first device. */
  grant(letters: string): void {
    if (
      /\p{L}/u.test(letters) &&
      this.#socket.send({ t: "grant", letters: letters.slice(0, 20) })
    ) {
      this.dispatch({ type: "granting" });
    }
  }

  /** "I share this computer": the server forgets this browser, then the browser forgets the link. */
  async forget(): Promise<void> {
    if (!(await this.door.forget())) return;
    this.#socket.close();
    await this.#outbox.stop();
    await this.#options.kept.forget(this.#name);
    await this.#options.devices.remove(this.#name);
    this.#device = null;
    this.dispatch({ type: "forgotten" });
    this.#options.onLink(null);
  }

  /** "Use here": this tab becomes the newest; what the other one kept is read again. That one may have
   * heard that the binding is gone. */
  async useHere(): Promise<void> {
    if ((await this.#open()).joined) this.#socket.connect();
    else await this.again();
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

  async #open(): Promise<Device> {
    const { devices, kept, pid } = this.#options;
    await this.#outbox.keepNow();
    const device = await openDevice(devices, this.#name, pid ?? "");
    const answers = await kept.load(this.#name);
    this.#device = device;
    this.dispatch({ type: "device", answers, seed: device.attempt });
    return device;
  }

  async #joined(device: Device, { assurance, welcome }: Joined): Promise<void> {
    this.#device = await noteJoined(this.#options.devices, this.#name, device, true);
    this.dispatch({ type: "message", message: welcome, now: this.#options.world.now() });
    // The cookie travels with the upgrade: a socket from before the join does not have it.
    const open = this.state.line?.kind === "open" && this.#nonce !== null;
    if (assurance === "key" && open) await this.#hello();
    else this.#socket.connect();
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
    if (message.t === "challenge") {
      this.#nonce = message.nonce;
      // Another line: the first one, or the next when a node drains.
      this.#greeted = false;
      this.#outbox.lineLost();
    }
    if (message.t === "accepted") this.#outbox.settled(message.aid);
    if (message.t === "refused") this.#outbox.refused(message);
    if (message.t === "welcome") {
      this.#greeted = true;
      this.#outbox.replyLost();
    }
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
