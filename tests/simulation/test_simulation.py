"""Every invariant holds in every seed, and the simulation finds what breaks one."""

import re
from collections.abc import Iterator

import pytest

from tests.simulation.mutants import MUTANTS, Mutant
from tests.simulation.pages import Pages
from tests.simulation.record import Violation
from tests.simulation.running import first_violation, run

SEEDS = 100
MANY = 500
"""In `make test-long`."""
FOUND_WITHIN = 400
"""Seeds: in the first few, as a rule."""


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    """Of the client as it is."""
    with Pages() as pages:
        yield pages


def all_hold(pages: Pages, seeds: range) -> None:
    """Fail with the seeds in which something does not."""
    violations: list[str] = []

    def violated(seed: int, violation: Violation) -> None:
        violations.append(f"{violation}\n  python -m tests.simulation --seed {seed}")

    assert run(pages, seeds, violated) == len(seeds)
    assert not violations, "\n".join(violations)


def test_the_invariants_hold_in_every_seed(pages: Pages) -> None:
    all_hold(pages, range(SEEDS))


@pytest.mark.long
def test_the_invariants_hold_in_very_many_seeds(pages: Pages) -> None:
    all_hold(pages, range(SEEDS, SEEDS + MANY))


def test_a_seed_is_the_same_again_whatever_runs_beside_it(pages: Pages) -> None:
    alone, beside = [trace_of(pages, seeds) for seeds in ([7], [7, 8, 9])]
    assert len(alone) > 50
    assert beside == alone


def trace_of(pages: Pages, seeds: list[int]) -> list[str]:
    """Every step of the first of these seeds. Ids that pages draw are named in the order in which
    they appear."""
    traces: dict[int, list[str]] = {seed: [] for seed in seeds}

    def violated(seed: int, violation: Violation) -> None:
        raise violation

    run(pages, seeds, violated, traces)
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"id {len(names)}")

    drawn = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b")
    return [drawn.sub(name, line) for line in traces[seeds[0]]]


@pytest.mark.parametrize(
    "mutant",
    [
        pytest.param(mutant, id=mutant.name, marks=[pytest.mark.long] if mutant.rare else [])
        for mutant in MUTANTS
    ],
)
def test_a_mutant_is_caught(mutant: Mutant) -> None:
    with Pages(mutant.changes) as pages, mutant.at_work():
        found = first_violation(pages, range(FOUND_WITHIN))
    assert found is not None, f"{FOUND_WITHIN} seeds did not show it"
    assert found[1].name in mutant.caught, found
