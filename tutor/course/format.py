"""The course format: what may stand in the files of a course.

These models are the format; `assets/courses/lesson.schema.json` is made from them.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    model_validator,
)

from tutor.course.dialogue import Answer

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

Text = Annotated[str, Field(max_length=1000, pattern=r"\S")]
"""Something, and not nothing but spaces."""
Forms = dict[str, Text | list[Text]]
"""Label -> the form, or several that are equally right."""

_MARKED = re.compile(r"\{([^{}]+)\}")


FREE = "free"
"""A governor that is no word: of a wish (*miłego dnia*), of a time (*wieczorem*)."""


class Entry(BaseModel):
    """What a file holds: nothing that is not named here, and it does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitEntry(Entry):
    """Lessons in a row that end in a checkpoint."""

    key: Key
    title: Text
    title_pl: Text
    lessons: Annotated[list[Key], Field(min_length=1)]


class CourseFile(Entry):
    """`course.yaml`: what the course is, and its lesson files in order."""

    key: Key
    title: Text
    teaches: Annotated[str, Field(pattern="^[a-z]{2}$")]
    speaks: Annotated[str, Field(pattern="^[a-z]{2}$")]
    checked_by_native: bool = False
    complete: bool = False
    """Whether each lesson holds all that a lesson should (`check_teaching`), and the check insists on it."""
    lessons: list[Key]
    units: list[UnitEntry] = []
    names: list[Text] = []
    """Words that keep their capital wherever they stand: names, in each of their forms."""
    spoken: list[Text] = []
    """Words that people say and the dictionary of forms does not have; each was judged."""
    retired: list[Key] = []
    """Keys of items that were taken out; a key that was ever used never vanishes otherwise."""


class NoteEntry(Entry):
    """A note on grammar or on a sound."""

    key: Key
    title: Text
    note: Text
    contrasts: list[list[Text]] = []


def _one_in_braces(value: str) -> str:
    if len(_MARKED.findall(value)) != 1 or value.count("{") != 1 or value.count("}") != 1:
        raise ValueError("exactly one form must stand in braces, as in: Piję {kawę}.")
    return value


Marked = Annotated[Text, AfterValidator(_one_in_braces)]
"""Text with one form in braces."""


class CollocationEntry(Entry):
    """What goes together with a word, which stands outside the braces."""

    pl: Marked
    en: Text
    accept: list[Text] = []
    wrong: Annotated[list[Text], Field(min_length=3, max_length=4)]


class NuanceEntry(Entry):
    """A sentence that takes this word, in braces, and not the other one."""

    pl: Marked
    en: Text
    other: Text
    because: Text


Groups = Annotated[list[Text], Field(max_length=5)]
"""Three to five sense groups, or none."""


class SentenceEntry(Entry):
    """A sentence; the tested form stands in braces."""

    pl: Marked
    en: Text
    form: str = ""
    governor: str = ""
    """The words of this sentence that ask for the form: `Nie mam` for a genitive, `z` for an instrumental.

    `FREE` where none does.
    """
    because: str = ""
    rule: str = ""
    accept: list[Text] = []
    judged: dict[str, Text] = {}
    """Accepted answers that are another form than `form` names, each with why it is as right here."""
    gloss: dict[str, str] = {}
    orders: list[Text] = []
    """The same words in other orders that are as grammatical."""
    groups: Groups = []
    reply: str = ""
    reply_en: str = ""


class WordEntry(Entry):
    """A word with its forms and sentences."""

    key: Key
    text: Text
    means: Annotated[list[Text], Field(min_length=1)]
    pos: Literal[
        "noun", "verb", "adjective", "adverb", "pronoun", "numeral",
        "preposition", "conjunction", "particle", "interjection",
    ]  # fmt: skip
    gender: Literal["", "masculine", "feminine", "neuter"] = ""
    animacy: Literal["", "personal", "animate", "inanimate"] = ""
    number: Literal["", "plural"] = ""
    """`plural` for a noun that has no singular."""
    aspect: Literal["", "imperfective", "perfective"] = ""
    partner: str = ""
    """The verb of the other aspect; empty where there is none worth knowing."""
    partner_forms: list[Text] = []
    """Its forms; made."""
    false_friend: str = ""
    """What an English speaker takes it for, and what it is; empty for none."""
    ipa: str = ""
    rank: Annotated[int, Field(ge=1)] | None = None
    topic: Text
    accept: list[Text] = []
    note: str = ""
    rule: str = ""
    forms: Forms = {}
    collocations: list[CollocationEntry] = []
    nuances: list[NuanceEntry] = []
    sentences: Annotated[list[SentenceEntry], Field(min_length=1)]


