"""The examples of README.md and docs/commands.md are true: they are run, in the order in which they
stand, and print what stands below them."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.docs.markdown import DOCS, ROOT
from turnout.cli.commands import app
from turnout.settings import NAMES

DOCUMENTS = (DOCS / "commands.md", ROOT / "README.md")
SERVERS = ("serve", "demo")

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANGING = (
    (re.compile(r"\bp[0-9a-hjkmnp-tv-z]{16}\b"), "PID"),
    (re.compile(r"#[0-9a-f]{48}\b"), "#SECRET"),
    (re.compile(r"localhost:\d+"), "localhost:PORT"),
    (re.compile(r"\d[\d.,]*(?= (ms|s)\b| \((95|99) %\)| \(all\))"), "TIME"),
)


def steps(document: Path) -> Iterator[tuple[list[str], str]]:
    """Every example: its words, and what it prints."""
    for example in _CONSOLE.findall(document.read_text("utf-8")):
        for step in re.split(r"^\$ ", example, flags=re.MULTILINE)[1:]:
            line, _, printed = step.partition("\n")
            program, *words = shlex.split(line)
            assert program == "turnout"
            yield words, plain(printed)


def plain(printed: str) -> str:
    """Without line breaks, which depend on the terminal, and without what differs each time."""
    printed = " ".join(printed.split())
    for changing, word in _CHANGING:
        printed = changing.sub(word, printed)
    return printed


def prepare(document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to an empty folder with the document's files; no setting comes from outside."""
    monkeypatch.chdir(folder)
    for name in (*NAMES, "ROBOTS"):
        monkeypatch.delenv(name, raising=False)
    for name, text in _FILE.findall(document.read_text("utf-8")):
        (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_do_what_they_say(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(document, tmp_path, monkeypatch)
    alone = [(words, printed) for words, printed in steps(document) if words[0] not in SERVERS]
    assert alone
    for words, printed in alone:
        assert plain(CliRunner().invoke(app, words).output) == printed, words


@pytest.mark.parametrize("name", SERVERS)
def test_the_servers_say_what_they_say(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = DOCS / "commands.md"
    prepare(document, tmp_path, monkeypatch)
    [(words, printed)] = [step for step in steps(document) if step[0][0] == name]
    command = [sys.executable, "-m", "turnout.cli", *words, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = ""
    assert process.stdout is not None
    while len(plain(said)) < len(printed) and (line := process.stdout.readline()):
        said += line
    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=60)
    assert (plain(said + rest), errors, process.returncode) == (printed, "", 0)
