"""The client's message types are those of wire.py, and the generator invents none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import UNSET, Meta, UnsetType

from tools import wire_types


class Inner(msgspec.Struct):
    """A part,
    in two lines."""

    names: list[str | None]
    scores: dict[str, list[int]] = {}


class Hit(msgspec.Struct, tag="hit", tag_field="t"):
    inner: Inner
    level: Annotated[int, Meta(ge=0)]
    note: str | UnsetType | None = UNSET


class Miss(msgspec.Struct, tag="miss", tag_field="t"):
    """None of it."""

    why: Literal["late", "early"]
    again: bool = False


class Opaque(msgspec.Struct):
    anything: Any


EXPECTED = """\
/**
 * A part,
 * in two lines.
 */
export interface Inner {
  readonly names: readonly (string | null)[];
  readonly scores?: Readonly<Record<string, readonly number[]>>;
}

export interface Hit {
  readonly t: "hit";
  readonly inner: Inner;
  readonly level: number;
  readonly note?: string | null;
}

/** None of it. */
export interface Miss {
  readonly t: "miss";
  readonly why: "early" | "late";
  readonly again?: boolean;
}

export type Shot = Hit | Miss;
"""


def test_the_committed_file_is_current() -> None:
    assert wire_types.main(["--check"]) == 0


def test_structs_become_closed_readonly_interfaces() -> None:
    assert wire_types.generate({"Shot": Hit | Miss}, []) == EXPECTED


def test_a_struct_is_written_once() -> None:
    assert wire_types.generate({"Shot": Hit | Miss}, [Inner, Miss]) == EXPECTED


def test_a_type_without_counterpart_fails() -> None:
    with pytest.raises(TypeError, match="no TypeScript for"):
        wire_types.generate({}, [Opaque])


def test_two_structs_of_one_name_fail() -> None:
    other = msgspec.defstruct("Inner", [("x", int)])
    with pytest.raises(TypeError, match="two structs are named Inner"):
        wire_types.generate({}, [Inner, other])


def test_a_stale_file_is_noticed_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "wire.ts"
    monkeypatch.setattr(wire_types, "ROOT", tmp_path)
    monkeypatch.setattr(wire_types, "TARGET", target)
    assert wire_types.main(["--check"]) == 1
    assert "wire.ts is stale" in capsys.readouterr().err
    assert wire_types.main([]) == 0
    assert wire_types.main(["--check"]) == 0
    target.write_text(target.read_text() + "\n")
    assert wire_types.main(["--check"]) == 1
