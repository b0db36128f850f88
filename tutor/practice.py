"""The front door: a use case is one function. The app, the command line and the tests all call it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType

from tutor import ahead, days, offering, reading
from tutor.clock import Calendar, Clock, SystemClock, milliseconds
from tutor.config import AUDIO, DATABASE
from tutor.course.item import Item
from tutor.errors import CourseError, UsageError
from tutor.hlc import HybridClock
from tutor.i18n import _, plural, use
from tutor.ids import new_id
from tutor.meaning.encoder_in_use import encoder_in_use
from tutor.meanings import Meanings
from tutor.memory.grading import Pace, length_band
from tutor.memory.selection import (
    Entry,
    EntryKind,
    select,
    select_arena,
)
from tutor.memory.tracks import ARENA, EYES_FREE, MIX, MODES, Mode, Track
from tutor.outcome import Stats, Today, minutes_for
from tutor.plan import Plan, seed_of
from tutor.resources import COURSES
from tutor.session import Session
from tutor.settings import Settings
from tutor.speaking import Speaking
from tutor.speech.cache import evict_daily
from tutor.speech.packs import Packs
from tutor.speech.synthesizer import Synthesizer, installed_voices
from tutor.speech.voice import Voice
from tutor.store import cards, day_plan, item_states, items, learners, lessons, reviews, sessions, stats
from tutor.store.audio import CachedAudioRows
from tutor.store.courses import load_courses
from tutor.store.database import Database
from tutor.store.item_cache import ItemCache
from tutor.store.learners import Learner
from tutor.store.rebuild import rebuild
from tutor.store.startup import open_database

log = logging.getLogger(__name__)

SESSION_LIMIT = 20
AWAY = timedelta(hours=48)
LESSON_AT_ONCE = 6
"""New words that one session of a lesson meets."""

_AHEAD_AT_ONCE = 3


class Tutor:
    """A learner's folder, open. A context manager; one per web session."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        timezone: str,
        voices: Sequence[Synthesizer],
        courses: Path = COURSES,
        session_limit: int = SESSION_LIMIT,
        learner: str = "",
        encoder: str = "",
    ) -> None:
        self.session_limit = session_limit
        """Cards in a session, as this device is set."""
        self.database = database
        self.clock = clock
        if timezone:
            # Known here or refused, before it is written down.
            Calendar.of(timezone)
        with database.write() as connection:
            self.device, usual = learners.device_and_learner(connection, clock.now(), timezone)
        identity = learner or usual
        self.courses = courses
        """The folder of the courses."""
        self.course_problems: list[CourseError] = load_courses(database, courses)
        with database.read() as connection:
            self.learner: Learner = learners.load(connection, identity)
            own, newest = learners.last_stamp(connection), learners.newest_row_stamp(connection)
        self._settings = self.learner, Settings.of(self.learner)
        self.calendar: Calendar = self.learner.calendar()
        use(self.settings.language)
        self.items = ItemCache(identity)
        self._pace: tuple[date, Pace] | None = None
        self.stamps = HybridClock(clock, self.device, own)
        if newest:
            self.stamps.receive(newest)
        self._voices, self._courses = voices, courses
        rows = CachedAudioRows(database, clock)
        self.voice = Voice(voices, database.path.parent / AUDIO, rows, self._chosen_voice)
        self.voice.beside(evict_daily, database.path.parent / AUDIO, rows, clock)
        self._encoder = encoder
        self.meanings = Meanings(database, self.folder, encoder_in_use(encoder))
        self.speaking = Speaking(
            self.folder, identity, courses, clock, lambda: self.settings, self.meanings.says_the_same
        )
        self.speaking.clear_recordings()
        self._left = ("", "")

    @classmethod
    def open(
        cls,
        data_dir: Path | str,
        clock: Clock | None = None,
        *,
        voices: Sequence[Synthesizer] | None = None,
        timezone: str = "",
        courses: Path = COURSES,
        session_limit: int = SESSION_LIMIT,
        learner: str = "",
        encoder: str = "",
    ) -> Tutor:
        """Open a data folder for one learner: made, migrated and filled with the courses as needed.

        `learner` is an id; whoever usually learns on this device where it is empty. `encoder` is a model by
        name or folder; the one that comes with the app where it is empty. Raises a DatabaseError, with the
        file as it was, where that cannot be done.
        """
        clock = clock or SystemClock()
        path = Path(data_dir) / DATABASE

        database = open_database(path, clock.now(), rebuild)
        try:
            if voices is None:
                voices = installed_voices([pack.path for pack in Packs(path.parent).voices()])
            return cls(database, clock, timezone, voices, courses, session_limit, learner, encoder)
        except BaseException:
            database.close()
            raise

    def serving(self, learner: str) -> Tutor:
        """The same folder, open for another learner; this one is then closed.

        Raises UsageError where there is no such learner.
        """
        database = Database(self.database.path)
        try:
            other = Tutor(
                database, self.clock, "", self._voices, self._courses, self.session_limit, learner,
                self._encoder,
            )  # fmt: skip
        except BaseException:
            database.close()
            raise
        self.close()
        return other

    def let_go(self) -> None:
        """Leave the file to others for a while: nobody looks at this. The next use opens it again."""
        with self.database.read() as connection:
            self._left = learners.device_mark(connection)
        self.voice.end()
        self.database.let_go()

    def is_as_left(self) -> bool:
        """Whether nobody wrote anything, and nothing was restored or deleted, since it was let go."""
        with self.database.read() as connection:
            return self._left == learners.device_mark(connection)

    def close(self) -> None:
        """Close the file, once the clip that is just being made is kept."""
        self.voice.end()
        self.database.close()

    def __enter__(self) -> Tutor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where everything of the learner's is kept."""
        return self.database.path.parent

    @property
    def settings(self) -> Settings:
        """What the learner set; `tutor.settings.change` changes it."""
        if self._settings[0] is not self.learner:
            self._settings = self.learner, Settings.of(self.learner)
        return self._settings[1]

    # Practice.

    def start(self, mode: str = MIX, limit: int = SESSION_LIMIT, seed: int | None = None) -> Session:
        """Begin a session. `mode` is "mix", "arena", a track or a mode.

        The same seed over the same file gives the same session. Raises UsageError for a mode that is not
        known, and where nothing is left to do.
        """
        if mode == Mode.READING:
            return reading.begin(self, seed)
        weights, forced = _what(mode, self.speaking.mix)
        now = self.clock.now()
        self.calendar = self.learner.calendar()
        self._plan_days(now)
        arena = mode == ARENA
        with self.database.read() as connection:
            offer = offering.offer(self, connection, now, limit, weights, arena=arena)
            entries = select_arena(offer, limit, weights) if arena else select(offer, limit, weights, forced)
            notice = ""
            if (
                not entries
                and Track.VISUAL not in weights
                and not offering.is_open(self, connection, weights)
            ):
                notice = _("Nothing is open here yet: first meet some words, and they will come.")
                offer = offering.offer(self, connection, now, limit, {Track.VISUAL: 1})
                entries = select(offer, limit, {Track.VISUAL: 1})
            pool = tuple(items.pool(connection, self.learner.id, offer.level))
        if not entries:
            raise UsageError(_nothing_left(offer.due_total))
        plan = Plan(mode, limit, seed_of(seed), entries, pool, notice)
        strengths = {
            (card.item, card.track): card.stability for cards_ in offer.due.values() for card in cards_
        }
        heard = [
            (entry.item, entry.mode, strengths.get((entry.item, entry.track), 0.0))
            for entry in entries
            if entry.mode in ahead.COSTLY
        ]
        return self.begin(plan, now, heard)

    def start_lesson(self, lesson: str, limit: int = LESSON_AT_ONCE, seed: int | None = None) -> Session:
        """Begin a session that explains a lesson's grammar and meets its next words, whatever is due.

        Raises UsageError where all its words were met.
        """
        with self.database.read() as connection:
            unmet = cards.unmet(connection, self.learner.id, lesson, limit)
            grammar = lessons.unseen_grammar(connection, self.learner.id, (lesson,)).get(lesson, [])
            pool = tuple(items.pool(connection, self.learner.id, cards.level(connection, self.learner.id)))
        if not unmet:
            raise UsageError(_("You met all the words of this lesson; they come back when it is time."))
        entries = (
            *(Entry(EntryKind.NOTE, key) for key in grammar),
            *(Entry(EntryKind.MEETING, item, Track.VISUAL, Mode.RECALL) for item in unmet),
        )
        return self.begin(Plan(MIX, limit, seed_of(seed), entries, pool), self.clock.now())

    def begin(self, plan: Plan, now: datetime, heard: Sequence[tuple[str, Mode, float]] = ()) -> Session:
        """Keep a plan, and with it the drills made ahead for what is `heard`, and begin with it."""
        self.calendar = self.learner.calendar()
        self.speaking.clear_recordings()  # an app may stay open for weeks
        self.meanings.catch_up()
        identity = new_id(milliseconds(now))
        with self.database.write() as connection:
            plan = replace(plan, made_ahead=ahead.take(self, connection, heard))
            sessions.start(connection, identity, self.learner.id, plan.to_json(), now)
        return Session(self, identity, plan, now)

    def resume(self) -> Session | None:
        """The session that was interrupted in the last 24 hours, exactly where it stopped."""
        with self.database.read() as connection:
            saved = sessions.interrupted(connection, self.learner.id, self.clock.now())
        if saved is None:
            return None
        session = Session(self, saved.id, Plan.from_json(saved.plan), saved.started_at, saved.steps)
        return None if session.over else session

    def _plan_days(self, now: datetime) -> None:
        """See to it that today's plan is made, where the learner wants easy days or an even load."""
        today, wanted = self.calendar.day(now), days.wanted(self.learner.settings)
        with self.database.read() as connection:
            made = day_plan.is_made(connection, self.learner.id, today, wanted)
        if not made:
            with self.database.write() as connection:
                day_plan.make(connection, self.learner.id, today, wanted)

    def usual_pace(self) -> Pace:
        """How fast the learner usually answers, as the day began, or this sitting on it."""
        today = self.calendar.day(self.clock.now())
        if self._pace is None or self._pace[0] != today:
            with self.database.read() as connection:
                times = reviews.recent_times(connection, self.learner.id)
            self._pace = today, Pace.of((mode, length_band(text), ms) for mode, text, ms in times)
        return self._pace[1]

    # What there is.

    def due(self) -> dict[Track, int]:
        """How many cards are offered now, by track."""
        now = self.clock.now()
        self._plan_days(now)
        with self.database.read() as connection:
            counts = cards.count_due(connection, self.learner.id, now, self.calendar.day(now))
        return {track: counts.get(track, 0) for track in Track}

    def today(self, limit: int = SESSION_LIMIT) -> Today:
        """The learner's day."""
        now = self.clock.now()
        self._plan_days(now)
        day = self.calendar.day(now)
        week = stats.week_of(day)
        with self.database.read() as connection:
            weights = self.speaking.mix
            offer = offering.offer(self, connection, now, limit, weights)
            planned = select(offer, limit, weights)
            sums = stats.of_day(connection, self.learner.id, day)
            totals = stats.totals_of(connection, self.learner.id)
            streak = stats.streak_on(connection, self.learner.id, day)
            active = stats.active_days(connection, self.learner.id, week[0], week[-1])
            resting = len(item_states.leeches(connection, self.learner.id))
            latest = reviews.latest(connection, self.learner.id)
            day_after = now + timedelta(days=1)
            tomorrow = cards.count_due(connection, self.learner.id, day_after, self.calendar.day(day_after))
        waiting = self.resume()
        due = {track: offer.due_counts.get(track, 0) for track in Track}
        new = sum(entry.kind == "meeting" for entry in planned)
        return Today(
            day=day,
            name=self.learner.name,
            due=due,
            drawn=frozenset(weights),
            new=new,
            minutes=minutes_for(sum(due[track] for track in weights), new),
            minutes_done=sums.minutes,
            goal_minutes=self.learner.goal_minutes,
            week=week,
            active=active,
            streak=streak,
            xp=totals.xp,
            resumable=(waiting.progress.done, waiting.progress.total) if waiting else None,
            resting=resting,
            away=latest is not None and now - latest > AWAY,
            off_until=next((pause.last for pause in self.learner.pauses if pause.holds(day)), None),
            tomorrow=sum(tomorrow.values()),
        )

    def stats(self) -> Stats:
        """The learner's numbers."""
        day = self.calendar.day(self.clock.now())
        with self.database.read() as connection:
            sums = stats.of_day(connection, self.learner.id, day)
            totals = stats.totals_of(connection, self.learner.id)
            streak = stats.streak_on(connection, self.learner.id, day)
        return Stats(
            day=day, answers_today=sums.answers, minutes_today=sums.minutes, xp=totals.xp,
            streak=streak, total_attempts=totals.attempts, total_passed=totals.passes,
        )  # fmt: skip

    def search(self, query: str, limit: int = 50) -> list[Item]:
        """Items by the beginnings of words in their text, meaning or forms; diacritics do not matter."""
        with self.database.read() as connection:
            return items.search(connection, self.learner.id, query, limit)

    # Sound.

    def _chosen_voice(self) -> tuple[str, float]:
        return self.settings.voice, self.settings.speed

    def look_for_voices(self) -> None:
        """Voices were installed or removed: speak with those that this device has now.

        What the old ones were just making is ended. Where the voices are the same, nothing is.
        """
        voices = installed_voices([pack.path for pack in self.speaking.packs.voices()])
        if [one.voice for one in voices] == list(self.voice.offered):
            return
        old, rows = self.voice, CachedAudioRows(self.database, self.clock)
        self._voices = voices
        self.voice = Voice(voices, self.folder / AUDIO, rows, self._chosen_voice)
        old.end()

    def make_ahead(self) -> None:
        """Have drills made in the background whose sound takes a while, a few at a time."""
        self.voice.beside(self._make_some_ahead)

    def _make_some_ahead(self) -> None:
        if ahead.make_ahead(self, at_once=_AHEAD_AT_ONCE) == _AHEAD_AT_ONCE:
            self.make_ahead()


def _what(mode: str, mix: Mapping[Track, int]) -> tuple[Mapping[Track, int], Mode | None]:
    """The tracks that a session draws on, and the mode it keeps to, if it does."""
    if mode in (MIX, ARENA):
        return mix, None
    if mode == EYES_FREE:
        return {Track.AUDIO: 1}, Mode.AUDIO
    # "audio" and "context" name a track and a mode; a session of them is one of the track.
    if mode in {track.value for track in Track}:
        return {Track(mode): 1}, None
    if mode in {known.value for known in Mode}:
        return {MODES[Mode(mode)].track: 1}, Mode(mode)
    known = [MIX, ARENA, EYES_FREE, *dict.fromkeys([*Track, *Mode])]
    raise UsageError(_("There is no mode {mode!r}; choose one of {known}.").format(
        mode=mode, known=", ".join(known)))  # fmt: skip


def _nothing_left(due: int) -> str:
    """Why there is no session; `due` cards wait on tracks that were not asked for."""
    if not due:
        return _("That is all for now: nothing is due and today's new words are done.")
    return plural(
        "Nothing is due here now; {count} card waits on another track.",
        "Nothing is due here now; {count} cards wait on other tracks.",
        due,
    )
