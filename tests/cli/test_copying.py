"""`turnout backup` of a running server, and `turnout restore` into a folder and over its data."""

from pathlib import Path

from tests.cli.running import server, turnout

CHOICES = ("--title", "Our streets", "--max-participants", "3", "--slug")


async def pids_of(slug: str, data: Path) -> list[str]:
    links = await turnout("links", slug, "--data", data, "--json")
    return [line["pid"] for line in links.json["links"]]


async def test_a_copy_of_a_running_server_is_put_back(tmp_path: Path, guide: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    async with server(data):
        made = await turnout("new", guide, *CHOICES, "streets", "--data", data)
        assert made.code == 0, made.err
        copied = await turnout("backup", copy, "--data", data, "--json")
        assert copied.json == {"file": str(copy), "bytes": copy.stat().st_size}
        pids = await pids_of("streets", data)
        await turnout("new", guide, *CHOICES, "later", "--data", data)
        running = await turnout("restore", copy, "--data", data)
        assert (running.code, running.out) == (3, "")
        assert "Stop it first" in running.err
        again = await turnout("backup", copy, "--data", data)
        assert (again.code, again.err) == (
            1,
            f"{copy} is there already. Choose another name.\n",
        )
    restored = await turnout("restore", copy, "--data", data)
    assert restored.code == 0, restored.err
    (kept,) = data.glob("turnout-until-*.db")
    assert str(kept) in restored.out
    assert await pids_of("streets", data) == pids
    assert (await turnout("links", "later", "--data", data)).code == 1
    other = tmp_path / "other"
    fresh = await turnout("restore", kept, "--data", other, "--json")
    assert fresh.json == {"kept": None}
    assert (await turnout("links", "later", "--data", other)).code == 0


async def test_what_is_no_copy_is_said_in_words(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert (await turnout("backup", tmp_path / "copy.db", "--data", data)).code == 1
    refused = await turnout("restore", tmp_path / "copy.db", "--data", data)
    assert (refused.code, refused.err) == (1, f"There is no file {tmp_path / 'copy.db'}.\n")
