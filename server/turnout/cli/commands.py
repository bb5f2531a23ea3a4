"""The commands. Every one takes `--data DIR`; those with `--json` print one JSON object.

Exit codes: 0 done; 1 the answer is no (a guide with problems, a refused command, a rehearsal that
lost something); 2 wrong usage; 3 no server can be reached; 74 the disk failed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import uuid
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

import httpx
import typer
from rich.console import Console

from turnout.cli import matching, rehearsing
from turnout.cli.reach import OutOfReach, Refusal, ask, reach, settings_of
from turnout.cli.serving import run_demo, run_server
from turnout.guides import Problem, Problems, read_guide
from turnout.logs import configure_logs
from turnout.ports import StoreInUse, StoreUnavailable
from turnout.rehearsal import PlanRefused, make_plan
from turnout.settings import Settings, WrongSettings, public_address

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A server for live moderated text conversations.",
)
out = Console(soft_wrap=True)  # lines are as long as they are, in files too
err = Console(stderr=True, soft_wrap=True)

NO, UNREACHABLE = 1, 3

Data = Annotated[
    Path | None, typer.Option("--data", help="The data folder.", show_default="turnout-data")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Fd = Annotated[int | None, typer.Option(help="Use this inherited listening socket.")]
MetricsPort = Annotated[int | None, typer.Option(help="Serve metrics on this port.")]
Slug = Annotated[str, typer.Argument(help="The conversation's part of the address.")]


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this command's work; every expected failure becomes a sentence and an exit code."""
    try:
        return _loop(work)
    except Refusal as refusal:
        err.print(refusal.why, style="bold red", markup=False)
        for problem in _problems(refusal):
            err.print(problem, markup=False, highlight=False)
        raise typer.Exit(NO) from refusal
    except (OutOfReach, StoreInUse, StoreUnavailable) as error:
        err.print(str(error), style="bold red", markup=False)
        raise typer.Exit(UNREACHABLE) from error
    except WrongSettings as error:
        err.print(str(error), style="bold red", markup=False)
        raise typer.Exit(2) from error


def _loop(work: Coroutine[Any, Any, T]) -> T:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


def _problems(refusal: Refusal) -> list[str]:
    found = refusal.body.get("problems")
    if not isinstance(found, list):
        return []
    return [_words(problem["row"], problem["column"], problem["what"]) for problem in found]


def _words(row: int, column: str, what: str) -> str:
    place = f"Row {row}" if row else "The file"
    return f"{place}, {column}: {what}" if column else f"{place}: {what}"


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Listen on this address.")] = None,
    port: Annotated[int | None, typer.Option(help="Listen on this port.")] = None,
    public: Annotated[str | None, typer.Option(help="The address that links begin with.")] = None,
    fd: Fd = None,
    metrics_port: MetricsPort = None,
) -> None:
    """Serve conversations until Ctrl+C."""

    async def work() -> int:
        settings = _settings(data, host, port, public, metrics_port)
        configure_logs(settings.log)
        return await run_server(settings, fd, out)

    raise typer.Exit(run(work()))


@app.command()
def demo(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Listen on this address.")] = None,
    port: Annotated[int | None, typer.Option(help="Listen on this port.")] = None,
    public: Annotated[str | None, typer.Option(help="The address that links begin with.")] = None,
    robots: Annotated[
        int, typer.Option(envvar="ROBOTS", min=0, max=5_000, help="Robots that take part.")
    ] = 0,
    fd: Fd = None,
    metrics_port: MetricsPort = None,
) -> None:
    """Serve a ready conversation and print the links to open."""

    async def work() -> int:
        settings = _settings(data, host, port, public, metrics_port)
        configure_logs(settings.log)
        return await run_demo(settings, fd, robots, out)

    raise typer.Exit(run(work()))


