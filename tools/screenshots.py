"""Make `docs/screenshots/`: every screen, on a phone and a desktop, light and dark, in English and Polish.

    python -m tools.screenshots              all of them
    python -m tools.screenshots today item   those whose names begin so

Names are `<screen>-<width>x<height>-<theme>.png`, with `-pl` before the size in Polish; each is below 60 kB.
What is shown was practised by a made-up learner up to a fixed moment, so that the same program makes the same
pictures.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import wave
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.conftest import CHROMIUM, DESKTOP, FLAGS, PATIENCE, PHONE, Learner
from tests.browser.layout import boxes
from tests.helpers import learned_long_ago
from tutor import settings
from tutor.clock import ManualClock
from tutor.config import DATABASE
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import mark_response
from tutor.errors import UsageError
from tutor.memory.marking import Mark
from tutor.memory.tracks import EYES_FREE, Mode, Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.settings import Language
from tutor.speech.espeak import Espeak
from tutor.speech.wav import as_wav
from tutor.welcome import Step, reach

HERE = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
"""A Wednesday morning."""

LANGUAGES = {Language.ENGLISH: "", Language.POLISH: "-pl"}
"""Of the user interface, each with what stands before the size."""

THEMES = ("light", "dark")
SIZES = (PHONE, DESKTOP)
DAYS = 12
LARGEST = 60_000
MODEL = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "whisper-pl"
SAID, HEARD = "Tak, proszę.", "tak prosię"
"""What is to be said, and what the microphone hears: sz as ś."""
SAME = 4
"""Pictures, one after another, that must be the same."""

# What is shown: a folder for each state, made from one that was practised in.


def practised(folder: Path) -> None:
    """Twelve days of practice, up to the day before yesterday."""
    clock = ManualClock(NOW - timedelta(days=DAYS + 1))
    with _tutor(folder, clock) as tutor:
        settings.change(tutor, name="Ania")
        for day in range(DAYS):
            for mode in ("mix", "context", "audio"):
                _practise(tutor, clock, mode, seed=day, wrong_every=6)
            clock.at = NOW - timedelta(days=DAYS - day)


def _tutor(folder: Path, clock: ManualClock | None = None) -> Tutor:
    return Tutor.open(folder, clock or ManualClock(NOW), timezone="Europe/London")


def _practise(tutor: Tutor, clock: ManualClock, mode: str, seed: int, wrong_every: int = 0) -> bool:
    """One session; whether there was one to be had."""
    try:
        session = tutor.start(mode, limit=10, seed=seed)
    except UsageError:
        return False
    given = 0
    while (drill := session.next()) is not None:
        clock.advance(timedelta(seconds=9))
        given += 1
        wrong = bool(wrong_every) and given % wrong_every == 0
        if drill.meeting:
            session.answer(drill)
        elif drill.ask is Ask.GRADE:
            session.answer(drill, rating=1 if wrong else 3)
        else:
            session.answer(drill, "nie wiem" if wrong else right(drill), response_ms=4000)
    return True


def right(drill: Drill) -> str:
    """The right answer, as it is given."""
    return drill.answer if drill.ask is Ask.CHOOSE else drill.accepted[0]


def done(folder: Path) -> None:
    """All of today's is answered, and what came back after some minutes, too."""
    clock = ManualClock(NOW)
    with _tutor(folder, clock) as tutor:
        for minutes in (240, 180, 120, 60, 30):
            clock.at = NOW - timedelta(minutes=minutes)
            seed = 0
            while _practise(tutor, clock, "mix", seed):
                seed += 1


def introduced(folder: Path) -> None:
    """Somebody new who has seen the introduction."""
    _began(folder, Step.DONE)


def at_the_sounds(folder: Path) -> None:
    """Somebody new, at the letters and their sounds."""
    _began(folder, Step.SOUNDS)


def _began(folder: Path, step: Step) -> None:
    shutil.rmtree(folder)
    with _tutor(folder) as tutor:
        reach(tutor, step)


def resting(folder: Path) -> None:
    """Two words rest."""
    with closing(sqlite3.connect(folder / DATABASE)) as raw, raw:
        raw.execute(
            "INSERT INTO item_state (learner, item, suspended, known, note, translation, sentence, clocks)"
            " SELECT learner, item, 1, 0, '', '', '', '{}' FROM user_progress WHERE track = 'visual'"
            " ORDER BY stability, item LIMIT 2"
        )
        raw.execute("UPDATE user_progress SET lapses = 8 WHERE item IN (SELECT item FROM item_state)")


