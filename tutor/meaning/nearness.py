"""What is near what, as things stood at one moment: an encoder, and the vectors it made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder
    from tutor.meaning.vector_file import VectorFile


@dataclass(frozen=True, slots=True)
class Nearness:
    """Where there is no encoder nothing is known to be near anything."""

    encoder: Encoder | None = None
    vectors: VectorFile | None = None

    def distances(self, item: str, others: Iterable[str]) -> dict[str, float]:
        """How far others are from an item, from 0 to 2: cosine distances by id, of those that are known."""
        return self.vectors.distances(item, others) if self.vectors else {}

    def closeness(self, texts: Sequence[str], lang: str, item: str) -> dict[str, float]:
        """How near each text, of the language `lang`, is to an item: cosines, where they are known."""
        if self.encoder is None or self.vectors is None or item not in self.vectors or not texts:
            return {}
        found = self.encoder.encode(list(texts), lang) @ self.vectors.vector(item)
        return dict(zip(texts, found.tolist(), strict=True))
