"""A participant's link, and joining with it over HTTP as the page does.

Must never share cookies between robots: each one is a browser of its own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec

from turnout import wire
from turnout.rehearsal.device import Device

Answer = TypeVar("Answer")
MAX_AT_ONCE = 16
"""Joins on their way at the same time: the bell rings for all, but fingers differ."""


@dataclass(frozen=True, slots=True)
class Link:
    """A participant's link, taken apart. `pid` is empty for the single link. `base`: the path of
    the server's public address; it is no part of the origin that proofs name."""

    origin: str
    slug: str
    pid: str
    base: str = ""

    @property
    def api(self) -> str:
        """Where its HTTP calls go."""
        return f"{self.origin}{self.base}/api/c/{self.slug}"

    @property
    def socket(self) -> str:
        """Where its websocket is. No pid, no token."""
        return f"ws{self.origin.removeprefix('http')}{self.base}/ws/c/{self.slug}"


def read_link(text: str) -> Link | None:
    """The parts of `https://HOST/c/SLUG?pid=PID`, perhaps with a path after the host; None if it is
    no such link."""
    parts = urlsplit(text.strip())
    before, _, slug = parts.path.rpartition("/")
    base, _, door = before.rpartition("/")
    if parts.scheme not in ("http", "https") or not parts.netloc or door != "c" or not slug:
        return None
    pids = parse_qs(parts.query).get("pid", [""])
    return Link(f"{parts.scheme}://{parts.netloc}", slug, pids[0], base)


def http_client(token: str | None = None) -> httpx.AsyncClient:
    """A client that keeps no cookie. With a token it speaks as staff."""
    return httpx.AsyncClient(
        headers={} if token is None else {"Authorization": f"Bearer {token}"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        limits=httpx.Limits(max_connections=MAX_AT_ONCE, keepalive_expiry=5.0),
        timeout=httpx.Timeout(30.0),
        trust_env=False,
    )


class Door:
    """Where robots join. One for all of them."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._at_once = asyncio.Semaphore(MAX_AT_ONCE)

    async def join(self, link: Link, device: Device) -> wire.Joined | wire.Refusal:
        """Check the link, take a nonce, join with a proof; the device keeps the cookie. Raises
        httpx.TransportError where no answer came: whether it joined is then not known, and joining
        again with the same device is right."""
        pid = link.pid or msgspec.UNSET
        async with self._at_once:
            ready = await self._post(link, "check", wire.Check(pid=pid), wire.Ready)
            if isinstance(ready, wire.Refusal):
                return ready
            return await self._proved(link, device, "join", wire.Joined)

    async def join_twice(
        self, link: Link, device: Device
    ) -> tuple[wire.Joined | wire.Refusal, wire.Joined | wire.Refusal]:
        """The same device joins twice at the same moment, as a double tap does. Raises as `join`
        does if either answer is missing."""
        joins = (self.join(link, device), self.join(link, device))
        first, second = await asyncio.gather(*joins, return_exceptions=True)
        if isinstance(first, BaseException):
            raise first
        if isinstance(second, BaseException):
            raise second
        return first, second

    async def ask(self, link: Link, device: Device) -> wire.TakeoverAsked | wire.Refusal:
        """Ask to take the link over on this device. Raises httpx.TransportError as `join` does;
        asking again is right."""
        async with self._at_once:
            return await self._proved(link, device, "takeover", wire.TakeoverAsked)

    async def _proved(
        self, link: Link, device: Device, use: Literal["join", "takeover"], kind: type[Answer]
    ) -> Answer | wire.Refusal:
        nonce = await self._post(link, "nonce", None, wire.Nonce)
        if isinstance(nonce, wire.Refusal):
            return nonce
        proof = device.proof(use, nonce.nonce, link.origin, link.slug, link.pid)
        body = wire.Join(attempt=device.attempt, pid=link.pid or msgspec.UNSET, proof=proof)
        return await self._post(link, use, body, kind, device)

    async def _post(
        self,
        link: Link,
        what: str,
        body: msgspec.Struct | None,
        kind: type[Answer],
        device: Device | None = None,
    ) -> Answer | wire.Refusal:
        headers = {"Origin": link.origin, "Content-Type": "application/json"}
        if device is not None and device.cookie:
            headers["Cookie"] = device.cookie
        content = b"{}" if body is None else wire.encode(body)
        response = await self._client.post(f"{link.api}/{what}", content=content, headers=headers)
        if response.status_code != httpx.codes.OK:
            return _refusal(response)
        if device is not None and (cookie := response.headers.get("set-cookie")):
            device.cookie = cookie.partition(";")[0]
        return wire.decode_body(response.content, kind)


def _refusal(response: httpx.Response) -> wire.Refusal:
    """The refusal in a response; one of our own where the body is none."""
    try:
        return wire.decode_body(response.content, wire.Refusal)
    except wire.Malformed:
        return wire.Refusal("unreadable", f"HTTP {response.status_code} without a reason")
