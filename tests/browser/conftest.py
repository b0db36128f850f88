"""The real server over a folder of its own, and a real Chromium that drives it.

Where Chromium is missing these tests fail; `TUTOR_NO_BROWSER=1` skips them, and says so.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as OutOfTime

from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.errors import UsageError
from tutor.practice import Tutor

CHROMIUM = os.environ.get("TUTOR_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""Milliseconds that a condition may take on a busy machine."""
FRAMES = 40
"""For which a focus stays before it is taken to rest."""

PLACE = re.compile(r"^\d+ (of|z) \d+$")

PHONE, DESKTOP = (390, 844), (1280, 800)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if os.environ.get("TUTOR_NO_BROWSER") == "1":
                item.add_marker(pytest.mark.skip(reason="TUTOR_NO_BROWSER=1"))


_SAID = """root => [root, ...root.querySelectorAll('*')].map(e =>
             e.getAttribute('aria-label') || e.value
             || [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(' ')
           ).filter(Boolean).join(' | ')"""
"""What is read out of a part of the page, in one line."""


TREE = """new MutationObserver((_changes, observer) => {
            const off = document.querySelector('flt-semantics-placeholder');
            if (!off) return;
            observer.disconnect();
            off.click();
          }).observe(document, {childList: true, subtree: true})"""
"""Switches the accessibility tree on before anything is drawn: a field with the focus would stay outside."""


