"""How refusals call things: phases, and items by their place in the guide. For staff alone."""

from __future__ import annotations

from turnout.domain.conversation import Conversation, Entry, Phase
from turnout.domain.refusals import Reason, Refused

_PHASES: dict[Phase, str] = {
    "draft": "the conversation is a draft.",
    "published": "the conversation was published and has not started.",
    "live": "the conversation was started.",
    "ended": "the conversation was ended.",
    "flex": "the conversation was reopened.",
}
GONE = Refused("gone", "This item is not in the guide any more.", reason="item_gone")


def phase_words(phase: Phase) -> str:
    """What is so in this phase, as the end of a sentence."""
    return _PHASES[phase]


def name_of(conversation: Conversation, entry: Entry) -> str:
    """How staff call an item: "question 7" by its place among the questions, or "message 2"."""
    same = [e for e in conversation.entries if e.item.is_question == entry.item.is_question]
    word = "question" if entry.item.is_question else "message"
    return f"{word} {same.index(entry) + 1}"


def wrong_phase(conversation: Conversation, needs: str, reason: Reason) -> Refused:
    """Refused since the phase is another: what it needs, and what is so."""
    return Refused("phase", f"{needs} Now {phase_words(conversation.phase)}", reason=reason)
