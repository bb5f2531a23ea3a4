"""A small server that speaks enough of `turnout.v1` for rehearsals, and can be told to lie.

One conversation, kept as lines of JSON that survive kill -9. Never a model for the real one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path

import msgspec
import uvicorn
from joserfc import jws
from joserfc.jwk import ECKey
from msgspec import UNSET
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.rehearsal.fake_conversation import SLUG, TOKEN, Fake, now
from turnout import wire
from turnout.domain.links import make_pid

_ROOT = str(Path(__file__).parents[2])
PROGRAM = (
    f"import sys; sys.path.insert(0, {_ROOT!r});"
    "from tests.rehearsal.fake_server import main; main()"
)
COMMAND = (sys.executable, "-c", PROGRAM)
"""What runs the fake as a process of its own."""


def thumbprint(proof: str, **expected: str) -> str:
    """Who signed this proof; ValueError unless it says what is expected."""
    jwk = jws.extract_compact(proof.encode()).headers()["jwk"]
    key = ECKey.import_key(jwk)
    payload = json.loads(jws.deserialize_compact(proof, key, algorithms=["ES256"]).payload)
    if any(payload[name] != value for name, value in expected.items()):
        raise ValueError("the proof is for something else")
    return key.thumbprint()


def application(fake: Fake) -> Starlette:
    def ok(request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {TOKEN}"

    def refused(status: int, code: str, why: str) -> Response:
        return JSONResponse({"code": code, "why": why}, status)

    def answer(message: msgspec.Struct) -> Response:
        return Response(wire.encode(message), media_type="application/json")

    async def healthz(request: Request) -> Response:
        return Response("ok")

    async def create(request: Request) -> Response:
        if not ok(request):
            return refused(401, "signed_out", "Sign in first.")
        body = await request.json()
        pids = [make_pid(secrets.token_bytes(10)) for _ in range(body["max_participants"])]
        fake.store({"k": "create", **body["guide"], "pids": pids})
        return JSONResponse({"slug": SLUG, "links": len(pids), "items": len(fake.items)}, 201)

    async def staff_state(request: Request) -> Response:
        return answer(fake.staff_state())

    async def staff_links(request: Request) -> Response:
        rows = [
            {"number": n, "link": link, "pid": pid, "joined": pid in fake.said_hello}
            for n, (pid, link) in enumerate(fake._links(), start=1)
        ]
        return JSONResponse({"public": False, "links": rows})

    async def file(request: Request) -> Response:
        return Response(fake.file(request.path_params["name"]))

    async def staff_command(request: Request) -> Response:
        body = await request.json()
        fake.store({"k": "command", "cid": body["cid"], "op": body["op"]})
        return JSONResponse({"rev": fake.rev})

    async def check(request: Request) -> Response:
        body = wire.decode_body(await request.body(), wire.Check)
        assert request.headers["origin"] == fake.origin
        if body.pid not in fake.pids:
            return refused(404, "unlisted", "Not on the list.")
        return answer(wire.Ready(True, fake.phase))

    async def nonce(request: Request) -> Response:
        fake.nonces.add(fresh := secrets.token_hex(8))
        return answer(wire.Nonce(fresh, 60))

    async def join(request: Request) -> Response:
        body = wire.decode_body(await request.body(), wire.Join)
        if fake.lie_once("slow_down"):
            slow = {"code": "slow_down", "why": "busy", "retry_ms": 20}
            return JSONResponse(slow, 429)
        if fake.lie_once("full"):
            return refused(409, "full", "No seat is left.")
        assert isinstance(body.pid, str)
        assert isinstance(body.proof, str)
        used = json.loads(jws.extract_compact(body.proof.encode()).payload)["nonce"]
        fake.nonces.remove(used)
        key = thumbprint(
            body.proof, aud=fake.origin, slug=SLUG, pid=body.pid, use="join", attempt=body.attempt
        )
        if fake.keys.setdefault(body.pid, key) != key and not fake.lie_once("let_in"):
            elsewhere = {"code": "other_device", "why": "elsewhere", "reason": "may_ask"}
            return JSONResponse(elsewhere, 409)
        fake.store({"k": "join", "pid": body.pid, "key": fake.keys[body.pid]})
        response = answer(wire.Joined("key", fake.welcome(body.pid, None)))
        response.headers["set-cookie"] = f"turnout-{SLUG}={secrets.token_hex(8)}; HttpOnly"
        return response

    async def tell(message: msgspec.Struct, sockets: set[WebSocket]) -> None:
        text = wire.encode(message).decode()
        for websocket in tuple(sockets):
            with suppress(WebSocketDisconnect, RuntimeError):
                await websocket.send_text(text)

    async def spread(after: int) -> None:
        for event in fake.events[after:]:
            state = fake.staff_state()
            staff_event = wire.StaffEvent(event.rev, event.prev, "any", "", now(), state)
            await tell(staff_event, fake.screens)
            skipped = fake.lie_once("skip_event")
            await tell(event, set(list(fake.people)[skipped:]))

    async def do(command: wire.Command, websocket: WebSocket) -> None:
        before = fake.rev
        if command.op == "next" and fake.lie_once("moved_on"):
            fake.store({"k": "command", "cid": "somebody-else", "op": "next"})
        if command.op in fake.lies or (command.op == "next" and "stuck" in fake.lies):
            text = wire.encode(wire.CommandRefused(command.cid, "phase", before, "not now"))
            await websocket.send_text(text.decode())
            return
        if command.cid not in fake.cids:
            if command.expect is not UNSET and command.expect.sent != fake.sent_rev:
                await spread(before)
                before = fake.rev
                text = wire.encode(wire.CommandRefused(command.cid, "expect", before, "moved on"))
                await websocket.send_text(text.decode())
                return
            fake.store({"k": "command", "cid": command.cid, "op": command.op})
        await spread(before)
        if command.op == "end" and "close_at_end" in fake.lies:
            for person in tuple(fake.people):
                await person.close(4411)
        await tell(wire.Lobby(fake.phase, None, len(fake.lobby)), fake.lobby)
        done = wire.Done(command.cid, fake.cids[command.cid])
        await websocket.send_text(wire.encode(done).decode())

    async def console(websocket: WebSocket) -> None:
        if websocket.headers.get("authorization") != f"Bearer {TOKEN}":
            await websocket.close()
            return
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)
        if "send_away" in fake.lies:
            await websocket.close(4403)
            return
        with suppress(WebSocketDisconnect):
            while True:
                message = wire.decode_staff(await websocket.receive_text())
                if isinstance(message, wire.StaffHello):
                    welcome = wire.StaffWelcome(
                        fake.epoch, fake.rev, fake.staff_state(), "robot", "owner", 25_000, now()
                    )
                    await websocket.send_text(wire.encode(welcome).decode())
                    await websocket.send_text('{"t": "novelty"}')
                    fake.screens.add(websocket)
                elif isinstance(message, wire.Command):
                    await do(message, websocket)
        fake.screens.discard(websocket)

    async def participant(websocket: WebSocket) -> None:
        assert websocket.headers["origin"] == fake.origin
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)
        challenge = secrets.token_hex(8)
        await websocket.send_text(wire.encode(wire.Challenge(challenge, now())).decode())
        await websocket.send_text(wire.encode(wire.Lobby(fake.phase, None, 1)).decode())
        await websocket.send_text('{"t": "novelty"}')
        fake.lobby.add(websocket)
        with suppress(WebSocketDisconnect):
            while True:
                message = wire.decode_participant(await websocket.receive_text())
                if isinstance(message, wire.Answer) and "deaf" in fake.lies:
                    continue
                for reply in replies(websocket, message, challenge):
                    await websocket.send_text(wire.encode(reply).decode())
                    if isinstance(reply, wire.Bye):
                        await websocket.close(reply.code)
                if isinstance(message, wire.Answer) and fake.lie_once("drop"):
                    await websocket.send_text(wire.encode(wire.Bye(4009, "x", 10)).decode())
                    await websocket.close(4009)
                    break
                if isinstance(message, wire.Answer) and fake.lie_once("expel"):
                    await websocket.send_text(wire.encode(wire.Bye(4410, "removed")).decode())
                    await websocket.close(4410)
                    break
        fake.lobby.discard(websocket)
        fake.people.pop(websocket, None)

    def replies(
        websocket: WebSocket, message: wire.FromParticipant, challenge: str
    ) -> Iterator[msgspec.Struct]:
        match message:
            case wire.Hello(link=str() as pid, proof=str() as proof):
                key = thumbprint(
                    proof,
                    aud=fake.origin, slug=SLUG, pid=pid, use="hello", nonce=challenge, attempt="",
                )  # fmt: skip
                if fake.keys[pid] != key and not fake.lie_once("welcome"):
                    yield wire.Bye(4409, "elsewhere")
                    return
                if fake.lie_once("no_welcome"):
                    return
                if pid not in fake.said_hello:
                    fake.store({"k": "hello", "pid": pid})
                fake.lobby.discard(websocket)
                fake.people[websocket] = pid
                resume = None if message.resume is UNSET else message.resume
                yield fake.welcome(pid, resume)
            case wire.Answer():
                yield fake.answer(fake.people[websocket], message)
            case wire.Resync(epoch=epoch, rev=rev):
                yield fake.welcome(fake.people[websocket], wire.Resume(epoch, rev))
            case wire.Beat():
                yield wire.Pulse(fake.rev, 0)

    api, staff = f"/api/c/{SLUG}", "/api/console/conversations"
    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route(staff, create, methods=["POST"]),
            Route(f"{staff}/{SLUG}", staff_state),
            Route(f"{staff}/{SLUG}/links", staff_links),
            Route(f"{staff}/{SLUG}/command", staff_command, methods=["POST"]),
            Route(f"{staff}/{SLUG}/files/{{name}}", file),
            Route(f"{api}/check", check, methods=["POST"]),
            Route(f"{api}/nonce", nonce, methods=["POST"]),
            Route(f"{api}/join", join, methods=["POST"]),
            WebSocketRoute(f"/ws/console/{SLUG}", console),
            WebSocketRoute(f"/ws/c/{SLUG}", participant),
        ]
    )


class _Quiet(uvicorn.Server):
    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


def _config(fake: Fake) -> uvicorn.Config:
    return uvicorn.Config(
        application(fake),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


@asynccontextmanager
async def serving(data: Path, *lies: str) -> AsyncIterator[Fake]:
    """The fake in this process, on a port of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        fake = Fake(data, f"http://127.0.0.1:{listener.getsockname()[1]}", frozenset(lies))
        server = _Quiet(_config(fake))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield fake
        finally:
            server.should_exit = True
            await task
            fake.close()


def main() -> None:
    """The fake as a process, with the options of `turnout serve` that rehearsals use."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("--lie", action="append", default=[])
    arguments = parser.parse_args()
    if "die" in arguments.lie:
        raise SystemExit("no more disk")
    listener = socket.socket(fileno=arguments.fd)
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    fake = Fake(arguments.data, origin, frozenset(arguments.lie))
    uvicorn.Server(_config(fake)).run(sockets=[listener])


if __name__ == "__main__":
    main()