def newer(folder: Path) -> None:
    """The file is one of a newer app."""
    with closing(sqlite3.connect(folder / DATABASE)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def asked(mode: str, after: int = 0) -> Callable[[Path], None]:
    """A session has come so many right answers far, and then on to its first drill of the mode."""

    def made(folder: Path) -> None:
        with _tutor(folder) as tutor:
            # Nothing is spoken yet, and nothing is opened while more is due than two sessions hold.
            speaks = mode in (Mode.SPEAK, Mode.RESPOND)
            session = tutor.start(mode, limit=20 if speaks else 10, seed=2)
            given = 0
            while drill := session.next():
                if given >= after and (mode not in [*Mode] or drill.mode == mode):
                    break
                _answer(session, drill)
                given += 1

    return made


def _answer(session: Session, drill: Drill) -> None:
    """Rightly; what is to be said is graded by oneself."""
    if drill.ask is Ask.SPEAK:
        session.answer(drill, rating=3)
    else:
        session.answer(drill, right(drill), response_ms=4000)


def to_read(folder: Path) -> None:
    """The first words of the course were learned two months ago, and a text of them is to be read."""
    with _tutor(folder) as tutor:
        with tutor.database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT id FROM item WHERE kind = 'word' ORDER BY position LIMIT 90"
            )
            words = [item for (item,) in found]
        learned_long_ago(tutor, words, {Track.VISUAL: 20.0, Track.CONTEXT: 20.0})
        tutor.start(Mode.READING, seed=2)


def to_be_said(folder: Path) -> None:
    """Somebody can be heard, and a session has come to the phrase of SAID."""
    with _tutor(folder) as tutor:
        tutor.speaking.packs.import_from(MODEL, "test-model")
        session = tutor.start("speech", limit=20, seed=2)
        while (drill := session.next()) and drill.answer != SAID:
            _answer(session, drill)


# The ways to what is shown.

Way = Callable[[Learner], None]


def clicks(*names: str, then: str) -> Way:
    """Click these, and wait for that."""

    def go(at: Learner) -> None:
        for name in names:
            # By touch, which leaves no ring of focus.
            at.find(name).tap()
        at.sees(then)

    return go


def item(at: Learner) -> None:
    """The page of the second word."""
    clicks("nav-library", then="words")(at)
    at.page.locator('[flt-semantics-identifier^="word-"]').nth(1).tap()
    at.sees("item-page")


def pointed_at(at: Learner) -> None:
    """The map, a word on it chosen."""
    clicks("nav-library", "see-map", then="closer")(at)
    box = at.find("map").bounding_box()
    assert box
    boxes(at)
    at.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    at.sees("map-word")


def answered(text: str) -> Way:
    """A gap was filled so."""

    def go(at: Learner) -> None:
        clicks("resume-session", then="answer-field")(at)
        at.write_on(text)
        at.press("Enter")
        at.sees("verdict")

    return go


def summary(at: Learner) -> None:
    """A short session, to its end."""
    at.find("resume-session").tap()
    while at.sees("option-0", "verdict", "session-summary") != "session-summary":
        if at.find("verdict").count():
            place = at.place()
            at.press("Enter")
            at.leaves(place)
        else:
            at.press("1")
            at.sees("verdict")


def screens(after: int, filled: dict[str, str]) -> dict[str, tuple[Callable[[Path], None] | None, Way]]:
    """By name: what is done to a practised folder (None: nothing), and the way there from Today."""
    session = {
        f"session-{mode}": (
            to_read if mode is Mode.READING else asked(mode), clicks("resume-session", then="drill-prompt")
        )
        for mode in Mode
    }  # fmt: skip
    verdicts = {f"verdict-{name}": (asked("context", after), answered(text)) for name, text in filled.items()}
    nothing = None
    return {
        "welcome": (shutil.rmtree, clicks(then="welcome")),
        "welcome-letters": (at_the_sounds, clicks("tour", then="say-0")),
        "today-first-day": (introduced, clicks(then="start-session")),
        "session-meeting": (introduced, clicks("start-session", then="know")),
        "session-eyes-free": (asked(EYES_FREE), clicks("resume-session", "reveal", then="rate-3")),
        "dialogue": (nothing, clicks("nav-lessons", "lesson-2", "talk", then="conversation")),
        "picking": (nothing, clicks("nav-settings", "switch-learner", then="add-learner")),
        "today": (nothing, clicks(then="start-session")),
        "today-done": (done, clicks(then="nav-today")),
        "lessons": (nothing, clicks("nav-lessons", then="lesson-1")),
        "lesson": (nothing, clicks("nav-lessons", "lesson-2", then="close-lesson")),
        "grammar": (nothing, clicks("nav-lessons", "grammar", then="close-lesson")),
        "library": (nothing, clicks("nav-library", then="words")),
        "item": (nothing, item),
        "map": (nothing, pointed_at),
        "own-word": (nothing, clicks("nav-library", "add-word", then="own-form")),
        "progress": (nothing, clicks("nav-progress", then="weeks")),
        "settings": (nothing, clicks("nav-settings", then="settings")),
        "remembering": (nothing, clicks("remembering", then="leave-screen")),
        "resting": (resting, clicks("resting", then="hook-0")),
        "hint": (asked("context", after), clicks("resume-session", "hint", then="question")),
        **session,
        **verdicts,
        "speak-nearly": (to_be_said, clicks("resume-session", "speak", then="sounds")),
        "summary": (asked("phrase"), summary),
        "error": (newer, clicks(then="error")),
    }


