"""Claim: with 100,000 cards and 660,000 reviews, practice is no slower than in Anki.

    python -m benchmarks.practice                  ours alone
    python -m benchmarks.practice --peer anki      beside PyPI's anki 26.9.3 on the same cards and reviews
    python -m benchmarks.practice --flat           opening at 1,000 and at 100,000 cards, 500 due at both
    python -m benchmarks.practice --cards 10000    smaller; 6.6 reviews a card, 500 due

Prints one JSON object. Each ratio is ours / peer: below 1 is better, except for answers_per_s.

Every round copies the file afresh and starts a process for each measurement, with everything imported
before its clock starts; figures are medians over rounds, ours and the peer's in turn. `warm_` figures are
of a second opening in the same process. An answer is `session.next()` + `session.answer()`, or Anki's
get_queued_cards + answer_card, on the disk when it returns (both: WAL, synchronous FULL); answers_per_s
counts the making of our sessions of 20, too. Anki's check also repairs and vacuums, ours also takes the
digests of the logs; Anki's search finds ids, ours the first 50 items, whole.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles

from benchmarks.collection import DUE, Collection, build, open_tutor
from benchmarks.fresh import Figures, in_fresh_process, medians, peak_rss_mb, rounded
from benchmarks.peer import Peer
from tutor import upkeep
from tutor.drills.drill import Ask, Drill
from tutor.practice import Tutor
from tutor.session import Session

ROUNDS = 3
OPENINGS = 5
WRONG_SHARE = 0.1


def opening(folder: Path) -> Figures:
    """Open the file, then make a session and its first drill; and once more in the same process."""
    open_ms, first_ms = _open_once(folder)
    warm_open_ms, warm_first_ms = _open_once(folder)
    return {
        "open_ms": open_ms, "first_drill_ms": first_ms, "open_and_first_drill_ms": open_ms + first_ms,
        "warm_open_ms": warm_open_ms, "warm_first_drill_ms": warm_first_ms,
        "warm_open_and_first_drill_ms": warm_open_ms + warm_first_ms,
    }  # fmt: skip


def _open_once(folder: Path) -> tuple[float, float]:
    begun = time.perf_counter()
    tutor = open_tutor(folder)
    opened = time.perf_counter()
    drill = tutor.start(seed=1).next()
    done = time.perf_counter()
    assert drill
    tutor.close()
    return (opened - begun) * 1000, (done - opened) * 1000


def answering(folder: Path, count: int) -> Figures:
    """Answer so many drills in sessions of 20, a tenth of them wrong."""
    rng = Random(3)
    times: list[float] = []
    with open_tutor(folder) as tutor:
        begun = time.perf_counter()
        for session in _sessions(tutor):
            while len(times) < count and not session.over:
                at = time.perf_counter()
                drill = session.next()
                if drill is None:
                    break
                _answer(session, drill, wrong=rng.random() < WRONG_SHARE)
                times.append((time.perf_counter() - at) * 1000)
            if len(times) == count:
                break
        whole = time.perf_counter() - begun
    return {
        "answer_p50_ms": median(times), "answer_p99_ms": quantiles(times, n=100)[98],
        "answers_per_s": len(times) / whole, "rss_mb": peak_rss_mb(),
    }  # fmt: skip


def _sessions(tutor: Tutor) -> Iterator[Session]:
    seed = 0
    while True:
        yield tutor.start(seed=seed)
        seed += 1


def _answer(session: Session, drill: Drill, *, wrong: bool) -> None:
    if drill.meeting:
        session.answer(drill)
    elif drill.ask is Ask.GRADE:
        session.answer(drill, rating=1 if wrong else 3, response_ms=3000)
    elif wrong:
        other = next((option for option in drill.options if option != drill.answer), "to nie to")
        session.answer(drill, response=other, response_ms=3000)
    else:
        right = drill.answer if drill.options else drill.accepted[0]
        session.answer(drill, response=right, response_ms=3000)


def searching(folder: Path, queries: list[str]) -> Figures:
    """Search for words and for their beginnings."""
    times = []
    with open_tutor(folder) as tutor:
        for query in queries * 3:
            at = time.perf_counter()
            tutor.search(query)
            times.append((time.perf_counter() - at) * 1000)
    return {"search_ms": fmean(times)}


def queries_for(folder: Path) -> list[str]:
    """What people type: two and three letters, and whole words, Polish and English."""
    with open_tutor(folder) as tutor, tutor.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT text, means FROM item ORDER BY id LIMIT 5").fetchall()
    words = [word for text, means in rows for word in (text, json.loads(means)[0])]
    return [query for word in words for query in (word[:2], word[:3], word)]


def checking(folder: Path) -> Figures:
    """Check the file, its references and its logs."""
    begun = time.perf_counter()
    health = upkeep.check(folder)
    took = time.perf_counter() - begun
    assert not health.problems
    return {"check_s": took}


def rebuilding(folder: Path) -> Figures:
    """Fold every projection anew: load, fold, save."""
    begun = time.perf_counter()
    count = upkeep.rebuild(folder).reviews
    return {"rebuild_reviews_per_s": count / (time.perf_counter() - begun)}


def measured(collection: Collection, queries: list[str]) -> Figures:
    """One round over a copy of the collection."""
    with copied(collection.folder) as folder:
        opened = medians([in_fresh_process(opening, folder) for _ in range(OPENINGS)])
        return {
            **opened,
            **in_fresh_process(answering, folder, collection.due),
            **in_fresh_process(searching, folder, queries),
            **in_fresh_process(checking, folder),
            **in_fresh_process(rebuilding, folder),
        }


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a folder beside it, on the disk before anything is measured, gone afterwards."""
    copy = folder.with_name(f"{folder.name}-copy")
    shutil.copytree(folder, copy)
    os.sync()
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def compared(collection: Collection, peer: Peer, rounds: int) -> dict[str, object]:
    """Ours and the peer's figures, measured in turn, and their ratios."""
    queries = queries_for(collection.folder)
    sizes = {"cards": collection.cards, "reviews": collection.reviews, "due": collection.due}
    theirs = peer.build(collection.folder.with_name("peer"), collection)
    runs: tuple[list[Figures], list[Figures]] = ([], [])
    for _ in range(rounds):
        runs[0].append(measured(collection, queries))
        with copied(theirs) as folder:
            runs[1].append(peer.measured(folder, collection.due, queries, OPENINGS))
    ours, peers = medians(runs[0]), medians(runs[1])
    ratios = {name: ours[name] / peers[name] for name in ours if name in peers}
    return {"ours": {**ours, **sizes}, "peer": {**peers, **peer.sizes}, "ratios": ratios}


