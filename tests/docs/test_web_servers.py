"""What docs/deployment.md tells nginx and Caddy works: pages, joining, sockets and answers, at the
root of a host and below a path, and no log learns whose link it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from tests.docs.markdown import read
from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, running
from tests.web.line import PATIENCE

pytestmark = pytest.mark.linux

PROGRAMS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed"),
    )
    for name in ("nginx", "caddy")
]
_PLACE = re.compile(r"^    location .*?^    }\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Front:
    """A web server of an operator's. `port`: where people reach it; `folder`: for its logs."""

    program: str
    folder: Path
    port: int

    def command(self, server: str, *, below: bool) -> list[str]:
        """How it is started before the `server` (host and port): with the documented example, this
        test's ports and folder in place of an operator's, and no TLS."""
        file = self.folder / "configuration"
        if self.program == "nginx":
            file.write_text(self._nginx(server, below=below))
            return ["nginx", "-c", str(file), "-p", str(self.folder)]
        file.write_text(self._caddy(server, below=below))
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]

    def _nginx(self, server: str, *, below: bool) -> str:
        whole, place = examples("nginx")
        if below:
            whole = _PLACE.sub(lambda _: place, whole)
        whole = replaced(whole, "listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        whole = replaced(whole, "/var/log/nginx", str(self.folder))
        whole = replaced(whole, "127.0.0.1:8000", server)
        whole = re.sub(r"^ *ssl_.*\n", "", whole, flags=re.MULTILINE)
        return (
            f"daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/start.log;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\n{whole}}}\n"
        )

    def _caddy(self, server: str, *, below: bool) -> str:
        whole, place = examples("caddyfile")
        if below:
            whole = replaced(whole, "\treverse_proxy 127.0.0.1:8000\n", place)
        whole = replaced(whole, "talk.example.org {", f"http://127.0.0.1:{self.port} {{")
        return replaced(whole, "127.0.0.1:8000", server).replace("{\n", "{\n\tadmin off\n", 1)

    @contextlib.contextmanager
    def before(self, server: str, *, below: bool = False) -> Iterator[None]:
        """It runs for the length of a block."""
        with (self.folder / "said.log").open("wb") as said:
            process = subprocess.Popen(
                self.command(server, below=below),
                stdout=said,
                stderr=said,
                env=os.environ | {"XDG_DATA_HOME": str(self.folder)},
            )
            try:
                yield
            finally:
                process.terminate()
                process.wait(PATIENCE)

    def logs_with(self, pid: str) -> list[str]:
        """The logs in which it stands."""
        return [file.name for file in self.folder.glob("*.log") if pid in file.read_text()]


def examples(language: str) -> list[str]:
    """The documented configurations."""
    pattern = rf"^```{language}\n(.*?)^```$"
    return re.findall(pattern, read("deployment.md"), re.MULTILINE | re.DOTALL)


def replaced(text: str, operators: str, ours: str) -> str:
    assert operators in text
    return text.replace(operators, ours)


@pytest.fixture
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Front:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Front(request.param, tmp_path, free.getsockname()[1])


@contextlib.asynccontextmanager
async def fronted(front: Front, base: str) -> AsyncIterator[Edge]:
    """A server behind it, as people reach it."""
    origin = f"http://127.0.0.1:{front.port}"
    data = front.folder / "data"
    data.mkdir()
    async with (
        running(data, public=origin + base, proxies=["127.0.0.1"]) as edge,
        httpx.AsyncClient(base_url=origin + base, trust_env=False, timeout=PATIENCE) as client,
    ):
        with front.before(edge.address.removeprefix("http://"), below=bool(base)):
            await until_up(client)
            yield replace(edge, address=origin + base, client=client)


async def until_up(client: httpx.AsyncClient) -> None:
    """Wait until nginx answers, whatever it says."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get("/healthz")
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("front", PROGRAMS, indirect=True)
@pytest.mark.parametrize("base", ["", "/turnout"])
async def test_people_take_part_behind_it_and_its_logs_name_nobody(front: Front, base: str) -> None:
    async with fronted(front, base) as edge:
        talk = await edge.talk()
        pid = talk.pids[0]
        page = await edge.get(f"/c/{talk.slug}?pid={pid}")
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        browser = Browser(edge, talk, pid)
        assert (await browser.join()).status_code == 200
        async with browser.arrived() as line, edge.console(talk) as screen:
            assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
            await screen.next("welcome")
            await edge.command(talk, "next")
            assert (await line.next("event"))["event"]["kind"] == "closed"
        large = {"name": "guide.csv", "data": "A" * 6 * 1024 * 1024}
        assert (await edge.staff_post("guides/check", large)).json()["code"] == "guide"
    assert not front.logs_with(pid)
    if front.program == "nginx":
        assert f'"GET {base}/c/{talk.slug}" 200' in (front.folder / "turnout.log").read_text()


@pytest.mark.parametrize("front", PROGRAMS, indirect=True)
async def test_while_the_server_is_away_the_logs_name_nobody_either(front: Front) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        away = nobody.getsockname()[1]
    address = f"http://127.0.0.1:{front.port}"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        with front.before(f"127.0.0.1:{away}"):
            await until_up(client)
            answer = await client.get("/c/streets?pid=pcanary0canary0ab")
    assert answer.status_code == 502
    assert front.logs_with("/c/streets")
    assert not front.logs_with("pcanary")
