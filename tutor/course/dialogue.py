"""A lesson's dialogue: what the tutor says, what the learner is asked to say, and where each answer leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.text import normal


class Answer(StrEnum):
    """How near an answer comes to what was to be said: this decides what the tutor says next."""

    EXACT = "exact"
    NEAR = "near"
    """A slip, another form, or half of it."""
    DEFAULT = "default"
    """Anything else, and no answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the tutor says to an answer, and the key of the turn that follows."""

    says: str
    means: str
    then: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The tutor's line and the learner's answer to it; one without a task is the last."""

    key: str
    says: str
    means: str
    task: str = ""
    """What to say, in English."""
    accept: tuple[str, ...] = ()
    """Every answer that is right; the first is the one shown."""
    hint: str = ""
    replies: Mapping[Answer, Reply] = field(default_factory=dict)
    gloss: Mapping[str, str] = field(default_factory=dict)
    """Words of this turn and its replies that are not taught yet, as they stand, with their meaning."""

    @property
    def ends(self) -> bool:
        """Whether the dialogue is over when this was said."""
        return not self.task

    def glossed(self, line: str) -> str:
        """The words of a line that are not taught yet: `jutra = tomorrow`; empty for none."""
        said = normal(line).split()
        return ", ".join(f"{word} = {means}" for word, means in self.gloss.items() if normal(word) in said)

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything in Polish that is said in it, the answer that is shown among it."""
        return (self.says, *self.accept[:1], *(reply.says for reply in self.replies.values()))


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a dialogue. A reply leads to a later one only, so that each way comes to an end."""

    who: str
    """Whom the tutor plays."""
    scene: str
    turns: tuple[Turn, ...]

    def turn(self, key: str) -> Turn:
        """The turn with this key."""
        return next(turn for turn in self.turns if turn.key == key)

    def after(self, turn: Turn, answer: Answer) -> Turn:
        """What follows an answer."""
        return self.turn(turn.replies[answer].then)

    def step(self, turn: Turn) -> int:
        """How many answers lie before a turn, on the longest way to it."""
        return self._answers_before(longest=True)[turn.key]

    @property
    def steps(self) -> int:
        """How many answers the longest way through it takes."""
        return max(self._answers_before(longest=True).values())

    @property
    def fewest_steps(self) -> int:
        """How many answers the shortest way through it takes."""
        before = self._answers_before(longest=False)
        return min(before[turn.key] for turn in self.turns if turn.ends and turn.key in before)

    def _answers_before(self, *, longest: bool) -> dict[str, int]:
        """How many answers lie before each turn that some way leads to."""
        before = {self.turns[0].key: 0}
        for turn in self.turns:
            if turn.key not in before:
                continue
            for reply in turn.replies.values():
                found = before[turn.key] + 1
                known = before.get(reply.then, found)
                before[reply.then] = max(known, found) if longest else min(known, found)
        return before

    @property
    def unreached(self) -> tuple[str, ...]:
        """Keys of turns that no way leads to."""
        before = self._answers_before(longest=True)
        return tuple(turn.key for turn in self.turns if turn.key not in before)
