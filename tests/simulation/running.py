"""Runs simulations: many side by side, so that the two processes exchange few and large messages,
and in two groups, so that both have something to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from types import MappingProxyType

import structlog

from tests.simulation.healed import check_healed
from tests.simulation.pages import Pages
from tests.simulation.record import Violation
from tests.simulation.simulation import Simulation

TOGETHER = 48
"""Simulations in a group."""


@contextmanager
def quiet() -> Iterator[None]:
    """The server's log says nothing meanwhile."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


def run(
    pages: Pages,
    seeds: Iterable[int],
    violated: Callable[[int, Violation], None],
    traces: Mapping[int, list[str]] = MappingProxyType({}),
    together: int = TOGETHER,
) -> int:
    """Simulate these seeds, telling each violation; how many there were. A violation ends its
    seed alone. `traces`: where the steps of a seed are
    noted, for those that somebody wants to read. `together`: how many in a group."""
    todo = iter(seeds)
    groups = [
        [Simulation(seed, traces.get(seed)) for seed in islice(todo, together)] for _ in range(2)
    ]
    done = 0
    with quiet():
        for group in filter(None, groups):
            _ask(pages, group)
        while any(groups):
            for place, group in enumerate(groups):
                if not group:
                    continue
                over = _took(pages, group, violated)
                done += len(over)
                fresh = [Simulation(seed, traces.get(seed)) for seed in islice(todo, len(over))]
                groups[place] = [one for one in group if one not in over] + fresh
                if groups[place]:
                    _ask(pages, groups[place])
    return done


class _FoundOneError(Exception):
    pass


def first_violation(pages: Pages, seeds: Iterable[int]) -> tuple[int, Violation] | None:
    """The first that comes up, with its seed. The pages' process is of no use afterwards."""
    found: list[tuple[int, Violation]] = []

    def violated(seed: int, violation: Violation) -> None:
        found.append((seed, violation))
        raise _FoundOneError

    with suppress(_FoundOneError):
        run(pages, seeds, violated, together=8)
    return found[0] if found else None


def _ask(pages: Pages, group: list[Simulation]) -> None:
    tasks = []
    for one in group:
        tasks.append((one.seed, min(one.next, one.plan.end) + 20, one.orders))
        one.orders = []
    pages.ask(tasks)


def _took(
    pages: Pages, group: list[Simulation], violated: Callable[[int, Violation], None]
) -> list[Simulation]:
    """Take what came of the group's pages; the simulations that are over."""
    over = []
    for one, (seed, next_, told) in zip(group, pages.answer(), strict=True):
        assert one.seed == seed
        try:
            one.told(told)
            one.run(float("inf") if next_ < 0 else next_)
            if one.over and (next_ < 0 or next_ > one.plan.end):
                check_healed(one.watching, one.store)
            else:
                continue
        except Violation as violation:
            violated(seed, violation)
        over.append(one)
        pages.drop(seed)
    return over
