"""How far one phone is from another, by their features."""

from __future__ import annotations

import json
from functools import cache

from tutor.resources import ASSETS

TABLE = ASSETS / "speech" / "phones.json"
"""What `tools/phone_features.py` wrote."""

NEAREST, FARTHEST = 0.35, 1.0
"""What taking one phone for another costs, from the most alike to the least (docs/speech.md)."""

_FAR = 0.4
"""The weighted share of features in which two phones differ that have nothing in common but being phones."""


@cache
def _features() -> tuple[dict[str, tuple[int, ...]], tuple[float, ...]]:
    table = json.loads(TABLE.read_text("utf-8"))
    return {phone: tuple(row) for phone, row in table["phones"].items()}, tuple(table["weights"])


def is_known(phone: str) -> bool:
    """Whether there are features of a phone; of others nothing is known but that they are others."""
    return phone in _features()[0]


@cache
def substitution(expected: str, heard: str) -> float:
    """What it costs to take `heard` for `expected`: 0 for the same, else 0.35 to 1 by their features.

    The features and their weights are panphon's (Mortensen et al. 2016, COLING).
    """
    if expected == heard:
        return 0.0
    table, weights = _features()
    one, other = table.get(expected), table.get(heard)
    if one is None or other is None:
        return FARTHEST
    differ = sum(abs(a - b) / 2 * weight for a, b, weight in zip(one, other, weights, strict=True))
    share = min(differ / sum(weights) / _FAR, 1.0)
    return NEAREST + (FARTHEST - NEAREST) * share
