"""docs/architecture.md names parts that exist, in the layers that the import contracts enforce; and
decisions are numbered without gaps."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.docs.markdown import DOCS, ROOT, names, own_text, read, rows, section

DOC = read("architecture.md")
SERVER = ROOT / "server/turnout"


def test_the_layers_are_those_of_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [enforced] = [contract["layers"] for contract in contracts if contract["id"] == "layers"]
    table = own_text(section(DOC, "Layers")).partition("| layer |")[2].partition("\n\n")[0]
    drawn = [set(names(cells[0])) for cells in rows(f"| layer |{table}")]
    assert drawn == [set(layer.split(" | ")) for layer in enforced]


def test_every_file_that_is_named_exists() -> None:
    named = [name for name in names(DOC) if re.search(r"\.(py|ts|toml)$", name)]
    assert named
    missing = [name for name in named if not exists(name)]
    assert missing == []


def exists(name: str) -> bool:
    """Below the package, the repository, or the page's sources."""
    places = (SERVER, ROOT, ROOT / "client", ROOT / "client/src/participant")
    return any((place / name).is_file() for place in places)


@pytest.mark.parametrize("folder", ["domain", "services", "web"])
def test_every_module_of_the_heart_is_named(folder: str) -> None:
    modules = {path.stem for path in (SERVER / folder).glob("*.py")} - {"__init__"}
    assert {name for name in held(folder) if "/" not in name} == modules


@pytest.mark.parametrize("folder", ["storage", "exports", "guides", "rehearsal"])
def test_what_is_named_of_the_other_folders_exists(folder: str) -> None:
    here = SERVER / folder
    assert [
        n for n in held(folder) if not ((here / f"{n}.py").is_file() or (here / n).is_dir())
    ] == []


def held(folder: str) -> list[str]:
    """What the table says that a folder holds; remarks in brackets left out."""
    table = own_text(section(DOC, "Layers")).partition("| folder |")[2]
    [what] = [cells[1] for cells in rows(f"| folder |{table}") if cells[0] == f"`{folder}/`"]
    return names(re.sub(r"\([^)]*\)", "", what))


def test_decisions_are_numbered_without_gaps() -> None:
    files = sorted(path.name for path in (DOCS / "adr").iterdir())
    numbers = [int(name[:4]) for name in files if re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", name)]
    assert numbers == list(range(1, len(files) + 1))


def test_a_decision_says_its_number_and_the_three_parts() -> None:
    for path in sorted((DOCS / "adr").iterdir()):
        text = path.read_text("utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"]
