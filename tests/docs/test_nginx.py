"""What docs/deployment.md tells nginx works: pages, joining, sockets and answers, at the root of a
host and below a path, and no log learns whose link it was."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.docs.markdown import read
from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, running
from tests.web.line import PATIENCE

NGINX = shutil.which("nginx")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]

_EXAMPLE = re.compile(r"^```nginx\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"^    location .*?^    }\n", re.MULTILINE | re.DOTALL)


def configured(folder: Path, port: int, server: str, *, below: bool) -> Path:
    """The documented example with this test's ports and folder in place of an operator's, and no
    TLS."""
    whole, place = _EXAMPLE.findall(read("deployment.md"))
    if below:
        whole = _PLACE.sub(lambda _: place, whole)
    for operators, ours in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("/var/log/nginx", str(folder)),
        ("http://127.0.0.1:8000", server),
    ):
        assert operators in whole
        whole = whole.replace(operators, ours)
    whole = re.sub(r"^ *ssl_.*\n", "", whole, flags=re.MULTILINE)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/start.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{\n{whole}}}\n"
    )
    return file


@contextlib.contextmanager
def nginx(configuration: Path) -> Iterator[None]:
    process = subprocess.Popen([str(NGINX), "-c", str(configuration), "-p", configuration.parent])
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextlib.asynccontextmanager
async def fronted(folder: Path, base: str) -> AsyncIterator[Edge]:
    """A server behind nginx, as people reach it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    origin = f"http://localhost:{port}"
    data = folder / "data"
    data.mkdir()
    async with running(data, public=origin + base, proxies=["127.0.0.1"]) as edge:
        file = configured(folder, port, edge.address, below=bool(base))
        address = f"http://127.0.0.1:{port}{base}"
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=PATIENCE) as client:
            with nginx(file):
                await until_up(client)
                yield replace(edge, address=address, client=client)


async def until_up(client: httpx.AsyncClient) -> None:
    """Wait until nginx answers, whatever it says."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get("/healthz")
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("base", ["", "/turnout"])
async def test_people_take_part_behind_nginx_and_its_logs_name_nobody(
    tmp_path: Path, base: str
) -> None:
    async with fronted(tmp_path, base) as edge:
        talk = await edge.talk()
        pid = talk.pids[0]
        page = await edge.get(f"/c/{talk.slug}?pid={pid}")
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        browser = Browser(edge, talk, pid)
        assert (await browser.join()).status_code == 200
        async with browser.arrived() as line, edge.console(talk) as screen:
            assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
            assert (await screen.next("welcome"))["t"] == "welcome"
            await edge.command(talk, "next")
            assert (await line.next("event"))["event"]["kind"] == "closed"
        huge = {"name": "guide.csv", "data": "A" * 6 * 1024 * 1024}
        assert (await edge.staff_post("guides/check", huge)).status_code in (413, 422)
    access = (tmp_path / "turnout.log").read_text()
    assert f'"GET {base}/c/{talk.slug}" 200' in access
    assert not named(tmp_path, pid)


async def test_while_the_server_is_away_the_logs_name_nobody_either(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody, socket.create_server(("", 0)) as free:
        away, port = (one.getsockname()[1] for one in (nobody, free))
    address = f"http://127.0.0.1:{port}"
    file = configured(tmp_path, port, f"http://127.0.0.1:{away}", below=False)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        with nginx(file):
            await until_up(client)
            answer = await client.get("/c/streets?pid=pcanary0canary0ab")
    assert answer.status_code == 502
    assert '"GET /c/streets" 502' in (tmp_path / "turnout.log").read_text()
    assert not named(tmp_path, "pcanary")


def named(folder: Path, pid: str) -> list[str]:
    """The logs in which it stands."""
    return [file.name for file in folder.glob("*.log") if pid in file.read_text()]
