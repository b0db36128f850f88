"""Hearing by a Whisper model through faster-whisper, on the device.

A recording is encoded once, and what was encoded serves twice: to write down what was said, and to see how
well the expected text fits it (`ctranslate2.models.Whisper.align`), which Whisper's habit of spelling what it
believes was meant cannot hide.
"""

from __future__ import annotations

import logging
import os
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from tutor.errors import SpeechModelBroken, TooMuchToSay
from tutor.i18n import _
from tutor.speech.recording import listening_packages
from tutor.speech.transcriber import Heard, WordFit
from tutor.speech.whisper_config import check_whisper_config
from tutor.text import normal, spoken_words

if TYPE_CHECKING:
    from tutor.speech.recording import Samples

log = logging.getLogger(__name__)

NO_SPEECH, UNSURE, REPEATS = 0.6, -1.0, 2.4
"""Whisper's own bounds for what it invented: probability of no speech, mean log probability, and how far the
text can be compressed (Radford et al. 2022, "Robust Speech Recognition", section 4.5)."""

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_MOST_TOKENS, _MOST_THREADS = 90, 4
_POSITIONS = 448
_IDLE_SECONDS = 300.0


class Whisper:
    """One model in memory, loaded when first used and let go when nobody spoke for five minutes."""

    def __init__(self, folder: Path, language: str = "pl", *, threads: int = 0) -> None:
        self._folder, self._language = folder, language
        # More threads than cores spin while they wait for each other, and two busy cores come to a halt.
        self._threads = threads or min(_MOST_THREADS, os.cpu_count() or 1)
        self._model: Any = None
        self._tokenizer: Any = None
        self._lock = threading.Lock()
        self._used = 0.0

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self._folder.name

    @property
    def loaded(self) -> bool:
        """Whether it is in memory."""
        return self._model is not None

    def load(self) -> None:
        """Have it in memory. Raises NoSpeechEngine or SpeechModelBroken."""
        with self._lock:
            self._ready()

    def release(self, idle_seconds: float = _IDLE_SECONDS) -> bool:
        """Let it go where it was not used for so long; whether it is out of memory now."""
        with self._lock:
            if self._model is not None and monotonic() - self._used >= idle_seconds:
                self._model = self._tokenizer = None
            return self._model is None

    def _ready(self) -> Any:
        self._used = monotonic()
        if self._model is None:
            self._model, self._tokenizer = _load(self._folder, self._language, self._threads)
        return self._model

    def hear(self, samples: Samples, choose: Callable[[str], str]) -> Heard:
        """As `Transcriber.hear`; at most 30 seconds of it."""
        with self._lock:
            model = self._ready()
            try:
                heard = self._heard(model, samples, choose)
            except (RuntimeError, ValueError, MemoryError) as error:
                raise SpeechModelBroken(
                    _("The speech model {name} failed while listening. Nothing was counted: judge it "
                      "yourself, or install the model again.").format(name=self.name),
                    doing="listening",
                ) from error  # fmt: skip
            self._used = monotonic()
            return heard

    def _heard(self, model: Any, samples: Samples, choose: Callable[[str], str]) -> Heard:
        from faster_whisper.audio import pad_or_trim

        features = model.feature_extractor(samples)
        frames = min(features.shape[-1], model.feature_extractor.nb_max_frames)
        encoded = model.encode(pad_or_trim(features))
        tokenizer = self._tokenizer
        prompt = model.get_prompt(tokenizer, [], without_timestamps=True)
        # Of what it may not write, -1 stands for what the model's own configuration names.
        result = model.model.generate(
            encoded, [prompt], beam_size=1, max_length=len(prompt) + _MOST_TOKENS, return_scores=True,
            return_no_speech_prob=True, suppress_blank=False, suppress_tokens=[-1],
        )[0]  # fmt: skip
        tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
        text = tokenizer.decode(tokens).strip()
        # The score is of the tokens and the end after them.
        likely = result.scores[0] * len(result.sequences_ids[0]) / (len(result.sequences_ids[0]) + 1)
        chosen = choose(text)
        return Heard(
            text, _is_sure(text, likely, result.no_speech_prob), chosen,
            self._fits(model, encoded, frames, _as_it_writes(chosen, text)),
        )  # fmt: skip

    def _fits(self, model: Any, encoded: Any, frames: int, words: Sequence[str]) -> tuple[WordFit, ...]:
        tokenizer = self._tokenizer
        groups = [tokenizer.encode(f" {word}") for word in words]
        tokens = [token for group in groups for token in group]
        # The end of the text takes a position, too.
        if len(tokenizer.sot_sequence) + len(tokens) + 1 > _POSITIONS:
            raise TooMuchToSay(
                _("That is too long to be judged at once. Judge it yourself, or say a part of it."),
                doing="listening",
            )
        found = model.model.align(encoded, tokenizer.sot_sequence, [tokens], [frames])[0]
        times: dict[int, list[int]] = {}
        for token, time in found.alignments:
            times.setdefault(token, []).append(time)
        fits, at = [], 0
        for group in groups:
            here = range(at, at + len(group))
            spoken = [time for token in here for time in times.get(token, [])]
            probabilities = [float(p) for p in found.text_token_probs[at : at + len(group)]]
            probability = sum(probabilities) / len(probabilities) if probabilities else 0.0
            # Two frames of 10 ms to a step of the encoder.
            start, end = (min(spoken) * 0.02, (max(spoken) + 1) * 0.02) if spoken else (0.0, 0.0)
            fits.append(WordFit(probability, start, end))
            at += len(group)
        return tuple(fits)


