// Every state of the participant page with a question on it: what is so, why, what to do.
// The words are the design's, line by line; they are written out here and not taken from the catalogue.

import { afterEach, describe, expect, it, vi } from "vitest";
import type { Refused, ToParticipant } from "../../wire";
import { Life, NOW, question } from "../life";
import {
  accepted,
  draw,
  drawInto,
  holds,
  inside,
  line,
  type Row,
  read,
  saved,
  send,
  sent,
} from "./drawn";
import { FakeNode } from "./fake_document";

const refuse = (code: Refused["code"], parts: Partial<Refused> = {}): ToParticipant => ({
  t: "refused",
  aid: "aid-1",
  code,
  why: "",
  ...parts,
});
const waiting = {
  kind: "waiting",
  until: NOW,
  failures: 1,
  blocked: false,
  slowly: false,
} as const;

describe("answering", () => {
  const typed = { type: "draft", question: 1, draft: { text: "x" } } as const;
  const choice = { ...question(1, "single_choice"), options: [{ text: "Yes" }, { text: "No" }] };
  const wrong = { type: "problem" } as const;
  const Q = "Question 1?";
  const rows: Row[] = [
    [
      "before the first",
      () => draw(new Life().inside()),
      "You're in",
      ["Keep this page open.", "The first question appears here by itself."],
      [],
    ],
    [
      "draft",
      () => draw(inside(choice)),
      Q,
      ["Not sent yet", "You can still change your mind."],
      ["Send answer"],
    ],
    [
      "draft of a text",
      () => draw(inside().do(typed)),
      Q,
      ["Not sent yet", "Your text is kept on this device."],
      ["Send answer"],
    ],
    [
      "draft of a text, where nothing is kept",
      () => draw(inside().do(typed, { type: "forgets" })),
      Q,
      ["This browser forgets everything", "Not sent yet", "You can still change your mind."],
      ["Send answer"],
    ],
    [
      "offline, where nothing is kept",
      () => draw(line(sent().do({ type: "forgets" }), waiting), 3_001),
      Q,
      ["No connection just now.", "Keep this page open; no need to send again."],
      ["Try now"],
    ],
    [
      "accepted",
      () => draw(saved()),
      Q,
      ["Saved", "The next question appears here by itself."],
      ["Change my answer"],
    ],
    [
      "replaced",
      () =>
        draw(
          saved()
            .do({ type: "edit", question: 1 }, { ...send, body: { text: "y" } })
            .hear(accepted("aid-2", 2)),
        ),
      Q,
      ["Saved", "Your new answer replaced the one before."],
      ["Change my answer"],
    ],
    [
      "late, counted",
      () => draw(saved({ late: true })),
      Q,
      ["Saved", "It arrived late and counts."],
      ["Change my answer"],
    ],
    [
      "offline",
      () => draw(line(sent(), waiting), 3_001),
      Q,
      [
        "Reconnecting …",
        "No connection. Your answer is safe on this device.",
        "It goes by itself when you're back. Keep this page open; no need to send again.",
        "Waiting to send",
        "Not counted yet.",
      ],
      ["Try now"],
    ],
    [
      "degraded",
      () => draw(sent().hear({ t: "degraded", store: "away", retry_ms: 1 })),
      Q,
      [
        "Saving takes longer than usual",
        "Your answer is kept here and tried again. Not counted yet.",
      ],
      [],
    ],
    [
      "retry",
      () => draw(sent().hear(refuse("retry"))),
      Q,
      [
        "Saving takes longer than usual",
        "Your answer is kept here and tried again. Not counted yet.",
      ],
      [],
    ],
    [
      "4503",
      () => draw(line(sent(), { ...waiting, slowly: true }), 3_001),
      Q,
      [
        "The conversation can't be reached just now. Nothing is lost.",
        "Saving takes longer than usual",
        "Your answer is kept here and tried again. Not counted yet.",
      ],
      [],
    ],
    [
      "closed after grace",
      () => draw(sent().hear(refuse("closed"))),
      Q,
      ["Not counted", "It arrived after the extra minute. That was the connection, not you."],
      ["Go on"],
    ],
    [
      "closed with a draft",
      () => draw(inside().do(typed).event({ kind: "closed", question: 1 })),
      Q,
      ["This question has closed", "What you wrote was not sent."],
      ["Go on"],
    ],
    [
      "too long",
      () => draw(inside().do({ ...wrong, problem: { kind: "long", over: 12, most: 2_000 } })),
      Q,
      ["Too long: 12 over 2,000.", "Shorten it and send again."],
      ["Send answer"],
    ],
    [
      "empty",
      () => draw(inside().do({ ...wrong, problem: { kind: "write" } })),
      Q,
      ["Write something first."],
      ["Send answer"],
    ],
    [
      "number",
      () => draw(inside().do({ ...wrong, problem: { kind: "number", min: 0, max: 9, step: 3 } })),
      Q,
      ["From 0 to 9, in steps of 3."],
      ["Send answer"],
    ],
    [
      "withdrawn",
      () => draw(inside().event({ kind: "withdrawn", question: 1 })),
      Q,
      ["The moderator took this question back", "It doesn't count for anybody; you lose nothing."],
      ["Go on"],
    ],
    [
      "gone",
      () => draw(sent().hear(refuse("gone"))),
      Q,
      ["The moderator took this question back", "It doesn't count for anybody; you lose nothing."],
      ["Go on"],
    ],
    [
      "superseded",
      () =>
        draw(
          sent().hear(
            refuse("superseded", { stored: { aid: "other", revision: 1, body: { text: "y" } } }),
          ),
        ),
      Q,
      ["Answered on your other device", "That answer is shown here."],
      ["Keep it", "Send mine instead"],
    ],
    [
      "edited",
      () => draw(saved().event({ kind: "edited", item: { ...question(1), text: "Now?" } })),
      "Now?",
      ["The moderator corrected the wording.", "Your answer stays."],
      ["Change my answer"],
    ],
    [
      "reopened",
      () =>
        draw(
          saved()
            .event({ kind: "closed", question: 1 })
            .event({ kind: "opened", item: question(1) }),
        ),
      Q,
      ["Question 1 is open again", "Your answer stays; you may change it."],
      ["Change my answer"],
    ],
    [
      "another opens while one is typed in",
      () =>
        draw(
          inside()
            .do(typed, { type: "typing", typing: true })
            .event({ kind: "closed", question: 1 })
            .event({ kind: "opened", item: question(2) }),
        ),
      Q,
      ["Question 2 is open", "What you wrote was not sent."],
      ["Go to it", "Go on"],
    ],
  ];
  it.each(rows)("%s", (...row) => holds(row));
});

describe("a text", () => {
  it.each([
    [1_799, ""],
    [1_800, "1,800 / 2,000"],
    [1_949, "1,800 / 2,000"],
    [1_950, "1,950 / 2,000"],
    [2_000, "1,950 / 2,000"],
    [2_003, "Too long: 3 over 2,000."],
  ])("of %d characters is announced as '%s'", (length, words) => {
    const draft = { text: "x".repeat(length) };
    expect(draw(inside().do({ type: "draft", question: 1, draft })).heard).toBe(words);
  });
});

describe("sending", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  it("is said only when it takes longer than 400 ms", async () => {
    // What earlier screens still wanted to do; one timer is for all of it.
    await new Promise((done) => setTimeout(done, 100));
    vi.useFakeTimers();
    const root = new FakeNode("div");
    drawInto(root, sent());
    await vi.advanceTimersByTimeAsync(390);
    expect(read(root).text).not.toContain("Sending …");
    expect(read(root).buttons).toEqual(["Sending"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(read(root).text).toContain("Sending …");
  });
});
