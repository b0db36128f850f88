"""Names of inflected forms: `acc.sg` is the accusative singular."""

from __future__ import annotations

from tutor.i18n import _, later

_PARTS = {
    "nom": later("nominative"),
    "gen": later("genitive"),
    "dat": later("dative"),
    "acc": later("accusative"),
    "ins": later("instrumental"),
    "loc": later("locative"),
    "voc": later("vocative"),
    "sg": later("singular"),
    "pl": later("plural"),
    "m": later("masculine"),
    "f": later("feminine"),
    "n": later("neuter"),
    "vir": later("for groups with men"),
    "nonvir": later("for other groups"),
    "animate": later("(animate)"),
    "inanimate": later("(inanimate)"),
    "inf": later("infinitive"),
    "prs": later("present"),
    "fut": later("future"),
    "pst": later("past"),
    "cnd": later("conditional"),
    "imp": later("imperative"),
    "1sg": later("I"),
    "2sg": later("you"),
    "3sg": later("he, she, it"),
    "1pl": later("we"),
    "2pl": later("you all"),
    "3pl": later("they"),
}


def form_name(label: str) -> str:
    """The name of a form in words; parts that are not known stay as they are."""
    words = [_(_PARTS.get(part, part)) for part in label.split(".")]
    if len(words) == 2 and label[4:5].isdigit():
        return f"{words[0]} ({words[1]})"
    return " ".join(words)
