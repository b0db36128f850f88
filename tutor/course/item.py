"""What there is to learn: items, the sentences they stand in, lessons and their notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.course.categories import category
from tutor.course.dialogue import Dialogue


class ItemKind(StrEnum):
    """A single word, or a whole phrase."""

    WORD = "word"
    PHRASE = "phrase"


_CONTENT = ("noun", "verb", "adjective", "adverb")


@dataclass(frozen=True, slots=True)
class Frame:
    """A few words with a gap, and the words to choose from: one of them belongs there."""

    before: str
    after: str
    right: str
    """What belongs in the gap."""
    translation: str
    wrong: tuple[str, ...]
    """What does not: nobody could say it there and mean this."""
    accept: tuple[str, ...] = ()
    """What would be as right."""
    because: str = ""

    @property
    def text(self) -> str:
        """The frame with its gap filled."""
        return self.before + self.right + self.after


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which an item stands, with the place of the form that is tested."""

    id: str
    text: str
    translation: str
    start: int
    end: int
    """`text[start:end]` is the item's form; start equals end where none is marked."""
    form: str = ""
    """The label of that form, such as `acc.sg`; empty where the item does not inflect."""
    because: str = ""
    """One line that says why this form stands here."""
    rule: str = ""
    """The key of the note that explains it."""
    accept: tuple[str, ...] = ()
    """What else fills the gap rightly."""
    gloss: Mapping[str, str] = field(default_factory=dict)
    """Words not taught yet, with their meaning."""
    orders: tuple[str, ...] = ()
    """The same words in other orders that are as grammatical."""
    groups: tuple[str, ...] = ()
    """Its words in three to five sense groups; empty where it is too short for that."""
    reply: str = ""
    """What somebody else may say to it, and what that means; empty for none."""
    reply_translation: str = ""

    names: tuple[str, ...] = ()
    """Its words that keep their capital wherever they stand."""
    governor: str = ""
    """The words of it that ask for the form; empty where none does."""

    @property
    def glossed(self) -> str:
        """Its words that are not taught yet, in one line: `kawa = coffee, to = this`; empty for none."""
        return ", ".join(f"{word} = {means}" for word, means in self.gloss.items())

    @property
    def target(self) -> str:
        """The form that stands in this sentence."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a phrase to be learned."""

    id: str
    kind: ItemKind
    text: str
    means: tuple[str, ...]
    """Every English answer that is right; the first is the one shown."""
    course: str = ""
    lesson: str = ""
    """The id of the lesson that teaches it; empty for the learner's own."""
    level: int = 0
    """How far along the course it stands: the number of its lesson."""
    position: int = 0
    """Its place in the whole course."""
    pos: str = ""
    gender: str = ""
    animacy: str = ""
    aspect: str = ""
    ipa: str = ""
    rank: int | None = None
    """Frequency rank of the lemma; 1 is the most frequent word."""
    topic: str = ""
    note: str = ""
    accept: tuple[str, ...] = ()
    """Every other Polish answer that is right."""
    prompt: str = ""
    """What is shown to ask for it in Polish; the first meaning where empty."""
    literal: str = ""
    who: str = ""
    rule: str = ""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its inflected forms by label."""
    collocations: tuple[Frame, ...] = ()
    """What goes together with it; the gap is for the other word."""
    nuances: tuple[Frame, ...] = ()
    """Where it fits and a near word does not; the gap is for it."""
    sentences: tuple[Sentence, ...] = ()
    number: str = ""
    """`plural` for a noun that has no singular."""
    partner: str = ""
    """The verb of the other aspect; empty for none."""
    partner_forms: tuple[str, ...] = ()
    """Its forms."""
    false_friend: str = ""
    """What an English speaker takes it for, and what it is; empty for none."""

    @property
    def is_content_word(self) -> bool:
        """Whether it is a word that says what is talked about; of the learner's own that is assumed."""
        return self.pos in _CONTENT or (self.kind is ItemKind.WORD and not self.pos)

    @property
    def meaning(self) -> str:
        """The translation that is shown."""
        return self.means[0]

    @property
    def grammar(self) -> str:
        """One line for people: part of speech and what goes with it."""
        if self.kind is ItemKind.PHRASE:
            return self.who
        gender = " ".join(part for part in (self.gender, self.animacy, self.number) if part)
        return ", ".join(category(part) for part in (self.pos, gender, self.aspect) if part)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on grammar or on a sound."""

    key: str
    title: str
    text: str
    lesson: str = ""
    sound: bool = False
    contrasts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """Something to say for the fun of it, such as a tongue-twister."""

    text: str
    means: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Some lessons in a row, with a checkpoint at their end."""

    id: str
    course: str
    number: int
    title: str
    title_pl: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: what it is for, and what it explains. Its items name it."""

    id: str
    key: str
    course: str
    number: int
    title: str
    title_pl: str
    can_do: str
    cefr: str
    culture: str = ""
    notes: tuple[Note, ...] = ()
    unit: str = ""
    """The id of the unit that it belongs to; empty for none."""
    dialogue: Dialogue | None = None
    extras: tuple[Extra, ...] = ()
    checked: bool = False
    """Whether a native speaker has checked it."""
