"""docs/protocol.md says all that is on the wire, and nothing that is not: messages, fields,
refusals, statuses, close codes, doors."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from starlette.routing import Route, WebSocketRoute

import turnout
from tests.docs.markdown import names, own_text, read, rows, section, sections
from turnout import wire
from turnout.domain import events, refusals
from turnout.domain.answers import MAX_ANSWER_TEXT
from turnout.domain.devices import MAX_DEVICES
from turnout.services import answering, connections, guessing, hellos, joining, visits
from turnout.services.lobby import room_for
from turnout.services.rooms import LIMITS, MAX_DELTAS
from turnout.storage.groups import MAX_BYTES, MAX_WAITING
from turnout.transport import PROTOCOL
from turnout.web.accounts_api import (
    Accept,
    AccountLine,
    AccountLines,
    Change,
    Invitation,
    Invite,
    Invited,
    Passwords,
    Secret,
)
from turnout.web.console_bodies import (
    Checked,
    Created,
    GuideRefusal,
    GuideUpload,
    Line,
    LinkLine,
    LinkLines,
    NewConversation,
    QrLine,
    QrLines,
    Remark,
    Rev,
    TextLine,
    TextLines,
)
from turnout.web.failures import STATUS
from turnout.web.files_api import Explain, Explained, ExplainedLine
from turnout.web.organise_api import Choices, Copied, Copy, Erase, NewGuide
from turnout.web.requests import MAX_BODY, MAX_UPLOAD
from turnout.web.routes import routes
from turnout.web.staff_api import Credentials, FirstRun, Me, SignedOut

DOC = read("protocol.md")
Struct = type[msgspec.Struct]

BODIES: tuple[Struct, ...] = (
    wire.About,
    wire.Check,
    wire.Ready,
    wire.Nonce,
    wire.Join,
    wire.Joined,
    wire.TakeoverAsked,
    wire.Refusal,
)
EMPTY: frozenset[Struct] = frozenset({wire.Damaged})
"""Bodies without a field, which need no table."""
STAFF_BODIES: tuple[Struct, ...] = (
    FirstRun,
    Credentials,
    Me,
    SignedOut,
    Line,
    NewConversation,
    Created,
    Checked,
    GuideRefusal,
    Remark,
    LinkLine,
    LinkLines,
    QrLine,
    QrLines,
    Rev,
    TextLine,
    TextLines,
    GuideUpload,
    Choices,
    NewGuide,
    Copy,
    Copied,
    Erase,
    Explain,
    Explained,
    ExplainedLine,
    AccountLine,
    AccountLines,
    Invite,
    Invited,
    Secret,
    Invitation,
    Accept,
    Change,
    Passwords,
)
MESSAGES = {
    "From the client": get_args(wire.FromParticipant),
    "From the server": get_args(wire.ToParticipant),
    "Events": get_args(wire.SeenEvent),
    "From staff": get_args(wire.FromStaff),
    "To staff": get_args(wire.ToStaff),
}


def tag(struct: Struct) -> str:
    return str(struct.__struct_config__.tag)


def everything() -> Iterator[tuple[tuple[str, ...], Struct]]:
    """Where each struct is described, and the struct."""
    for where, structs in MESSAGES.items():
        for struct in structs:
            yield (where, tag(struct)), struct
    for struct in (*BODIES, *parts()):
        yield (struct.__name__,), struct


def parts() -> list[Struct]:
    """What messages are made of: every other public struct of wire.py."""
    described = {one for group in MESSAGES.values() for one in group} | set(BODIES) | EMPTY
    found = [one for one in vars(wire).values() if isinstance(one, type)]
    structs = [one for one in found if issubclass(one, msgspec.Struct) and one.__name__[0] != "_"]
    return [
        one for one in structs if one not in described | {wire.Part, wire.Message, msgspec.Struct}
    ]


@pytest.mark.parametrize(("titles", "struct"), [*everything()])
def test_every_field_is_described_and_no_other(titles: tuple[str, ...], struct: Struct) -> None:
    described = fields_of(*titles)
    assert sorted(described) == sorted(struct.__struct_fields__)
    optional = {field.name for field in msgspec.structs.fields(struct) if not field.required}
    assert {name for name, kind in described.items() if "if left out" in kind} == optional


def fields_of(*titles: str) -> dict[str, str]:
    """The section's first table: field -> type."""
    found = own_text(section(DOC, *titles))
    table = found.partition("| field |")[2].partition("\n\n")[0]
    return {names(cells[0])[0]: cells[1] for cells in rows(f"| field |{table}")}


