"""The messages: what is one, what is none, and that hostile bytes are only ever refused."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout import wire

AID = "0b6f1e2a-3c4d-4e5f-8a9b-0c1d2e3f4a5b"
ANSWER = {"t": "answer", "aid": AID, "question": 3, "base": 0, "body": {"text": "да"}}


def frame(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def changed(**fields: Any) -> bytes:
    return frame(**{**ANSWER, **fields})


def test_an_answer_is_read() -> None:
    read = wire.decode_participant(frame(**ANSWER))
    assert read == wire.Answer(AID, 3, 0, wire.Body(text="да"))


def test_text_and_bytes_are_read_alike() -> None:
    text = json.dumps(ANSWER, ensure_ascii=False)
    assert wire.decode_participant(text) == wire.decode_participant(text.encode())


def test_unknown_fields_are_ignored_and_of_duplicate_keys_the_last_wins() -> None:
    read = wire.decode_participant(b'{"t":"beat","rev":1,"rev":7,"colour":{"a":[1,2]}}')
    assert read == wire.Beat(7)


def test_an_unknown_message_is_not_a_malformed_one() -> None:
    with pytest.raises(wire.UnknownMessage):
        wire.decode_participant(b'{"t":"takeover_from_the_future","rev":1}')
    with pytest.raises(wire.UnknownMessage):
        wire.decode_staff(b'{"t":"answer"}')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"beat"',
        b"{",
        b'{"rev":1}',
        b'{"t":7,"rev":1}',
        b'{"t":"beat"}',
        b'{"t":"beat","rev":-1}',
        b'{"t":"beat","rev":1.5}',
        b'{"t":"beat","rev":NaN}',
        b'{"t":"beat","rev":1} {}',
        b"\xff\xfe\x00",
        b'{"t":"hello","tab":0,"app":"\xff"}',
        b'{"t":"hello","tab":0,"app":"\\ud800"}',
        b'{"t":"hello","tab":0,"link":"' + b"x" * 501 + b'"}',
        changed(aid="not-a-uuid"),
        changed(aid=AID.upper()),
        changed(aid=AID + "\n"),
        changed(base=-1),
        changed(base=2**53 + 1),
        changed(body=[]),
        changed(body={"option": "1"}),
        changed(body={"options": [1, "2"]}),
        b'{"t":"beat","rev":1,"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"t":"beat","rev":' + b"9" * 400 + b',"x":' + b'{"a":' * 17 + b"1" + b"}" * 18,
    ],
)
def test_what_is_no_message_is_malformed(data: bytes) -> None:
    with pytest.raises(wire.Malformed):
        wire.decode_participant(data)


def test_text_with_a_lone_surrogate_is_malformed() -> None:
    with pytest.raises(wire.Malformed):
        wire.decode_participant('{"t":"hello","tab":0,"app":"\ud800"}')


def test_depth_counts_what_is_outside_strings() -> None:
    brackets = json.dumps({"t": "beat", "rev": 1, "x": '[{"' * 50 + "\\"})
    assert wire.decode_participant(brackets) == wire.Beat(1)
    side_by_side = json.dumps({"t": "beat", "rev": 1, "x": [[1]] * 40})
    assert wire.decode_participant(side_by_side) == wire.Beat(1)


@pytest.mark.parametrize(("depth", "bounded"), [(15, True), (16, True), (17, False), (400, False)])
def test_depth_is_bounded_at_16(depth: int, bounded: bool) -> None:
    data = b"[" * depth + b"]" * depth
    assert wire.depth_is_bounded(data) is bounded


@pytest.mark.parametrize(
    ("data", "aid"),
    [
        (changed(body={"option": "x"}), AID),
        (changed(question="third"), AID),
        (frame(t="what", aid=AID), AID),
        (changed(aid="x"), None),
        (frame(t="beat", rev="x"), None),
        (b"not json", None),
    ],
)
def test_the_aid_of_a_bad_answer_is_found(data: bytes, aid: str | None) -> None:
    assert wire.readable_aid(data) == aid


def test_a_request_body_is_read_or_malformed() -> None:
    assert wire.decode_body(b'{"pid":"p"}', wire.Check) == wire.Check("p")
    assert wire.decode_body(b"{}", wire.Check) == wire.Check()
    with pytest.raises(wire.Malformed):
        wire.decode_body(b'{"attempt":"short"}', wire.Join)


def test_staff_messages_are_read() -> None:
    command = {"t": "command", "cid": AID, "op": "next", "expect": {"phase": "live", "sent": 4}}
    read = wire.decode_staff(frame(**command))
    assert read == wire.Command(AID, "next", expect=wire.Expect("live", 4))
    with pytest.raises(wire.Malformed):
        wire.decode_staff(frame(**{**command, "op": "explode"}))


def test_what_the_server_says_leaves_defaults_out() -> None:
    assert wire.encode(wire.Bye(4408, "elsewhere")) == b'{"t":"bye","code":4408,"why":"elsewhere"}'
    assert wire.encode(wire.Beat(0)) == b'{"t":"beat","rev":0}'


@pytest.mark.parametrize(
    "union", [wire.FromParticipant, wire.ToParticipant, wire.FromStaff, wire.ToStaff]
)
def test_each_message_has_a_tag_of_its_own(union: Any) -> None:
    tags = [kind.__struct_config__.tag for kind in get_args(union)]
    assert len(set(tags)) == len(tags)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(data=st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    for decode in (wire.decode_participant, wire.decode_staff):
        try:
            read = decode(data)
        except (wire.Malformed, wire.UnknownMessage):
            continue
        assert isinstance(read, wire.Message)


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    body = wire.Body(text=text)
    again = msgspec.json.decode(wire.encode(body), type=wire.Body)
    assert again == body


def test_the_size_of_a_frame_is_counted_in_bytes() -> None:
    for frame in ("abcd", b"abcd", "é" * 2, "\N{SNOWMAN}"):
        size = len(frame.encode()) if isinstance(frame, str) else len(frame)
        assert not wire.is_larger(frame, size)
        assert wire.is_larger(frame, size - 1)
