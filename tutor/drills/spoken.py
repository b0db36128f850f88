"""What is said about something said aloud: each word, the sound that differed, and how to make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.course.spoken_sounds import Sound, SpokenSounds, spelling
from tutor.drills.drill import Drill
from tutor.drills.feedback import Feedback, Verdict, in_other_words
from tutor.i18n import _, plural
from tutor.memory.review import Help, Rating
from tutor.speech.evaluation import SpeechResult, SpokenWord
from tutor.speech.scores import GOOD, NEARLY
from tutor.text import normal

_PUNCTUATION = '.,!?…„”"–:;'


@dataclass(frozen=True, slots=True)
class SaidSound:
    """One sound of a word."""

    letters: str
    phone: str
    """Its IPA."""
    differs: bool


@dataclass(frozen=True, slots=True)
class SaidWord:
    """One word, as it was said."""

    text: str
    verdict: Verdict
    score: int
    sounds: tuple[SaidSound, ...]
    told: str
    """What differed and what to do, in a sentence or two; empty where nothing did."""
    missed: bool
    start: float
    end: float
    """Where it is in the recording, in seconds."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a phrase was said. The scores, 0 to 100, are estimates."""

    words: tuple[SaidWord, ...]
    accuracy: int
    fluency: int
    completeness: int
    total: int
    heard: str
    """As it was understood."""
    extra: tuple[str, ...]
    clipped: bool
    worst: int | None = None
    """The place of the word that is told of first; None where all are good."""


@dataclass(frozen=True, slots=True)
class SoundMistake:
    """A sound that came out as another, or a word that was none of those expected."""

    concept: str
    """`sound:` and the sound's key, or `word` for a word that was left out or replaced."""
    subtype: str
    """`sound` or `omission`."""
    raw: str
    """What was expected and what was heard, as `ʃ ɕ proszę`."""


def word_verdict(word: SpokenWord) -> Verdict:
    """Again where it was not said, nearly where a sound differed or it was hard to make out."""
    if word.missed or word.score < NEARLY:
        return Verdict.AGAIN
    return Verdict.NEARLY if word.cost > 0 or word.score < GOOD else Verdict.GOOD


def said_of(result: SpeechResult, sounds: SpokenSounds) -> Said:
    """Put what was heard into words."""
    return Said(
        words=tuple(_said_word(word, sounds) for word in result.words),
        accuracy=round(result.accuracy), fluency=round(result.fluency),
        completeness=round(result.completeness), total=round(result.total),
        heard=result.heard, extra=result.extra, clipped=result.clipped, worst=result.worst,
    )  # fmt: skip


def spoken_feedback(
    drill: Drill, result: SpeechResult, sounds: SpokenSounds, rating: Rating, help_used: Help
) -> Feedback:
    """The verdict on a phrase that was said."""
    said = said_of(result, sounds)
    verdict = spoken_verdict(result, help_used)
    listed = normal(result.expected) in map(normal, (drill.answer, *drill.accepted))
    return Feedback(
        verdict=verdict,
        rating=rating,
        headline=_headline(verdict, said),
        answer=result.expected,
        tested=(0, len(result.expected)),
        differs=(),
        response=result.heard,
        response_differs=(),
        translation=drill.translation if drill.prompt == drill.answer else drill.prompt,
        why=_why(said, verdict) if listed else in_other_words(drill.answer),
        note=drill.note,
        said=said,
    )


def spoken_verdict(result: SpeechResult, help_used: Help) -> Verdict:
    """That of the worst word; nearly where half of it was shown, or where it came haltingly."""
    if help_used is Help.OVERRIDE:
        return Verdict.GOOD
    if help_used is Help.SHOWN or not result.right_words:
        return Verdict.AGAIN
    verdicts = {word_verdict(word) for word in result.words}
    good = verdicts == {Verdict.GOOD} and result.total >= GOOD and help_used is not Help.HINT
    return Verdict.GOOD if good else Verdict.NEARLY


