"""Bytes into frames: however they were cut, they mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from tests.transport.peer import CONT, masked
from turnout.transport.bounds import PROTOCOL
from turnout.transport.frames import BINARY, CLOSE, PING, PING_FRAME, PONG, close_frame, frame_of
from turnout.transport.pulse import Pulse
from turnout.transport.reassembly import Control, Ending, Reassembly

LIMIT = 300
CONTROL = st.binary(max_size=125)
WHOLE = st.one_of(
    st.text(max_size=70).map(masked),
    st.binary(max_size=LIMIT).map(lambda data: masked(data, BINARY)),
    CONTROL.map(lambda data: masked(data, PING)),
    CONTROL.map(lambda data: masked(data, PONG)),
    st.lists(st.text(max_size=15).map(str.encode), min_size=2, max_size=5).map(
        lambda parts: b"".join(
            masked(part, CONT if n else 1, fin=n == len(parts) - 1) for n, part in enumerate(parts)
        )
    ),
    st.sampled_from(
        [
            masked(b"\xff"),
            masked("x", mask=None),
            masked("x" * (LIMIT + 1)),
            masked("x", reserved=1),
            masked("x", CONT),
            masked(b"\x03\xe8", CLOSE),
        ]
    ),
)


def fed(pieces: list[bytes]) -> list[object]:
    """What comes of these pieces, up to an Ending."""
    reassembly = Reassembly(LIMIT)
    parts: list[object] = []
    for piece in pieces:
        for part in reassembly.feed(piece):
            parts.append(part)
            if isinstance(part, Ending):
                return parts
    return parts


@given(st.lists(WHOLE, max_size=6), st.lists(st.integers(1, 400), max_size=20))
def test_however_it_was_cut_it_means_the_same(frames: list[bytes], cuts: list[int]) -> None:
    whole = b"".join(frames)
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(whole[at : at + cut])
        at += cut
    assert fed([*pieces, whole[at:]]) == fed([whole]) == fed([bytes((b,)) for b in whole])


def test_it_is_idle_between_messages_only() -> None:
    reassembly = Reassembly(LIMIT)
    for data, idle in (
        (masked("a"), True),
        (masked("a")[:3], False),
        (masked("a")[3:], True),
        (masked("a", fin=False), False),
        (masked("", PING), False),
        (masked("b", CONT), True),
    ):
        list(reassembly.feed(data))
        assert reassembly.idle is idle


def test_a_ping_is_answered_and_a_pong_is_known() -> None:
    assert fed([masked("p", PING), masked("q", PONG)]) == [
        Control(frame_of(b"p", PONG), pong=False),
        Control(b"", pong=True),
    ]


def test_a_close_is_answered_with_itself() -> None:
    assert fed([masked(b"\x0f\xa0why", CLOSE)]) == [
        Ending(frame_of(b"\x0f\xa0why", CLOSE), by_peer=True)
    ]
    assert fed([masked(b"", CLOSE)]) == [Ending(frame_of(b"", CLOSE), by_peer=True)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_are_what_websockets_writes(size: int) -> None:
    for opcode in Opcode.TEXT, Opcode.BINARY:
        data = b"x" * size
        assert frame_of(data, opcode) == Frame(opcode, data).serialize(mask=False)


def test_frames_without_a_payload_to_choose() -> None:
    assert close_frame(4008) == b"\x88\x02\x0f\xa8"
    assert PING_FRAME == b"\x89\x00"


def test_the_same_payload_is_framed_once_for_everybody() -> None:
    pulse = Pulse(PROTOCOL)
    payload, equal = b"news" * 100, b"news" * 100
    assert pulse.frame(payload) is pulse.frame(payload)
    assert pulse.frame(equal) == pulse.frame(payload) == frame_of(payload)
