"""Easy days and an even load move the day a card is offered, within its range and nowhere else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.offered import WEEKDAYS, DaysWanted, Movable, offered_days

TODAY = date(2026, 3, 4)  # a Wednesday


@st.composite
def movables(draw: st.DrawFn) -> list[Movable]:
    found = []
    for number in range(draw(st.integers(0, 40))):
        due = TODAY + timedelta(days=draw(st.integers(-10, 25)))
        before, after = draw(st.integers(0, 4)), draw(st.integers(0, 4))
        found.append(
            Movable(f"{number}", "visual", due, due - timedelta(days=before), due + timedelta(days=after))
        )
    return found


wanted_days = st.builds(
    DaysWanted,
    st.dictionaries(st.sampled_from(WEEKDAYS), st.sampled_from([0.0, 0.3, 0.5, 1.0]), max_size=6),
    st.booleans(),
)


@given(movables(), wanted_days)
def test_a_card_is_offered_within_its_range_and_not_before_today(
    cards: list[Movable], wanted: DaysWanted
) -> None:
    moved = offered_days(cards, wanted, TODAY)
    ranges = {(card.item, card.track): card for card in cards}
    for key, day in moved.items():
        card = ranges[key]
        assert max(card.earliest, TODAY) <= day <= max(card.latest, TODAY)
        assert day != max(card.due, TODAY)


@given(movables(), wanted_days, st.randoms())
def test_the_same_cards_are_offered_on_the_same_days_in_whatever_order_they_come(
    cards: list[Movable], wanted: DaysWanted, rng: object
) -> None:
    shuffled = sorted(cards, key=lambda card: hash((card, str(rng))))
    assert offered_days(cards, wanted, TODAY) == offered_days(shuffled, wanted, TODAY)


@given(movables())
def test_where_nothing_is_wanted_nothing_moves(cards: list[Movable]) -> None:
    assert offered_days(cards, DaysWanted(), TODAY) == {}
    assert offered_days(cards, DaysWanted(dict.fromkeys(WEEKDAYS, 1.0)), TODAY) == {}


@given(movables())
def test_a_day_of_nothing_holds_only_what_cannot_be_elsewhere(cards: list[Movable]) -> None:
    wanted = DaysWanted({"sat": 0.0, "sun": 0.0})
    moved = offered_days(cards, wanted, TODAY)
    for card in cards:
        day = moved.get((card.item, card.track), max(card.due, TODAY))
        if day.weekday() >= 5:
            first, last = max(card.earliest, TODAY), max(card.latest, TODAY)
            could = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            assert all(other.weekday() >= 5 for other in could)


def spread(count: int, day: date, slack: int) -> list[Movable]:
    reach = timedelta(days=slack)
    return [Movable(f"{number}", "visual", day, day - reach, day + reach) for number in range(count)]


def test_half_a_day_holds_about_half() -> None:
    saturday = date(2026, 3, 14)
    moved = offered_days(spread(1000, saturday, 2), DaysWanted({"sat": 0.5}), TODAY)
    assert 430 < len(moved) < 570
    assert all(day.weekday() != 5 for day in moved.values())


def test_an_even_load_spreads_a_heap_over_its_range_and_leaves_easy_days_lighter() -> None:
    wednesday = date(2026, 3, 11)
    heap = spread(700, wednesday, 3)
    even = offered_days(heap, DaysWanted(even=True), TODAY)
    load = Counter(even.get((card.item, card.track), card.due) for card in heap)
    assert set(load.values()) == {100}
    easy = offered_days(heap, DaysWanted({"sat": 0.5, "sun": 0.0}, even=True), TODAY)
    load = Counter(easy.get((card.item, card.track), card.due) for card in heap)
    saturday = load[date(2026, 3, 14)]
    usual = [count for day, count in load.items() if day.weekday() != 5]
    assert max(usual) - min(usual) <= 1
    assert abs(saturday * 2 - usual[0]) <= 2
    assert date(2026, 3, 8) not in load
