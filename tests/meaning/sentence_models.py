"""Sentence models of a few words, made here: ONNX with its tokenizer, and one of sentence-transformers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

WORDS = ("[PAD]", "[UNK]", "kawa", "coffee", "pociąg", "train", "mleko")
TABLE = np.array(
    # Padding would drag every mean along, were it counted.
    [
        [0, 0, 0, 90],
        [0, 0, 0.1, 0],
        [1, 0, 0, 0],
        [0.9, 0.1, 0, 0],
        [0, 1, 0, 0],
        [0.1, 0.9, 0, 0],
        [1, 0, 1, 0],
    ],
    np.float32,
)


def onnx_folder(folder: Path, file: str = "onnx/model.onnx", table: Any = TABLE) -> Path:
    """A model that gives each word the vector that the table has for it."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(onnx_file_of(table))
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def tokenizer() -> Any:
    """Words stand for themselves, and each text is padded to 128, as in files of models that are in use."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    made = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.enable_padding(length=128, pad_id=0, pad_token="[PAD]")
    return made


def sentence_transformers_folder(folder: Path, table: Any = TABLE) -> Path:
    """The same table as a model of sentence-transformers, of its smallest kind."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    made = tokenizer()
    made.no_padding()
    SentenceTransformer(modules=[StaticEmbedding(made, embedding_weights=table)], device="cpu").save(
        str(folder)
    )
    return folder


def says_pooling(folder: Path, **how: object) -> None:
    """Say how the vectors of tokens become one."""
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(how))


# ONNX is protobuf: fields with a number, of which these are the few that a model with one step has.


def onnx_file_of(table: Any, inputs: Sequence[str] = ("input_ids", "attention_mask")) -> bytes:
    """A model that looks tokens up in a table."""
    data = np.ascontiguousarray(table, np.float32)
    dims = b"".join(_number(1, size) for size in data.shape)
    tensor = dims + _number(2, 1) + _bytes(8, b"table") + _bytes(9, data.tobytes())
    gather = _bytes(1, b"table") + _bytes(1, inputs[0].encode()) + _bytes(2, b"out") + _bytes(4, b"Gather")
    graph = _bytes(1, gather) + _bytes(2, b"lookup") + _bytes(5, tensor)
    for name in inputs:
        graph += _bytes(11, _value(name, 7, ("batch", "tokens")))
    graph += _bytes(12, _value("out", 1, ("batch", "tokens", data.shape[1])))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size.encode())) for size in shape
    )
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
