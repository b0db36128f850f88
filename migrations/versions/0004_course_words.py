"""What courses tell since: of words partner, false friend, number, governor; of lessons extras and checks.

Course files are read anew after it, because what is stored of them lacks it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXTS = (("item", "number"), ("item", "partner"), ("item", "false_friend"), ("item_sentence", "governor"))


def upgrade() -> None:
    for table, column in TEXTS:
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
    op.add_column("item", sa.Column("partner_forms", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("lesson", sa.Column("extras", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("lesson", sa.Column("checked", sa.Boolean(), nullable=False, server_default="0"))
    op.execute("DELETE FROM course_file")
