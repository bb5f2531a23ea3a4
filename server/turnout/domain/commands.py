"""What moderators may ask for: the types alone. What comes of it: `turnout.domain.deciding`.

Commands that two moderators may give at the same moment carry what the sender's screen showed
(`expect`); all others do the same whatever happened since.
"""

from __future__ import annotations

from dataclasses import dataclass

from turnout.domain.conversation import Phase, Settings
from turnout.domain.events import Event
from turnout.domain.guide import Item
from turnout.domain.refusals import Refused


@dataclass(frozen=True, slots=True)
class Expect:
    """What the sender saw: the phase, and the rev of the last event that sent an item (0: none)."""

    phase: Phase
    sent: int


@dataclass(frozen=True, slots=True)
class Publish:
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Start:
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Open this item now, whatever its place in the guide. One that was closed opens again, and
    one that was taken back counts again."""

    item: int
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Open the first item of the guide that was neither sent nor skipped."""

    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Close the open question, or this one; closing a closed question is done already."""

    item: int | None = None
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Pass over an item that was never sent. It may still be sent later."""

    item: int
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class End:
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Unpublish:
    """Back to draft: links stop working. Not in the last quarter of an hour before the start."""

    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Configure:
    """Change the organiser's choices before the start. `handed_out`: links that exist already."""

    settings: Settings
    handed_out: int


@dataclass(frozen=True, slots=True)
class SetGuide:
    """Another guide, before anything was sent. Ids that existed keep their meaning."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class UndoEnd:
    """Take an End back, within ten minutes."""

    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class ReopenFlex:
    """Open the same links again, self-paced, for so many days."""

    days: int = 7
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an item back after it was opened."""

    item: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Correct an item's wording; add options, or reword them while nobody `answered`."""

    item: Item
    answered: bool


@dataclass(frozen=True, slots=True)
class Add:
    """A new item behind the item `after` (None: first). The decision gives it its id."""

    item: Item
    after: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """Put an item behind the item `after` (None: first), before the start."""

    item: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an item out of the guide, before the start."""

    item: int


Expecting = Publish | Unpublish | Start | Send | Next | Close | Skip | End | UndoEnd | ReopenFlex
"""What carries an `expect`."""
Command = Expecting | Configure | SetGuide | Withdraw | Edit | Add | Move | Drop
Decision = tuple[Event, ...] | Refused
"""Events in order (none: it is so already), or why nothing happens."""
