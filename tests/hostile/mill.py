"""Makes hostile frames without end, from a seed: the corpus, and valid messages in which something
was changed."""

from __future__ import annotations

import json
import random
from typing import Final, Literal

from tests.hostile.corpus import CONT, DOCUMENTS, FRAMES, VALUES, framed
from turnout.transport.frames import BINARY, PING, TEXT

Door = Literal["lobby", "member", "staff"]

AID: Final = "00000000-0000-4000-8000-00000000000a"
PARTICIPANTS: Final[tuple[dict[str, object], ...]] = (
    {"t": "beat", "rev": 3},
    {"t": "resync", "epoch": "e", "rev": 3},
    {"t": "grant", "letters": "ABCD"},
    {"t": "answer", "aid": AID, "question": 2, "base": 0, "body": {"option": 1}},
    {"t": "answer", "aid": AID, "question": 2, "base": 0, "body": {"other": "mine"}},
    {"t": "answer", "aid": AID, "question": 3, "base": 1, "body": {"text": "because"}},
    {"t": "answer", "aid": AID, "question": 9, "base": 0, "body": {"options": [1, 2], "other": ""}},
    {"t": "answer", "aid": AID, "question": 4, "base": 0, "body": {"number": 1.5}},
    {
        "t": "hello",
        "tab": 1,
        "link": "p0000000000000000",
        "proof": "a.b.c",
        "resume": {"epoch": "e", "rev": 1},
        "app": "1",
    },
)
ANSWERS: Final = tuple(message for message in PARTICIPANTS if message["t"] == "answer")
STAFF: Final[tuple[dict[str, object], ...]] = (
    {"t": "hello"},
    {"t": "beat", "rev": 3},
    {"t": "resync", "epoch": "e", "rev": 3},
    {"t": "command", "cid": AID, "op": "next", "expect": {"phase": "draft", "sent": 0}},
    {"t": "command", "cid": AID, "op": "send", "item": 2, "expect": {"phase": "draft", "sent": 0}},
    {"t": "command", "cid": AID, "op": "mute", "participant": 1},
    {"t": "command", "cid": AID, "op": "release", "pid": "p0000000000000000"},
    {"t": "command", "cid": AID, "op": "edit", "item": 2, "text": "Why?"},
)
TOKENS: Final = (
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b":",
    b",",
    b"\\",
    b"\x00",
    b"\xff",
    b"e",
    b"-",
    b"9" * 30,
)
ODD_MASKS: Final = (bytes(4), b"\xff" * 4)


class Mill:
    """All that it makes follows from `chance`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def frame(self, door: Door) -> bytes:
        """The next one, as bytes on the wire."""
        chance = self._chance.random()
        if chance < 0.1:
            return self._chance.choice(FRAMES)
        if chance < 0.2:
            return self._framed(self._chance.choice(DOCUMENTS))
        message = self._text(door)
        if chance < 0.35:
            message = self._bent(message)
        frame = self._framed(message)
        return self._bent(frame) if chance > 0.95 else frame

    def _text(self, door: Door) -> bytes:
        """A valid message with another value in one place, or one place more or less."""
        messages = STAFF if door == "staff" else PARTICIPANTS
        if door == "member" and self._chance.random() < 0.8:
            messages = ANSWERS
        message = self._chance.choice(messages)
        fields = [(json.dumps(name), json.dumps(value)) for name, value in message.items()]
        at = self._chance.randrange(len(fields))
        name, value = fields[at]
        match self._chance.randrange(8):
            case 0:
                del fields[at]
            case 1:
                fields.append((name, self._chance.choice(VALUES)))  # the key twice
            case 2:
                fields.append((self._chance.choice(VALUES), value))
            case 3:
                fields[at] = (name.upper(), value)
            case 4 if value.startswith("{"):
                fields[at] = (name, self._inside(message[json.loads(name)]))
            case _:
                fields[at] = (name, self._chance.choice(VALUES))
        text = "{" + ",".join(f"{name}:{value}" for name, value in fields) + "}"
        return text.encode("utf-8", "surrogatepass")

    def _inside(self, value: object) -> str:
        assert isinstance(value, dict)
        fields = {json.dumps(name): json.dumps(inner) for name, inner in value.items()}
        fields[self._chance.choice(sorted(fields))] = self._chance.choice(VALUES)
        return "{" + ",".join(f"{name}:{inner}" for name, inner in fields.items()) + "}"

    def _bent(self, data: bytes) -> bytes:
        """Some bytes changed, left out, doubled or put in."""
        if not data:
            return b"\x00"
        at = self._chance.randrange(len(data))
        match self._chance.randrange(6):
            case 0:
                return data[:at]
            case 1:
                return (
                    data[:at] + bytes((data[at] ^ 1 << self._chance.randrange(8),)) + data[at + 1 :]
                )
            case 2:
                return data[:at] + self._chance.choice(TOKENS) + data[at:]
            case 3:
                return data[:at] + data[at + self._chance.randrange(1, 9) :]
            case 4:
                return data[:at] + data[at : at + 20] * 2 + data[at + 20 :]
            case _:
                return data[:at] + self._chance.randbytes(self._chance.randrange(1, 9)) + data[at:]

    def _framed(self, payload: bytes) -> bytes:
        chance = self._chance.random()
        if chance < 0.7:
            return framed(payload, mask=self._chance.randbytes(4))
        if chance < 0.8:
            return framed(payload, BINARY)
        if chance < 0.85:
            return framed(payload, mask=self._chance.choice(ODD_MASKS))
        cut = self._chance.randrange(len(payload) + 1)
        ping = framed(b"between", PING) if chance < 0.95 else b""
        first = framed(payload[:cut], self._chance.choice((TEXT, TEXT, BINARY)), fin=False)
        return first + ping + framed(payload[cut:], CONT)
