"""A tiny voice of piper: 600 bytes that sing a tone a phoneme, with the inputs and the output of a real one.

ONNX files are protocol buffers. The few messages that are needed are written here by hand, so that no test
needs the package onnx.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

SYMBOLS = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzŋɔɕəɛɡɨɲɪʃʊʑʒʔʲˈˌː\u0303\u0329"
"""What espeak-ng writes of Polish, each with its place for an id."""

RATE = 22050
SAMPLES = 400
"""Of a phoneme, at the voice's own speed."""

_FLOAT, _INT64 = 1, 7


def tiny_voice(folder: Path, voice: str = "pl_PL-ton-medium", **config: Any) -> Path:
    """Make a voice pack and return its folder; `config` replaces entries of its JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{voice}.onnx").write_bytes(tiny_model())
    text = json.dumps(tiny_config() | config, ensure_ascii=False)
    (folder / f"{voice}.onnx.json").write_text(text, encoding="utf-8")
    return folder


def tiny_config() -> dict[str, Any]:
    """The JSON of a voice, as piper's own have it."""
    return {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": "pl"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [place] for place, symbol in enumerate(SYMBOLS)},
        "num_symbols": len(SYMBOLS),
        "num_speakers": 1,
        "speaker_id_map": {},
    }


def tiny_model() -> bytes:
    """output = sin(id * 0.02 * n) for n up to SAMPLES * length scale, one phoneme id after another."""
    nodes = [
        _node("Gather", ["scales", "one"], "length_scale"),
        _node("Mul", ["length_scale", "samples"], "samples_each"),
        _node("Range", ["zero", "samples_each", "step"], "moments"),
        _node("Cast", ["input"], "ids", to=_FLOAT),
        _node("Mul", ["ids", "turn"], "pitches"),
        _node("Unsqueeze", ["pitches", "last"], "column"),
        _node("Mul", ["column", "moments"], "angles"),
        _node("Sin", ["angles"], "tones"),
        _node("Reshape", ["tones", "shape"], "output"),
    ]
    constants = [
        _tensor("one", _INT64, [], 1),
        _tensor("samples", _FLOAT, [], SAMPLES),
        _tensor("zero", _FLOAT, [], 0),
        _tensor("step", _FLOAT, [], 1),
        _tensor("turn", _FLOAT, [], 0.02),
        _tensor("last", _INT64, [1], 2),
        _tensor("shape", _INT64, [4], 1, 1, 1, -1),
    ]
    inputs = [
        _value("input", _INT64, "batch", "phonemes"),
        _value("input_lengths", _INT64, "batch"),
        _value("scales", _FLOAT, 3),
    ]
    graph = b"".join(
        [
            *(_field(1, node) for node in nodes),
            _field(2, b"tiny"),
            *(_field(5, constant) for constant in constants),
            *(_field(11, value) for value in inputs),
            _field(12, _value("output", _FLOAT, 1, 1, 1, "samples")),
        ]
    )
    opset = _field(1, b"") + _field(2, 15)
    return _field(1, 8) + _field(7, graph) + _field(8, opset)


def _node(operation: str, inputs: list[str], output: str, **integers: int) -> bytes:
    attributes = [
        _field(1, key.encode()) + _field(3, value) + _field(20, 2) for key, value in integers.items()
    ]
    return b"".join(
        [
            *(_field(1, name.encode()) for name in inputs),
            _field(2, output.encode()),
            _field(4, operation.encode()),
            *(_field(5, attribute) for attribute in attributes),
        ]
    )


def _tensor(name: str, kind: int, sizes: list[int], *numbers: float) -> bytes:
    packed = struct.pack(f"<{len(numbers)}{'f' if kind == _FLOAT else 'q'}", *numbers)
    dimensions = b"".join(_field(1, size) for size in sizes)
    return dimensions + _field(2, kind) + _field(8, name.encode()) + _field(9, packed)


def _value(name: str, kind: int, *sizes: int | str) -> bytes:
    dimensions = (_field(1, size) if isinstance(size, int) else _field(2, size.encode()) for size in sizes)
    shape = b"".join(_field(1, dimension) for dimension in dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _field(number: int, content: int | bytes) -> bytes:
    """A field of a message: a number, or bytes with their length."""
    if isinstance(content, int):
        return _varint(number << 3) + _varint(content)
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    written = b""
    while number > 127:
        written += bytes([number & 127 | 128])
        number >>= 7
    return written + bytes([number])
