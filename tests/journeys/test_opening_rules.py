"""Weeks of practice by learners of every skill: what is opened, when, and how far apart cards stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from helpers import START, Actor, assert_projections_are_folds, finish, mini_course, open_tutor, wrong
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tutor.clock import ManualClock
from tutor.drills.drill import Drill
from tutor.errors import UsageError
from tutor.ids import new_id
from tutor.memory.backlog import BACKLOG, days_to_clear
from tutor.memory.fold import State, fold
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Help, Kind, Review, fold_order
from tutor.memory.selection import EntryKind
from tutor.memory.tracks import MIX_WEIGHTS, Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import reviews
from tutor.store.rebuild import rebuild

NEW_A_DAY, OTHERS_A_DAY = 10, 15
APART = 10


@pytest.fixture(scope="module")
def long_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough for six weeks of ten new words a day."""
    return mini_course(tmp_path_factory.mktemp("long"), made=14, words=30)


@dataclass
class Shown:
    """A drill as it was shown, and what was done with it."""

    drill: Drill
    day: date
    place: int
    done: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return (
            self.drill.item.id
            if self.drill.item
            else f"note {self.drill.note.key if self.drill.note else ''}"
        )


@dataclass
class Story:
    """Everything that happened."""

    sessions: list[list[Shown]] = field(default_factory=list)
    backlogs: list[bool] = field(default_factory=list)
    """For each session, whether more was due at its start than two sessions hold."""


def live(
    tutor: Tutor, clock: ManualClock, *, days: int, skill: float, limit: int, seed: int, modes: list[str]
) -> Story:
    """Practise some sessions a day for some days, with days off."""
    rng, story = Random(seed), Story()
    for number in range(days):
        if rng.random() < 0.12:
            continue
        clock.at = START + timedelta(days=number, minutes=rng.randrange(600))
        for _ in range(rng.choice([1, 1, 2, 3])):
            backlog = sum(tutor.due().values()) > 2 * limit
            try:
                session = tutor.start(rng.choice(modes), limit, seed=rng.randrange(1000))
            except UsageError:
                break
            story.backlogs.append(backlog)
            story.sessions.append(practise(tutor, session, clock, rng, skill))
            clock.advance(timedelta(minutes=rng.randrange(90)))
    return story


def practise(tutor: Tutor, session: Session, clock: ManualClock, rng: Random, skill: float) -> list[Shown]:
    actor = Actor(rng, skill, knows=0.03, hints=0.05, insists=0.1)
    shown: list[Shown] = []
    while drill := session.next():
        assert len(shown) < 500, "the session does not end"
        one = Shown(drill, tutor.calendar.day(clock.now()), len(shown))
        one.done = actor.act(session, drill)
        if one.done["op"] == "was right":
            # The drill before it was answered anew; this one is still to come.
            continue
        shown.append(one)
        clock.advance(timedelta(seconds=rng.randrange(4, 20)))
        if rng.random() < 0.002:
            break
    return shown


# The rules, each over a whole story.


def check_limits_of_a_day(tutor: Tutor) -> None:
    opened: dict[tuple[str, Track], str] = {}
    counted = "SELECT item, track, local_day FROM review WHERE kind = 'answer' AND NOT EXISTS" \
        " (SELECT 1 FROM undo WHERE undo.answer_id = review.answer_id) ORDER BY hlc"  # fmt: skip
    for item, track, day in tutor.database.raw.execute(counted):
        opened.setdefault((item, Track(track)), day)
    known = {item for (item,) in tutor.database.raw.execute("SELECT item FROM review WHERE kind = 'seed'")}
    new: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for (item, track), day in opened.items():
        if track is not Track.VISUAL:
            others[day] += 1
        elif item not in known:
            new[day] += 1
    assert max(new.values(), default=0) <= NEW_A_DAY
    assert max(others.values(), default=0) <= OTHERS_A_DAY
    by_item: dict[str, list[str]] = defaultdict(list)
    for (item, track), day in opened.items():
        # A word that was known at its meeting was open from then on, not from its first answer on.
        if track is not Track.VISUAL or item not in known:
            by_item[item].append(day)
    for item, days in by_item.items():
        assert len(days) == len(set(days)), f"{item} opened two tracks on one day"


