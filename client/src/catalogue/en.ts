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
      what: (minutes: number) =>
        `A live conversation in writing. A moderator asks, you answer here. About ${f.number(minutes)} minutes, no sound, no camera.`,
      startsIn: (seconds: number) => {
        const hours = seconds / 3_600;
        if (hours >= 48) return `In about ${f.number(Math.round(hours / 24))} days`;
        if (hours >= 2) return `In about ${f.number(Math.round(hours))} hours`;
        return `Starts in ${f.clock(seconds)}`;
      },
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
    terms: {
      title: "Before we start",
      agree: "I agree, go to the waiting room",
    },
    forgets: page(
      "This browser forgets everything",
      "Private windows lose your place when closed.",
      "Open the link in a normal window.",
    ),
    anyway: "Go on anyway",
    left: page(
      "Continue where this browser left off?",
      "One link of this conversation is kept here.",
      "",
    ),
    continueHere: "Continue",
    notMine: "It isn't mine",
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
      flexTitle: (until: number | null) =>
        until === null ? "Open at your own pace" : `Open until ${f.dayTime(until)}`,
      flex: "Answer at your own pace, from where you stopped.",
      button: "Join",
      busy: "Joining",
      holds: "This browser will then hold your link.",
      failed: "That didn't reach the conversation. Tap Join again.",
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
        "",
        "Nothing you can do here; thank you for coming. Tell whoever invited you.",
      ),
      removed: page(
        "You can't take part any more",
        "A moderator removed this link from the conversation. What you answered before is kept.",
        "Questions: whoever invited you.",
      ),
      other_device: page(
        "This link is in use on another device",
        "A device means one browser: the link stays with the first one that joins. You can ask to go on here; your earlier answers come with you.",
        "",
      ),
      asked: page("Another device is asking already", "One request at a time waits for a yes.", ""),
      five_devices: page(
        "Five devices already use this link",
        "That is the most.",
        "Go on with one of them.",
      ),
      preview: page(
        "Preview: you are signed in",
        "You see what participants see; no seat is taken.",
        "",
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
    again: (seconds: number) =>
      seconds < 120
        ? `This page tries again in ${f.number(seconds)} s.`
        : `This page tries again in ${f.clock(seconds)} minutes.`,
    allCame: (most: number) =>
      `${f.number(most)} ${f.plural(most) === "one" ? "person has" : "people have"} joined, the most this conversation takes.`,
    endedAt: (at: number) => `It ended ${f.dayTime(at)}.`,
    invited: "I was invited",
    noted: "Noted: whoever invited you can see that your link came after the end.",
    signOut: "Sign out and join as participant",
    deedFailed: "That didn't get through. Try again.",

    moving: {
      ask: "Ask to move here",
      askAgain: "Ask again",
      askBack: "Ask to move back",
      lead: "To go on here, show these letters. Your earlier answers come with you.",
      device: "A device means this browser.",
      letters: (letters: string) => [...letters].join(", "),
      steps: [
        ["On the first device", ", open the conversation and type them in."],
        ["No longer have it?", " The moderator sees your letters too, and can let you in."],
      ],
      byItself: (at: number) =>
        `If the other device stays away, this one gets in at ${f.time(at)}.`,
      left: (seconds: number) => `Waiting for a yes. ${f.clock(seconds)} left.`,
      stop: "Stop asking",
      unanswered: page("Nobody said yes", "Ten minutes have passed.", ""),
      moved: page("Moved to another device", "You go on there; your answers are safe.", ""),
      later: (seconds: number) => `You can ask in ${f.clock(seconds)} minutes.`,
      letIn: "You're in. Your earlier answers are here.",
      first: [
        "Move to another device?",
        "Another device asks to go on with your link. If that is you, type the letters it shows. This device then stops.",
      ],
      field: "The four letters",
      move: "Move",
      notMe: "It wasn't me",
      wrong: (tries: number) =>
        `Not those letters. ${f.number(tries)} ${f.plural(tries) === "one" ? "try" : "tries"} left.`,
      none: "Too many tries. The moderator can still release it.",
    },

    list: {
      mine: "My answers",
      all: "All questions",
      back: "Go back",
      flexTitle: "At your own pace",
      until: (at: number) =>
        `Open until ${f.dayTime(at)} your time. Stop and come back as often as you like.`,
      anyTime: "Stop and come back as often as you like.",
      next: "Next unanswered",
      allDone: "Everything is answered",
      empty: "No questions yet",
      live: "The question that is open",
      row: {
        taken: "taken back, counts for nobody",
        locked: "answered earlier, kept",
        waiting: "on its way, not counted yet",
        lost: "not counted",
        saved: "saved",
        savedOpen: "saved, may be changed",
        begun: "begun, not sent yet",
        begunClosed: "not sent",
        open: "to do",
        none: "not answered",
      },
    },
    notice: {
      edited: "The moderator corrected the wording.",
      reopened: (n: number) => `Question ${f.number(n)} is open again`,
      stays: "Your answer stays.",
      change: "Your answer stays; you may change it.",
    },
    sharing: {
      button: "I share this computer",
      title: "Forget this conversation here?",
      why: "This browser forgets your link and drafts. Saved answers stay saved.",
      lost: (n: number) =>
        f.plural(n) === "one"
          ? "1 answer is still on its way and would be lost."
          : `${f.number(n)} answers are still on their way and would be lost.`,
      back: "To come back here later, you would need the moderator's help.",
      forget: "Forget",
      keep: "Keep",
      failed: "That didn't reach the server. Nothing was forgotten; try again.",
      done: page(
        "Forgotten here",
        "This browser no longer knows your link. Saved answers stay saved.",
        "You can close this page.",
      ),
    },

    stopped: {
      tab: page("Open in another tab", "This one is quiet so the other can talk.", ""),
      useHere: "Use here",
      update: page("There is a new version", "Your draft is kept.", ""),
      silent: page(
        "This page stopped talking to the server",
        "Something here went wrong; what was saved is safe.",
        "",
      ),
      link: page(
        "This link can't be used now",
        "Something about it changed since you came.",
        "Try again to see what.",
      ),
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
      locked: ["Saved", "You answered this earlier; that answer stays."],
      ownPace: ["Saved", "You may change it as long as this is open."],
      waiting: ["Waiting to send", "Not counted yet."],
      waitingFor: (seconds: number) => `Trying again in ${f.number(seconds)} s.`,
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
    onItsWayAtTheEnd: (n: number) =>
      f.plural(n) === "one"
        ? "1 answer is still on its way; keep this page open for a minute."
        : `${f.number(n)} answers are still on their way; keep this page open for a minute.`,

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
      read: "Read my answers",
      stored: "What is stored",
      storedUnique:
        "Your answers, with the number in your link. No name, no e-mail, no internet address.",
      storedSingle:
        "Your answers, without name or number. The files do not show which answers belong together.",
    },
  };
}

export type Texts = ReturnType<typeof english>;
