import { describe, expect, test } from "vitest";
import type { Command, PersonTally, StaffEvent, StaffState, StaffWelcome, Tally } from "../wire";
import { commandFor, isFor, outcomeOf } from "./commands";
import {
  type Action,
  blocked,
  EMPTY,
  expectation,
  mayOwn,
  mayReadFiles,
  type Room,
  reduce,
  SENT_AGAIN_MS,
} from "./state";

const CID = "00000000-0000-4000-8000-000000000001";

function conversation(more: Partial<StaffState> = {}): StaffState {
  return {
    slug: "ai-and-people",
    title: "AI and people",
    phase: "live",
    links: "unique",
    max_participants: 600,
    several_devices: false,
    duration: 60,
    grace: 60,
    items: [],
    sent_rev: 7,
    ...more,
  };
}

function welcome(more: Partial<StaffWelcome> = {}): StaffWelcome {
  return {
    t: "welcome",
    epoch: "e1",
    rev: 10,
    state: conversation(),
    name: "Amara",
    role: "moderator",
    heartbeat_ms: 25_000,
    now: 5_000,
    ...more,
  };
}

function event(rev: number, more: Partial<StaffEvent> = {}): StaffEvent {
  const state = conversation({ sent_rev: rev });
  return { t: "event", rev, prev: rev - 1, kind: "opened", by: "Ben", at: 9_000, state, ...more };
}

function tally(more: Partial<Tally> = {}): Tally {
  return {
    t: "tally",
    rev: 10,
    aseq: 1,
    joined: 2,
    present: 2,
    waiting: 0,
    asked: 1,
    questions: [],
    people: [],
    ...more,
  };
}

function person(number: number, here = true): PersonTally {
  return {
    number,
    pid: `p${number}`,
    here,
    answered: 1,
    percent_answered: 100,
    percent_while_present: 100,
  };
}

function next(cid = CID): Command {
  return { t: "command", cid, op: "next", expect: { phase: "live", sent: 7 } };
}

function heard(message: Extract<Action, { t: "message" }>["message"], at = 1_000): Action {
  return { t: "message", message, at };
}

function roomAfter(...actions: Action[]): Room {
  return actions.reduce(reduce, EMPTY);
}

describe("the line", () => {
  test("welcome brings the state, who I am and the server's clock", () => {
    const room = roomAfter(heard(welcome(), 1_000));
    expect(room).toMatchObject({
      line: "connected",
      rev: 10,
      name: "Amara",
      role: "moderator",
      skew: 4_000,
      heardAt: 1_000,
    });
    expect(expectation(room)).toEqual({ phase: "live", sent: 7 });
  });

  test("what was on screen stays while the line is lost, with the time it is from", () => {
    const room = roomAfter(heard(welcome(), 1_000), heard(event(11), 2_000), {
      t: "line",
      line: "lost",
    });
    expect(room.line).toBe("lost");
    expect(room.heardAt).toBe(2_000);
    expect(room.state?.sent_rev).toBe(11);
  });

  test("a bye says why, and the close that follows may say it again", () => {
    const room = roomAfter(heard(welcome()), heard({ t: "bye", code: 4401, why: "Signed out." }));
    expect(room.why).toBe("Signed out.");
    expect(reduce(room, { t: "line", line: "stopped", why: "Signed out." })).toMatchObject({
      line: "stopped",
      why: "Signed out.",
    });
  });

  test("a beat changes nothing but when we last heard", () => {
    const room = roomAfter(heard(welcome()));
    expect(reduce(room, heard({ t: "beat", rev: 10 }, 3_000))).toEqual({ ...room, heardAt: 3_000 });
  });
});

