"""Faults that a learner noted: something is wrong with a drill or a sentence, and what was shown then."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor import __version__
from tutor.clock import milliseconds
from tutor.drills.drill import Drill
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.ids import new_id
from tutor.store import faults as store
from tutor.store.faults import Fault
from tutor.text import LONGEST_ANSWER
from tutor.upkeep import EXPORTS

if TYPE_CHECKING:
    from tutor.practice import Tutor

__all__ = ["Fault"]

FORMAT, VERSION = "patient-tutor-faults", 1


def note(tutor: Tutor, drill: Drill, response: str, text: str = "") -> Fault:
    """Keep that something is wrong with a drill, with what was answered and, maybe, what is wrong."""
    now = tutor.clock.now()
    with tutor.database.write() as connection:
        fault = Fault(
            id=new_id(milliseconds(now)),
            learner=tutor.learner.id,
            at=now,
            item=drill.item.id if drill.item else None,
            track=drill.track.value,
            mode=drill.mode.value if drill.mode else None,
            sentence=drill.sentence.id if drill.sentence else None,
            prompt=drill.gap.shown if drill.gap else drill.prompt,
            answer=drill.answer,
            response=response[:LONGEST_ANSWER],
            note=_line(text),
            app=__version__,
            course=store.course_version(connection),
        )
        store.append(connection, fault)
    return fault


def take_back(tutor: Tutor, fault: Fault) -> None:
    """Forget a fault that was none."""
    with tutor.database.write() as connection:
        store.remove(connection, fault.id)


def listed(tutor: Tutor) -> list[Fault]:
    """What was noted so far, the oldest first."""
    with tutor.database.read() as connection:
        return store.of_learner(connection, tutor.learner.id)


def export(tutor: Tutor, path: Path) -> int:
    """Write what was noted as one JSON document, for whoever makes the course; how many faults it holds.

    What stood there before stays until the new document is whole. Raises UsageError where that place cannot
    be written.
    """
    found = listed(tutor)
    document = {"format": FORMAT, "version": VERSION, "faults": [_record(fault) for fault in found]}
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(
            _("{file} cannot be written ({why}). What you noted is safe: choose another place.").format(
                file=path, why=error.strerror
            ),
            doing="exporting what you noted",
        ) from error
    return len(found)


def export_to_folder(tutor: Tutor) -> Path:
    """Export into a new file of the folder `exports`; where it is."""
    path = tutor.folder / EXPORTS / f"faults-{tutor.clock.now():%Y%m%d-%H%M%S}.json"
    export(tutor, path)
    return path


def _record(fault: Fault) -> dict[str, Any]:
    """A fault for others to read: not whose it is."""
    record = asdict(fault) | {"at": fault.at.astimezone(UTC).isoformat()}
    del record["learner"]
    return record


def _line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST_ANSWER]
