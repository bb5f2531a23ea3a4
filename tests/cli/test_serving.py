"""`turnout serve` and `turnout demo` as real processes: how they begin and how they end."""

import asyncio
import contextlib
import json
import re
import signal
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.cli.running import Process, server, turnout
from tests.web.device import Device, claims
from tests.web.line import Line

CANARY_TEXT = "canary answer quince"


async def new(running: Process, guide: Path, slug: str = "streets") -> list[str]:
    """A live conversation whose first question is open: its pids."""
    choices = ("--title", "T", "--max-participants", "2", "--slug", slug)
    made = await turnout("new", guide, *choices, "--data", running.data)
    assert made.code == 0, made.err
    async with running.client() as client:
        for number, op in enumerate(("publish", "start", "next", "next")):
            body = {"cid": f"00000000-0000-4000-8000-00000000000{number}", "op": op}
            done = await client.post(f"/api/console/conversations/{slug}/command", json=body)
            assert done.status_code == 200
        links = await client.get(f"/api/console/conversations/{slug}/links")
        return [line["pid"] for line in links.json()["links"]]


async def test_the_first_start_prints_where_it_serves_and_the_first_run_link(
    tmp_path: Path,
) -> None:
    async with server(tmp_path / "data") as running:
        port = running.address.rpartition(":")[2]
        assert f"http://localhost:{port}/" in await running.says("Turnout serves at")
        line = await running.says("Staff, the first time")
        assert re.search(rf"http://localhost:{port}/console/first-run#[0-9a-f]{{48}}\n", line)
        address = json.loads((running.data / "server.json").read_text())
        assert address == {"url": running.address}
        assert (running.data / "token").stat().st_mode & 0o777 == 0o600
        secret = line.strip().rpartition("#")[2]
        body = {"secret": secret, "name": "Ada", "password": "correct horse battery"}
        async with running.client() as client:
            headers = {"Origin": running.address}
            owner = await client.post("/api/console/first-run", json=body, headers=headers)
            assert owner.json()["role"] == "owner"
    async with server(tmp_path / "data") as running:
        assert "/console\n" in await running.says("Staff sign in at")
        assert "first-run" not in running.printed


async def test_links_begin_with_the_public_address(tmp_path: Path, guide: Path) -> None:
    async with server(tmp_path / "data", "--public", "https://talk.example.org/town/") as running:
        assert "https://talk.example.org/town/\n" in await running.says("Turnout serves at")
        await new(running, guide)
        links = await turnout("links", "streets", "--json", "--data", running.data)
        assert links.json["public"] is True
        assert links.json["links"][0]["link"].startswith("https://talk.example.org/town/c/streets?")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_everybody_go_in_order_and_ends_with_0(
    tmp_path: Path, guide: Path, number: signal.Signals
) -> None:
    async with server(tmp_path / "data") as running:
        await new(running, guide)
        address = running.address.replace("http", "ws", 1)
        headers = {"Authorization": f"Bearer {running.token}"}
        async with (
            connect(
                f"{address}/ws/c/streets",
                origin=running.address,  # type: ignore[arg-type]
                subprotocols=["turnout.v1"],  # type: ignore[list-item]
                proxy=None,
            ) as waiting,
            connect(
                f"{address}/ws/console/streets",
                additional_headers=headers,
                subprotocols=["turnout.v1"],  # type: ignore[list-item]
                proxy=None,
            ) as screen,
        ):
            await screen.send('{"t":"hello"}')
            await screen.recv()
            running.running.send_signal(number)
            for socket in (waiting, screen):
                assert await Line(socket).bye() == (4000, "The server is starting again.")
        assert await asyncio.wait_for(running.running.wait(), 10) == 0


async def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    async with server(tmp_path / "data") as running:
        running.running.send_signal(signal.SIGTERM)
        running.running.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(running.running.wait(), 10) == 0


async def test_a_second_server_on_the_same_data_is_refused_in_words(tmp_path: Path) -> None:
    async with server(tmp_path / "data") as running:
        for command in ("serve", "demo"):
            second = await turnout(command, "--data", running.data, "--port", "0")
            assert second.code == 3
            assert "Another Turnout is using the data in" in second.err
            assert "Traceback" not in second.err
        async with running.client() as client:
            assert (await client.get("/healthz")).status_code == 200


