"""A session's queue."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.queue import Place, Queue, Step, StepKind
from tutor.memory.review import Rating
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Track

SEEN = Step(StepKind.SEEN)
RIGHT, WRONG = (Step(StepKind.ANSWERED, rating) for rating in (Rating.GOOD, Rating.AGAIN))
TO_ACKNOWLEDGE = (EntryKind.MEETING, EntryKind.NOTE)
CARDS = tuple(Track)


def reviews(*items: str, track: Track = Track.VISUAL) -> list[Entry]:
    return [Entry(EntryKind.REVIEW, item, track) for item in items]


def meeting(item: str) -> Entry:
    return Entry(EntryKind.MEETING, item)


@st.composite
def plans(draw: st.DrawFn, tracks: int = 1) -> list[Entry]:
    """A plan as selection makes it. New items turn up once, others in up to `tracks` tracks."""
    plan = []
    for number in range(draw(st.integers(0, 25))):
        kind = draw(
            st.sampled_from([EntryKind.REVIEW] * 3 + [EntryKind.MEETING, EntryKind.OPENING, EntryKind.NOTE])
        )
        if kind in TO_ACKNOWLEDGE:
            plan.append(Entry(kind, f"{kind} {number}"))
        else:
            cards = draw(st.lists(st.sampled_from(CARDS), min_size=1, max_size=tracks, unique=True))
            plan.extend(Entry(kind, f"item {number}", track) for track in cards)
    return draw(st.permutations(plan)) if tracks > 1 else plan


ratings = st.lists(st.sampled_from([Rating.AGAIN, Rating.AGAIN, Rating.GOOD, Rating.EASY]), max_size=150)
seeds = st.integers(0, 2**32)


@dataclass
class Told:
    """A session that was gone through: what was shown and done, and what it said of itself before each."""

    shown: list[Place]
    steps: list[Step]
    before: list[tuple[int, int]]
    queue: Queue


def go_through(plan: list[Entry], seed: int, given_ratings: list[Rating]) -> Told:
    """Go through a session; once the ratings are used up everything is right."""
    told = Told([], [], [], Queue(plan, seed))
    left = iter(given_ratings)
    while told.queue.current:
        place = told.queue.current
        step = (
            SEEN if place.entry.kind in TO_ACKNOWLEDGE else Step(StepKind.ANSWERED, next(left, Rating.GOOD))
        )
        told.shown.append(place)
        told.steps.append(step)
        told.before.append((told.queue.done, told.queue.expected))
        told.queue.take(step)
    return told


def planned_after(told: Told, index: int) -> bool:
    """Whether something of the plan, and not only what came up since, is shown after `index`."""
    return any(
        place.entry.kind not in (EntryKind.FIRST_TEST, EntryKind.RETURN) for place in told.shown[index + 1 :]
    )


# First tests.


@given(plans(), seeds, ratings)
def test_a_met_item_is_first_tested_three_to_five_drills_later_or_last(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    told = go_through(plan, seed, given_ratings)
    tests = {
        place.entry.item: i for i, place in enumerate(told.shown) if place.entry.kind is EntryKind.FIRST_TEST
    }
    met = {place.entry.item: i for i, place in enumerate(told.shown) if place.entry.kind is EntryKind.MEETING}
    assert tests.keys() == met.keys()
    for item, when in met.items():
        later = tests[item] - when
        assert later <= 5
        assert later >= 3 or not planned_after(told, tests[item])


def test_what_the_learner_knows_already_is_not_tested() -> None:
    queue = Queue([meeting("kawa"), *reviews("a")], 1)
    queue.take(Step(StepKind.KNOWN))
    queue.take(RIGHT)
    assert queue.current is None


# What was wrong.


@given(plans(), seeds, ratings)
def test_a_wrong_card_comes_back_five_places_later_or_last(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    told = go_through(plan, seed, given_ratings)
    cards = [(place.entry.item, place.entry.track) for place in told.shown]
    for index, (place, step) in enumerate(zip(told.shown, told.steps, strict=True)):
        if step.rating is Rating.AGAIN and place.returns < 3:
            back = cards.index(cards[index], index + 1)
            assert told.shown[back].entry.kind is EntryKind.RETURN
            assert back - index == 5 or (back - index < 5 and not planned_after(told, back))


@given(plans(tracks=3), seeds, ratings)
def test_a_card_comes_back_until_it_is_right_and_three_times_at_most(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    told = go_through(plan, seed, given_ratings)
    last: dict[tuple[str, Track], Step] = {}
    returns: Counter[tuple[str, Track]] = Counter()
    for place, step in zip(told.shown, told.steps, strict=True):
        card = (place.entry.item, place.entry.track)
        last[card] = step
        returns[card] += place.entry.kind is EntryKind.RETURN
    assert all(times <= 3 for times in returns.values())
    for card, step in last.items():
        assert step.rating is not Rating.AGAIN or returns[card] == 3


@pytest.mark.parametrize("others", [0, 3, 40])
def test_a_card_that_is_never_right_is_asked_four_times(others: int) -> None:
    queue = Queue(reviews("hard", *(f"item {n}" for n in range(others))), 1)
    asked = 0
    while queue.current and asked < 9:
        hard = queue.current.entry.item == "hard"
        asked += hard
        queue.take(WRONG if hard else RIGHT)
    assert asked == 4


@given(plans(tracks=3), seeds, ratings)
def test_first_tests_and_returns_are_good_at_most_and_nothing_else_is_held_back(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    for place in go_through(plan, seed, given_ratings).shown:
        held_back = place.entry.kind in (EntryKind.FIRST_TEST, EntryKind.RETURN)
        assert place.cap is (Rating.GOOD if held_back else Rating.EASY)


# Company.


@given(plans(), seeds, ratings)
def test_no_item_comes_twice_in_a_row_where_there_is_another(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    items = [place.entry.item for place in go_through(plan, seed, given_ratings).shown]
    for index, (item, following) in enumerate(pairwise(items)):
        if item == following:
            assert set(items[index + 1 :]) == {item}


@given(plans(tracks=3), seeds, ratings)
def test_two_cards_of_an_item_stand_at_least_ten_drills_apart(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    places: dict[str, list[tuple[int, Track]]] = defaultdict(list)
    for index, place in enumerate(go_through(plan, seed, given_ratings).shown):
        places[place.entry.item].append((index, place.entry.track))
    for shown in places.values():
        for (earlier, one), (later, other) in pairwise(shown):
            assert one is other or later - earlier >= 10


@pytest.mark.parametrize("seed", range(8))
def test_an_item_that_was_just_met_waits_for_one_that_comes_back(seed: int) -> None:
    told = go_through([*reviews("hard"), meeting("new")], seed, [Rating.AGAIN])
    assert [place.entry.item for place in told.shown] == ["hard", "new", "hard", "new"]


def test_a_card_that_would_stand_too_near_another_of_its_item_waits_for_its_turn_or_another_day() -> None:
    audio = Entry(EntryKind.REVIEW, "kawa", Track.AUDIO)
    short = go_through([*reviews("kawa"), audio, *reviews("herbata")], 1, [])
    assert [place.entry.item for place in short.shown] == ["kawa", "herbata"]
    others = reviews(*(f"item {n}" for n in range(12)))
    long = go_through([*reviews("kawa"), audio, *others], 1, [])
    assert [place.entry for place in long.shown].index(audio) == 11, "ten drills lie between"


# Resuming.


@given(plans(tracks=3), seeds, ratings)
def test_the_same_plan_seed_and_steps_give_the_same_queue(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    told = go_through(plan, seed, given_ratings)
    again = Queue(plan, seed)
    for place, step, before in zip(told.shown, told.steps, told.before, strict=True):
        assert again.current == place
        assert (again.done, again.expected) == before
        again.take(step)
    assert again.current is None


# Progress.


@given(plans(tracks=3), seeds, ratings)
def test_progress_counts_what_was_done_and_ends_where_it_said(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    told = go_through(plan, seed, given_ratings)
    assert [done for done, _ in told.before] == list(range(len(told.shown)))
    assert all(done < expected for done, expected in told.before)
    assert told.queue.done == told.queue.expected == len(told.shown)


@given(plans(tracks=3), seeds, ratings)
def test_progress_never_claims_more_than_there_is(
    plan: list[Entry], seed: int, given_ratings: list[Rating]
) -> None:
    """At every step: so many drills are expected as it takes when all that is left is right."""
    told = go_through(plan, seed, given_ratings)
    for number, (_, expected) in enumerate(told.before):
        rest = Queue(plan, seed)
        for step in told.steps[:number]:
            rest.take(step)
        while rest.current:
            rest.take(SEEN if rest.current.entry.kind in TO_ACKNOWLEDGE else RIGHT)
        assert expected == rest.done


# What else may be done.


@pytest.mark.parametrize(
    ("said", "track"), [(StepKind.NO_LISTENING, Track.AUDIO), (StepKind.NO_SPEAKING, Track.SPEECH)]
)
@given(plans(tracks=3), seeds, ratings, st.integers(0, 10))
def test_without_listening_or_speaking_no_such_card_is_asked_and_nothing_else_is_lost(
    said: StepKind, track: Track, plan: list[Entry], seed: int, given_ratings: list[Rating], when: int
) -> None:
    queue = Queue(plan, seed)
    for rating in given_ratings[:when]:
        if queue.current:
            acknowledged = queue.current.entry.kind in TO_ACKNOWLEDGE
            queue.take(SEEN if acknowledged else Step(StepKind.ANSWERED, rating))
    done = queue.done
    current = queue.current
    queue.take(Step(said))
    assert queue.done == done
    if current and current.entry.track is not track:
        assert queue.current == current
    while queue.current:
        assert queue.current.entry.track is not track
        queue.take(SEEN if queue.current.entry.kind in TO_ACKNOWLEDGE else RIGHT)
    if all(entry.track is Track.VISUAL for entry in plan) and not given_ratings[:when]:
        assert queue.done == len(plan) + sum(entry.kind is EntryKind.MEETING for entry in plan)


@given(plans(), seeds, ratings, st.integers(0, 10), st.data())
def test_of_what_was_put_aside_nothing_comes_any_more_and_nothing_else_is_lost(
    plan: list[Entry], seed: int, given_ratings: list[Rating], when: int, data: st.DataObject
) -> None:
    queue = Queue(plan, seed)
    for rating in given_ratings[:when]:
        if queue.current:
            acknowledged = queue.current.entry.kind in TO_ACKNOWLEDGE
            queue.take(SEEN if acknowledged else Step(StepKind.ANSWERED, rating))
    done, current = queue.done, queue.current
    item = data.draw(st.sampled_from([entry.item for entry in plan] or ["nothing"]))
    others = {entry.item for entry in queue.upcoming(1000)} - {item} if current else set()
    queue.take(Step(StepKind.PUT_ASIDE, item=item))
    assert queue.done == done
    if current and current.entry.item != item:
        assert queue.current == current
    left = set()
    while queue.current:
        left.add(queue.current.entry.item)
        queue.take(SEEN if queue.current.entry.kind in TO_ACKNOWLEDGE else RIGHT)
    assert left == others


def test_what_was_written_instead_of_said_is_passed_over_and_does_not_return() -> None:
    spoken = Entry(EntryKind.REVIEW, "kawa", Track.SPEECH)
    queue = Queue([spoken, *reviews("a", "b")], 1)
    queue.take(Step(StepKind.WROTE, item="kawa"))
    assert (queue.done, queue.expected) == (1, 3)
    left = []
    while queue.current:
        left.append(queue.current.entry.item)
        queue.take(RIGHT)
    assert left == ["a", "b"]


def test_what_has_gone_is_passed_over_and_does_not_return() -> None:
    queue = Queue(reviews("gone", "kawa"), 1)
    queue.take(Step(StepKind.SKIPPED))
    assert queue.current == Place(reviews("kawa")[0])
    queue.take(RIGHT)
    assert queue.current is None


def test_what_comes_up_begins_with_what_is_there() -> None:
    queue = Queue(reviews("a", "b", "c", "d"), 1)
    assert [entry.item for entry in queue.upcoming(2)] == ["a", "b", "c"]
    queue.take(RIGHT)
    assert [entry.item for entry in queue.upcoming(9)] == ["b", "c", "d"]


def test_there_is_nothing_to_finish_in_a_session_that_is_over() -> None:
    queue = Queue([], 1)
    assert queue.current is None
    with pytest.raises(ValueError, match="over"):
        queue.take(RIGHT)
