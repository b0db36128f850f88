"""What is near what, as things stood at one moment: an encoder, and the vectors it made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import EncoderBroken

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder
    from tutor.meaning.vector_file import VectorFile


@dataclass(frozen=True, slots=True)
class Nearness:
    """Where there is no encoder nothing is known to be near anything."""

    encoder: Encoder | None = None
    vectors: VectorFile | None = None
    failed: Callable[[Encoder, EncoderBroken], None] | None = None
    """Is told of an encoder that fails at work."""

    def distances(self, item: str, others: Iterable[str]) -> dict[str, float]:
        """How far others are from an item, from 0 to 2: cosine distances by id, of those that are known."""
        return self.vectors.distances(item, others) if self.vectors else {}

    def closeness(self, texts: Sequence[str], lang: str, item: str) -> dict[str, float]:
        """How near each text, of the language `lang`, is to an item: cosines, where they are known."""
        if self.encoder is None or self.vectors is None or item not in self.vectors or not texts:
            return {}
        try:
            found = self.encoder.encode(list(texts), lang) @ self.vectors.vector(item)
        except EncoderBroken as error:
            if self.failed is None:
                raise
            self.failed(self.encoder, error)
            return {}
        return dict(zip(texts, found.tolist(), strict=True))
