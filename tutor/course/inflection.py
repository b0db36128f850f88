"""The table of a word's forms, made from morfeusz2's dictionary. For making courses, not for learning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tutor.course.morphology import Form, Morphology

_CASES = {"nom": "nom", "gen": "gen", "dat": "dat", "acc": "acc", "ins": "inst", "loc": "loc", "voc": "voc"}
_GENDERS = {"feminine": ("f",), "neuter": ("n",)}
_MASCULINE = {"personal": ("m1",), "animate": ("m2",), "inanimate": ("m3",), "": ("m1", "m2", "m3")}
_PERSONS = {"1": "pri", "2": "sec", "3": "ter"}
_ADJECTIVE: dict[str, Mapping[str, str]] = {
    "sg": {"m": "m1", "f": "f", "n": "n"},
    "pl": {"vir": "m1", "nonvir": "f"},
}
_DIVIDED_IN_THE_PLURAL = ("nom", "acc")
"""The cases in which groups with men have a form of their own."""

_SHORTENED = ("mój", "twój", "swój")

Table = dict[str, list[str]]
"""Label -> its forms, as a course has them."""


def noun_table(text: str, gender: str, animacy: str, plural_only: bool, morphology: Morphology) -> Table:
    """The seven cases of a noun, singular and plural; empty where it is none. There is no plural vocative."""
    if plural_only:
        genders: Sequence[str] = ("m1", "m2", "m3", "f", "n")
        numbers: Sequence[str] = ("pl",)
    else:
        genders = _MASCULINE[animacy] if gender == "masculine" else _GENDERS.get(gender, ())
        numbers = ("sg", "pl")
    for forms in morphology.paradigms(text, "subst"):
        wanted = [form for form in forms if form.values & set(genders)]
        table = _table(
            (f"{case}.{number}", _having(wanted, number, tag))
            for number in numbers
            for case, tag in _CASES.items()
            if (case, number) != ("voc", "pl")
        )
        if text in table.get(f"nom.{numbers[0]}", ()):
            return table
    return {}


def adjective_table(text: str, morphology: Morphology) -> Table:
    """All cases of an adjective, or of a pronoun that declines like one; empty where it is none.

    The short forms of *mój*, *twój* and *swój* (*mego*) are left out: nobody says them.
    """
    stem = text.removesuffix("ój") + "o" if text in _SHORTENED else ""
    for forms in morphology.paradigms(text, "adj"):
        positive = [
            form
            for form in forms
            if "pos" in form.values and (form.text == text or form.text.startswith(stem))
        ]
        table = _table(_adjective_forms(positive))
        if text in table.get("nom.sg.m", ()):
            return table
    return {}


def _adjective_forms(forms: Sequence[Form]) -> Iterator[tuple[str, list[str]]]:
    for case, tag in _CASES.items():
        if case == "voc":
            continue
        for gender, mark in _ADJECTIVE["sg"].items():
            if (case, gender) == ("acc", "m"):
                yield "acc.sg.m.animate", _having(forms, "sg", tag, "m1")
                yield "acc.sg.m.inanimate", _having(forms, "sg", tag, "m3")
            else:
                yield f"{case}.sg.{gender}", _having(forms, "sg", tag, mark)
        if case in _DIVIDED_IN_THE_PLURAL:
            for gender, mark in _ADJECTIVE["pl"].items():
                yield f"{case}.pl.{gender}", _having(forms, "pl", tag, mark)
        else:
            yield f"{case}.pl", _having(forms, "pl", tag)


def verb_table(text: str, perfective: bool, morphology: Morphology) -> Table:
    """Infinitive, present (of perfective verbs: future), past and imperative; empty where it is no verb.

    Of a verb with *się* these are the forms of the verb alone.
    """
    for forms in morphology.paradigms(text.removesuffix(" się"), "inf"):
        return _table(_verb_forms(forms, "fut" if perfective else "prs"))
    return {}


def _verb_forms(forms: Sequence[Form], tense: str) -> Iterator[tuple[str, list[str]]]:
    yield "inf", _having(forms, "inf")
    for number in ("sg", "pl"):
        for person, mark in _PERSONS.items():
            yield f"{tense}.{person}{number}", _having(forms, "fin", number, mark)
    yield from _past(forms)
    for label, number, mark in (("2sg", "sg", "sec"), ("1pl", "pl", "pri"), ("2pl", "pl", "sec")):
        yield f"imp.{label}", _having(forms, "impt", number, mark)


def _past(forms: Sequence[Form]) -> Iterator[tuple[str, list[str]]]:
    """The third person and what the endings of the others make of it: *robił*, *robiłem*, *robiłam*."""
    masculine, feminine = _having(forms, "praet", "sg", "m1"), _having(forms, "praet", "sg", "f")
    for person, to_masculine, to_feminine in (("1", "em", "m"), ("2", "eś", "ś"), ("3", "", "")):
        yield f"pst.{person}sg.m", [form + to_masculine for form in masculine]
        yield f"pst.{person}sg.f", [form + to_feminine for form in feminine]
    yield "pst.3sg.n", _having(forms, "praet", "sg", "n")
    men, others = _having(forms, "praet", "pl", "m1"), _having(forms, "praet", "pl", "f")
    for person, ending in (("1", "śmy"), ("2", "ście"), ("3", "")):
        yield f"pst.{person}pl.vir", [form + ending for form in men]
        yield f"pst.{person}pl.nonvir", [form + ending for form in others]


def _having(forms: Sequence[Form], *values: str) -> list[str]:
    """The forms whose tag has all of these values, each once."""
    return list(dict.fromkeys(form.text for form in forms if form.values >= set(values)))


def _table(labelled: Iterator[tuple[str, list[str]]]) -> Table:
    return {label: forms for label, forms in labelled if forms}
