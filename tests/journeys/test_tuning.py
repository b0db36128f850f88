"""The memory model fitted to a learner: kept only if better, and put back with one step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from helpers import START, assert_projections_are_folds, contents, finish, item, mini_course, open_tutor
from memory.test_fitting import FORGETFUL, practised

from tutor import days, tuning
from tutor.clock import ManualClock
from tutor.errors import FittingError, UsageError
from tutor.ids import new_id
from tutor.long_work import Doing, Progress
from tutor.memory.fsrs6 import Fsrs6
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.store import parameters, reviews
from tutor.ui.keys import Key
from tutor.ui.pressing import press_key
from tutor.ui.screens.remembering import told
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look
from tutor.ui.watched import Watched

CARDS, ANSWERS = 120, 6


def learned(tmp_path: Path, model: Fsrs6, cards: int = CARDS) -> Tutor:
    """A tutor with the answers of somebody whose memory is `model`, on one track."""
    clock = ManualClock(START)
    tutor = open_tutor(tmp_path / "data", mini_course(tmp_path / "courses", made=10, words=12), clock)
    with tutor.database.read() as connection:
        ids = [
            row.id for row in connection.exec_driver_sql("SELECT id FROM item ORDER BY id LIMIT ?", (cards,))
        ]
    assert len(ids) == cards
    rows = []
    for identity, history in zip(ids, practised(model, cards, ANSWERS), strict=True):
        for answer in history:
            at = START - timedelta(days=2000 - answer.day)
            stamp = f"{round(at.timestamp() * 1000):012x}.0000.{tutor.device[-8:]}"
            own = new_id(round(at.timestamp() * 1000))
            rows.append(
                Review(
                    id=own, learner=tutor.learner.id, device=tutor.device, hlc=stamp, answer_id=own,
                    kind=Kind.ANSWER, item=identity, track=Track.VISUAL, mode=Mode.PHRASE, direction="pl-en",
                    rating=answer.rating, at=at, local_day=at.date(), response_ms=2000, help=Help.NONE,
                    import_run=None, stability=None, difficulty=None, source=None,
                )
            )  # fmt: skip
    with tutor.database.write() as connection:
        reviews.append(connection, rows)
        from tutor.store.rebuild import rebuild

        rebuild(connection)
    return tutor


def weights(tutor: Tutor, track: Track = Track.VISUAL) -> tuple[float, ...]:
    with tutor.database.read() as connection:
        return parameters.current(connection, tutor.learner.id, track).weights


def test_fitted_weights_are_kept_where_they_foretell_better_and_all_cards_follow(tmp_path: Path) -> None:
    told: list[Progress] = []
    with learned(tmp_path, FORGETFUL) as tutor:
        before = tutor.due()[Track.VISUAL]
        tuned = tuning.optimize(tutor, Track.VISUAL, told.append)
        assert tuned.fitted.better
        assert tuned.change
        assert list(dict.fromkeys(one.what for one in told)) == [Doing.READING, Doing.FITTING, Doing.FOLDING]
        shares = [one.share for one in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert weights(tutor) == tuned.fitted.weights
        assert weights(tutor, Track.AUDIO) == DEFAULT.weights
        assert tuned.change.before[0] == before
        assert tuned.change.after[0] == tutor.due()[Track.VISUAL] != before
        assert_projections_are_folds(tutor)


def test_one_step_puts_the_old_weights_back_and_another_the_new_ones(tmp_path: Path) -> None:
    with learned(tmp_path, FORGETFUL) as tutor:
        due = tutor.due()
        tuned = tuning.optimize(tutor, Track.VISUAL)
        assert tuned.change
        back = tuning.put_back(tutor, Track.VISUAL)
        assert (back.before, back.after) == (tuned.change.after, tuned.change.before)
        assert weights(tutor) == DEFAULT.weights
        assert tutor.due() == due
        tuning.put_back(tutor, Track.VISUAL)
        assert weights(tutor) == tuned.fitted.weights
        assert_projections_are_folds(tutor)
        # What is wanted was changed in between, or wanted again as it was: the weights can still be put back.
        for wanted in (0.9, 0.8):
            tuning.retain(tutor, Track.VISUAL, wanted)
        tuning.put_back(tutor, Track.VISUAL)
        assert weights(tutor) == DEFAULT.weights
        assert tuning.overview(tutor, Track.VISUAL).retention == 0.8


def test_with_nothing_fitted_there_is_nothing_to_put_back(tmp_path: Path) -> None:
    with learned(tmp_path, FORGETFUL, cards=20) as tutor:
        tuning.retain(tutor, Track.VISUAL, 0.8)
        assert not tuning.overview(tutor, Track.VISUAL).changed
        with pytest.raises(UsageError, match="nothing to put back"):
            tuning.put_back(tutor, Track.VISUAL)


def test_where_nothing_better_is_found_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with learned(tmp_path, DEFAULT.model) as tutor:
        from tutor.memory import fitting

        worse = (*DEFAULT.weights[:8], 0.1, *DEFAULT.weights[9:])
        monkeypatch.setattr(fitting, "_weights", lambda items: worse)
        tuned = tuning.optimize(tutor, Track.VISUAL)
        assert not tuned.fitted.better
        assert tuned.change is None
        assert weights(tutor) == DEFAULT.weights
        with pytest.raises(UsageError, match="nothing to put back"):
            tuning.put_back(tutor, Track.VISUAL)


def test_a_track_with_too_few_answers_is_told_and_left_alone(tmp_path: Path) -> None:
    with learned(tmp_path, FORGETFUL, cards=20) as tutor:
        with pytest.raises(FittingError, match="120 answers so far and 400"):
            tuning.optimize(tutor, Track.VISUAL)
        assert weights(tutor) == DEFAULT.weights


def test_the_answers_after_a_fit_are_folded_with_the_new_weights_in_every_open_window(tmp_path: Path) -> None:
    with learned(tmp_path, FORGETFUL) as tutor:
        clock = ManualClock(START + timedelta(hours=1))
        with open_tutor(tmp_path / "data", tmp_path / "courses", clock) as other:
            session = other.start("visual", limit=5, seed=1)
            tuning.optimize(tutor, Track.VISUAL)
            finish(session, clock)
        assert_projections_are_folds(tutor)


def test_a_higher_retention_costs_more_and_brings_cards_back_earlier(tmp_path: Path) -> None:
    with learned(tmp_path, FORGETFUL) as tutor:
        costs = tuning.costs(tutor, Track.VISUAL)
        assert costs.cards == CARDS
        assert [*costs.reviews_a_day.values()] == sorted(costs.reviews_a_day.values())
        assert costs.reviews_a_day[0.97] > 2 * costs.reviews_a_day[0.8]
        change = tuning.retain(tutor, Track.VISUAL, 0.97)
        assert sum(change.after) > sum(change.before)
        assert tuning.overview(tutor, Track.VISUAL).retention == 0.97
        assert tuning.overview(tutor, Track.AUDIO).retention == 0.9
        assert_projections_are_folds(tutor)
        for wrong in (0.5, 0.98, float("nan")):
            with pytest.raises(UsageError, match=r"from 0\.70 to 0\.97"):
                tuning.retain(tutor, Track.VISUAL, wrong)


def test_a_forecast_counts_each_card_on_its_day(tmp_path: Path) -> None:
    from tutor.store import cards

    with learned(tmp_path, FORGETFUL, cards=40) as tutor, tutor.database.read() as connection:
        today = tutor.calendar.day(tutor.clock.now())
        found = cards.forecast(connection, tutor.learner.id, Track.VISUAL, today, 4000)
        days = [
            max((date.fromisoformat(row.due[:10]) - today).days, 0)
            for row in connection.exec_driver_sql("SELECT due FROM user_progress WHERE track = 'visual'")
        ]
        assert [day for day, count in enumerate(found) for _ in range(count)] == sorted(days)
        assert sum(found) == 40


def test_what_was_forgotten_on_purpose_or_began_with_a_seed_is_no_history(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:

        def row(kind: Kind, day: int, rating: int | None = 3) -> Review:
            at = START + timedelta(days=day)
            own = new_id(round(at.timestamp() * 1000))
            return Review(
                id=own, learner=tutor.learner.id, device="d" * 32, hlc=f"{day:012x}.0000.a", answer_id=own,
                kind=kind, item=item("kawa"), track=Track.VISUAL, mode=None, direction=None,
                rating=rating if kind is Kind.ANSWER else None, at=at, local_day=at.date(), response_ms=None,
                help=Help.NONE, import_run=None, stability=5.0 if kind is Kind.SEED else None,
                difficulty=5.0 if kind is Kind.SEED else None, source=None,
            )  # fmt: skip

        def ratings(*rows: Review) -> list[list[int]]:
            with tutor.database.write() as connection:
                connection.exec_driver_sql("DELETE FROM review")
                reviews.append(connection, rows)
                found = reviews.histories(connection, tutor.learner.id, "visual")
            return [[answer.rating for answer in history] for history in found]

        answers = [row(Kind.ANSWER, day, rating) for day, rating in ((1, 3), (3, 1), (5, 4))]
        assert ratings(*answers) == [[3, 1, 4]]
        assert ratings(row(Kind.SEED, 0), *answers) == []
        assert ratings(answers[0], row(Kind.FORGET, 2), *answers[1:]) == [[1, 4]]


# The screen.


def test_the_screen_shows_each_track_and_fits_in_the_background(tmp_path: Path) -> None:
    async def story(tutor: Tutor) -> None:
        state = AppState(lambda: tutor, Look(390, 844))
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.see_remembering)
        remembering = state.remembering
        assert remembering
        assert state.screen is Screen.REMEMBERING
        shown = remembering.tracks[Track.VISUAL]
        assert (shown.overview.answers, shown.overview.retention) == (CARDS * ANSWERS, 0.9)
        assert not shown.overview.changed
        await state.turns.take(None, remembering.fit, Track.VISUAL)
        work = remembering.tracks[Track.VISUAL].work
        assert work
        work.stop()
        await _until(lambda: remembering.tracks[Track.VISUAL].work is None)
        assert remembering.tracks[Track.VISUAL].refused.startswith("That was stopped.")
        assert weights(tutor) == DEFAULT.weights
        await state.turns.take(None, remembering.fit, Track.VISUAL)
        await _until(lambda: remembering.tracks[Track.VISUAL].work is None)
        shown = remembering.tracks[Track.VISUAL]
        assert shown.tuned
        assert shown.tuned.change
        assert shown.overview.changed
        assert shown.costs
        assert told(shown.tuned).startswith("Fitted: it foretells")
        await state.turns.take(None, remembering.put_back, Track.VISUAL)
        assert weights(tutor) == DEFAULT.weights
        await state.turns.take(None, remembering.retain, Track.AUDIO, 0.8)
        assert remembering.tracks[Track.AUDIO].overview.retention == 0.8
        await state.turns.take(None, remembering.fit, Track.AUDIO)
        await _until(lambda: remembering.tracks[Track.AUDIO].work is None)
        assert "400 are needed" in remembering.tracks[Track.AUDIO].refused
        for share in ({"sun": 0.5}, {"sun": 0.0}, {}):
            await state.turns.take(None, remembering.ease, "sun")
            assert remembering.week.shares == share
        await state.turns.take(None, remembering.even_out)
        assert days.wanted(tutor.learner.settings).even
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert state.screen is Screen.PLACE

    with learned(tmp_path, FORGETFUL) as tutor:
        asyncio.run(story(tutor))


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_another_retention_that_takes_long_can_be_stopped_and_changes_nothing_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Watched):
        """Work that the learner stops as soon as it is shown."""

        def told(self, progress: Progress) -> None:
            self.stop()
            super().told(progress)

    async def story(tutor: Tutor) -> None:
        state = AppState(lambda: tutor, Look(390, 844))
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.see_remembering)
        remembering = state.remembering
        assert remembering
        before = contents(tutor.database.path)
        with monkeypatch.context() as patched:
            patched.setattr("tutor.ui.remembering.Watched", Stopped)
            await state.turns.take(None, remembering.retain, Track.VISUAL, 0.8)
        shown = remembering.tracks[Track.VISUAL]
        assert (shown.overview.retention, shown.work) == (0.9, None)
        assert shown.refused.startswith("That was stopped.")
        assert contents(tutor.database.path) == before

    with learned(tmp_path, FORGETFUL) as tutor:
        asyncio.run(story(tutor))
