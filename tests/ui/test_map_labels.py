"""Names on the map: none over another, none over a dot that counts, those that matter first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.ui.map_labels import Box, Name, written

GROUND = Box(0, 0, 400, 300)
LETTER = 13.0
PLACES = st.tuples(st.floats(0, 400), st.floats(0, 300))
DOTS = st.lists(
    st.builds(
        lambda place, text, lit: Name(text, *place, 4.0, lit),
        PLACES, st.text("ąbc", min_size=1, max_size=12), st.booleans(),
    ),
    max_size=60,
)  # fmt: skip
REGIONS = st.lists(st.builds(lambda place, text: Name(text, *place), PLACES, st.text("xyz", min_size=1)))


@given(REGIONS, DOTS)
def test_no_name_lies_over_another_or_over_a_dot_that_counts(regions: list[Name], dots: list[Name]) -> None:
    of_regions, of_dots = written(regions, dots, LETTER, GROUND)
    boxes = [box for _name, box in of_regions + of_dots]
    assert all(box.is_within(GROUND) for box in boxes)
    assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])
    for name, box in of_regions + of_dots:
        for dot in dots:
            covers = box.meets(Box(dot.x - 4, dot.y - 4, dot.x + 4, dot.y + 4))
            assert not covers or not (dot.lit or (name.radius and not name.lit))


def test_a_name_stands_beside_its_dot_on_a_side_that_is_free() -> None:
    dot = Name("kawa", 200, 150, 4)
    _regions, [(_name, right)] = written([], [dot], LETTER, GROUND)
    assert right.left > 204 and right.top < 150 < right.bottom
    in_the_way = Name("x", right.left + 2, 150, 4)
    _regions, of_dots = written([], [dot, in_the_way], LETTER, GROUND)
    left = dict(of_dots)[dot]
    assert left.right < 196 and left.top < 150 < left.bottom


def test_lit_words_are_named_before_those_that_are_not() -> None:
    crowd = [Name("herbata", 200 + at % 5, 150 + at // 5, 1) for at in range(40)]
    lit = Name("kawa", 202, 153, 4, lit=True)
    _regions, of_dots = written([], [*crowd, lit], LETTER, GROUND)
    assert of_dots[0][0] is lit


def test_a_region_moves_aside_for_a_lit_dot_and_is_left_out_where_there_is_no_room() -> None:
    region, lit = Name("food", 200, 150), Name("kawa", 200, 150, 6, lit=True)
    (found, _dots) = written([region], [lit], LETTER, GROUND)
    assert not found[0][1].meets(Box(194, 144, 206, 156))
    many = [Name("kawa", x, y, 6, lit=True) for x in range(0, 400, 10) for y in range(0, 300, 10)]
    assert written([region], many, LETTER, GROUND)[0] == []
