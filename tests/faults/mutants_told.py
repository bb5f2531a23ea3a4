"""Servers that tell people what is not so, or not what is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.faults.mutant import mutant, put, replace_struct
from turnout.transport import PROTOCOL


@mutant("I4", "crash")
def rev_falls_back() -> None:
    """A welcome names an older rev than was told."""
    put(
        "services.rooms:Room.welcome",
        lambda honest: lambda self, *about: replace_struct(honest(self, *about), rev=1),
    )


@mutant("I4", "talk")
def one_event_dropped() -> None:
    """Every third event is not told."""
    calls = iter(range(10**9))
    put(
        "services.rooms:Room._tell",
        lambda honest: lambda self, delta: None if next(calls) % 3 == 1 else honest(self, delta),
    )


@mutant("I4", "talk")
def the_chain_is_broken() -> None:
    """Events name another one before them than there was."""
    put(
        "services.rooms:Room._tell",
        lambda honest: (
            lambda self, delta: honest(self, replace_struct(delta, prev=max(0, delta.prev - 1)))
        ),
    )


@mutant("I5", "state")
def state_of_yesterday() -> None:
    """The state is made once and kept for ever."""

    def kept(honest: Any) -> Any:
        def state(self: Any) -> Any:
            return _states.setdefault(self, honest(self))

        return state

    _states: dict[Any, Any] = {}
    put("services.rooms:Room.state", kept)


@mutant("I1", "crash")
def mine_forgotten() -> None:
    """A welcome after a restart lists no answers."""
    put(
        "services.rooms:Room.welcome",
        lambda honest: lambda self, *about: replace_struct(honest(self, *about), mine=[]),
    )


@mutant("I7", "talk")
def percentage_from_a_counter() -> None:
    """Every acknowledgement counts as one more question answered."""
    counts: dict[Any, int] = {}

    def counting(honest: Any) -> Any:
        def progress(self: Any, person: Any) -> Any:
            told = honest(self, person)
            counts[person.pid] = counts.get(person.pid, 0) + 1
            done = counts[person.pid]
            return type(told)(told.asked, done, 100 * done // (told.asked or 1))

        return progress

    put("services.rooms:Room.progress", counting)


@mutant("I7", "talk")
def percentage_rounded() -> None:
    """To the nearest whole number, so that 100 need not mean all."""
    put(
        "domain.progress:percent",
        lambda _honest: lambda part, whole: round(100 * part / whole) if whole else None,
    )


@mutant("I7", "talk")
def percentage_of_the_file_differs() -> None:
    """Participant Data counts one question more as asked than the screen."""

    def other(honest: Any) -> Any:
        def progress_of(*about: Any) -> Any:
            told = honest(*about)
            return replace(told, percent_answered=100 * told.answered // (told.asked + 1))

        return progress_of

    put("exports.participant_data:progress_of", other)


@mutant("I6", "talk")
def nobody_is_told() -> None:
    """Events reach the store and nobody, and every beat says that nothing has happened."""
    put("services.rooms:Room._tell", lambda _honest: lambda self, delta: None)


@mutant("I11", "never_reads")
def slow_readers_are_kept() -> None:
    """Whoever does not read is waited for, with all that they have not read."""
    endless = 10**9

    def kept(honest: Any) -> Any:
        def __init__(self: Any, bounds: Any = PROTOCOL, *about: Any, **more: Any) -> None:
            bounds = replace(bounds, out_frames=endless, out_bytes=endless, drained_within=endless)
            honest(self, bounds, *about, **more)

        return __init__

    put("transport.carrier:Carrier.__init__", kept)
