"""The sounds of a course held against those of a voice: what differs was judged, or is a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from tutor.course.item import Item, ItemKind

SOUNDS = "sounds.yaml"

_SAME = str.maketrans({"ʃ": "ʂ", "ʒ": "ʐ", "ç": "x", "͡": None, "ˈ": None, "ˌ": None, "ː": None, " ": None})
"""What is written in two ways and is one sound of Polish."""

_SOFT = re.compile(r"(?<=ɲ)ʲ|ʲ(?=i)")
"""Softness that the sounds around it tell already."""


def comparable(sounds: str) -> str:
    """A transcription as it is compared: no stress, no ties, one sign for one sound."""
    plain = _SOFT.sub("", sounds.translate(_SAME))
    return plain.replace("ʲ", "j").replace("jj", "j").replace("ɔ̃", "ɔw̃").replace("ɛ̃", "ɛw̃")


def sound_problems(
    items: Iterable[Item], said: Callable[[str], str], judged: Mapping[str, str]
) -> Iterator[str]:
    """Words whose sounds are not what a voice says, and nobody judged why; and judgements of none.

    `said` is the voice's IPA of a text.
    """
    words = {item.text: item.ipa for item in items if item.kind is ItemKind.WORD}
    differ = {text for text, ipa in words.items() if comparable(ipa) != comparable(said(text))}
    for text in sorted(differ - judged.keys()):
        yield f"why {text!r} is {words[text]!r} where the voice says {said(text)!r}, in {SOUNDS}"
    for text in sorted(judged.keys() - differ):
        yield f"no judgement of {text!r} in {SOUNDS}: the voice says it so"
