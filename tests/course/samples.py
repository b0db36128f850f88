"""A small course that keeps to every rule, as text that tests may break."""

from __future__ import annotations

from pathlib import Path

COURSE = """\
key: mini
title: A small course
teaches: pl
speaks: en
lessons: [one, two]
"""

ONE = """\
key: cafe
title: In the café
title_pl: W kawiarni
can_do: Order something
cefr: A1
grammar:
  - key: accusative
    title: What you order
    note: It takes the accusative.
sounds:
  - key: nasal
    title: The letter ę
    note: It is nasal.
    contrasts:
      - [je, ję]
culture: People say good day.
words:
  - key: kawa
    text: kawa
    means: [coffee]
    pos: noun
    gender: feminine
    ipa: ˈkava
    rank: 812
    topic: drinks
    rule: accusative
    forms:
      nom.sg: kawa
      acc.sg: [kawę]
    collocations:
      - pl: "{mocna} kawa"
        en: strong coffee
        accept: [silna]
        wrong: [twarda, wysoka, ciężka]
    nuances:
      - pl: "Piję {kawę} z mlekiem."
        en: I drink coffee with milk.
        other: kawiarnię
        because: A *kawiarnia* is where you drink it.
    sentences:
      - pl: Piję {kawę}.
        en: I drink coffee.
        form: acc.sg
        because: What you drink takes the accusative.
        rule: accusative
        reply: Ja też.
        reply_en: So do I.
      - pl: To jest {kawa}.
        en: This is coffee.
        form: nom.sg
      - pl: Mam {kawę}.
        en: I have coffee.
        form: acc.sg
        accept: [Kawę]
        gloss:
          mam: I have
phrases:
  - key: prosze
    text: Proszę bardzo
    means: [here you are, "you're welcome"]
    prompt: Hand something over
    topic: manners
    gap: Proszę {bardzo}
    gap_en: here you are
"""

TWO = """\
key: town
title: In town
title_pl: W mieście
can_do: Find the way
cefr: A1
words:
  - key: tutaj
    text: tutaj
    means: [here]
    pos: adverb
    ipa: ˈtutaj
    topic: places
    sentences:
      - {pl: "Jestem {tutaj}.", en: I am here.}
      - {pl: "{Tutaj} mieszkam.", en: I live here.}
      - {pl: "Kino jest {tutaj}.", en: The cinema is here.}
"""

KEYS = "kawa\nprosze\ntutaj\n"

LIST = """\
templates:
  - key: often
    pl: "Często {verb} {object}."
    en: "I often {verb} {object}."
    form: prs.1sg
    aspect: imperfective
pairs:
  - verb: pic
    en: drink
    case: acc
    templates: [often]
    objects:
      - {noun: kawa, en: coffee}
"""
"""A verb of drinking and the coffee."""


def write(
    folder: Path, *, course: str = COURSE, one: str | bytes = ONE, two: str = TWO, keys: str = KEYS
) -> Path:
    """Write a course into `folder`, any part of it changed."""
    (folder / "lessons").mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / "lessons/one.yaml").write_bytes(one if isinstance(one, bytes) else one.encode())
    (folder / "lessons/two.yaml").write_text(two, encoding="utf-8")
    (folder / "keys.txt").write_text(keys, encoding="utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """The line on which `part` first stands."""
    return text[: text.index(part)].count("\n") + 1
