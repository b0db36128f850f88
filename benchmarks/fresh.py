"""Runs a function in a process of its own, so that nothing an earlier measurement left behind flatters it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

Figures = dict[str, float]


def in_fresh_process(function: Callable[..., Any], *args: object) -> Any:
    """What `function` returns in a new interpreter; it must stand at the top of a module."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *args).result()


def medians(runs: list[Figures]) -> Figures:
    """Each figure's median over several runs."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def peak_rss_mb() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage counts what the parent held when it started this process.
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def rounded(value: Any) -> Any:
    """Figures with four significant digits, however deep they stand."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value