def _as_it_writes(expected: str, written: str) -> list[str]:
    """The words of a text as this model writes: some know neither capitals nor commas."""
    words = spoken_words(expected)
    return [normal(word) for word in words] if written == normal(written) else words


def _is_sure(text: str, likely: float, no_speech: float) -> bool:
    raw = text.encode()
    repeats = len(raw) / len(zlib.compress(raw)) if raw else 0.0
    return bool(text) and repeats <= REPEATS and likely >= UNSURE and no_speech <= NO_SPEECH


def _load(folder: Path, language: str, threads: int) -> tuple[Any, Any]:
    with listening_packages():
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
    # A path that is none would be taken for a name to be looked up on the network.
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise SpeechModelBroken(
            _("The speech model {name} is not whole ({missing} is missing). Install it again in Settings; "
              "until then you judge yourself.").format(name=folder.name, missing=missing[0]),
            doing="loading the speech model",
        )  # fmt: skip
    try:
        tokens = check_whisper_config(folder)
        model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads,
                             local_files_only=True)  # fmt: skip
        if model.hf_tokenizer.get_vocab_size() > tokens:
            raise ValueError("tokenizer.json knows tokens that model.bin has not")  # noqa: TRY301
        tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )
    except Exception as error:
        # What is wrong with a model comes as whatever the library at hand raises.
        if isinstance(error, MemoryError) or "allocate" in str(error):
            raise SpeechModelBroken(
                _("There is not enough memory for the speech model {name}. Install a smaller one in "
                  "Settings; until then you judge yourself.").format(name=folder.name),
                doing="loading the speech model",
            ) from error  # fmt: skip
        log.warning("a speech model cannot be loaded", exc_info=True)
        raise SpeechModelBroken(
            _("The speech model {name} cannot be loaded: it is damaged or of another kind. Install it again "
              "in Settings; until then you judge yourself.").format(name=folder.name),
            doing="loading the speech model",
        ) from error  # fmt: skip
    if not model.model.is_multilingual:
        raise SpeechModelBroken(
            _("The speech model {name} knows no language but English. Install another in Settings; until "
              "then you judge yourself.").format(name=folder.name),
            doing="loading the speech model",
        )  # fmt: skip
    return model, tokenizer
