"""The dialogues of lessons, and how far one got in them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import NamedTuple

from sqlalchemy import Connection

from tutor.course.dialogue import Answer, Dialogue, Reply, Turn
from tutor.store.lessons import ANSWERED, BEGUN, COMPLETED


def stored(dialogue: Dialogue | None) -> str:
    """A dialogue as its lesson keeps it."""
    return json.dumps(asdict(dialogue) if dialogue else None)


def load(connection: Connection, lesson: str) -> Dialogue | None:
    """A lesson's dialogue; None where it has none, or where there is no such lesson."""
    kept = connection.exec_driver_sql("SELECT dialogue FROM lesson WHERE id = ?", (lesson,)).scalar()
    found = json.loads(kept) if kept else None
    if found is None:
        return None
    turns = []
    for turn in found["turns"]:
        replies = {Answer(answer): Reply(**reply) for answer, reply in turn["replies"].items()}
        turns.append(Turn(**{**turn, "accept": tuple(turn["accept"]), "replies": replies}))
    return Dialogue(found["who"], found["scene"], tuple(turns))


class Step(NamedTuple):
    """One thing done in a dialogue, as it was logged."""

    event: str
    turn: str
    said: str


def last_run(connection: Connection, learner: str, lesson: str) -> list[Step]:
    """What was done in a dialogue since it was last begun, in order; empty where it never was."""
    rows = connection.exec_driver_sql(
        "SELECT event, detail, coalesce(said, '') FROM lesson_event WHERE learner = ? AND lesson = ?"
        f" AND event IN ('{BEGUN}', '{ANSWERED}', '{COMPLETED}') ORDER BY hlc, id",
        (learner, lesson),
    )
    steps = [Step(*row) for row in rows]
    begun = [at for at, step in enumerate(steps) if step.event == BEGUN]
    return steps[begun[-1] :] if begun else []
