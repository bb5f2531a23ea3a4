"""The part of the store that implements `turnout.ports.People`."""

from __future__ import annotations

from turnout.ports import Account, AccountCode, Role, Staff
from turnout.storage import people
from turnout.storage.access import Access


class StoredPeople(Access):
    """See `turnout.ports.People` for what each method promises."""

    async def has_owner(self) -> bool:
        return await self._read(people.has_owner)

    async def add_owner(self, name: str, password: str) -> Staff | None:
        return await self._write(
            lambda connection: people.add_owner(connection, name, password, self._clock(connection))
        )

    async def invite(self, token: bytes, role: Role, until: int, *, by: int | None) -> None:
        """IntegrityError for a token that was used or an account that does not exist."""
        await self._write(
            lambda connection: people.invite(
                connection, token, role, self._clock(connection), until, by
            )
        )

    async def invitation(self, token: bytes) -> Role | None:
        return await self._read(
            lambda connection: people.invited_as(connection, token, self._clock(connection))
        )

    async def accept_invitation(
        self, token: bytes, name: str, password: str
    ) -> Staff | AccountCode:
        return await self._write(
            lambda connection: people.accept(
                connection, token, name, password, self._clock(connection)
            )
        )

    async def accounts(self) -> tuple[Account, ...]:
        return await self._read(people.accounts)

    async def staff(self, name: str) -> Staff | None:
        return await self._read(lambda connection: people.by_name(connection, name))

    async def set_password(
        self, staff: int, password: str, *, keep: bytes | None = None
    ) -> AccountCode | None:
        return await self._write(
            lambda connection: people.set_password(connection, staff, password, keep)
        )

    async def set_role(self, staff: int, role: Role) -> AccountCode | None:
        return await self._write(lambda connection: people.set_role(connection, staff, role))

    async def set_disabled(self, staff: int, *, disabled: bool) -> AccountCode | None:
        return await self._write(
            lambda connection: people.set_disabled(
                connection, staff, self._clock(connection), disabled=disabled
            )
        )

    async def open_session(self, staff: int, token: bytes, until: int) -> bool:
        return await self._write(
            lambda connection: people.open_session(
                connection, staff, token, self._clock(connection), until
            )
        )

    async def session(self, token: bytes) -> Staff | None:
        return await self._read(
            lambda connection: people.by_session(connection, token, self._clock(connection))
        )

    async def close_session(self, token: bytes) -> None:
        await self._write(lambda connection: people.close_session(connection, token))

    async def close_sessions(self, staff: int, *, keep: bytes | None = None) -> None:
        await self._write(lambda connection: people.close_sessions(connection, staff, keep))
