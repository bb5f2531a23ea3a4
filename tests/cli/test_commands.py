"""Every command with a running server and without one: words, JSON, exit codes."""

import csv
from pathlib import Path

import pytest

from tests.cli.running import Outcome, server, turnout

UNREACHABLE = "No public address is set: these links lead to this computer.\n"


async def life_of_a_conversation(data: Path, guide: Path, folder: Path) -> None:
    """Every command that reaches a server, once."""
    folder.mkdir()

    async def run(*arguments: str | Path) -> Outcome:
        outcome = await turnout(*arguments, "--data", data)
        assert outcome.code == 0, outcome.err
        assert outcome.err == (UNREACHABLE if "links" in arguments else "")
        return outcome

    choices = ("--title", "Our streets", "--max-participants", "3", "--slug", "streets")
    starts = ("--starts", "2030-01-01T10:00+01:00", "--zone", "Europe/Berlin")
    made = await run("new", guide, *choices, *starts, "--json")
    assert made.json == {"slug": "streets", "items": 3, "links": 3}
    again = await turnout("new", guide, *choices, "--data", data)
    assert (again.code, again.out) == (1, "")
    assert again.err == "Another conversation has this address. Choose another one.\n"
    single = await run("new", guide, "--title", "All", "--max-participants", "9", "--single-link")
    assert single.out == "all: 3 items, 1 links.\n"

    links = await run("links", "streets")
    rows = list(csv.DictReader(links.out.splitlines()))
    assert [len(row["participant_id"]) for row in rows] == [17] * 3
    assert rows[0]["link"].endswith(f"/c/streets?pid={rows[0]['participant_id']}")
    assert [line["pid"] for line in (await run("links", "streets", "--json")).json["links"]] == [
        row["participant_id"] for row in rows
    ]

    early = await turnout("start", "streets", "--data", data)
    assert early.code == 1
    assert "Only a published conversation can be started." in early.err
    assert (await run("publish", "streets")).out == "streets: publish done.\n"
    assert (await run("start", "streets", "--json")).json == {"slug": "streets", "rev": 4}
    assert (await run("end", "streets")).out == "streets: end done.\n"

    target = folder / "participant_data.csv"
    exported = await run("export", "streets", target, "--include-all", "--json")
    content = target.read_bytes()
    assert exported.json == {"file": str(target), "what": "participant_data", "bytes": len(content)}
    assert content.startswith(b"\xef\xbb\xbfparticipant_id,")
    assert content.count(b"never_joined") == 3
    other = folder / "mine.txt"
    written = await run("export", "streets", other, "--what", "links", "--no-bom", "--semicolon")
    assert other.read_bytes().startswith(b"participant_id;link\r\n")
    assert written.out == f"{other}: {other.stat().st_size:,} bytes.\n"

    unknown = await turnout("links", "nothing-here", "--data", data)
    assert (unknown.code, unknown.err) == (1, "There is no conversation with this address.\n")
    anonymous = await turnout("export", "all", folder / "x.csv", "--data", data)
    assert anonymous.code == 1
    assert "this conversation is anonymous" in anonymous.err
    assert not (folder / "x.csv").exists()


async def test_every_command_works_without_a_server(tmp_path: Path, guide: Path) -> None:
    await life_of_a_conversation(tmp_path / "data", guide, tmp_path / "files")


async def test_every_command_works_with_a_running_server(tmp_path: Path, guide: Path) -> None:
    async with server(tmp_path / "data") as running:
        await life_of_a_conversation(running.data, guide, tmp_path / "files")
        assert "error" not in running.printed.lower()


async def test_a_server_that_does_not_answer_is_out_of_reach(tmp_path: Path) -> None:
    async with server(tmp_path / "data") as running:
        address = running.data / "server.json"
        for content in ('{"url": "http://127.0.0.1:9"}', "{", "[]", "{}"):
            address.write_text(content)
            outcome = await turnout("links", "x", "--data", running.data)
            assert outcome.code == 3
            word = "does not answer" if "url" in content else "Another Turnout is using the data"
            assert word in outcome.err
            assert outcome.out == ""
        address.unlink()
        assert (await turnout("links", "x", "--data", running.data)).code == 3


async def test_a_data_folder_that_cannot_be_one_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "turnout.db").write_bytes(b"no database" * 1_000)
    for data in (file, file / "below", broken):
        for command in (("links", "x"), ("serve", "--port", "0")):
            outcome = await turnout(*command, "--data", data)
            assert outcome.code == 3, outcome
            assert "Traceback" not in outcome.err
            *logged, said = outcome.err.splitlines()
            assert said.endswith((".", "?"))
            # A server writes what befell it into its log as well.
            assert len(logged) <= (command[0] == "serve")


# --- guides ---


async def test_a_guide_without_a_fault_is_counted(guide: Path) -> None:
    outcome = await turnout("check", guide)
    assert (outcome.code, outcome.out) == (0, "3 items, 2 of them questions. Nothing is wrong.\n")
    as_json = await turnout("check", guide, "--json")
    assert as_json.json == {"items": 3, "questions": 2, "remarks": []}


