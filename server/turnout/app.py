"""The composition root: settings and a store in, a Starlette application out; and the server that
runs it. The only place that knows which parts there are; owns clock, randomness and the timer."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from turnout import wire
from turnout.metrics import Metrics
from turnout.ports import Clock, Store, StoreUnavailable
from turnout.services.accounts import Accounts
from turnout.services.connections import DRAINED, let_go
from turnout.services.guessing import Guessing
from turnout.services.hellos import Hellos
from turnout.services.joining import Joins
from turnout.services.moderating import Moderation
from turnout.services.nonces import Nonces
from turnout.services.organising import Organising
from turnout.services.rooms import Rooms
from turnout.services.signing_in import SignIn
from turnout.services.tallies import Boards
from turnout.services.ticking import Ticking
from turnout.services.visits import Node
from turnout.settings import Settings
from turnout.storage import SqlStore, open_shared_store, open_store
from turnout.transport import PROTOCOL, Carrier, RequestProtocol, Transport, protocol_class
from turnout.web.accounts_api import AccountsApi
from turnout.web.below import Below
from turnout.web.console_api import ConsoleApi
from turnout.web.files_api import FilesApi
from turnout.web.health import Health
from turnout.web.links_api import LinksApi
from turnout.web.organise_api import OrganiseApi
from turnout.web.pages import Pages, SecurityHeaders
from turnout.web.participant_api import ParticipantApi
from turnout.web.requests import Origins
from turnout.web.routes import routes
from turnout.web.scraping import scraped
from turnout.web.sign_in import Access
from turnout.web.sockets import Sockets
from turnout.web.staff_api import StaffApi

DATABASE = "turnout.db"
IO_ERROR, AGAIN = 74, 75
"""Exit codes. EX_IOERR after an error of the disk: what was acknowledged must be checked first.
EX_TEMPFAIL when the database has begun another history: start again."""
DRAIN = 2.0
"""Seconds that sockets have to take their last frames when the server stops."""
STOP = 5
"""Seconds after which uvicorn lets go of what is still open."""

log = structlog.get_logger()


def now() -> int:
    """Milliseconds since the Unix epoch."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Turnout:
    """A server that is put together."""

    app: ASGIApp
    store: Store
    sign_in: SignIn
    rooms: Rooms
    organising: Organising
    moderation: Moderation
    token: str
    health: Health
    metrics: Metrics


