"""How long a CONTEXT drill takes among 100,000 items, and how near the words are that go with its word.

Of a learner of the course that comes with the app, practised for three weeks; the other items are made up.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles

import numpy as np

from benchmarks.fresh import Figures, peak_rss_mb
from benchmarks.histories import NOW
from benchmarks.words import made_up_items
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.errors import UsageError
from tutor.memory.tracks import Mode
from tutor.practice import Tutor
from tutor.store import items
from tutor.store.courses import save_items

DAYS = 21
SESSION = 30
_BATCH = 10_000


def practised(folder: Path) -> None:
    """Three weeks of the course, all of it right."""
    clock = ManualClock(NOW - timedelta(days=DAYS + 60))
    with Tutor.open(folder, clock, voices=(), timezone="UTC") as tutor:
        for day in range(DAYS):
            for _ in range(2):
                try:
                    session = tutor.start("mix", SESSION, seed=day)
                except UsageError:
                    break
                while drill := session.next():
                    if drill.meeting:
                        session.answer(drill)
                    elif drill.ask is Ask.GRADE:
                        session.answer(drill, rating=3)
                    else:
                        right = drill.answer if drill.ask is Ask.CHOOSE else drill.accepted[0]
                        session.answer(drill, right, response_ms=4000)
                    clock.advance(timedelta(seconds=8))
            clock.advance(timedelta(hours=23))


def making(count: int, drills: int) -> Figures:
    """Milliseconds of `Session.next` for CONTEXT and NUANCE drills among `count` items."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        practised(folder)
        with Tutor.open(folder, ManualClock(NOW), voices=(), timezone="UTC") as tutor:
            new = iter(made_up_items(count))
            while batch := list(islice(new, _BATCH)):
                with tutor.database.write() as connection:
                    save_items(connection, batch)
            tutor.meanings.embed()
        with Tutor.open(folder, ManualClock(NOW), voices=(), timezone="UTC") as tutor:
            times = list(islice(_timed(tutor), drills))
        cuts = quantiles(times, n=100)
        return {"p50": cuts[49], "p99": cuts[98], "most": max(times), "drills": float(len(times)),
                }  # fmt: skip


def _timed(tutor: Tutor) -> Iterator[float]:
    """How long each drill took, in sessions without end; the first of each session among them."""
    seed = 0
    while True:
        with tutor.database.write() as connection:
            connection.exec_driver_sql(
                "UPDATE user_progress SET due = '2020-01-01 00:00:00.000000', stability = ?"
                " WHERE track = 'context'",
                ((10.0, 60.0)[seed % 2],),
            )
        session = tutor.start("context", SESSION, seed=seed)
        seed += 1
        while not session.over:
            begun = time.perf_counter()
            drill = session.next()
            took = time.perf_counter() - begun
            if drill is None:
                break
            if drill.mode in (Mode.CONTEXT, Mode.NUANCE):
                yield 1000 * took
            if drill.meeting:
                session.answer(drill)
            else:
                session.answer(drill, drill.answer if drill.ask is Ask.CHOOSE else drill.accepted[0])


def app_memory(folder: Path) -> float:
    """MB of a process with the app's screens, a folder that was practised in, and the encoder.

    Measured after a session of CONTEXT drills and a search by meaning.
    """
    import asyncio

    from tutor import library
    from tutor.library import Wanted
    from tutor.ui import app  # noqa: F401  what every page loads
    from tutor.ui.state import AppState
    from tutor.ui.theme import Look

    with Tutor.open(folder, ManualClock(NOW), voices=(), timezone="UTC") as tutor:

        async def used() -> None:
            state = AppState(lambda: tutor, Look(390, 844))
            await state.turns.take(None, state.open)
            await state.turns.take(None, state.start)

        asyncio.run(used())
        list(islice(_timed(tutor), SESSION))
        assert library.find(tutor, Wanted("words for travelling")).near
    return peak_rss_mb()


def relatedness(teacher: Path, seeds: int) -> Figures:
    """How near the words that go with a word are to it by the teacher's own measure of their English.

    `chosen` as drills choose them from all words of the course, `at_random` words drawn from the same;
    `better` is how often the chosen are nearer than those drawn. Mean cosines of MiniLM.
    """
    from sentence_transformers import SentenceTransformer

    from tutor.meaning.context_words import context_words

    with tempfile.TemporaryDirectory() as root, Tutor.open(root, voices=(), timezone="UTC") as tutor:
        tutor.meanings.embed()
        vectors = tutor.meanings.vectors()
        with tutor.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT id FROM item WHERE kind = 'word' ORDER BY position")
            words = list(items.load(connection, [item for (item,) in rows], sentences=False).values())
    assert vectors
    model = SentenceTransformer(str(teacher))
    meant = model.encode([word.meaning for word in words], normalize_embeddings=True, show_progress_bar=False)
    place = {word.id: at for at, word in enumerate(words)}
    pool = [list(place)]
    chosen, drawn = [], []
    for word in words:
        for seed in range(seeds):
            rng = Random(f"{seed}/{word.id}")
            akin = {other.id for other in words if word.topic and other.topic == word.topic}
            found = [one.item for one in context_words(word.id, pool, vectors, rng, akin=akin)]
            others = rng.sample([other for other in place if other != word.id], len(found))
            for sample, into in ((found, chosen), (others, drawn)):
                near = meant[[place[one] for one in sample]] @ meant[place[word.id]]
                into.append(float(near.mean()))
    return {
        "chosen": float(np.mean(chosen)), "at_random": float(np.mean(drawn)),
        "better": float(np.mean(np.array(chosen) > np.array(drawn))),
    }  # fmt: skip
