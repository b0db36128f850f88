"""A PIN that keeps a sibling out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.pin import hashed, is_pin, matches, wait_after


@pytest.mark.parametrize("text", ["1234", "00000000"])
def test_4_to_8_digits_are_a_pin(text: str) -> None:
    assert is_pin(text)


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a4", "12 34", "１２３４", "1234\n"])
def test_nothing_else_is(text: str) -> None:
    assert not is_pin(text)


def test_only_the_pin_itself_matches_and_no_two_are_kept_alike() -> None:
    kept = hashed("24681357")
    assert matches("24681357", kept)
    assert not matches("24681358", kept)
    assert "24681357" not in kept
    assert hashed("24681357") != kept


@pytest.mark.parametrize("kept", ["", "24681357", "scrypt$zz$zz", "argon2$$"])
def test_nothing_matches_what_is_kept_in_another_way(kept: str) -> None:
    assert not matches("24681357", kept)


@given(st.integers(0, 1000))
def test_waits_only_grow_and_end_at_a_quarter_of_an_hour(wrong: int) -> None:
    assert wait_after(wrong) <= wait_after(wrong + 1) <= timedelta(minutes=15)


def test_two_slips_cost_nothing_and_a_third_does() -> None:
    assert wait_after(2) == timedelta(0)
    assert wait_after(3) == timedelta(seconds=5)
    assert wait_after(5) == timedelta(seconds=20)
