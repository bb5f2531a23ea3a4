"""Servers that let in who should not get in, or out what should not get out."""

from __future__ import annotations

import sys
import threading
from typing import Any

from tests.faults.mutant import mutant, put


@mutant("Origin", "door")
def origin_unchecked() -> None:
    """Any page may talk to the server."""
    put(
        "web.requests:Origins.of",
        lambda _honest: lambda self, connection: connection.headers.get("origin"),
    )


@mutant("I9", "door")
def two_devices_on_a_link() -> None:
    """A second device is let in beside the first."""
    put(
        "storage.joining:admit",
        lambda honest: (
            lambda bound, asking, *, several, now: honest(bound, asking, several=True, now=now)
        ),
    )


@mutant("I9", "release")
def release_that_does_not_revoke() -> None:
    """The device of before is still believed."""

    def believing(_honest: Any) -> Any:
        def shown_by(rows: Any, thumbprint: Any, _cookie: Any) -> Any:
            return next((row for row in rows if row.thumbprint == thumbprint), None)

        return shown_by

    def keeping(_honest: Any) -> Any:
        def revoke_all(_connection: Any, _who: int, _now: int) -> int:
            return 1

        return revoke_all

    put("storage.devices:shown_by", believing)
    put("storage.devices:revoke_all", keeping)


@mutant("I9", "release")
def release_that_leaves_the_socket() -> None:
    """The device of before goes on talking on its open socket."""
    put("services.rooms:Room._send_away", lambda _honest: lambda self, *about: None)


@mutant("nonce", "door")
def a_proof_is_good_twice() -> None:
    """Nobody remembers which nonces were accepted."""
    put("storage.joining:is_spent", lambda _honest: lambda *about: False)
    put("storage.joining:spend", lambda _honest: lambda *about: None)


@mutant("I10", "visits")
def a_visit_is_counted() -> None:
    """Whoever fetches the page leaves a trace in the store."""

    def counting(honest: Any) -> Any:
        async def find(self: Any, slug: str) -> Any:
            located = await honest(self, slug)
            if located is not None:
                await self.count_damaged(located.id)
            return located

        return find

    put("storage.conversation_store:StoredConversations.find", counting)


@mutant("I12", "logs")
def pids_in_the_log() -> None:
    """Who comes in is logged."""

    def telling(honest: Any) -> Any:
        def enter(self: Any, member: Any) -> Any:
            sys.stderr.write(f"{member.person.pid} came in\n")
            return honest(self, member)

        return enter

    put("services.rooms:Room.enter", telling)


@mutant("I12", "logs")
def answers_in_the_log() -> None:
    """What does not fit is logged as it came."""

    def telling(honest: Any) -> Any:
        def checked(question: Any, body: Any) -> Any:
            sys.stderr.write(f"checked {body.text} in {threading.current_thread().name}\n")
            return honest(question, body)

        return checked

    put("domain.answers:checked", telling)
