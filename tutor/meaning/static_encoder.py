"""The encoder that comes with the app: a table of vectors, of which a text is the sum."""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import EncoderBroken
from tutor.i18n import _
from tutor.meaning.features import buckets_of, words_of
from tutor.meaning.vectors import of_unit_length

if TYPE_CHECKING:
    import numpy.typing as npt

    from tutor.meaning.encoder import Vectors

FORMAT = 1
_WORDS_KEPT = 4096
"""Whose vectors stay at hand: 6 MB at 384 numbers each."""


class StaticEncoder:
    """A folder with `encoder.json`, `vectors.npy` (int8) and `scales.npy` (one for each row)."""

    def __init__(self, folder: Path) -> None:
        """Read what it is; its table is mapped and read where it is needed. Raises EncoderBroken."""
        try:
            about = json.loads((folder / "encoder.json").read_text("utf-8"))
            self._vectors = np.load(folder / "vectors.npy", mmap_mode="r")
            self._scales = np.load(folder / "scales.npy")
            self._name, self._dim = str(about["name"]), int(about["dim"])
            shape = (int(about["buckets"]), self._dim)
            sound = about["format"] == FORMAT and self._vectors.dtype == np.int8
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise _broken(folder) from error
        if not sound or self._vectors.shape != shape or self._scales.shape != shape[:1]:
            raise _broken(folder)
        self._words: OrderedDict[tuple[str, str], npt.NDArray[np.float32]] = OrderedDict()

    @property
    def name(self) -> str:
        """Which encoder it is, and of which version."""
        return self._name

    @property
    def dim(self) -> int:
        """The length of its vectors."""
        return self._dim

    def encode(self, texts: list[str], lang: str) -> Vectors:
        """As `Encoder.encode`."""
        found = np.zeros((len(texts), self._dim), np.float32)
        for place, text in enumerate(texts):
            for word in words_of(text):
                found[place] += self._word(word, lang)
        return of_unit_length(found)

    def _word(self, word: str, lang: str) -> npt.NDArray[np.float32]:
        key = (word, lang)
        vector = self._words.get(key)
        if vector is None:
            rows = buckets_of(word, lang, len(self._vectors))
            vector = self._scales[rows] @ self._vectors[rows].astype(np.float32)
            self._words[key] = vector
            if len(self._words) > _WORDS_KEPT:
                self._words.popitem(last=False)
        return vector


def _broken(folder: Path) -> EncoderBroken:
    return EncoderBroken(
        _("What tells words of like meaning ({name}) is damaged or missing. Practice goes on without it.")
        .format(name=folder.name),
        doing="loading the encoder",
    )  # fmt: skip
