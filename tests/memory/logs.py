"""Reviews as tests need them: by day, minute and rating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from tutor.clock import milliseconds
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Track

MONDAY = date(2026, 1, 5)
NOON = datetime.combine(MONDAY, time(12), UTC)
ITEM = "0198c0ffee00700080000000000000ab"


def review(
    rating: int | None = 3, day: int = 0, minute: int = 0, *, number: int = 0, **changes: Any
) -> Review:
    """An answer `day` days and `minute` minutes after noon of a Monday. `number` tells rows apart."""
    at = NOON + timedelta(days=day, minutes=minute)
    row = Review(
        id=f"{number:032x}", learner="learner", device="device", answer_id=f"{number:032x}",
        hlc=f"{milliseconds(at):012x}.{number:04x}.aaaaaaaa",
        kind=Kind.ANSWER, item=ITEM, track=Track.VISUAL, mode="recall", direction="pl-en", rating=rating,
        at=at, local_day=MONDAY + timedelta(days=day), response_ms=4000, help=Help.NONE, import_run=None,
        stability=None, difficulty=None, source=None,
    )  # fmt: skip
    return row._replace(**changes)


def seed(stability: float, difficulty: float, day: int = 0, minute: int = 0, **changes: Any) -> Review:
    """A row that says how well something is known."""
    return review(
        None,
        day,
        minute,
        kind=Kind.SEED,
        stability=stability,
        difficulty=difficulty,
        source="known",
        **changes,
    )


def forget(day: int = 0, minute: int = 0, **changes: Any) -> Review:
    """A row that says that everything before it is forgotten."""
    return review(None, day, minute, kind=Kind.FORGET, **changes)


def in_time(log: Sequence[Review]) -> list[Review]:
    """The rows by the time of their stamps."""
    return sorted(log, key=lambda row: (row.at, row.hlc, row.id))


_places = st.tuples(st.integers(0, 700), st.integers(0, 900))


@st.composite
def answers(draw: st.DrawFn, min_size: int = 1, max_size: int = 14) -> list[Review]:
    """One card's answers over two years, by day or minutes apart, in order."""
    places = sorted(draw(st.lists(_places, min_size=min_size, max_size=max_size)))
    return [
        review(draw(st.integers(1, 4)), day, minute, number=number)
        for number, (day, minute) in enumerate(places, 1)
    ]


@st.composite
def logs(draw: st.DrawFn, min_size: int = 0, max_size: int = 14) -> list[Review]:
    """Any log of one card: answers, seeds and forgets, from travellers and two devices, in any order."""
    rows = []
    for number in range(draw(st.integers(min_size, max_size))):
        day, minute = draw(_places)
        kind = draw(st.sampled_from([Kind.ANSWER] * 8 + [Kind.SEED, Kind.FORGET]))
        if kind is Kind.SEED:
            row = seed(draw(st.floats(0.01, 400)), draw(st.floats(1, 10)), day, minute, number=number)
        elif kind is Kind.FORGET:
            row = forget(day, minute, number=number)
        else:
            row = review(draw(st.integers(1, 4)), day, minute, number=number)
        travelled = timedelta(days=draw(st.sampled_from([0, 0, 0, 1, -1])))
        rows.append(row._replace(local_day=row.local_day + travelled))
    return draw(st.permutations(rows))
