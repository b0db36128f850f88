"""A process that practises at full speed and tells each accepted answer on its standard output.

    python practising.py FOLDER COURSES SEED LIMIT

Each line is one JSON object, written after the call has returned: {"op": ...}. It does the same for the
same seed, so that a test can know what an interrupted one should have had before it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from helpers import START, Actor, described, open_tutor

from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor

SESSION = 12


def practise(
    tutor: Tutor, clock: ManualClock, seed: int, limit: int
) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """Practise until `limit` things are done: ("shown", session, drill) and ("done", session, what)."""
    actor = Actor(Random(seed), 0.75, undoes=0.08, knows=0.15, insists=0.3, hints=0.1)
    day = count = 0
    while True:
        day += 1
        clock.at = START + timedelta(days=day)
        try:
            session = tutor.start("mix", SESSION, seed=seed * 1000 + day)
        except UsageError:
            continue
        while drill := session.next():
            yield "shown", session.id, described(drill)
            done = actor.act(session, drill)
            clock.advance(timedelta(seconds=6))
            yield "done", session.id, done
            count += 1
            if count >= limit:
                return


def main() -> None:
    folder, courses, seed, limit = sys.argv[1:]
    clock = ManualClock(START)
    with open_tutor(Path(folder), Path(courses), clock) as tutor:
        for kind, _, what in practise(tutor, clock, int(seed), int(limit)):
            if kind == "done":
                sys.stdout.write(json.dumps(what) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
