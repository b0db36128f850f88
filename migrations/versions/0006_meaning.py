"""Vectors of items, for what is near in meaning; those that are missing are made from the items' texts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "embedding",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("item", sa.String(32), nullable=False, unique=True),
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("embedding_encoder", "embedding", ["encoder", "number"])
