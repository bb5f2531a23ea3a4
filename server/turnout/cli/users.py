"""`turnout user`: the accounts of staff, for whoever runs the server."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from turnout.cli.reach import Refusal, ask, reach, settings_of
from turnout.cli.running import Data, Json, out, print_json, run
from turnout.ports import Role

app = typer.Typer(no_args_is_help=True, help="The accounts of staff.")

Name = Annotated[str, typer.Argument(help="The name that somebody signs in with.")]
RoleName = Annotated[Role, typer.Argument(help="What they may do.")]


@app.command("list")
def list_(data: Data = None, as_json: Json = False) -> None:
    """Who has an account, and what they may do."""

    async def work() -> list[dict[str, Any]]:
        async with reach(settings_of(data)) as client:
            found: list[dict[str, Any]] = (await ask(client, "GET", "accounts")).json()["accounts"]
            return found

    accounts = run(work())
    if as_json:
        print_json({"accounts": accounts})
        return
    if not accounts:
        out.print("Nobody has an account yet. The server prints a link for the first one.")
    for account in accounts:
        state = "  (disabled)" if account["disabled"] else ""
        out.print(f"{account['role']:<12}{account['name']}{state}", markup=False, highlight=False)


@app.command()
def invite(role: RoleName, data: Data = None, as_json: Json = False) -> None:
    """Print a link with which one person makes themselves an account."""

    async def work() -> str:
        async with reach(settings_of(data)) as client:
            invited = await ask(client, "POST", "accounts/invite", {"role": role})
            link: str = invited.json()["link"]
            return link

    link = run(work())
    if as_json:
        print_json({"link": link, "role": role})
    else:
        out.print(link, markup=False, highlight=False)


@app.command()
def role(name: Name, role: RoleName, data: Data = None, as_json: Json = False) -> None:
    """Change what somebody may do."""
    _change(name, {"role": role}, data, as_json)


@app.command()
def disable(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Shut somebody out; they are signed out at once."""
    _change(name, {"disabled": True}, data, as_json)


@app.command()
def enable(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Let somebody in again."""
    _change(name, {"disabled": False}, data, as_json)


@app.command()
def password(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Give somebody another password, read from the terminal or standard input."""
    typed = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    _change(name, {"password": typed}, data, as_json)


def _change(name: str, body: dict[str, object], data: Path | None, as_json: bool) -> None:
    async def work() -> None:
        async with reach(settings_of(data)) as client:
            accounts = (await ask(client, "GET", "accounts")).json()["accounts"]
            wanted = name.strip().casefold()
            id = next((one["id"] for one in accounts if one["name"].casefold() == wanted), None)
            if id is None:
                raise Refusal({"why": f"Nobody has the name {name}. See turnout user list."})
            await ask(client, "POST", f"accounts/{id}", body)

    run(work())
    if as_json:
        print_json({"name": name, "changed": sorted(body)})
    else:
        out.print(f"{name}: done.", markup=False, highlight=False)
