"""Four tracks: what was known becomes a VISUAL seed, and a card's key (learner, item, track).

A row of `daily_reviews` is the state of an SM-2 schedule without the answers behind it. It becomes a
row of the review log, of kind `seed`, that keeps every figure of the old row in `source`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# SM-2's own bounds of easiness, and FSRS's of difficulty.
EASIEST, HARDEST = 2.5, 1.3

# The day on which the old interval began, as a stored time.
BEGAN = "datetime(julianday(next_review) - max(interval_days, 0))"
BEGAN_STORED = f"strftime('%Y-%m-%d %H:%M:%f', {BEGAN}) || '000'"
BEGAN_MS = f"CAST(round((julianday({BEGAN}) - 2440587.5) * 86400000) AS INTEGER)"


def upgrade() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("day_start", sa.String(), nullable=False),
    )
    op.execute(
        "INSERT INTO learner (id, name, timezone, day_start)"
        " SELECT user_id, '', '', '04:00' FROM (SELECT user_id FROM phrase_attempts"
        " UNION SELECT user_id FROM user_progress UNION SELECT user_id FROM user_stats"
        " UNION SELECT user_id FROM daily_reviews)"
    )
    op.create_table(
        "review",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("learner", sa.String(32), nullable=False),
        sa.Column("device", sa.String(32), nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("response_ms", sa.Integer(), nullable=True),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("import_run", sa.String(32), nullable=True),
        sa.Column("stability", sa.Float(), nullable=True),
        sa.Column("difficulty", sa.Float(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
    )
    op.create_index("review_card", "review", ["learner", "item", "track"])
    op.execute(
        "INSERT INTO review (id, learner, device, hlc, kind, item, track, at, local_day, help, stability,"
        " difficulty, source)"
        f" SELECT id, user_id, '{'0' * 32}', printf('%012x.0000.00000000', {BEGAN_MS}), 'seed', phrase_id,"
        f" 'visual', {BEGAN_STORED}, date({BEGAN}), 'none', max(interval_days, 1) * 1.0,"
        f" min(max(1.0 + 9.0 * ({EASIEST} - easiness) / ({EASIEST} - {HARDEST}), 1.0), 10.0),"
        # quote() alone writes a float so that it reads back the same.
        " printf('sm2 next_review=%s interval_days=%d easiness=%s', next_review, interval_days,"
        " quote(easiness))"
        " FROM daily_reviews"
    )
    op.drop_table("daily_reviews")
    op.rename_table("user_progress", "lesson_progress")
    op.create_table(
        "user_progress",
        sa.Column("learner", sa.String(32), primary_key=True),
        sa.Column("item", sa.String(32), primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
    )
    op.execute(
        "INSERT OR REPLACE INTO user_progress (learner, item, track, stability, difficulty)"
        " SELECT learner, item, track, stability, difficulty FROM review ORDER BY at, hlc, id"
    )