@contextlib.asynccontextmanager
async def assembled(
    settings: Settings,
    *,
    on_fatal: Callable[[str], None] | None = None,
    clock: Clock = now,
) -> AsyncIterator[Turnout]:
    """Open the store (StoreInUse if another process has the data folder's; StoreUnavailable if it
    can't be used), build the application around it, keep its timer running; let go of all at the
    end."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"The data folder can't be made: {error}.") from error
    metrics = Metrics()
    store = await _open(settings, clock, on_fatal or _log_fatal, metrics)
    try:
        turnout, ticking = _build(settings, store, clock, read_token(settings.data), metrics)
        timer = asyncio.create_task(ticking.run())
        try:
            yield turnout
        finally:
            timer.cancel()
            await asyncio.gather(timer, return_exceptions=True)
            with contextlib.suppress(StoreUnavailable):
                await ticking.write_attendance()
    finally:
        await store.close()


async def _open(
    settings: Settings, clock: Clock, on_fatal: Callable[[str], None], metrics: Metrics
) -> SqlStore:
    """PostgreSQL goes by its own clock, which is the same for every node."""
    if settings.database is None:
        return await open_store(
            settings.data / DATABASE,
            clock,
            secrets.token_bytes,
            on_fatal=on_fatal,
            on_commit=metrics.commit,
        )
    return await open_shared_store(
        settings.database, secrets.token_bytes, on_fatal=on_fatal, on_commit=metrics.commit
    )


def _build(
    settings: Settings, store: SqlStore, clock: Clock, token: str, metrics: Metrics
) -> tuple[Turnout, Ticking]:
    node = Node(Hellos(), Guessing(clock), metrics)
    health = Health(store, clock)
    rooms = Rooms(store, store.epoch, clock)
    boards = Boards()
    nonces = Nonces(store.key, clock, secrets.token_bytes)
    moderation = Moderation(store, rooms, secrets.token_bytes)
    sign_in = SignIn(store, clock, secrets.token_bytes)
    origins = Origins(settings.public)
    access = Access(sign_in, origins, token)
    joins = Joins(store, rooms, nonces, secrets.token_bytes)
    organising = Organising(store, secrets.token_bytes)
    console = ConsoleApi(store, rooms, organising, moderation, boards, access)
    public = settings.public is not None
    doors = routes(
        Pages(origins.base),
        ParticipantApi(joins, rooms, origins, access, node),
        StaffApi(sign_in, access, origins, settings.public),
        console,
        LinksApi(store, rooms, access, settings.address, public=public),
        FilesApi(store, rooms, access, settings.address),
        OrganiseApi(store, rooms, organising, moderation, access),
        AccountsApi(
            Accounts(store, sign_in, now, secrets.token_bytes), access, origins, settings.address
        ),
        Sockets(
            store,
            rooms,
            boards,
            moderation,
            nonces,
            origins,
            access,
            Carrier(ended=metrics.close),
            node,
        ),
        health,
    )
    _watch(metrics, store, rooms, node.hellos)
    site = Starlette(routes=doors)
    site.router.redirect_slashes = False  # it would lead to whatever Host the request named
    app = SecurityHeaders(Below(site, origins.base))
    turnout = Turnout(app, store, sign_in, rooms, organising, moderation, token, health, metrics)
    return turnout, Ticking(store, rooms, boards)


def _watch(metrics: Metrics, store: SqlStore, rooms: Rooms, hellos: Hellos) -> None:
    def members() -> int:
        return sum(1 for room in rooms for _ in room.members())

    metrics.watch_sockets("participant", members)
    metrics.watch_sockets("waiting", lambda: sum(len(room.waiting) for room in rooms))
    metrics.watch_sockets("staff", lambda: sum(len(room.screens) for room in rooms))
    metrics.watch_rooms(lambda: sum(1 for _ in rooms))
    metrics.watch_waiting("hellos", lambda: hellos.waiting)
    metrics.watch_waiting("answers", lambda: store.answers_waiting)
    metrics.watch_waiting("writes", lambda: store.writes_waiting)


def _log_fatal(why: str) -> None:
    log.error("the store failed", why=why)


def read_token(data: Path) -> str:
    """The command line's token of this data folder, made at the first call; only its owner may
    read it."""
    path = data / "token"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
    token = path.read_text().strip()
    if not token:  # a crash cut it short; an empty one would be anybody's
        token = secrets.token_urlsafe(32)
        path.write_text(token + "\n")
    return token


class Server(uvicorn.Server):
    """uvicorn, but a signal first lets everybody go in order: sockets close with 4000, so that
    pages come back soon and at random moments; then the process exits with 0."""

    def __init__(self, config: uvicorn.Config, turnout: Turnout) -> None:
        super().__init__(config)
        self._turnout = turnout
        self._stopping: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """In place of uvicorn's own handlers, which would close all sockets at once."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def stop(self) -> None:
        """Begin to stop. A second signal does not wait."""
        if self._stopping is not None:
            self.force_exit = self.should_exit = True
        else:
            self._stopping = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        log.info("stopping")
        self._turnout.health.draining = True
        for server in self.servers:
            server.close()
        for room in self._turnout.rooms:
            for connection in room.connections():
                let_go(connection, DRAINED)
        deadline = asyncio.get_running_loop().time() + DRAIN
        while any(True for room in self._turnout.rooms for _ in room.connections()):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.02)
        self.should_exit = True


def config(
    app: ASGIApp, transport: Transport = "detached", proxies: Sequence[str] = ()
) -> uvicorn.Config:
    """uvicorn as we start it: no compression, no access log (it would hold pids), our log, our
    frame limit, our deadlines. Only `proxies` are believed when they say where a request came
    from. Detached sockets are pinged by their own timer."""
    plain = transport == "asgi"
    return uvicorn.Config(
        app,
        ws=protocol_class(transport),
        http=RequestProtocol,
        ws_max_size=wire.MAX_STAFF_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=PROTOCOL.tick * PROTOCOL.ping_every if plain else None,
        ws_ping_timeout=PROTOCOL.tick * (PROTOCOL.silence - PROTOCOL.ping_every),
        lifespan="off",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=STOP,
    )


async def serve(
    settings: Settings,
    listener: socket.socket,
    *,
    measuring: socket.socket | None = None,
    beside: Callable[[Turnout], AbstractAsyncContextManager[None]] | None = None,
) -> int:
    """Serve until a signal; the exit code. `measuring`: where metrics are served, if they are.
    `beside` is entered when people can connect."""
    failed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def fatal(why: str) -> None:
        log.error("the store failed; stopping", why=why)
        loop.call_soon_threadsafe(failed.set)

    async with contextlib.AsyncExitStack() as stack:
        turnout = await stack.enter_async_context(assembled(settings, on_fatal=fatal))
        if measuring is not None:
            await stack.enter_async_context(scraped(turnout.metrics.registry, measuring))
        server = Server(config(turnout.app, proxies=settings.proxies), turnout)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await _first(serving, server.ready)
        log.info("serving", port=listener.getsockname()[1])
        async with contextlib.nullcontext() if beside is None else beside(turnout):
            await _first(serving, failed)
        if failed.is_set():
            os._exit(IO_ERROR if settings.database is None else AGAIN)
        await serving
    return 0


async def _first(task: asyncio.Task[None], event: asyncio.Event) -> None:
    """Wait until the task is done or the event happened."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
