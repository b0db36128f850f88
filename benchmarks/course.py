"""How long the course takes: to be read into an empty file, and to be passed over at the next start.

    python -m benchmarks.course

Each figure is the median of five runs, each in a process of its own. Aim: read into an empty file within 2 s.
The same with lessons as they are written, without what `tutor course build` made, and so on a device that has
no libyaml, says what the made files save.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.fresh import Figures, in_fresh_process, medians, rounded
from tutor.resources import COURSES

RUNS = 5
AIM_S = 2.0


def loaded(courses: Path, fast_yaml: bool) -> Figures:
    """Seconds to open an empty folder's courses for the first time, and again."""
    import yaml

    from tutor.practice import Tutor
    from tutor.store.courses import load_courses

    if not fast_yaml:
        del yaml.CSafeLoader
    with tempfile.TemporaryDirectory() as folder, Tutor.open(Path(folder), courses=Path(folder)) as tutor:
        began = perf_counter()
        problems = load_courses(tutor.database, courses)
        read = perf_counter()
        load_courses(tutor.database, courses)
        again = perf_counter()
        with tutor.database.read() as connection:
            items = connection.exec_driver_sql("SELECT count(*) FROM item").scalar()
    if problems or not items:
        raise SystemExit(f"the course was not read: {problems}")
    return {"first_s": read - began, "again_s": again - read, "items": float(items)}


def main() -> None:
    """Print the figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder)
        shutil.copytree(COURSES, written, dirs_exist_ok=True, ignore=shutil.ignore_patterns("built"))
        told = {
            name: medians([in_fresh_process(loaded, courses, fast) for _ in range(RUNS)])
            for name, courses, fast in (
                ("made", COURSES, True),
                ("as_written", written, True),
                ("as_written_without_libyaml", written, False),
            )
        }
    reached = told["made"]["first_s"] < AIM_S
    print(json.dumps(rounded({**told, "aim_s": AIM_S, "reached": reached}), indent=2))


if __name__ == "__main__":
    main()
