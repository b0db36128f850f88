"""The single-track schema of the tutors before this one."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "phrase_attempts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("phrase_id", sa.Uuid(), nullable=False),
        sa.Column("transcript", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("phonetic_distance", sa.Float(), nullable=True),
        sa.Column("semantic_accuracy", sa.Float(), nullable=True),
        sa.Column("response_time_ms", sa.Integer(), nullable=True),
        sa.Column("audio_ref", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "user_progress",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.Uuid(), nullable=False),
        sa.Column("current_index", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("cefr_level", sa.String(), nullable=True),
    )
    op.create_table(
        "user_stats",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("xp", sa.Integer(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("total_attempts", sa.Integer(), nullable=False),
        sa.Column("total_passed", sa.Integer(), nullable=False),
    )
    op.create_table(
        "daily_reviews",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("phrase_id", sa.Uuid(), nullable=False),
        sa.Column("next_review", sa.DateTime(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("easiness", sa.Float(), nullable=False),
    )
    op.create_table(
        "cached_audio",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("audio_ref", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