def test_no_message_is_described_that_does_not_exist() -> None:
    for where, structs in MESSAGES.items():
        inside = {one.path[-1] for one in sections(DOC) if one.path[-2:-1] == (where,)}
        assert inside == {tag(struct) for struct in structs}


def test_every_word_of_a_closed_list_stands_where_it_is_used() -> None:
    assert words("event", "kind", "To staff") == event_kinds()
    assert words("command", "op", "From staff") == set(get_args(wire.Op))
    assert words("welcome", "role", "To staff") == set(get_args(wire.Role))
    assert words("refused", "code", "To staff") == set(get_args(wire.CommandCode))
    assert words("StaffItem", "status") == literal(wire.StaffItem, "status")
    assert words("Seen", "status") == literal(wire.Seen, "status")
    assert words("StaffRun", "kind") == literal(wire.StaffRun, "kind")
    assert words("degraded", "store") == literal(wire.Degraded, "store")
    assert words("Refusal", "reason") | reasons() == alternatives(wire.Refusal, "reason")
    assert reasons() == alternatives(wire.CommandRefused, "reason")
    assert words("bye", "reason", "From the server") == alternatives(wire.Bye, "reason")
    assert words("Item", "type") == set(get_args(wire.ItemType))
    assert words("About", "phase") == set(get_args(wire.Phase))
    assert words("Joined", "assurance") == literal(wire.Joined, "assurance")


def reasons() -> set[str]:
    """The table of what refusals of staff say."""
    return {names(cells[0])[0] for cells in rows(own_text(section(DOC, "Refusals", "Reasons")))}


def words(title: str, field: str, *above: str) -> set[str]:
    return set(names(fields_of(*above, title)[field]))


def literal(struct: Struct, field: str) -> set[str]:
    return set(get_args(get_type_hints(struct)[field]))


def alternatives(struct: Struct, field: str) -> set[str]:
    """The words of a field that may be left out."""
    kinds = get_args(get_type_hints(struct)[field])
    return {word for kind in kinds for word in get_args(kind)}


def event_kinds() -> set[str]:
    """Those that come after the beginning, which no screen can see."""
    kinds = {get_args(get_type_hints(event)["kind"])[0] for event in get_args(events.Event)}
    return kinds - {"created"}


def test_every_command_is_explained() -> None:
    table = own_text(section(DOC, "From staff", "command")).partition("| does |")[2]
    explained = [names(cells[0])[0] for cells in rows(table)]
    assert sorted(explained) == sorted(get_args(wire.Op))


# --- refusals ---


def test_every_refusal_has_its_status() -> None:
    table = rows(own_text(section(DOC, "Refusals", "Refusal")).partition("| status |")[2])
    described = {names(code)[0]: int(status) for code, status, *_ in table}
    assert described == STATUS


def test_every_code_of_the_rules_is_described() -> None:
    answers = rows(own_text(section(DOC, "From the server", "refused")).partition("| final |")[2])
    assert {names(cells[0])[0] for cells in answers} == set(get_args(refusals.AnswerCode))
    assert set(get_args(wire.AnswerCode)) == set(get_args(refusals.AnswerCode))
    over_http = {*get_args(wire.JoinCode), *get_args(wire.CommandCode)}
    assert over_http - set(STATUS) == set()


# --- close codes ---


def constants() -> dict[str, int]:
    return {name: code for name, code in vars(connections).items() if isinstance(code, int)}


def test_every_close_code_is_described() -> None:
    table = rows(own_text(section(DOC, "Close codes")))
    assert sorted(int(cells[0]) for cells in table) == sorted(constants().values())


def test_the_close_codes_that_are_never_sent_are_called_reserved() -> None:
    table = rows(own_text(section(DOC, "Close codes")))
    reserved = {int(cells[0]) for cells in table if "*reserved*" in cells[2]}
    sent = {code for name, code in constants().items() if name in used(connections.__name__)}
    assert reserved == set(constants().values()) - sent


