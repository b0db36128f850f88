"""A card's log in, its memory out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import fsrs
import fsrs.scheduler
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.clock import Calendar
from tutor.memory.fold import Memory, State, fold, fuzz_range, fuzzed, is_due, midnight
from tutor.memory.fsrs6 import MAXIMUM_INTERVAL
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Review

from .logs import ITEM, MONDAY, NOON, answers, forget, in_time, logs, review, seed


def folded(*log: Review) -> Memory:
    memory = fold(log, DEFAULT)
    assert memory is not None
    return memory


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


# The order of the log.


@given(logs(), st.data())
def test_any_order_of_arrival_gives_the_same_memory(log: list[Review], data: st.DataObject) -> None:
    assert fold(data.draw(st.permutations(log)), DEFAULT) == fold(log, DEFAULT)


def test_answers_of_one_moment_fold_in_the_order_of_their_stamps_then_of_their_ids() -> None:
    """Which of them came last shows in the learning step: wrong goes back to the first."""
    wrong, right = review(1), review(3)
    assert folded(wrong._replace(hlc="b", id="a"), right._replace(hlc="a", id="b")).step == 0
    assert folded(wrong._replace(hlc="a", id="b"), right._replace(hlc="b", id="a")).step == 1
    assert folded(wrong._replace(hlc="a", id="b"), right._replace(hlc="a", id="a")).step == 0
    assert folded(wrong._replace(hlc="a", id="a"), right._replace(hlc="a", id="b")).step == 1


def test_a_late_import_with_old_times_counts_as_if_it_had_always_been_there() -> None:
    live = [review(3, 100, number=1), review(4, 103, number=2)]
    imported = [review(3, 2, number=3), review(1, 9, number=4), review(3, 12, number=5)]
    memory = folded(*live, *imported)
    assert memory == folded(*imported, *live)
    assert memory.opened_day == day(2)
    assert memory.last_day == day(103)
    assert memory.reps == 5
    assert memory.stability != folded(*live).stability


@given(logs(), logs(min_size=1))
def test_taking_answers_back_restores_the_memory_before_them(
    before: list[Review], undone: list[Review]
) -> None:
    at_first = fold(before, DEFAULT)
    fold([*before, *undone], DEFAULT)
    assert fold(before, DEFAULT) == at_first


# What the rows say.


def test_a_card_without_answers_has_no_memory() -> None:
    assert fold([], DEFAULT) is None
    assert fold([forget()], DEFAULT) is None
    assert fold([review(), forget(minute=1)], DEFAULT) is None


@given(logs(), answers())
def test_after_forgetting_a_card_starts_anew(before: list[Review], after: list[Review]) -> None:
    later = [row._replace(at=row.at + timedelta(days=1000), local_day=row.local_day + timedelta(days=1000))
             for row in after]  # fmt: skip
    assert fold([*before, forget(900), *later], DEFAULT) == fold(later, DEFAULT)


def test_a_seed_is_a_memory_in_review_of_its_own_stability() -> None:
    memory = folded(seed(30, 6))
    assert (memory.stability, memory.difficulty) == (30, 6)
    assert memory.state is State.REVIEW
    assert memory.step is None
    assert (memory.reps, memory.passes, memory.lapses) == (0, 0, 0)
    low, high = fuzz_range(30)
    assert midnight(day(low)) <= memory.due <= midnight(day(high))


def test_a_seed_beyond_what_fsrs_knows_is_brought_within() -> None:
    assert folded(seed(0, 0)).stability == pytest.approx(0.001)
    assert folded(seed(5, 0)).difficulty == 1
    assert folded(seed(5, 99)).difficulty == 10


@given(st.floats(0.5, 300), st.floats(1, 10), st.integers(1, 4), st.integers(0, 400))
def test_an_answer_after_a_seed_goes_on_from_it(
    stability: float, hard: float, rating: int, later: int
) -> None:
    card = fsrs.Card(card_id=1, state=fsrs.State.Review, stability=stability, difficulty=hard,
                     last_review=midnight(MONDAY), due=midnight(MONDAY))  # fmt: skip
    card.step = None
    card, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(
        card, fsrs.Rating(rating), midnight(day(later))
    )
    memory = folded(seed(stability, hard), review(rating, later, 1, number=1))
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)


def test_answers_passes_and_lapses_are_counted_and_only_what_had_left_learning_can_lapse() -> None:
    memory = folded(
        review(1, 0, number=1), review(2, 0, 1, number=2), review(4, 0, 9, number=3), review(1, 9, number=4)
    )
    assert (memory.reps, memory.passes, memory.lapses) == (4, 2, 1)
    assert memory.state is State.RELEARNING
    again = folded(
        review(4, 0, number=1), review(1, 9, number=2), review(1, 9, 1, number=3), review(3, 9, 11, number=4)
    )
    assert again.lapses == 1, "wrong once more while relearning is no further lapse"


# Days.


def test_days_are_those_of_the_learner_and_not_24_hours() -> None:
    """20 minutes across 04:00 are a day; 23 hours within a learner's day are none."""
    before = review(3, number=1)._replace(at=datetime(2026, 1, 6, 2, 50, tzinfo=UTC), local_day=day(0))
    after = review(3, number=2)._replace(at=datetime(2026, 1, 6, 3, 10, tzinfo=UTC), local_day=day(1))
    noons = folded(review(3, 0, number=1), review(3, 1, number=2))
    assert folded(before, after).stability == noons.stability

    morning = review(3, number=1)._replace(at=datetime(2026, 1, 5, 3, 10, tzinfo=UTC), local_day=day(0))
    night = review(3, number=2)._replace(at=datetime(2026, 1, 6, 2, 50, tzinfo=UTC), local_day=day(0))
    at_once = folded(review(3, 0, number=1), review(3, 0, 10, number=2))
    assert folded(morning, night).stability == at_once.stability


