"""Frames that no page of ours sends: a hundred thousand in memory, and each kind of them over real
sockets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import server
from tests.hostile.corpus import BEAT, DOCUMENTS, FRAMES, VALUES, framed
from tests.hostile.frames import Wrong, frames, hold
from tests.hostile.mill import Mill
from tests.transport.peer import PATIENCE, REQUEST
from tests.web.edge import running
from turnout import wire
from turnout.transport import Transport

ROOT = Path(__file__).parents[2]
ALLOWED = {1000, 1002, 1007, 1009, 4013, 4400, 4404}
"""Close codes. What is no code, or the peer's own that is sent back, is not among them."""
SILENT = {0, 999, 1005, 1006}
EACH = (
    *FRAMES,
    *(framed(text) for text in DOCUMENTS),
    *(framed(b'{"t":' + value.encode("utf-8", "surrogatepass") + b"}") for value in VALUES),
)


def test_a_hundred_thousand_on_both_transports() -> None:
    """In a process of its own, which nobody measures line by line: that takes three times as
    long."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-m", "tests.hostile.frames", "100000"]
    run = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-5_000:]
    sent = re.match(r"frames (\d+), seed 6,", run.stdout)
    assert sent is not None
    assert int(sent[1]) >= 100_000


async def test_some_on_both_transports() -> None:
    assert await frames(600, seed=7) >= 600


async def test_a_failure_inside_is_noticed_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode = wire.decode_participant

    def fails(frame: bytes | str) -> wire.FromParticipant:
        if len(frame) % 17 == 13:
            raise ZeroDivisionError
        return decode(frame)

    monkeypatch.setattr(wire, "decode_participant", fails)
    with pytest.raises(ExceptionGroup) as raised:
        await hold(1_500, 6, tmp_path, "detached")
    wrong, _ = raised.value.split(Wrong)
    assert wrong is not None
    assert "after 6/" in str(wrong.exceptions[0])  # the seed, to make it again


def test_a_seed_makes_the_same_frames() -> None:
    one, same, other = (Mill(random.Random(seed)) for seed in (1, 1, 2))
    made = [one.frame("member") for _ in range(200)]
    assert made == [same.frame("member") for _ in range(200)]
    assert made != [other.frame("member") for _ in range(200)]
    assert len(set(made)) > 150


async def met(address: str, slug: str, frame: bytes) -> tuple[int, bytes]:
    """Send this on a socket of its own, then something right, then nothing more: the close code, 0
    without one, and all that came."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    request = REQUEST.format(path=f"/ws/c/{slug}").replace("localhost", f"{host}:{port}")
    writer.write(request.encode())
    async with asyncio.timeout(PATIENCE):
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head
        with contextlib.suppress(ConnectionError):
            writer.write(frame + framed(BEAT))
            writer.write_eof()
        said = b""
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                said += data
    writer.transport.abort()
    at, code = 0, 0
    while len(said) - at >= 2:
        length, start = said[at + 1], at + 2
        if length == 126:
            length, start = int.from_bytes(said[start : start + 2]), start + 2
        if said[at] == 0x88:
            code = int.from_bytes(said[start : start + 2])
        at = start + length
    return code, said


async def meet_all(address: str, slug: str) -> None:
    gate = asyncio.Semaphore(20)

    async def one(frame: bytes) -> None:
        async with gate:
            code, said = await met(address, slug, frame)
        sent_back = code.to_bytes(2) in frame or frame[:1] == b"\x88"
        assert code in ALLOWED | SILENT or sent_back, (frame[:100], code)
        assert b'"code":1011' not in said, frame[:100]

    await asyncio.gather(*(one(frame) for frame in EACH))


async def test_each_kind_against_a_real_server(tmp_path: Path) -> None:
    async with server(tmp_path / "data", command="demo", log="info") as process:
        line = await process.says("The conversation is at")
        await meet_all(process.address, line.strip().rpartition("/")[2])
        async with process.client() as client:
            assert (await client.get("/readyz")).status_code == 200
        assert "error" not in process.printed
        assert process.running.returncode is None


@pytest.mark.parametrize("transport", ["detached", "asgi"])
async def test_each_kind_on_either_transport(tmp_path: Path, transport: Transport) -> None:
    async with running(tmp_path, transport=transport) as edge:
        talk = await edge.talk(do=())
        before = edge.dump()
        await meet_all(edge.address, talk.slug)
        assert edge.dump() == before
        room = await edge.turnout.rooms.find(talk.slug)
        assert room is not None
        while room.waiting:
            await asyncio.sleep(0.01)
