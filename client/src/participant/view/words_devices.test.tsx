// Every state of the participant page about lines, devices and the end: what is so, why, what to do.
// The words are the design's, line by line; they are written out here and not taken from the catalogue.

import { describe, it } from "vitest";
import type { About, Welcome } from "../../wire";
import { about, Life, NOW, outside, question, welcome } from "../life";
import type { Gate } from "../state";
import { at, draw, holds, inside, line, type Row, saved, sent } from "./drawn";

const arrive = (parts: Partial<About> = {}) => new Life().do(about(parts), outside);
const stopped = (life: Life, code: number, reason?: string) =>
  line(life, { kind: "stopped", code, why: "", ...(reason && { reason }) });
const waiting = {
  kind: "waiting",
  until: NOW,
  failures: 1,
  blocked: false,
  slowly: false,
} as const;
const ended = (parts: Partial<Welcome> = {}, life = saved()) =>
  life.hear(
    welcome([{ item: question(1), status: "closed" }], {
      rev: 20,
      state: {
        title: "A conversation",
        phase: "ended",
        items: [{ item: question(1), status: "closed" }],
      },
      progress: {
        asked: 1,
        answered: 1,
        percent_answered: 100,
        percent_while_present: 100,
        present: 1,
      },
      mine: [{ question: 1, aid: "aid-1", revision: 1, body: { text: "x" } }],
      ...parts,
    }),
  );
const asking = (more: object = {}): Gate => ({
  kind: "asking",
  letters: "KRMT",
  until: NOW + 600_000,
  movesAt: null,
  ...more,
});
const asked = (tries: number, life = inside()) =>
  life.hear({ t: "takeover", since: 0, tries_left: tries });

describe("connection and devices", () => {
  const other = "This link is in use on another device";
  const rows: Row[] = [
    [
      "reconnecting",
      () => draw(line(inside(), waiting), 3_001),
      "Question 1?",
      ["Reconnecting …", "No connection just now.", "You can go on writing."],
      ["Send answer"],
    ],
    [
      "blocked",
      () => draw(line(inside(), { ...waiting, blocked: true }), 3_001),
      "Question 1?",
      [
        "Your network blocks live updates",
        "Pages load, but the live line doesn't. Switch from Wi-Fi to mobile data, or the other way round.",
      ],
      ["Try again", "Send answer"],
    ],
    [
      "4408",
      () => draw(stopped(inside(), 4408)),
      "Open in another tab",
      ["This one is quiet so the other can talk."],
      ["Use here"],
    ],
    [
      "4409",
      () => draw(stopped(inside(), 4409)),
      other,
      ["your earlier answers come with you."],
      ["Ask to move here"],
    ],
    [
      "asking",
      () => draw(arrive().do({ type: "gate", gate: asking() })),
      other,
      [
        "To go on here, show these letters. Your earlier answers come with you.",
        "K R M T",
        "A device means this browser.",
        "On the first device",
        "type them in.",
        "No longer have it?",
        "The moderator sees your letters too, and can let you in.",
        "Waiting for a yes. 10:00 left.",
      ],
      ["Stop asking"],
    ],
    [
      "moves by itself",
      () => draw(arrive().do({ type: "gate", gate: asking({ movesAt: NOW }) })),
      other,
      ["If the other device stays away, this one gets in at"],
      ["Stop asking"],
    ],
    [
      "granted",
      () => draw(inside().do({ type: "letIn" })),
      "Question 1?",
      ["You're in. Your earlier answers are here."],
      ["Send answer"],
    ],
    [
      "expired",
      () => draw(at(arrive().do({ type: "gate", gate: asking() }), 600_000)),
      "Nobody said yes",
      ["Ten minutes have passed."],
      ["Ask again"],
    ],
    [
      "first device",
      () => draw(asked(5)),
      "Question 1?",
      [
        "Move to another device?",
        "Another device asks to go on with your link.",
        "If that is you, type the letters it shows. This device then stops.",
      ],
      ["Move", "It wasn't me", "Send answer"],
    ],
    [
      "wrong letters",
      () => draw(asked(4, asked(5))),
      "Question 1?",
      ["Not those letters. 4 tries left."],
      ["Move", "It wasn't me", "Send answer"],
    ],
    [
      "no try left",
      () => draw(asked(0, asked(5))),
      "Question 1?",
      ["Too many tries. The moderator can still release it."],
      ["Go on", "Send answer"],
    ],
    [
      "4410 released",
      () => draw(stopped(inside(), 4410, "released")),
      "Moved to another device",
      ["You go on there; your answers are safe."],
      ["Ask to move back"],
    ],
    [
      "4410 removed",
      () => draw(stopped(inside(), 4410, "removed")),
      "You can't take part any more",
      ["What you answered before is kept.", "Questions: whoever invited you."],
      [],
    ],
    [
      "4411",
      () => draw(stopped(ended(), 4411)),
      "Thank you. You were counted.",
      [],
      ["Read my answers", "I share this computer"],
    ],
    [
      "4404",
      () => draw(stopped(inside(), 4404)),
      "This link can't be used now",
      ["Something about it changed since you came.", "Try again to see what."],
      ["Try again"],
    ],
    [
      "4426",
      () => draw(stopped(inside(), 4426)),
      "There is a new version",
      ["Your draft is kept."],
      ["Reload"],
    ],
    ...[4013, 4400, 1009, 1007].map(
      (code): Row => [
        String(code),
        () => draw(stopped(inside(), code)),
        "This page stopped talking to the server",
        ["Something here went wrong; what was saved is safe."],
        ["Reload"],
      ],
    ),
    [
      "thank you",
      () => draw(ended()),
      "Thank you. You were counted.",
      [
        "100% of all questions 1 of 1",
        "100% while you were here 1 of 1",
        "You can close this page.",
        "The same link works again if the organiser reopens the conversation.",
        "Your answers, with the number in your link. No name, no e-mail, no internet address.",
      ],
      ["Read my answers", "I share this computer"],
    ],
    [
      "something unsent",
      () => draw(ended({ mine: [] }, sent())),
      "Thank you for coming.",
      ["1 answer is still on its way; keep this page open for a minute."],
      ["Read my answers", "I share this computer"],
    ],
    [
      "nothing asked",
      () => draw(ended({ state: { title: "A", phase: "ended", items: [] }, mine: [] }, inside())),
      "Thank you. You were counted.",
      ["No questions were asked while it was live."],
      ["I share this computer"],
    ],
    [
      "forgotten",
      () => draw(new Life().do({ type: "forgotten" })),
      "Forgotten here",
      ["Saved answers stay saved."],
      [],
    ],
  ];
  it.each(rows)("%s", (...row) => holds(row));
});
