"""An encoder that somebody chose: any sentence-transformers model, by name or folder."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import EncoderBroken
from tutor.i18n import _
from tutor.meaning import onnx_model, torch_model
from tutor.meaning.vectors import of_unit_length

if TYPE_CHECKING:
    from tutor.meaning.encoder import Vectors

_DIGITS = 12
"""Of a checksum, those that are part of an encoder's name."""


class SentenceEncoder:
    """A model as an `Encoder`: it knows languages by itself, and what it raises becomes EncoderBroken."""

    def __init__(self, name: str, model: Callable[[list[str]], Vectors]) -> None:
        """Try it once: raises EncoderBroken where what it gives are no vectors, of any length."""
        self._name, self._model = name, model
        self._lock = threading.Lock()
        self._dim = int(self._vectors(["kawa"]).shape[1])

    @property
    def name(self) -> str:
        """Which encoder it is, and a checksum of its model."""
        return self._name

    @property
    def dim(self) -> int:
        """The length of its vectors."""
        return self._dim

    def encode(self, texts: list[str], lang: str) -> Vectors:
        """As `Encoder.encode`. Raises EncoderBroken."""
        found = np.zeros((len(texts), self._dim), np.float32)
        # Of what holds neither letters nor digits a model makes something up.
        places = [place for place, text in enumerate(texts) if any(map(str.isalnum, text))]
        if places:
            vectors = self._vectors([texts[place] for place in places])
            if vectors.shape[1] != self._dim:
                raise _failed(self._name)
            found[places] = of_unit_length(vectors)
        return found

    def _vectors(self, texts: list[str]) -> Vectors:
        try:
            # Several web sessions share an encoder, and its tokenizer is changed as it is used.
            with self._lock:
                vectors = np.asarray(self._model(texts), np.float32)
        except Exception as error:
            raise _failed(self._name) from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise _failed(self._name)
        return vectors


def sentence_encoder(chosen: str) -> SentenceEncoder:
    """Load the model that was chosen, by its name or its folder. Raises EncoderBroken.

    Of a folder with an ONNX file onnxruntime reads that, where it is installed: it takes far less memory than
    sentence-transformers. Nothing is ever fetched.
    """
    folder = Path(chosen).expanduser()
    name = folder.name
    if not folder.is_dir() and _is_path(chosen):
        raise EncoderBroken(
            _("There is no folder {folder} for the encoder. Practice goes on without it: set `encoder` to a "
              "folder that is there, or to nothing.").format(folder=folder),
            doing="loading the encoder",
        )  # fmt: skip
    try:
        file = onnx_model.onnx_file(folder)
        if file and onnx_model.can_run():
            mark, model = onnx_model.load(file, folder / onnx_model.TOKENIZER)
        else:
            mark, model = torch_model.load(str(folder) if folder.is_dir() else chosen)
    except EncoderBroken:
        raise
    except Exception as error:
        # What is wrong with a model comes as whatever the library at hand raises.
        raise _unloadable(name, error) from error
    return SentenceEncoder(f"{name} {mark[:_DIGITS]}", model)


def _is_path(chosen: str) -> bool:
    """Whether it can be no name: those have at most an owner before them."""
    return chosen.startswith((".", "~", "/")) or "\\" in chosen or chosen.count("/") > 1


def _unloadable(name: str, error: Exception) -> EncoderBroken:
    if isinstance(error, MemoryError) or "allocate" in str(error):
        said = _("There is not enough memory for the encoder {name}. Practice goes on without it: choose a "
                 "smaller one.")  # fmt: skip
    else:
        said = _("The encoder {name} cannot be loaded: it is damaged or of another kind. Practice goes on "
                 "without it: put it there anew, or choose another.")  # fmt: skip
    return EncoderBroken(said.format(name=name), doing="loading the encoder")


def _failed(name: str) -> EncoderBroken:
    return EncoderBroken(
        _("The encoder {name} gives no vectors that could be compared. Practice goes on without it: choose "
          "another, or start the app anew to try it again.").format(name=name.rpartition(" ")[0]),
        doing="encoding",
    )  # fmt: skip
