// For the simulation: one page as it is in a browser (the real session, outbox, socket and reducer),
// and a witness that tells what changed on it.

import { type ParticipantApi, type Result, read } from "../api";
import { answerStatus, rowOf } from "../participant/answer_status";
import { type Kept, unsent } from "../participant/answers";
import { find, openQuestion, progress } from "../participant/conversation";
import { screenOf } from "../participant/screen";
import { Session } from "../participant/session";
import type { Disk } from "./disk";
import { chosen, type Deed, recovering } from "./person";
import { PageWorld, type Told } from "./world";

const TICK = 1_000;
const PATIENCE = 15_000;
const OFFLINE: Result<never> = { ok: false, status: 0, refusal: { code: "offline", why: "" } };

/** An order to a page: its kind, then its parts (see `Page.take`). */
export type Order = readonly [kind: string, ...parts: unknown[]];

export class Page {
  readonly world: PageWorld;
  readonly #session: Session;
  readonly #tell: (told: Told) => void;
  readonly #calls = new Map<number, (result: Result<never>) => void>();
  #seen: Session["state"] | null = null;

  constructor(
    pid: string,
    time: number,
    skew: number,
    seed: number,
    disk: Disk,
    tell: (told: Told) => void,
  ) {
    this.#tell = tell;
    this.world = new PageWorld(time, skew, seed, tell);
    this.#session = new Session({
      slug: "talk",
      pid,
      api: this.#api(),
      world: this.world,
      url: "",
      devices: disk.devices,
      kept: disk.of(this.world, tell),
      forgets: false,
      agreed: false,
      onAgreed: () => {},
      onLink: () => {},
      onChange: () => {},
    });
    this.#tickOn();
    void this.#session.start();
  }

  #tickOn(): void {
    this.world.later(() => {
      this.#session.tick();
      this.#tickOn();
    }, TICK);
  }

  #api(): ParticipantApi {
    let calls = 0;
    const call = (name: string) => (body?: unknown) =>
      new Promise<Result<never>>((resolve) => {
        calls += 1;
        this.#calls.set(calls, resolve);
        this.world.later(() => resolve(OFFLINE), PATIENCE);
        this.#tell(["http", calls, name, body ?? null]);
      });
    return {
      about: call("about"),
      check: call("check"),
      nonce: call("nonce"),
      join: call("join"),
      takeover: call("takeover"),
      forget: call("forget"),
      damaged: call("damaged"),
      signOut: call("signOut"),
    };
  }

  take([kind, ...parts]: Order): void {
    const line = this.world.lines[parts[0] as number];
    switch (kind) {
      case "open":
        line?.onopen?.(undefined as never);
        break;
      case "say":
        line?.onmessage?.({ data: parts[1] });
        break;
      case "fail":
        if (line?.onclose) this.#tell(["heard", parts[0], parts[1]]);
        line?.onclose?.({ code: parts[1] as number, reason: "" });
        break;
      case "http":
        this.#calls.get(parts[0] as number)?.(read(parts[1] as number, parts[2] as string));
        break;
      case "act":
        this.#do(chosen(this.#session, this.world.now(), parts[0] as number));
        break;
      case "recover":
        this.#do(recovering(this.#session, this.world.now()));
        break;
      case "wake":
        this.#session.wake();
        break;
      case "rest":
        this.#session.rest();
        break;
      case "sleep":
        this.world.sleep(parts[0] as number, parts[1] as boolean);
        break;
      case "look":
        this.#look();
        break;
      default:
        throw new Error(`a page knows no ${kind}`);
    }
  }

  #do(deeds: readonly Deed[]): void {
    for (const [did, run] of deeds) {
      this.#tell(["did", ...did]);
      run();
      this.witness();
    }
  }

  /** Tell what changed since the last time. */
  witness(): void {
    const { state } = this.#session;
    const before = this.#seen;
    if (state === before) return;
    this.#seen = state;
    if (state.line !== before?.line) this.#tell(["line", state.line?.kind, state.line]);
    if (state.conversation !== before?.conversation)
      this.#tell(["conversation", state.conversation]);
    if (state.answers === before?.answers) return;
    for (const [question, kept] of Object.entries(state.answers)) {
      if (before?.answers[Number(question)] !== kept) this.#kept(Number(question), kept);
    }
  }

  #kept(question: number, kept: Kept): void {
    const { state } = this.#session;
    const seen = state.conversation && find(state.conversation, question);
    const shown = seen ? [answerStatus(state, seen), rowOf(state, seen)] : [];
    this.#tell(["kept", question, kept, shown]);
  }

  #look(): void {
    const { state } = this.#session;
    const screen = screenOf(state, this.world.now());
    const { conversation } = state;
    this.#tell([
      "looks",
      {
        line: state.line?.kind ?? null,
        screen: screen.kind,
        code: "code" in screen ? screen.code : null,
        shown: screen.kind === "question" ? screen.seen.item.id : null,
        open: (conversation && openQuestion(conversation)?.item.id) ?? null,
        view: state.view,
        gap: state.gap,
        unsent: unsent(state.answers),
        progress:
          conversation && progress(conversation, (id) => state.answers[id]?.held !== undefined),
      },
    ]);
  }
}