@app.command()
def new(
    guide: Annotated[Path, typer.Argument(help="The discussion guide: YAML, CSV or .xlsx.")],
    title: Annotated[str, typer.Option(help="What the conversation is about.")],
    max_participants: Annotated[int, typer.Option(min=1, help="How many may join.")],
    slug: Annotated[str | None, typer.Option(help="Its part of the address.")] = None,
    single_link: Annotated[bool, typer.Option(help="One anonymous link for all.")] = False,
    several_devices: Annotated[bool, typer.Option(help="Up to five devices a link.")] = False,
    starts: Annotated[
        str | None, typer.Option(help="Date and time with zone, as 2026-11-25T18:00+01:00.")
    ] = None,
    duration: Annotated[int, typer.Option(help="Planned minutes.")] = 60,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a conversation of a guide, with its links; a draft until it is published."""
    body: dict[str, object] = {
        "title": title,
        "max_participants": max_participants,
        "guide": {"name": guide.name, "data": base64.b64encode(_read(guide)).decode()},
        "links": "single" if single_link else "unique",
        "several_devices": several_devices,
        "duration": duration,
    }
    if slug is not None:
        body["slug"] = slug
    if starts is not None:
        body["starts_at"] = starts

    async def work() -> dict[str, Any]:
        async with reach(settings_of(data), create=True) as client:
            made: dict[str, Any] = (await ask(client, "POST", "conversations", body)).json()
            return made

    made = run(work())
    if as_json:
        _print_json({key: made[key] for key in ("slug", "items", "links")})
    else:
        out.print(f"{made['slug']}: {made['items']} items, {made['links']} links.", markup=False)


@app.command()
def publish(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Let links work."""
    _command(slug, "publish", data, as_json)


@app.command()
def start(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Make the conversation live: Join appears."""
    _command(slug, "start", data, as_json)


@app.command()
def end(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """End the conversation for everybody."""
    _command(slug, "end", data, as_json)


def _command(slug: str, op: str, data: Path | None, as_json: bool) -> None:
    async def work() -> dict[str, Any]:
        async with reach(settings_of(data)) as client:
            body = {"cid": str(uuid.uuid4()), "op": op}
            response = await ask(client, "POST", f"conversations/{slug}/command", body)
            done: dict[str, Any] = response.json()
            return done

    done = run(work())
    if as_json:
        _print_json({"slug": slug, "rev": done["rev"]})
    else:
        out.print(f"{slug}: {op} done.", markup=False)


@app.command()
def links(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Print the links file: one line for each participant."""

    async def work() -> httpx.Response:
        async with reach(settings_of(data)) as client:
            name = "links" if as_json else "files/links.csv?bom=no"
            return await ask(client, "GET", f"conversations/{slug}/{name}")

    response = run(work())
    if settings_of(data).public is None:
        err.print("No public address is set: these links lead to this computer.", markup=False)
    if as_json:
        _print_json(response.json())
    else:
        sys.stdout.write(response.content.decode().replace("\r\n", "\n"))


app.command("match")(matching.match_command)

FILES = ("participant_data", "answers", "questions", "links")


@app.command()
def export(
    slug: Slug,
    file: Annotated[
        Path, typer.Argument(help="Where to write; its name says what, as participant_data.csv.")
    ],
    what: Annotated[
        str | None, typer.Option(help=f"What to write under another name: {', '.join(FILES)}.")
    ] = None,
    include_all: Annotated[bool, typer.Option(help="Also links nobody joined with.")] = False,
    bom: Annotated[bool, typer.Option(help="Begin with a byte order mark.")] = True,
    semicolon: Annotated[bool, typer.Option(help="Semicolons in place of commas.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write one of the conversation's files."""
    chosen = what or (file.stem if file.stem in FILES else "participant_data")
    if chosen not in FILES:
        err.print(f"There is no file {chosen}. The files are {', '.join(FILES)}.", markup=False)
        raise typer.Exit(2)
    options = {"bom": "yes" if bom else "no", "delimiter": "semicolon" if semicolon else "comma"}
    if include_all:
        options["include"] = "all"
    query = "&".join(f"{name}={value}" for name, value in options.items())

    async def work() -> bytes:
        async with reach(settings_of(data)) as client:
            path = f"conversations/{slug}/files/{chosen}.csv?{query}"
            return (await ask(client, "GET", path)).content

    content = run(work())
    try:
        file.write_bytes(content)
    except OSError as error:
        err.print(f"{file} can't be written: {error.strerror}.", markup=False)
        raise typer.Exit(NO) from error
    if as_json:
        _print_json({"file": str(file), "what": chosen, "bytes": len(content)})
    else:
        out.print(f"{file}: {len(content):,} bytes.", markup=False, highlight=False)


@app.command()
def check(
    guide: Annotated[Path, typer.Argument(help="The discussion guide: YAML, CSV or .xlsx.")],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Read a guide and print what is wrong with it, row by row."""
    read = read_guide(guide.name, _read(guide))
    if isinstance(read, Problems):
        _report(read.problems, as_json, ok=False)
        raise typer.Exit(NO)
    questions = sum(item.is_question for item in read.items)
    if as_json:
        remarks = [_problem(remark) for remark in read.remarks]
        _print_json({"items": len(read.items), "questions": questions, "remarks": remarks})
        return
    out.print(f"{len(read.items)} items, {questions} of them questions. Nothing is wrong.")
    _report(read.remarks, as_json, ok=True)


@app.command()
def rehearse(
    guide: Annotated[Path, typer.Argument(help="The discussion guide: YAML, CSV or .xlsx.")],
    answers: Annotated[
        Path, typer.Option(help="What people say: CSV, a row for each, a column for each question.")
    ],
    participants: Annotated[
        int | None, typer.Option(min=1, help="How many robots.", show_default="one a row")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed plays the same rehearsal.")] = 1,
    speed: Annotated[
        float | None,
        typer.Option(
            min=0.001,
            help="1 is real time.",
            show_default="on as soon as everybody has answered",
        ),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(help="A server that runs already.", show_default="one of its own"),
    ] = None,
    faults: Annotated[
        str, typer.Option(help="What goes wrong meanwhile: kill.", show_default=False)
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Keep the files in this folder.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Hold a conversation with robots and compare the files with what they were promised."""
    where = rehearsing.remote(server, data)
    plan = (
        where
        if isinstance(where, PlanRefused)
        else make_plan(
            guide.name,
            _read(guide),
            _read(answers),
            participants=participants,
            seed=seed,
            speed=speed,
            remote=where,
            faults=faults,
            out=output,
        )
    )
    if isinstance(plan, PlanRefused):
        for why in plan.why:
            err.print(why, markup=False, highlight=False)
        raise typer.Exit(NO)
    report = run(rehearsing.hold(plan, err))
    if as_json:
        _print_json(report.as_dict())
    else:
        for line in report.lines():
            out.print(line, markup=False, highlight=False)
    if not report.ok:
        raise typer.Exit(NO)


def _report(problems: tuple[Problem, ...], as_json: bool, *, ok: bool) -> None:
    if as_json:
        _print_json({"problems": [_problem(problem) for problem in problems]})
        return
    printer = out if ok else err
    for problem in problems:
        words = _words(problem.row, problem.column, problem.what)
        printer.print(words, markup=False, highlight=False)


def _problem(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "column": problem.column, "what": problem.what}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        err.print(f"{path} can't be read: {error.strerror}.", markup=False)
        raise typer.Exit(NO) from error


def _settings(
    data: Path | None,
    host: str | None,
    port: int | None,
    public: str | None,
    metrics_port: int | None,
) -> Settings:
    settings = settings_of(data)
    if host is not None:
        settings = replace(settings, host=host)
    if port is not None:
        settings = replace(settings, port=port)
    if public is not None:
        settings = replace(settings, public=public_address(public))
    if metrics_port is not None:
        settings = replace(settings, metrics_port=metrics_port)
    return settings


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
