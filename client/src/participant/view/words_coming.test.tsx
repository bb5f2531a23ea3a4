// Every state of the participant page before somebody is inside: what is so, why, what to do.
// The words are the design's, line by line; they are written out here and not taken from the catalogue.

import { describe, it } from "vitest";
import type { About } from "../../wire";
import { about, Life, NOW, OPEN, outside } from "../life";
import { at, draw, holds, type Row } from "./drawn";

const arrive = (parts: Partial<About> = {}) => new Life().do(about(parts), outside);
const refused = (code: string, more: object = {}) =>
  arrive({ phase: "live" }).do({ type: "gate", gate: { kind: "refused", code, why: "", ...more } });
const HOUR = 3_600_000;

describe("coming in", () => {
  const rows: Row[] = [
    [
      "draft",
      () => draw(arrive({ phase: "draft" })),
      "Not open yet",
      [
        "The organiser has not opened this conversation.",
        "Come back at the time in your invitation.",
      ],
      [],
    ],
    [
      "early",
      () => draw(arrive({ zone: "Antarctica/Troll" })),
      "A conversation",
      [
        "your time",
        "for the organiser (Troll)",
        "Starts in 60:00",
        "Come back from",
        "Your answers are stored with the number in your link",
        "We don't know who you are; whoever sent you the link may.",
      ],
      ["Check my link"],
    ],
    [
      "terms",
      () => draw(at(arrive(), HOUR - 60_000)),
      "Before we start",
      [
        "Your answers are stored with the number in your link",
        "We don't know who you are; whoever sent you the link may.",
      ],
      ["I agree, go to the waiting room"],
    ],
    [
      "terms, anonymous",
      () => draw(at(arrive({ links: "single" }), HOUR - 60_000)),
      "Before we start",
      [
        "Your answers carry no name and no number",
        "The files do not show which answers belong together.",
      ],
      ["I agree, go to the waiting room"],
    ],
    [
      "waiting",
      () =>
        draw(
          at(
            arrive()
              .do({ type: "agree" }, { type: "line", status: OPEN })
              .hear({ t: "lobby", phase: "published", starts_in: 3_600, waiting: 12 }),
            HOUR - 60_000,
          ),
        ),
      "You're in the right place",
      [
        "Keep this page open. When the moderator starts, Join appears here.",
        "About 12 people are waiting",
      ],
      [],
    ],
    [
      "past the start",
      () => draw(at(arrive().do({ type: "agree" }), HOUR + 1)),
      "The moderator hasn't started yet",
      ["It was planned for", "Nothing is lost.", "Keep this page open."],
      [],
    ],
    [
      "live",
      () => draw(arrive({ phase: "live" })),
      "The conversation has started",
      ["Tap Join to see the question. You can come and go; your place is kept."],
      ["Join"],
    ],
    [
      "flex",
      () => draw(arrive({ phase: "flex", ends_in: 3_600 })),
      "Open until",
      ["Answer at your own pace, from where you stopped."],
      ["Join"],
    ],
    [
      "over",
      () => draw(arrive({ phase: "ended", ended_ago: 60 })),
      "This conversation is over",
      [
        "It ended",
        "If you took part, your answers are safe. Ask whoever invited you about anything else.",
      ],
      ["I was invited"],
    ],
    [
      "link ready",
      () => draw(arrive().do({ type: "gate", gate: { ...outside.gate, check: "ready" } })),
      "A conversation",
      ["Your link is ready. Nothing else to do now."],
      ["Check my link again"],
    ],
    [
      "no number",
      () => draw(noNumber()),
      "Your link is incomplete",
      [
        "This conversation needs the link that was made for you.",
        "Open it from your invitation again, or ask for it.",
      ],
      [],
    ],
    [
      "damaged",
      () => draw(refused("damaged")),
      "This link is damaged",
      [
        "Part of it was lost on the way, often in copying.",
        "Tap it in the original message, or ask the sender for it again.",
      ],
      [],
    ],
    [
      "not on the list",
      () => draw(refused("unlisted")),
      "We don't know this link",
      ["It isn't on this conversation's list.", "Check it is the newest one you were sent."],
      [],
    ],
    [
      "full",
      () => draw(refused("full")),
      "All seats are taken",
      [
        "10 people have joined, the most this conversation takes.",
        "Nothing you can do here; thank you for coming. Tell whoever invited you.",
      ],
      [],
    ],
    [
      "removed",
      () => draw(refused("removed")),
      "You can't take part any more",
      [
        "A moderator removed this link from the conversation. What you answered before is kept.",
        "Questions: whoever invited you.",
      ],
      [],
    ],
    [
      "sixth device",
      () => draw(refused("five_devices")),
      "Five devices already use this link",
      ["That is the most.", "Go on with one of them."],
      [],
    ],
    [
      "not reached at all",
      () => draw(new Life().do({ type: "gate", gate: { kind: "unreachable" } })),
      "No connection",
      [
        "This page can't reach the conversation just now.",
        "It tries again by itself. Keep it open.",
      ],
      [],
    ],
    [
      "the store is away",
      () => draw(refused("unavailable", { retryAt: NOW + 9_000 })),
      "One moment",
      [
        "The conversation can't be reached just now. Nothing is lost.",
        "This page tries again in 9 s.",
      ],
      [],
    ],
    [
      "the key proved nothing",
      () => draw(refused("proof")),
      "This browser could not show that the link is its own",
      ["Reload the page. If it happens again, use another browser."],
      [],
    ],
    [
      "another device is asking",
      () => draw(refused("asked", { retryAt: NOW + 61_000 })),
      "Another device is asking already",
      ["One request at a time waits for a yes.", "You can ask in 1:01 minutes."],
      [],
    ],
    [
      "many wrong tries",
      () => draw(refused("slow_down", { retryAt: NOW + 9_000 })),
      "One moment",
      ["Too many links were tried from your network.", "This page tries again in 9 s."],
      [],
    ],
    [
      "same browser, no pid",
      () => draw(arrive({ phase: "live" }).do({ type: "found", pid: "p" })),
      "Continue where this browser left off?",
      ["One link of this conversation is kept here."],
      ["Continue", "It isn't mine"],
    ],
    [
      "staff",
      () => draw(refused("preview")),
      "Preview: you are signed in",
      ["You see what participants see; no seat is taken."],
      ["Sign out and join as participant"],
    ],
    [
      "no storage",
      () => draw(arrive({ phase: "live" }).do({ type: "forgets" })),
      "This browser forgets everything",
      ["Private windows lose your place when closed.", "Open the link in a normal window."],
      ["Go on anyway"],
    ],
  ];
  it.each(rows)("%s", (...row) => holds(row));
});

function noNumber(): Life {
  const life = arrive({ phase: "live" });
  life.state = { ...life.state, pid: null };
  return life;
}