describe("events", () => {
  test("the newest state wins and names who did it", () => {
    const room = roomAfter(heard(welcome()), heard(event(11, { item: 29 })));
    expect(room.state?.sent_rev).toBe(11);
    expect(room.did).toEqual({
      rev: 11,
      kind: "opened",
      by: "Ben",
      at: 9_000,
      item: 29,
      participant: null,
    });
  });

  test("an event without an item is about the conversation", () => {
    expect(roomAfter(heard(welcome()), heard(event(11, { kind: "ended" }))).did?.item).toBeNull();
  });

  test("an older event changes no state", () => {
    const room = roomAfter(heard(welcome()), heard(event(12)));
    expect(reduce(room, heard(event(11)))).toEqual(room);
  });

  test("a gap costs nothing, because each event is whole", () => {
    expect(roomAfter(heard(welcome()), heard(event(40))).rev).toBe(40);
  });

  test("a welcome of the same history keeps what was done last, another one drops it", () => {
    const room = roomAfter(heard(welcome()), heard(event(11)));
    expect(reduce(room, heard(welcome({ rev: 12 }))).did?.rev).toBe(11);
    expect(reduce(room, heard(welcome({ rev: 12, epoch: "e2" }))).did).toBeNull();
    expect(reduce(room, heard(welcome({ rev: 3 }))).did).toBeNull();
  });
});

describe("commands", () => {
  test("nothing can be pressed before the welcome, while away, or by those who may only look", () => {
    expect(blocked(EMPTY)).toBe("offline");
    expect(blocked(roomAfter(heard(welcome()), { t: "line", line: "lost" }))).toBe("offline");
    expect(blocked(roomAfter(heard(welcome({ role: "researcher" }))))).toBe("role");
    expect(blocked(roomAfter(heard(welcome({ role: "owner" }))))).toBeNull();
  });

  test("a blocked press changes nothing", () => {
    const press: Action = { t: "pressed", command: next(), at: 1 };
    expect(reduce(EMPTY, press)).toBe(EMPTY);
    const busy = roomAfter(heard(welcome()), press);
    expect(reduce(busy, { t: "pressed", command: next("other"), at: 2 })).toBe(busy);
  });

  test("it stays busy until the server said done and the screen shows what came of it", () => {
    const pressed = roomAfter(heard(welcome()), { t: "pressed", command: next(), at: 1_000 });
    expect(blocked(pressed)).toBe("busy");
    const done = reduce(pressed, heard({ t: "done", cid: CID, rev: 11 }));
    expect(blocked(done)).toBe("busy");
    expect(blocked(reduce(done, heard(event(11))))).toBeNull();
  });

  test("the event may come before done", () => {
    const shown = roomAfter(
      heard(welcome()),
      { t: "pressed", command: next(), at: 1_000 },
      heard(event(11)),
    );
    expect(blocked(shown)).toBe("busy");
    expect(blocked(reduce(shown, heard({ t: "done", cid: CID, rev: 11 })))).toBeNull();
  });

  test("done and refused for somebody else's command change no command of mine", () => {
    const pressed = roomAfter(heard(welcome()), { t: "pressed", command: next(), at: 1_000 });
    const done = reduce(pressed, heard({ t: "done", cid: "other", rev: 10 }));
    expect(done.pending).toEqual(pressed.pending);
    const refusal = { t: "refused", cid: "other", code: "phase", rev: 10, why: "No." } as const;
    expect(reduce(pressed, heard(refusal)).pending).toEqual(pressed.pending);
    expect(reduce(pressed, heard(refusal)).notice).toBeNull();
  });

  test("a refusal frees the buttons and stays until it is read", () => {
    const why = "Nothing was done: question 29 was sent 2 s ago.";
    const room = roomAfter(
      heard(welcome()),
      { t: "pressed", command: next(), at: 1_000 },
      heard(event(11, { item: 29 })),
      heard({ t: "refused", cid: CID, code: "expect", rev: 11, why }),
    );
    expect(blocked(room)).toBeNull();
    expect(room.notice).toEqual({
      kind: "refused",
      cid: CID,
      op: "next",
      refusal: expect.objectContaining({ code: "expect", why }),
      sawRev: 7,
    });
    expect(reduce(room, { t: "read" }).notice).toBeNull();
  });

  test("a command without an expectation saw nothing", () => {
    const command: Command = { t: "command", cid: CID, op: "close" };
    const room = roomAfter(
      heard(welcome()),
      { t: "pressed", command, at: 1 },
      heard({ t: "refused", cid: CID, code: "role", rev: 10, why: "No." }),
    );
    expect(room.notice).toMatchObject({ sawRev: 0 });
  });

  test("reading when there is nothing to read changes nothing", () => {
    expect(reduce(EMPTY, { t: "read" })).toBe(EMPTY);
  });

  test("the next press takes the old notice away", () => {
    const refused = {
      ...roomAfter(heard(welcome())),
      notice: { kind: "unsure", cid: "old", op: "end" } as const,
    };
    expect(reduce(refused, { t: "pressed", command: next(), at: 1 }).notice).toBeNull();
  });

  test("a command survives a short break, to be sent again", () => {
    const pressed = roomAfter(heard(welcome()), { t: "pressed", command: next(), at: 1_000 });
    const back = reduce(pressed, heard(welcome(), 1_000 + SENT_AGAIN_MS));
    expect(back.pending?.command.cid).toBe(CID);
  });

  test("after a long break it is dropped, and the moderator is told that nobody knows", () => {
    const pressed = roomAfter(heard(welcome()), { t: "pressed", command: next(), at: 1_000 });
    const back = reduce(pressed, heard(welcome(), 1_001 + SENT_AGAIN_MS));
    expect(back.pending).toBeNull();
    expect(back.notice).toEqual({ kind: "unsure", cid: CID, op: "next" });
  });

  test("a welcome that shows a done command settles it", () => {
    const done = roomAfter(
      heard(welcome()),
      { t: "pressed", command: next(), at: 1_000 },
      heard({ t: "done", cid: CID, rev: 11 }),
    );
    expect(reduce(done, heard(welcome({ rev: 11 }), 2_000)).pending).toBeNull();
  });
});

