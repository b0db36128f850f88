"""The schema that editors read is the format that the program reads."""

from __future__ import annotations

import json

from tutor.course.format import LessonFile
from tutor.resources import COURSES


def test_the_schema_is_made_from_the_models() -> None:
    written = json.loads((COURSES / "lesson.schema.json").read_text(encoding="utf-8"))
    assert written == LessonFile.model_json_schema()
