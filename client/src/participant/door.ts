// The participant page's calls over HTTP, from the outside of a conversation: what it is, whether the
// link works, joining, asking another device, forgetting. Only a tap may begin one that changes
// anything; what the answers mean is decided in state.ts.

import type { ParticipantApi } from "../api";
import type { Device, DeviceStore } from "../device";
import type { World } from "../socket";
import type { Joined, Refusal } from "../wire";
import { Asking } from "./asking";
import { type Link, proved, unreached } from "./proved";
import { isDamaged } from "./screen";
import type { Action, Gate, PageState } from "./state";

const RETRY_REFUSED = 10_000;
/** Refusals that pass by themselves. */
const LATER: ReadonlySet<string> = new Set(["slow_down", "unavailable"]);
/** What a check may say before the start that will not pass. */
const FINAL: ReadonlySet<string> = new Set(["damaged", "unlisted", "removed"]);
const OUTSIDE = { kind: "outside", check: "none", join: "none" } as const;

export interface DoorOptions {
  readonly link: Link;
  readonly api: ParticipantApi;
  readonly world: World;
  readonly devices: DeviceStore;
  readonly state: () => PageState;
  readonly dispatch: (action: Action) => void;
  readonly device: () => Promise<Device>;
  readonly joined: (device: Device, joined: Joined) => Promise<void>;
  readonly start: () => void;
  readonly agreed: () => void;
}

export class Door {
  /** When it was last asked what the conversation is. */
  askedAt = 0;
  #tryAgain: (() => void) | null = null;
  #reported = false;
  readonly #asking: Asking;
  readonly #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#asking = new Asking({
      ...options,
      show: (gate) => this.#show(gate),
      joined: async (device, joined) => {
        await options.joined(device, joined);
        options.dispatch({ type: "letIn" });
      },
      refused: (refusal) => {
        const asked = refusal.code === "slow_down" ? { ...refusal, code: "asked" } : refusal;
        this.#refused(asked, () => this.stopAsking());
      },
    });
  }

  /** What the conversation is; whether an answer came. */
  async ask(): Promise<boolean> {
    const { api, world, state, dispatch, start } = this.#options;
    this.askedAt = world.now();
    const result = await api.about();
    if (result.ok) {
      dispatch({ type: "about", about: result.value, now: world.now() });
      if (isDamaged(state())) this.#reportDamaged();
      return true;
    }
    if (!unreached(result)) this.#refused(result.refusal, start);
    else if (state().about === null) this.#show({ kind: "unreachable" });
    return false;
  }

  /** Without a pid: is exactly one link of this conversation kept here? */
  async look(): Promise<void> {
    const { devices, link, state, dispatch } = this.#options;
    if (link.pid !== null || state().about?.links !== "unique") return;
    const [one, ...others] = await devices.joined(link.slug);
    dispatch({ type: "found", pid: one && others.length === 0 ? one.pid : null });
  }

  async check(): Promise<void> {
    const { api } = this.#options;
    this.#show({ ...OUTSIDE, check: "checking" });
    const result = await api.check(this.#pid());
    if (result.ok) this.#show({ ...OUTSIDE, check: "ready" });
    else if (unreached(result)) this.#show({ ...OUTSIDE, check: "later" });
    else this.#refused(result.refusal, () => void this.check());
  }

  /** The terms. Who waits from here on should not learn of a bad link at the bell. */
  async agree(): Promise<void> {
    const { api, state, dispatch, agreed } = this.#options;
    dispatch({ type: "agree" });
    agreed();
    const result = await api.check(this.#pid());
    if (result.ok || state().gate.kind !== "outside") return;
    if (FINAL.has(result.refusal.code)) this.#refused(result.refusal, () => void this.check());
  }

  /** The tap on Join; after the end, on "I was invited". */
  async join(): Promise<void> {
    const { api, link, state, device, joined } = this.#options;
    const { gate } = state();
    if (gate.kind === "outside" && gate.join === "busy") return;
    this.#show({ ...OUTSIDE, join: "busy" });
    const here = await device();
    const result = await proved(api, here, link, "join");
    if (result.ok) await joined(here, result.value);
    else if (unreached(result)) this.#show({ ...OUTSIDE, join: "failed" });
    else this.#refused(result.refusal, () => void this.join(), true);
  }

  /** "Ask to move here", "Ask again", "Ask to move back". */
  async askToMove(): Promise<void> {
    const { gate } = this.#options.state();
    if (gate.kind === "refused" && gate.deed === "busy") return;
    await this.#asking.ask(this.#options.device);
  }

  stopAsking(): void {
    this.#asking.stop();
  }

  /** Staff want to take part: they leave the console first. */
  async signOutAndJoin(): Promise<void> {
    const gate = { kind: "refused", code: "preview", why: "" } as const;
    this.#show({ ...gate, deed: "busy" });
    const result = await this.#options.api.signOut();
    if (result.ok || result.status === 401) await this.join();
    else this.#show({ ...gate, deed: "failed" });
  }

  /** "I share this computer": the server is to know nothing of this browser any more. Whether it does;
   * without its word, the cookie could still bring the next person back in. */
  async forget(): Promise<boolean> {
    const { api, link, state, dispatch, device } = this.#options;
    if (state().forgetting === "busy") return false;
    dispatch({ type: "forgetting", step: "busy" });
    const result = await proved(api, await device(), link, "forget");
    const again = !result.ok && (unreached(result) || LATER.has(result.refusal.code));
    if (again) dispatch({ type: "forgetting", step: "failed" });
    return !again;
  }

  /** Once a second: a refusal that passes by itself. */
  tick(): void {
    const { state, world } = this.#options;
    const { gate } = state();
    if (gate.kind !== "refused" || gate.retryAt === undefined || world.now() < gate.retryAt) return;
    this.#show(OUTSIDE);
    this.#tryAgain?.();
  }

  #pid(): { readonly pid?: string } {
    const { pid } = this.#options.link;
    return pid === null ? {} : { pid };
  }

  #show(gate: Gate): void {
    this.#options.dispatch({ type: "gate", gate });
  }

  /** `joining`: it was a join that was refused, which the server keeps of this link. */
  #refused(refusal: Refusal, tryAgain: () => void, joining = false): void {
    const { why, retry_ms } = refusal;
    const code = refusal.reason === "five_devices" ? refusal.reason : refusal.code;
    this.#tryAgain = tryAgain;
    if (code === "damaged") this.#reportDamaged();
    const wait = retry_ms ?? (LATER.has(code) ? RETRY_REFUSED : undefined);
    const retry = wait === undefined ? {} : { retryAt: this.#options.world.now() + wait };
    this.#show({ kind: "refused", code, why, ...retry, ...(joining && { noted: true }) });
  }

  /** Once: moderators see about how many came with a damaged link. */
  #reportDamaged(): void {
    if (!this.#reported) void this.#options.api.damaged();
    this.#reported = true;
  }
}