def test_a_day_that_was_stamped_once_is_never_reckoned_anew() -> None:
    """The same moments, lived on other days: the days decide, whatever the moments say."""
    lived = [review(3, 0, number=1), review(3, 7, number=2), review(3, 20, number=3)]
    stamped = [
        row._replace(local_day=stamp) for row, stamp in zip(lived, [day(0), day(5), day(21)], strict=True)
    ]
    same_days = [review(3, 0, number=1), review(3, 5, number=2), review(3, 21, number=3)]
    assert folded(*stamped).stability == folded(*same_days).stability
    assert folded(*stamped).stability != folded(*lived).stability


def test_days_that_run_backwards_count_as_the_same_day() -> None:
    """Warsaw at five in the morning, then an hour later over the Atlantic, where it is still yesterday."""
    at_home = review(3, 10, number=1)
    on_the_way = review(3, 10, 60, number=2)._replace(local_day=day(9))
    there = review(3, 10, 900, number=3)
    memory = folded(at_home, on_the_way, there)
    steady = folded(at_home, on_the_way._replace(local_day=day(10)), there)
    assert memory == steady
    assert folded(at_home, on_the_way).last_day == day(10)


def test_a_clock_that_was_far_ahead_keeps_no_card_away() -> None:
    """An answer of "next year", and then the clock is right again: stamps go on from next year."""
    ahead = review(3, 400, number=1)
    after = review(3, 400, 1, number=2)._replace(local_day=day(10))
    back = folded(ahead, after)
    assert back.last_day == day(10)
    assert midnight(day(10)) < back.due <= midnight(day(40))
    learning = folded(after)
    assert learning.state is State.LEARNING
    assert learning.due <= midnight(day(12))


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati", "Europe/Warsaw"])
@pytest.mark.parametrize("hour", [4, 12, 27])
def test_a_learning_step_counts_from_its_answer_wherever_that_was(zone: str, hour: int) -> None:
    at = datetime(2026, 3, 1, tzinfo=ZoneInfo(zone)) + timedelta(hours=hour, minutes=-1 if hour == 27 else 0)
    row = review(3)._replace(at=at.astimezone(UTC), local_day=Calendar.of(zone).day(at))
    assert folded(row).due == at + timedelta(minutes=10)


# FSRS.


def test_it_agrees_with_fsrs_rs_on_a_real_log(shared: Path) -> None:
    """12,580 reviews of 1,205 cards by one person; the learner's day from 04:00."""
    path = shared / "data/fsrs/review_log_12580.csv"
    if not path.is_file():
        pytest.skip("the log of 12,580 reviews is not on this machine")
    rust = pytest.importorskip("fsrs_rs_python", reason="fsrs-rs, the second opinion, is not installed")
    calendar = Calendar(ZoneInfo("UTC"))
    by_card: dict[str, list[Review]] = {}
    with path.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            at = datetime.fromisoformat(row["review_time"])
            made = review(int(row["review_rating"]), number=number)
            made = made._replace(at=at, local_day=calendar.day(at), hlc=f"{number:08x}", item=row["card_id"])
            by_card.setdefault(row["card_id"], []).append(made)
    assert len(by_card) == 1205
    theirs = rust.FSRS(list(DEFAULT.weights))
    for log in by_card.values():
        ours = folded(*log)
        state = theirs.memory_state(rust.FSRSItem(_rust_reviews(rust, in_time(log))))
        assert ours.stability == pytest.approx(state.stability, rel=1e-4)
        assert ours.difficulty == pytest.approx(state.difficulty, rel=1e-4)


