"""Claim: a drill is there at once in every mode, however many words there are; and fitting costs no more
than fsrs-rs itself.

    python -m benchmarks.drills                    1,000 and 100,000 items; 100,000 reviews fitted
    python -m benchmarks.drills --items 10000      fewer

Prints one JSON object. `few` and `many` hold p50 and p99 (ms) by mode of making one drill as a session does:
the item read from the file (not from the cache), how strong its card is, and the drill made among a hundred
neighbours that were read before. `ratios` are many / few; p99 should be at most 10 ms and p50 flat within 2x.

`optimize` is `tuning.fitted`, all of `tuning.optimize` but the folding that follows: answers read from the
file, weights fitted to the earlier ones, both sets scored on the later ones. `bare` does the same with
fsrs-rs alone, from the same rows: items made, weights fitted, both sets scored by its own `evaluate`.
Medians of nine runs in turn; drills are medians of three rounds in turn.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import groupby, islice, pairwise
from operator import itemgetter
from pathlib import Path
from random import Random
from statistics import median, quantiles

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from benchmarks.collection import build, open_tutor
from benchmarks.fresh import Figures, in_fresh_process, medians, rounded
from benchmarks.histories import CARDS_AN_ITEM
from benchmarks.words import made_up_items
from tutor import tuning
from tutor.drills.make import make
from tutor.memory.fitting import EARLIER_SHARE
from tutor.memory.parameters import DEFAULT
from tutor.memory.tracks import MODES, Mode, Track
from tutor.store import cards, items
from tutor.store.courses import save_items

FEW = 1_000
DRILLS = 500
STABILITIES = (1.0, 5.0, 16.0, 30.0)
RUNS = 15
ROUNDS = 3
FITTED_REVIEWS = 100_000


def made(folder: Path, count: int) -> None:
    """A folder of so many items, of which a thousand are practised."""
    build(folder, round(FEW * CARDS_AN_ITEM))
    with open_tutor(folder) as tutor:
        new = islice(made_up_items(count), FEW, None)
        while batch := list(islice(new, 10_000)):
            with tutor.database.write() as connection:
                save_items(connection, batch)


def making(folder: Path, count: int) -> dict[str, Figures]:
    """p50 and p99 of making a drill, by mode."""
    rng = Random(4)
    found: dict[str, Figures] = {}
    with open_tutor(folder) as tutor, tutor.database.read() as connection:
        every = [row.id for row in connection.exec_driver_sql("SELECT id FROM item ORDER BY id")]
        pool = items.pool(connection, tutor.learner.id, 1)
        neighbours = tutor.items.load(connection, pool, sentences=False)
        notes = tutor.items.notes(connection)
        tutor.voice.says_apart("to", "ten")  # The voice is loaded once a session, before its first drill.
        for mode in Mode:
            times, made = [], set()
            for number in range(count):
                identity = rng.choice(every)
                begun = time.perf_counter()
                item = items.load(connection, [identity])[identity]
                _stability, lapses = cards.strength(connection, tutor.learner.id, identity, MODES[mode].track)
                drill = make(
                    item, mode, neighbours, str(number), stability=STABILITIES[number % 4], lapses=lapses,
                    notes=notes, apart=tutor.voice.says_apart,
                )  # fmt: skip
                times.append((time.perf_counter() - begun) * 1000)
                made.add(drill.mode)
            if mode not in made:
                raise RuntimeError(f"no drill of {mode} was made")
            found[mode] = {"p50_ms": median(times), "p99_ms": quantiles(times, n=100)[98]}
    return found


def optimizing(folder: Path) -> Figures:
    """Fitting a track, ours and bare fsrs-rs, in turn."""
    ours, bare, count = [], [], 0
    with open_tutor(folder) as tutor:
        for _run in range(RUNS):
            begun = time.perf_counter()
            fitted = tuning.fitted(tutor, Track.VISUAL)
            ours.append((time.perf_counter() - begun) * 1000)
            count = fitted.answers
            begun = time.perf_counter()
            _bare(tutor.database.path)
            bare.append((time.perf_counter() - begun) * 1000)
    return {
        "optimize_ms": median(ours), "bare_ms": median(bare),
        # Of each run and the one right after it: a machine that is busy for a while is so for both.
        "ratio": median(one / other for one, other in zip(ours, bare, strict=True)),
        "reviews": count,
    }  # fmt: skip


def _bare(path: Path) -> tuple[float, float]:
    """Fit to the earlier answers and score on the later ones, with fsrs-rs alone."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT item, at, local_day, rating FROM review WHERE track = 'visual' ORDER BY item, at"
        ).fetchall()
    items_by_time = sorted(_items(rows), key=itemgetter(0))
    earlier = int(len(items_by_time) * EARLIER_SHARE)
    weights = FSRS(list(DEFAULT.weights)).compute_parameters([item for _, item in items_by_time[:earlier]])
    later = [item for _, item in items_by_time[earlier:]]
    return (
        FSRS(list(DEFAULT.weights)).evaluate(later).log_loss,
        FSRS(weights).evaluate(later).log_loss,
    )


def _items(rows: list[tuple[str, str, str, int]]) -> Iterator[tuple[str, FSRSItem]]:
    for _item, log in groupby(rows, key=itemgetter(0)):
        answers = [(at, date.fromisoformat(day).toordinal(), rating) for _, at, day, rating in log]
        history = [FSRSReview(answers[0][2], 0)]
        for before, after in pairwise(answers):
            days = after[1] - before[1]
            history.append(FSRSReview(after[2], days))
            if days:
                yield after[0], FSRSItem(history)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--drills", type=int, default=DRILLS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="patient-tutor-") as temporary:
        folders: dict[str, Path] = {}
        for name, count in (("few", FEW), ("many", options.items)):
            folder = Path(temporary) / name
            in_fresh_process(made, folder, count)
            folders[name] = folder
        rounds: dict[str, list[dict[str, Figures]]] = {name: [] for name in folders}
        for _round in range(ROUNDS):
            for name, folder in folders.items():
                rounds[name].append(in_fresh_process(making, folder, options.drills))
        sizes = {
            name: {mode: medians([one[mode] for one in runs]) for mode in runs[0]}
            for name, runs in rounds.items()
        }
        few, many = sizes["few"], sizes["many"]
        ratios = {
            mode: {figure: many[mode][figure] / few[mode][figure] for figure in few[mode]} for mode in few
        }
        fitted = Path(temporary) / "fitted"
        in_fresh_process(build, fitted, round(FITTED_REVIEWS / 3))
        result = {**sizes, "ratios": ratios, "optimize": in_fresh_process(optimizing, fitted)}
        print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
