"""What came of the faults of a rehearsal, as counts and in words. Pure.

Whoever causes a fault counts each step of it; here the steps are held against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from turnout.rehearsal.faults import Fault, Name

Counts = Mapping[str, int]
Outcomes = Mapping[Name, Counts]
"""For each fault the number of its steps, as in STEPS and PLAIN."""

STEPS: Mapping[Name, tuple[tuple[tuple[str, str], ...], ...]] = {
    "kill": ((("killed", "kills"), ("restarted", "restarts")),),
    "late": (
        (("joined_late", "joined late"), ("let_in", "let in")),
        (("answered_late", "answered after the close"), ("marked_late", "marked late")),
    ),
    "drop": ((("cut", "sockets cut"), ("resumed", "resumed")),),
    "double": (
        (("joined_twice", "joins sent twice"), ("one_seat", "let in once")),
        (("answered_twice", "answers sent twice"), ("counted_once", "counted once")),
    ),
    "second-device": (
        (
            ("tried", "other devices tried"),
            ("refused", "refused"),
            ("socket_refused", "refused on the socket too"),
        ),
    ),
    "lost-ack": (
        (
            ("thrown_away", "acknowledgements thrown away"),
            ("resent", "answers sent again"),
            ("same_answer", "acknowledged as the same"),
            ("counted_once", "counted once"),
        ),
    ),
    "takeover": (
        (
            ("tried", "other devices came"),
            ("refused", "refused at first"),
            ("asked", "asked"),
            ("granted", "granted"),
            ("moved", "went on there"),
            ("audited", "in the files"),
        ),
    ),
    "flex": (
        (("came_back", "came in flex"), ("let_in", "let in"), ("audited", "in the files")),
        (("runs", "run files"), ("runs_right", "right")),
    ),
}
"""For each fault its chains: every step of a chain happens as often as the first. Key and words."""
PLAIN: Mapping[Name, tuple[tuple[str, str], ...]] = {
    "double": (("frames_twice", "frames sent twice"),),
    "takeover": (
        ("by_letters", "by typing the letters"),
        ("by_release", "by the moderator"),
        ("told", "first devices told goodbye"),
    ),
    "flex": (("answered", "answers given there"),),
}
"""Counts that nothing is held against."""


def outcomes(faults: Iterable[Fault], counted: Counter[tuple[Name, str]]) -> Outcomes:
    """Every step of these faults, 0 where it never happened."""
    return {
        fault.name: {key: counted[fault.name, key] for key, _ in _all(fault.name)}
        for fault in faults
    }


def broken(found: Outcomes) -> Iterator[str]:
    """What did not happen as often as it should have, in words."""
    for name, counts in found.items():
        for chain in STEPS[name]:
            first, words = chain[0]
            for key, what in chain[1:]:
                if counts[key] != counts[first]:
                    yield f"{name}: {counts[first]:,} {words}, but {counts[key]:,} {what}"


def missing(faults: Iterable[Fault], robots: int, found: Outcomes) -> Iterator[str]:
    """What was asked for and did not happen as often, in words: no fault of the server."""
    for fault in faults:
        asked, happened = fault.among(robots), found[fault.name][STEPS[fault.name][0][0][0]]
        if happened < asked:
            yield f"{fault.name}: asked for {asked:,} times, happened {happened:,} times"


def lines(found: Outcomes) -> Iterator[str]:
    """A line for each fault."""
    for name, counts in found.items():
        told = "; ".join(_chain(counts, chain) for chain in STEPS[name])
        more = _chain(counts, PLAIN.get(name, ()))
        yield f"{name}: {told}; {more}" if more else f"{name}: {told}"


def _chain(counts: Counts, chain: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{counts[key]:,} {words}" for key, words in chain)


def _all(name: Name) -> Iterator[tuple[str, str]]:
    for chain in STEPS[name]:
        yield from chain
    yield from PLAIN.get(name, ())
