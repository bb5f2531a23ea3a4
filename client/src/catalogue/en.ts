// The participant page in English. Words are the product's (title, why, what next); numbers and times
// come formatted. Another language is another file beside this one with the same shape.

import type { Formats } from "../i18n";

export default function english(f: Formats) {
  const people = (n: number) =>
    f.plural(n) === "one" ? `About ${f.number(n)} person is` : `About ${f.number(n)} people are`;
  const page = (title: string, why: string, next: string) => ({ title, why, next });
  return {
    f,
    product: "Turnout",
    skip: "Skip to the question",
    between: "The next question appears here by itself.",
    opening: "One moment …",
    unreachable: page(
      "No connection",
      "This page can't reach the conversation just now.",
      "It tries again by itself. Keep it open.",
    ),
    tryNow: "Try now",
    tryAgain: "Try again",
    reload: "Reload",

    coming: {
      draft: page(
        "Not open yet",
        "The organiser has not opened this conversation.",
        "Come back at the time in your invitation.",
      ),
      what: (minutes: number) =>
        `A live conversation in writing. A moderator asks, you answer here. About ${f.number(minutes)} minutes, no sound, no camera.`,
      yourTime: (zone: string) => `your time (${f.place(zone)})`,
      organiserTime: (time: string, zone: string) => `${time} for the organiser (${f.place(zone)})`,
      comeBack: (time: string) => `Come back from ${time}.`,
      stored: {
        unique: [
          "Your answers are stored with the number in your link",
          "We don't know who you are; whoever sent you the link may.",
        ],
        single: [
          "Your answers carry no name and no number",
          "The files do not show which answers belong together.",
        ],
      },
      device: [
        "Use the phone you will answer on",
        "The link stays with the first browser that joins. Looking at this page does not use it.",
      ],
      check: "Check my link",
      checkAgain: "Check my link again",
      ready: "Your link is ready. Nothing else to do now.",
      checkLater: "Can't check just now. Try again in a moment.",
    },
    waiting: {
      startsIn: "Starts in about",
      title: "You're in the right place",
      lead: "Keep this page open. When the moderator starts, Join appears here.",
      lateTitle: "The moderator hasn't started yet",
      late: (time: string) => `It was planned for ${time}. Nothing is lost.`,
      keepOpen: "Keep this page open.",
      people: (n: number) => `${people(n)} waiting`,
      seat: "Your seat is taken when you join, not before.",
      connected: "Connected. Waiting for the moderator to start.",
    },
    join: {
      now: "Live now",
      title: "The conversation has started",
      lead: "Tap Join to see the question. You can come and go; your place is kept.",
      flexTitle: "Open at your own pace",
      flex: "Answer at your own pace, from where you stopped.",
      button: "Join",
      busy: "Joining",
      holds: "This browser will then hold your link.",
      failed: "That didn't reach the conversation. Tap Join again.",
      forgets: [
        "This browser forgets everything",
        "Private windows lose your place when closed. Open the link in a normal window, or go on anyway.",
      ],
    },
    refusal: {
      not_open: page(
        "Not open yet",
        "The organiser has not opened this conversation.",
        "Come back at the time in your invitation.",
      ),
      over: page(
        "This conversation is over",
        "",
        "If you took part, your answers are safe. Ask whoever invited you about anything else.",
      ),
      incomplete: page(
        "Your link is incomplete",
        "This conversation needs the link that was made for you.",
        "Open it from your invitation again, or ask for it.",
      ),
      damaged: page(
        "This link is damaged",
        "Part of it was lost on the way, often in copying.",
        "Tap it in the original message, or ask the sender for it again.",
      ),
      unlisted: page(
        "We don't know this link",
        "It isn't on this conversation's list.",
        "Check it is the newest one you were sent.",
      ),
      full: page(
        "All seats are taken",
        "As many people have joined as this conversation takes.",
        "Nothing you can do here; thank you for coming. Tell whoever invited you.",
      ),
      removed: page(
        "You can't take part any more",
        "A moderator removed this link from the conversation. What you answered before is kept.",
        "Questions: whoever invited you.",
      ),
      other_device: page(
        "This link is in use on another device",
        "A device means one browser: the link stays with the first one that joins.",
        "Go on where you joined. If that is not possible, ask whoever invited you.",
      ),
      preview: page(
        "Preview: you are signed in",
        "You see what participants see; no seat is taken.",
        "Sign out of the console to join as a participant.",
      ),
      slow_down: page("One moment", "Too many links were tried from your network.", ""),
      unavailable: page(
        "One moment",
        "The conversation can't be reached just now. Nothing is lost.",
        "",
      ),
      proof: page(
        "This browser could not show that the link is its own",
        "The clock or the storage of this browser may be in the way.",
        "Reload the page. If it happens again, use another browser.",
      ),
    },
    again: (seconds: number) => `This page tries again in ${f.number(seconds)} s.`,

    stopped: {
      tab: page("Open in another tab", "This one is quiet so the other can talk.", ""),
      useHere: "Use here",
      moved: page(
        "Moved to another device",
        "You go on there; your answers are safe.",
        "To come back to this one, ask whoever invited you.",
      ),
      update: page("There is a new version", "Your draft is kept.", ""),
      silent: page(
        "This page stopped talking to the server",
        "Something here went wrong; what was saved is safe.",
        "",
      ),
      link: page("This link can't be used now", "", ""),
    },

    progress: (answered: number, asked: number) =>
      `${f.number(answered)} of ${f.number(asked)} answered`,
    noQuestionsYet: "No questions yet",
    question: (n: number) => `Question ${f.number(n)}`,
    announce: (n: number, text: string) => `Question ${f.number(n)}. ${text}`,
    fromModerator: "From the moderator",
    first: "The first question appears here by itself.",
    joined: "You're in",
    upToDate: "Nothing to answer just now",
    stay: "Keep this page open. You can come and go; your place is kept.",
    plan: {
      about: (seconds: number) => {
        const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
        if (minutes === 0) return `about ${f.number(rest)} s`;
        const whole = `about ${f.number(minutes)} min`;
        return rest ? `${whole} ${f.number(rest)} s` : whole;
      },
      open: "still open",
      closed: "closed",
    },
    yourAnswer: "Your answer",
    other: "Other",
    otherLabel: "Your own answer",
    several: "You may choose several.",
    exclusive: "rules out the rest",
    plenty: "A sentence or two is plenty.",
    count: (n: number, most: number) => `${f.number(n)} / ${f.number(most)}`,
    over: (n: number) =>
      f.plural(n) === "one" ? "1 character too long" : `${f.number(n)} characters too long`,
    bounds: (min: number, max: number, step: number) =>
      step === 1
        ? `From ${f.number(min)} to ${f.number(max)}`
        : `From ${f.number(min)} to ${f.number(max)}, in steps of ${f.number(step)}`,
    less: "Less",
    more: "More",

    send: "Send answer",
    sending: "Sending",
    change: "Change my answer",
    keep: "Keep my answer",
    goOn: "Go on",
    goTo: (n: number) => `Question ${f.number(n)} is open`,
    goToIt: "Go to it",
    copy: "Copy my text",
    copied: "Copied",
    status: {
      draft: ["Not sent yet", "You can still change your mind."],
      draftText: ["Not sent yet", "Your text is kept on this device."],
      changing: ["Not sent yet", "Your answer from before counts until you send."],
      sending: ["Sending …", "Kept on this device until it is saved."],
      saved: ["Saved", "The next question appears here by itself."],
      replaced: ["Saved", "Your new answer replaced the one before."],
      late: ["Saved", "It arrived late and counts."],
      elsewhere: ["Saved", "Answered on your other device or tab."],
      waiting: ["Waiting to send", "Not counted yet."],
      waitingFor: (seconds: number) => `Not counted yet. Trying again in ${f.number(seconds)} s.`,
      slow: [
        "Saving takes longer than usual",
        "Your answer is kept here and tried again. Not counted yet.",
      ],
      lost: ["Not counted", "It arrived after the extra minute. That was the connection, not you."],
      closed: ["This question has closed", "The next question appears here by itself."],
      closedDraft: ["This question has closed", "What you chose was not sent."],
      closedText: ["This question has closed", "What you wrote was not sent."],
      closedChange: [
        "This question has closed",
        "Your change was not sent; your answer from before counts.",
      ],
      superseded: ["Not sent", "Your other device's answer counts."],
      withdrawn: [
        "The moderator took this question back",
        "It doesn't count for anybody; you lose nothing.",
      ],
      refused: "That could not be taken",
    },
    problem: {
      choose: ["Nothing chosen yet", "Choose one first."],
      several: ["Nothing chosen yet", "Choose at least one."],
      write: ["Nothing written yet", "Write something first."],
      long: (over: number, most: number) => [
        `Too long: ${f.number(over)} over ${f.number(most)}.`,
        "Shorten it and send again.",
      ],
      number: (min: number, max: number, step: number) => [
        "Not a number we can take",
        step === 1
          ? `From ${f.number(min)} to ${f.number(max)}, whole steps.`
          : `From ${f.number(min)} to ${f.number(max)}, in steps of ${f.number(step)}.`,
      ],
    },
    superseded: {
      title: "Answered on your other device",
      why: "That answer is shown here.",
      keep: "Keep it",
      mine: "Send mine instead",
    },
    onItsWay: (n: number) =>
      f.plural(n) === "one"
        ? "1 answer is still on its way; keep this page open."
        : `${f.number(n)} answers are still on their way; keep this page open.`,

    offline: {
      word: "Offline",
      reconnecting: "Reconnecting …",
      title: "No connection. Your answer is safe on this device.",
      titleIdle: "No connection just now.",
      why: "It goes by itself when you're back. Keep this page open; no need to send again.",
      whyIdle: "You can go on writing. This page comes back by itself.",
    },
    blocked: {
      title: "Your network blocks live updates",
      why: "Pages load, but the live line doesn't. Switch from Wi-Fi to mobile data, or the other way round.",
    },

    thanks: {
      title: ["Thank you.", "You were counted."],
      titleNone: ["Thank you", "for coming."],
      all: "of all questions",
      present: "while you were here",
      of: (part: number, whole: number) => `${f.number(part)} of ${f.number(whole)}`,
      nothing: "No questions were asked while it was live.",
      close:
        "You can close this page. The same link works again if the organiser reopens the conversation.",
      allSaved: "All your answers are saved.",
      stored: "What is stored",
      storedUnique:
        "Your answers, with the number in your link. No name, no e-mail, no internet address.",
      storedSingle:
        "Your answers, without name or number. The files do not show which answers belong together.",
    },
  };
}

export type Texts = ReturnType<typeof english>;