def mistakes_of(result: SpeechResult, sounds: SpokenSounds) -> tuple[SoundMistake, ...]:
    """Each sound that came out as another, once for each word, and each word that was not said."""
    found: dict[tuple[str, str], SoundMistake] = {}
    for word in result.words:
        text = normal(word.text)
        if word.missed:
            found[text, "word"] = SoundMistake("word", "omission", text)
            continue
        for sound, heard in _differing(word, sounds):
            came = heard.phone if heard else "–"
            raw = f"{sound.phone} {came} {text}"
            found[text, sound.key] = SoundMistake(f"sound:{sound.key}", "sound", raw)
    return tuple(found.values())


def _differing(word: SpokenWord, sounds: SpokenSounds) -> list[tuple[Sound, Sound | None]]:
    """The expected sounds of a word that came out otherwise, each with what was heard for it."""
    letters = _letters(word, sounds)
    found = []
    at = 0
    for expected, heard in word.pairs:
        if expected is None:
            continue
        sound = sounds.of(expected, letters[at] if at < len(letters) else "")
        other = sounds.of(heard) if heard else None
        if sound and sound is not other and expected != heard:
            found.append((sound, other))
        at += 1
    return found


def _letters(word: SpokenWord, sounds: SpokenSounds) -> Sequence[str]:
    expected = [phone for phone, _heard in word.pairs if phone is not None]
    return spelling(normal(word.text).replace(" ", ""), expected, sounds)


def _said_word(word: SpokenWord, sounds: SpokenSounds) -> SaidWord:
    letters = _letters(word, sounds)
    shown: list[SaidSound] = []
    at = 0
    for expected, heard in word.pairs:
        if expected is None:
            continue
        here = letters[at] if at < len(letters) else ""
        sound = sounds.of(expected, here)
        differs = expected != heard and (sound is None or heard is None or sounds.of(heard) is not sound)
        phone = sound.phone if sound else expected
        one = SaidSound(here or expected, phone, differs)
        if not here and shown:
            # One letter, two sounds: the n of dziękuję is written by its ę.
            before = shown.pop()
            one = SaidSound(before.letters, before.phone + phone, before.differs or differs)
        shown.append(one)
        at += 1
    return SaidWord(
        text=word.text.strip(_PUNCTUATION), verdict=word_verdict(word), score=round(word.score),
        sounds=tuple(shown), told=_told(word, sounds), missed=word.missed, start=word.start, end=word.end,
    )  # fmt: skip


def _told(word: SpokenWord, sounds: SpokenSounds) -> str:
    """What differed in a word: the first sound of it that did, and how to make that one."""
    if word.missed:
        return _("This word was left out, or another one was heard.")
    differing = _differing(word, sounds)
    if not differing:
        if word_verdict(word) is Verdict.GOOD:
            return ""
        return _("It was hard to make out. Say it a little more slowly and clearly.")
    sound, heard = differing[0]
    if heard is None:
        told = _("*{sound}* was not heard.").format(sound=sound.name)
    else:
        told = _("*{sound}* sounded like *{other}*.").format(sound=sound.name, other=heard.name)
    return f"{told} {sounds.hint(sound, heard)}"


def _headline(verdict: Verdict, said: Said) -> str:
    if verdict is Verdict.GOOD:
        return _("Good")
    if verdict is Verdict.AGAIN:
        return _("Not yet")
    sounds = sum(sound.differs for word in said.words for sound in word.sounds)
    return plural("Nearly, one sound", "Nearly, {count} sounds", sounds) if sounds else _("Nearly")


def _why(said: Said, verdict: Verdict) -> str:
    if said.extra and verdict is Verdict.AGAIN and not any(word.missed for word in said.words):
        return _("More was heard than that: “{heard}”.").format(heard=said.heard)
    if said.clipped and verdict is not Verdict.GOOD:
        return _("It was so loud that sounds may have been lost: move back a little.")
    return ""
