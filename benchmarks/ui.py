"""Claim: in a browser, Patient Tutor answers as fast as one can think, however many words there are.

    python -m benchmarks.ui                  100,000 items, and beside them 1,000 and a new learner's folder
    python -m benchmarks.ui --items 10000    fewer
    python -m benchmarks.ui --keep FOLDER    the made-up folders stay there for the next run

Prints one JSON object; times in ms, medians of 20, over the server and the Chromium that the tests drive
(headless, drawing without a graphics card).

`server_start_ms` ends when the address is printed. `open_ms` goes from the navigation to the moment at which
Today can be pressed: a browser that was never here (`first_visit`), and one that was (`again`). `starting` is
both, from nothing: the server, then a first visit; `many` over `empty` should be at most 1.2. An empty
folder's first day shows half as much as the Today of somebody who practises, so `few`, of which as many were
practised as of `many`, tells what the number of items does.
`next_ms` goes from a key press to the next drill, `verdict_ms` from the answer's key to its verdict,
`search_ms` from a letter to the list that it leaves: p50 at most 120 (150 for the search) and p95 at most
250. `session_mb` is what each open page adds to the server's memory, beyond the first.

The page itself takes the times: from the key's own time stamp to the first frame in which its accessibility
tree, which Flutter writes with each frame that it draws, shows what was waited for. `tutor_ms` is what the
tutor alone takes for the same, in its process; `bare_ms` is a page of Flet's with one line of text that a
key changes, in the same Chromium: what no app over Flet can go below.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.drills import FEW, made
from benchmarks.fresh import Figures, in_fresh_process, rounded
from tests.browser.conftest import CHROMIUM, DESKTOP, FLAGS, PATIENCE, Learner, Server
from tutor import library, welcome
from tutor.drills.drill import Ask
from tutor.library import Wanted
from tutor.practice import Tutor

T = TypeVar("T")

TIMES = 20
SEARCHES = 12
"""Words that are searched for, three letters each."""
SESSIONS = 6
"""Pages that are open at once."""

WATCH = """() => {
  const all = s => [...document.querySelectorAll(s)];
  window.has = name => !!document.querySelector(`[flt-semantics-identifier="${name}"]`);
  window.says = text => all('flt-semantics span').some(e => e.textContent === text);
  window.place = () => all('flt-semantics span').map(e => e.textContent).find(t => /^\\d+ of \\d+$/.test(t));
  window.until = (holds, from) => new Promise(done => {
    const look = () => holds() ? done(performance.now() - from()) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
  window.afterKey = holds => {
    let at = null;
    addEventListener('keydown', key => { at = key.timeStamp; }, {once: true, capture: true});
    window.measured = until(() => at !== null && holds(), () => at);
  };
  const tree = () => {
    const switched = document.querySelector('flt-semantics-placeholder');
    if (switched) switched.click();
    else requestAnimationFrame(tree);
  };
  requestAnimationFrame(tree);
}"""
"""What the page measures with; the accessibility tree is switched on as soon as it can be."""

READY = "until(() => has('start-session') || has('resume-session'), () => 0)"


def measured(browser: Browser, many: Path, few: Path, empty: Path) -> dict[str, object]:
    """Every figure."""
    folders = {"empty": empty, "few": few, "many": many}
    servers, pages = started(folders), opened(browser, folders)
    starting = {name: servers[name] + pages[name]["first_visit"] for name in folders}
    over = {f"many_over_{name}": starting["many"] / starting[name] for name in ("few", "empty")}
    return {
        "server_start_ms": servers,
        "open_ms": pages,
        "starting_ms": {**starting, **over},
        **practised(browser, many),
        "search_ms": searched(browser, many),
        "session_mb": memory(browser, many),
        "tutor_ms": in_fresh_process(alone, many),
        "bare_ms": bare(browser),
    }


def started(folders: Mapping[str, Path]) -> Figures:
    """Until the server prints its address, over each folder in turn."""
    times: dict[str, list[float]] = {name: [] for name in folders}
    for _time in range(TIMES):
        for name, folder in folders.items():
            begun = time.perf_counter()
            with _serving(folder):
                times[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(ms) for name, ms in times.items()}


@contextmanager
def _serving(folder: Path) -> Iterator[Server]:
    server = Server(folder).start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that was never here."""
    width, height = DESKTOP
    with closing(browser.new_context(viewport={"width": width, "height": height})) as context:
        context.add_init_script(f"({WATCH})()")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page


def opened(browser: Browser, folders: Mapping[str, Path]) -> dict[str, Figures]:
    """From the navigation to Today, in turn: a machine that is busy for a while is so for both."""
    times: dict[str, dict[str, list[float]]] = {name: {"first_visit": [], "again": []} for name in folders}
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_serving(folder)) for name, folder in folders.items()}
        for _time in range(TIMES):
            for name, server in servers.items():
                with _page(browser) as page:
                    for visit in times[name].values():
                        page.goto(server.address)
                        visit.append(float(page.evaluate(READY)))
    return {name: {visit: median(ms) for visit, ms in visits.items()} for name, visits in times.items()}


