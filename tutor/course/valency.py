"""Which nouns go with which verbs: of those that a learner knows, sentences are made that make sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pairing:
    """A sentence that the list allows: two items by their ids, and which of their forms stand where."""

    verb: str
    verb_form: str
    noun: str
    noun_form: str
    before: str
    between: str
    """What stands between the verb and its object."""
    after: str
    translation: str

    def text(self, verb: str, noun: str) -> str:
        """The sentence with these forms of its verb and its noun."""
        return f"{self.before}{verb}{self.between}{noun}{self.after}"


@lru_cache(maxsize=8)
def pairings_by_item(root: Path) -> Mapping[str, tuple[Pairing, ...]]:
    """What the lists of all courses under `root` allow, by each of the items that stand in it.

    Read once in a process. Raises CourseError.
    """
    # What reads it takes longer to import than a program takes to start.
    from tutor.course.valency_file import VALENCY, read_pairings

    found: dict[str, list[Pairing]] = {}
    for path in sorted(root.glob(f"*/{VALENCY}")):
        for pairing in read_pairings(path.parent):
            found.setdefault(pairing.verb, []).append(pairing)
            found.setdefault(pairing.noun, []).append(pairing)
    return {item: tuple(listed) for item, listed in found.items()}
