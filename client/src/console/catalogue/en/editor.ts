/** The staff page in English: changing the guide before the start. */

import type { Formats } from "../../../i18n";
import { counting } from "./counting";

export function editorWords(f: Formats) {
  const { count, questions } = counting(f);
  return {
    editor: {
      empty: "Nothing in the guide yet. Add an item, or bring a guide file.",
      holds: (asked: number, messages: number) =>
        messages === 0
          ? `${questions(asked)}.`
          : `${questions(asked)}, ${count(messages, "message", "messages")}.`,
      plan: (minutes: number, planned: number) =>
        `By its plans about ${f.number(minutes)} of the ${f.number(planned)} minutes.`,
      begun:
        "The conversation has begun: wording can be corrected, options and items added. What was sent keeps its place.",
      over: "The conversation is over. The guide stays as people saw it.",
      look: "Your role may look, not change. Ask the owner.",
      grip: (name: string) => `Move ${name}`,
      gripHint:
        "Drag a row by its dots or tap them to name its place. By keyboard: Alt with the arrow up or down.",
      moveTitle: (name: string) => `Move ${name}`,
      moveYes: "Move",
      moved: (place: number, all: number) => `Moved to ${f.number(place)} of ${f.number(all)}.`,
      copy: "Duplicate",
      drop: "Delete…",
      dropTitle: (name: string) => `Delete ${name}?`,
      dropText: "It goes out of the guide. Nobody has seen it.",
      dropYes: "Delete",
      dropNo: "Keep it",
      changedTitle: "Somebody changed this item meanwhile",
      followed: "What you have not touched follows it; what you typed is still yours.",
      whose: "Below is what it says now. Keep what you typed, or take theirs; then save.",
      mine: "Keep mine",
      theirs: "Take theirs",
      on: "yes",
      off: "no",
      nothing: "nothing",
      droppedTitle: "Somebody deleted this item meanwhile",
      dropped: "What you typed is still here. Add it anew if you want to keep it.",
      keptTitle: "You typed this before",
      kept: "It was not saved yet.",
      startOver: "Start over",
      replaceTitle: "Put another guide in its place?",
      replaceText: (old: number, next: number) =>
        `The ${count(old, "item goes", "items go")} that stand here now, and ${count(next, "item comes", "items come")}.`,
      replaceNo: "Keep this guide",
    },
  };
}
