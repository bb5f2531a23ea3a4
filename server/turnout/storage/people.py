"""Staff accounts and their sessions in the store. Of a token only the SHA-256 comes here."""

from __future__ import annotations

from typing import Any, get_args
from unicodedata import normalize

from sqlalchemy import Connection, Row, Select, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or  # SQLite takes it too

from turnout.ports import Account, AccountCode, Role, Staff
from turnout.storage.schema import invitation, staff, staff_session, storable

_columns = (staff.c.id, staff.c.name, staff.c.password, staff.c.role)
_roles: dict[str, Role] = {role: role for role in get_args(Role)}


def has_owner(connection: Connection) -> bool:
    """Whether there is an owner's account."""
    query = select(staff.c.id).where(staff.c.role == "owner").limit(1)
    return connection.execute(query).one_or_none() is not None


def add_owner(connection: Connection, name: str, password: str, now: int) -> Staff | None:
    """The first account; None if there was one."""
    return _add(connection, name, password, "owner", now, first_owner=1)


def _add(
    connection: Connection,
    name: str,
    password: str,
    role: Role,
    now: int,
    *,
    first_owner: int | None = None,
) -> Staff | None:
    """None if the name, or being the first owner, is taken."""
    id = connection.execute(
        insert_or(staff)
        .values(
            name=name,
            name_key=_key(name),
            password=password,
            role=role,
            first_owner=first_owner,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(staff.c.id)
    ).scalar_one_or_none()
    return None if id is None else Staff(id, name, password, role)


# --- invitations ------------------------------------------------------------------------------


def invite(
    connection: Connection, token: bytes, role: Role, now: int, until: int, by: int | None
) -> None:
    """Good once until then. IntegrityError for an account that does not exist."""
    connection.execute(
        insert(invitation).values(token=token, role=role, by=by, created_at=now, until=until)
    )


def invited_as(connection: Connection, token: bytes, now: int) -> Role | None:
    """The role that an invitation gives, while it is good: what an owner promised who is none any
    more is worth nothing."""
    role = connection.execute(_invitation(token, now)).scalar_one_or_none()
    return None if role is None else _roles[role]


def _invitation(token: bytes, now: int) -> Select[str]:
    return (
        select(invitation.c.role)
        .outerjoin(staff, staff.c.id == invitation.c.by)
        .where(
            invitation.c.token == token,
            invitation.c.used_at.is_(None),
            invitation.c.until > now,
            invitation.c.by.is_(None) | ((staff.c.role == "owner") & staff.c.disabled_at.is_(None)),
        )
    )


def accept(
    connection: Connection, token: bytes, name: str, password: str, now: int
) -> Staff | AccountCode:
    """A new account, and the invitation is spent. Its row is taken, so that it is spent once."""
    taken = _invitation(token, now).with_for_update(of=invitation)
    role = connection.execute(taken).scalar_one_or_none()
    if role is None:
        return "over"
    added = _add(connection, name, password, _roles[role], now)
    if added is None:
        return "taken"
    connection.execute(update(invitation).where(invitation.c.token == token).values(used_at=now))
    return added


# --- accounts ---------------------------------------------------------------------------------


def accounts(connection: Connection) -> tuple[Account, ...]:
    """All of them, oldest first."""
    rows = connection.execute(
        select(
            staff.c.id, staff.c.name, staff.c.role, staff.c.created_at, staff.c.disabled_at
        ).order_by(staff.c.id)
    )
    return tuple(
        Account(row.id, row.name, _roles[row.role], row.created_at, row.disabled_at is not None)
        for row in rows
    )


def by_name(connection: Connection, name: str) -> Staff | None:
    """The account with this name, whatever its case, unless it is disabled."""
    if not storable(name):
        return None
    row = connection.execute(
        select(*_columns).where(staff.c.name_key == _key(name), staff.c.disabled_at.is_(None))
    ).one_or_none()
    return None if row is None else _staff(row)


def set_password(
    connection: Connection, id: int, password: str, keep: bytes | None
) -> AccountCode | None:
    """Sessions that began with the old one end, but the one that changed it."""
    query = update(staff).where(staff.c.id == id).values(password=password)
    if connection.execute(query).rowcount == 0:
        return "unknown"
    close_sessions(connection, id, keep)
    return None


def set_role(connection: Connection, id: int, role: Role) -> AccountCode | None:
    """Sessions go on with the new one."""
    if role != "owner" and (why := _indispensable(connection, id)) is not None:
        return why
    query = update(staff).where(staff.c.id == id).values(role=role)
    return None if connection.execute(query).rowcount else "unknown"


def set_disabled(
    connection: Connection, id: int, now: int, *, disabled: bool
) -> AccountCode | None:
    """Nobody signs in with it, and nobody is; or it is open again."""
    if disabled and (why := _indispensable(connection, id)) is not None:
        return why
    query = update(staff).where(staff.c.id == id).values(disabled_at=now if disabled else None)
    if connection.execute(query).rowcount == 0:
        return "unknown"
    if disabled:
        close_sessions(connection, id, None)
    return None


def _indispensable(connection: Connection, id: int) -> AccountCode | None:
    """Whether nobody else could run this server. The owners' rows are taken, so that two who step
    down together do it one after the other."""
    owners = connection.execute(
        select(staff.c.id)
        .where(staff.c.role == "owner", staff.c.disabled_at.is_(None))
        .with_for_update()
    ).scalars()
    return "last_owner" if list(owners) == [id] else None


# --- sessions ---------------------------------------------------------------------------------


def open_session(connection: Connection, id: int, token: bytes, now: int, until: int) -> bool:
    """Signed in, unless the account is disabled. Sessions that are over are swept out on the
    way."""
    connection.execute(delete(staff_session).where(staff_session.c.until <= now))
    query = select(staff.c.id).where(staff.c.id == id, staff.c.disabled_at.is_(None))
    # Taken, so that nobody disables the account meanwhile without ending this session.
    if connection.execute(query.with_for_update(read=True)).one_or_none() is None:
        return False
    connection.execute(
        insert(staff_session).values(token=token, staff=id, opened_at=now, until=until)
    )
    return True


def by_session(connection: Connection, token: bytes, now: int) -> Staff | None:
    """Whose session this is, unless it is over."""
    row = connection.execute(
        select(*_columns)
        .join(staff_session, staff_session.c.staff == staff.c.id)
        .where(
            staff_session.c.token == token,
            staff_session.c.until > now,
            staff.c.disabled_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else _staff(row)


def close_session(connection: Connection, token: bytes) -> None:
    """Signed out."""
    connection.execute(delete(staff_session).where(staff_session.c.token == token))


def close_sessions(connection: Connection, id: int, keep: bytes | None) -> None:
    """Signed out everywhere but there."""
    query = delete(staff_session).where(staff_session.c.staff == id)
    if keep is not None:
        query = query.where(staff_session.c.token != keep)
    connection.execute(query)


def _key(name: str) -> str:
    """Keyboards differ in how they write an accented letter; people don't."""
    return normalize("NFKC", name).strip().casefold()


def _staff(row: Row[*tuple[Any, ...]]) -> Staff:
    return Staff(row.id, row.name, row.password, _roles[row.role])