def _rust_reviews(rust: object, log: Sequence[Review]) -> list[object]:
    days = [row.local_day for row in log]
    gaps = [0, *((later - earlier).days for earlier, later in pairwise(days))]
    return [rust.FSRSReview(row.rating, gap) for row, gap in zip(log, gaps, strict=True)]  # type: ignore[attr-defined]


# Fuzz.


def test_the_fuzz_of_a_card_and_a_repetition_is_the_same_in_every_process_and_version() -> None:
    """Pinned: a change moves due days on every device, and no two devices change on one day."""
    drawn = [fuzzed(100, ITEM, "visual", reps) for reps in range(6)]
    assert drawn == [107, 104, 100, 106, 105, 96]
    assert [fuzzed(100, ITEM, "audio", reps) for reps in range(6)] != drawn
    assert [fuzzed(100, "f" * 32, "visual", reps) for reps in range(6)] != drawn


def test_what_fell_due_is_the_fuzz_of_that_card_and_that_repetition() -> None:
    log = [review(4, number=1), review(3, 8, number=2), review(3, 30, number=3)]
    wait = DEFAULT.model.interval(folded(*log).stability)
    assert folded(*log).due == midnight(day(30 + fuzzed(wait, ITEM, "visual", 3)))


def test_intervals_move_within_py_fsrs_own_range(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = fsrs.Scheduler(maximum_interval=MAXIMUM_INTERVAL)

    def theirs(interval: int, drawn: float) -> int:
        monkeypatch.setattr(fsrs.scheduler, "random", lambda: drawn)
        return scheduler._get_fuzzed_interval(interval=timedelta(days=interval)).days

    for interval in [*range(1, 400), 1000, 5000, 30000, MAXIMUM_INTERVAL - 1, MAXIMUM_INTERVAL]:
        low, high = fuzz_range(interval)
        assert low == theirs(interval, 0.0)
        # At its end py-fsrs rounds up past the range that it reckoned; ours stays inside.
        assert high in (theirs(interval, 0.999999), theirs(interval, 0.999999) - 1)


@given(st.integers(1, MAXIMUM_INTERVAL), st.uuids(), st.integers(0, 500))
def test_a_fuzzed_interval_is_inside_its_range(interval: int, item: object, reps: int) -> None:
    low, high = fuzz_range(interval)
    assert low <= fuzzed(interval, str(item), "visual", reps) <= high
    assert 1 <= low <= interval <= high <= MAXIMUM_INTERVAL


def test_cards_learned_together_do_not_all_fall_due_together() -> None:
    low, high = fuzz_range(60)
    days = {fuzzed(60, f"{item:032x}", "visual", 4) for item in range(300)}
    assert days == set(range(low, high + 1))


# Due.


@pytest.mark.parametrize(("rating", "minutes"), [(1, 1), (2, 5.5), (3, 10)])
def test_a_card_in_learning_falls_due_at_a_moment_counted_from_the_answer(
    rating: int, minutes: float
) -> None:
    at = datetime(2026, 1, 5, 22, 7, 31, tzinfo=UTC)
    memory = folded(review(rating, at=at))
    assert memory.state is State.LEARNING
    assert memory.due == at + timedelta(minutes=minutes)
    assert not is_due(memory, memory.due - timedelta(seconds=1), MONDAY)
    assert is_due(memory, memory.due, MONDAY)


@pytest.mark.parametrize("hour", [4, 12, 23])
def test_a_card_in_review_falls_due_on_a_day_whatever_the_hour(hour: int) -> None:
    answered = datetime.combine(MONDAY, time(hour), UTC)
    memory = folded(review(4, at=answered))
    assert memory.state is State.REVIEW
    assert memory.due == folded(review(4)).due
    assert memory.due == datetime.combine(memory.due.date(), time(), UTC)
    for now in (NOON, NOON + timedelta(days=900)):
        assert not is_due(memory, now, memory.due.date() - timedelta(days=1))
        assert is_due(memory, now, memory.due.date())


def test_a_lapsed_card_comes_again_in_ten_minutes() -> None:
    memory = folded(review(4, number=1), review(1, 20, 7, number=2))
    assert memory.state is State.RELEARNING
    assert memory.due == NOON + timedelta(days=20, minutes=17)
