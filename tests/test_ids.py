"""Keys."""

from __future__ import annotations

import uuid

from hypothesis import example, given
from hypothesis import strategies as st

from tutor.ids import new_id, shared_id

moments = st.integers(0, 2**48 - 1)


@given(moments)
def test_what_a_device_makes_gets_a_uuid_of_version_7(at_ms: int) -> None:
    identity = new_id(at_ms)
    parsed = uuid.UUID(identity)
    assert identity == parsed.hex
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122
    assert parsed.int >> 80 == at_ms


@given(moments, moments)
def test_ids_sort_by_the_time_they_were_made(one: int, other: int) -> None:
    if one != other:
        assert (new_id(one) < new_id(other)) == (one < other)


def test_ids_of_one_moment_differ_in_all_their_random_bits() -> None:
    made = {uuid.UUID(new_id(1)).int for _ in range(2000)}
    assert len(made) == 2000
    varied = 0
    for one in made:
        varied |= one ^ next(iter(made))
    assert varied == (0xFFF << 64) | (2**62 - 1)


def test_what_several_devices_make_alike_gets_a_uuid_of_version_5() -> None:
    parsed = uuid.UUID(shared_id("pl-en", "item", "kawa"))
    assert parsed.version == 5
    assert parsed.variant == uuid.RFC_4122


def test_the_ids_of_course_items_never_change() -> None:
    """Pinned: every learner's log names items by them."""
    assert shared_id("pl-en", "item", "kawa") == "592040cb4b4f50468a4c61ed8e59c76e"


@given(
    st.lists(st.text("ab-", max_size=3), min_size=1, max_size=4),
    st.lists(st.text("ab-", max_size=3), min_size=1, max_size=4),
)
@example(["pl-en", "item"], ["pl-enitem"])
@example(["a", "b-"], ["ab", "-"])
def test_other_parts_give_another_id(one: list[str], other: list[str]) -> None:
    assert (shared_id(*one) == shared_id(*other)) == (one == other)
