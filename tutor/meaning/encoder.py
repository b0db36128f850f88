"""What turns texts into vectors whose closeness is closeness of meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    """Shape (texts, dim), each row of unit length, or all zeros where a text holds nothing to go by."""


class Encoder(Protocol):
    """One of these knows some languages. Vectors of different encoders have nothing to do with each other."""

    @property
    def name(self) -> str:
        """Which encoder it is, and of which version: vectors that were kept are good under the same name."""
        ...

    @property
    def dim(self) -> int:
        """The length of its vectors."""
        ...

    def encode(self, texts: list[str], lang: str) -> Vectors:
        """Vectors of texts in a language, such as `pl`; one row for each, of unit length."""
        ...
