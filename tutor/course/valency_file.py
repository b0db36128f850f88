"""`valency.yaml`: which nouns go with which verbs, as the author of a course writes it down."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from tutor.course.files import built_file, fingerprint, item_id
from tutor.course.format import CourseFile, Entry, Key, Text
from tutor.course.valency import Pairing
from tutor.course.yaml_file import read_yaml

log = logging.getLogger(__name__)

VALENCY = "valency.yaml"
BUILT_VALENCY = built_file("valency")

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


class _Built(Entry):
    """The list as devices read it, and the fingerprint of the file that it was made from."""

    source: str
    course: Key
    valency: ValencyFile


def read_valency(folder: Path) -> ValencyFile:
    """A course's list as it is written; empty where it has none. Raises CourseError for a broken file."""
    if not (folder / VALENCY).is_file():
        return ValencyFile(templates=[], pairs=[])
    return read_yaml(folder, VALENCY, ValencyFile)


def read_pairings(folder: Path) -> Iterator[Pairing]:
    """Every sentence that a course's list allows. Raises CourseError for a broken file.

    What `tutor course build` made of it is read where it is there and up to date, else what was written.
    """
    made = folder / BUILT_VALENCY
    if made.is_file():
        try:
            built = _Built.model_validate_json(made.read_bytes())
        except ValidationError as error:
            log.warning("%s is not used: %s", BUILT_VALENCY, error.errors()[0]["msg"])
        else:
            if built.source == fingerprint(folder, VALENCY):
                return pairings(built.course, built.valency)
    return pairings(read_yaml(folder, "course.yaml", CourseFile).key, read_valency(folder))


def built_valency(folder: Path, course: CourseFile) -> str:
    """What is to stand in `BUILT_VALENCY`; empty where a course has no list. Raises CourseError."""
    if not (folder / VALENCY).is_file():
        return ""
    built = _Built(source=fingerprint(folder, VALENCY), course=course.key, valency=read_valency(folder))
    return f"{json.dumps(built.model_dump(exclude_defaults=True), ensure_ascii=False)}\n"


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