describe("tallies", () => {
  const question = { question: 3, answered: 2, counts: { "1": 2 } };

  test("the first is whole, later ones bring what changed", () => {
    const room = roomAfter(
      heard(welcome()),
      heard(tally({ people: [person(1), person(2)], questions: [question] })),
      heard(tally({ aseq: 2, people: [person(2, false)] })),
    );
    expect([...room.people.values()].map((p) => p.here)).toEqual([true, false]);
    expect(room.questions.get(3)).toEqual(question);
    expect(room.counts?.aseq).toBe(2);
  });

  test("after a reconnect the first one replaces what was here", () => {
    const room = roomAfter(
      heard(welcome()),
      heard(tally({ people: [person(1), person(2)] })),
      { t: "line", line: "lost" },
      heard(welcome()),
      heard(tally({ people: [person(1)] })),
    );
    expect([...room.people.keys()]).toEqual([1]);
  });

  test("until then what was here stays on screen", () => {
    const room = roomAfter(
      heard(welcome()),
      heard(tally({ people: [person(1)] })),
      heard(welcome({ rev: 11 })),
    );
    expect(room.people.size).toBe(1);
  });

  test("what did not change stays the very same object, so that it is not drawn again", () => {
    const room = roomAfter(heard(welcome()), heard(tally({ people: [person(1)] })));
    const same = reduce(room, heard(tally()));
    expect(same.people).toBe(room.people);
    expect(same.questions).toBe(room.questions);
    expect(same.counts).toBe(room.counts);
    expect(same.state).toBe(room.state);
  });

  test.each(["joined", "present", "waiting", "asked", "aseq", "damaged"] as const)(
    "%s is news",
    (field) => {
      const room = roomAfter(heard(welcome()), heard(tally()));
      expect(reduce(room, heard(tally({ [field]: 99 }))).counts?.[field]).toBe(99);
    },
  );
});

