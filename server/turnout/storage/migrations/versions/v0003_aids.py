"""No two answers of a participant have one `aid`."""

import os

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Where a broken client used one for two questions, both answers stay and the later row gets an
    id of its own."""
    connection = op.get_bind()
    answer = sa.table("answer", sa.column("id"), sa.column("participant"), sa.column("aid"))
    first = sa.select(sa.func.min(answer.c.id)).group_by(answer.c.participant, answer.c.aid)
    for id in connection.scalars(sa.select(answer.c.id).where(answer.c.id.not_in(first))).all():
        connection.execute(sa.update(answer).where(answer.c.id == id).values(aid=os.urandom(16)))
    op.create_index("ix_answer_participant_aid", "answer", ["participant", "aid"], unique=True)
