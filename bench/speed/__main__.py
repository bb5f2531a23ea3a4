"""`make bench`: measure, print a table, keep the numbers.

Takes minutes; nothing here is part of `make test`, where time proves nothing.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import Any

from bench.speed import document
from bench.speed.builds import build, versions
from bench.speed.machine import facts
from bench.speed.runs import QUICK, Plan, Run, summary
from bench.speed.table import tables


def main() -> int:
    """Measure by the options; 1 if something could not be measured."""
    options = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    options.add_argument("--quick", action="store_true", help="less of everything: two minutes")
    options.add_argument("--out", type=Path, help="keep the numbers in this file, as JSON")
    options.add_argument("--docs", action="store_true", help="write docs/performance.md")
    chosen = options.parse_args()
    if not sys.platform.startswith("linux"):
        print("The bench reads /proc, so it runs on Linux only.", file=sys.stderr)
        return 2
    plan = QUICK if chosen.quick else Plan()
    built, machine = build(), facts()
    began = datetime.datetime.now(datetime.UTC)
    run = Run(built, plan)
    run.all()
    kept: dict[str, Any] = {
        "summary": summary(run.results, plan),
        "machine": machine,
        "versions": versions(built),
        "began": f"{began:%Y-%m-%d %H:%M} UTC",
        "quick": chosen.quick,
        "failures": run.failures,
        "results": run.results,
    }
    print("\n".join(tables(run.results, plan, run.failures)))
    if chosen.out is not None:
        chosen.out.write_text(document.as_json(kept), "utf-8")
    if chosen.docs:
        command = f"make bench DOCS=1{' QUICK=1' if chosen.quick else ''}"
        document.write(command, kept["began"], kept, run.results, plan)
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
