"""Servers that store answers wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.faults.mutant import mutant, put

HOUR = 3_600_000


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
