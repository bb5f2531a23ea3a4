"""The table of refusals: complete, and nothing in it is only thought up."""

import re
from pathlib import Path
from typing import get_args

import turnout.web
from turnout import wire
from turnout.domain import refusals
from turnout.domain.refusals import Refused
from turnout.ports import AccountCode
from turnout.services import organising, signing_in
from turnout.web.failures import STATUS, refused

NEVER_OVER_HTTP = {"retry", "closed", "superseded"}
"""Answers travel over sockets alone."""


def codes_in_the_domain() -> set[str]:
    kinds = (
        refusals.JoinCode,
        refusals.AnswerCode,
        refusals.CommandCode,
        refusals.ProofCode,
        refusals.FileCode,
    )
    return {code for kind in kinds for code in get_args(kind)} - NEVER_OVER_HTTP


def codes_in_the_sources() -> set[str]:
    """Codes that the edge and the services name in words."""
    web = [path.read_text() for path in Path(turnout.web.__path__[0]).glob("*.py")]
    services = [Path(module.__file__ or "").read_text() for module in (organising, signing_in)]
    pattern = re.compile(r'\b(?:refusal|Denied|NotCreated|GuideRefusal|SignedOut)\(\s*"(\w+)"')
    return {code for text in web + services for code in pattern.findall(text)}


def test_every_refusal_has_a_status() -> None:
    assert codes_in_the_domain() <= STATUS.keys()
    assert set(get_args(wire.JoinCode)) <= STATUS.keys()
    assert set(get_args(wire.CommandCode)) <= STATUS.keys()
    assert codes_in_the_sources() <= STATUS.keys()


def test_every_status_is_of_a_refusal_that_exists() -> None:
    known = codes_in_the_domain() | codes_in_the_sources()
    known |= set(get_args(wire.JoinCode)) | set(get_args(wire.CommandCode))
    known |= {f"account_{code}" for code in get_args(AccountCode)}
    assert STATUS.keys() <= known


def test_a_refusal_that_may_be_tried_again_says_when() -> None:
    later = refused(Refused("slow_down", "Too many tries.", retry_ms=3_000))
    assert later.status_code == 429
    assert later.body == b'{"code":"slow_down","why":"Too many tries.","retry_ms":3000}'
    assert b"retry_ms" not in refused(Refused("over", "It is over.")).body
