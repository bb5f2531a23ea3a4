"""Frames from the server, read as docs/protocol.md asks of clients. Of robots and moderator."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from turnout.rehearsal.ledger import Ledger

T = TypeVar("T")


def read(decoder: msgspec.json.Decoder[T], text: bytes, name: str, ledger: Ledger) -> T | None:
    """The message in a frame. None, and counted, if this version does not know its `t`; None, and
    a trouble in the name of `name`, if it is no message at all."""
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        if str(error).startswith("Invalid value") and str(error).endswith("- at `$.t`"):
            ledger.ignored += 1
        else:
            ledger.trouble(f"{name}: a frame that is no message: {error}")
    except msgspec.DecodeError as error:
        ledger.trouble(f"{name}: a frame that is no JSON: {error}")
    return None