def flat(folder: Path, cards: int, rounds: int) -> dict[str, object]:
    """Opening and the first drill with few cards and with many, as many of them due."""
    found = {}
    for size in (1_000, cards):
        collection = _built(folder / str(size), size)
        with copied(collection.folder) as copy:
            found[size] = medians([in_fresh_process(opening, copy) for _ in range(OPENINGS * rounds)])
    few, many = found.values()
    return {"few": few, "many": many, "ratios": {name: many[name] / few[name] for name in few}}


def _built(folder: Path, cards: int) -> Collection:
    """The collection in a folder: the one left there by an earlier run, or a new one."""
    note = folder.with_suffix(".json")
    if note.exists():
        return Collection(folder, **json.loads(note.read_text()))
    shutil.rmtree(folder, ignore_errors=True)
    made = in_fresh_process(build, folder, cards, DUE)
    assert isinstance(made, Collection)
    note.write_text(json.dumps({"cards": made.cards, "reviews": made.reviews, "due": made.due}))
    return made


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--peer", choices=["anki"])
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path, help="a folder in which made collections stay for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="patient-tutor-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(rounded(_result(options, folder)), indent=1))


def _result(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    if options.flat:
        return flat(folder, options.cards, options.rounds)
    collection = _built(folder / str(options.cards), options.cards)
    if options.peer:
        return compared(collection, Peer.installed(), options.rounds)
    queries = queries_for(collection.folder)
    figures = medians([measured(collection, queries) for _ in range(options.rounds)])
    return {**figures, "cards": collection.cards, "reviews": collection.reviews, "due": collection.due}


if __name__ == "__main__":
    main()