def check_order_of_tracks(tutor: Tutor, story: Story) -> None:
    """AUDIO after a right VISUAL answer; CONTEXT when VISUAL has left learning and the note was shown."""
    raw = tutor.database.raw
    with tutor.database.read() as connection:
        log = sorted((row for _, log in reviews.by_card(connection) for row in log), key=fold_order)
    first: dict[tuple[str, Track], datetime] = {}
    for review in log:
        first.setdefault((review.item, review.track), review.at)
    notes: dict[str, list[datetime]] = defaultdict(list)
    for lesson, at in raw.execute("SELECT lesson, at FROM lesson_event WHERE event = 'note'"):
        notes[lesson].append(reviews.loaded_time(at))
    lessons = dict(raw.execute("SELECT id, lesson FROM item"))
    grammar = dict(raw.execute("SELECT lesson, count(*) FROM note WHERE NOT sound GROUP BY lesson"))
    for (item, track), at in first.items():
        visual = [r for r in log if r.item == item and r.track is Track.VISUAL and r.at < at]
        if track is Track.AUDIO:
            assert any(r.kind is Kind.SEED or (r.rating or 0) > 1 for r in visual)
        elif track is Track.CONTEXT:
            memory = fold(visual, DEFAULT)
            assert memory
            assert memory.state is not State.LEARNING
            seen = sum(shown <= at for shown in notes[lessons[item]])
            assert seen >= grammar.get(lessons[item], 0)


def could_have_come(session: list[Shown], place: int, *, planned: bool = False) -> list[Shown]:
    """What was waiting at a place and might have been shown there: the rest that nothing later put there.

    `planned` leaves out what has a place of its own to wait for: first tests and cards that return.
    """
    near = session[max(0, place - APART) : place]
    found = []
    for one in session[place + 1 :]:
        came_of = [s for s in session[place : one.place] if s.key == one.key]
        too_near = any(s.key == one.key and s.drill.track is not one.drill.track for s in near)
        again = planned and any(s.key == one.key for s in session[:place])
        if not came_of and not too_near and not again:
            found.append(one)
    return found


def check_distances(story: Story) -> None:
    for session in story.sessions:
        last: dict[str, tuple[Track, int]] = {}
        for one in session:
            if one.drill.item is None:
                continue
            if one.key in last:
                track, place = last[one.key]
                distance = one.place - place
                if distance == 1:
                    assert not could_have_come(session, one.place), "an item came twice in a row"
                assert track is one.drill.track or distance >= APART, "two cards of an item stand too near"
            last[one.key] = (one.drill.track, one.place)


def check_first_tests(story: Story) -> None:
    tested = 0
    for session in story.sessions:
        met: dict[str, int] = {}
        for one in session:
            if one.drill.meeting and one.drill.item:
                if one.done["op"] == "seen":
                    met[one.key] = one.place
            elif one.key in met and one.drill.track is Track.VISUAL:
                distance = one.place - met.pop(one.key)
                assert distance <= 5, f"first test {distance} drills after the meeting"
                if distance < 3:
                    waiting = could_have_come(session, one.place, planned=True)
                    assert not waiting, f"first test {distance} drills after the meeting"
                rating = one.done.get("rating")
                assert rating is None or int(str(rating)) <= 3
                tested += 1
    assert tested


def check_backlogs(story: Story) -> None:
    seen: set[tuple[str, Track]] = set()
    for session, backlog in zip(story.sessions, story.backlogs, strict=True):
        opened = [one for one in session if one.drill.item and (one.key, one.drill.track) not in seen]
        if backlog:
            assert opened == [], "something was opened over a backlog"
        seen.update((o.key, o.drill.track) for o in session if not o.drill.meeting or o.done["op"] == "know")


learner = st.fixed_dictionaries(
    {
        "skill": st.sampled_from([0.35, 0.6, 0.8, 0.92, 1.0]),
        "limit": st.sampled_from([6, 12, 20, 20, 35]),
        "seed": st.integers(0, 100_000),
        "modes": st.sampled_from([["mix"], ["mix"], ["mix", "visual", "audio", "context", "produce"]]),
    }
)


