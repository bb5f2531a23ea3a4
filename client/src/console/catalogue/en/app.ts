/** The staff page in English: the frame, signing in, the line to the server, what happened. */

import type { Formats } from "../../../i18n";
import type { Op } from "../../state";
import { said } from "./counting";

export function appWords(f: Formats) {
  return {
    app: {
      name: "Turnout",
      home: "Turnout, all conversations",
      skip: "Skip to content",
      loading: "One moment …",
      away: said(
        "The server can't be reached",
        "Check that it runs and that this computer is online.",
      ),
      unknown: said("There is no such page", "The address may have a slip."),
      toList: "All conversations",
      signOut: "Sign out",
      again: "Try again",
      ok: "OK",
      unreadable: "The server gave an answer that this page doesn't understand.",
      as: (name: string) => `Signed in as ${name}`,
    },
    signIn: {
      title: "Sign in",
      name: "Name",
      password: "Password",
      button: "Sign in",
      firstRun: said(
        "Nobody has an account yet",
        "Open the first-run link that the server printed when it started. It works once, for 30 minutes; start the server again for a new one.",
      ),
    },
    firstRun: {
      title: "Welcome to Turnout",
      lead: "Make the owner's account. It may do everything: run conversations, add staff, erase.",
      name: "Your name",
      nameHint: "Other moderators see it when you send a question.",
      password: "Password",
      passwordHint: "At least 10 characters.",
      short: "The password needs at least 10 characters.",
      button: "Create account",
      noSecret: said(
        "This link is incomplete",
        "Open the whole first-run link that the server printed, up to its last letter.",
      ),
    },
    phase: {
      draft: "Draft",
      published: "Published",
      live: "Live",
      ended: "Ended",
      flex: "Open at own pace",
    },
    line: {
      connecting: "Connecting",
      connected: "Connected",
      reconnecting: "Reconnecting",
      offline: "Offline",
      stopped: "Stopped",
      asOf: (time: string) => `what you see is from ${time}`,
      blocked: said(
        "Your network blocks live updates",
        "Pages load, but the live line doesn't. Try another network.",
      ),
      stoppedBanner: said(
        "This screen stopped following",
        "Somebody may have changed something since. Connect again to see.",
      ),
      gone: said(
        "This conversation is not here",
        "It may have been erased, or the address has a slip.",
      ),
      newVersion: said("There is a new version", "Reload this page to go on."),
      reload: "Reload",
      reconnect: "Connect again",
    },
    blocked: {
      offline: "Not connected, so nothing can be sent. It comes back by itself.",
      role: "Your role may look, not send. Ask the owner.",
      busy: "Waiting for the server …",
    },
    notice: {
      bySomebody: (name: string, item: string, seconds: number) =>
        `${name} sent ${item} ${seconds <= 1 ? "a second" : `${f.number(seconds)} s`} ago.`,
      started: (name: string) => `${name} started the conversation.`,
      published: (name: string) => `${name} published the conversation.`,
      ended: (name: string) => `${name} ended the conversation.`,
      unpublished: (name: string) => `${name} took the conversation back to draft.`,
      end_undone: (name: string) => `${name} took the End back.`,
      reopened: (name: string) => `${name} reopened the conversation.`,
      notSent: "Yours was not sent; nothing was skipped.",
      notDone: "Yours was not done; nothing was lost.",
      unsure: (what: string) =>
        said(
          `The line broke while “${what}” was on its way.`,
          "It may not have arrived. What you see now is so.",
        ),
      op: {
        publish: "Publish",
        unpublish: "Back to draft",
        start: "Start",
        send: "Send",
        next: "Next question",
        close: "Close",
        skip: "Skip",
        withdraw: "Take back",
        edit: "Correct",
        add: "Add",
        move: "Move",
        drop: "Delete",
        end: "End",
        undo_end: "Undo End",
        reopen_flex: "Reopen",
        release: "Release",
        mute: "Mute",
        unmute: "Unmute",
        remove: "Remove",
      } satisfies Record<Op, string>,
    },
  };
}
