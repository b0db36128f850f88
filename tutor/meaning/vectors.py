"""What is done to vectors: brought to unit length, and put into whole numbers, a quarter of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tutor.meaning.encoder import Vectors

    Rows = npt.NDArray[np.int8]
    """Shape (vectors, dim)."""
    Scales = npt.NDArray[np.float32]
    """Shape (vectors,): what a row is multiplied by to give its vector."""

LARGEST = 127


def of_unit_length(vectors: Vectors) -> Vectors:
    """Each vector brought to unit length; one of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found = np.zeros_like(vectors)
    np.divide(vectors, lengths, out=found, where=lengths > 0)
    return found


def quantized(vectors: Vectors) -> tuple[Rows, Scales]:
    """Each vector as whole numbers up to 127, with a scale of its own; of a vector of zeros both are zero."""
    scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / LARGEST
    rows = np.divide(vectors, scales[:, None], out=np.zeros_like(vectors), where=scales[:, None] > 0)
    return np.rint(rows).astype(np.int8), scales
