"""Recordings that people judged: a folder of clips and a `scores.jsonl`, laid out as speechocean762 is.

A line of it is a JSON object about one clip: `id` (the name of its file, without the ending), `text` (what
was to be said), `total`, `words` (a list of objects with `text` and `accuracy`) and, where it is known,
`speaker`. Scores are from 0 to 10, one or a list of one by each judge. Other fields are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from tutor.errors import RecordingUnreadable, UsageError
from tutor.i18n import _, plural
from tutor.long_work import Doing, Progress, Told, untold
from tutor.speech.calibration import Judged, features_of
from tutor.speech.evaluation import Evaluator, Hearing
from tutor.text import spoken_words

SCORES = "scores.jsonl"
HIGHEST = 10
"""The best that a judge gives."""

_SOUNDS = (".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a", ".webm")


@dataclass(frozen=True, slots=True)
class JudgedClip:
    """A recording, and how people found it, from 0 to 100."""

    path: Path
    text: str
    speaker: str
    total: float
    words: tuple[float, ...]
    """The mean accuracy of each word of `text`."""


def read_judged(folder: Path) -> list[JudgedClip]:
    """The judged clips of a folder, in the order of its scores.

    Raises UsageError, which tells file and line, where there are no scores, where a line is not as it should
    be, or where clips are missing.
    """
    scores = folder / SCORES
    try:
        lines = scores.read_text("utf-8").split("\n")
        sounds = {path.stem: path for path in folder.iterdir() if path.suffix.lower() in _SOUNDS}
    except OSError as error:
        raise UsageError(
            _(
                "{file} cannot be read ({why}): give a folder with recordings and what people thought of "
                "them, as docs/speech.md tells. Nothing was changed."
            ).format(file=scores, why=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            _("{file} is not UTF-8 text, so it cannot be read. Nothing was changed.").format(file=scores)
        ) from error
    found: dict[str, JudgedClip] = {}
    missing = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, clip = _clip(line, sounds, f"{scores}:{number}")
        if name in found:
            raise _wrong(f"{scores}:{number}", _("the clip {name} was judged above").format(name=name))
        found[name] = clip
        if name not in sounds:
            missing.append(f"{name} ({scores.name}:{number})")
    if missing:
        raise UsageError(
            plural(
                "{count} recording is missing in {folder}: {first}. Nothing was changed.",
                "{count} recordings are missing in {folder}, the first is {first}. Nothing was changed.",
                len(missing), folder=folder, first=missing[0],
            )
        )  # fmt: skip
    return list(found.values())


def _clip(line: str, sounds: dict[str, Path], where: str) -> tuple[str, JudgedClip]:
    """The name of a clip, and what a line tells of it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _wrong(where, _("this is no JSON")) from error
    if not isinstance(row, dict):
        raise _wrong(where, _("there must be an object with id, text, total and words"))
    name, text = _text(row, "id", where), _text(row, "text", where)
    judged = row.get("words")
    if not isinstance(judged, list) or not all(isinstance(word, dict) for word in judged):
        raise _wrong(where, _("`words` must be a list of objects with text and accuracy"))
    if len(judged) != len(spoken_words(text)) or not judged:
        raise _wrong(where, _("`words` must be as many as the words of `text`"))
    words = tuple(_score(word, "accuracy", where) for word in judged)
    speaker = row.get("speaker")
    # Without a speaker each clip counts as one person's.
    speaker = speaker if isinstance(speaker, str) and speaker else f"\0{name}"
    return name, JudgedClip(sounds.get(name, Path(name)), text, speaker, _score(row, "total", where), words)


def _text(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, _("`{field}` must be a text").format(field=field))
    return value


def _score(row: dict[str, Any], field: str, where: str) -> float:
    """The mean of what the judges gave, from 0 to 100."""
    value = row.get(field)
    given: list[Any] = value if isinstance(value, list) else [value]
    if not given or not all(type(one) in (int, float) and 0 <= one <= HIGHEST for one in given):
        raise _wrong(
            where,
            _("`{field}` must be a number from 0 to {highest}, or a list of them").format(
                field=field, highest=HIGHEST
            ),
        )
    return fmean(given) * 100 / HIGHEST


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(_("{where}: {what}. Nothing was changed.").format(where=where, what=what))


def listened_to(
    clips: Sequence[JudgedClip], evaluator: Evaluator, told: Told = untold
) -> tuple[list[Judged], int]:
    """What is heard in each clip beside what people thought of it, and how many were left out.

    Those in which too little is heard to be graded are left out: nobody is told a score of them. Raises what
    `Evaluator.evaluate` raises, telling which clip.
    """
    judged: list[Judged] = []
    for number, clip in enumerate(clips):
        told(Progress(number, len(clips), Doing.READING))
        try:
            result = evaluator.evaluate(clip.path, clip.text)
        except RecordingUnreadable as error:
            raise RecordingUnreadable(f"{clip.path}: {error.message}", doing=error.doing) from error
        if result.hearing is Hearing.HEARD:
            features = features_of(result, evaluator.constants)
            judged.append(Judged(features, clip.total, clip.words, clip.speaker))
    return judged, len(clips) - len(judged)
