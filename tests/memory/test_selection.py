"""What a session holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.selection import (
    NEW_PER_DAY,
    OTHER_OPENINGS_SHARE,
    DueCard,
    Entry,
    EntryKind,
    Offer,
    Openable,
    blend,
    draw_by_level,
    none_left_behind,
    select,
    select_arena,
)
from tutor.memory.tracks import MIX_WEIGHTS, Mode, Track

MIXED = tuple(MIX_WEIGHTS)
OPENINGS = (EntryKind.MEETING, EntryKind.OPENING)

OTHER_OPENINGS = round(NEW_PER_DAY * OTHER_OPENINGS_SHARE)


def due_cards(
    count: int, tracks: Sequence[Track] = MIXED, stability: float = 3.0
) -> dict[Track, list[DueCard]]:
    return {track: [DueCard(f"due {track} {n}", track, stability) for n in range(count)] for track in tracks}


def openables(count: int, tracks: Sequence[Track] = MIXED, level: int = 1) -> dict[Track, list[Openable]]:
    return {
        track: [Openable(f"new {track} {n}", track, level, "lesson") for n in range(count)]
        for track in tracks
    }


def offer(
    due: Mapping[Track, Sequence[DueCard]],
    openable: Mapping[Track, Sequence[Openable]],
    *,
    due_total: int | None = None,
    level: int = 1,
    new_left: int = NEW_PER_DAY,
    openings_left: int = OTHER_OPENINGS,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> Offer:
    counts = {track: len(cards) for track, cards in due.items()}
    if due_total is not None:
        counts = {Track.VISUAL: due_total}
    return Offer(due, counts, openable, level, new_left, openings_left, notes or {})


def of_kind(entries: Sequence[Entry], *kinds: EntryKind) -> list[Entry]:
    return [entry for entry in entries if entry.kind in kinds]


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, int]:
    """Any offer, in which items turn up in several tracks, and the size of the session."""
    limit = draw(st.integers(1, 40))
    pool = st.lists(st.integers(0, 30), unique=True, max_size=30)
    due = {track: [DueCard(f"due {n}", track, 3.0) for n in draw(pool)] for track in MIXED}
    openable = {
        track: [Openable(f"new {n}", track, n % 5, f"lesson {n % 3}") for n in sorted(draw(pool))]
        for track in MIXED
    }
    found = offer(
        due,
        openable,
        level=draw(st.integers(0, 5)),
        new_left=draw(st.integers(0, NEW_PER_DAY)),
        openings_left=draw(st.integers(0, OTHER_OPENINGS)),
        notes={f"lesson {n}": [f"note {n}a", f"note {n}b"] for n in draw(st.sets(st.integers(0, 2)))},
        due_total=draw(st.integers(0, 60)),
    )
    return found, limit


# Due and new.


@pytest.mark.parametrize("limit", [5, 10, 20, 30])
def test_seven_tenths_are_due_and_three_tenths_are_new(limit: int) -> None:
    due = {track: cards[:limit] for track, cards in due_cards(limit).items()}
    chosen = select(offer(due, openables(60), due_total=2 * limit), limit)
    assert len(chosen) == limit
    assert abs(len(of_kind(chosen, EntryKind.REVIEW)) - 0.7 * limit) <= 0.5


def test_what_one_bucket_lacks_the_other_gives() -> None:
    nothing_new = select(offer(due_cards(30), {}), 20)
    assert len(of_kind(nothing_new, EntryKind.REVIEW)) == 20
    little_new = select(offer(due_cards(13), openables(1), due_total=39), 20)
    assert (len(of_kind(little_new, EntryKind.REVIEW)), len(of_kind(little_new, *OPENINGS))) == (17, 3)
    little_due = select(offer(due_cards(1), openables(60)), 20)
    assert (len(of_kind(little_due, EntryKind.REVIEW)), len(of_kind(little_due, *OPENINGS))) == (3, 17)
    assert select(offer({}, {}), 20) == ()


@given(offers())
def test_a_session_holds_no_more_than_asked_and_no_less_than_there_is(drawn: tuple[Offer, int]) -> None:
    found, limit = drawn
    cards = [entry for entry in select(found, limit) if entry.kind is not EntryKind.NOTE]
    reviews = sum(map(len, found.due.values()))
    assert min(reviews, limit) <= len(cards) <= limit
    assert len({(card.item, card.track) for card in cards}) == len(cards)


@pytest.mark.parametrize("limit", [10, 17, 20, 40])
def test_mix_draws_the_tracks_as_four_to_three_to_three(limit: int) -> None:
    drawn = Counter(entry.track for entry in select(offer(due_cards(50), {}), limit))
    for track, weight in MIX_WEIGHTS.items():
        assert abs(drawn[track] - limit * weight / 10) < 1


def test_the_share_of_an_empty_track_goes_to_the_others_by_their_weights() -> None:
    drawn = Counter(
        entry.track for entry in select(offer(due_cards(50, (Track.VISUAL, Track.AUDIO)), {}), 14)
    )
    assert drawn == {Track.VISUAL: 8, Track.AUDIO: 6}


def test_a_session_of_one_track_holds_that_track_alone() -> None:
    chosen = select(offer(due_cards(9), openables(9)), 20, {Track.AUDIO: 1})
    assert {entry.track for entry in chosen} == {Track.AUDIO}
    assert {entry.kind for entry in chosen} == {EntryKind.REVIEW, EntryKind.OPENING}


def test_the_best_of_what_is_due_comes_first() -> None:
    chosen = select(offer(due_cards(50), {}), 20)
    for track in MIXED:
        numbers = [entry.item for entry in chosen if entry.track is track]
        assert numbers == [f"due {track} {n}" for n in range(len(numbers))]


@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(), max_size=12)),
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 9), min_size=3),
    st.integers(0, 40),
)
def test_blending_takes_as_many_as_there_are_and_keeps_each_order(
    queues: dict[str, list[int]], weights: dict[str, int], count: int
) -> None:
    named = {key: [(key, n, value) for n, value in enumerate(queue)] for key, queue in queues.items()}
    taken = blend(named, weights, count)
    assert len(taken) == min(count, sum(map(len, queues.values())))
    for key, queue in named.items():
        of_key = [one for one in taken if one[0] == key]
        assert of_key == queue[: len(of_key)]


# What is opened.


def test_a_day_holds_ten_new_items_and_fifteen_other_openings() -> None:
    assert (NEW_PER_DAY, OTHER_OPENINGS) == (10, 15)
    chosen = select(offer({}, openables(60)), 100)
    assert len(of_kind(chosen, EntryKind.MEETING)) == 10
    assert len(of_kind(chosen, EntryKind.OPENING)) == 15


@given(offers())
def test_no_more_is_opened_than_the_day_still_allows(drawn: tuple[Offer, int]) -> None:
    found, limit = drawn
    chosen = select(found, limit)
    assert len(of_kind(chosen, EntryKind.MEETING)) <= found.new_left
    assert len(of_kind(chosen, EntryKind.OPENING)) <= found.openings_left


@pytest.mark.parametrize("limit", [10, 20])
def test_nothing_is_opened_while_more_is_overdue_than_two_sessions_hold(limit: int) -> None:
    due = due_cards(limit)
    at_most = select(offer(due, openables(60), due_total=2 * limit), limit)
    too_much = select(offer(due, openables(60), due_total=2 * limit + 1), limit)
    assert of_kind(at_most, *OPENINGS)
    assert {entry.kind for entry in too_much} == {EntryKind.REVIEW}


@given(offers())
def test_an_item_opens_one_track_at_a_time(drawn: tuple[Offer, int]) -> None:
    opened = Counter(entry.item for entry in of_kind(select(*drawn), *OPENINGS))
    assert set(opened.values()) <= {1}


def test_a_new_item_is_met_and_another_track_is_opened() -> None:
    for entry in of_kind(select(offer({}, openables(5)), 20), *OPENINGS):
        assert (entry.kind is EntryKind.MEETING) == (entry.track is Track.VISUAL)


@pytest.mark.parametrize("count", [5, 10])
def test_new_items_are_one_fifth_easier_three_fifths_at_and_one_fifth_harder_than_the_level(
    count: int,
) -> None:
    cards = [Openable(f"{n}", Track.VISUAL, level) for level in (1, 2, 3, 4, 5) for n in range(20)]
    drawn = Counter(card.level for card in draw_by_level(cards, 3, count))
    assert drawn[1] + drawn[2] == count / 5
    assert drawn[3] == count * 3 / 5
    assert drawn[4] + drawn[5] == count / 5


def test_new_items_are_topped_up_with_what_comes_next_in_the_course() -> None:
    cards = [Openable(f"{level}/{n}", Track.VISUAL, level) for level in (1, 2) for n in range(4)]
    assert [card.item for card in draw_by_level(cards, 9, 6)] == ["1/0", "1/1", "1/2", "1/3", "2/0", "2/1"]
    assert len(draw_by_level(cards, 1, 20)) == 8


def test_openings_are_spread_among_what_is_due_and_something_known_comes_first() -> None:
    chosen = select(offer(due_cards(14), openables(60), due_total=40), 20)
    places = [place for place, entry in enumerate(chosen) if entry.kind in OPENINGS]
    assert places[0] > 0
    assert all(later - earlier >= 2 for earlier, later in pairwise(places))


# Modes.


def test_the_mode_of_a_card_suits_its_stability_unless_the_session_asks_for_one() -> None:
    due = {Track.VISUAL: [DueCard("weak", Track.VISUAL, 2.0), DueCard("strong", Track.VISUAL, 15.0)]}
    assert [entry.mode for entry in select(offer(due, {}), 20)] == [Mode.RECALL, Mode.PHRASE]
    forced = select(offer(due, openables(1, (Track.VISUAL,))), 20, {Track.VISUAL: 1}, Mode.PHRASE)
    assert {entry.mode for entry in forced} == {Mode.PHRASE}


# Notes.


def test_the_grammar_of_a_lesson_stands_before_its_first_context_and_nowhere_else() -> None:
    openable = {
        Track.AUDIO: [Openable("heard", Track.AUDIO, 1, "one")],
        Track.CONTEXT: [
            Openable("heard", Track.CONTEXT, 1, "one"),
            *(
                Openable(f"{lesson} {n}", Track.CONTEXT, 1, lesson)
                for n in (1, 2)
                for lesson in ("one", "two")
            ),
        ],
    }
    due = {Track.CONTEXT: [DueCard("one 9", Track.CONTEXT, 3.0)]}
    chosen = select(offer(due, openable, notes={"one": ["cases", "verbs"], "three": ["never"]}), 20)
    # What was opened for listening is known by its lesson too, and needs none of its grammar.
    assert {"heard", "one 9"} <= {entry.item for entry in chosen if entry.kind is not EntryKind.NOTE}
    order = [entry.item for entry in chosen if entry.track is Track.CONTEXT or entry.kind is EntryKind.NOTE]
    assert [item for item in order if item != "one 9"] == [
        "cases",
        "verbs",
        "one 1",
        "two 1",
        "one 2",
        "two 2",
    ]


@given(offers())
def test_the_grammar_of_a_lesson_is_shown_once_before_its_first_context_and_not_without(
    drawn: tuple[Offer, int],
) -> None:
    found, limit = drawn
    chosen = select(found, limit)
    lesson_of = {card.item: card.lesson for card in found.openable[Track.CONTEXT]}
    waiting: list[str] = []
    explained: set[str] = set()
    for entry in chosen:
        if entry.kind is EntryKind.NOTE:
            waiting.append(entry.item)
        elif entry.kind is EntryKind.OPENING and entry.track is Track.CONTEXT:
            lesson = lesson_of[entry.item]
            wanted = [] if lesson in explained else list(found.notes.get(lesson, ()))
            assert waiting == wanted
            explained.add(lesson)
            waiting = []
        else:
            assert not waiting, "a note stands apart from what it explains"
    assert not waiting


# More than a session holds.


def test_each_fourth_card_is_the_one_that_has_waited_longest_and_none_comes_twice() -> None:
    best = [hard(f"card {n}", 5.0) for n in range(8)]
    longest = [hard(f"card {n}", 5.0) for n in (7, 0, 30, 31)]
    found = [card.item.split()[1] for card in none_left_behind(best, longest)]
    assert found == ["0", "1", "2", "7", "3", "4", "5", "30"]
    assert none_left_behind(best, []) == best


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_as_many_cards_as_there_are_best_ones_and_each_once(best: list[int], longest: list[int]) -> None:
    found = none_left_behind([hard(f"{n}", 5.0) for n in best], [hard(f"{n}", 5.0) for n in longest])
    items = [card.item for card in found]
    assert len(items) == len(set(items)) == len(best)


# ARENA.


def hard(name: str, difficulty: float, track: Track = Track.VISUAL) -> DueCard:
    return DueCard(name, track, 3.0, difficulty)


def test_arena_is_three_parts_rescue_five_parts_due_and_two_parts_new() -> None:
    rescue = [hard(f"rescue {n}", 9.0) for n in range(30)]
    found = select_arena(replace(offer(due_cards(30), openables(30), due_total=30), rescue=rescue), 20)
    counts = Counter(entry.item.split()[0] for entry in found if entry.kind is not EntryKind.NOTE)
    assert counts == {"rescue": 6, "due": 10, "new": 4}


def test_what_one_bucket_of_arena_lacks_another_gives() -> None:
    few = replace(offer(due_cards(2), openables(30), due_total=6), rescue=[hard("rescue 0", 9.0)])
    counts = Counter(e.item.split()[0] for e in select_arena(few, 20) if e.kind is not EntryKind.NOTE)
    assert counts == {"rescue": 1, "due": 6, "new": 13}


@given(st.lists(st.floats(1, 10), max_size=30), st.lists(st.floats(1, 10), max_size=30))
def test_arena_takes_the_hardest_first_and_no_card_twice(rescue: list[float], due: list[float]) -> None:
    saved = [hard(f"card {n}", d) for n, d in enumerate(rescue)]
    cards = [hard(f"card {n}", d) for n, d in enumerate(rescue + due)]
    found = select_arena(replace(offer({Track.VISUAL: cards}, {}), rescue=saved), 20)
    taken = [next(card.difficulty for card in cards if card.item == entry.item) for entry in found]
    assert taken == sorted(taken, reverse=True)
    assert len({entry.item for entry in found}) == len(found) == min(20, len(cards))