class Server:
    """`python -m tutor run --web` on a free port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = ["-m", "tutor"]
        """What Python is given to run; another in tests of something that is missing."""
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> Server:
        options = ["run", "--web", "--port", "0", "--data", str(self.folder)]
        command = [sys.executable, *self.program, *options]
        self.complaints = (self.folder.parent / "complaints").open("a+")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.complaints, text=True, bufsize=1
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.fullmatch(r"Patient Tutor is at (http://\S+)\n", line)
        assert found, f"the server did not come up: {line!r}"
        self.address = found.group(1)
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
        if self.process and self.process.stdout:
            self.process.stdout.close()
        with self.complaints:
            self.complaints.seek(0)
            assert self.complaints.read() == "", "the server had something to complain of"


class Learner:
    """Someone at a page. Everything is found by the identifiers that screens promise."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> Learner:
        self.page.add_init_script(TREE)
        self.page.goto(address)
        self.page.locator("flt-semantics-host").wait_for(state="attached", timeout=PATIENCE)
        return self

    def find(self, name: str) -> Locator:
        return self.page.locator(f'[flt-semantics-identifier="{name}"]').first

    def sees(self, *names: str) -> str:
        """Wait until one of these is there; its name."""
        any_of = ", ".join(f'[flt-semantics-identifier="{name}"]' for name in names)
        first = self.page.locator(any_of).first
        first.wait_for(state="attached", timeout=PATIENCE)
        return first.get_attribute("flt-semantics-identifier") or ""

    def sees_no(self, name: str) -> None:
        expect(self.page.locator(f'[flt-semantics-identifier="{name}"]')).to_have_count(0, timeout=PATIENCE)

    def click(self, name: str) -> None:
        self.find(name).click(timeout=PATIENCE)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, text: str, field: str = "answer-field") -> None:
        """Write into a field once it keeps the focus, so that no letter is lost.

        Only one that does not take the focus by itself is clicked: a click meanwhile would lose it.
        """
        for patience in (PATIENCE / 8, PATIENCE / 4, PATIENCE / 2):
            try:
                self.focus_rests(field, patience)
                break
            except OutOfTime:
                self.find(field).locator("input").click(timeout=PATIENCE)
        else:
            self.focus_rests(field)
        focused = self.find(field).locator("input:focus")
        focused.press_sequentially(text)
        expect(focused).to_have_value(text, timeout=PATIENCE)

    def write_on(self, text: str) -> None:
        """Write where the focus is by itself: in the field."""
        self.find("answer-field").locator("input:focus").wait_for(state="attached", timeout=PATIENCE)
        self.page.keyboard.type(text)

    def focus_rests(self, name: str, patience: float = PATIENCE) -> None:
        """Wait until a field that takes the focus by itself has kept it for a while of frames.

        While it is drawn anew, and Flutter makes it another input, what is written is lost.
        """
        self.page.wait_for_function(
            """([name, enough]) => {
                 const now = document.querySelector(`[flt-semantics-identifier="${name}"] input:focus`);
                 window.kept = now && now === window.keeps ? window.kept + 1 : 0;
                 window.keeps = now;
                 return window.kept >= enough;
               }""",
            arg=[name, FRAMES],
            timeout=patience,
        )

    def enter_and_back(self) -> None:
        """Press Enter in a field that keeps the focus: it goes away and comes back."""
        self.page.evaluate(
            """() => {
                 window.backIn = false;
                 const back = e => { window.backIn ||= e.target.tagName === 'INPUT' };
                 document.addEventListener('focusin', back);
               }"""
        )
        self.press("Enter")
        self.page.wait_for_function("window.backIn", timeout=PATIENCE)

    def text(self, name: str) -> str:
        """All that is read out of a part of the page, in one line."""
        self.find(name).wait_for(state="attached", timeout=PATIENCE)
        said = self.find(name).evaluate(_SAID)
        return str(said)

    def reads(self, name: str, pattern: str) -> str:
        """Wait until what is read out of a part of the page has this in it; all of it."""
        try:
            self.page.wait_for_function(
                """([name, pattern, said]) => {
                     const root = document.querySelector(`[flt-semantics-identifier="${name}"]`);
                     return root && new RegExp(pattern).test(eval(said)(root));
                   }""",
                arg=[name, pattern, _SAID],
                timeout=PATIENCE,
            )
        except OutOfTime as error:
            everything = self.page.locator("flt-semantics-host").evaluate(_SAID)
            raise AssertionError(f"{name} never said {pattern!r}: {everything}") from error
        return self.text(name)

    def place(self) -> str:
        """Where the session stands now, as it is read out: "3 of 19"."""
        label = self.page.get_by_text(PLACE).first
        label.wait_for(state="attached", timeout=PATIENCE)
        return label.inner_text()

    def reaches(self, place: str) -> None:
        """Wait until the session stands there."""
        expect(self.page.get_by_text(PLACE).first).to_have_text(place, timeout=PATIENCE)

    def leaves(self, place: str) -> None:
        """Wait until the session stands elsewhere, or is over."""
        expect(self.page.get_by_text(place, exact=True)).to_have_count(0, timeout=PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a module. No longer: Playwright keeps an event loop running in this thread."""
    assert Path(CHROMIUM).exists(), f"no Chromium at {CHROMIUM}; set TUTOR_CHROMIUM, or TUTOR_NO_BROWSER=1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """The server over `folder`; a test starts it once the folder is as it needs it."""
    server = Server(folder)
    yield server
    server.stop()


@pytest.fixture
def at(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Learner]:
    """A learner at a window of the size that the test names by `@pytest.mark.parametrize("at", ...)`."""
    width, height = getattr(request, "param", PHONE)
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield Learner(page)
    context.close()


@pytest.fixture(scope="session")
def practised_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which someone practised for ten days, up to the day before yesterday."""
    folder = tmp_path_factory.mktemp("practised") / "data"
    clock = ManualClock(datetime.now(UTC) - timedelta(days=12))
    with Tutor.open(folder, clock) as tutor:
        for day in range(10):
            for mode in ("mix", "context", "audio"):
                _practise(tutor, clock, mode, day)
            clock.advance(timedelta(days=1))
    return folder


def _practise(tutor: Tutor, clock: ManualClock, mode: str, seed: int) -> None:
    try:
        session = tutor.start(mode, limit=10, seed=seed)
    except UsageError:
        return
    while (drill := session.next()) is not None:
        clock.advance(timedelta(seconds=9))
        if drill.meeting:
            session.answer(drill)
        elif drill.ask is Ask.GRADE:
            session.answer(drill, rating=3)
        else:
            right = drill.answer if drill.ask is Ask.CHOOSE else drill.accepted[0]
            session.answer(drill, right, response_ms=4000)


@pytest.fixture
def practised(practised_once: Path, folder: Path) -> Path:
    """A copy of that folder, for one test."""
    folder.mkdir()
    with (
        closing(sqlite3.connect(practised_once / "tutor.db")) as source,
        closing(sqlite3.connect(folder / "tutor.db")) as target,
    ):
        source.backup(target)
    return folder


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Look into the learner's file, as it is on the disk."""
    with closing(sqlite3.connect(f"file:{folder / 'tutor.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def answers(folder: Path) -> int:
    """Graded answers that count."""
    counting = (
        "SELECT count(*) FROM review WHERE kind = 'answer' AND answer_id NOT IN (SELECT answer_id FROM undo)"
    )
    return int(str(ask(folder, counting)[0][0]))
