"""A sentence model as an ONNX file with its `tokenizer.json`: read by onnxruntime, with no torch."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tutor.meaning.encoder import Vectors

    Numbers = npt.NDArray[np.int64]
    """Shape (texts, tokens)."""

TOKENIZER = "tokenizer.json"
_SMALLEST_FIRST = ("model_quantized", "model_int8", "model_qint8*", "model_quint8*", "model")
"""What the files are called, those of whole numbers first: four times as small, and faster."""
_PLAIN = {"Transformer", "Pooling", "Normalize"}
"""The steps of a model of which the ONNX file leaves out none that is not done here."""
_AT_ONCE = 64
_MOST_TOKENS = 256
"""Of a text, where the tokenizer itself names no end; models know 512 positions or more."""


def onnx_file(folder: Path) -> Path | None:
    """The ONNX file of a model's folder, one of whole numbers where there is one; None where it has none.

    None, too, where the model does something else with its tokens than to take their mean.
    """
    if not (folder / TOKENIZER).is_file() or not _is_plain(folder):
        return None
    found = (
        file
        for name in _SMALLEST_FIRST
        for place in (folder / "onnx", folder)
        for file in sorted(place.glob(f"{name}.onnx"))
        if _is_for_this_machine(file.stem)
    )
    return next(found, None)


def can_run() -> bool:
    """Whether the packages that it takes are installed; none is imported."""
    return all(find_spec(package) for package in ("onnxruntime", "tokenizers"))


def _is_for_this_machine(name: str) -> bool:
    arm = platform.machine().casefold() in ("arm64", "aarch64")
    return not ("avx" in name if arm else "arm64" in name)


def _is_plain(folder: Path) -> bool:
    """Whether the vector of a text is the mean of its tokens'; it is where the folder says nothing of it."""
    steps, pooling = folder / "modules.json", folder / "1_Pooling" / "config.json"
    if steps.is_file():
        kinds = {str(step["type"]).rpartition(".")[2] for step in json.loads(steps.read_text("utf-8"))}
        if not kinds <= _PLAIN:
            return False
    if not pooling.is_file():
        return True
    said = json.loads(pooling.read_text("utf-8"))
    taken = {name for name, on in said.items() if name.startswith("pooling_mode_") and on}
    return said.get("pooling_mode", "mean") == "mean" and taken <= {"pooling_mode_mean_tokens"}


def load(file: Path, tokenizer: Path) -> tuple[str, Callable[[list[str]], Vectors]]:
    """What tells this model from others, and what gives a vector for each text, of any length.

    Raises whatever onnxruntime and tokenizers raise.
    """
    from onnxruntime import InferenceSession

    session = InferenceSession(str(file), providers=["CPUExecutionProvider"])
    words = _tokenizer(tokenizer)
    wanted = [one.name for one in session.get_inputs()]

    def vectors(texts: list[str]) -> Vectors:
        # Texts of about one length share a batch, so that little of it is padding.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        parts = []
        for start in range(0, len(order), _AT_ONCE):
            batch = words.encode_batch([texts[place] for place in order[start : start + _AT_ONCE]])
            tokens = {
                "input_ids": np.array([one.ids for one in batch], np.int64),
                "attention_mask": np.array([one.attention_mask for one in batch], np.int64),
                "token_type_ids": np.array([one.type_ids for one in batch], np.int64),
            }
            given = session.run(None, {name: tokens[name] for name in wanted})[0]
            parts.append(_pooled(given, tokens["attention_mask"]))
        found = np.concatenate(parts)
        back = np.empty_like(found)
        back[order] = found
        return back

    return _digest([*sorted(file.parent.glob(f"{file.name}*")), tokenizer]), vectors


def _pooled(given: Vectors, mask: Numbers) -> Vectors:
    """The mean of the tokens' vectors, padding left out; what the model pooled itself stays as it is."""
    if given.ndim == 2:
        return given
    weights = mask[:, :, None].astype(np.float32)
    found: Vectors = (given * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
    return found


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    # Many files pad each text to 128 tokens, which takes ten times as long as a phrase needs.
    padding = tokenizer.padding or {}
    tokenizer.enable_padding(pad_id=padding.get("pad_id", 0), pad_token=padding.get("pad_token", "[PAD]"))
    if tokenizer.truncation is None:
        tokenizer.enable_truncation(_MOST_TOKENS)
    return tokenizer


def _digest(files: list[Path]) -> str:
    sum_ = sha256()
    for path in files:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                sum_.update(part)
    return sum_.hexdigest()
