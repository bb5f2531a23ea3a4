/**
 * One conversation's live line: the socket on one side, the signals that views read on the other.
 * It decides nothing; `state.ts` does.
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { whenPageWakes } from "../page_signals";
import { browserWorld, Socket, type Status, socketUrl } from "../socket";
import type { FromStaff, ToStaff } from "../wire";
import { newCid } from "./cid";
import { type Asked, commandFor } from "./commands";
import { signedOut } from "./session";
import { staffApi } from "./staff_api";
import { type Action, EMPTY, type Room, reduce } from "./state";

/** The close code for a conversation that is not there. */
export const NOT_HERE = 4404;

export interface Live {
  readonly room: ReadonlySignal<Room>;
  /** How the line stands, for the word that is always on screen. */
  readonly status: ReadonlySignal<Status>;
  readonly slug: string;
  /** Parts of the room that change on their own: who reads one is drawn again only when it changed. */
  readonly state: ReadonlySignal<Room["state"]>;
  readonly counts: ReadonlySignal<Room["counts"]>;
  readonly questions: ReadonlySignal<Room["questions"]>;
  readonly people: ReadonlySignal<Room["people"]>;
  readonly asking: ReadonlySignal<Room["asking"]>;
  readonly pending: ReadonlySignal<Room["pending"]>;
  /** Send a command. Gives its name; null if none can be given now. */
  press(asked: Asked): string | null;
  read(): void;
  /** Try again now, also after the line stopped. */
  connect(): void;
  close(): void;
}

export function openLive(slug: string): Live {
  const room = signal<Room>(EMPTY);
  const status = signal<Status>({ kind: "connecting" });
  const act = (action: Action) => {
    room.value = reduce(room.value, action);
  };
  /** A handshake that is refused has no words. Plain HTTP tells whether we are signed out, or whether
   * there is no such conversation; the rest comes back by itself. Gives whether HTTP works. */
  const askWhy = async (): Promise<boolean> => {
    const result = await staffApi.conversation(slug);
    if (!result.ok && result.status === 404) {
      socket.close();
      status.value = { kind: "stopped", code: NOT_HERE, why: result.refusal.why };
    }
    return result.ok || signedOut(result);
  };
  const socket = new Socket<ToStaff, FromStaff>({
    url: socketUrl(`/ws/console/${encodeURIComponent(slug)}`, location),
    world: browserWorld,
    rev: () => room.value.rev,
    onMessage: (message) => {
      act({ t: "message", message, at: Date.now() });
      const pending = room.value.pending;
      // Idempotent by its cid: if it had arrived before the line broke, this only asks for `done`.
      if (message.t === "welcome" && pending !== null) socket.send(pending.command);
    },
    onStatus: (next) => {
      status.value = next;
      if (next.kind === "open") socket.send({ t: "hello" });
      if (next.kind === "waiting") act({ t: "line", line: "lost" });
      if (next.kind === "waiting" && next.failures === 1) void askWhy();
      if (next.kind === "stopped") act({ t: "line", line: "stopped", why: next.why });
    },
    httpWorks: askWhy,
  });
  const sleepless = whenPageWakes(() => socket.nudge());
  socket.connect();
  return {
    slug,
    room,
    status,
    state: computed(() => room.value.state),
    counts: computed(() => room.value.counts),
    questions: computed(() => room.value.questions),
    people: computed(() => room.value.people),
    asking: computed(() => room.value.asking),
    pending: computed(() => room.value.pending),
    press: (asked) => {
      const command = commandFor(room.value, asked, newCid());
      act({ t: "pressed", command, at: Date.now() });
      if (room.value.pending?.command !== command) return null;
      socket.send(command);
      return command.cid;
    },
    read: () => act({ t: "read" }),
    connect: () => socket.connect(),
    close: () => {
      sleepless();
      socket.close();
    },
  };
}