async def test_a_guide_with_faults_is_refused_row_by_row(tmp_path: Path, wrong_guide: Path) -> None:
    outcome = await turnout("check", wrong_guide)
    assert (outcome.code, outcome.out) == (1, "")
    lines = outcome.err.splitlines()
    assert any(line.startswith("Row 3, ") for line in lines)
    assert any(line.startswith("Row 5, colour: ") for line in lines)
    as_json = await turnout("check", wrong_guide, "--json")
    assert as_json.code == 1
    assert [problem["row"] for problem in as_json.json["problems"]] == [
        int(line.split(",")[0].removeprefix("Row ")) for line in lines
    ]
    choices = ("--title", "T", "--max-participants", "1", "--data", tmp_path / "data")
    new = await turnout("new", wrong_guide, *choices)
    assert (new.code, new.out) == (1, "")
    said = new.err.splitlines()
    assert said[0] == f"The guide has {len(lines)} problems. Nothing was imported."
    assert said[1:] == lines


async def test_a_fault_of_the_whole_file_is_said_of_the_file(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_bytes(b"")
    outcome = await turnout("check", empty)
    assert outcome.code == 1
    assert outcome.err.startswith("The file: ")


async def test_remarks_on_a_guide_are_told(tmp_path: Path) -> None:
    data = Path(__file__).parents[1] / "guides" / "data" / "street-guide.csv"
    outcome = await turnout("check", data)
    as_json = (await turnout("check", data, "--json")).json
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 1 + len(as_json["remarks"])


@pytest.mark.parametrize("command", ["check", "new"])
async def test_a_guide_that_cannot_be_read_is_said_so(tmp_path: Path, command: str) -> None:
    more = () if command == "check" else ("--title", "T", "--max-participants", "1")
    outcome = await turnout(command, tmp_path / "missing.yaml", *more, "--data", tmp_path / "d")
    assert outcome.code == 1
    assert outcome.err == f"{tmp_path / 'missing.yaml'} can't be read: No such file or directory.\n"


async def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path, guide: Path) -> None:
    data = tmp_path / "data"
    choices = ("--title", "T", "--max-participants", "1", "--data", data)
    assert (await turnout("new", guide, *choices)).code == 0
    target = tmp_path / "no-folder" / "links.csv"
    outcome = await turnout("export", "t", target, "--data", data)
    assert outcome.code == 1
    assert outcome.err == f"{target} can't be written: No such file or directory.\n"


# --- wrong usage ---


async def test_wrong_usage_is_exit_code_2(tmp_path: Path, guide: Path) -> None:
    data = ("--data", tmp_path / "d")
    for arguments in (
        ("explode",),
        ("new", guide),
        ("new", guide, "--title", "T", "--max-participants", "0", *data),
        ("export", "x", tmp_path / "f.csv", "--what", "everything", *data),
        ("serve", "--public", "talk.example.org", *data),
        ("serve", "--port", "eighty", *data),
    ):
        outcome = await turnout(*arguments)
        assert outcome.code == 2, arguments
        assert outcome.err != ""


async def test_a_misspelt_setting_stops_every_command(tmp_path: Path) -> None:
    for arguments in (("links", "x"), ("serve",), ("demo",)):
        outcome = await turnout(*arguments, "--data", tmp_path / "d", TURNOUT_PUBLICK="x")
        assert outcome.code == 2
        assert "There is no setting TURNOUT_PUBLICK." in outcome.err
    assert not (tmp_path / "d").exists()


async def test_the_data_folder_may_come_from_the_environment(tmp_path: Path, guide: Path) -> None:
    chosen = tmp_path / "chosen"
    outcome = await turnout(
        "new", guide, "--title", "T", "--max-participants", "1", TURNOUT_DATA=str(chosen)
    )
    assert outcome.code == 0
    assert (chosen / "turnout.db").exists()


async def test_a_public_address_with_a_path_stands_before_links(
    tmp_path: Path, guide: Path
) -> None:
    variables = {"TURNOUT_DATA": str(tmp_path), "TURNOUT_PUBLIC": "https://example.org/our/town"}
    choices = ("--title", "T", "--max-participants", "1", "--slug", "streets")
    assert (await turnout("new", guide, *choices, **variables)).code == 0
    links = await turnout("links", "streets", **variables)
    assert "https://example.org/our/town/c/streets?pid=p" in links.out
    variables["TURNOUT_PUBLIC"] = "https://example.org/console"
    refused = await turnout("links", "streets", **variables)
    assert (refused.code, refused.out) == (2, "")
    assert "can't hold /console" in refused.err


async def test_without_a_command_the_help_is_shown() -> None:
    outcome = await turnout()
    assert "A server for live moderated text conversations." in outcome.out + outcome.err
    for command in ("serve", "demo", "new", "publish", "links", "export", "check", "rehearse"):
        assert command in outcome.out + outcome.err
