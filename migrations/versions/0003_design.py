"""The design's tables: logs, editable rows, course content, projections, and what stays on the device.

What older tables knew becomes rows of logs, so that projections can be rebuilt from logs alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.String(32)
OLD = ("review", "learner", "lesson_progress", "user_progress", "user_stats", "cached_audio")
REVIEW = (
    "id, learner, device, hlc, answer_id, kind, item, track, mode, direction, rating, at, local_day,"
    " response_ms, help, import_run, stability, difficulty, source"
)
NO_DEVICE = "0" * 32
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"
# A stamp's time is not negative, though a clock may have been; before this revision one could be.
AT_HLC = (
    "printf('%012x.0000.00000000', max(0, CAST(round((julianday({at}) - 2440587.5) * 86400000) AS INTEGER)))"
)
NOW_HLC = AT_HLC.format(at="'now'")


def upgrade() -> None:
    for table in OLD:
        op.rename_table(table, f"old_{table}")
    create_logs_and_editable()
    create_content()
    create_projections()
    create_local()
    carry_over()
    for table in (*(f"old_{table}" for table in OLD), "phrase_attempts"):
        op.drop_table(table)


def create_logs_and_editable() -> None:
    op.create_table(
        "review",
        sa.Column("id", ID, nullable=False),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("response_ms", sa.Integer(), nullable=True),
        sa.Column("help", sa.String(), nullable=False),
        sa.Column("import_run", ID, nullable=True),
        sa.Column("stability", sa.Float(), nullable=True),
        sa.Column("difficulty", sa.Float(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("learner", "item", "track", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("review_newest", "review", ["learner", "hlc", "mode", "rating", "response_ms"])
    op.create_table(
        "undo",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_index("undo_answer", "undo", ["answer_id"])
    op.create_table(
        "mistake",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("item", ID, nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("subtype", sa.String(), nullable=False),
        sa.Column("raw_text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_index("mistake_item", "mistake", ["learner", "item"])
    op.create_table(
        "lesson_event",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("lesson", ID, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("cefr", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_index("lesson_event_lesson", "lesson_event", ["learner", "lesson"])
    op.create_table(
        "phrase_attempt",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("item", ID, nullable=False),
        sa.Column("expected", sa.String(), nullable=True),
        sa.Column("transcript", sa.String(), nullable=False),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("fluency", sa.Float(), nullable=True),
        sa.Column("completeness", sa.Float(), nullable=True),
        sa.Column("semantic_score", sa.Float(), nullable=True),
        sa.Column("phonetic_distance", sa.Float(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("response_ms", sa.Integer(), nullable=True),
        sa.Column("audio_ref", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_index("phrase_attempt_item", "phrase_attempt", ["learner", "item"])
    op.create_table(
        "carried_stats",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("device", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("xp", sa.Integer(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("total_attempts", sa.Integer(), nullable=False),
        sa.Column("total_passed", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
    )
    op.create_table(
        "learner",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("day_start", sa.String(), nullable=False),
        sa.Column("goal_minutes", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.String(), nullable=True),
    )
    op.create_table(
        "item_state",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("translation", sa.String(), nullable=False),
        sa.Column("sentence", ID, nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.String(), nullable=True),
    )
    op.create_table(
        "own_item",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("pos", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.String(), nullable=True),
    )
    op.create_table(
        "item_tag",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("tag", sa.String(), primary_key=True),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("deleted", sa.String(), nullable=True),
    )
    op.create_table(
        "parameter_set",
        sa.Column("id", ID, primary_key=True),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("learning_steps", sa.JSON(), nullable=False),
        sa.Column("relearning_steps", sa.JSON(), nullable=False),
        sa.Column("desired_retention", sa.Float(), nullable=False),
    )
    op.create_table(
        "parameter_pointer",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        sa.Column("parameter_set", ID, nullable=False),
        sa.Column("before", ID, nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.String(), nullable=True),
    )


def create_content() -> None:
    op.create_table(
        "course_file",
        sa.Column("course", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
    )
    op.create_table(
        "unit",
        sa.Column("id", ID, primary_key=True),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_pl", sa.String(), nullable=False),
    )
    op.create_table(
        "lesson",
        sa.Column("id", ID, primary_key=True),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_pl", sa.String(), nullable=False),
        sa.Column("can_do", sa.String(), nullable=False),
        sa.Column("cefr", sa.String(), nullable=False),
        sa.Column("culture", sa.String(), nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("dialogue", sa.JSON(), nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("course", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("lesson", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("contrasts", sa.JSON(), nullable=False),
    )
    op.create_table(
        "item",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pos", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("animacy", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("ipa", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("accept", sa.JSON(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("literal", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("collocations", sa.JSON(), nullable=False),
        sa.Column("nuances", sa.JSON(), nullable=False),
    )
    op.create_index("item_level", "item", ["level", "position"])
    op.create_index("item_lesson", "item", ["lesson"])
    op.create_index("item_pos", "item", ["pos"])
    op.create_index("item_topic", "item", ["topic"])
    op.create_table(
        "sentence",
        sa.Column("id", ID, primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("translation", sa.String(), nullable=False),
        sa.Column("gloss", sa.JSON(), nullable=False),
        sa.Column("orders", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("reply_translation", sa.String(), nullable=False),
    )
    op.create_table(
        "item_sentence",
        sa.Column("item", ID, primary_key=True),
        sa.Column("sentence", ID, primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("accept", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item_form",
        sa.Column("english", sa.Boolean(), primary_key=True),
        sa.Column("form", sa.String(), primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("item_form_item", "item_form", ["item"])
    op.execute(
        "CREATE VIRTUAL TABLE item_search USING fts5(item UNINDEXED, text, means, forms,"
        " tokenize = 'unicode61', prefix = '1 2 3')"
    )


def create_projections() -> None:
    op.create_table(
        "user_progress",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("last_review", sa.DateTime(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opened_day", sa.Date(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "card_due", "user_progress", ["learner", "track", "due", "state"], sqlite_where=sa.text("active")
    )
    op.create_index("card_opened", "user_progress", ["learner", "opened_day", "track"])
    op.create_table(
        "opening",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("opening_next", "opening", ["learner", "track", "level", "position"])
    op.create_table(
        "study_day",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("xp", sa.Integer(), nullable=False),
        sa.Column("response_ms", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "user_stats",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("xp", sa.Integer(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("total_attempts", sa.Integer(), nullable=False),
        sa.Column("total_passed", sa.Integer(), nullable=False),
    )
    op.create_table(
        "lesson_progress",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("lesson", ID, primary_key=True),
        sa.Column("current_index", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("cefr", sa.String(), nullable=True),
    )


def create_local() -> None:
    op.create_table(
        "device",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("hlc", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "cached_audio",
        sa.Column("id", ID, primary_key=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("audio_ref", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("last_used", sa.DateTime(), nullable=True),
    )
    op.create_index("cached_audio_hash", "cached_audio", ["hash"])
    op.create_table(
        "day_plan",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
    )
    op.create_table(
        "daily_review",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("track", sa.String(), primary_key=True),
        sa.Column("day", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "drill_inventory",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("item", ID, primary_key=True),
        sa.Column("mode", sa.String(), primary_key=True),
        sa.Column("band", sa.Integer(), primary_key=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_state",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
    )
    op.create_table(
        "session_step",
        sa.Column("session", ID, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("step", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pin_try",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "noted_fault",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("item", ID, nullable=True),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("sentence", ID, nullable=True),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
    )
    op.create_table(
        "focus",
        sa.Column("learner", ID, primary_key=True),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resting", sa.Boolean(), nullable=False),
    )


def carry_over() -> None:
    op.execute(f"INSERT INTO review ({REVIEW}) SELECT {REVIEW} FROM old_review")
    op.execute(f"UPDATE review SET hlc = {AT_HLC.format(at='at')} WHERE length(hlc) > 26")
    op.execute(
        "INSERT INTO learner (id, name, timezone, day_start, goal_minutes, settings, created_at, clocks)"
        f" SELECT id, name, timezone, day_start, 10, '{{}}', {NOW}, '{{}}' FROM old_learner"
    )
    op.execute(
        "INSERT INTO phrase_attempt (id, learner, device, hlc, item, transcript, accuracy, semantic_score,"
        " phonetic_distance, response_ms, audio_ref, at)"
        f" SELECT id, user_id, '{NO_DEVICE}', {AT_HLC.format(at='created_at')}, phrase_id, transcript,"
        " score, semantic_accuracy, phonetic_distance, response_time_ms, audio_ref, created_at"
        " FROM phrase_attempts"
    )
    op.execute(
        "INSERT INTO lesson_event (id, learner, device, hlc, lesson, event, detail, step, total, cefr, at)"
        f" SELECT id, user_id, '{NO_DEVICE}', {NOW_HLC}, lesson_id, 'carried', '', current_index, total,"
        f" cefr_level, {NOW} FROM old_lesson_progress"
    )
    op.execute(
        "INSERT INTO carried_stats (id, learner, device, hlc, xp, streak, total_attempts, total_passed, at,"
        f" source) SELECT id, user_id, '{NO_DEVICE}', {NOW_HLC}, xp, streak, total_attempts, total_passed,"
        f" coalesce((SELECT max(created_at) FROM phrase_attempts AS a WHERE a.user_id = s.user_id), {NOW}),"
        " 'single-track tutor' FROM old_user_stats AS s"
    )
    op.execute(
        "INSERT INTO cached_audio (id, hash, audio_ref, format)"
        " SELECT id, hash, audio_ref, '' FROM old_cached_audio"
    )
