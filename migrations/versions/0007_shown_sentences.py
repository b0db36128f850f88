"""The sentences that a learner was shown last, so that others come first."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "shown_sentence",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("learner", sa.String(32), nullable=False),
        sa.Column("session", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("shown_sentence_place", "shown_sentence", ["learner", "session", "place"])
