"""`valency.yaml`: which nouns go with which verbs, as the author of a course writes it down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from tutor.course.files import item_id
from tutor.course.format import Entry, Key, Text
from tutor.course.valency import Pairing
from tutor.course.yaml_file import read_yaml

VALENCY = "valency.yaml"

Frame = Annotated[str, Field(pattern=r"^[^{}]*\{verb\}[^{}]*\{object\}[^{}]*$")]
"""A sentence with a place for a verb and one for its object."""


class TemplateEntry(Entry):
    """A sentence that any verb of one aspect can stand in."""

    key: Key
    pl: Frame
    en: Frame
    form: Text
    """The label of the verb's form."""
    aspect: Literal["imperfective", "perfective"]
    negated: bool = False
    """Whether an object that would stand in the accusative takes the genitive."""


class ObjectEntry(Entry):
    """A noun, and what it is called in English there, with its article."""

    noun: Key
    en: Text
    number: Literal["sg", "pl"] = "sg"


class PairEntry(Entry):
    """A verb, and nouns that go with it in one case."""

    verb: Key
    en: Text
    """The bare verb, with its preposition if it has one."""
    case: Literal["gen", "dat", "acc", "ins", "loc"]
    preposition: str = ""
    templates: Annotated[list[Key], Field(min_length=1)]
    objects: Annotated[list[ObjectEntry], Field(min_length=1)]


class ValencyFile(Entry):
    """`valency.yaml`: every pair that makes sense, and the sentences that they can stand in."""

    templates: list[TemplateEntry]
    pairs: list[PairEntry]


def read_valency(folder: Path) -> ValencyFile:
    """A course's list; empty where it has none. Raises CourseError for a broken file."""
    if not (folder / VALENCY).is_file():
        return ValencyFile(templates=[], pairs=[])
    return read_yaml(folder, VALENCY, ValencyFile)


def pairings(course: str, file: ValencyFile) -> Iterator[Pairing]:
    """Every sentence that a course's list allows; templates that are not there are passed over."""
    templates = {template.key: template for template in file.templates}
    for pair in file.pairs:
        for template in (templates[key] for key in pair.templates if key in templates):
            before, rest = template.pl.split("{verb}")
            between, after = rest.split("{object}")
            between += f"{pair.preposition} " if pair.preposition else ""
            plain = pair.case == "acc" and not pair.preposition
            case = "gen" if template.negated and plain else pair.case
            for noun in pair.objects:
                yield Pairing(
                    verb=item_id(course, pair.verb), verb_form=template.form,
                    noun=item_id(course, noun.noun), noun_form=f"{case}.{noun.number}",
                    before=before, between=between, after=after,
                    translation=template.en.format(verb=pair.en, object=noun.en),
                )  # fmt: skip
