"""`turnout serve --metrics-port`: metrics on a port of their own, and a log, neither of which names
anybody who takes part."""

from __future__ import annotations

import re
import signal
import socket
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.cli.running import server, turnout
from tests.web.line import Line

ANSWER = "canary answer quince"


async def test_neither_metrics_nor_the_log_name_anybody(tmp_path: Path, guide: Path) -> None:
    options = ("--metrics-port", "0")
    async with server(tmp_path / "data", *options, log="debug") as running:
        made = await turnout(
            "new", guide, "--title", "T", "--max-participants", "2", "--slug", "streets",
            "--json", "--data", running.data,
        )  # fmt: skip
        assert made.code == 0, made.err
        for command in ("publish", "start"):
            assert (await turnout(command, "streets", "--data", running.data)).code == 0
        links = await turnout("links", "streets", "--json", "--data", running.data)
        pid = links.json["links"][0]["pid"]
        where = (await running.says("Metrics are at")).split()[-1]
        assert where.startswith("http://127.0.0.1:")
        origin = {"Origin": running.address}
        async with httpx.AsyncClient(base_url=running.address, trust_env=False) as client:
            await client.get(f"/c/streets?pid={pid}")
            await client.get(f"/nowhere?pid={pid}&answer={ANSWER}")
            body = {"attempt": "0" * 32, "pid": pid}
            joined = await client.post("/api/c/streets/join", json=body, headers=origin)
            assert joined.status_code == 200, joined.text
            cookie = joined.cookies["turnout-streets"]
            async with connect(
                f"{running.address.replace('http', 'ws', 1)}/ws/c/streets?pid={pid}",
                origin=running.address,  # type: ignore[arg-type]
                subprotocols=["turnout.v1"],  # type: ignore[list-item]
                additional_headers={"Cookie": f"turnout-streets={cookie}"},
                proxy=None,
            ) as connection:
                line = Line(connection)
                await line.send({"t": "hello", "tab": 1, "link": pid})
                await line.next("welcome")
                await line.answer(2, {"other": ANSWER})
                await line.send(f"{pid} {ANSWER}")
                assert await line.code() == 4400
            metrics = (await client.get(where)).text
        assert 'turnout_hellos_total{outcome="welcomed"} 1.0' in metrics
        assert 'turnout_closes_total{code="4400"} 1.0' in metrics
        running.running.send_signal(signal.SIGTERM)
        assert await running.ended() == 0
        log = "".join(line for line in running.printed.splitlines(True) if line.startswith("{"))
        for event in ("serving", "event", "stopping"):
            assert re.search(rf'"event": "{event}"', log)
        for secret in (pid, ANSWER, cookie, running.token, "?pid", "127.0.0.1"):
            assert secret not in log
            assert secret not in metrics


async def test_a_metrics_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        chosen = ("--port", "0", "--metrics-port", str(port))
        outcome = await turnout("serve", "--data", tmp_path / "data", *chosen)
    assert outcome.code == 3
    assert outcome.err.startswith(f"Can't listen at 127.0.0.1, port {port}: Address already in use")
    assert outcome.err.endswith("Choose another --metrics-port or TURNOUT_METRICS_HOST.\n")


@pytest.mark.parametrize("option", ["--port", "--metrics-port"])
async def test_a_port_that_no_machine_has_is_wrong_usage(tmp_path: Path, option: str) -> None:
    for command in ("serve", "demo"):
        outcome = await turnout(command, "--data", tmp_path / "data", option, "70000")
        assert (outcome.code, option in outcome.err) == (2, True)


async def test_without_a_port_nothing_is_said_of_metrics(tmp_path: Path) -> None:
    async with server(tmp_path / "data") as running:
        assert "Metrics" not in running.printed
