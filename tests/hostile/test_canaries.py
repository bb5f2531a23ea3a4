"""I12: what is secret, or says who somebody is, stands nowhere but where it belongs. A whole
session with a real process, every secret in it one of its kind, then a search of everything that
the process said, measured and stored, and of every address that a browser asked for."""

from __future__ import annotations

import base64
import json
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
from playwright.async_api import expect
from websockets.asyncio.client import connect

from tests.cli.running import GUIDE, Process, server
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site
from tests.web.device import Device, claims
from tests.web.line import Line, aid

ANSWER, OTHER = "canary-answer-8f1d", "canary-other-77c2"
PASSWORD, WRONG = "canary password 1a2b", "canary wrong 3c4d"
AGENT, ADDRESS = "CanaryAgent/5e6f", "203.0.113.77"
REFERER = "https://mail.example/canary-inbox-9d8e"


@dataclass
class Session:
    """One session. `secrets`: what must stand nowhere; `unkept`: what must not be stored in clear
    either."""

    process: Process
    client: httpx.AsyncClient
    secrets: list[str] = field(default_factory=lambda: [ANSWER, OTHER])
    unkept: list[str] = field(default_factory=lambda: [PASSWORD, WRONG, AGENT, ADDRESS, REFERER])

    async def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        """A POST of a page of ours."""
        headers = {"Origin": self.process.address, **headers}
        response = await self.client.post(path, json=body, headers=headers)
        self.unkept += [value for value in response.cookies.values() if value]
        return response

    async def staff(self) -> str:
        """The first owner, one colleague, and wrong passwords: the owner's session."""
        link = await self.process.says("/console/first-run#")
        secret = link.strip().rpartition("#")[2]
        person = {"name": "Ada", "password": PASSWORD}
        await self.post("/api/console/first-run", {"secret": "canary-secret-55", **person})
        made = await self.post("/api/console/first-run", {"secret": secret, **person})
        cookie = f"turnout-staff={made.cookies['turnout-staff']}"
        self.client.cookies.clear()
        await self.post("/api/console/sign-in", {"name": "Ada", "password": WRONG})
        invited = await self.post(
            "/api/console/accounts/invite", {"role": "observer"}, Cookie=cookie
        )
        self.unkept += [invited.json()["secret"], "canary-secret-55"]
        await self.post("/api/console/password", {"old": WRONG, "new": PASSWORD}, Cookie=cookie)
        return cookie

    async def join(self, pid: str, device: Device) -> str:
        """Join with a key; the cookie that came."""
        path, at = "/api/c/streets", self.process.address
        nonce = (await self.post(f"{path}/nonce", {})).json()["nonce"]
        proof = device.sign(
            device.header, claims("join", nonce, at, "streets", pid, device.attempt)
        )
        body = {"pid": pid, "attempt": device.attempt, "proof": proof}
        joined = await self.post(f"{path}/join?pid={pid}", body)
        self.client.cookies.clear()
        self.secrets += [nonce, proof]
        return str(joined.cookies.get("turnout-streets", ""))

    async def talk(self, pid: str, device: Device, cookie: str) -> None:
        """A socket: hello, answers that are right and wrong, frames that break rules."""
        at = self.process.address
        for last in (
            "{" + ANSWER,
            json.dumps({"t": "answer", "text": OTHER}),
            b"\xff" + ANSWER.encode(),
        ):
            async with connect(
                f"{at.replace('http', 'ws', 1)}/ws/c/streets?pid={pid}",
                origin=at,  # type: ignore[arg-type]
                additional_headers={"Cookie": f"turnout-streets={cookie}", "User-Agent": AGENT},
                subprotocols=["turnout.v1"],  # type: ignore[list-item]
                user_agent_header=None,
                proxy=None,
            ) as socket:
                line = Line(socket)
                nonce = (await line.next("challenge"))["nonce"]
                proof = device.sign(device.header, claims("hello", nonce, at, "streets", pid))
                self.secrets += [nonce, proof]
                await line.send({"t": "hello", "tab": 1, "link": pid, "proof": proof})
                await line.next("welcome")
                await line.answer(2, {"other": OTHER})
                await line.answer(2, {"text": ANSWER})
                await line.answer(3, {"text": ANSWER})
                await line.send({"t": "answer", "aid": aid(), "question": ANSWER})
                await line.next("refused")
                await line.send(last)
                assert await line.code() in (4400, 1007)

    async def wander(self, pid: str, cookie: str) -> None:
        """Addresses and bodies in which secrets stand where they do not belong."""
        for path in (
            "/c/streets",
            "/nowhere",
            "/static/x",
            f"/c/{pid}",
            "/console",
            f"/api/c/{pid}",
        ):
            await self.client.get(f"{path}?pid={pid}&answer={ANSWER}", headers={"Cookie": cookie})
        for door in ("check", "join", "takeover", "forget", "damaged"):
            await self.post(f"/api/c/streets/{door}?pid={pid}", {"pid": pid, "attempt": ANSWER})
            await self.client.post(f"/api/c/streets/{door}", content=b"{" + pid.encode())
        one = "/api/console/conversations/streets"
        for op in ("mute", "unmute", "release", "remove"):
            await self.post(
                f"{one}/command", {"cid": aid(), "op": op, "participant": 1}, Cookie=cookie
            )
        await self.post(f"{one}/command", {"cid": ANSWER, "op": PASSWORD}, Cookie=cookie)
        await self.post(f"{one}/explain", {"pid": pid}, Cookie=cookie)
        for file in ("answers.csv", "data.json", "bundle.zip", "links.csv", pid):
            got = await self.client.get(f"{one}/files/{file}", headers={"Cookie": cookie})
            assert got.status_code == (404 if file == pid else 200), got.text
            await self.client.get(f"{one}/files/{file}?pid={pid}", headers={"Cookie": cookie})


