"""espeak-ng, from the package espeakng-loader: small, clear, mechanical, and in need of no download."""

from __future__ import annotations

import ctypes
import threading
from typing import Any, ClassVar

from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.speech.synthesizer import NORMAL_RATE
from tutor.speech.wav import as_wav

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
"""Without it a wrong data path ends the whole process."""

_UTF8 = 1
_IPA = 2
_SEPARATED = ord("_") << 8
"""Which character stands between phones."""

_RATE_PARAMETER = 1
_WORDS_PER_MINUTE = 140
"""espeak-ng's own 175 is quick for a learner."""

_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


DEEPER, HIGHER = "pl", "pl+f3"
"""Its Polish voice as it is, near 90 Hz, and with the third of its variants for women, near 170 Hz."""


class Espeak:
    """A Polish voice of espeak-ng. The library is one per process, so its use is serialised."""

    _lock: ClassVar[threading.Lock] = threading.Lock()
    _library: ClassVar[Any] = None
    _sample_rate: ClassVar[int] = 0
    _set: ClassVar[str] = ""
    """The voice that the library speaks with now."""

    engine = "espeak-ng-1.52"

    def __init__(self, voice: str = DEEPER) -> None:
        self.voice = voice

    @property
    def name(self) -> str:
        """Its pitch, in a word."""
        return _("Deeper") if self.voice == DEEPER else _("Higher")

    @property
    def title(self) -> str:
        """The voice, as the learner reads it."""
        return _("espeak-ng (clear, but mechanical)")

    def synthesize(self, text: str, rate: float = NORMAL_RATE) -> bytes:
        """A mono 16-bit WAV file. Raises SpeechError where the engine fails or says nothing."""
        with self._lock:
            library = self._loaded()
            chunks: list[bytes] = []

            def receive(samples: Any, count: int, events: Any) -> int:
                if count > 0:
                    chunks.append(ctypes.string_at(samples, count * 2))
                return 0

            # Held until synthesis is over: the library keeps only a pointer.
            callback = _CALLBACK(receive)
            library.espeak_SetSynthCallback(callback)
            library.espeak_SetParameter(_RATE_PARAMETER, round(_WORDS_PER_MINUTE * rate), 0)
            data = text.encode()
            status = library.espeak_Synth(data, len(data) + 1, 0, 0, 0, _UTF8, None, None)
            library.espeak_Synchronize()
        samples = b"".join(chunks)
        if status != 0 or not samples.strip(b"\0"):
            raise SpeechError(
                _("The voice could not say this; the drill goes on without sound."), doing="speaking"
            )
        return as_wav(samples, self._sample_rate)

    def sounds(self, text: str) -> str:
        """The engine's IPA of `text`, without stress. Raises SpeechError where the engine is missing."""
        return self._transcribed(text, _IPA)

    def phones(self, text: str) -> str:
        """Like `sounds`, with a `_` between the phones of a word, so that tʃ is one and t_ʃ two."""
        return self._transcribed(text, _IPA | _SEPARATED)

    def _transcribed(self, text: str, how: int) -> str:
        with self._lock:
            # The library keeps a pointer into this and would read on behind a zero byte.
            data = ctypes.c_char_p(text.replace("\0", " ").encode())
            rest = ctypes.cast(data, ctypes.c_void_p)
            library, said = self._loaded(), list[str]()
            # One clause at a time; what is left of a text would be taken for the beginning of the next.
            while rest.value is not None:
                said.append(library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, how).decode())
        return " ".join(said).replace("ˈ", "").replace("ˌ", "")

    def _loaded(self) -> Any:
        """The library, speaking with this voice."""
        cls = type(self)
        if cls._library is None:
            cls._library, cls._sample_rate = _load()
        if cls._set != self.voice:
            if cls._library.espeak_SetVoiceByName(self.voice.encode()) != 0:
                raise _not_started()
            cls._set = self.voice
        return cls._library


def _load() -> tuple[Any, int]:
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        path = espeakng_loader.get_data_path().encode()
    except (ImportError, OSError, RuntimeError) as error:
        raise SpeechError(
            _("The voice espeak-ng is not installed; `tutor doctor` says how to get it."),
            doing="loading the voice",
        ) from error
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    sample_rate = library.espeak_Initialize(_SYNCHRONOUS, 0, path, _DO_NOT_EXIT)
    if sample_rate <= 0:
        raise _not_started()
    return library, sample_rate


def _not_started() -> SpeechError:
    return SpeechError(
        _("The voice espeak-ng could not be started; `tutor doctor` says more."), doing="loading the voice"
    )
