"""What a learner sets: each with its default, what it may be, and one way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tutor.drills.speaker import Speaker
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.memory.selection import NEW_PER_DAY
from tutor.speech.recordings import KeepRecordings
from tutor.store import learners

if TYPE_CHECKING:
    from tutor.practice import Tutor

GOALS = (5, 10, 15, 20)
"""Minutes a day that are offered; any other may be set."""
MOST_MINUTES = 600
MOST_NEW = 200

SMALLEST_TEXT, LARGEST_TEXT = 0.85, 1.6
SLOWEST, FASTEST = 0.5, 1.5
LONGEST_NAME = 60


class Grading(StrEnum):
    """What makes an answer's rating."""

    TIMED = "timed"
    """How long it took counts, too; four buttons where the learner grades."""
    FOUR = "four"
    """Time counts nowhere; four buttons."""
    TWO = "two"
    """Time counts nowhere; two buttons, Again and Good."""


class Language(StrEnum):
    """What the app speaks."""

    DEVICE = ""
    ENGLISH = "en"
    POLISH = "pl"


class Theme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """A learner's settings, but for those that have rows of their own (retention, easy days)."""

    name: str = ""
    speaker: Speaker = Speaker.EITHER
    """Which forms the learner uses of themselves."""
    goal_minutes: int = learners.DEFAULT_GOAL_MINUTES
    new_per_day: int = NEW_PER_DAY
    day_start: time = learners.DEFAULT_DAY_START
    grading: Grading = Grading.TIMED
    focus: bool = False
    """Whether a timer counts 25 minutes of a session and then offers a break."""
    autoplay: bool = True
    """Whether words are spoken when they appear and after an answer; Listen drills always are."""
    speed: float = 1.0
    """Of the voice; 1 is its own."""
    recordings: KeepRecordings = KeepRecordings.WEEK
    """How long what the learner said stays on the device."""
    speech_model: str = ""
    """Which installed model hears; empty, or one that this device has not, for the best of those it has."""
    voice: str = ""
    """Which of the device's voices speaks; empty, or one that this device has not, for its first."""
    language: Language = Language.DEVICE
    theme: Theme = Theme.SYSTEM
    text_size: float = 1.0
    less_motion: bool = False
    spacing: bool = False
    """Whether letters and lines stand further apart, which helps many people with dyslexia."""

    @classmethod
    def of(cls, learner: learners.Learner) -> Settings:
        """The settings in force. What another version wrote and this one cannot read has its default."""
        found: dict[str, Any] = {
            "name": learner.name, "goal_minutes": learner.goal_minutes, "day_start": learner.day_start,
        }  # fmt: skip
        for name in _KEPT:
            if name in learner.settings:
                try:
                    found[name] = _CHECKS[name](learner.settings[name])
                except (UsageError, ValueError, TypeError):
                    continue
        return cls(**found)


def change(tutor: Tutor, **wanted: Any) -> Settings:
    """Change settings by name, all of them or none. Raises UsageError for one that cannot be so."""
    checked = {name: _checked(name, value) for name, value in wanted.items()}
    if checked.get("voice") and checked["voice"] not in tutor.voice.offered:
        known = ", ".join(tutor.voice.offered) or _("none")
        raise UsageError(
            _("There is no voice {name!r} here; there is {known}.").format(name=wanted["voice"], known=known)
        )
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        for name, value in checked.items():
            if name in _KEPT:
                learners.set_setting(connection, tutor.learner.id, name, value, str(stamp))
            else:
                learners.set_field(connection, tutor.learner.id, name, value, str(stamp))
        tutor.learner = learners.load(connection, tutor.learner.id)
    tutor.calendar = tutor.learner.calendar()
    return Settings.of(tutor.learner)


def described(settings: Settings) -> Mapping[str, object]:
    """The settings by name, as a script reads them."""
    return asdict(settings) | {"day_start": f"{settings.day_start:%H:%M}"}


def _checked(name: str, value: Any) -> Any:
    if name not in _CHECKS:
        raise UsageError(_("There is no setting {name!r}.").format(name=name))
    try:
        return _CHECKS[name](value)
    except (ValueError, TypeError) as error:
        raise UsageError(_("{name} cannot be {value!r}.").format(value=value, name=name)) from error


def _between(low: float, high: float, kind: type[int] | type[float]) -> Any:
    def check(value: Any) -> Any:
        number = kind(value)
        if not low <= number <= high:
            raise UsageError(_("Choose from {low} to {high}.").format(low=low, high=high))
        return number

    return check


def clean_name(value: Any) -> str:
    """A name on one line, and not longer than there is room for."""
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())[:LONGEST_NAME]


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _day_start(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))


_CHECKS: Mapping[str, Any] = {
    "name": clean_name,
    "speaker": Speaker,
    "goal_minutes": _between(1, MOST_MINUTES, int),
    "new_per_day": _between(0, MOST_NEW, int),
    "day_start": _day_start,
    "grading": Grading,
    "focus": _switch,
    "autoplay": _switch,
    "speed": _between(SLOWEST, FASTEST, float),
    "voice": str,
    "recordings": KeepRecordings,
    "speech_model": str,
    "language": Language,
    "theme": Theme,
    "text_size": _between(SMALLEST_TEXT, LARGEST_TEXT, float),
    "less_motion": _switch,
    "spacing": _switch,
}
_OWN_COLUMNS = ("name", "goal_minutes", "day_start")
_KEPT = tuple(field.name for field in fields(Settings) if field.name not in _OWN_COLUMNS)
"""Those that stand among `learner.settings`."""
