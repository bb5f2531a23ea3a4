"""What a mutant is: a server with one fault, that the scenes must tell from an honest one.

A fault is put into a process that was forked for it, before its server starts. The product knows
nothing of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mutant:
    """`caught_by`: the invariant that it breaks; `scene`: where that shows; `patch` puts it in."""

    caught_by: str
    scene: str
    patch: Callable[[], None]


MUTANTS: dict[str, Mutant] = {}


def mutant(caught_by: str, scene: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name the function's mutant after it."""

    def named(patch: Callable[[], None]) -> Callable[[], None]:
        MUTANTS[patch.__name__] = Mutant(caught_by, scene, patch)
        return patch

    return named


def put(path: str, make: Callable[[Any], Any]) -> None:
    """Replace `module:name` or `module:Class.name` by what `make` makes of it."""
    module, _, name = path.partition(":")
    *owners, last = name.split(".")
    where: Any = importlib.import_module(f"turnout.{module}")
    for owner in owners:
        where = getattr(where, owner)
    setattr(where, last, make(getattr(where, last)))


def replace_struct(struct: Any, **changes: Any) -> Any:
    """The same message with other fields."""
    from msgspec import structs

    return structs.replace(struct, **changes)
