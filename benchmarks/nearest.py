"""The 20 nearest of 100,000 vectors: ours, the time to read their memory once, and two others in one run.

`benchmarks.meaning` prints what this measures. The peers are exact, too: sqlite-vec (a `vec0` table, through
apsw, for Python's own SQLite loads no extensions) and usearch (`search` without an index).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.fresh import Figures
from tutor.meaning.vector_file import read, write
from tutor.meaning.vectors import quantized

COUNT, DIM, WANTED, TIMES = 100_000, 384, 20, 21
SEED = 2026


def _vectors() -> tuple[np.ndarray, np.ndarray]:
    """Vectors of unit length, and what is asked for."""
    drawn = np.random.default_rng(SEED).normal(size=(COUNT + TIMES, DIM)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn[:COUNT], drawn[COUNT:]


def _milliseconds(work: Callable[[np.ndarray], object], queries: np.ndarray) -> float:
    """Median over the queries, the first of which only warms up."""
    times = []
    for query in queries:
        begun = time.perf_counter()
        work(query)
        times.append(1000 * (time.perf_counter() - begun))
    return median(times[1:])


def _float_nearest(vectors: np.ndarray, query: np.ndarray) -> np.ndarray:
    close = vectors @ query
    places = np.argpartition(close, -WANTED)[-WANTED:]
    return places[np.argsort(-close[places])]


def ours() -> Figures:
    """The file of whole numbers as the app looks through it; the same in float32; the memory read once."""
    vectors, queries = _vectors()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.bin"
        write(path, "drawn", [f"{place:032x}" for place in range(COUNT)], *quantized(vectors))
        file = read(path, "drawn")
        assert file is not None
        right = [{f"{place:032x}" for place in _float_nearest(vectors, query)} for query in queries]
        found = [{near.item for near in file.nearest(query, WANTED)} for query in queries]
        return {
            "int8": _milliseconds(lambda query: file.nearest(query, WANTED), queries),
            "float32": _milliseconds(lambda query: _float_nearest(vectors, query), queries),
            "memory_read": _milliseconds(lambda _query: np.add.reduce(vectors, axis=None), queries),
            "int8_recall": float(np.mean([len(a & b) / WANTED for a, b in zip(right, found, strict=True)])),
        }


def sqlite_vec() -> Figures:
    """As a table of sqlite-vec."""
    import apsw
    import sqlite_vec as extension

    vectors, queries = _vectors()
    connection = apsw.Connection(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension(extension.loadable_path())
    connection.execute(f"CREATE VIRTUAL TABLE v USING vec0(embedding float[{DIM}] distance_metric=cosine)")
    with connection:
        connection.executemany(
            "INSERT INTO v (rowid, embedding) VALUES (?, ?)",
            ((place, row.tobytes()) for place, row in enumerate(vectors)),
        )
    asked = f"SELECT rowid FROM v WHERE embedding MATCH ? AND k = {WANTED} ORDER BY distance"
    return {
        "float32": _milliseconds(lambda query: list(connection.execute(asked, (query.tobytes(),))), queries)
    }


def usearch() -> Figures:
    """By usearch's exact search."""
    from usearch.index import MetricKind, search

    vectors, queries = _vectors()
    rows, _scales = quantized(vectors)
    asked, _scales = quantized(queries)

    def whole_numbers(query: np.ndarray) -> object:
        return search(rows, query, WANTED, MetricKind.Cos, exact=True)

    return {
        "float32": _milliseconds(
            lambda query: search(vectors, query, WANTED, MetricKind.Cos, exact=True), queries
        ),
        "int8": _milliseconds(whole_numbers, asked),
    }
