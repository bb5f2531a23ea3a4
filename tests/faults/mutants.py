"""Servers with one fault each, that the scenes must tell from an honest one.

A fault is put into a process that was forked for it, before its server starts. The product knows
nothing of it.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Mutant:
    """`caught_by`: the invariant that it breaks; `scene`: where that shows; `patch` puts it in."""

    caught_by: str
    scene: str
    patch: Callable[[], None]


MUTANTS: dict[str, Mutant] = {}


def mutant(caught_by: str, scene: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name the function's mutant after it."""

    def named(patch: Callable[[], None]) -> Callable[[], None]:
        MUTANTS[patch.__name__] = Mutant(caught_by, scene, patch)
        return patch

    return named


def put(path: str, make: Callable[[Any], Any]) -> None:
    """Replace `module:name` or `module:Class.name` by what `make` makes of it."""
    module, _, name = path.partition(":")
    *owners, last = name.split(".")
    where: Any = importlib.import_module(f"turnout.{module}")
    for owner in owners:
        where = getattr(where, owner)
    setattr(where, last, make(getattr(where, last)))


# --- durability ---------------------------------------------------------------------------------


@mutant("I1", "crash")
def acknowledge_before_commit() -> None:
    """A group of answers is committed after its senders were told: when the next one comes."""

    def late(honest: Any) -> Any:
        def transaction(self: Any, works: Any) -> Any:
            if (before := _open.pop(self, None)) is not None:
                before.commit()
            if not all("Groups." in work.__qualname__ for work in works):
                return honest(self, works)
            connection = self._engine.connect()
            connection.begin()
            outcomes = [self._attempt(connection, work) for work in works]
            _open[self] = connection
            return outcomes

        return transaction

    def finishing(honest: Any) -> Any:
        def finish(self: Any) -> None:
            if (before := _open.pop(self, None)) is not None:
                before.commit()
            honest(self)

        return finish

    _open: dict[Any, Any] = {}
    put("storage.writer:Writer._transaction", late)
    put("storage.writer:Writer._finish", finishing)


@mutant("I1", "talk")
def every_third_group_is_not_written() -> None:
    """What was settled is acknowledged and never becomes a row."""
    calls = iter(range(10**9))
    put(
        "storage.answers:Settling._write_all",
        lambda honest: (
            lambda self, connection, held, changed: (
                next(calls) % 3 == 1 or honest(self, connection, held, changed)
            )
        ),
    )


@mutant("I1", "power")
def synchronous_normal() -> None:
    """SQLite does not sync its log at a commit."""
    _pragma("synchronous=NORMAL")


@mutant("I1", "power")
def synchronous_off() -> None:
    """SQLite never syncs: what eatmydata does to any program."""
    _pragma("synchronous=OFF")


def _pragma(pragma: str) -> None:
    def prepared(honest: Any) -> Any:
        def prepare(connection: Any, record: object) -> None:
            honest(connection, record)
            connection.execute(f"PRAGMA {pragma}")

        return prepare

    put("storage.engines:_prepare_writer", prepared)


# --- which answer counts ------------------------------------------------------------------------


@mutant("I2", "talk")
def no_unique_key() -> None:
    """The table of answers has no key, and every answer is a new row."""

    def rebuilt(honest: Any) -> Any:
        def settle(self: Any, connection: Any, group: Any) -> Any:
            if not _done:
                columns = [
                    row[1] for row in connection.exec_driver_sql("PRAGMA table_info(answer)")
                ]
                connection.exec_driver_sql("CREATE TABLE bare AS SELECT * FROM answer")
                connection.exec_driver_sql("DROP TABLE answer")
                connection.exec_driver_sql("ALTER TABLE bare RENAME TO answer")
                if "id" in columns:
                    connection.exec_driver_sql(_NUMBERED)
                self._write = self._write.partition(" ON CONFLICT")[0]
                _done.append(True)
            return honest(self, connection, group)

        return settle

    _done: list[bool] = []
    put("storage.answers:Settling.settle", rebuilt)


_NUMBERED = (
    "CREATE TRIGGER numbered AFTER INSERT ON answer WHEN new.id IS NULL "
    "BEGIN UPDATE answer SET id = new.rowid WHERE rowid = new.rowid; END"
)


@mutant("I2", "talk")
def an_aid_counts_again() -> None:
    """An answer that is sent again is a new answer."""

    def forgetting(honest: Any) -> Any:
        def settle(conversation: Any, stored: Any, offer: Any, now: int, **about: Any) -> Any:
            if stored is not None and offer.aid == stored.aid:
                stored = replace(stored, aid="00000000-0000-4000-8000-000000000000")
                offer = replace(offer, base=stored.revision)
            return honest(conversation, stored, offer, now, **about)

        return settle

    put("storage.answers:settle", forgetting)


