"""The organiser's choices: what is wrong with them, and changing them before the start.

People may be waiting already when the start is moved: it moves, and their pages say so.
"""

from __future__ import annotations

from turnout.domain.answers import is_storable
from turnout.domain.commands import Decision
from turnout.domain.conversation import MAX_PARTICIPANTS, Conversation, Settings
from turnout.domain.events import Configured
from turnout.domain.refusals import Refused

MAX_TITLE = 200
MAX_ZONE = 64
MAX_DURATION = 24 * 60
"""Planned minutes."""
MAX_GRACE = 600
"""Seconds."""
MAX_TIME = 253_402_300_799_999
"""The last millisecond of the year 9999: what files can write."""


def settings_faults(settings: Settings) -> tuple[str, ...]:
    """What is wrong with an organiser's choices, in words. Whether the zone exists is for others to
    know."""
    found: list[str] = []
    if not settings.title.strip():
        found.append("The title is empty. Write what the conversation is about.")
    if len(settings.title) > MAX_TITLE:
        found.append(f"The title has more than {MAX_TITLE} characters. Shorten it.")
    if not is_storable(settings.title):
        found.append("The title holds a character that cannot be stored. Write it again.")
    if len(settings.zone) > MAX_ZONE or not is_storable(settings.zone):
        found.append("The zone is none. Write it like Europe/Berlin.")
    if settings.starts_at is not None and not settings.zone.strip():
        found.append("The start needs your time zone. Write it like Europe/Berlin.")
    if not 1 <= settings.max_participants <= MAX_PARTICIPANTS:
        found.append(f"Max participants must be from 1 to {MAX_PARTICIPANTS:,}.")
    if not 1 <= settings.duration <= MAX_DURATION:
        found.append(f"The planned duration must be from 1 to {MAX_DURATION:,} minutes.")
    if settings.starts_at is None and settings.auto_start:
        found.append("To start by itself it needs a start. Set one, or start it by hand.")
    if settings.starts_at is not None and not 0 <= settings.starts_at <= MAX_TIME:
        found.append("The start lies outside of the years 1970 to 9999.")
    if not 0 <= settings.grace <= MAX_GRACE:
        found.append(f"The grace for late answers must be from 0 to {MAX_GRACE} seconds.")
    return tuple(found)


def starts_at_once(settings: Settings, now: int) -> Refused | None:
    """Refused if it would start by itself the moment people could come."""
    if not settings.auto_start or settings.starts_at is None or settings.starts_at > now:
        return None
    why = "The start is past, and it would start at once. Set a later one, or start it by hand."
    return Refused("invalid", why, reason="start_past")


def configure(
    conversation: Conversation, settings: Settings, handed_out: int, now: int
) -> Decision:
    """Other choices, before the start. `handed_out`: unique links that exist already; they keep
    their order and more may come, but none is taken away."""
    if conversation.phase not in ("draft", "published"):
        why = "This can't be changed any more: the conversation has started."
        return Refused("phase", why, reason="settings_begun")
    if settings == conversation.settings:
        return ()
    if wrong := settings_faults(settings):
        return Refused("invalid", " ".join(wrong))
    if settings.links != conversation.settings.links and conversation.phase != "draft":
        why = "Links work already. Take it back to draft to change their kind."
        return Refused("phase", why, reason="links_work")
    if settings.links == "unique" and settings.max_participants < handed_out:
        why = (
            f"Lowering to {settings.max_participants:,} would cut links you may have handed out. "
            f"Keep {handed_out:,} or more."
        )
        return Refused("invalid", why, reason="links_cut", number=handed_out)
    if conversation.phase == "published":
        return starts_at_once(settings, now) or (Configured(settings),)
    return (Configured(settings),)