# Practising.


def practised(browser: Browser, folder: Path) -> dict[str, Figures]:
    """Key presses to verdicts and to the next drills."""
    next_drill: list[float] = []
    verdict: list[float] = []
    with _serving(folder) as server, _page(browser) as page:
        page.goto(server.address)
        at = Learner(page)
        while len(next_drill) < 5 * TIMES:
            name = _waits_for(at)
            if name in ("start-session", "resume-session", "session-summary"):
                page.keyboard.press("Enter")
                at.sees_no(name)
            elif name in ("verdict", "next", "rate-1"):
                key = "3" if name == "rate-1" else "Enter"
                before = json.dumps(at.place())
                gone = f"has('session-summary') || ![undefined, {before}].includes(place())"
                next_drill.append(_after(page, key, gone))
                if at.find("session-summary").count():
                    next_drill.pop()
            elif name == "reveal":
                verdict.append(_after(page, "Space", "has('rate-1')"))
            else:
                verdict.append(_answered(at, page, name))
    return {"next_ms": _spread(next_drill), "verdict_ms": _spread(verdict)}


WAYS = ("session-summary", "verdict", "option-0", "piece-0", "reveal", "rate-1", "answer-field", "next",
        "start-session", "resume-session")  # fmt: skip


def _waits_for(at: Learner) -> str:
    at.sees(*WAYS)
    return next(name for name in WAYS if at.find(name).count())


def _answered(at: Learner, page: Page, name: str) -> float:
    if name == "option-0":
        return _after(page, "1", "has('verdict')")
    if name == "piece-0":
        page.keyboard.press("1")
        at.sees("placed-0")
    else:
        at.write_on("nie wiem")
    return _after(page, "Enter", "has('verdict')")


def _after(page: Page, key: str, holds: str) -> float:
    """From a key press until the page is so."""
    page.evaluate(f"afterKey(() => {holds})")
    page.keyboard.press(key)
    return float(page.evaluate("measured"))


# Searching.


def searched(browser: Browser, folder: Path) -> Figures:
    """Letters of words, one after the other, each until the list is what it leaves."""
    times: list[float] = []
    with _serving(folder) as server, _page(browser) as page:
        page.goto(server.address)
        at = Learner(page)
        at.click("nav-library")
        at.sees("words")
        field = at.find("search").locator("input")
        for word in in_fresh_process(words_to_find, folder):
            field.click()
            for letter, said in word:
                times.append(_after(page, letter, f"says({json.dumps(said)})"))
            page.keyboard.press("Control+A")
            page.keyboard.press("Delete")
            page.evaluate("until(() => !says(" + json.dumps(word[-1][1]) + "), () => 0)")
    return _spread(times)


def words_to_find(folder: Path) -> list[list[tuple[str, str]]]:
    """Letters to type with how many words each leaves, as the page says it; every letter leaves fewer."""
    found = []
    with Tutor.open(folder) as tutor:
        with tutor.database.read() as connection:
            texts = [row.text for row in connection.exec_driver_sql("SELECT text FROM item ORDER BY id")]
        for text in texts:
            counts = [library.find(tutor, Wanted(text[:end])).total for end in (1, 2, 3)]
            if text[:3].isascii() and len(set(counts)) == 3 and min(counts) > 1:
                said = (f"{count} words" for count in counts)
                found.append(list(zip(text[:3], said, strict=True)))
            if len(found) == SEARCHES:
                break
    return found