@mutant("I1", "late_copy")
def base_ignored() -> None:
    """Whoever comes last wins, whatever they knew."""

    def careless(honest: Any) -> Any:
        def settle(conversation: Any, stored: Any, offer: Any, now: int, **about: Any) -> Any:
            base = 0 if stored is None else stored.revision
            return honest(conversation, stored, replace(offer, base=base), now, **about)

        return settle

    put("storage.answers:settle", careless)


@mutant("I1", "late_copy")
def earlier_aids_forgotten() -> None:
    """A late copy of a replaced answer, on the right revision, wins again."""

    def short(honest: Any) -> Any:
        def settle(conversation: Any, stored: Any, offer: Any, now: int, **about: Any) -> Any:
            if stored is not None:
                stored = replace(stored, earlier=())
                offer = replace(offer, base=stored.revision)
            return honest(conversation, stored, offer, now, **about)

        return settle

    put("storage.answers:settle", short)


@mutant("I8", "after_the_grace")
def grace_ignored() -> None:
    """Answers are taken however late they come."""

    def endless(honest: Any) -> Any:
        def openness(*about: Any) -> Any:
            found = honest(*about)
            return "late" if found == "closed" else found

        return openness

    put("domain.answers:openness", endless)


@mutant("I1", "pages")
def aseq_by_time() -> None:
    """`aseq` is a clock that did not move between two answers."""

    def timed(_honest: Any) -> Any:
        def raise_aseq(_connection: Any, held: Any) -> int:
            return int(held.now // HOUR)

        return raise_aseq

    put("storage.answers:raise_aseq", timed)


# --- what people are told -----------------------------------------------------------------------


@mutant("I4", "talk")
def one_event_dropped() -> None:
    """Every third event is not told."""
    calls = iter(range(10**9))
    put(
        "services.rooms:Room._tell",
        lambda honest: lambda self, delta: None if next(calls) % 3 == 1 else honest(self, delta),
    )


@mutant("I4", "talk")
def the_chain_is_broken() -> None:
    """Events name another one before them than there was."""
    put(
        "services.rooms:Room._tell",
        lambda honest: (
            lambda self, delta: honest(self, replace_struct(delta, prev=max(0, delta.prev - 1)))
        ),
    )


@mutant("I4", "crash")
def rev_falls_back() -> None:
    """A welcome names an older rev than was told."""
    put(
        "services.rooms:Room.welcome",
        lambda honest: lambda self, *about: replace_struct(honest(self, *about), rev=1),
    )


@mutant("I5", "state")
def state_of_yesterday() -> None:
    """The state is made once and kept for ever."""

    def kept(honest: Any) -> Any:
        def state(self: Any) -> Any:
            return _states.setdefault(self, honest(self))

        return state

    _states: dict[Any, Any] = {}
    put("services.rooms:Room.state", kept)


@mutant("I1", "crash")
def mine_forgotten() -> None:
    """A welcome after a restart lists no answers."""
    put(
        "services.rooms:Room.welcome",
        lambda honest: lambda self, *about: replace_struct(honest(self, *about), mine=[]),
    )


@mutant("I7", "talk")
def percentage_from_a_counter() -> None:
    """Every acknowledgement counts as one more question answered."""
    counts: dict[Any, int] = {}

    def counting(honest: Any) -> Any:
        def progress(self: Any, person: Any) -> Any:
            told = honest(self, person)
            counts[person.pid] = counts.get(person.pid, 0) + 1
            done = counts[person.pid]
            return replace(told, answered=done, percent_answered=100 * done // (told.asked or 1))

        return progress

    put("services.rooms:Room.progress", counting)


@mutant("I7", "talk")
def percentage_rounded() -> None:
    """To the nearest whole number, so that 100 need not mean all."""
    put(
        "domain.progress:percent",
        lambda _honest: lambda part, whole: round(100 * part / whole) if whole else None,
    )


@mutant("I7", "talk")
def percentage_of_the_file_differs() -> None:
    """Participant Data counts one question more as asked than the screen."""

    def other(honest: Any) -> Any:
        def progress_of(*about: Any) -> Any:
            told = honest(*about)
            return replace(told, percent_answered=100 * told.answered // (told.asked + 1))

        return progress_of

    put("exports.participant_data:progress_of", other)


# --- who gets in --------------------------------------------------------------------------------


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


def replace_struct(struct: Any, **changes: Any) -> Any:
    """The same message with other fields."""
    from msgspec import structs

    return structs.replace(struct, **changes)

