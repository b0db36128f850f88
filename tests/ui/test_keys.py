"""Which key does what, inside and outside text fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.ui.keys import Does, Key, meaning


def outside(name: str, **held: bool) -> tuple[Does, int] | None:
    return meaning(Key(name, **held), typing=False, focused=False)


def inside(name: str, **held: bool) -> tuple[Does, int] | None:
    return meaning(Key(name, **held), typing=True, focused=False)


@pytest.mark.parametrize("name", ["Enter", "Numpad Enter", " "])
def test_enter_and_space_do_the_one_thing(name: str) -> None:
    assert outside(name) == (Does.DEFAULT, 0)


@pytest.mark.parametrize("name", ["Enter", "Numpad Enter", " "])
def test_enter_and_space_belong_to_the_button_that_has_the_focus(name: str) -> None:
    assert meaning(Key(name), typing=False, focused=True) is None


@pytest.mark.parametrize(
    ("name", "number"), [("1", 1), ("4", 4), ("9", 9), ("Numpad 3", 3), ("0", 10), ("Q", 11), ("E", 13)]
)
def test_a_row_of_keys_chooses_and_goes_on_in_the_row_below(name: str, number: int) -> None:
    assert outside(name) == (Does.PICK, number)


def test_backspace_takes_back_what_was_put_down_and_belongs_to_the_field_while_typing() -> None:
    assert outside("Backspace") == (Does.BACK, 0)
    assert inside("Backspace") is None


def test_letters_and_control() -> None:
    assert outside("R") == (Does.REPLAY, 0)
    assert outside("S") == (Does.SLOWER, 0)
    assert outside("U") == outside("Z", ctrl=True) == (Does.UNDO, 0)
    assert outside("Escape") == inside("Escape") == (Does.LEAVE, 0)
    assert outside(" ", ctrl=True) == inside(" ", ctrl=True) == (Does.REPLAY, 0)


def test_control_z_in_a_field_is_the_fields_own() -> None:
    assert inside("Z", ctrl=True) is None


@given(st.text(min_size=1, max_size=8), st.booleans())
def test_what_is_typed_is_never_a_shortcut(name: str, focused: bool) -> None:
    if name != "Escape":
        assert meaning(Key(name), typing=True, focused=focused) is None


@given(st.characters(), st.booleans(), st.booleans())
def test_altgr_stays_polish(name: str, ctrl: bool, typing: bool) -> None:
    """Windows reports AltGr as Control and Alt together."""
    assert meaning(Key(name, ctrl=ctrl, alt=True), typing=typing, focused=False) is None


def test_a_question_mark_asks_what_the_keys_do_and_is_written_in_a_field() -> None:
    assert outside("?") == (Does.HELP, 0)
    assert inside("?") is None
