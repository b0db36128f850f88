"""What a drill is: everything a screen or a terminal needs to pose it, and everything to mark it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.course.item import Item, Note, Sentence
from tutor.memory.tracks import Mode, Track

Apart = Callable[[str, str], bool]
"""Whether the voice of this device says two texts so differently that they can be told apart."""


class Ask(StrEnum):
    """How the learner answers."""

    ACKNOWLEDGE = "acknowledge"
    """A meeting or a note: look, listen, go on."""
    GRADE = "grade"
    """Think, reveal, say how well it went."""
    CHOOSE = "choose"
    """Pick one of `options`."""
    TYPE = "type"
    """Write it."""
    SPEAK = "speak"
    """Say it; who cannot be heard says how well it went."""
    ORDER = "order"
    """Put `pieces` in order; some are left over. The response is the pieces with spaces between."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with a hole: what stands before and after it, and the base form to put in."""

    before: str
    after: str
    base: str
    """The dictionary form; empty where no other form of it is asked for."""
    first: str = ""
    """The first letter of what belongs there, where that is shown."""

    @property
    def shown(self) -> str:
        """The sentence as a text with its hole."""
        return f"{self.before}{self.first}____{self.after}"


@dataclass(frozen=True, slots=True)
class Drill:
    """One thing to do. Which fields are filled depends on `ask`; no text is ever blank that is shown."""

    item: Item | None
    """What is tested; None where `note` is shown."""
    track: Track
    mode: Mode | None
    """None for meetings and notes."""
    ask: Ask
    task: str
    """One line that says what to do."""
    prompt: str
    """The words in the middle of the screen. For AUDIO the sentence heard: hide it until answered."""
    answer: str
    """The right answer, whole, as it is shown afterwards."""
    accepted: tuple[str, ...] = ()
    """Every right answer. Empty for ACKNOWLEDGE."""
    options: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    """For ORDER: the parts of the answer in disorder, and one that does not belong."""
    gap: Gap | None = None
    sentence: Sentence | None = None
    """The sentence of a CONTEXT or AUDIO drill, or the example that a meeting shows."""
    translation: str = ""
    """English shown beside a Polish prompt."""
    line: str = ""
    """For RESPOND: what the tutor says."""
    line_means: str = ""
    say: str = ""
    """Polish to be spoken."""
    say_after: bool = False
    """Whether speaking it before the answer would give the answer away."""
    beside: tuple[Sentence, ...] = ()
    """For a passage: its other sentences, the first of which comes before `sentence`."""
    company: tuple[str, ...] = ()
    """Words that go with the item and that the learner is learning; they are not tested."""
    passage: tuple[Sentence, ...] = ()
    """What is read, or was: its sentences in order."""
    asks: str = ""
    """A question that leads to the answer and does not tell it: the first hint, where there is one."""
    hint: str = ""
    """The first half of the answer."""
    english: bool = False
    """Whether the answer is English."""
    direction: str = "pl-en"
    form_names: Mapping[str, str] = field(default_factory=dict)
    """For typed Polish: each form of the item (case folded) with its name."""
    why: str = ""
    """One line that says why the right answer is right; empty where there is nothing to say."""
    note: Note | None = None
    """The note that explains it ("show me the rule"), or, for ACKNOWLEDGE without an item, is shown."""
    traps: Mapping[str, str] = field(default_factory=dict)
    """For each wrong option in English what it would have been: its Polish."""

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """Every sentence of it that somebody wrote."""
        return self.passage or ((self.sentence, *self.beside) if self.sentence else ())

    @property
    def hints(self) -> tuple[str, ...]:
        """What helps, one after the other: what to ask oneself, then how it begins."""
        return tuple(filter(None, (self.asks, self.hint)))

    @property
    def in_own_words(self) -> bool:
        """Whether its meaning may be said in other words than those that are listed.

        Not where a form is asked for, or what was heard; nor as an answer in a dialogue, to which many things
        are right that do not mean the same.
        """
        return self.mode in (Mode.PRODUCE, Mode.SPEAK)

    @property
    def meeting(self) -> bool:
        """Whether it only introduces and nothing is tested."""
        return self.ask is Ask.ACKNOWLEDGE
