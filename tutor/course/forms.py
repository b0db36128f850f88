"""Names of inflected forms: `acc.sg` is the accusative singular."""

from __future__ import annotations

from tutor.i18n import _

_PARTS = {
    "nom": "nominative",
    "gen": "genitive",
    "dat": "dative",
    "acc": "accusative",
    "ins": "instrumental",
    "loc": "locative",
    "voc": "vocative",
    "sg": "singular",
    "pl": "plural",
    "m": "masculine",
    "f": "feminine",
    "n": "neuter",
    "vir": "for groups with men",
    "nonvir": "for other groups",
    "animate": "(animate)",
    "inanimate": "(inanimate)",
    "inf": "infinitive",
    "prs": "present",
    "fut": "future",
    "pst": "past",
    "imp": "imperative",
    "1sg": "I",
    "2sg": "you",
    "3sg": "he, she, it",
    "1pl": "we",
    "2pl": "you all",
    "3pl": "they",
}


def form_name(label: str) -> str:
    """The name of a form in words; parts that are not known stay as they are."""
    words = [_(_PARTS.get(part, part)) for part in label.split(".")]
    if len(words) == 2 and label[4:5].isdigit():
        return f"{words[0]} ({words[1]})"
    return " ".join(words)
