"""A lesson as the app reads it: the whole of it in JSON, which every device reads fast."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tutor.course.files import built_file, fingerprint, lesson_file
from tutor.course.format import LessonFile

log = logging.getLogger(__name__)


class BuiltLesson(BaseModel):
    """A lesson with what is made, and the fingerprint of the file it was made from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    lesson: LessonFile


def text_there(folder: Path, name: str) -> str:
    """What stands in that file; empty where there is none."""
    path = folder / built_file(name)
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def built_text(folder: Path, name: str, made: LessonFile) -> str:
    """What is to stand there: what a default says is left out, and each word has its line."""
    source = fingerprint(folder, lesson_file(name))
    lesson = made.model_dump(mode="json", exclude_defaults=True)
    lines = [
        f"{json.dumps(part)}: {_lines(value) if part in ('words', 'phrases') else _line(value)}"
        for part, value in lesson.items()
    ]
    return f'{{"source": {json.dumps(source)}, "lesson": {{\n' + ",\n".join(lines) + "\n}}\n"


def _lines(entries: list[object]) -> str:
    return "[\n" + ",\n".join(map(_line, entries)) + "\n]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_built(folder: Path, name: str) -> LessonFile | None:
    """The made form of a lesson; nothing where there is none, or where the lesson was changed after it."""
    path = folder / built_file(name)
    if not path.is_file():
        return None
    try:
        built = BuiltLesson.model_validate_json(path.read_bytes())
    except ValidationError as error:
        log.warning("%s is not used: %s", path.name, error.errors()[0]["msg"])
        return None
    return built.lesson if built.source == fingerprint(folder, lesson_file(name)) else None
