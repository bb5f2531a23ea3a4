"""`turnout serve` and `turnout demo`: a server in this process until a signal comes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.resources import files

from rich.console import Console

from turnout import wire
from turnout.app import Turnout, serve
from turnout.cli.reach import OutOfReach, write_address
from turnout.domain.conversation import Settings as Choices
from turnout.domain.links import link
from turnout.guides import Problems, read_guide
from turnout.ports import Located
from turnout.rehearsal import accompany
from turnout.services.organising import NotCreated
from turnout.settings import Settings, in_address

DEMO_LINKS = 100
SHOWN_LINKS = 3
BACKLOG = 2_048


def listen(settings: Settings, descriptor: int | None) -> tuple[socket.socket, Settings]:
    """The listening socket: inherited, or bound to host and port; and the settings with its
    port. OutOfReach if there is none to be had."""
    listener = (
        _bound(settings.host, settings.port, "--port or --host")
        if descriptor is None
        else _inherited(descriptor)
    )
    listener.setblocking(False)
    # asyncio does this only for the sockets that it makes itself; small frames must not wait.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener, replace(settings, port=listener.getsockname()[1])


def _inherited(descriptor: int) -> socket.socket:
    try:
        return socket.socket(fileno=os.dup(descriptor))
    except OSError as error:
        why = f"Descriptor {descriptor} is no listening socket: {error.strerror or error}."
        raise OutOfReach(why) from error


def _bound(host: str, port: int, choice: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        words = error.strerror or error
        why = f"Can't listen at {host}, port {port}: {words}. Choose another {choice}."
        raise OutOfReach(why) from error


def _measuring(settings: Settings) -> AbstractContextManager[socket.socket | None]:
    """Where metrics are served, if they are. OutOfReach if that is taken."""
    if settings.metrics_port is None:
        return contextlib.nullcontext()
    choice = "--metrics-port or TURNOUT_METRICS_HOST"
    return _bound(settings.metrics_host, settings.metrics_port, choice)


def _say_metrics(out: Console, measuring: socket.socket | None) -> None:
    if measuring is not None:
        host, port = measuring.getsockname()[:2]
        _say(out, "Metrics are at", f"http://{in_address(host)}:{port}/metrics")


async def run_server(settings: Settings, descriptor: int | None, out: Console) -> int:
    """Serve; print where, and how to sign in."""
    listener, settings = listen(settings, descriptor)

    @contextlib.asynccontextmanager
    async def beside(turnout: Turnout) -> AsyncIterator[None]:
        write_address(settings.data, _local(settings))
        _say(out, "Turnout serves at", f"{settings.address}/")
        await _say_sign_in(out, turnout, settings)
        _say_metrics(out, measuring)
        yield

    with listener, _measuring(settings) as measuring:
        return await serve(settings, listener, measuring=measuring, beside=beside)


async def run_demo(settings: Settings, descriptor: int | None, robots: int, out: Console) -> int:
    """Serve a ready conversation; print the links to open."""
    listener, settings = listen(settings, descriptor)

    @contextlib.asynccontextmanager
    async def beside(turnout: Turnout) -> AsyncIterator[None]:
        write_address(settings.data, _local(settings))
        located = await _demo_conversation(turnout, robots)
        out.print()
        _say(out, "Turnout serves at", f"{settings.address}/")
        await _say_sign_in(out, turnout, settings)
        _say_metrics(out, measuring)
        _say(out, "The conversation is at", f"{settings.address}/console/{located.slug}")
        links = await turnout.store.links(located.id)
        shown = links[-SHOWN_LINKS:]  # robots begin with the first ones
        for number, row in enumerate(shown, start=1):
            where = link(settings.address, located.slug, row.pid)
            _say(out, f"Participant {number}", where)
        out.print("\nOpen each participant's link in a browser of its own, sign in, press Start.")
        accompanying = asyncio.create_task(
            accompany(_local(settings), located.slug, turnout.token, robots, seed=1)
            if robots
            else asyncio.sleep(0)
        )
        try:
            yield
        finally:
            accompanying.cancel()
            await asyncio.gather(accompanying, return_exceptions=True)

    with listener, _measuring(settings) as measuring:
        return await serve(settings, listener, measuring=measuring, beside=beside)


def _local(settings: Settings) -> str:
    """Where programs on this machine reach the server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://{in_address(host)}:{settings.port}"


def _say(out: Console, what: str, where: str) -> None:
    out.print(f"{what:<24}", end="", highlight=False)
    out.print(where, style="bold", markup=False, highlight=False, soft_wrap=True)


async def _say_sign_in(out: Console, turnout: Turnout, settings: Settings) -> None:
    secret = await turnout.sign_in.first_run_secret()
    if secret is None:
        _say(out, "Staff sign in at", f"{settings.address}/console")
    else:
        where = f"{settings.address}/console/first-run#{secret}"
        _say(out, "Staff, the first time", where)
        out.print(f"{'':<24}(once, within 30 minutes)")


async def _demo_conversation(turnout: Turnout, robots: int) -> Located:
    """The demonstration that can still be taken part in, or a new one."""
    for listed in await turnout.store.list():
        conversation = listed.conversation
        if conversation.settings.demo and conversation.phase in ("published", "live"):
            located = await turnout.store.find(listed.slug)
            if located is not None:
                return located
    guide = read_guide("sample.yaml", (files("turnout.guides") / "sample.yaml").read_bytes())
    if isinstance(guide, Problems):
        raise RuntimeError(f"the sample guide is broken: {guide.problems}")
    choices = Choices(guide.title, max_participants=DEMO_LINKS + robots, demo=True)
    made = await turnout.organising.create(choices, guide.items, None)
    if isinstance(made, NotCreated):
        raise RuntimeError(made.why)
    await _publish(turnout, made)
    return made


async def _publish(turnout: Turnout, located: Located) -> None:
    room = await turnout.rooms.find(located.slug)
    if room is None:
        raise RuntimeError("the conversation that was just made is not there")
    command = wire.Command("00000000-0000-4000-8000-000000000001", "publish")
    await turnout.moderation.command(room, command, name="turnout demo", role="owner")
