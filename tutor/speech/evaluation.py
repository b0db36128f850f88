"""What was said, held against what was to be said: which word and which sound was off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.speech import scores
from tutor.speech.noise import less_noisy, signal_to_noise
from tutor.speech.phone_alignment import Pair, align_phones, cost_of
from tutor.speech.phones import PhoneWriter, phones_of, split_phones
from tutor.speech.recording import RATE, Recording, evened, read_recording, without_silence
from tutor.speech.scores import CONSTANTS, Constants
from tutor.speech.semantic import semantic_score
from tutor.speech.transcriber import Heard, Transcriber
from tutor.speech.voice_activity import Speaking, find_speech
from tutor.speech.word_alignment import align_words
from tutor.text import normal, spoken_words

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder
    from tutor.speech.recording import Samples

HEARD_AGAIN_DB = 25.0
"""With less between speech and what is around it, what did not pass is heard again without the noise."""

NOISY_DB = 15.0
"""With less than this, what was not heard well even then may be due to noise."""

_MARGIN_MS = 120
_HEARD_LETTERS = 400


class Hearing(StrEnum):
    """How much could be heard."""

    NOTHING = "nothing"
    """Nobody spoke: no attempt was made."""
    UNCLEAR = "unclear"
    """Somebody spoke, and what was heard may be invented: nothing is graded."""
    NOISY = "noisy"
    """It did not come out well, and it was so noisy that this tells nothing: nothing is graded."""
    UNHEARD = "unheard"
    """No model listened: the learner judges."""
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word of the expected text, as it was said."""

    text: str
    score: float
    """0 to 100."""
    fit: float
    """The forced probability of the word, 0 to 1."""
    pairs: tuple[Pair, ...]
    """Its phones, expected and heard."""
    missed: bool
    """Whether it is missing, or another word was said."""
    start: float
    end: float
    """Where it is in the recording, in seconds."""

    @property
    def phones(self) -> int:
        """How many phones were expected."""
        return sum(expected is not None for expected, _heard in self.pairs)

    @property
    def cost(self) -> float:
        """The mean cost of its phones, 0 to 1."""
        return scores.phone_cost(self.pairs)


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """How a phrase was said. The scores are estimates until calibrated on people."""

    hearing: Hearing
    expected: str
    """That of the accepted answers which is nearest to what was heard."""
    heard: str
    """As the model wrote it down."""
    words: tuple[SpokenWord, ...] = ()
    accuracy: float = 0.0
    fluency: float = 0.0
    completeness: float = 0.0
    total: float = 0.0
    phonetic: float = 1.0
    """The mean cost of a phone, 0 to 1: how far its sounds are from those expected."""
    semantic: float = 0.0
    """0 to 1: how near what it means is to what was to be said, however it sounded."""
    extra: tuple[str, ...] = ()
    """What was said beyond the expected words."""
    start_ms: int = 0
    """From the beginning of the recording to the first sound."""
    seconds: float = 0.0
    """From the first sound to the last."""
    clipped: bool = False

    @property
    def passed(self) -> bool:
        """Whether every word was said, and well enough.

        Of *w* and *z* between consonants nobody hears much, and they may pass with less.
        """
        made_out = all(word.score >= scores.NEARLY for word in self.words if word.phones > 1)
        return self.right_words and made_out and self.total >= scores.GOOD

    @property
    def worst(self) -> int | None:
        """The place of the word that was furthest off: one that was not said before one said badly."""
        off = {
            at: (not word.missed, word.phones == 1, word.score)
            for at, word in enumerate(self.words)
            if word.missed or word.cost > 0 or word.score < scores.GOOD
        }
        return min(off, key=off.__getitem__) if off else None

    @property
    def right_words(self) -> bool:
        """Whether every word was said, well or badly, and no other."""
        missed = any(word.missed for word in self.words)
        return self.hearing is Hearing.HEARD and not self.extra and not missed


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Judges how something was said, by a model that hears and a voice that writes phones."""

    transcriber: Transcriber
    writer: PhoneWriter
    encoder: Encoder | None = None
    constants: Constants = CONSTANTS

    def evaluate(
        self,
        audio: Path | bytes | Recording,
        expected: str,
        accepted: Sequence[str] = (),
        forms: Mapping[str, str] | None = None,
        says_the_same: Callable[[str], bool] = lambda heard: False,
    ) -> SpeechResult:
        """Judge a recording of `expected`, or of another of the `accepted` texts.

        `forms` are forms of the tested word, case folded, by which another form of it is known. What was
        heard and `says_the_same` as they do was to be said. Raises RecordingUnreadable,
        NoSpeechEngine, SpeechModelBroken or TooMuchToSay.
        """
        recording = audio if isinstance(audio, Recording) else read_recording(audio)
        samples = evened(recording.samples)
        texts = tuple(dict.fromkeys((expected, *accepted)))

        def meant(heard: str) -> str:
            listed = self._nearest(texts, heard)
            other = normal(listed) != normal(heard) and says_the_same(heard)
            return heard if other else listed

        speaking = find_speech(samples)
        if speaking is None:
            return SpeechResult(Hearing.NOTHING, expected, "", clipped=recording.clipped)
        result = self._heard_in(samples, speaking, meant)
        decibels = signal_to_noise(samples, speaking)
        if not result.passed and decibels < HEARD_AGAIN_DB:
            # Noise does not count against anybody: it is heard again with less of it, and the better counts.
            again = self._heard_in(less_noisy(samples), speaking, meant)
            result = max(result, again, key=lambda one: (one.passed, one.total))
            if not result.passed and decibels < NOISY_DB:
                result = replace(result, hearing=Hearing.NOISY)
        # What sounds as it should means what it should, however the model spelled it: *kawe* for *kawę*.
        sounds_right = result.right_words and result.phonetic == 0
        all_right = (*texts, result.expected)
        semantic = 1.0 if sounds_right else semantic_score(result.heard, all_right, forms or {}, self.encoder)
        return replace(result, clipped=recording.clipped, semantic=semantic)

    def _heard_in(self, samples: Samples, speaking: Speaking, meant: Callable[[str], str]) -> SpeechResult:
        """`meant` tells which text somebody meant of whom this was heard."""
        spoken = without_silence(samples, speaking.start, speaking.end, _MARGIN_MS)
        begins = max(0, speaking.start - _MARGIN_MS * RATE // 1000) / RATE
        return self._judged(self.transcriber.hear(spoken, meant), speaking, begins)

    def _nearest(self, texts: Sequence[str], heard: str) -> str:
        """Of several right answers the one whose sounds are nearest to what was heard."""
        if len(texts) == 1:
            return texts[0]
        said = normal(heard)
        for text in texts:
            if normal(text) == said:
                return text
        phones = self._phones(heard)
        return min(texts, key=lambda text: cost_of(align_phones(self._phones(text), phones)))

    def _phones(self, text: str) -> list[str]:
        words = split_phones(self.writer.phones(normal(text)[:_HEARD_LETTERS]))
        return [phone for word in words for phone in word]

    def _judged(self, heard: Heard, speaking: Speaking, begins: float) -> SpeechResult:
        texts = spoken_words(heard.chosen)
        expected = phones_of([normal(text) for text in texts], self.writer)
        said_words = normal(heard.text)[:_HEARD_LETTERS].split()
        said = phones_of(said_words, self.writer)
        by_word, surplus = align_words(expected, said)
        extra = tuple(said_words[n] for n in surplus)
        words = []
        for text, phones, pairs, fit in zip(texts, expected, by_word, heard.words, strict=True):
            cost = scores.phone_cost(pairs)
            words.append(SpokenWord(
                text, scores.word_score(fit.probability, cost, self.constants), fit.probability, tuple(pairs),
                scores.is_missed(fit.probability, cost, len(phones), self.constants),
                begins + fit.start, begins + fit.end,
            ))  # fmt: skip
        parts = (
            scores.accuracy([(word.score, word.phones) for word in words], self.constants),
            scores.fluency(sum(map(len, expected)), speaking.seconds, speaking.pauses / RATE, self.constants),
            scores.completeness(sum(not word.missed for word in words), len(words)),
        )
        return SpeechResult(
            Hearing.HEARD if heard.sure else Hearing.UNCLEAR, heard.chosen, heard.text, tuple(words), *parts,
            total=scores.total(parts, self.constants),
            phonetic=scores.phone_cost([pair for pairs in by_word for pair in pairs]),
            extra=extra, start_ms=speaking.start_ms, seconds=speaking.seconds,
        )  # fmt: skip
