"""Commands that move the phase: publish, start, end, take the end back, reopen, and back to draft.

Phases move only along; anything else is refused with what is so.
"""

from __future__ import annotations

from turnout.domain import configuring, editing
from turnout.domain.commands import Decision
from turnout.domain.conversation import MINUTE, Conversation
from turnout.domain.events import (
    Ended,
    EndUndone,
    Opened,
    Published,
    Reopened,
    Started,
    Unpublished,
)
from turnout.domain.refusals import Refused
from turnout.domain.words import wrong_phase

MAX_FLEX_DAYS = 60
DAY = 24 * 60 * MINUTE
UNPUBLISH_BEFORE = 15 * MINUTE
"""Later than this before the start people are arriving."""


def publish(conversation: Conversation, now: int) -> Decision:
    """Links begin to work. A guide that asks nothing, or a start by itself that is past, would
    surprise everybody."""
    if conversation.phase == "published":
        return ()
    if conversation.phase != "draft":
        return wrong_phase(conversation, "Only a draft can be published.", "draft_only")
    if (refused := editing.unfit(conversation.entries)) is not None:
        return refused
    if (refused := configuring.starts_at_once(conversation.settings, now)) is not None:
        return refused
    return (Published(),)


def unpublish(conversation: Conversation, now: int) -> Decision:
    """Back to draft, until a quarter of an hour before the start."""
    if conversation.phase == "draft":
        return ()
    if conversation.phase != "published":
        return wrong_phase(
            conversation,
            "Only a published conversation can go back to draft.",
            "unpublish_published",
        )
    starts_at = conversation.settings.starts_at
    if starts_at is not None and starts_at - UNPUBLISH_BEFORE < now:
        return Refused("phase", "Too close to the start; people are arriving.", reason="arriving")
    return (Unpublished(),)


def start(conversation: Conversation) -> Decision:
    """Go live, whatever was planned."""
    match conversation.phase:
        case "live":
            return ()
        case "published":
            return (Started(),)
        case _:
            return wrong_phase(
                conversation, "Only a published conversation can be started.", "start_published"
            )


def end(conversation: Conversation) -> Decision:
    """Live or flex is over, by hand."""
    match conversation.phase:
        case "ended":
            return ()
        case "live" | "flex":
            return (Ended(),)
        case _:
            return wrong_phase(conversation, "Only a live conversation can be ended.", "end_live")


def undo_end(conversation: Conversation, now: int) -> Decision:
    """Live goes on, with what was on the screens when it ended."""
    if conversation.phase == "live":
        return ()
    if conversation.phase != "ended":
        return wrong_phase(conversation, "There is no end to take back.", "no_end")
    until = conversation.undo_until
    if until is None:
        why = "Only an End by hand of the live part can be taken back. Reopen it instead."
        return Refused("phase", why, reason="end_stays")
    if now > until:
        return Refused(
            "phase", "It is too late to take the End back. Reopen it instead.", reason="undo_late"
        )
    return (EndUndone(), *(Opened(item) for item in conversation.cut))


def reopen(conversation: Conversation, days: int, now: int) -> Decision:
    """The same links again, once no late answer can come any more."""
    if conversation.phase == "flex":
        return ()
    final_at = conversation.final_at
    if final_at is None:
        return wrong_phase(
            conversation, "Only an ended conversation can be reopened.", "reopen_ended"
        )
    if not 1 <= days <= MAX_FLEX_DAYS:
        why = f"It can stay open for 1 to {MAX_FLEX_DAYS} days."
        return Refused("invalid", why, reason="days", number=MAX_FLEX_DAYS)
    if now <= final_at:
        wait = final_at - now + 1
        seconds = wait // 1000 + 1
        why = f"Late answers can still arrive. Reopen it in {seconds} s."
        return Refused("phase", why, retry_ms=wait, reason="late_answers", number=seconds)
    return (Reopened(now + days * DAY),)
