"""The part of the store that implements `turnout.ports.Participants`, `Devices`, `Moderated` and
`Answers`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy import Connection

from turnout.domain.answers import Offer
from turnout.domain.devices import Assurance
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import AnswerRow
from turnout.ports import (
    Arriving,
    Asked,
    AskingOver,
    Decided,
    Joining,
    Participant,
    Randomness,
    Settled,
    Takeover,
    WrongLetters,
)
from turnout.storage import arriving as hellos
from turnout.storage import attending, joining, moderating, moves, snapshots, takeovers
from turnout.storage.access import Access
from turnout.storage.answers import Offered, Settling
from turnout.storage.database import Database
from turnout.storage.groups import Groups


class StoredParticipants(Access):
    """See `turnout.ports` for what each method promises."""

    def __init__(self, database: Database, randomness: Randomness) -> None:
        super().__init__(database, randomness)
        self._groups = Groups(database, Settling(self._states, database.now, database.dialect))

    # --- being there --------------------------------------------------------------------------

    async def check(self, conversation: int, pid: str) -> Refused | None:
        return await self._read(lambda connection: joining.check(connection, conversation, pid))

    async def join(self, joining_: Joining) -> Assurance | Refused:
        return await self._hold(
            joining_.conversation,
            lambda connection, held: joining.join(connection, held, joining_),
        )

    async def arrive(self, arriving: Arriving, *, attend: bool) -> Participant | Refused:
        return await self._hold(
            arriving.conversation,
            lambda connection, held: hellos.arrive(connection, held, arriving, attend=attend),
        )

    async def attend(self, rows: Sequence[tuple[int, int]]) -> None:
        await self._write(
            lambda connection: attending.attend(connection, self._states, rows, self._clock)
        )

    async def forget(self, arriving: Arriving) -> Refused | None:
        return await self._hold(
            arriving.conversation,
            lambda connection, held: hellos.forget(connection, held, arriving),
        )

    # --- moving -------------------------------------------------------------------------------

    async def ask_takeover(self, asked: AskingOver) -> Asked | Refused | None:
        return await self._hold(
            asked.conversation,
            lambda connection, held: takeovers.ask(connection, held, asked, self._randomness),
        )

    async def grant(
        self, conversation: int, participant: int, device: int, letters: str
    ) -> Decided | WrongLetters:
        return await self._hold(
            conversation,
            lambda connection, held: takeovers.grant(
                connection, held, participant, device, letters
            ),
        )

    async def takeovers(self, conversation: int) -> tuple[Takeover, ...]:
        def job(connection: Connection) -> tuple[Takeover, ...]:
            return moves.waiting(connection, conversation, self._clock(connection))

        return await self._read(job)

    async def release(
        self, conversation: int, participant: int | str, *, by: str, cid: str
    ) -> Decided | Refused:
        return await self._hold(
            conversation,
            lambda connection, held: takeovers.release(connection, held, participant, by, cid),
        )

    # --- moderated ----------------------------------------------------------------------------

    async def mute(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        return await self._hold(
            conversation,
            lambda connection, held: moderating.mute(
                connection, held, participant, by, cid, muted=True
            ),
        )

    async def unmute(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        return await self._hold(
            conversation,
            lambda connection, held: moderating.mute(
                connection, held, participant, by, cid, muted=False
            ),
        )

    async def remove(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        return await self._hold(
            conversation,
            lambda connection, held: moderating.remove(connection, held, participant, by, cid),
        )

    # --- answers ------------------------------------------------------------------------------

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        return await self._groups.answer(Offered(conversation, participant, offer))

    async def answers_after(self, conversation: int, aseq: int) -> tuple[AnswerRow, ...]:
        rows = await self._read(
            lambda connection: snapshots.answers_after(connection, conversation, aseq)
        )
        return await asyncio.to_thread(snapshots.answer_rows, rows)
