"""What the whole lifecycle needs beside the events: damaged links, moves, closed accounts, what
the files of an earlier run say."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From the first version's schema."""
    op.add_column(
        "conversation", sa.Column("damaged", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "participant", sa.Column("self_moves", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("staff", sa.Column("disabled_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "run_end",
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("device_changes", sa.Integer(), nullable=False),
        sa.Column("turned_away", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name="fk_run_end_link_link"),
        sa.PrimaryKeyConstraint("link", "run", name="pk_run_end"),
    )
    # Nothing was ever written to it before. Whoever runs the server invites without an account.
    op.drop_table("invitation")
    op.create_table(
        "invitation",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name="fk_invitation_by_staff"),
        sa.PrimaryKeyConstraint("token", name="pk_invitation"),
    )
    # Nothing was ever written to this table either; a granted request is deleted.
    op.drop_column("takeover", "granted_at")
