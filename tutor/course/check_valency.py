"""What a list of verbs and their objects must keep to: each sentence that it allows can be made, and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.course.files import item_id
from tutor.course.format import CourseFile
from tutor.course.item import Item
from tutor.course.valency_file import PairEntry, TemplateEntry, ValencyFile, pairings


def valency_problems(course: CourseFile, file: ValencyFile, items: Iterable[Item]) -> Iterator[str]:
    """Everything that is wrong with a course's list."""
    known = {item.id: item for item in items}
    templates = {template.key: template for template in file.templates}
    if len(templates) < len(file.templates):
        yield "a key of its own for each template"
    for pair in file.pairs:
        verb = known.get(item_id(course.key, pair.verb))
        if verb is None or verb.pos != "verb":
            yield f"a verb of the course, not {pair.verb!r}"
            continue
        yield from _of_templates(pair, verb, templates)
        for noun in pair.objects:
            word = known.get(item_id(course.key, noun.noun))
            if word is None or word.pos != "noun":
                yield f"a noun of the course beside {verb.text!r}, not {noun.noun!r}"
    yield from _of_sentences(course, file, known)


def _of_templates(pair: PairEntry, verb: Item, templates: dict[str, TemplateEntry]) -> Iterator[str]:
    for key in pair.templates:
        template = templates.get(key)
        if template is None:
            yield f"a template for {verb.text!r}, not {key!r}"
        elif template.aspect != verb.aspect:
            yield f"a template for a verb that is {verb.aspect} as {verb.text!r} is, not {key!r}"


def _of_sentences(course: CourseFile, file: ValencyFile, known: dict[str, Item]) -> Iterator[str]:
    """Each can be made of forms that the tables have, and its English is that of no other."""
    polish: dict[str, str] = {}
    for pairing in pairings(course.key, file):
        verb, noun = known.get(pairing.verb), known.get(pairing.noun)
        if verb is None or noun is None or (verb.pos, noun.pos) != ("verb", "noun"):
            continue  # told above
        verbs, nouns = verb.forms.get(pairing.verb_form), noun.forms.get(pairing.noun_form)
        if not verbs:
            yield f"a form {pairing.verb_form!r} among those of {verb.text!r}"
        if not nouns:
            yield f"a form {pairing.noun_form!r} among those of {noun.text!r}"
        if verbs and nouns:
            text = pairing.text(verbs[0], nouns[0])
            if polish.setdefault(pairing.translation, text) != text:
                yield f"an English of its own for {text!r}; {polish[pairing.translation]!r} has the same"
