"""Every screen in windows from a small phone to a large monitor, at every text size: nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tutor import settings
from tutor.practice import Tutor

from .conftest import Learner, Server
from .layout import faults_to_the_end

WINDOWS = ((360, 640), (390, 664), (664, 390), (768, 1024), (1280, 800), (1920, 1080))
TEXTS = (0.85, 1.0, 1.3, 1.6)

ODDEST = (((360, 640), 1.6), ((390, 664), 1.0), ((664, 390), 1.3), ((768, 1024), 1.6), ((1280, 800), 0.85),
          ((1920, 1080), 1.6))  # fmt: skip
"""Each window and each text size once or twice, the hardest together."""

MODES = (
    "recall",
    "phrase",
    "syntax",
    "blitz",
    "audio",
    "dictation",
    "chunking",
    "context",
    "nuance",
    "produce",
)


def to_today(at: Learner) -> None:
    at.sees("start-session", "resume-session")


def to_lessons(at: Learner) -> None:
    at.click("nav-lessons")
    at.sees("lesson-1")


def to_lesson(at: Learner) -> None:
    at.click("lesson-1")
    at.sees("close-lesson")


def to_grammar(at: Learner) -> None:
    at.click("close-lesson")
    at.click("grammar")
    at.sees("close-lesson")


def to_library(at: Learner) -> None:
    at.click("nav-library")
    at.sees("words")


def to_item(at: Learner) -> None:
    at.page.locator('[flt-semantics-identifier^="word-"]').first.click()
    at.sees("item-page")


def to_own_word(at: Learner) -> None:
    at.press("Escape")
    at.click("add-word")
    at.sees("own-form")


def to_map(at: Learner) -> None:
    at.press("Escape")
    at.click("see-map")
    at.sees("map")


def to_map_list(at: Learner) -> None:
    at.click("list-map")
    at.click("topic-2")
    at.sees("spot-0")


def to_progress(at: Learner) -> None:
    at.click("leave-map")
    at.click("nav-progress")
    at.sees("weeks")


def to_settings(at: Learner) -> None:
    at.click("nav-settings")
    at.sees("settings")


SCREENS = (to_today, to_lessons, to_lesson, to_grammar, to_library, to_item, to_own_word, to_map,
           to_map_list, to_progress, to_settings)  # fmt: skip
"""Ways from each screen to the next."""


@contextmanager
def opened(chromium: Browser, server: Server, window: tuple[int, int], text: float) -> Iterator[Learner]:
    """A learner at a window of a size, with a text size."""
    with Tutor.open(server.folder) as tutor:
        settings.change(tutor, text_size=text)
    width, height = window
    with closing(
        chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    ) as it:
        yield Learner(it.new_page()).open(server.address)


def swept(at: Learner, screens: tuple[Callable[[Learner], None], ...]) -> list[str]:
    """What is wrong on any of these screens, one reached from the other."""
    found = []
    for go in screens:
        go(at)
        found += [f"{go.__name__.removeprefix('to_')}: {fault}" for fault in faults_to_the_end(at)]
    return found


@pytest.mark.parametrize(("window", "text"), ODDEST)
def test_on_no_screen_is_anything_cut_off_or_covered(
    chromium: Browser, server: Server, practised: Path, window: tuple[int, int], text: float
) -> None:
    server.start()
    with opened(chromium, server, window, text) as at:
        assert swept(at, SCREENS) == []


@pytest.mark.soak
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("window", WINDOWS)
def test_in_every_window_at_every_text_size_nothing_is_cut_off_or_covered(
    chromium: Browser, server: Server, practised: Path, window: tuple[int, int], text: float
) -> None:
    server.start()
    with opened(chromium, server, window, text) as at:
        assert swept(at, SCREENS) == []
    for mode in MODES:
        with Tutor.open(practised) as tutor:
            tutor.start(mode, limit=2, seed=1)
        with opened(chromium, server, window, text) as at:
            at.click("resume-session")
            at.sees("drill-prompt")
            assert faults_to_the_end(at) == [], mode


@pytest.mark.parametrize("mode", ["context", "audio"])
def test_a_drill_and_its_verdict_are_whole_on_a_small_phone_with_large_text(
    chromium: Browser, server: Server, practised: Path, mode: str
) -> None:
    with Tutor.open(practised) as tutor:
        tutor.start(mode, limit=2, seed=1)
    server.start()
    with opened(chromium, server, *ODDEST[0]) as at:
        at.click("resume-session")
        at.sees("drill-prompt")
        assert faults_to_the_end(at) == []
        if at.sees("option-0", "answer-field") == "option-0":
            at.press("1")
        else:
            at.write_on("nie wiem")
            at.press("Enter")
        at.sees("verdict")
        assert faults_to_the_end(at) == []
