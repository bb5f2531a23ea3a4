"""The Autobahn cases, by kosoku: everything that RFC 6455 asks of a server, compression aside."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.transport.stage import staged
from turnout.services.connections import Connection
from turnout.transport import Bounds, Transport
from turnout.transport.frames import BINARY, frame_of
from turnout.transport.plain import Socket
from turnout.transport.wire import Wire

COMPRESSION = ("12.*", "13.*")
NAMED = {"7.1.5": "websockets answers a close within a fragmented message with 1002"}
"""The cases that fail, and why they may."""
LIMIT = 32 * 1024 * 1024
QUIET = 3_600.0
"""Seconds of a tick: a ping of ours in the middle of a case would count as a failure."""
ANYTHING = Bounds(
    tick=QUIET,
    steady=10**9,
    most=10**9,
    waiting=10**9,
    waiting_bytes=10**9,
    out_frames=10**9,
    out_bytes=10**9,
    linger=0.5,
)


class Mirror:
    """Sends back what comes, as it came."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def receive(self, frame: str | bytes) -> None:
        """Text by the front door; binary by the back door, since we never send any."""
        match frame, self._connection:
            case str(), connection:
                connection.send(frame.encode())
            case bytes(), Wire() as wire:
                wire._transport.write(frame_of(frame, BINARY))
            case bytes(), Socket() as socket:
                await socket._websocket.send_bytes(frame)

    async def end(self) -> None:
        """Session."""


@pytest.mark.long
async def test_every_case_but_those_that_are_named(transport: Transport, tmp_path: Path) -> None:
    async with staged(transport, ANYTHING, limit=LIMIT) as stage:
        stage.session = Mirror
        left_out = [word for case in COMPRESSION for word in ("-x", case)]
        command = (str(Path(sys.executable).with_name("kosoku")), "-m", "fuzzingclient")
        kosoku = await asyncio.create_subprocess_exec(
            *command, *left_out, "-o", str(tmp_path), f"127.0.0.1:{stage.port}"
        )
        await kosoku.wait()  # 1 where a case failed: the report says which
    ((_, cases),) = json.loads((tmp_path / "index.json").read_text("utf-8")).items()
    failed = {
        name: case
        for name, case in cases.items()
        if not {case["behavior"], case["behaviorClose"]} <= {"OK", "NON-STRICT", "INFORMATIONAL"}
    }
    print(
        f"{transport}: {len(cases) - len(failed)} of {len(cases)} cases; failed: {sorted(failed)}"
    )
    assert len(cases) > 300
    assert failed.keys() == NAMED.keys()
