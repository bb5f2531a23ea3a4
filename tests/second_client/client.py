"""A participant's client for `turnout.v1`, written from docs/protocol.md alone: it shows that the
page says enough. It keeps its outbox in memory, and must never import anything of ours.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import secrets
import ssl
import uuid
from collections.abc import Callable
from typing import Any, TypeAlias

import httpx
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

Json: TypeAlias = dict[str, Any]
SPOKEN, TLS = [Subprotocol("turnout.v1")], ssl.create_default_context()  # made once: TLS is slow


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Refusal(Exception):
    """A refused request. `args[0]`: its `code`, `why`, perhaps `retry_ms` and `reason`."""


class Device:
    """What outlives a page: the key, the attempt, the tab's number."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.attempt, self.tab = secrets.token_hex(16), 0

    def proof(self, **claims: str) -> str:
        """A compact JWS by ES256 over these claims."""
        public = self.key.public_key().public_numbers()
        x, y = (_b64(number.to_bytes(32, "big")) for number in (public.x, public.y))
        jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
        header = {"typ": "turnout-proof+jwt", "alg": "ES256", "jwk": jwk}
        signing = ".".join(_b64(json.dumps(part).encode()) for part in (header, claims))
        r, s = utils.decode_dss_signature(self.key.sign(signing.encode(), ec.ECDSA(SHA256())))
        return f"{signing}.{_b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class Client:
    """One participant on one device. `address`: scheme and host, the Origin too. `items`: by id, in
    the order of the state. `mine`: the answers that count, by question; `kept`: what was ever
    accepted. `outbox`: by question, what is not settled; `lost`: what was finally refused.
    `last`: the last message of each `t` on this socket."""

    def __init__(self, address: str, slug: str, pid: str = "") -> None:
        self.address, self.slug, self.pid = address, slug, pid
        self.epoch, self.rev, self.phase = "", 0, ""
        self.items, self.mine, self.kept, self.outbox = (dict[int, Json]() for _ in range(4))
        self.lost, self.last, self._own = list[Json](), dict[str, Json](), set[str]()
        self.device, self._changed = Device(), asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._welcomed = self._asking = False

    async def post(self, door: str, **body: str) -> Json:
        """Through a participants' door. Refusal if the server says no."""
        async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
            url, headers = f"{self.address}/api/c/{self.slug}/{door}", {"Origin": self.address}
            answer = await http.post(url, json=body, headers=headers)
        if answer.is_error:
            raise Refusal(answer.json())
        return dict(answer.json())

    async def prove(self, door: str) -> Json:
        """Through one that takes a proof: `join`, `takeover`, `forget`."""
        nonce, attempt = (await self.post("nonce"))["nonce"], self.device.attempt
        proof = self._proof(door, nonce, attempt)
        return await self.post(door, attempt=attempt, proof=proof, pid=self.pid)

    def _proof(self, use: str, nonce: str, attempt: str = "") -> str:
        place = {"aud": self.address, "slug": self.slug, "pid": self.pid}
        return self.device.proof(use=use, nonce=nonce, attempt=attempt, **place)

    async def connect(self) -> None:
        """A new socket, as far as the lobby."""
        await self.cut()
        url, origin = f"ws{self.address[4:]}/ws/c/{self.slug}", Origin(self.address)
        self._socket = await connect(url, origin=origin, subprotocols=SPOKEN, proxy=None)
        self.last = {}
        self._reading = asyncio.create_task(self._read(self._socket))
        await self.until(lambda: "lobby" in self.last or "bye" in self.last)

    async def hello(self) -> None:
        """Say who this is and where it was, on the socket that waits or a new one."""
        if self._socket is None or "bye" in self.last:
            await self.connect()
        self.device.tab += 1
        proof = self._proof("hello", self.last["challenge"]["nonce"])
        resume = {"epoch": self.epoch, "rev": self.rev}
        await self.send("hello", tab=self.device.tab, link=self.pid, proof=proof, resume=resume)
        await self.until(lambda: self._welcomed or "bye" in self.last)

    async def cut(self) -> None:
        """The network is gone: no close frame, and nothing more is read."""
        if self._socket is not None and self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
            self._socket.transport.abort()
        self._socket, self._welcomed = None, False

    async def send(self, t: str, **fields: Any) -> None:
        """Send a message. What gets lost is sent again on the next socket."""
        with contextlib.suppress(ConnectionClosed):
            if self._socket is not None:
                await self._socket.send(json.dumps({"t": t, **fields}))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds; TimeoutError after half a minute."""
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(holds)

    async def resync(self) -> None:
        """Ask what is so; nothing is applied before the welcome."""
        self._asking = True
        await self.send("resync", epoch=self.epoch, rev=self.rev)

    async def _read(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in socket:
                await self._take(json.loads(frame))
        self._welcomed = False
        await self._take({"t": "bye", "code": socket.close_code, **self.last.get("bye", {})})

    async def _take(self, message: Json) -> None:
        match message["t"]:
            case "welcome":
                await self._welcome(message)
            case "event" if not self._asking and message["prev"] == self.rev < message["rev"]:
                self.rev = message["rev"]
                self._apply(message["event"])
                await self._send_outbox()
            case "event" | "beat" if not self._asking and message["rev"] > self.rev:
                await self.resync()
            case "accepted" | "mine":
                self._accept(message)
            case "refused" if one := self._sent(message["aid"]):
                await self._refused(one, message)
            case "degraded" if message["store"] == "back":
                await self._send_outbox(again=True)
        async with self._changed:
            self.last[message["t"]] = message
            self._changed.notify_all()

    async def _welcome(self, message: Json) -> None:
        restored = self.epoch not in ("", message["epoch"])
        if "state" in message:
            self.phase, items = message["state"]["phase"], message["state"]["items"]
            self.items = {seen["item"]["id"]: seen for seen in items}
        for delta in message.get("deltas", ()):
            self._apply(delta["event"])
        self.epoch, self.rev = message["epoch"], message["rev"]
        self.mine = {one["question"]: one for one in message["mine"]}
        for question, one in self.kept.items() if restored else ():
            if (held := self._revision(question)) < one["revision"]:
                self.outbox.setdefault(question, {**one, "base": held, "sent": False})
        for one in self.mine.values():
            if sent := self._sent(one["aid"]):
                del self.outbox[sent["question"]]
        self.kept |= self.mine
        self._welcomed, self._asking = True, False
        await self._send_outbox(again=True)

    def _apply(self, event: Json) -> None:
        match event["kind"]:
            case "opened" | "message":
                self.items.pop(event["item"]["id"], None)
                self._close("message")
                self.items[event["item"]["id"]] = {"item": event["item"], "status": "open"}
            case "closed" | "withdrawn" as status:
                self.items[event["question"]]["status"] = status
            case "edited":
                self.items[event["item"]["id"]]["item"] = event["item"]
            case "phase":
                self.phase = event["phase"]
                if "items" in event:  # flex: what was answered before is locked
                    self.items = {seen["item"]["id"]: seen for seen in event["items"]}
                    self.mine = {id: {**one, "locked": True} for id, one in self.mine.items()}
                if self.phase == "ended":
                    self._close("")

    def _close(self, kind: str) -> None:
        for seen in self.items.values():
            if seen["status"] == "open" and seen["item"]["type"].startswith(kind):
                seen["status"] = "closed"

    def _revision(self, question: int) -> int:
        return int(self.mine.get(question, {"revision": 0})["revision"])

    def _sent(self, aid: str) -> Json | None:
        return next((one for one in self.outbox.values() if one["aid"] == aid), None)

    async def answer(self, question: int, **body: Any) -> None:
        """Keep an answer and send it. An earlier one to this question goes first."""
        if self._welcomed:
            await self.until(lambda: question not in self.outbox or not self._welcomed)
        one = {"question": question, "aid": str(uuid.uuid4()), "base": self._revision(question)}
        self.outbox[question] = {**one, "body": body}
        self._own.add(str(one["aid"]))
        await self._send_outbox()

    async def _send_outbox(self, *, again: bool = False) -> None:
        """What was not sent on this socket, or all; nothing before its question was opened."""
        for question, one in tuple(self.outbox.items()):
            if self._welcomed and question in self.items and (again or not one.get("sent")):
                one["sent"] = True
                fields = {name: one[name] for name in ("aid", "question", "base", "body")}
                await self.send("answer", **fields)

    def _accept(self, message: Json) -> None:
        one = (sent := self._sent(message["aid"]) or {}) | message
        if (question := one.get("question")) and one["revision"] > self._revision(question):
            self.mine[question] = self.kept[question] = one
        self.outbox.pop(sent.get("question", 0), None)

    async def _refused(self, one: Json, message: Json) -> None:
        """Send it again if that helps; else it is lost."""
        stored = message.get("stored", {"aid": "", "revision": 0})
        ours = stored["aid"] in self._own or "stored" not in message
        if message["code"] == "retry":
            await asyncio.sleep(message.get("retry_ms", 1_000) / 1_000)
        elif message["code"] == "superseded" and ours and one.get("told") != stored["revision"]:
            one["base"] = one["told"] = stored["revision"]
        else:
            self.lost.append(self.outbox.pop(one["question"]))
            return
        one["sent"] = False
        await self._send_outbox()

    def progress(self) -> Json:
        """Between two messages the client's own arithmetic."""
        counting = [seen for seen in self.items.values() if seen["status"] != "withdrawn"]
        asked = {seen["item"]["id"] for seen in counting if seen["item"]["type"] != "message"}
        done = len(asked & self.mine.keys())
        percent = 100 * done // len(asked) if asked else None
        return {"asked": len(asked), "answered": done, "percent_answered": percent}
