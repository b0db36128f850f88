"""Names of inflected forms: `acc.sg` is the accusative singular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    "prep": later("after a preposition"),
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


def by_category(forms: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """A table of forms as people read it: case or tense -> form -> what else it is, such as "singular".

    Forms that coincide within a case or tense stand there once, with all that they are.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for label, texts in forms.items():
        first, _dot, rest = label.partition(".")
        of = found.setdefault(form_name(first), {})
        for text in texts:
            of.setdefault(text, []).append(form_name(rest) if rest else "")
    return {
        category: {text: ", ".join(filter(None, names)) for text, names in of.items()}
        for category, of in found.items()
    }


def form_name(label: str) -> str:
    """The name of a form in words; parts that are not known stay as they are."""
    words = [_(_PARTS.get(part, part)) for part in label.split(".")]
    if len(words) == 2 and label[4:5].isdigit():
        return f"{words[0]} ({words[1]})"
    return " ".join(words)
