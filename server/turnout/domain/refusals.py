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

Reason = Literal[
    "account_closed",
    "address_taken",
    "arriving",
    "bounds_stay",
    "changed_guide",
    "changed_item",
    "close_live",
    "days",
    "draft_only",
    "drop_begun",
    "end_live",
    "end_stays",
    "erase_running",
    "file_broken",
    "first_run_over",
    "guide_begun",
    "guide_large",
    "item_gone",
    "item_sent",
    "kind_stays",
    "late_answers",
    "links_cut",
    "links_work",
    "name_missing",
    "name_taken",
    "never_sent",
    "no_end",
    "no_question",
    "nobody",
    "old_password",
    "options_stay",
    "order_begun",
    "over_add",
    "over_edit",
    "over_remove",
    "owned",
    "own_pace",
    "password_long",
    "password_short",
    "phase_moved",
    "release_running",
    "reopen_ended",
    "reworded",
    "send_live",
    "sent_already",
    "settings_begun",
    "single_link",
    "start_past",
    "start_published",
    "title_differs",
    "type_stays",
    "undo_late",
    "unpublish_published",
    "withdraw_running",
    "wrong_sign_in",
]
"""Which of the sentences of its code a refusal of staff is, so that a page can say it in its
reader's language. Sentences that no page can cause have none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A request was turned down. `why` says in one plain English sentence what is so and what
    to do about it; `retry_ms` is set where trying again later makes sense. `reason` names the
    sentence, and `number` is the one that it tells, if it tells any."""

    code: Code
    why: str
    retry_ms: int | None = None
    reason: Reason | None = None
    number: int | None = None
