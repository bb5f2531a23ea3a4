"""Refusals: a request that is understood and turned down is a value, never an exception.

Codes are stable and travel on the wire; the words for people who take part live in the client's
catalogues, the words for staff in `why`. Which HTTP status or close code a refusal becomes is
decided in one table at the edge (`turnout.web.failures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

JoinCode = Literal[
    "not_open",
    "over",
    "damaged",
    "unlisted",
    "full",
    "other_device",
    "removed",
    "preview",
    "slow_down",
]
"""Why somebody is not let in (protocol.md, Joining)."""

AnswerCode = Literal["retry", "closed", "invalid", "gone", "superseded"]
"""Why an answer was not taken. `retry` means keep it and send it again; all others are final."""

CommandCode = Literal["phase", "expect", "invalid", "gone", "nothing_left", "role"]
"""Why a moderator's command changed nothing."""

ProofCode = Literal["proof"]
"""The device proof does not hold: wrong nonce, origin, conversation, link or signature."""

FileCode = Literal["anonymous"]
"""Why there is no such file: nothing connects answers to people."""

Code = JoinCode | AnswerCode | CommandCode | ProofCode | FileCode


@dataclass(frozen=True, slots=True)
class Refused:
    """A request was turned down. `why` says in one plain English sentence what is so and what
    to do about it; `retry_ms` is set where trying again later makes sense."""

    code: Code
    why: str
    retry_ms: int | None = None