# Memory.


def memory(browser: Browser, folder: Path) -> Figures:
    """What each page adds to the server: on Today, and then in a session."""
    held: dict[str, list[float]] = {"today": [], "practising": []}
    with _serving(folder) as server, closing(browser.new_context()) as context:
        context.add_init_script(f"({WATCH})()")
        pages = [context.new_page() for _page in range(SESSIONS)]
        for page in pages:
            page.goto(server.address)
            page.evaluate(READY)
            held["today"].append(_resident(server))
        for page in pages:
            page.bring_to_front()
            Learner(page).press("Enter")
            page.evaluate("until(() => has('drill-prompt'), () => 0)")
            held["practising"].append(_resident(server))
    each = {name: (sizes[-1] - sizes[0]) / (SESSIONS - 1) for name, sizes in held.items()}
    together = (held["practising"][-1] - held["today"][0]) / (SESSIONS - 1)
    return {**each, "both": together, "server_with_one": held["today"][0]}


def _resident(server: Server) -> float:
    """MB that the server holds now."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    held = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1024


# What lies below.


def alone(folder: Path) -> Figures:
    """The tutor's own part, with no page: opening, the day, the next drill, an answer."""
    times: dict[str, list[float]] = {"open": [], "today": [], "next": [], "answer": []}

    def timed(name: str, work: Callable[..., T], *args: object, **named: object) -> T:
        begun = time.perf_counter()
        result = work(*args, **named)
        times[name].append((time.perf_counter() - begun) * 1000)
        return result

    for seed in range(TIMES):
        with timed("open", Tutor.open, folder) as tutor:
            timed("today", tutor.today)
            session = tutor.start(limit=8, seed=seed)
            while (drill := timed("next", session.next)) is not None:
                rating = 3 if drill.ask is Ask.GRADE and not drill.meeting else None
                said = None if rating or drill.meeting else "nie wiem"
                timed("answer", session.answer, drill, said, rating=rating, response_ms=3000)
    return {name: median(found) for name, found in times.items()}


BARE = """
import flet as ft
from tutor.ui import web

async def main(page):
    line = ft.Text("0 of 100")
    def key(event):
        line.value = f"{int(line.value.split()[0]) + 1} of 100"
        page.update()
    page.on_keyboard_event = key
    page.add(line)

web.serve(main, "127.0.0.1", 0)
"""


def bare(browser: Browser) -> Figures:
    """A page of Flet's that does next to nothing: opened, and changed by a key."""
    opened: list[float] = []
    changed: list[float] = []
    server = subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = server.stdout.readline().split()[-1]
        for _time in range(TIMES):
            with _page(browser) as page:
                page.goto(address)
                opened.append(float(page.evaluate("until(() => place() === '0 of 100', () => 0)")))
                for count in range(1, 6):
                    changed.append(_after(page, "x", f"place() === '{count} of 100'"))
    finally:
        server.terminate()
        server.wait(20)
    return {"first_visit": median(opened), **{f"key_{name}": ms for name, ms in _spread(changed).items()}}


def _spread(times: list[float]) -> Figures:
    return {"p50": median(times), "p95": quantiles(times, n=20)[18], "of": float(len(times))}


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the made-up folders stay for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="patient-tutor-") as temporary:
        empty = Path(temporary) / "empty"
        with Tutor.open(empty) as nobody:
            # Today is what is compared, and not the introduction before it.
            welcome.reach(nobody, welcome.Step.DONE)
        kept = options.keep or Path(temporary)
        kept.mkdir(parents=True, exist_ok=True)
        few, many = (kept / str(count) for count in (FEW, options.items))
        for folder in (few, many):
            if not folder.exists():
                in_fresh_process(made, folder, int(folder.name))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            result = measured(browser, many, few, empty)
            browser.close()
        print(json.dumps(rounded({**result, "items": options.items}), indent=1))


if __name__ == "__main__":
    main()