def check_everything(tutor: Tutor, story: Story) -> None:
    check_limits_of_a_day(tutor)
    check_order_of_tracks(tutor, story)
    check_distances(story)
    check_first_tests(story)
    check_backlogs(story)
    assert_projections_are_folds(tutor)


@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(who=learner, days=st.integers(28, 36))
def test_weeks_of_practice_keep_every_rule(
    who: dict[str, object], days: int, tmp_path_factory: pytest.TempPathFactory, long_course: Path
) -> None:
    _live_and_check(who, days, tmp_path_factory.mktemp("weeks"), long_course)


@pytest.mark.soak
@settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(who=learner, days=st.integers(28, 60))
def test_many_weeks_of_practice_keep_every_rule(
    who: dict[str, object], days: int, tmp_path_factory: pytest.TempPathFactory, long_course: Path
) -> None:
    _live_and_check(who, days, tmp_path_factory.mktemp("weeks"), long_course)


def _live_and_check(who: dict[str, object], days: int, folder: Path, course: Path) -> None:
    clock = ManualClock(START)
    with open_tutor(folder, course, clock) as tutor:
        story = live(tutor, clock, days=days, **who)  # type: ignore[arg-type]
        assert sum(map(len, story.sessions)) > 100
        check_everything(tutor, story)


@pytest.fixture(scope="module")
def five_weeks(tmp_path_factory: pytest.TempPathFactory, long_course: Path) -> tuple[Path, Story]:
    """One learner's folder after five weeks of mixed sessions of 20."""
    folder = tmp_path_factory.mktemp("five-weeks")
    clock = ManualClock(START)
    with open_tutor(folder, long_course, clock) as tutor:
        story = live(tutor, clock, days=35, skill=0.85, limit=20, seed=11, modes=["mix"])
    return folder, story


@pytest.mark.parametrize(
    "rule", [check_limits_of_a_day, check_order_of_tracks, check_distances, check_first_tests, check_backlogs]
)
def test_five_weeks_of_one_learner_keep_each_rule(
    five_weeks: tuple[Path, Story], long_course: Path, rule: object
) -> None:
    folder, story = five_weeks
    if rule is check_limits_of_a_day or rule is check_order_of_tracks:
        with open_tutor(folder, long_course, ManualClock(START + timedelta(days=36))) as tutor:
            check_limits_of_a_day(tutor) if rule is check_limits_of_a_day else check_order_of_tracks(
                tutor, story
            )
    else:
        rule(story)  # type: ignore[operator]


def test_five_weeks_meet_what_a_day_allows_and_open_every_track(
    five_weeks: tuple[Path, Story], long_course: Path
) -> None:
    folder, _ = five_weeks
    with open_tutor(folder, long_course, ManualClock(START + timedelta(days=36))) as tutor:
        days = tutor.database.raw.execute(
            "SELECT opened_day, count(*) FROM user_progress WHERE track = 'visual' AND reps > 0"
            " AND item NOT IN (SELECT item FROM review WHERE kind = 'seed') GROUP BY 1"
        ).fetchall()
        assert max(count for _, count in days) == NEW_A_DAY
        tracks = dict(tutor.database.raw.execute("SELECT track, count(*) FROM user_progress GROUP BY track"))
        assert set(tracks) == {"visual", "audio", "context"}
        assert min(tracks.values()) > 50


