"""The map of the vocabulary as it is looked at, with a real tutor and no page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import flet as ft
import pytest
from flet import canvas as cv

from tutor.errors import DatabaseBusy, EncoderBroken
from tutor.meaning.encoder_in_use import EncoderInUse
from tutor.meanings import Meanings
from tutor.practice import Tutor
from tutor.ui import charting as charting_module
from tutor.ui.browsing import Browsing
from tutor.ui.charting import CLOSEST, Charting
from tutor.ui.components.map_canvas import MARKS, chosen, dots_and_names
from tutor.ui.keys import Key
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.library import library_screen
from tutor.ui.screens.map import map_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look
from tutor.vocabulary_map import Light

from . import drawing

PHONE, LOW, DESKTOP = Look(390, 844), Look(664, 390), Look(1280, 800, device_dark=True)


def told(tutor: Tutor, story: Callable[[AppState, Charting], Awaitable[Any]], look: Look = PHONE) -> AppState:
    """Run a story from the map on, once it is there and was drawn."""

    async def run() -> AppState:
        state = await at_the_map(tutor, look)
        charting = state.content
        assert isinstance(charting, Charting)
        await until(lambda: charting.map or charting.stopped)
        charting.drawn(358, 600)
        await story(state, charting)
        return state

    return asyncio.run(run())


async def at_the_map(tutor: Tutor, look: Look = PHONE) -> AppState:
    state = AppState(lambda: tutor, look)
    await state.turns.take(None, state.open)
    await state.turns.take(None, state.go, Place.LIBRARY)
    await state.turns.take(None, state.see_map)
    return state


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


def drawn(state: AppState, charting: Charting) -> list[str]:
    return drawing.drawn(lambda: map_screen(state, charting))


def names(shapes: list[cv.Shape]) -> set[str]:
    return {shape.value or "" for shape in shapes if isinstance(shape, cv.Text)}


@pytest.mark.parametrize("look", [PHONE, LOW, DESKTOP])
def test_it_says_how_much_is_lit_and_what_the_light_means(practising: Tutor, look: Look) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert charting.map
        said = drawn(state, charting)
        assert f"{charting.map.lit} of {charting.map.total} words lit" in said
        assert {"not met yet", "under a week", "under 3 weeks", "under 45 days", "45 days or more"} <= set(
            said
        )

    told(practising, story, look)


def test_where_nothing_was_met_it_says_how_words_light_up(tutor: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert "Nothing is lit yet: a word lights up when you meet it." in drawn(state, charting)

    told(tutor, story)


def test_each_light_is_drawn_in_its_own_shape_and_every_word_has_a_dot(practising: Tutor) -> None:
    assert len(set(MARKS.values())) == len(Light)

    async def story(_state: AppState, charting: Charting) -> None:
        assert charting.map
        shapes = dots_and_names(PHONE, charting)
        dots = {point for shape in shapes if isinstance(shape, cv.Points) for point in shape.points or ()}
        assert dots == {charting.at(spot.x, spot.y) for spot in charting.map.spots}
        assert names(shapes) & {spot.text for spot in charting.map.spots}
        charting.size = (0.0, 0.0)
        assert dots_and_names(PHONE, charting) == []

    told(practising, story)


def test_a_tap_near_a_dot_chooses_its_word_and_one_far_from_all_chooses_none(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert charting.map
        spot = charting.map.spots[-1]
        x, y = charting.at(spot.x, spot.y)
        await state.turns.take(None, charting.point, x + 2, y - 2)
        assert charting.chosen is spot
        assert {spot.text, spot.meaning, "Not met yet"} <= set(drawn(state, charting))
        assert names(chosen(PHONE, charting)) == {spot.text}
        await state.turns.take(None, charting.point, -500.0, -500.0)
        assert charting.chosen is None and chosen(PHONE, charting) == []

    told(practising, story)


def test_the_closer_it_is_looked_at_the_nearer_a_tap_must_be(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert charting.map
        left = min(charting.map.spots, key=lambda spot: spot.x)
        x, y = charting.at(left.x, left.y)
        await charting.point(x - 20, y)
        assert charting.chosen is left
        await charting.put_away()
        charting.took_hold()
        charting.moved(4.0)
        charting.let_go()
        assert charting.scale == 4
        await charting.point(x - 20, y)
        assert charting.chosen is None

    told(practising, story)


def test_looking_closer_names_more_words_and_ends_at_the_closest(practising: Tutor) -> None:
    async def story(_state: AppState, charting: Charting) -> None:
        before = names(dots_and_names(PHONE, charting))
        await charting.closer()
        closer = names(dots_and_names(PHONE, charting))
        assert len(closer) >= len(before) and charting.scale == 2
        for _time in range(5):
            await charting.closer()
        assert charting.scale == CLOSEST
        for _time in range(5):
            await charting.further()
        assert charting.scale == 1
        charting.took_hold()
        charting.moved(0.2)
        charting.let_go()
        assert charting.scale == 1

    told(practising, story)


def test_in_a_window_of_another_size_the_whole_is_shown(practising: Tutor) -> None:
    async def story(_state: AppState, charting: Charting) -> None:
        charting.drawn(350, 500)
        assert charting.views == 0
        await charting.closer()
        charting.drawn(350, 500)
        assert (charting.scale, charting.views) == (2, 0)
        charting.drawn(700, 300)
        assert (charting.scale, charting.views) == (1, 1)

    told(practising, story)


def test_from_a_word_to_its_page_and_back_to_it_on_the_map(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert charting.map
        spot = charting.map.spots[0]
        await state.turns.take(None, charting.to_page, spot.item)
        browsing = state.content
        assert isinstance(browsing, Browsing) and browsing.page
        assert browsing.page.item.id == spot.item
        said = drawing.drawn(lambda: library_screen(state, browsing))
        assert "Back to the map" in said
        await state.turns.take(None, state.see_map, state.map_waits)
        again = state.content
        assert isinstance(again, Charting)
        await until(lambda: again.map)
        assert again.chosen == spot

    told(practising, story)


def test_the_list_says_every_word_by_topic_and_how_it_stands(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        assert charting.map
        await state.turns.take(None, charting.list, True)
        listed = set()
        for topic in {spot.topic or "-" for spot in charting.map.spots}:
            await state.turns.take(None, charting.unfold, topic)
            said = drawn(state, charting)
            listed |= set(said)
            here = [spot for spot in charting.map.spots if (spot.topic or "-") == topic]
            assert {spot.text for spot in here} <= set(said)
            lit = sum(spot.light > Light.UNMET for spot in here)
            assert f"{lit} of {len(here)} lit" in said
        assert any(text.startswith("Holds for ") for text in listed) and "Not met yet" in listed

    told(practising, story)


def test_escape_closes_the_word_then_the_list_then_the_map(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        async def escape() -> None:
            await state.turns.take(None, press_key, state, Key("Escape"))

        assert charting.map
        await charting.point(*charting.at(charting.map.spots[0].x, charting.map.spots[0].y))
        assert charting.chosen
        await escape()
        assert not charting.chosen and state.screen is Screen.MAP
        await charting.list(True)
        await escape()
        assert not charting.listed and state.screen is Screen.MAP
        await escape()
        assert state.screen is Screen.PLACE and state.place is Place.LIBRARY

    told(practising, story)


def test_the_way_to_it_has_its_word_where_there_is_room(practising: Tutor) -> None:
    async def story(state: AppState, _charting: Charting) -> None:
        browsing = await Browsing.of(practising, state.turns, None)
        for look, word in (
            (PHONE, True),
            (DESKTOP, True),
            (Look(360, 640), False),
            (Look(390, 844, text=1.6), False),
        ):
            state.look = look
            assert ("Map" in drawing.drawn(lambda: library_screen(state, browsing))) is word

    told(practising, story)


def test_with_no_encoder_it_says_so_kindly(practising: Tutor) -> None:
    def broken() -> None:
        raise EncoderBroken("It is damaged. Practice goes on without it.")

    practising.meanings = Meanings(practising.database, practising.folder, EncoderInUse(broken))

    async def story(state: AppState, charting: Charting) -> None:
        said = drawn(state, charting)
        assert "There is no map just now" in said and "It is damaged. Practice goes on without it." in said

    told(practising, story)


def test_what_takes_long_is_shown_and_can_be_stopped_and_begun_again(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charting_module, "PATIENCE", 0)
    practising.meanings.embed()

    async def run() -> None:
        state = await at_the_map(practising)
        charting = state.content
        assert isinstance(charting, Charting)
        await until(lambda: charting.work)
        assert charting.work and "Laying out the map" in drawn(state, charting)
        charting.work.stop()
        await until(lambda: charting.stopped)
        assert "Lay out the map" in drawn(state, charting)
        await state.turns.take(None, charting.again)
        await until(lambda: charting.map)

    asyncio.run(run())


def test_what_went_wrong_is_said_and_it_can_be_tried_again(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise DatabaseBusy("Zajęte.")

    monkeypatch.setattr("tutor.vocabulary_map.look", busy)

    async def story(state: AppState, charting: Charting) -> None:
        await until(lambda: state.notice)
        assert {"Zajęte.", "Lay out the map"} <= set(drawn(state, charting))

    told(practising, story)


@pytest.mark.parametrize("begun", [False, True])
def test_a_page_that_closes_meanwhile_ends_the_work_and_nothing_breaks(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, begun: bool
) -> None:
    monkeypatch.setattr(charting_module, "PATIENCE", 0)

    async def run() -> None:
        state = await at_the_map(practising)
        charting = state.content
        assert isinstance(charting, Charting)
        if begun:
            await until(lambda: charting.work)
        await state.turns.take(None, state.shut)
        await until(lambda: not charting.work)
        assert state.content is None and charting.map is None

    with caplog.at_level(logging.WARNING, "tutor.ui"):
        asyncio.run(run())
    assert caplog.records == []


def test_dots_are_the_same_until_what_they_are_made_of_changes(practising: Tutor) -> None:
    async def story(state: AppState, charting: Charting) -> None:
        def dots() -> ft.Control:
            drawn(state, charting)
            of = (PHONE, charting.size, charting.scale, charting.map)
            return charting.kept("dots", of, lambda: pytest.fail("they were not drawn"))

        before = dots()
        assert charting.map
        await charting.point(*charting.at(charting.map.spots[0].x, charting.map.spots[0].y))
        assert dots() is before
        await charting.closer()
        assert dots() is not before

    told(practising, story)
