"""How near what was said is in meaning to what was to be said, however it sounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tutor.text import normal

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder

OTHER_FORM = 0.8
"""What a word counts whose other form was said: the listener understands, the sentence limps."""


def semantic_score(
    heard: str, accepted: Sequence[str], forms: Mapping[str, str], encoder: Encoder | None = None
) -> float:
    """0 to 1. Without an encoder: the share of an accepted text's words that were said, in any order.

    `forms` are those of the tested word, case folded: another of them counts almost as much.
    """
    said = normal(heard)
    if any(normal(text) == said for text in accepted):
        return 1.0
    if not said or not accepted:
        return 0.0
    if encoder:
        vectors = encoder.encode([heard, *accepted], "pl")
        return max(0.0, float(max(vectors[1:] @ vectors[0])))
    return max(_shared(said.split(), normal(text).split(), forms) for text in accepted)


def _shared(said: Sequence[str], expected: Sequence[str], forms: Mapping[str, str]) -> float:
    """The share of words in both, of those in either."""
    heard, wanted = Counter(said), Counter(expected)
    both = heard & wanted
    rests = heard - both, wanted - both
    others = min(sum(count for word, count in rest.items() if word in forms) for rest in rests)
    return (both.total() + OTHER_FORM * others) / max(len(said), len(expected), 1)