def used(module: str) -> set[str]:
    """What the server imports of this module."""
    found: set[str] = set()
    for path in Path(turnout.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == module:
                found |= {alias.name for alias in node.names}
    return found


# --- doors ---


class _AnyApi:
    """Stands in for the parts that doors lead to: only the addresses are looked at."""

    def __getattr__(self, name: str) -> Any:
        async def endpoint(_connection: object) -> None: ...

        return endpoint


def doors() -> Iterator[str]:
    parts: dict[str, Any] = dict.fromkeys(inspect.signature(routes).parameters, _AnyApi())
    for route in routes(**parts):
        if isinstance(route, WebSocketRoute):
            yield f"GET {route.path}"
        elif isinstance(route, Route) and route.path.startswith("/api/"):
            method = "POST" if "POST" in (route.methods or ()) else "GET"
            yield f"{method} {route.path}"


def written(door: str) -> str:
    """As the document writes it."""
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: found[1].upper(), door)


def test_every_door_is_described_and_no_other() -> None:
    found = re.findall(r"^(GET|POST) +(/api/c/SLUG\S*)", DOC, re.MULTILINE)
    joining = {f"{method} {path}" for method, path in found}
    staff = {
        name.replace(" /", " /api/console/", 1)
        for cells in rows(own_text(section(DOC, "Doors")))
        for name in names(cells[0])
    }
    sockets = {title for one in sections(DOC) for title in re.findall(r"GET /ws/\S+", one.path[-1])}
    assert joining | staff | sockets == {written(door) for door in doors()}


@pytest.mark.parametrize("struct", STAFF_BODIES)
def test_every_field_of_the_staff_doors_is_described(struct: Struct) -> None:
    described = set(names(own_text(section(DOC, "Doors"))))
    assert [name for name in struct.__struct_fields__ if name not in described] == []


# --- limits ---


def test_the_limits_are_those_of_the_code() -> None:
    table = {cells[0]: cells[1] for cells in rows(own_text(section(DOC, "What the server takes")))}
    answers = f"{LIMITS.unacknowledged} at once, then {1_000 // answering.EVERY} a second"
    assert table == {
        "participant's frame": f"{wire.MAX_FRAME // 1024} KiB",
        "staff frame": f"{wire.MAX_STAFF_FRAME // 1024} KiB",
        "depth of JSON": f"{wire.MAX_DEPTH}",
        "body of a request": f"{MAX_BODY // 1024} KiB, with a guide {MAX_UPLOAD // 2**20} MiB",
        "text of an answer": f"{MAX_ANSWER_TEXT:,} code points",
        "answers of a socket": answers,
        "answers of a socket that are neither accepted nor refused yet": f"{LIMITS.unacknowledged}",
        "`resync` of a socket": f"one in {visits.RESYNC_EVERY // 1000} seconds",
        "joins with one link": paced(joining.JOINS, joining.JOIN_EVERY),
        "wrong passwords for one name from one network": paced(
            guessing.WRONG, guessing.WRONG_REFILL
        ),
        "wrong passwords from one network": paced(5 * guessing.WRONG, guessing.WRONG_REFILL // 5),
        "wrong links from one address": paced(guessing.MISSES, guessing.REFILL),
        "sockets in the lobby": f"2 x Max participants + {room_for(0)}",
        "hellos at once": f"{hellos.AT_ONCE}",
        "answers not yet stored, all sockets together": f"{MAX_WAITING:,}, or "
        f"{MAX_BYTES // 2**20} MiB",
        "frames waiting for a socket": f"{PROTOCOL.out_frames}, or "
        f"{PROTOCOL.out_bytes // 1024} KiB beside one larger frame",
        "frames of a socket in a second": f"{PROTOCOL.steady}",
        "missed events told as `deltas`": f"{MAX_DELTAS}",
        "devices of one link": f"1, or {MAX_DEVICES} where several are allowed",
    }
    waiting = f"{PROTOCOL.waiting} or {PROTOCOL.waiting_bytes // 1024} KiB of them wait"
    assert DOC.count(waiting) == 2
    assert f"beyond {PROTOCOL.most}, or with {waiting}" in DOC
    assert f"more than {PROTOCOL.most} frames in a second, or {waiting}" in DOC


def paced(at_once: int, every: int) -> str:
    """So many, and then one after the other; milliseconds."""
    return f"{at_once} at once, then one in {every // 1000} seconds"
