"""The whole schema of the first version, as it was then: never edited again."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """From an empty file."""
    _conversations()
    _participants()
    _devices()
    _answers()
    _server()


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("aseq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("anonymous_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("slug", name="uq_conversation_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_event_conversation_conversation"
        ),
        sa.PrimaryKeyConstraint("conversation", "rev", name="pk_event"),
    )
    op.create_table(
        "command",
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("cid", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_command_conversation_conversation"
        ),
        sa.PrimaryKeyConstraint("conversation", "cid", name="pk_command"),
    )
    op.create_table(
        "link",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pid", sa.Text(), nullable=False),
        sa.Column("turned_away", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_link_conversation_conversation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("conversation", "number", name="uq_link_conversation_number"),
        sa.UniqueConstraint("conversation", "pid", name="uq_link_conversation_pid"),
        sqlite_autoincrement=True,
    )


def _participants() -> None:
    op.create_table(
        "participant",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("muted_at", sa.BigInteger(), nullable=True),
        sa.Column("device_changes", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_participant_conversation_conversation"
        ),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name="fk_participant_link_link"),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.UniqueConstraint("conversation", "number", name="uq_participant_conversation_number"),
        sa.UniqueConstraint("link", name="uq_participant_link"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seat",
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_seat_conversation_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_seat_participant_participant"
        ),
        sa.PrimaryKeyConstraint("conversation", "number", name="pk_seat"),
        sa.UniqueConstraint("participant", name="uq_seat_participant"),
    )
    op.create_index(
        "ix_seat_conversation_confirmed_taken_at", "seat", ["conversation", "confirmed", "taken_at"]
    )
    op.create_table(
        "takeover",
        sa.Column("participant", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=True),
        sa.Column("cookie", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("tries_left", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_takeover_participant_participant"
        ),
        sa.PrimaryKeyConstraint("participant", name="pk_takeover"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", _ID, nullable=False),
        sa.Column("participant", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_attendance_participant_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attendance_participant", "attendance", ["participant"])


def _devices() -> None:
    op.create_table(
        "device",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=True),
        sa.Column("assurance", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=True),
        sa.Column("cookie", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("bound_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("rekeyed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_device_conversation_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_device_participant_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("participant", "slot", name="uq_device_participant_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_device_conversation_attempt", "device", ["conversation", "attempt"])
    op.create_index("ix_device_conversation_cookie", "device", ["conversation", "cookie"])
    op.create_index("ix_device_conversation_thumbprint", "device", ["conversation", "thumbprint"])
    op.create_table(
        "nonce",
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("spent_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_nonce"),
    )
    op.create_index("ix_nonce_spent_at", "nonce", ["spent_at"])


def _answers() -> None:
    op.create_table(
        "answer",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("aid", sa.LargeBinary(), nullable=False),
        sa.Column("earlier", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("shown_rev", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("aseq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_answer_conversation_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_answer_participant_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint(
            "conversation",
            "participant",
            "question",
            name="uq_answer_conversation_participant_question",
        ),
    )
    op.create_index("ix_answer_conversation_aseq", "answer", ["conversation", "aseq"])


def _server() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("restored_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("id = 1", name="ck_store_one"),
        sa.PrimaryKeyConstraint("id", name="pk_store"),
    )
    op.create_table(
        "staff",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("first_owner", sa.SmallInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_owner = 1", name="ck_staff_first_owner"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("first_owner", name="uq_staff_first_owner"),
        sa.UniqueConstraint("name_key", name="uq_staff_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff_session",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("staff", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_staff_session_staff_staff"),
        sa.PrimaryKeyConstraint("token", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_staff", "staff_session", ["staff"])
    op.create_index("ix_staff_session_until", "staff_session", ["until"])
    op.create_table(
        "invitation",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name="fk_invitation_by_staff"),
        sa.PrimaryKeyConstraint("token", name="pk_invitation"),
    )
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=True),
        sa.Column("participant", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_audit_conversation_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.id"], name="fk_audit_participant_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
