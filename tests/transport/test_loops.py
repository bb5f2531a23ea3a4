"""The detached transport on each event loop, in the clear and encrypted: a server in a thread of
its own, since a test has one loop."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.transport.peer import PATIENCE, Peer, connected, masked
from tests.transport.stage import Echo, Stage, staged
from turnout.transport import Bounds
from turnout.transport.frames import CLOSE, PING, PONG

LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
BOUNDS = Bounds(tick=0.1, linger=0.2, ping_every=5)
Keys = tuple[Path, Path]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """A certificate that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("keys")
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


class Theatre:
    """A stage in a thread. `happened`: at each session, once the thread has ended."""

    def __init__(self, loop: str, keys: Keys | None) -> None:
        self._keys = keys
        self._loop = loop
        self._opened = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._peers: list[Peer] = []
        self.happened: list[list[str]] = []

    def __enter__(self) -> Theatre:
        self._thread.start()
        assert self._opened.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        for peer in self._peers:
            peer.gone()
        if self._thread.is_alive():
            self.close()

    def close(self) -> None:
        """Stop the server, gracefully; wait until it did."""
        self._runner.get_loop().call_soon_threadsafe(self._closing.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=LOOPS[self._loop]) as self._runner:
            self._runner.run(self._play())

    async def _play(self) -> None:
        self._closing = asyncio.Event()
        async with staged("detached", BOUNDS, self._keys) as stage:
            self.stage: Stage = stage
            sessions = stage.sessions
            self._opened.set()
            await self._closing.wait()
            stage.server.should_exit = True
            # The block's own end would cut them off; here they are waited for.
            while stage.server.server_state.connections:
                await asyncio.sleep(0.01)
            self.happened = [echo.happened for echo in sessions if isinstance(echo, Echo)]

    async def peer(self) -> Peer:
        """A client."""
        context = ssl.create_default_context(cafile=self._keys[0]) if self._keys else None
        peer, head = await connected(self.stage.port, "/", context)
        assert b" 101 " in head
        self._peers.append(peer)
        return peer


@pytest.fixture(params=[(loop, tls) for loop in LOOPS for tls in (False, True)], ids=str)
def theatre(request: pytest.FixtureRequest, keys: Keys) -> Iterator[Theatre]:
    """A server on this loop, encrypted or not."""
    loop, tls = request.param
    with Theatre(loop, keys if tls else None) as theatre:
        yield theatre


async def test_everything_at_once(theatre: Theatre) -> None:
    peer = await theatre.peer()
    for text in ("", "short", "m" * 300, "l" * 32_000):
        peer.write(text)
        assert await next_text(peer) == text
    whole = masked("in pieces", fin=False) + masked(b"p", PING) + masked(", joined", 0)
    for at in range(len(whole)):
        peer.write(whole[at : at + 1])
        await peer.writer.drain()
    assert await peer.frame() in {(PONG, b"p"), (PING, b"")}
    assert await next_text(peer) == "in pieces, joined"
    peer.write("4410")
    assert await peer.code() == 4410
    peer.write(masked(struct.pack("!H", 4410), CLOSE))
    await peer.ended()


async def test_a_slow_reader_learns_why(theatre: Theatre) -> None:
    peer = await theatre.peer()
    peer.write("hello")
    assert await next_text(peer) == "hello"
    peer.stop_reading()
    peer.write("pour")
    await asyncio.sleep(0.1)
    peer.read_on()
    assert await peer.code() == 4008


async def test_a_reader_that_never_reads_is_let_go(theatre: Theatre) -> None:
    peer = await theatre.peer()
    peer.stop_reading()
    peer.write("pour")
    await until_empty(theatre)


async def test_a_broken_rule_is_answered(theatre: Theatre) -> None:
    peer = await theatre.peer()
    peer.write(masked("x" * 100_000))
    assert await peer.code() == 1009
    await peer.ended()


async def test_a_silent_peer_is_asked(theatre: Theatre) -> None:
    peer = await theatre.peer()
    assert await peer.frame() == (PING, b"")
    peer.write(masked(b"", PONG))
    assert await peer.frame() == (PING, b"")


async def test_a_server_that_stops_lets_everybody_go(theatre: Theatre) -> None:
    peers = [await theatre.peer() for _ in range(5)]
    for peer in peers:
        peer.write("hello")
        assert await next_text(peer) == "hello"
    stopping = asyncio.create_task(asyncio.to_thread(theatre.close))
    for peer in peers:
        assert await peer.code() == 4000
        await peer.ended()
    await stopping
    assert theatre.happened == [["end"]] * 5


async def next_text(peer: Peer) -> str:
    """The next text, pings passed over."""
    while True:
        opcode, payload = await peer.frame()
        if opcode != PING:
            return payload.decode()


async def until_empty(theatre: Theatre) -> None:
    """Wait until the server has let everybody go."""
    async with asyncio.timeout(PATIENCE):
        while not theatre.stage.sessions or theatre.stage.server.server_state.connections:
            await asyncio.sleep(0.01)
