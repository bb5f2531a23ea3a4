"""Staff accounts and their sessions in the store. Of a token only the SHA-256 comes here."""

from __future__ import annotations

from typing import Any, get_args
from unicodedata import normalize

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from turnout.ports import Role, Staff
from turnout.storage.schema import staff, staff_session

_columns = (staff.c.id, staff.c.name, staff.c.password, staff.c.role)
_roles: dict[str, Role] = {role: role for role in get_args(Role)}


def has_owner(connection: Connection) -> bool:
    """Whether there is an owner's account."""
    query = select(staff.c.id).where(staff.c.role == "owner").limit(1)
    return connection.execute(query).one_or_none() is not None


def add_owner(connection: Connection, name: str, password: str, now: int) -> Staff | None:
    """The first account; None if there was one."""
    id = connection.execute(
        insert_or(staff)
        .values(
            name=name,
            name_key=_key(name),
            password=password,
            role="owner",
            first_owner=1,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(staff.c.id)
    ).scalar_one_or_none()
    return None if id is None else Staff(id, name, password, "owner")


def by_name(connection: Connection, name: str) -> Staff | None:
    """The account with this name, whatever its case."""
    row = connection.execute(select(*_columns).where(staff.c.name_key == _key(name))).one_or_none()
    return None if row is None else _staff(row)


def open_session(connection: Connection, id: int, token: bytes, now: int, until: int) -> None:
    """Signed in. Sessions that are over are swept out on the way."""
    connection.execute(delete(staff_session).where(staff_session.c.until <= now))
    connection.execute(
        insert(staff_session).values(token=token, staff=id, opened_at=now, until=until)
    )


def by_session(connection: Connection, token: bytes, now: int) -> Staff | None:
    """Whose session this is, unless it is over."""
    row = connection.execute(
        select(*_columns)
        .join(staff_session, staff_session.c.staff == staff.c.id)
        .where(staff_session.c.token == token, staff_session.c.until > now)
    ).one_or_none()
    return None if row is None else _staff(row)


def close_session(connection: Connection, token: bytes) -> None:
    """Signed out."""
    connection.execute(delete(staff_session).where(staff_session.c.token == token))


def _key(name: str) -> str:
    """Keyboards differ in how they write an accented letter; people don't."""
    return normalize("NFKC", name).strip().casefold()


def _staff(row: Row[*tuple[Any, ...]]) -> Staff:
    return Staff(row.id, row.name, row.password, _roles[row.role])
