"""How Polish is said: the IPA of a text, by rules, in the style of Wiktionary's broad transcriptions.

The rules are those of any Polish grammar: voicing assimilates backwards through a group of consonants, and
forwards to *w* and *rz*; words end voiceless; *ą* and *ę* are a vowel and what the next consonant makes of
the nasal; stress falls on the last syllable but one. What spelling does not tell is listed word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_VOWEL_LETTERS = "aeiouyóąę"
_VOWELS = frozenset({"a", "ɛ", "i", "ɔ", "u", "ɨ"})

_TWO_LETTERS = {
    "ch": "x", "cz": "t͡ʂ", "sz": "ʂ", "rz": "ʐ*", "dz": "d͡z", "dź": "d͡ʑ", "dż": "d͡ʐ",
}  # fmt: skip
_ONE_LETTER = {
    "a": "a", "ą": "ɔ~", "b": "b", "c": "t͡s", "ć": "t͡ɕ", "d": "d", "e": "ɛ", "ę": "ɛ~", "f": "f", "g": "ɡ",
    "h": "x", "i": "i", "j": "j", "k": "k", "l": "l", "ł": "w", "m": "m", "n": "n", "ń": "ɲ", "o": "ɔ",
    "ó": "u", "p": "p", "q": "k", "r": "r", "s": "s", "ś": "ɕ", "t": "t", "u": "u", "v": "v", "w": "v*",
    "y": "ɨ", "z": "z", "ź": "ʑ", "ż": "ʐ",
}  # fmt: skip
"""A star marks what a voiceless consonant before it devoices; a tilde, a nasal that follows the vowel."""

_SOFT = {"s": "ɕ", "z": "ʑ", "t͡s": "t͡ɕ", "d͡z": "d͡ʑ", "n": "ɲ"}
"""What a consonant becomes before *i*."""

_VOICELESS_OF = {
    "b": "p", "d": "t", "ɡ": "k", "v": "f", "z": "s", "ʑ": "ɕ", "ʐ": "ʂ", "d͡z": "t͡s", "d͡ʑ": "t͡ɕ", "d͡ʐ": "t͡ʂ",
}  # fmt: skip
_VOICED_OF = {voiceless: voiced for voiced, voiceless in _VOICELESS_OF.items()}
_OBSTRUENTS = frozenset({*_VOICELESS_OF, *_VOICED_OF, "x"})

_NASAL_BEFORE = {
    **dict.fromkeys(("p", "b"), "m"),
    **dict.fromkeys(("t", "d", "t͡s", "d͡z", "t͡ʂ", "d͡ʐ"), "n"),
    **dict.fromkeys(("t͡ɕ", "d͡ʑ"), "ɲ"),
    **dict.fromkeys(("k", "ɡ"), "ŋ"),
    **dict.fromkeys(("l", "w"), ""),
}
_NASAL_GLIDE = "w̃"

_SPELT = {
    "nauczyciel": "na|uczyciel", "nauczyciela": "na|uczyciela", "nauczycielem": "na|uczycielem",
    "nauczycielka": "na|uczycielka", "nauczycielką": "na|uczycielką", "nauka": "na|uka",
    "nauczyć": "na|uczyć", "muzeum": "muze|um", "jabłko": "japko", "jabłka": "japka",
    "pięćdziesiąt": "pieńdziesiąt", "dziewięćdziesiąt": "dziewieńdziesiąt",
    "sześćdziesiąt": "sześdziesiąt", "sześćset": "szejset", "pięćset": "pięcset",
    "weekend": "łikend", "weekendy": "łikendy", "weekendu": "łikendu", "sorry": "sori",
}  # fmt: skip
"""Words that are said otherwise than their spelling tells; a bar keeps two letters apart."""

_DIPHTHONGS = ("au", "eu")
"""One syllable in words from abroad: *autobus*, *Europa*."""

_STRESSED_EARLIER = re.compile(
    r"\w*[aeiouyóąę]\w*(?:[tznsflmr][yi]k(?:a|i|ę|ą|o)|(?:li|ły)(?:śmy|ście)|ł[aoy]?by[mś]?|liby)$"
)
"""*muzyka*, *robiliśmy*, *chciałabym*: the last syllable but two; *-śmy* and *-by* do not move the stress."""

_PREPOSITIONS = frozenset({"z", "w", "bez", "od", "nad", "pod", "przed", "przez"})
"""They run on into the word that follows, and so do not end voiceless."""

_CLITICS = _PREPOSITIONS | {
    "się", "mi", "ci", "cię", "go", "mu", "ją", "je", "im", "ich", "ze", "we", "na", "do", "po", "za", "u",
    "o", "ku", "dla", "przy", "i", "a", "to", "czy", "że", "no", "by",
}  # fmt: skip
"""Words of a phrase that carry no stress of their own."""

_CLAUSES = re.compile(r"[,;:.!?…–]+")
_WORD = re.compile(r"[^\W\d_]+")


def ipa(text: str) -> str:
    """The sounds of a word or a phrase, with a mark before each stressed syllable: `pɔˈprɔʂɛ ˈkavɛ`."""
    return " ".join(_clause(clause) for clause in _CLAUSES.split(text) if _WORD.search(clause))


def _clause(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    spoken = [_letters(word) for word in words]
    for word, sounds, following in zip(words, spoken, [*spoken[1:], []], strict=True):
        _assimilate(sounds, following, word in _PREPOSITIONS)
    return " ".join(_stressed(words, spoken))


def _letters(word: str) -> list[str]:
    """The sounds of each letter, or two, before they meet one another."""
    spelt = _SPELT.get(word, word)
    sounds: list[str] = []
    at = 0
    while at < len(spelt):
        pair, letter = spelt[at : at + 2], spelt[at]
        if letter == "|":
            at += 1
        elif pair in _TWO_LETTERS:
            sounds.append(_TWO_LETTERS[pair])
            at += 2
        elif letter == "i" and sounds and spelt[at - 1] != "|":
            before_vowel = spelt[at + 1 : at + 2] in set(_VOWEL_LETTERS)
            softened = sounds[-1] in _SOFT
            sounds[-1] = _SOFT.get(sounds[-1], sounds[-1])
            if not before_vowel:
                sounds.append("i")
            elif not softened:
                sounds.append("j")
            at += 1
        elif pair in _DIPHTHONGS:
            sounds += [_ONE_LETTER[letter], "w"]
            at += 2
        else:
            sounds.append(_ONE_LETTER.get(letter, letter))
            at += 1
    return sounds


def _assimilate(sounds: list[str], following: Sequence[str], runs_on: bool) -> None:
    """Let the sounds of a word meet one another, and those of the word that follows."""
    _nasals(sounds)
    _devoice_forwards(sounds)
    _voice_backwards(sounds, following, runs_on)
    for at, sound in enumerate(sounds[:-1]):
        if sound == "n" and sounds[at + 1] in ("k", "ɡ"):
            sounds[at] = "ŋ"
        elif sound == "n" and sounds[at + 1] in ("t͡ɕ", "d͡ʑ"):
            sounds[at] = "ɲ"


def _nasals(sounds: list[str]) -> None:
    at = 0
    while at < len(sounds):
        if sounds[at].endswith("~"):
            vowel, after = sounds[at][:-1], sounds[at + 1].rstrip("*") if at + 1 < len(sounds) else ""
            nasal = _NASAL_BEFORE.get(after, _NASAL_GLIDE) if after else _NASAL_GLIDE if vowel == "ɔ" else ""
            if after in ("ɕ", "ʑ"):
                nasal = "ɲ"
            sounds[at : at + 1] = [vowel, nasal] if nasal else [vowel]
        at += 1


def _devoice_forwards(sounds: list[str]) -> None:
    """*w* and *rz* are voiceless after a voiceless consonant: *kwiat*, *trzy*."""
    for at, sound in enumerate(sounds):
        if sound.endswith("*"):
            plain = sound[:-1]
            # *r* between them passes it on: *trwać*.
            before = next((sound for sound in reversed(sounds[:at]) if sound != "r"), "")
            sounds[at] = _VOICELESS_OF[plain] if before in _VOICED_OF or before == "x" else plain


def _voice_backwards(sounds: list[str], following: Sequence[str], runs_on: bool) -> None:
    """Each consonant takes the voice of the one that follows it; the last is voiceless, unless it runs on."""
    voiced: bool | None = False
    if runs_on:
        first = following[0].rstrip("*") if following else ""
        voiced = first in _VOICELESS_OF if first in _OBSTRUENTS else None
    for at in range(len(sounds) - 1, -1, -1):
        sound = sounds[at]
        if sound not in _OBSTRUENTS:
            voiced = None
            continue
        if voiced is False:
            sounds[at] = _VOICELESS_OF.get(sound, sound)
        elif voiced is True and sound in _VOICED_OF:
            sounds[at] = _VOICED_OF[sound]
        voiced = sounds[at] in _VOICELESS_OF


def _onset(sounds: Sequence[str], vowel: int, start: int) -> int:
    """Where a vowel's syllable begins: with as many consonants from `start` on as grow louder towards it."""
    at = vowel
    while at > start and (at == vowel or _LOUDNESS[sounds[at - 1]] < _LOUDNESS[sounds[at]]):
        at -= 1
    return at


