"""What the machine is, and what a process takes up: CPU time of all its threads, resident memory.
Linux only: other systems tell neither so exactly."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from pathlib import Path

SERVER_CORE = 0
CLIENT_CORE = 1
"""Where there are two cores, each has one of its own; the disk's threads go where there is room."""


def cpu_seconds(pid: int) -> float:
    """CPU time that the process has used, to the nanosecond: user and system, all threads."""
    used = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        used += int((task / "schedstat").read_text().split()[0])
    return used / 1e9


def resident_kib(pid: int) -> int:
    """Resident memory of the process."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"process {pid} has no memory")
    return int(found[1])


def pin(core: int) -> None:
    """Run this process, and what it starts, on one core, where there are two."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


def facts() -> dict[str, object]:
    """What a reader must know of the machine to compare."""
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    total = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return {
        "cores": os.cpu_count(),
        "processor": found[1] if found else platform.processor(),
        "memory_gib": round(int(total[1]) / 2**20) if total else None,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_before": os.getloadavg()[0],
    }