def test_the_mix_draws_its_shares(tmp_path: Path, five_weeks: tuple[Path, Story], long_course: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(five_weeks[0], tmp_path / "data"))
    clock = ManualClock(START + timedelta(days=36))
    with open_tutor(folder, long_course, clock) as tutor:
        limit = 20
        # Come back on the day on which enough is due on every track, and not too much.
        for _ in range(15):
            due = tutor.due()
            if min(due[track] for track in MIX_WEIGHTS) >= 6:
                break
            clock.advance(timedelta(days=1))
        limit = max(limit, (sum(due.values()) + 1) // 2)
        session = tutor.start("mix", limit, seed=1)
        entries = [entry for entry in session.plan.entries if entry.kind is not EntryKind.NOTE]
        reviewed = [entry for entry in entries if entry.kind is EntryKind.REVIEW]
        assert len(entries) == limit
        opened = limit - len(reviewed)
        wanted = min(NEW_A_DAY + OTHERS_A_DAY, limit - round(0.7 * limit))
        assert opened == max(wanted, limit - sum(due.values()))
        for track, weight in MIX_WEIGHTS.items():
            here = sum(entry.track is track for entry in reviewed)
            assert here == min(due[track], here)
            if all(due[t] >= 0.4 * len(reviewed) + 1 for t in MIX_WEIGHTS):
                assert abs(here - len(reviewed) * weight / 10) <= 1


def test_nothing_is_opened_over_a_backlog(
    tmp_path: Path, five_weeks: tuple[Path, Story], long_course: Path
) -> None:
    import shutil

    folder = Path(shutil.copytree(five_weeks[0], tmp_path / "data"))
    clock = ManualClock(START + timedelta(days=120))
    with open_tutor(folder, long_course, clock) as tutor:
        waiting = sum(tutor.due().values())
        assert waiting > 100
        session = tutor.start("mix", 20, seed=1)
        assert {entry.kind for entry in session.plan.entries} == {EntryKind.REVIEW}
        # There is plenty on every track, so that each has its share: 4 : 3 : 3 of 20.
        assert min(tutor.due()[track] for track in MIX_WEIGHTS) > 8
        drawn = [entry.track for entry in session.plan.entries]
        assert [drawn.count(track) for track in MIX_WEIGHTS] == [8, 6, 6]
        exactly = tutor.start("mix", (waiting + 1) // 2, seed=1)
        assert EntryKind.MEETING in {entry.kind for entry in exactly.plan.entries}
        one_less = tutor.start("mix", (waiting - 1) // 2, seed=1)
        assert EntryKind.MEETING not in {entry.kind for entry in one_less.plan.entries}


def test_no_more_than_fifteen_other_openings_a_day_however_often_one_asks(
    tmp_path: Path, long_course: Path
) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", long_course, clock) as tutor:
        for day in range(5):
            clock.at = START + timedelta(days=day)
            finish(tutor.start("visual", 20, seed=day), clock)
        clock.at = START + timedelta(days=6)
        opened: set[tuple[str, Track]] = set()
        for mode in ("mix", "context", "audio", "mix", "context", "audio"):
            try:
                session = tutor.start(mode, 20, seed=1)
            except UsageError:
                continue
            finish(session, clock)
            opened.update((e.item, e.track) for e in session.plan.entries if e.kind is EntryKind.OPENING)
        assert len(opened) == OTHERS_A_DAY
        assert {track for _, track in opened} == {Track.AUDIO, Track.CONTEXT}
        check_limits_of_a_day(tutor)


def test_what_was_never_right_is_not_heard_yet(tmp_path: Path, long_course: Path) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", long_course, clock) as tutor:
        session = tutor.start("visual", 5, seed=1)
        while drill := session.next():
            wrong(session, drill)
            clock.advance(timedelta(seconds=10))
        clock.advance(timedelta(days=1))
        asked = tutor.start("audio", 10, seed=1)
        assert asked.notice
        assert {entry.track for entry in asked.plan.entries} == {Track.VISUAL}
        session = tutor.start("visual", 5, seed=1)
        finish(session, clock)
        clock.advance(timedelta(days=1))
        assert {e.track for e in tutor.start("audio", 10, seed=1).plan.entries} == {Track.AUDIO}


def test_more_due_than_a_session_holds_takes_the_best_remembered_and_each_fourth_that_waited_longest(
    tmp_path: Path, five_weeks: tuple[Path, Story], long_course: Path
) -> None:
    import shutil

    folder = Path(shutil.copytree(five_weeks[0], tmp_path / "data"))
    clock = ManualClock(START + timedelta(days=90))
    with open_tutor(folder, long_course, clock) as tutor:
        assert tutor.due()[Track.VISUAL] > 20
        session = tutor.start("visual", 10, seed=1)
        today = tutor.calendar.day(clock.now())

        def retrievability(item: str) -> float:
            stability, last = tutor.database.raw.execute(
                "SELECT stability, last_day FROM user_progress WHERE item = ? AND track = 'visual'", (item,)
            ).fetchone()
            return DEFAULT.model.retrievability(stability, (today - date.fromisoformat(last)).days)

        waiting = dict(
            tutor.database.raw.execute(
                "SELECT item, due FROM user_progress WHERE track = 'visual' AND active AND due <= ?",
                (today.isoformat() + " 00:00:00.000000",),
            ).fetchall()
        )
        taken = [entry.item for entry in session.plan.entries]
        # A session may begin anywhere in the round of four.
        behind = sorted(waiting, key=lambda item: (waiting[item], item))[: len(taken) // 4 + 1]
        longest = set(taken) & set(behind)
        assert len(longest) >= len(taken) // 4
        best, left = set(taken) - longest, set(waiting) - set(taken) - set(behind)
        assert left
        assert min(map(retrievability, best)) >= max(map(retrievability, left)) - 1e-9
        assert max(waiting[item] for item in longest) <= min(waiting[item] for item in left)


def overdue(tutor: Tutor, count: int) -> None:
    """Give so many cards three right answers, four months ago."""
    with tutor.database.write() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM item ORDER BY id").scalars().all()
        cards = [(item, track) for item in ids for track in (Track.VISUAL, Track.AUDIO)][:count]
        assert len(cards) == count
        rows = []
        for number, (item, track) in enumerate(cards):
            for answer in range(3):
                at = START - timedelta(days=120 - 8 * answer, minutes=number)
                ms = round(at.timestamp() * 1000)
                own = new_id(ms)
                rows.append(
                    Review(
                        id=own, learner=tutor.learner.id, device=tutor.device, answer_id=own, item=item,
                        hlc=f"{ms:012x}.{answer:04x}.{tutor.device[-8:]}", kind=Kind.ANSWER, track=track,
                        mode=None, direction=None, rating=3, at=at, local_day=at.date(), response_ms=2000,
                        help=Help.NONE, import_run=None, stability=None, difficulty=None, source=None,
                    )
                )  # fmt: skip
        reviews.append(connection, rows)
        rebuild(connection)


def test_a_backlog_of_600_is_gone_in_about_the_days_that_its_plan_says(
    tmp_path: Path, long_course: Path
) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", long_course, clock) as tutor:
        overdue(tutor, 600)
        left = [sum(tutor.due().values())]
        assert left == [600]
        plan = days_to_clear(600)
        for day in range(plan):
            for number in range(2):
                clock.at = START + timedelta(days=day, hours=number)
                practise(tutor, tutor.start("mix", 20, seed=day), clock, Random(day), skill=0.85)
            clock.at = START + timedelta(days=day + 1)
            left.append(sum(tutor.due().values()))
    shrinking = left[: next(day for day, due in enumerate(left) if due <= BACKLOG)]
    assert all(after < before for before, after in pairwise(shrinking)), f"it shrinks on each day: {left}"
    assert left[plan // 2] > BACKLOG, "the plan is not twice as long as it need be"
    assert left[-1] <= BACKLOG


@pytest.mark.parametrize(
    ("skill", "limit", "mode"),
    [
        (0.5, 5, "mix"),
        (0.65, 30, "mix"),
        (0.8, 12, "mix"),
        (0.92, 20, "mix"),
        (0.85, 3, "mix"),
        (0.85, 10, "arena"),
    ],
)
def test_no_card_starves_in_a_month(
    tmp_path: Path, long_course: Path, skill: float, limit: int, mode: str
) -> None:
    """However much is due all the time, none waits longer than two weeks and a half."""
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", long_course, clock) as tutor:
        live(tutor, clock, days=35, skill=skill, limit=limit, seed=limit, modes=[mode])
        last = tutor.calendar.day(clock.now())
        late: list[int] = []
        with tutor.database.read() as connection:
            for _card, log in reviews.by_card(connection):
                ordered = sorted(log, key=fold_order)
                for count in range(1, len(ordered) + 1):
                    memory = fold(ordered[:count], DEFAULT)
                    asked = ordered[count].local_day if count < len(ordered) else last
                    if memory and memory.state is State.REVIEW:
                        late.append((asked - memory.due.date()).days)
    assert len(late) > 40
    assert max(late) <= 17