_LOUDNESS = {
    **dict.fromkeys(("p", "b", "t", "d", "k", "ɡ", "t͡s", "d͡z", "t͡ʂ", "d͡ʐ", "t͡ɕ", "d͡ʑ"), 1),
    **dict.fromkeys(("f", "v", "s", "z", "ʂ", "ʐ", "ɕ", "ʑ", "x"), 2),
    **dict.fromkeys(("m", "n", "ɲ", "ŋ"), 3),
    **dict.fromkeys(("l", "r"), 4),
    **dict.fromkeys(("w", "j"), 5),
    _NASAL_GLIDE: 9,
}
"""How sonorous a consonant is: plosives least."""


def _stressed(words: Sequence[str], spoken: Sequence[Sequence[str]]) -> Iterator[str]:
    syllables = [[at for at, sound in enumerate(sounds) if sound in _VOWELS] for sounds in spoken]
    for at, (word, sounds, vowels) in enumerate(zip(words, spoken, syllables, strict=True)):
        if not vowels or (len(words) > 1 and _leans(words, at, syllables)):
            yield "".join(sounds)
            continue
        index = max(0, len(vowels) - (3 if _STRESSED_EARLIER.search(word) else 2))
        start = _onset(sounds, vowels[index], vowels[index - 1] + 1) if index else 0
        yield "".join(sounds[:start]) + "ˈ" + "".join(sounds[start:])


def _leans(words: Sequence[str], at: int, syllables: Sequence[Sequence[int]]) -> bool:
    """Whether a word of a phrase has no stress of its own: *nie* takes that of a word of one syllable."""
    if words[at] == "nie":
        return at + 1 < len(words) and len(syllables[at + 1]) > 1
    return words[at] in _CLITICS or (at > 0 and words[at - 1] == "nie" and len(syllables[at]) == 1)
