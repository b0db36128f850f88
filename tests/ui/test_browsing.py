"""The Library as it is looked through, with a real tutor and no page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from tutor import library
from tutor.course.item import Item, ItemKind
from tutor.practice import Tutor
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.keys import Key
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.item import item_page
from tutor.ui.screens.library import library_screen
from tutor.ui.state import AppState
from tutor.ui.theme import Look

from . import drawing

PHONE, DESKTOP = Look(390, 844), Look(1280, 800)


def told(tutor: Tutor, story: Callable[[AppState, Browsing], Awaitable[Any]], look: Look = PHONE) -> AppState:
    """Run a story from the Library on; at each step that it shows, the screen is drawn."""

    async def run() -> AppState:
        state = AppState(lambda: tutor, look)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.LIBRARY)
        assert isinstance(state.content, Browsing)
        await story(state, state.content)
        return state

    return asyncio.run(run())


def drawn(state: AppState, browsing: Browsing) -> list[str]:
    return drawing.drawn(lambda: library_screen(state, browsing))


def test_only_the_last_of_several_letters_is_looked_for(practising: Tutor) -> None:
    async def story(_state: AppState, browsing: Browsing) -> None:
        await asyncio.gather(*(browsing.seek("herbata"[:count]) for count in range(1, 8)))
        assert browsing.wanted.query == "herbata"
        assert [row.text for row in browsing.found.rows] == ["herbata"]

    told(practising, story)


def test_filters_are_taken_off_by_asking_once_more(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        everything = browsing.found.total
        await browsing.narrow("standing", "due")
        due = browsing.found.total
        assert 0 < due < everything
        await browsing.narrow("pos", "noun")
        assert browsing.found.total <= due
        await browsing.narrow("pos", "noun")
        assert browsing.found.total == due
        await browsing.narrow("standing", "resting")
        assert "No words found" in drawn(state, browsing)
        await browsing.widen()
        assert browsing.found.total == everything

    told(practising, story)


@pytest.mark.parametrize("look", [PHONE, DESKTOP, Look(360, 640, text=1.6)])
def test_a_word_is_written_found_changed_and_deleted_with_a_way_back(practising: Tutor, look: Look) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        async def do(action: Callable[..., Awaitable[None]], *args: object) -> None:
            await state.turns.take(None, action, *args)

        await do(browsing.write, Writing.NEW)
        assert "A word of your own" in drawn(state, browsing)
        await do(browsing.save)
        assert state.notice.startswith("Write the Polish word")
        for field, text in {"text": "miód", "means": "honey; mead", "sentence": "Lubię miód."}.items():
            browsing.wrote(field, text)
        await do(browsing.save)
        assert browsing.page
        assert browsing.page.item.means == ("honey", "mead")
        assert {"miód", "honey, mead"} <= set(drawn(state, browsing))
        await do(browsing.write, Writing.EDIT)
        assert browsing.written("sentence") == "Lubię miód."
        browsing.wrote("means", "honey")
        await do(browsing.save)
        assert browsing.page.item.means == ("honey",)
        await do(browsing.delete)
        assert browsing.page is None
        await do(browsing.seek, "honey")
        assert browsing.found.total == 0
        await do(browsing.undo)
        assert browsing.found.total == 1

    told(practising, story, look)


def test_several_are_picked_tagged_and_put_back(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        some = [row.id for row in browsing.found.rows[:3]]
        await state.turns.take(None, browsing.pick)
        for one in some:
            await state.turns.take(None, browsing.open, one)
        await state.turns.take(None, browsing.open, some[0])
        assert browsing.picked == frozenset(some[1:])
        assert "2 chosen" in drawn(state, browsing)
        await state.turns.take(None, browsing.write, Writing.TAG)
        browsing.wrote("tag", "kitchen")
        await state.turns.take(None, browsing.save)
        assert "kitchen" in browsing.facets.tags
        assert state.notice == "2 words changed."
        await state.turns.take(None, browsing.narrow, "tag", "kitchen")
        assert {row.id for row in browsing.found.rows} == set(some[1:])
        await state.turns.take(None, browsing.undo)
        assert browsing.found.total == 0

    told(practising, story)


def test_escape_goes_back_one_step_at_a_time(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        async def escape() -> None:
            await state.turns.take(None, press_key, state, Key("Escape"))

        await state.turns.take(None, browsing.open, browsing.found.rows[0].id)
        await state.turns.take(None, browsing.write, Writing.EDIT)
        await escape()
        assert not browsing.writing
        assert browsing.page
        await escape()
        assert browsing.page is None
        assert state.place is Place.LIBRARY
        await escape()
        assert state.place is Place.TODAY

    told(practising, story)


def test_an_items_page_tells_its_tracks_forms_sentences_and_answers(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        await browsing.narrow("standing", "due")
        await browsing.narrow("pos", "noun")
        await state.turns.take(None, browsing.open, browsing.found.rows[0].id)
        page = browsing.page
        assert page
        said = drawn(state, browsing)
        titles = {"Read", "Listen", "Use", "Speak", "Forms", "In a sentence", "Your answers"}
        assert titles <= set(said)
        assert {story.why for story in page.stories} <= set(said)
        assert {one.text for one in page.item.sentences} <= set(said)
        assert sum(text.startswith("Recall fades from") for text in said) == len(page.stories)
        answers = sum(len(story.told) for story in page.stories)
        shown = sum(bool(re.match(r"(Read|Listen|Use), \d", text)) for text in said)
        assert shown == min(answers, 8)

    told(practising, story)


def test_an_item_that_was_learned_is_begun_anew_only_after_a_second_yes(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        await browsing.narrow("standing", "due")
        await state.turns.take(None, browsing.open, browsing.found.rows[0].id)
        await state.turns.take(None, browsing.ask, "reset")
        assert browsing.page
        assert browsing.page.stories
        await browsing.widen()
        await state.turns.take(None, browsing.reset)
        assert browsing.page.stories == ()
        assert "not met yet" in drawn(state, browsing)

    told(practising, story)


def test_a_phrase_shows_one_meaning_and_the_others_apart(practising: Tutor) -> None:
    many = ("A coffee, please", "I'd like a coffee, please", "Can I have a coffee?")
    phrase = Item("1", ItemKind.PHRASE, "Poproszę kawę.", many)

    async def story(_state: AppState, browsing: Browsing) -> None:
        page = library.page(practising, browsing.found.rows[0].id)
        said = drawing.drawn(lambda: item_page(PHONE, browsing, replace(page, item=phrase)))
        assert "A coffee, please" in said
        assert "Also: I'd like a coffee, please · Can I have a coffee?" in said

    told(practising, story)


def test_what_is_near_in_meaning_is_listed_and_opened(practising: Tutor) -> None:
    async def story(state: AppState, browsing: Browsing) -> None:
        await browsing.seek("a cup of hot tea")
        near = browsing.found.near
        assert browsing.found.total == 0 and "herbata" in [row.text for row in near]
        said = drawn(state, browsing)
        assert "Nothing is written like that. Near in meaning:" in said and "herbata" in said
        assert "No words found" not in said
        await browsing.open(near[0].id)
        assert browsing.page
        related = browsing.page.related
        assert related and related[0].text in drawn(state, browsing)
        await browsing.open(related[0].id)
        assert browsing.page.item.id == related[0].id

    told(practising, story)
