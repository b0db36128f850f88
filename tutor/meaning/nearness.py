"""What is near what, as things stood at one moment: an encoder, and the vectors it made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import EncoderBroken

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder, Vectors
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
        if self.vectors is None or item not in self.vectors or not texts:
            return {}
        found = self._encoded(texts, lang)
        if found is None:
            return {}
        return dict(zip(texts, (found @ self.vectors.vector(item)).tolist(), strict=True))

    def closeness_among(self, texts: Mapping[str, str], lang: str) -> dict[tuple[str, str], float]:
        """How near texts are to each other, by their names in order: cosines, where they are known."""
        names = sorted(texts)
        found = self._encoded([texts[name] for name in names], lang)
        if found is None:
            return {}
        close = (found @ found.T).tolist()
        return {
            (one, other): close[i][j]
            for i, one in enumerate(names)
            for j, other in enumerate(names[i + 1 :], i + 1)
        }

    def _encoded(self, texts: Sequence[str], lang: str) -> Vectors | None:
        """The vectors of texts; None where there is no encoder, or it fails."""
        if self.encoder is None:
            return None
        try:
            return self.encoder.encode(list(texts), lang)
        except EncoderBroken as error:
            if self.failed is None:
                raise
            self.failed(self.encoder, error)
            return None
