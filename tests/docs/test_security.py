"""docs/security.md says the limits as they are in the code."""

from __future__ import annotations

import re

from tests.docs.markdown import own_text, read, rows, section
from turnout import wire
from turnout.services import guessing, hellos, joining, lobby
from turnout.services.answering import EVERY
from turnout.services.rooms import LIMITS
from turnout.services.signing_in import SESSION
from turnout.transport import PROTOCOL
from turnout.transport.bounds import REQUESTS
from turnout.web.requests import MAX_BODY, MAX_UPLOAD

KIB, MIB, SECOND = 1024, 1024 * 1024, 1000
MEANT: dict[str, tuple[float, ...]] = {
    "the head of a request": (REQUESTS.head_within, REQUESTS.head / KIB),
    "its body": (
        *(REQUESTS.body_within, MAX_BODY / KIB),
        *(MAX_UPLOAD / MIB, REQUESTS.whole / MIB),
    ),
    "an answer must": (REQUESTS.read_within,),
    "requests that wait": (REQUESTS.pipelined,),
    "a frame of": (wire.MAX_FRAME / KIB, wire.MAX_STAFF_FRAME / KIB, wire.MAX_DEPTH),
    "frames of one": (
        *(PROTOCOL.steady / PROTOCOL.tick, PROTOCOL.most),
        *(PROTOCOL.waiting, PROTOCOL.waiting_bytes / KIB),
    ),
    "what waits": (
        *(PROTOCOL.out_frames, PROTOCOL.out_bytes / KIB),
        PROTOCOL.drained_within * PROTOCOL.tick,
    ),
    "silence": (PROTOCOL.silence * PROTOCOL.tick,),
    "sockets that": (lobby.SPARE,),
    "hellos that": (hellos.AT_ONCE,),
    "answers of one": (LIMITS.unacknowledged, SECOND / EVERY),
    "wrong links": (guessing.MISSES, guessing.REFILL / SECOND),
    "wrong passwords": (guessing.WRONG, guessing.WRONG_REFILL / SECOND),
    "joins with": (joining.JOINS, joining.JOIN_EVERY / SECOND),
}


def test_every_limit_is_said_as_it_is() -> None:
    table = own_text(section(read("security.md"), "What is promised")).partition("| limit |")[2]
    said = dict(rows(f"| limit |{table}"))
    assert len(said) == len(MEANT)
    for what, figures in said.items():
        [meant] = [numbers for begins, numbers in MEANT.items() if what.startswith(begins)]
        assert tuple(float(number) for number in re.findall(r"\d+", figures)) == meant, what


def test_a_session_lasts_as_long_as_is_said() -> None:
    assert f"Sessions last {SESSION // 86_400_000} days" in read("security.md").replace("\n", " ")
