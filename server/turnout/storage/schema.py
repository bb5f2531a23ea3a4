"""The tables. Integers inside, texts only at the edge; times are milliseconds since 1970, UTC.

A conversation's state is no table: it is the fold of its `event` rows, and so are its runs, what
was sent when and how the guide was worded (docs/adr/0003). Uniqueness settles every race, so a key
that looks superfluous here is somebody's lock. Must never hold a name, address or user agent of a
participant. Whoever changes a table writes a migration: a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)


def storable(text: str) -> bool:
    """Whether it can stand in a column: no lone surrogate can, and on PostgreSQL no NUL. What can't
    is in no row, so nobody looks for it."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    """SQLite makes a row id of INTEGER only. With AUTOINCREMENT it is never used twice, so that
    what memory still knows of an erased row cannot meet a new one."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _reference(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(f"{table}.id"), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


store = Table(
    "store",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("epoch", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    _time("created_at"),
    _time("restored_at", nullable=True),
    CheckConstraint("id = 1", name="one"),
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    Column("slug", Text, nullable=False, unique=True),
    Column("rev", BigInteger, nullable=False),
    Column("aseq", BigInteger, nullable=False, server_default="0"),
    _time("created_at"),
    # Orders the rows of anonymous files; drawn once and never shown.
    Column("anonymous_key", LargeBinary, nullable=False),
    # Reports of links that were damaged on their way.
    Column("damaged", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    _reference("conversation", "conversation"),
    Column("rev", BigInteger, nullable=False),
    Column("prev", BigInteger, nullable=False),
    _time("at"),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("conversation", "rev"),
)

# Every command that was decided, those that found nothing left to do included: a late copy of such
# a "close" must not close the next question. `rev`: the conversation's after it.
command = Table(
    "command",
    metadata,
    _reference("conversation", "conversation"),
    Column("cid", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _time("at"),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("conversation", "cid"),
)

link = Table(
    "link",
    metadata,
    _id(),
    _reference("conversation", "conversation"),
    Column("number", Integer, nullable=False),
    Column("pid", Text, nullable=False),
    # The code of the last refusal of a join with it, for those who never got in.
    Column("turned_away", Text),
    _time("removed_at", nullable=True),
    UniqueConstraint("conversation", "number"),
    UniqueConstraint("conversation", "pid"),
    sqlite_autoincrement=True,
)

# `link` is null for the single link; `number` is the place by first hello, null before it.
# `self_moves`: how often they went on elsewhere without anybody's leave.
participant = Table(
    "participant",
    metadata,
    _id(),
    _reference("conversation", "conversation"),
    Column("link", BigInteger, ForeignKey("link.id"), unique=True),
    Column("number", Integer),
    _time("joined_at"),
    _time("confirmed_at", nullable=True),
    _time("removed_at", nullable=True),
    _time("muted_at", nullable=True),
    Column("device_changes", Integer, nullable=False, server_default="0"),
    Column("self_moves", Integer, nullable=False, server_default="0"),
    UniqueConstraint("conversation", "number"),
    sqlite_autoincrement=True,
)

# Seats 1 to Max. One whose join lapsed is given to the next by changing `participant`.
seat = Table(
    "seat",
    metadata,
    _reference("conversation", "conversation"),
    Column("number", Integer, nullable=False),
    Column("participant", BigInteger, ForeignKey("participant.id"), nullable=False, unique=True),
    _time("taken_at"),
    Column("confirmed", Boolean, nullable=False),
    PrimaryKeyConstraint("conversation", "number"),
    Index(None, "conversation", "confirmed", "taken_at"),
)

# A device that was released or lapsed has slot null; the key (participant, slot) lets one bind. One
# that was forgotten keeps its slot and has no thumbprint, cookie or attempt any more.
device = Table(
    "device",
    metadata,
    _id(),
    _reference("conversation", "conversation"),
    _reference("participant", "participant"),
    Column("slot", SmallInteger),
    Column("assurance", Text, nullable=False),
    Column("thumbprint", Text),
    Column("cookie", Text, nullable=False),
    Column("attempt", Text, nullable=False),
    _time("bound_at"),
    _time("confirmed_at", nullable=True),
    Column("rekeyed_at", BigInteger, nullable=False, server_default="0"),
    _time("revoked_at", nullable=True),
    UniqueConstraint("participant", "slot"),
    # How the single link knows a browser again.
    Index(None, "conversation", "thumbprint"),
    Index(None, "conversation", "cookie"),
    Index(None, "conversation", "attempt"),
    sqlite_autoincrement=True,
)

nonce = Table(
    "nonce",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("spent_at", BigInteger, nullable=False, index=True),
)

# One request a participant to move to another device; gone once it was granted.
takeover = Table(
    "takeover",
    metadata,
    Column(
        "participant",
        BigInteger,
        ForeignKey("participant.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("letters", Text, nullable=False),
    Column("thumbprint", Text),
    Column("cookie", Text),
    Column("attempt", Text, nullable=False),
    Column("tries_left", SmallInteger, nullable=False),
    _time("asked_at"),
)

# What a link's rows said when a run ended and another began: the earlier run's files still say it.
# No row where there was nothing to say.
run_end = Table(
    "run_end",
    metadata,
    _reference("link", "link"),
    Column("run", Integer, nullable=False),
    Column("device_changes", Integer, nullable=False),
    Column("turned_away", Text),
    PrimaryKeyConstraint("link", "run"),
)

attendance = Table(
    "attendance",
    metadata,
    _id(),
    Column("participant", BigInteger, ForeignKey("participant.id"), nullable=False, index=True),
    _time("since"),
    _time("until"),
    sqlite_autoincrement=True,
)

# The one counted answer of a participant to a question; no two of theirs have one `aid`. `earlier`:
# ids of those it replaced, 16 bytes each, oldest first. `shown_rev`: the conversation's rev when it
# was given; wording and options as shown then are the fold of the events up to it. `run`: which of
# the conversation's runs, from 1.
answer = Table(
    "answer",
    metadata,
    _id(),
    _reference("conversation", "conversation"),
    _reference("participant", "participant"),
    Column("question", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("aid", LargeBinary, nullable=False),
    Column("earlier", LargeBinary, nullable=False),
    Column("body", Text, nullable=False),
    Column("shown_rev", BigInteger, nullable=False),
    Column("run", Integer, nullable=False),
    _time("first_at"),
    _time("answered_at"),
    Column("late", Boolean, nullable=False),
    Column("aseq", BigInteger, nullable=False),
    UniqueConstraint("conversation", "participant", "question"),
    Index(None, "participant", "aid", unique=True),
    Index(None, "conversation", "aseq"),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _time("at"),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    _reference("conversation", "conversation", nullable=True),
    _reference("participant", "participant", nullable=True),
)

# `name_key`: the name without its case, by Unicode's rules. `first_owner` is 1 for the account that
# claimed a new server and null for all others: the key lets one be first.
staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("password", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("first_owner", SmallInteger, unique=True),
    _time("created_at"),
    _time("disabled_at", nullable=True),
    CheckConstraint("first_owner = 1", name="first_owner"),
    sqlite_autoincrement=True,
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("staff", BigInteger, ForeignKey("staff.id"), nullable=False, index=True),
    _time("opened_at"),
    Column("until", BigInteger, nullable=False, index=True),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("by", BigInteger, ForeignKey("staff.id")),
    _time("created_at"),
    _time("until"),
    _time("used_at", nullable=True),
)
