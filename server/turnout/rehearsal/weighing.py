"""The files of a rehearsal, fetched when they must not change any more, against what every robot
knows then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from turnout.rehearsal.audit import Findings, Witness, audit
from turnout.rehearsal.casting import Actor, Cast
from turnout.rehearsal.faults import Name
from turnout.rehearsal.moderator import asked
from turnout.rehearsal.staff import FILES, Staff


class Weighing:
    """`findings` grows with every look at the files; each thing is told once."""

    def __init__(self, staff: Staff, slug: str, cast: Cast) -> None:
        self.findings = Findings()
        self._staff = staff
        self._slug = slug
        self._cast = cast
        self._stayed: set[str] = set()
        self._stayed_in_flex: set[str] = set()
        self._live: dict[str, bytes] = {}

    def live_ended(self) -> None:
        """Note who is connected at the end of live."""
        self._stayed = {actor.robot.row for actor in self._cast if actor.robot.connected}

    def flex_ended(self, here: set[str]) -> None:
        """The same of flex."""
        self._stayed_in_flex = here

    def witnesses(self) -> list[Witness]:
        """What every robot knows now, for files of all runs."""
        stayed = self._stayed | self._stayed_in_flex
        return [_witness(actor, at_end=actor.robot.row in stayed) for actor in self._cast]

    async def before_flex(self) -> None:
        """The live run alone, final: the files that must stay as they are."""
        files = await self._staff.files(self._slug)
        self._note(await self._weigh(files, self.witnesses()), "after live")
        self._live = await self._run("live")

    async def at_the_end(self, *, flex: bool) -> Mapping[str, bytes]:
        """All runs together; with flex also each run alone. Gives the files of all."""
        files = await self._staff.files(self._slug)
        found = await self._weigh(files, self.witnesses())
        if flex:
            await self._runs(found)
        self._note(found, "")
        self.findings.confirmed += found.confirmed
        return files

    async def _runs(self, found: Findings) -> None:
        live = await self._run("live")
        in_flex = [
            replace(witness, at_end=witness.row in self._stayed_in_flex)
            for actor, witness in zip(self._cast, self.witnesses(), strict=True)
            if actor.part.returns
        ]
        of_flex = await self._weigh(await self._run("flex"), in_flex)
        self._note(of_flex, "flex alone")
        changed = [name for name in FILES if live[name] != self._live[name]]
        found.mismatches += (f"{name} of the live run changed after its end" for name in changed)
        found.confirmed["flex", "runs"] += 2
        right = not changed, not (of_flex.lost or of_flex.duplicated or of_flex.mismatches)
        found.confirmed["flex", "runs_right"] += sum(right)

    async def _run(self, run: str) -> dict[str, bytes]:
        return {name: await self._staff.file(self._slug, name, run) for name in FILES}

    async def _weigh(self, files: Mapping[str, bytes], witnesses: list[Witness]) -> Findings:
        questions = asked(await self._staff.state(self._slug))
        return audit(files, questions, witnesses)

    def _note(self, found: Findings, when: str) -> None:
        said = f"{when}: " if when else ""
        for mine, new in (
            (self.findings.lost, found.lost),
            (self.findings.duplicated, found.duplicated),
            (self.findings.mismatches, found.mismatches),
        ):
            mine += (f"{said}{what}" for what in new)


def _witness(actor: Actor, *, at_end: bool) -> Witness:
    robot, outgoing = actor.robot, actor.robot.outgoing
    kept = robot.participant.kept
    late = {question: answer.late for question, answer in kept.items() if answer.late is not None}
    tokens: set[tuple[Name, str]] = set()
    if actor.part.doubles:
        tokens.add(("double", "one_seat"))
    if actor.part.returns:
        tokens.add(("flex", "audited"))
    return Witness(
        row=robot.row,
        pid=robot.link.pid,
        joined=robot.joined,
        at_end=at_end,
        answers={question: answer.body for question, answer in kept.items()},
        open=frozenset(robot.participant.outbox),
        late=late | dict.fromkeys(outgoing.late, True),
        moves=robot.moves,
        marks={
            ("late", "marked_late"): frozenset(outgoing.late),
            ("double", "counted_once"): frozenset(outgoing.twice),
            ("lost-ack", "counted_once"): frozenset(outgoing.resent),
        },
        tokens=frozenset(tokens),
    )