def parts(secret: str) -> set[str]:
    """A secret in the forms in which it could be written down, and a token's signature alone."""
    forms = {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}
    signature = secret.rpartition(".")[2]
    return forms | {signature} if len(signature) > 40 else forms


async def test_nothing_secret_stands_in_logs_metrics_or_more_of_the_store_than_it_must(
    tmp_path: Path,
) -> None:
    guide = tmp_path / "guide.yaml"
    guide.write_text(GUIDE)
    headers = {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS, "Referer": REFERER}
    async with (
        server(tmp_path / "data", "--metrics-port", "0", log="debug") as process,
        httpx.AsyncClient(base_url=process.address, headers=headers, trust_env=False) as client,
    ):
        session = Session(process, client)
        cookie = await session.staff()
        pids = await published(process, guide)
        device = Device()
        session.secrets += [*pids, device.attempt, cookie.partition("=")[2]]
        session.unkept += [process.token]
        kept = await session.join(pids[0], device)
        await session.join(pids[0], Device())  # another device, which is refused
        await session.talk(pids[0], device, kept)
        await session.wander(pids[0], cookie)
        metrics = re.search(r"(http://\S+/metrics)", process.printed)
        assert metrics is not None
        measured = (await client.get(metrics[1])).text
        assert 'turnout_answers_total{outcome="accepted"}' in measured
        process.running.send_signal(signal.SIGTERM)
        assert await process.ended() == 0
        said = process.printed
        assert '"event": "event"' in said  # it did log
        assert len(session.unkept) > 8
        for secret in (*session.secrets, *session.unkept):
            for form in parts(secret):
                assert form not in measured, f"measured: {secret}"
                assert form not in said, f"logged: {secret}"
        stored = b"".join(path.read_bytes() for path in process.data.glob("turnout.db*"))
        assert OTHER.encode() in stored
        for secret in session.unkept:
            assert secret.encode() not in stored, f"stored in clear: {secret}"


async def published(process: Process, guide: Path) -> list[str]:
    """A live conversation with its first question open: its links' numbers."""
    async with process.client() as staff:
        file = {"name": "g.yaml", "data": base64.b64encode(guide.read_bytes()).decode()}
        body = {"title": "T", "max_participants": 2, "guide": file, "slug": "streets"}
        assert (await staff.post("/api/console/conversations", json=body)).status_code == 201
        one = "/api/console/conversations/streets"
        for op in ("publish", "start", "next", "next"):
            done = await staff.post(f"{one}/command", json={"cid": aid(), "op": op})
            assert done.status_code == 200
        links = (await staff.get(f"{one}/links")).json()["links"]
    return [str(link["pid"]) for link in links]


async def test_no_address_that_a_page_asks_for_holds_anything_secret(
    site: Site, browsing: Browsing
) -> None:
    """Browsing.finish looks for numbers of links and for referers; here for all the rest."""
    talk = await site.talk("items:\n  - open_text: Why?\n", "publish", "start", "next")
    desk = await browsing.desk(f"/console/{talk.slug}")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Your answer").fill(ANSWER)
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await expect(desk.get_by_text(ANSWER, exact=True)).to_be_visible()
    await phone.reload()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await site.command(talk, "end")
    await expect(desk.get_by_text("participant_data.csv")).to_be_visible()
    secrets = [ANSWER, *browsing.cookies.values(), *talk.pids[1:]]
    for page in (phone, desk):
        secrets += [cookie["value"] for cookie in await page.context.cookies() if "value" in cookie]
    assert len(secrets) >= 6
    for sent in browsing.sent:
        assert not any(secret in unquote(sent.url) for secret in secrets), sent.url
        assert not sent.headers.get("referer")
    assert any("/join" in sent.url for sent in browsing.sent)
