"""Every way in which a request can fail, and what it becomes on the wire: one table."""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, UnsetType
from starlette.responses import Response

from turnout import wire
from turnout.domain.refusals import Reason, Refused
from turnout.services.signing_in import Denied

STATUS: Final[dict[str, int]] = {
    "malformed": 400,
    "damaged": 400,
    "proof": 401,
    "signed_out": 401,
    "sign_in": 401,
    "origin": 403,
    "removed": 403,
    "preview": 403,
    "first_run": 403,
    "account_over": 403,
    "role": 403,
    "unlisted": 404,
    "unknown": 404,
    "account_unknown": 404,
    "not_open": 409,
    "full": 409,
    "other_device": 409,
    "taken": 409,
    "account_last_owner": 409,
    "phase": 409,
    "expect": 409,
    "gone": 409,
    "nothing_left": 409,
    "anonymous": 409,
    "over": 410,
    "too_large": 413,
    "invalid": 422,
    "guide": 422,
    "slow_down": 429,
    "unavailable": 503,
    "no_room": 507,
}
"""HTTP statuses by refusal code. tests/web/test_failures.py holds it to the codes that exist."""


def json(body: wire.Part, status: int = 200) -> Response:
    """A message as a response. Never kept by anybody between."""
    headers = {"Cache-Control": "no-store"}
    return Response(wire.encode(body), status, headers, media_type="application/json")


def refusal(
    code: str,
    why: str,
    retry_ms: int | UnsetType | None = None,
    reason: Reason | UnsetType | None = None,
    number: int | UnsetType | None = None,
) -> Response:
    """A refusal as a response, in words."""
    body = wire.Refusal(
        code,
        why,
        UNSET if retry_ms is None else retry_ms,
        UNSET if reason is None else reason,
        UNSET if number is None else number,
    )
    return json(body, STATUS[code])


def refused(value: Refused) -> Response:
    """The domain's refusal as a response."""
    return refusal(value.code, value.why, value.retry_ms, value.reason, value.number)


def denied(value: Denied) -> Response:
    """Why somebody is not signed in, or an account not changed, as a response."""
    return refusal(value.code, value.why, value.retry_ms, value.reason, value.number)


UNKNOWN_CONVERSATION = "It isn't on this conversation's list. Check it is the newest one you got."


def unlisted() -> Response:
    """To one who guesses, an unknown conversation and an unknown link look alike."""
    return refusal("unlisted", UNKNOWN_CONVERSATION)
