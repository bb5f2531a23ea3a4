"""Refusals are values; their codes are those that travel."""

from dataclasses import FrozenInstanceError
from typing import get_args

import pytest

from turnout import wire
from turnout.domain import refusals
from turnout.domain.refusals import Refused


def test_a_refusal_is_a_value() -> None:
    refused = Refused("closed", "Too late.")
    assert refused == Refused("closed", "Too late.", None)
    assert refused != Refused("closed", "Too late.", 1_000)
    with pytest.raises(FrozenInstanceError):
        refused.why = "x"  # type: ignore[misc]


def codes(*kinds: object) -> set[str]:
    return {code for kind in kinds for code in get_args(kind)}


def test_every_code_can_travel() -> None:
    assert codes(refusals.JoinCode, refusals.ProofCode) <= codes(wire.JoinCode)
    assert codes(refusals.AnswerCode) == codes(wire.AnswerCode)
    assert codes(refusals.CommandCode) <= codes(wire.CommandCode)


def test_every_kind_of_code_is_a_code() -> None:
    kinds = (
        refusals.JoinCode,
        refusals.AnswerCode,
        refusals.CommandCode,
        refusals.ProofCode,
        refusals.FileCode,
    )
    assert codes(*get_args(refusals.Code)) == codes(*kinds)
