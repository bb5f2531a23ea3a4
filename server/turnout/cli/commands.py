"""The commands. Every one takes `--data DIR`; those with `--json` print one JSON object.

Exit codes: 0 done; 1 the answer is no (a guide with problems, a refused command, a rehearsal that
lost something); 2 wrong usage; 3 no server can be reached; 74 the disk failed;
75 the database was replaced by its copy.
"""

from __future__ import annotations

import base64
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from turnout.cli import copying, exporting, matching, rehearsing, steering, users
from turnout.cli.reach import ask, reach, settings_of
from turnout.cli.running import NO, Data, Fd, Json, Slug, err, out, print_json, run, words
from turnout.cli.serving import run_demo, run_server
from turnout.guides import Problem, Problems, read_guide
from turnout.logs import configure_logs
from turnout.rehearsal import FAULTS, PlanRefused, make_plan
from turnout.settings import Settings, database_address, public_address

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A server for live moderated text conversations.",
)
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="Listen on this port.")]
MetricsPort = Annotated[
    int | None, typer.Option(min=0, max=65_535, help="Serve metrics on this port.")
]


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Listen on this address.")] = None,
    port: Port = None,
    public: Annotated[str | None, typer.Option(help="The address that links begin with.")] = None,
    database: Annotated[
        str | None, typer.Option(help="Keep everything in this PostgreSQL.", show_default=False)
    ] = None,
    fd: Fd = None,
    metrics_port: MetricsPort = None,
) -> None:
    """Serve conversations until Ctrl+C."""

    async def work() -> int:
        settings = _settings(data, host, port, public, metrics_port)
        if database is not None:
            settings = replace(settings, database=database_address(database))
        configure_logs(settings.log)
        return await run_server(settings, fd, out)

    raise typer.Exit(run(work()))


@app.command()
def demo(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Listen on this address.")] = None,
    port: Port = None,
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
    zone: Annotated[
        str, typer.Option(help="Your time zone, as Europe/Vienna; needed with --starts.")
    ] = "",
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
        body |= {"starts_at": starts, "zone": zone}

    async def work() -> dict[str, Any]:
        async with reach(settings_of(data), create=True) as client:
            made: dict[str, Any] = (await ask(client, "POST", "conversations", body)).json()
            return made

    made = run(work())
    if as_json:
        print_json({key: made[key] for key in ("slug", "items", "links")})
    else:
        out.print(f"{made['slug']}: {made['items']} items, {made['links']} links.", markup=False)


steering.add_to(app)
app.add_typer(users.app, name="user")


@app.command()
def links(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Print the links file: one line for each participant."""

    async def work() -> tuple[httpx.Response, bool]:
        async with reach(settings_of(data)) as client:
            name = "links" if as_json else "files/links.csv?bom=no"
            response = await ask(client, "GET", f"conversations/{slug}/{name}")
            return response, await exporting.lead_here(client)

    response, local = run(work())
    if local:
        err.print(exporting.LOCAL, markup=False)
    if as_json:
        print_json(response.json())
    else:
        sys.stdout.write(response.content.decode().replace("\r\n", "\n"))


app.command()(copying.backup)
app.command()(copying.restore)
app.command("match")(matching.match_command)

app.command("export")(exporting.export)
app.command("explain")(exporting.explain)


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
        print_json({"items": len(read.items), "questions": questions, "remarks": remarks})
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
        str,
        typer.Option(
            help=f"What goes wrong meanwhile: {', '.join(FAULTS)}, or all.", show_default=False
        ),
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
        print_json(report.as_dict())
    else:
        for line in report.lines():
            out.print(line, markup=False, highlight=False)
    if not report.ok:
        raise typer.Exit(NO)


def _report(problems: tuple[Problem, ...], as_json: bool, *, ok: bool) -> None:
    if as_json:
        print_json({"problems": [_problem(problem) for problem in problems]})
        return
    printer = out if ok else err
    for problem in problems:
        what = words(problem.row, problem.column, problem.what)
        printer.print(what, markup=False, highlight=False)


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
