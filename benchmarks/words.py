"""Made-up words with the shape of Polish ones, so that a benchmark needs no course of 40,000 items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from tutor.course.item import Frame, Item, ItemKind, Sentence
from tutor.ids import shared_id

ITEMS_PER_LEVEL = 400

_ONSETS = (
    "b", "c", "cz", "d", "dz", "g", "h", "j", "k", "kr", "l", "ł", "m", "n", "p", "pr", "r", "rz", "s", "st",
    "sz", "ś", "t", "tr", "w", "z", "ź", "ż",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "y", "ą", "ę", "ó")
_ENGLISH_ONSETS = (
    "b", "bl", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "sh",
    "st", "t", "th", "tr", "v", "w",
)  # fmt: skip
_ENGLISH_RIMES = (
    "ad", "ain", "ale", "and", "ane", "ark", "ast", "eed", "eel", "end", "ent", "ick", "ide", "ill", "ine",
    "oad", "old", "one", "ook", "orn", "ound", "ure",
)  # fmt: skip
_TOPICS = ("home", "food", "people", "travel", "work", "nature", "body", "time", "town", "school")
_ENDINGS = {
    "noun": {
        "nom.sg": "a", "gen.sg": "y", "dat.sg": "ie", "acc.sg": "ę", "ins.sg": "ą", "loc.sg": "ie",
        "nom.pl": "y", "gen.pl": "ów", "dat.pl": "om", "acc.pl": "y", "ins.pl": "ami", "loc.pl": "ach",
    },
    "verb": {
        "inf": "ać", "prs.1sg": "am", "prs.2sg": "asz", "prs.3sg": "a", "prs.1pl": "amy", "prs.2pl": "acie",
        "prs.3pl": "ają",
    },
    "adjective": {"nom.sg.m": "y", "nom.sg.f": "a", "nom.sg.n": "e", "acc.sg.f": "ą", "gen.sg.m": "ego"},
}  # fmt: skip
_FRAMES = (
    ("Dzisiaj {} jest tutaj.", "Today the {} is here."),
    ("Nie widzę tego: {}.", "I do not see it: {}."),
    ("Czy {} to dobre słowo?", "Is {} a good word?"),
)


def made_up_items(count: int, seed: int = 1) -> Iterator[Item]:
    """`count` words, each with its forms and two sentences; the same seed gives the same ones."""
    rng = Random(seed)
    for position, stem in enumerate(islice(_stems(rng), count)):
        yield _item(stem, position, rng)


def _stems(rng: Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        syllables = (rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((1, 2, 2, 3))))
        stem = "".join(syllables) + rng.choice(_ONSETS)
        if stem not in seen:
            seen.add(stem)
            yield stem


def _item(stem: str, position: int, rng: Random) -> Item:
    identity = shared_id("benchmark", "item", str(position))
    pos = rng.choice(tuple(_ENDINGS))
    forms = {label: (stem + ending,) for label, ending in _ENDINGS[pos].items()}
    means = tuple(_english(rng) for _ in range(rng.choice((1, 1, 2, 3))))
    text = next(iter(forms.values()))[0]
    return Item(
        id=identity, kind=ItemKind.WORD, text=text, means=means, level=1 + position // ITEMS_PER_LEVEL,
        position=position, pos=pos, gender="feminine" if pos == "noun" else "", ipa=stem, rank=position + 1,
        topic=rng.choice(_TOPICS), forms=forms,
        collocations=(_frame("{} " + text, rng),), nuances=(_frame("Dzisiaj {} tutaj.", rng, text),),
        sentences=tuple(_sentence(identity, index, forms, means[0], rng) for index in range(2)),
    )  # fmt: skip


def _frame(polish: str, rng: Random, right: str = "") -> Frame:
    """A gap for `right`, or for a made-up word, with others to choose from."""
    before, after = polish.split("{}")
    words = [rng.choice(_ONSETS) + rng.choice(_VOWELS) + ending for ending in ("ny", "wy", "ki", "cy")]
    wrong = tuple(words[1:2] if right else words[1:])
    return Frame(before, after, right or words[0], _english(rng), wrong)


def _english(rng: Random) -> str:
    return "".join(
        rng.choice(_ENGLISH_ONSETS) + rng.choice(_ENGLISH_RIMES) for _ in range(rng.choice((1, 2, 2)))
    )


def _sentence(
    item: str, index: int, forms: Mapping[str, tuple[str, ...]], meaning: str, rng: Random
) -> Sentence:
    label = rng.choice(tuple(forms))
    polish, english = rng.choice(_FRAMES)
    before, after = polish.split("{}")
    target = forms[label][0]
    return Sentence(
        id=shared_id(item, "sentence", str(index)), text=before + target + after,
        translation=english.format(meaning), start=len(before), end=len(before) + len(target), form=label,
        because="This is the form that the sentence asks for.", groups=_groups(before, target, after),
        reply="Tak, wiem.", reply_translation="Yes, I know.",
    )  # fmt: skip


def _groups(before: str, target: str, after: str) -> tuple[str, ...]:
    """The words before, the target with what follows, and the rest; none where that is not three."""
    rest = after.split()
    groups = [*([before.strip()] if before else []), target, *([" ".join(rest[:1])] if rest else []),
              *([" ".join(rest[1:])] if rest[1:] else [])]  # fmt: skip
    return tuple(groups) if 3 <= len(groups) <= 5 else ()