def gap(folder: Path) -> tuple[int, dict[str, str]]:
    """How many answers of a session in this folder come before a gap for another form than the base form.

    And an answer to it for each verdict: the form, a slip that is nearly right, and the base form.
    """
    with _tutor(folder) as tutor:
        session = tutor.start("context", limit=10, seed=2)
        after = 0
        while drill := session.next():
            exact = drill.accepted[0]
            slips = (exact + exact[-1], exact[:-1], exact[0] + exact, exact[1:])
            slip = next((s for s in slips if mark_response(drill, s, never).mark is Mark.TAIL), "")
            if drill.gap and drill.gap.base and slip:
                return after, {"good": exact, "nearly": slip, "again": drill.gap.base}
            session.answer(drill, right(drill), response_ms=4000)
            after += 1
    raise ValueError("no such gap comes; another seed has other gaps")


def never(_word: str) -> bool:
    """No word is taught."""
    return False


def made(start: Path, folder: Path, language: Language, prepared: Callable[[Path], None] | None) -> None:
    """Make the folder of a picture."""
    shutil.copytree(start, folder)
    if prepared:
        prepared(folder)
    if prepared is newer:
        return
    with _tutor(folder) as tutor:
        settings.change(tutor, language=language)


# Taking them.


def serve(folder: Path) -> None:
    """Serve the app over the folders in `folder`, each at a path of its name, at the fixed moment."""
    import flet as ft

    from tutor.ui.app import main as app
    from tutor.ui.web import serve as serve_web

    async def page(page: ft.Page) -> None:
        await app(page, open_tutor=lambda: _tutor(folder / page.route.strip("/")), prepare=lambda told: None)

    serve_web(page, "127.0.0.1", 0)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of such a server."""
    command = [sys.executable, "-m", "tools.screenshots", "--serve", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        yield found.group(0)
    finally:
        server.terminate()
        server.wait(30)


def window(browser: Browser, size: tuple[int, int], theme: str) -> BrowserContext:
    """A browser of its own; the app is loaded once for all pages of it."""
    width, height = size
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=True,
    )


def hearing(wav: Path) -> list[str]:
    """What makes a browser hear a file whenever its microphone is opened."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={wav}%noloop",
    ]


def take(window: BrowserContext, address: str, way: Way) -> bytes:
    """One picture."""
    with closing(window.new_page()) as page:
        page.set_default_timeout(PATIENCE)
        at = Learner(page).open(address)
        at.sees("nav-today", "error", "welcome")
        way(at)
        return settled(at)


def settled(at: Learner) -> bytes:
    """The page once it stays as it is: the canvas may be behind the tree that was waited for.

    Where a caret blinks, two pictures take turns.
    """
    latest: deque[bytes] = deque(maxlen=2 * SAME)
    while True:
        boxes(at)
        latest.append(at.page.screenshot())
        seen = Counter(latest)
        if [*latest][-SAME:] == [latest[-1]] * SAME:
            return latest[-1]
        if len(latest) == latest.maxlen and len(seen) == 2 and min(seen.values()) > 1:
            return min(seen)


def save(picture: bytes, path: Path) -> None:
    """Keep a picture with as many colours as fit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST:
            return
    raise ValueError(f"{path.name} is larger than {LARGEST} bytes")


def main() -> None:
    """Take all of them, or some."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    HERE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="patient-tutor-") as temporary:
        start, folders = Path(temporary) / "practised", Path(temporary) / "shown"
        practised(start)
        wanted = screens(*gap(Path(shutil.copytree(start, Path(temporary) / "begun"))))
        with served(folders) as address, sync_playwright() as playwright:
            heard = Path(temporary) / "heard.wav"
            with wave.open(io.BytesIO(Espeak().synthesize(HEARD))) as said:
                rate, quiet = said.getframerate(), bytes(said.getframerate())
                heard.write_bytes(as_wav(quiet + said.readframes(said.getnframes()) + quiet, rate))
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *hearing(heard)])
            for size, theme in product(SIZES, THEMES):
                with closing(window(browser, size, theme)) as shown:
                    for screen, (language, tag) in product(wanted, LANGUAGES.items()):
                        if options.names and not screen.startswith(tuple(options.names)):
                            continue
                        name = f"{screen}{tag}-{size[0]}x{size[1]}-{theme}"
                        prepared, way = wanted[screen]
                        if prepared is newer and tag:
                            # What cannot be read does not tell in which language to say so.
                            continue
                        made(start, folders / name, language, prepared)
                        save(take(shown, f"{address}/{name}", way), HERE / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
