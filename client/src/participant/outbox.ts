// Carries answers from the state to the disk and then to the server: kept before the first send, sent
// again with the same aid on every new line, at most 16 unacknowledged and under 8 a second.

import type { World } from "../socket";
import type { Answer, Refused } from "../wire";
import { type Answers, type Kept, keptOf, unsent } from "./answers";
import { find } from "./conversation";
import type { PageState } from "./state";

const AT_ONCE = 16;
const SPACING = 150;
const DRAFT_PAUSE = 300;
/** An acknowledgement later than this makes the line suspect; later than `SLOW`, people are told. */
const SUSPECT = 3_000;
const SLOW = 8_000;
const RETRY = 2_000;

export interface OutboxOptions {
  readonly world: World;
  readonly save: (question: number, kept: Kept) => Promise<void>;
  /** Whether the line is there and the server has said welcome on it. */
  readonly ready: () => boolean;
  readonly send: (message: Answer) => boolean;
  readonly suspect: () => void;
  readonly slow: () => void;
  readonly forgets: () => void;
}

export class Outbox {
  /** On this line, by aid: the base it was sent with. */
  #inFlight = new Map<string, number>();
  /** Aids that the server asked to bring again later. */
  #later = new Set<string>();
  #saving = new Map<number, Promise<void>>();
  #drafts = new Set<number>();
  #draftTimer: number | null = null;
  #flushTimer: number | null = null;
  #state: PageState | null = null;
  #stopped = false;
  readonly #options: OutboxOptions;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The state changed: keep what differs, send what is new. Drafts may wait a moment. */
  changed(before: Answers, state: PageState, isDraft: boolean): void {
    if (this.#stopped) return;
    this.#state = state;
    for (const question of Object.keys(state.answers).map(Number)) {
      if (before[question] === state.answers[question]) continue;
      if (isDraft) this.#drafts.add(question);
      else void this.#save(question);
    }
    if (isDraft) this.#planDrafts();
    this.flush(state);
  }

  /** Write drafts that still wait, and give the writes under way. */
  async keepNow(): Promise<void> {
    if (this.#draftTimer !== null) this.#options.world.cancel(this.#draftTimer);
    this.#draftTimer = null;
    for (const question of this.#drafts) void this.#save(question);
    await Promise.all(this.#saving.values());
  }

  /** Write and send nothing more. */
  async stop(): Promise<void> {
    const { world } = this.#options;
    for (const timer of [this.#draftTimer, this.#flushTimer])
      if (timer !== null) world.cancel(timer);
    this.#drafts.clear();
    this.#stopped = true;
    await Promise.all(this.#saving.values());
  }

  lineLost(): void {
    this.#inFlight.clear();
    this.#later.clear();
  }

  /** The server put a fresh state in place of all that waited for this line: acknowledgements may have
   * been among it, so what is still on its way goes again. */
  replyLost(): void {
    this.#inFlight.clear();
  }

  settled(aid: string): void {
    this.#inFlight.delete(aid);
  }

  refused({ aid, code, retry_ms }: Refused): void {
    this.#inFlight.delete(aid);
    if (code !== "retry") return;
    this.#later.add(aid);
    this.#options.world.later(() => {
      this.#later.delete(aid);
      if (this.#state) this.flush(this.#state);
    }, retry_ms ?? RETRY);
  }

  /** Send what may be sent now. An answer to a question that this store does not know (it was restored
   * to before) waits for it to be asked again. */
  flush(state: PageState): void {
    this.#state = state;
    if (this.#flushTimer !== null || !this.#options.ready()) return;
    const next = unsent(state.answers).find((question) => this.#isDue(state, question));
    if (next === undefined || this.#inFlight.size >= AT_ONCE) return;
    this.#flushTimer = this.#options.world.later(() => {
      this.#flushTimer = null;
      if (this.#state) this.flush(this.#state);
    }, SPACING);
    void this.#carry(next);
  }

  #isDue(state: PageState, question: number): boolean {
    const pending = keptOf(state.answers, question).pending;
    if (!pending || this.#later.has(pending.aid) || state.conversation === null) return false;
    if (this.#inFlight.get(pending.aid) === pending.base) return false;
    return find(state.conversation, question) !== undefined;
  }

  async #carry(question: number): Promise<void> {
    await this.#saving.get(question);
    const pending = this.#state && keptOf(this.#state.answers, question).pending;
    if (!pending || this.#inFlight.get(pending.aid) === pending.base) return;
    const { aid, base, body } = pending;
    if (!this.#options.send({ t: "answer", aid, question, base, body })) return;
    this.#inFlight.set(aid, base);
    const { world } = this.#options;
    world.later(() => this.#inFlight.has(aid) && this.#options.suspect(), SUSPECT);
    world.later(() => this.#inFlight.has(aid) && this.#options.slow(), SLOW);
  }

  #planDrafts(): void {
    // Not put off by every letter: somebody who writes without a pause must not lose it all.
    if (this.#draftTimer !== null) return;
    this.#draftTimer = this.#options.world.later(() => {
      this.#draftTimer = null;
      for (const question of this.#drafts) void this.#save(question);
    }, DRAFT_PAUSE);
  }

  /** One write at a time for a question, so that the last state is the one that stays. */
  #save(question: number): Promise<void> {
    this.#drafts.delete(question);
    const before = this.#saving.get(question) ?? Promise.resolve();
    const write = before.then(() => this.#write(question));
    this.#saving.set(question, write);
    return write;
  }

  async #write(question: number): Promise<void> {
    if (this.#state === null || this.#stopped) return;
    try {
      await this.#options.save(question, keptOf(this.#state.answers, question));
    } catch (error) {
      // A full or forbidden disk must not keep an answer from being sent; people are told.
      if (!(error instanceof DOMException)) throw error;
      this.#options.forgets();
    }
  }
}
