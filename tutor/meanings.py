"""What is near in meaning among the items of a folder: their vectors, kept, and looked through."""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.config import VECTORS
from tutor.errors import DatabaseError, EncoderBroken
from tutor.long_work import Doing, Progress, Told, untold
from tutor.meaning.nearness import Nearness
from tutor.resources import ASSETS
from tutor.store import embeddings
from tutor.store.database import Database
from tutor.store.embeddings import Embedding, Text

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder, Vectors
    from tutor.meaning.vector_file import Near, VectorFile

log = logging.getLogger(__name__)

SHIPPED = ASSETS / "models" / "static-pl-en-1"
LEARNED, KNOWN = "pl", "en"
"""The languages of an item's text and of its meanings."""

_MEANINGS = 3
"""Of an item's meanings, those that its vector is made of: the first are the usual ones."""
_SOON = 1000
"""Items whose vectors are made in a blink: some 0.15 s."""
_AT_ONCE = 500
"""Items whose vectors are made and kept together: stopped work goes on after the last of them."""


@lru_cache(maxsize=1)
def shipped_encoder() -> Encoder:
    """The encoder that comes with the app, one for all in this process. Raises EncoderBroken."""
    from tutor.meaning.static_encoder import StaticEncoder

    return StaticEncoder(SHIPPED)


class Meanings:
    """Of one folder. Where no encoder can be loaded nothing is near anything, and `problem` says why."""

    def __init__(
        self, database: Database, folder: Path, encoder: Callable[[], Encoder] = shipped_encoder
    ) -> None:
        self._database, self._path, self._made = database, folder / VECTORS, encoder
        self._kept: tuple[str, VectorFile] | None = None
        self.problem = ""
        """Why there is no encoder, in a sentence."""

    def _encoder(self) -> Encoder | None:
        try:
            return self._made()
        except EncoderBroken as error:
            if not self.problem:
                log.warning("no encoder: %s", error.message, exc_info=True)
            self.problem = error.message
            return None

    def embed(self, told: Told = untold, most: int | None = None) -> int:
        """Make the vectors that are missing, or `most` of them; how many.

        What was made is kept, also where it is stopped.
        """
        encoder = self._encoder()
        if encoder is None:
            return 0
        with self._database.read() as connection:
            total = embeddings.count_missing(connection, encoder.name)
        if most is not None:
            total = min(total, most)
        made = 0
        while made < total:
            with self._database.read() as connection:
                texts = embeddings.missing(connection, encoder.name, min(_AT_ONCE, total - made))
            if not texts:
                break
            new = _embedded(encoder, texts)
            with self._database.write() as connection:
                embeddings.save(connection, encoder.name, new)
            made += len(new)
            told(Progress(made, total, Doing.READING))
        return made

    def catch_up(self) -> None:
        """Make of what is missing as much as is soon made; the next time it goes on from there.

        Where nothing can be written now, what is there has to do: nobody who only looks is told of it.
        """
        try:
            self.embed(most=_SOON)
        except DatabaseError as error:
            log.warning("no vectors were made: %s", error.message)

    def vectors(self) -> VectorFile | None:
        """All vectors that are kept, from the file that holds them in one piece, made anew where stale."""
        from tutor.meaning import vector_file

        encoder = self._encoder()
        if encoder is None:
            return None
        with self._database.read() as connection:
            mark = embeddings.mark(connection, encoder.name)
            if self._kept and self._kept[0] == mark:
                return self._kept[1]
            found = vector_file.read(self._path, mark)
            if found is None:
                found = self._written(mark, embeddings.all_of(connection, encoder.name), encoder.dim)
        self._kept = mark, found
        return found

    def _written(self, mark: str, kept: list[Embedding], dim: int) -> VectorFile:
        import numpy as np

        from tutor.meaning import vector_file

        # What another encoder of the same name left behind is passed over.
        kept = [one for one in kept if len(one.vector) == dim]
        ids = [one.item for one in kept]
        rows = np.frombuffer(b"".join(one.vector for one in kept), np.int8).reshape(len(kept), dim)
        scales = np.array([one.scale for one in kept], np.float32)
        try:
            vector_file.write(self._path, mark, ids, rows, scales)
        except OSError:
            # Without the file it is only slower the next time.
            log.warning("vectors could not be put into a file", exc_info=True)
            return vector_file.VectorFile(ids, rows, scales)
        return vector_file.read(self._path, mark) or vector_file.VectorFile(ids, rows, scales)

    def near_text(self, text: str, count: int, without: Set[str] = frozenset()) -> list[Near]:
        """The items nearest to what somebody wrote, in either language."""
        encoder, vectors = self._encoder(), self.vectors()
        if encoder is None or vectors is None:
            return []
        from tutor.meaning.vectors import of_unit_length

        return vectors.nearest(of_unit_length(_both(encoder, [text], [text]))[0], count, without)

    def nearness(self) -> Nearness:
        """What is near what now; what changes later is not seen in it."""
        encoder = self._encoder()
        return Nearness(encoder, self.vectors()) if encoder else Nearness()

    def near_item(self, item: str, count: int, without: Set[str] = frozenset()) -> list[Near]:
        """The items nearest to one of them, itself left out."""
        vectors = self.vectors()
        if vectors is None or item not in vectors:
            return []
        return vectors.nearest(vectors.vector(item), count, without | {item})


def _embedded(encoder: Encoder, texts: list[Text]) -> list[Embedding]:
    from tutor.meaning.vectors import of_unit_length, quantized

    meanings = ["; ".join(one.means[:_MEANINGS]) for one in texts]
    rows, scales = quantized(of_unit_length(_both(encoder, [one.text for one in texts], meanings)))
    return [
        Embedding(one.item, float(scale), row.tobytes())
        for one, row, scale in zip(texts, rows, scales, strict=True)
    ]


def _both(encoder: Encoder, learned: list[str], known: list[str]) -> Vectors:
    """Texts as those of the one language and of the other: the sum says what both agree on."""
    return encoder.encode(learned, LEARNED) + encoder.encode(known, KNOWN)
