"""Run the simulation by hand: `python -m tests.simulation --seeds 20000`, or one seed with every
step in words: `python -m tests.simulation --seed 17`."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.pages import Pages
from tests.simulation.record import Violation
from tests.simulation.running import run


def main() -> int:
    """0 if every invariant held."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--seed", type=int, help="this one alone, with its trace")
    asked = parser.parse_args()
    failed: list[int] = []

    def violated(seed: int, violation: Violation) -> None:
        failed.append(seed)
        print(f"seed {seed}: {violation}", flush=True)

    traces: dict[int, list[str]] = {} if asked.seed is None else {asked.seed: []}
    seeds = traces or range(asked.first, asked.first + asked.seeds)
    began = time.monotonic()
    with Pages() as pages:
        try:
            count = run(pages, seeds, violated, traces)
        finally:
            for trace in traces.values():
                print(*in_order(trace), sep="\n")
    took = time.monotonic() - began
    print(f"{count} seeds in {took:.1f} s, {len(failed)} failed: {failed[:20]}")
    return 1 if failed else 0


def in_order(trace: list[str]) -> list[str]:
    """In the order of time: the two sides note their steps one after the other."""
    return sorted(trace, key=lambda line: float(line.split()[0]))


sys.exit(main())
