"""Which of an item's tracks may be opened next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory import opening
from tutor.memory.fold import State
from tutor.memory.opening import TRAINABLE, Standing, may_open
from tutor.memory.tracks import Track

NEW = Standing(State.LEARNING, passes=0)
PASSED = Standing(State.LEARNING, passes=1)
LEFT = Standing(State.REVIEW, passes=2)
KNOWN = Standing(State.REVIEW, passes=0)
LAPSED = Standing(State.RELEARNING, passes=2)


def test_a_new_item_opens_with_visual_alone() -> None:
    assert may_open({}) == {Track.VISUAL}


def test_audio_opens_after_one_right_visual_answer() -> None:
    assert may_open({Track.VISUAL: NEW}) == set()
    assert may_open({Track.VISUAL: PASSED}) == {Track.AUDIO}


@pytest.mark.parametrize("visual", [LEFT, KNOWN, LAPSED])
def test_context_opens_when_visual_has_left_learning(visual: Standing) -> None:
    assert may_open({Track.VISUAL: visual}) == {Track.AUDIO, Track.CONTEXT}
    assert may_open({Track.VISUAL: visual, Track.AUDIO: NEW}) == {Track.CONTEXT}


def test_speech_opens_when_audio_has_left_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "TRAINABLE", frozenset(Track))
    assert may_open({Track.VISUAL: LEFT, Track.AUDIO: PASSED}) == {Track.CONTEXT}
    assert may_open({Track.VISUAL: LEFT, Track.AUDIO: LEFT}) == {Track.CONTEXT, Track.SPEECH}


@given(st.dictionaries(st.sampled_from(Track), st.sampled_from([NEW, PASSED, LEFT, KNOWN, LAPSED])))
def test_only_what_is_not_open_and_can_be_practised_is_opened(cards: dict[Track, Standing]) -> None:
    assert may_open(cards) <= TRAINABLE - cards.keys()