class PhraseEntry(Entry):
    """A phrase, what asks for it, and the word in it that is worth a gap."""

    key: Key
    text: Text
    means: Annotated[list[Text], Field(min_length=1)]
    literal: str = ""
    prompt: Text
    accept: list[Text] = []
    who: str = ""
    topic: Text
    ipa: str = ""
    gap: Marked
    gap_en: Text
    gap_accept: list[Text] = []
    orders: list[Text] = []
    groups: Groups = []
    reply: str = ""
    reply_en: str = ""
    because: str = ""
    note: str = ""
    rule: str = ""
    collocations: list[CollocationEntry] = []
    nuances: list[NuanceEntry] = []

    def sentence(self) -> SentenceEntry:
        """Its gap as a sentence."""
        return SentenceEntry(
            pl=self.gap, en=self.gap_en, because=self.because, rule=self.rule, accept=self.gap_accept,
            orders=self.orders, groups=self.groups, reply=self.reply, reply_en=self.reply_en,
        )  # fmt: skip


class ReplyEntry(Entry):
    """What the tutor says to an answer; it leads to the next turn, or to the one named by `then`."""

    says: Text
    means: Text
    then: Key | None = None


class TurnEntry(Entry):
    """A line of the tutor's and what the learner is to say to it; the last has nothing but the line."""

    key: Key
    says: Text
    means: Text
    gloss: dict[str, Text] = {}
    task: str = ""
    accept: list[Text] = []
    hint: str = ""
    exact: ReplyEntry | None = None
    near: ReplyEntry | None = None
    default: ReplyEntry | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        parts = (self.task.strip(), self.accept, self.hint.strip(), self.exact, self.near, self.default)
        if any(parts) and not all(parts):
            raise ValueError("task, accept, hint, exact, near and default, or none of them")
        return self

    def replies(self) -> dict[Answer, ReplyEntry]:
        """What is said to each kind of answer; nothing in the last turn."""
        found = {Answer.EXACT: self.exact, Answer.NEAR: self.near, Answer.DEFAULT: self.default}
        return {answer: reply for answer, reply in found.items() if reply}


class DialogueEntry(Entry):
    """The dialogue that a lesson begins with. Replies lead on, never back, so that each way ends."""

    who: Text
    scene: Text
    turns: Annotated[list[TurnEntry], Field(min_length=2)]

    @model_validator(mode="after")
    def _leads_on(self) -> Self:
        keys = [turn.key for turn in self.turns]
        for at, turn in enumerate(self.turns):
            if turn.key in keys[:at]:
                raise ValueError(f"a key of its own for each turn; {turn.key!r} stands twice")
            for reply in turn.replies().values():
                if reply.then is not None and reply.then not in keys[at + 1 :]:
                    raise ValueError(f"a turn after {turn.key!r} with the key {reply.then!r}")
        if self.turns[-1].task:
            raise ValueError(f"a last turn without a task, and not {keys[-1]!r}")
        return self


class ExtraEntry(Entry):
    """Something to say for the fun of it: a tongue-twister, a rhyme. Nobody is asked about it."""

    text: Text
    means: Text
    note: str = ""


class LessonFile(Entry):
    """One lesson."""

    key: Key
    title: Text
    title_pl: Text
    can_do: Text
    cefr: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    grammar: list[NoteEntry] = []
    sounds: list[NoteEntry] = []
    culture: str = ""
    dialogue: DialogueEntry | None = None
    words: list[WordEntry] = []
    phrases: list[PhraseEntry] = []
    extras: list[ExtraEntry] = []


class SoundEntry(Entry):
    """A letter, or two that are one sound, with what it sounds like and a word to hear."""

    letter: Text
    ipa: Text
    like: Text
    example: Text
    means: Text


class SoundsPage(Entry):
    """A few sounds that belong together."""

    title: Text
    note: Text
    letters: Annotated[list[SoundEntry], Field(min_length=1)]


class FrequentFile(Entry):
    """`frequent.yaml`: the most frequent lemmas of the language as it is spoken."""

    lemmas: Annotated[list[Text], Field(min_length=1)]
    untaught: dict[str, Text] = {}
    """Those that the course does not teach, each with why."""


class JudgedSounds(RootModel[dict[str, Text]]):
    """`sounds.yaml`: words that the voice says otherwise than the course tells, each with why."""


class AlphabetFile(RootModel[list[SoundsPage]]):
    """`alphabet.yaml`: the tour of the letters, page by page."""


def lesson_schema() -> str:
    """The JSON Schema of a lesson file, as `assets/courses/lesson.schema.json` holds it."""
    return json.dumps(LessonFile.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
