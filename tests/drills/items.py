"""Items as tests of drills need them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tutor.course.item import Frame, Item, ItemKind, Sentence


def word(text: str, *means: str, **more: Any) -> Item:
    """A word; without a meaning given it means itself in capitals."""
    known = {"id": f"id of {text}", "kind": ItemKind.WORD, "pos": "noun", "topic": "things"}
    return Item(text=text, means=means or (text.upper(),), **(known | more))


def sentence(marked: str, translation: str = "In English.", **more: Any) -> Sentence:
    """A sentence with its form in braces."""
    before, target, after = marked.replace("}", "{").split("{")
    return Sentence(
        id=marked, text=before + target + after, translation=translation,
        start=len(before), end=len(before) + len(target), **more,
    )  # fmt: skip


def frame(marked: str, *wrong: str, translation: str = "In English.", **more: Any) -> Frame:
    """A frame with what belongs in it in braces."""
    before, right, after = marked.replace("}", "{").split("{")
    return Frame(before, after, right, translation, wrong, **more)


def everything_apart(one: str, other: str) -> bool:
    """A voice that merges nothing."""
    return one != other


KAWA = word(
    "kawa", "coffee", "a cup of coffee",
    gender="feminine", note="Never without a biscuit.", rule="accusative", accept=("kawka",),
    forms={
        "nom.sg": ("kawa",), "acc.sg": ("kawę",), "ins.sg": ("kawą",), "gen.sg": ("kawy",),
        "nom.pl": ("kawy",),
    },
    sentences=(
        sentence(
            "Piję {kawę}.", "I drink coffee.", form="acc.sg", rule="accusative", accept=("kawkę",),
            because="What you drink takes the accusative.",
        ),
    ),
)  # fmt: skip
DZIEN_DOBRY = word(
    "Dzień dobry!", "good morning", "hello", kind=ItemKind.PHRASE, pos="phrase", prompt="Greet a stranger",
    accept=("Witam.",), who="to strangers", sentences=(sentence("Dzień {dobry}!", "good morning"),),
)  # fmt: skip
MOZE, MORZE = word("może", "maybe", ipa="ˈmɔʐɛ"), word("morze", "sea", ipa="ˈmɔʐɛ")
OTHERS = [
    word("herbata", "tea"),
    word("dom", "house"),
    word("kot", "cat"),
    word("pies", "dog"),
    word("krowa", "cow"),
]

_texts = st.text("aąeębcćdkłmnoóprsśtwyzźż", min_size=1, max_size=6)
_meanings = st.sampled_from(
    [
        "coffee",
        "a coffee",
        "Coffee!",
        "tea",
        "the tea",
        "to drink",
        "drink",
        "it's",
        "it is",
        "dog",
        "cat (male)",
        "cat",
    ]
)


@st.composite
def pools(draw: st.DrawFn, min_size: int = 1) -> list[Item]:
    """Items that often look alike, sound alike or mean the same."""
    texts = draw(st.lists(_texts, min_size=min_size, max_size=12))
    return [
        word(
            text,
            *draw(st.lists(_meanings, min_size=1, max_size=3)),
            id=f"id {number}",
            pos=draw(st.sampled_from(["noun", "verb"])),
            topic=draw(st.sampled_from(["", "drinks", "animals"])),
            ipa=draw(st.sampled_from(["", "ˈa", "ˈb", "ˈc"])),
            forms={"nom.sg": (text,), "acc.sg": (f"{text}ę",)} if draw(st.booleans()) else {},
            sentences=tuple(
                sentence(f"To {{{text}}} tu.", form="nom.sg") for _ in range(draw(st.integers(0, 2)))
            ),
        )
        for number, text in enumerate(texts)
    ]