async def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    async with server(tmp_path / "data") as running:
        port = running.address.rpartition(":")[2]
        other = await turnout("serve", "--data", tmp_path / "other", "--port", port)
        assert other.code == 3
        assert other.err.startswith(f"Can't listen at 127.0.0.1, port {port}: Address already in")
        assert other.err.endswith("Choose another --port or --host.\n")
    outcome = await turnout("serve", "--data", tmp_path / "other", "--fd", "99999")
    assert (outcome.code, outcome.err) == (
        3,
        "Descriptor 99999 is no listening socket: Bad file descriptor.\n",
    )


async def test_a_disk_that_failed_ends_the_process_with_74(tmp_path: Path, guide: Path) -> None:
    async with server(tmp_path / "data") as running:
        await new(running, guide)
        (running.data / "turnout.db-wal").unlink()
        async with running.client() as client:
            for number in range(20):
                body = {"cid": f"00000000-0000-4000-8001-{number:012}", "op": "close"}
                with contextlib.suppress(httpx.HTTPError):  # it stops in the middle of one
                    await client.post("/api/console/conversations/streets/command", json=body)
                if running.running.returncode is not None:
                    break
        assert await running.ended() == 74
        assert "the store failed; stopping" in running.printed


async def test_a_demonstration_is_ready_to_be_opened(tmp_path: Path) -> None:
    async with server(tmp_path / "data", command="demo") as running:
        line = await running.says("Participant 3")
        found = re.search(r"/c/([a-z0-9-]+)\?pid=(p[0-9a-z]{16})\n", line)
        assert found is not None
        console = await running.says("The conversation is at")
        assert console.strip().endswith(f"/console/{found[1]}")
        async with running.client() as client:
            headers = {"Origin": running.address}
            ready = await client.post(
                f"/api/c/{found[1]}/check", json={"pid": found[2]}, headers=headers
            )
            assert ready.json() == {"ready": True, "phase": "published"}
    async with server(tmp_path / "data", command="demo") as running:
        again = await running.says("Participant 3")
        assert f"/c/{found[1]}?pid={found[2]}\n" in again  # the same one, still to be taken part in


async def test_no_link_token_or_answer_stands_in_what_a_server_prints(
    tmp_path: Path, guide: Path
) -> None:
    async with server(tmp_path / "data") as running:
        pids = await new(running, guide)
        device = Device()
        headers = {"Origin": running.address}
        secrets = [*pids, running.token, CANARY_TEXT, device.attempt]
        async with running.client() as client:
            for path in (f"/c/streets?pid={pids[0]}", f"/nowhere?pid={pids[0]}", "/api/c/%00"):
                await client.get(path)
            nonce = (await client.post("/api/c/streets/nonce", headers=headers, json={})).json()
            said = claims(
                "join", nonce["nonce"], running.address, "streets", pids[0], device.attempt
            )
            body = {
                "attempt": device.attempt,
                "pid": pids[0],
                "proof": device.sign(device.header, said),
            }
            joined = await client.post("/api/c/streets/join", headers=headers, json=body)
            assert joined.status_code == 200
            secrets += [nonce["nonce"], body["proof"], joined.cookies["turnout-streets"]]
            await client.post("/api/c/streets/join", headers=headers, content=b"{" + b"x" * 9)
        async with connect(
            f"{running.address.replace('http', 'ws', 1)}/ws/c/streets?pid={pids[1]}",
            origin=running.address,  # type: ignore[arg-type]
            subprotocols=["turnout.v1"],  # type: ignore[list-item]
            proxy=None,
        ) as socket:
            challenge = json.loads(await socket.recv())["nonce"]
            said = claims("hello", challenge, running.address, "streets", pids[0])
            hello = {
                "t": "hello",
                "tab": 1,
                "link": pids[0],
                "proof": device.sign(device.header, said),
            }
            await socket.send(json.dumps(hello))
            answer = {
                "t": "answer",
                "aid": "0b6f1e2a-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
                "question": 2,
                "base": 0,
                "body": {"other": CANARY_TEXT},
            }
            await socket.send(json.dumps(answer))
            while json.loads(await socket.recv())["t"] != "accepted":
                pass
            await socket.send("{" + CANARY_TEXT)
            assert await Line(socket).code() == 4400
        running.running.send_signal(signal.SIGTERM)
        assert await running.ended() == 0
        for secret in secrets:
            assert secret not in running.printed
        assert CANARY_TEXT.encode() in (running.data / "turnout.db").read_bytes()
