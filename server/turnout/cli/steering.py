"""Commands that move one conversation: its phases, its choices, its guide, a copy, its end."""

from __future__ import annotations

import base64
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from turnout.cli.reach import ask, reach, settings_of
from turnout.cli.running import NO, Data, Json, Slug, err, out, print_json, run


def add_to(app: typer.Typer) -> None:
    """Make them commands of this program."""
    for name, command in (
        ("publish", publish),
        ("unpublish", unpublish),
        ("start", start),
        ("end", end),
        ("undo-end", undo_end),
        ("reopen", reopen),
        ("set", change),
        ("guide", guide),
        ("duplicate", duplicate),
        ("erase", erase),
    ):
        app.command(name)(command)


def publish(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Let links work."""
    _command(slug, "publish", data, as_json)


def unpublish(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Back to draft, until a quarter of an hour before the start."""
    _command(slug, "unpublish", data, as_json)


def start(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Make the conversation live: Join appears."""
    _command(slug, "start", data, as_json)


def end(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """End the conversation for everybody."""
    _command(slug, "end", data, as_json)


def undo_end(slug: Slug, data: Data = None, as_json: Json = False) -> None:
    """Take an End back, within ten minutes."""
    _command(slug, "undo_end", data, as_json)


def reopen(
    slug: Slug,
    days: Annotated[int, typer.Option(min=1, max=60, help="How many days it stays open.")] = 7,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Open the same links again, at everybody's own pace (flex)."""
    _command(slug, "reopen_flex", data, as_json, days=days)


def change(
    slug: Slug,
    title: Annotated[str | None, typer.Option(help="What it is about.")] = None,
    max_participants: Annotated[
        int | None, typer.Option(min=1, help="How many may join; more links are added.")
    ] = None,
    several_devices: Annotated[
        bool | None,
        typer.Option("--several-devices/--one-device", help="Up to five devices a link, or one."),
    ] = None,
    starts: Annotated[
        str | None, typer.Option(help='Date and time with zone; "none" for none.')
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Your time zone, as Europe/Vienna.")] = None,
    duration: Annotated[int | None, typer.Option(help="Planned minutes.")] = None,
    grace: Annotated[
        int | None, typer.Option(help="Seconds that a late answer has, 0 to 600.")
    ] = None,
    auto_start: Annotated[
        bool | None, typer.Option("--auto-start/--start-by-hand", help="Start by itself, or not.")
    ] = None,
    people_may_move: Annotated[
        bool | None,
        typer.Option(
            "--people-may-move/--ask-moderator",
            help="People may move to another device by themselves, or not.",
        ),
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Change an organiser's choices before the start."""
    choices: dict[str, object] = {
        "title": title,
        "max_participants": max_participants,
        "several_devices": several_devices,
        "zone": zone,
        "duration": duration,
        "grace": grace,
        "auto_start": auto_start,
        "people_may_move": people_may_move,
    }
    body = {name: value for name, value in choices.items() if value is not None}
    if starts is not None:
        body["starts_at"] = None if starts == "none" else starts
    if not body:
        err.print("Nothing to change: name a choice. See turnout set --help.", markup=False)
        raise typer.Exit(2)
    done = _post(slug, "settings", {"cid": str(uuid.uuid4()), **body}, data)
    _say_done(slug, "set", done, as_json)


def guide(
    slug: Slug,
    upload: Annotated[
        Path | None, typer.Argument(help="Another guide to take before the start.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Print it as the spreadsheet template, not as YAML.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Print the discussion guide, or take another one before the start."""
    if upload is not None:
        file = {"name": upload.name, "data": base64.b64encode(_read(upload)).decode()}
        body = {"cid": str(uuid.uuid4()), "guide": file}
        _say_done(slug, "guide", _post(slug, "guide", body, data), as_json)
        return

    async def work() -> bytes:
        async with reach(settings_of(data)) as client:
            form = "template" if template else "yaml"
            return (await ask(client, "GET", f"conversations/{slug}/guide?as={form}")).content

    text = run(work()).decode("utf-8-sig")
    if as_json:
        print_json({"slug": slug, "guide": text})
    else:
        sys.stdout.write(text.replace("\r\n", "\n"))


def duplicate(
    slug: Slug,
    title: Annotated[str | None, typer.Option(help="The copy's title.")] = None,
    new_slug: Annotated[
        str | None, typer.Option("--slug", help="The copy's part of the address.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a draft of the same guide and choices, with links of its own."""
    chosen = {"title": title, "slug": new_slug}
    body = {name: value for name, value in chosen.items() if value is not None}
    made = _post(slug, "duplicate", body, data)
    if as_json:
        print_json(made)
    else:
        out.print(f"{made['slug']}: a copy of {slug}.", markup=False)


def erase(
    slug: Slug,
    title: Annotated[str, typer.Option(help="Its title, to be sure.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Erase a conversation with its links and answers, for good."""
    _post(slug, "erase", {"title": title}, data)
    if as_json:
        print_json({"slug": slug, "erased": True})
    else:
        out.print(f"{slug}: erased.", markup=False)


def _command(slug: str, op: str, data: Path | None, as_json: bool, **more: object) -> None:
    body = {"cid": str(uuid.uuid4()), "op": op, **more}
    _say_done(slug, op.replace("_", " "), _post(slug, "command", body, data), as_json)


def _post(slug: str, door: str, body: Mapping[str, object], data: Path | None) -> dict[str, Any]:
    async def work() -> dict[str, Any]:
        async with reach(settings_of(data)) as client:
            response = await ask(client, "POST", f"conversations/{slug}/{door}", body)
            done: dict[str, Any] = response.json()
            return done

    return run(work())


def _say_done(slug: str, what: str, done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json({"slug": slug, "rev": done["rev"]})
    else:
        out.print(f"{slug}: {what} done.", markup=False)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        err.print(f"{path} can't be read: {error.strerror}.", markup=False)
        raise typer.Exit(NO) from error
