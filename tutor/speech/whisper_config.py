"""Whether what a speech model's configuration says can be: what is not, CTranslate2 would crash over."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tutor.speech.ctranslate2_file import variables

_LAYER = re.compile(r"decoder/layer_(\d+)/")


def check_whisper_config(folder: Path) -> int:
    """How many tokens a model knows.

    Raises ValueError where `config.json` names tokens, layers or heads that `model.bin` has not: the library
    refuses no index that points past a table, but reads there, and the process ends.
    """
    read: Any = json.loads((folder / "config.json").read_text("utf-8"))
    config = read if isinstance(read, dict) else {}
    tables = variables(folder / "model.bin")
    layers = {int(found[1]) for name in tables if (found := _LAYER.match(name))}
    try:
        tokens, heads = tables["decoder/embeddings/weight"].shape[0], tables["decoder/num_heads"].number
    except (KeyError, IndexError) as error:
        raise ValueError("model.bin is no speech model") from error
    for name in ("suppress_ids", "suppress_ids_begin"):
        _check_all_below(name, config.get(name), tokens)
    pairs = config.get("alignment_heads")
    if not isinstance(pairs, list) or not pairs or any(not _is_pair(pair) for pair in pairs):
        raise ValueError("alignment_heads are no pairs of layers and heads")
    _check_all_below("alignment_heads", [layer for layer, _head in pairs], len(layers))
    _check_all_below("alignment_heads", [head for _layer, head in pairs], heads or 0)
    return tokens


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _check_all_below(name: str, values: object, end: int) -> None:
    if not isinstance(values, list) or any(type(one) is not int or not 0 <= one < end for one in values):
        raise ValueError(f"{name} are not all whole numbers from 0 to {end - 1}")
