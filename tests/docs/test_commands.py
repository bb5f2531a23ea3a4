"""docs/commands.md names every command and every option, and no other."""

from __future__ import annotations

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from tests.docs.markdown import names, own_text, read, rows, section
from turnout.cli.commands import app

DOC = read("commands.md")
COMMANDS = (
    "serve",
    "demo",
    "check",
    "new",
    "publish",
    "unpublish",
    "start",
    "end",
    "undo-end",
    "reopen",
    "set",
    "guide",
    "duplicate",
    "erase",
    "links",
    "export",
    "explain",
    "backup",
    "restore",
    "match",
    "rehearse",
)


def options(name: str) -> list[TyperOption]:
    return [one for one in command(name).params if isinstance(one, TyperOption)]


def arguments(name: str) -> list[TyperArgument]:
    return [one for one in command(name).params if isinstance(one, TyperArgument)]


def command(name: str) -> TyperCommand:
    found = group().commands[name]
    assert isinstance(found, TyperCommand)
    return found


def group() -> TyperGroup:
    found = typer.main.get_command(app)
    assert isinstance(found, TyperGroup)
    return found


def test_every_command_is_described_and_no_other() -> None:
    assert set(group().commands) == {*COMMANDS, "user"}
    listed = [
        name
        for cells in rows(DOC.partition("| does |")[2].partition("\n\n")[0])
        for name in names(cells[0])
    ]
    assert sorted(listed) == sorted([*COMMANDS, "user"])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described_and_no_other(name: str) -> None:
    text = own_text(section(DOC, name))
    described = {word.split()[0] for cells in rows(text) for word in names(cells[0])}
    known = {word for one in options(name) for word in (*one.opts, *one.secondary_opts)}
    assert described == known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_described(name: str) -> None:
    words = ["turnout", name, *(str(one.name).upper() for one in arguments(name))]
    assert f"`{' '.join(words)}" in DOC or words == ["turnout", name]


def test_every_command_about_accounts_is_described_and_no_other() -> None:
    users = group().commands["user"]
    assert isinstance(users, TyperGroup)
    described = set()
    for cells in rows(own_text(section(DOC, "user"))):
        for word in names(cells[0]):
            if word.startswith("turnout user "):
                _, _, name, *arguments = word.split()
                described.add(name)
                takes = [p for p in users.commands[name].params if isinstance(p, TyperArgument)]
                assert arguments == [str(one.name).upper() for one in takes]
    assert described == set(users.commands)
    for one in users.commands.values():
        taken = {word for p in one.params if isinstance(p, TyperOption) for word in p.opts}
        assert taken == {"--data", "--json"}
