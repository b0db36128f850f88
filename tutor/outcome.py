"""What the front door hands back: values for a screen, a terminal or a test to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tutor.drills.feedback import Feedback, Verdict
from tutor.i18n import _, plural
from tutor.memory.fold import Memory, State, midnight
from tutor.memory.tracks import Track

__all__ = ["Feedback", "Look", "Outcome", "Progress", "Stats", "Summary", "Today", "Verdict"]

SHORT_SESSION = 8
"""Cards of the session that is offered after some days away."""


@dataclass(frozen=True, slots=True)
class Today:
    """The learner's day, as the Today screen tells it."""

    day: date
    name: str
    due: Mapping[Track, int]
    drawn: frozenset[Track]
    """The tracks that Start draws on: speaking only where somebody can be heard."""
    new: int
    """New items that a session would introduce today."""
    minutes: int
    """What due and new would take, about."""
    minutes_done: int
    goal_minutes: int
    week: tuple[date, ...]
    """The seven days of this week, Monday first."""
    active: frozenset[date]
    """Those of them on which something was answered."""
    streak: int
    xp: int
    resumable: tuple[int, int] | None
    """Done and expected drills of a session that can be taken up again."""
    resting: int
    """Words that rest because they kept slipping away."""
    away: bool
    """Whether nothing was answered for so long that a short session is kinder than a whole one."""
    off_until: date | None
    """The last day of the pause that today belongs to."""
    tomorrow: int
    """Cards that tomorrow brings, if nothing more is done today."""

    @property
    def waiting(self) -> int:
        """Cards that are due now, on the tracks that Start draws on."""
        return sum(count for track, count in self.due.items() if track in self.drawn)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.resumable or self.new or self.waiting)

    @property
    def short_offered(self) -> bool:
        """Whether Start is a short session: after days away, where there is more than that holds."""
        more = self.waiting > SHORT_SESSION
        return self.away and more and not self.off_until and not self.resumable


@dataclass(frozen=True, slots=True)
class Stats:
    """The learner's numbers."""

    day: date
    answers_today: int
    minutes_today: int
    xp: int
    streak: int
    total_attempts: int
    total_passed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one answer led to. For a meeting `feedback` and `due` are None."""

    feedback: Feedback | None
    due: datetime | None
    """When the card is due again, UTC; for whole days the learner's day as midnight UTC."""
    interval: str
    """How long that is, in short words: "10 min", "4 d"; empty for meetings."""
    xp: int
    """What the answer earned."""
    leech: bool
    """Whether the word keeps slipping away and rests from now on."""
    goal: bool
    """Whether the day's goal was reached by this answer."""
    _today: Callable[[], Today]

    @property
    def today(self) -> Today:
        """The learner's day with this answer in it, counted when asked for."""
        return self._today()


@dataclass(frozen=True, slots=True)
class Look:
    """An item worth another look at the end of a session."""

    text: str
    reason: str
    say: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How a session went."""

    answers: int
    met: int
    verdicts: Mapping[Verdict, int]
    minutes: int
    goal: bool
    """Whether the day's goal was reached in it."""
    looks: tuple[Look, ...]
    today: Today
    """The day as the session left it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a session stands: drills done and drills expected by now."""

    done: int
    total: int


_DUE_SECONDS, _NEW_SECONDS = 20, 45
"""What a due card and a new item take, about: a drill, and a meeting with its first test."""


def minutes_for(due: int, new: int) -> int:
    """About how many minutes so many due cards and new items take."""
    return -(-(due * _DUE_SECONDS + new * _NEW_SECONDS) // 60)


def interval_text(memory: Memory | None, now: datetime, today: date) -> str:
    """How long until a card is due, in short words."""
    if memory is None:
        return ""
    if memory.state is not State.REVIEW:
        minutes = max(1, round((memory.due - now).total_seconds() / 60))
        return _("{count} min").format(count=minutes)
    days = (memory.due - midnight(today)).days
    if days < 60:
        return plural("{count} d", "{count} d", max(days, 0))
    if days < 700:
        return _("{count} mo").format(count=round(days / 30.4))
    return _("{count} y").format(count=round(days / 365.25, 1))
