"""The JSON of the staff's doors, both ways, and reading what is uploaded. Times in milliseconds."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime
from typing import Literal

from msgspec import UNSET, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.guides import GuideFile, Problem, Problems, read_guide
from turnout.ports import Listed
from turnout.web.failures import json, refusal


class GuideUpload(wire.Part, frozen=True):
    """A guide file; `data` in base64."""

    name: str
    data: str


class NewConversation(wire.Part, frozen=True):
    """What the form says. `starts_at`: ISO 8601 with its zone."""

    title: str
    max_participants: int
    guide: GuideUpload
    slug: str | UnsetType = UNSET
    links: Literal["unique", "single"] = "unique"
    several_devices: bool = False
    starts_at: str | UnsetType = UNSET
    zone: str = ""
    duration: int = 60
    demo: bool = False


class Remark(wire.Part, frozen=True):
    """A place in a guide file, and what is to say about it."""

    row: int
    column: str
    what: str


class Created(wire.Part, frozen=True):
    """A new conversation; the numbers count items, questions, links."""

    slug: str
    items: int
    questions: int
    links: int
    remarks: list[Remark]


class Checked(wire.Part, frozen=True):
    """A guide that is whole."""

    title: str
    items: int
    questions: int
    remarks: list[Remark]


class GuideRefusal(wire.Part, frozen=True):
    """A guide that is not, place by place."""

    code: str
    why: str
    problems: list[Remark]


class Line(wire.Part, frozen=True):
    """A conversation in the list. Times in milliseconds since 1970, UTC."""

    slug: str
    title: str
    phase: wire.Phase
    questions: int
    joined: int
    max_participants: int
    links: Literal["unique", "single"]
    created_at: int
    starts_at: int | None


class Lines(wire.Part, frozen=True):
    """The list."""

    conversations: list[Line]


class LinkLine(wire.Part, frozen=True):
    """A link of the audience table. `refused`: the code of the last refusal of a join with it, such
    as `other_device`, or null; `removed`: whoever it belongs to is out."""

    number: int
    link: str
    pid: str
    joined: bool
    refused: str | None
    removed: bool


class LinkLines(wire.Part, frozen=True):
    """The audience table. `public`: whether the links lead anywhere but to this computer.
    `taken_at`: when somebody downloaded them the last time, or null. `added_at`: when a raised Max
    participants added some the last time, or null."""

    public: bool
    links: list[LinkLine]
    taken_at: int | None
    added_at: int | None


class QrLine(wire.Part, frozen=True):
    """A link as a QR code: `size` modules wide and high, the dark ones as the path of an SVG."""

    number: int
    size: int
    path: str


class QrLines(wire.Part, frozen=True):
    """The QR codes of some links, in order."""

    codes: list[QrLine]


class TextLine(wire.Part, frozen=True):
    """A text that somebody wrote. `pid` is empty for observers and in anonymous conversations;
    there `author` stands for who wrote it, for commands about them."""

    participant: int
    pid: str
    text: str
    late: bool
    answered_at: int
    aseq: int
    author: str = ""


class TextLines(wire.Part, frozen=True):
    """Texts behind an aseq, oldest first."""

    aseq: int
    answers: list[TextLine]


class Rev(wire.Part, frozen=True):
    """A command is done; how far the conversation is now."""

    rev: int


async def read_upload(upload: GuideUpload) -> GuideFile | Response:
    """The guide that was uploaded, or the refusal that names every problem. Read beside the loop: a
    hostile file takes a second."""
    try:
        data = base64.b64decode(upload.data, validate=True)
    except ValueError:  # binascii.Error, or text that is not ASCII
        why = "The file did not arrive whole. Choose it again."
        return refusal("malformed", why, reason="file_broken")
    guide = await asyncio.to_thread(read_guide, upload.name, data)
    if isinstance(guide, Problems):
        count = len(guide.problems)
        why = f"The guide has {count} problem{'s' if count != 1 else ''}. Nothing was imported."
        return json(GuideRefusal("guide", why, remarks(guide.problems)), 422)
    return guide


def remarks(problems: tuple[Problem, ...]) -> list[Remark]:
    """Problems or remarks of a guide file, for the page."""
    return [Remark(problem.row, problem.column, problem.what) for problem in problems]


def questions_in(guide: GuideFile) -> int:
    """How many of its items ask something."""
    return sum(item.is_question for item in guide.items)


def instant(text: str) -> int | Response:
    """An ISO 8601 time with its zone, in milliseconds; without a zone it is refused."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return refusal("invalid", "The start is a date and time like 2026-11-25T18:00+01:00.")
    if moment.tzinfo is None:
        return refusal("invalid", "The start needs its time zone, like 2026-11-25T18:00+01:00.")
    return round(moment.timestamp() * 1000)


def line(listed: Listed) -> Line:
    """A conversation for the list."""
    settings = listed.conversation.settings
    return Line(
        slug=listed.slug,
        title=settings.title,
        phase=listed.conversation.phase,
        questions=sum(entry.item.is_question for entry in listed.conversation.entries),
        joined=listed.joined,
        max_participants=settings.max_participants,
        links=settings.links,
        created_at=listed.created_at,
        starts_at=settings.starts_at,
    )


def whole_number(request: Request, name: str) -> int | None:
    """A number of the query string; None if it is missing or none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
