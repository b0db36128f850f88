"""Speaking: what may be opened is folded anew, with the fourth track; mistakes are found by their day."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("mistake_day", "mistake", ["learner", "subtype", "at"])
