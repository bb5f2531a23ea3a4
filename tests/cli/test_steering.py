"""Commands that move one conversation, and those for accounts: the running server's doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import GUIDE, turnout


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A folder with the conversation "streets"."""
    (tmp_path / "guide.yaml").write_text(GUIDE)
    made = await turnout(
        "new",
        tmp_path / "guide.yaml",
        *("--title", "Our streets", "--max-participants", "2", "--slug", "streets"),
        *("--data", tmp_path / "data"),
    )
    assert made.code == 0, made.err
    return tmp_path / "data"


async def test_a_conversation_goes_through_its_whole_life(data: Path) -> None:
    for command, said in (
        (("publish",), "publish done"),
        (("unpublish",), "unpublish done"),
        (("set", "--grace", "0"), "set done"),
        (("publish",), "publish done"),
        (("start",), "start done"),
        (("end",), "end done"),
        (("undo-end",), "undo end done"),
        (("end",), "end done"),
    ):
        outcome = await turnout(command[0], "streets", *command[1:], "--data", data)
        assert (outcome.code, outcome.out) == (0, f"streets: {said}.\n"), outcome.err
    reopened = await turnout("reopen", "streets", "--days", "3", "--data", data, "--json")
    assert reopened.json["slug"] == "streets"
    undone = await turnout("undo-end", "streets", "--data", data)
    assert undone.code == 1
    assert "There is no end to take back." in undone.err


async def test_choices_are_changed_one_by_one(data: Path) -> None:
    async def links() -> list[str]:
        found = await turnout("links", "streets", "--data", data, "--json")
        return [line["pid"] for line in found.json["links"]]

    before = await links()
    more = await turnout("set", "streets", "--max-participants", "5", "--data", data, "--json")
    assert more.json["rev"] > 0
    after = await links()
    assert after[:2] == before
    assert len(after) == 5
    nothing = await turnout("set", "streets", "--data", data)
    assert (nothing.code, "name a choice" in nothing.err) == (2, True)
    zoneless = await turnout("set", "streets", "--starts", "2030-01-01T10:00", "--data", data)
    assert (zoneless.code, "zone" in zoneless.err) == (1, True)
    nowhere = await turnout("set", "streets", "--starts", "2030-01-01T10:00Z", "--data", data)
    assert (nowhere.code, "time zone" in nowhere.err) == (1, True)
    for start in ("2030-01-01T10:00+01:00", "none"):
        choices = ("--starts", start, "--zone", "Europe/Berlin")
        assert (await turnout("set", "streets", *choices, "--data", data)).code == 0


async def test_the_guide_comes_out_as_it_went_in_and_may_be_replaced(
    data: Path, tmp_path: Path
) -> None:
    printed = await turnout("guide", "streets", "--data", data)
    assert "Do you walk?" in printed.out
    template = await turnout("guide", "streets", "--template", "--data", data, "--json")
    assert template.json["guide"].splitlines()[0].count(",") > 5
    (tmp_path / "other.yaml").write_text(printed.out.replace("Do you walk?", "Do you ride?"))
    taken = await turnout("guide", "streets", tmp_path / "other.yaml", "--data", data)
    assert (taken.code, taken.out) == (0, "streets: guide done.\n")
    assert "Do you ride?" in (await turnout("guide", "streets", "--data", data)).out
    missing = await turnout("guide", "streets", tmp_path / "none.yaml", "--data", data)
    assert (missing.code, "can't be read" in missing.err) == (1, True)


async def test_a_copy_is_a_draft_of_its_own_and_an_erased_one_is_gone(data: Path) -> None:
    copied = await turnout(
        "duplicate", "streets", "--title", "Again", "--slug", "again", "--data", data
    )
    assert copied.out == "again: a copy of streets.\n"
    again = await turnout("duplicate", "streets", "--data", data, "--json")
    assert again.json["slug"] not in ("streets", "again")
    wrong = await turnout("erase", "streets", "--title", "Again", "--data", data)
    assert (wrong.code, "Type the conversation's name" in wrong.err) == (1, True)
    gone = await turnout("erase", "streets", "--title", "Our streets", "--data", data)
    assert (gone.code, gone.out) == (0, "streets: erased.\n")
    assert (await turnout("publish", "streets", "--data", data)).code == 1
    erased = await turnout("erase", "again", "--title", "Again", "--data", data, "--json")
    assert erased.json == {"slug": "again", "erased": True}


async def test_accounts_are_kept_from_the_command_line(data: Path) -> None:
    assert "Nobody has an account" in (await turnout("user", "list", "--data", data)).out
    invited = await turnout("user", "invite", "moderator", "--data", data)
    assert "/console/invitation#" in invited.out
    as_json = await turnout("user", "invite", "observer", "--data", data, "--json")
    assert as_json.json["role"] == "observer"
    nobody = await turnout("user", "disable", "Ada", "--data", data)
    assert (nobody.code, "Nobody has the name Ada" in nobody.err) == (1, True)
    unknown = await turnout("user", "invite", "emperor", "--data", data)
    assert unknown.code == 2
