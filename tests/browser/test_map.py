"""The map of the vocabulary in a browser: a word is tapped and opened, looked at closely, read as a list."""

from __future__ import annotations

import re
from dataclasses import replace
from math import hypot
from pathlib import Path

import pytest

from tutor.practice import Tutor
from tutor.ui.charting import RIM
from tutor.vocabulary_map import Spot, look

from .conftest import DESKTOP, PHONE, Learner, Server, ask
from .layout import boxes

NO_ENCODER = (
    "from pathlib import Path; from tutor import cli; from tutor.meaning import encoder_in_use;"
    " encoder_in_use.SHIPPED = Path('none'); cli.main()"
)


def words_on_the_map(folder: Path) -> list[Spot]:
    """Those that hold longest, first; the map is laid out by that."""
    with Tutor.open(folder) as tutor:
        return list(look(tutor).spots)


def tap(at: Learner, spot: Spot) -> None:
    """Tap where a word stands, once nothing moves any more."""
    boxes(at)
    box = at.find("map").bounding_box()
    assert box
    # Within its border of a pixel.
    wide, high = box["width"] - 2, box["height"] - 2
    x = box["x"] + 1 + RIM + spot.x * (wide - 2 * RIM)
    y = box["y"] + 1 + RIM + spot.y * (high - 2 * RIM)
    at.page.mouse.click(x, y)


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_word_is_tapped_on_the_map_and_its_page_opened_and_back(
    server: Server, at: Learner, practised: Path
) -> None:
    word = words_on_the_map(practised)[0]
    at.open(server.start().address)
    at.click("nav-library")
    at.click("see-map")
    at.sees("map")
    tap(at, word)
    at.reads("map-word", rf"^{re.escape(word.text)}\s+{re.escape(word.meaning)}\s+Holds for")
    at.click("open-word")
    at.reads("item-page", re.escape(word.text))
    at.click("back-to-map")
    at.reads("map-word", re.escape(word.text))
    at.press("Escape")
    at.sees_no("map-word")
    at.press("Escape")
    at.sees("words")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_what_is_looked_at_closely_is_still_the_word_that_is_tapped(
    server: Server, at: Learner, practised: Path
) -> None:
    words = sorted(words_on_the_map(practised), key=lambda spot: hypot(spot.x - 0.5, spot.y - 0.5))
    first, second = words[0], words[-1]
    at.open(server.start().address)
    at.click("nav-library")
    at.click("see-map")
    at.sees("map")
    tap(at, first)
    at.reads("map-word", re.escape(first.text))
    at.click("closer")
    at.sees("further")
    at.click("put-away")
    at.sees_no("map-word")
    # The word that was chosen is in the middle now, with four times as much room round it.
    tap(at, replace(first, x=0.5, y=0.5))
    at.reads("map-word", re.escape(first.text))
    at.click("further")
    at.sees_no("further")
    tap(at, second)
    at.reads("map-word", re.escape(second.text))


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_the_map_is_read_as_a_list_by_keyboard(server: Server, at: Learner, practised: Path) -> None:
    topics = ask(practised, "SELECT DISTINCT topic FROM item WHERE kind = 'word' AND topic <> '' ORDER BY 1")
    at.open(server.start().address)
    at.click("nav-library")
    at.click("see-map")
    at.click("list-map")
    at.reads("topic-0", str(topics[0][0]))
    at.click("topic-0")
    word = at.text("spot-0")
    at.click("spot-0")
    at.sees("item-page")
    assert re.split(r"[,\n]", word)[0] in at.text("item-page")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_with_no_encoder_the_map_says_kindly_that_there_is_none(
    server: Server, at: Learner, practised: Path
) -> None:
    server.program = ["-c", NO_ENCODER]
    at.open(server.start().address)
    at.click("nav-library")
    at.click("see-map")
    at.reads("no-map", "There is no map just now.*Practice goes on without it")
    at.click("leave-map")
    at.sees("words")