describe("who asks to move", () => {
  const asks = (participant: number, letters: string, since: number) => ({
    participant,
    pid: `p${participant}`,
    letters,
    since,
  });

  test("longest first, with the time since when on this machine's clock", () => {
    const asking = [asks(1, "KRMT", 10), asks(2, "CDFH", 60)];
    const room = roomAfter(heard(welcome()), heard(tally({ asking }), 100_000));
    expect(room.asking).toEqual([
      { participant: 2, pid: "p2", letters: "CDFH", at: 40_000 },
      { participant: 1, pid: "p1", letters: "KRMT", at: 90_000 },
    ]);
  });

  test("the same people make the very same list, others another, nobody none", () => {
    const room = roomAfter(
      heard(welcome()),
      heard(tally({ asking: [asks(1, "KRMT", 10)] }), 100_000),
    );
    const later = reduce(room, heard(tally({ asking: [asks(1, "KRMT", 10.25)] }), 100_300));
    expect(later.asking).toBe(room.asking);
    const anew = reduce(room, heard(tally({ asking: [asks(1, "CDFH", 0)] }), 100_300));
    expect(anew.asking[0]?.letters).toBe("CDFH");
    expect(reduce(room, heard(tally())).asking).toEqual([]);
  });
});

describe("texts are read again from the start", () => {
  test.each(["muted", "unmuted"])("after %s", (kind) => {
    const room = roomAfter(heard(welcome()));
    const next = reduce(room, heard(event(11, { kind, participant: 3 })));
    expect(next.reread).toBe(room.reread + 1);
    expect(next.did?.participant).toBe(3);
  });

  test("after this screen was away, and never otherwise", () => {
    const room = roomAfter(heard(welcome()));
    expect(reduce(room, heard(welcome())).reread).toBe(room.reread + 1);
    expect(reduce(room, heard(event(11))).reread).toBe(room.reread);
    expect(reduce(room, heard(tally())).reread).toBe(room.reread);
  });
});

describe("the command of a press", () => {
  const room = roomAfter(heard(welcome()));

  test.each(["publish", "unpublish", "start", "send", "next", "close", "skip", "end"] as const)(
    "%s says what the screen showed",
    (op) => {
      expect(commandFor(room, { op }, CID).expect).toEqual({ phase: "live", sent: 7 });
    },
  );

  test.each(["withdraw", "edit", "add", "release", "mute", "unmute", "remove"] as const)(
    "%s is right whatever else happened",
    (op) => {
      expect(commandFor(room, { op, participant: 4 }, CID)).toEqual({
        t: "command",
        cid: CID,
        op,
        participant: 4,
      });
    },
  );

  test("belongs to the button that asks for the same", () => {
    const release = { op: "release", letters: "KRMT" } as const;
    const command = commandFor(room, release, CID);
    expect(isFor(command, release)).toBe(true);
    expect(isFor(command, { op: "release", letters: "CDFH" })).toBe(false);
    expect(isFor(command, { op: "release", participant: 1 })).toBe(false);
    expect(isFor(undefined, release)).toBe(false);
  });

  test("its outcome is busy, then done, refused with its words, or unsure", () => {
    const pressed = reduce(room, { t: "pressed", command: next(), at: 1_000 });
    expect(outcomeOf(pressed, CID)).toEqual({ kind: "busy" });
    const done = reduce(pressed, heard({ t: "done", cid: CID, rev: 10 }));
    expect(outcomeOf(done, CID)).toEqual({ kind: "done" });
    const refusal = { t: "refused", cid: CID, code: "invalid", rev: 10, why: "Empty." } as const;
    const refused = reduce(pressed, heard(refusal));
    expect(outcomeOf(refused, CID)).toEqual({ kind: "refused", refusal });
    const unsure = reduce(pressed, heard(welcome(), 1_001 + SENT_AGAIN_MS));
    expect(outcomeOf(unsure, CID)).toEqual({ kind: "unsure" });
  });
});

test("a node that drains changes nothing here: the socket moves over", () => {
  const room = roomAfter(heard(welcome()));
  const next = reduce(room, heard({ t: "drain", within_ms: 5_000 }, 2_000));
  expect(next).toEqual({ ...room, heardAt: 2_000 });
});

test("only owners own", () => {
  expect(
    (["owner", "moderator", "researcher", "observer"] as const).map((role) => mayOwn(role)),
  ).toEqual([true, false, false, false]);
});

test("only observers are kept from files", () => {
  expect(
    ["owner", "moderator", "researcher", "observer"].map((r) => mayReadFiles(r as never)),
  ).toEqual([true, true, true, false]);
});
