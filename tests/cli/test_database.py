"""Everything in a PostgreSQL instead of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.running import server, turnout

if TYPE_CHECKING:
    from tests.postgres import Server

CHOICES = ("--title", "Our streets", "--max-participants", "3", "--slug", "streets")


async def test_a_server_and_commands_beside_it_share_a_database(
    tmp_path: Path, guide: Path, postgres: Server
) -> None:
    data = tmp_path / "data"
    async with postgres.database() as address:
        async with server(data, TURNOUT_DATABASE=address) as running:
            there = {"TURNOUT_DATABASE": address}
            made = await turnout("new", guide, *CHOICES, "--data", data, **there)
            assert made.code == 0, made.err
            async with running.client() as client:
                links = (await client.get("/api/console/conversations/streets/links")).json()
            assert len(links["links"]) == 3
        again = await turnout(
            "links", "streets", "--data", data, "--json", TURNOUT_DATABASE=address
        )
        assert [line["pid"] for line in again.json["links"]] == [
            line["pid"] for line in links["links"]
        ]
    assert not (data / "turnout.db").exists()


async def test_the_option_wins_and_what_is_no_database_is_said(tmp_path: Path) -> None:
    nowhere = "postgresql://turnout:secret@127.0.0.1:1/turnout"
    gone = await turnout("serve", "--data", tmp_path / "data", "--database", nowhere)
    assert gone.code == 3
    assert "The database can't do this now" in gone.err
    assert "secret" not in gone.err
    wrong = await turnout("serve", "--data", tmp_path / "data", "--database", "turnout.db")
    assert (wrong.code, wrong.out) == (2, "")
    assert "postgresql://" in wrong.err


async def test_its_backups_are_postgresqls(tmp_path: Path) -> None:
    for command in ("backup", "restore"):
        refused = await turnout(
            command, tmp_path / "copy.db", TURNOUT_DATABASE="postgresql://localhost/turnout"
        )
        assert refused.code == 1
        assert "pg_dump" in refused.err
