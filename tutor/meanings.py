"""What is near in meaning among the items of a folder: their vectors, kept, and looked through."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence, Set
from math import inf
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from tutor.config import VECTORS
from tutor.errors import DatabaseError, EncoderBroken
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, untold
from tutor.meaning.encoder_in_use import EncoderInUse
from tutor.meaning.nearness import Nearness
from tutor.store import embeddings
from tutor.store.database import Database
from tutor.store.embeddings import Embedding, Text

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder, Vectors
    from tutor.meaning.vector_file import Near, VectorFile

log = logging.getLogger(__name__)

R = TypeVar("R")

LEARNED, KNOWN = "pl", "en"
"""The languages of an item's text and of its meanings."""

_MEANINGS = 3
"""Of an item's meanings, those that its vector is made of: the first are the usual ones."""
_SOON, _SOON_SECONDS = 1000, 1.0
"""Items whose vectors are made while somebody waits, and for how long at most: of the encoder that comes with
the app they take some 0.15 s, of a large model a minute."""
_AT_ONCE = 500
"""Items whose vectors are kept together: stopped work goes on after the last of them."""
_BETWEEN_LOOKS = 50
"""Items whose vectors are made between two looks at the clock."""


class Meanings:
    """Of one folder. Where no encoder works nothing is near anything, and `problem` says why."""

    def __init__(self, database: Database, folder: Path, encoders: EncoderInUse) -> None:
        self._database, self._path, self._encoders = database, folder / VECTORS, encoders
        self._kept: tuple[str, VectorFile] | None = None
        self._unmade = ""

    @property
    def problem(self) -> str:
        """What is missing here, as far as it is known by now; empty where nothing is."""
        return f"{self._encoders.problem} {self._unmade}".strip()

    def look(self) -> str:
        """Load the encoder where that was not done yet, which may take seconds, and say what is missing."""
        self._encoders.get()
        return self.problem

    def _by_encoder(self, work: Callable[[Encoder], R]) -> R | None:
        """Do work that an encoder takes; by the next one where it fails, and None where none is left."""
        while (encoder := self._encoders.get()) is not None:
            try:
                return work(encoder)
            except EncoderBroken as error:
                self._encoders.give_up(encoder, error)
        return None

    def embed(self, told: Told = untold, most: int | None = None, seconds: float = inf) -> int:
        """Make the vectors that are missing, or `most` of them, for about so many seconds; how many.

        What was made is kept, also where it is stopped.
        """
        return self._by_encoder(lambda encoder: self._embed(encoder, told, most, seconds)) or 0

    def _embed(self, encoder: Encoder, told: Told, most: int | None, seconds: float) -> int:
        # Counted from here on: by now the encoder is loaded, however long that took.
        until = monotonic() + seconds
        with self._database.read() as connection:
            total = embeddings.count_missing(connection, encoder.name)
        if most is not None:
            total = min(total, most)
        made = 0
        while made < total and (not made or monotonic() < until):
            with self._database.read() as connection:
                texts = embeddings.missing(connection, encoder.name, min(_AT_ONCE, total - made))
            if not texts:
                break
            new = _embedded(encoder, texts, until)
            with self._database.write() as connection:
                embeddings.save(connection, encoder.name, new)
            made += len(new)
            told(Progress(made, total, Doing.EMBEDDING))
        return made

    def catch_up(self, most: int | None = None, seconds: float = _SOON_SECONDS) -> int:
        """Make of what is missing as much as is soon made, or `most` of it; how much.

        The next time it goes on from there.
        Where nothing can be written now, what is there has to do, and only `problem` tells of it.
        """
        made = 0
        try:
            made = self.embed(most=_SOON if most is None else most, seconds=seconds)
        except DatabaseError as error:
            log.warning("no vectors were made: %s", error.message)
            self._unmade = _("New words could not be made ready for this the last time. {why}").format(
                why=error.message
            )
        else:
            self._unmade = ""
        return made

    def count_missing(self) -> int:
        """Of how many items no vector is made yet; none where no encoder works, or was loaded yet."""
        encoder = self._encoders.loaded
        if encoder is None:
            return 0
        with self._database.read() as connection:
            return embeddings.count_missing(connection, encoder.name)

    def vectors(self) -> VectorFile | None:
        """All vectors that are kept, from the file that holds them in one piece, made anew where stale."""
        return self._by_encoder(self._vectors_of)

    def _vectors_of(self, encoder: Encoder) -> VectorFile:
        from tutor.meaning import vector_file

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
        from tutor.meaning.vectors import of_unit_length

        def near(encoder: Encoder) -> list[Near]:
            query = of_unit_length(_both(encoder, [text], [text]))[0]
            return self._vectors_of(encoder).nearest(query, count, without)

        return self._by_encoder(near) or []

    def says_the_same(self, response: str, accepted: Sequence[str]) -> bool:
        """Whether a response of the learned language says what one of the accepted answers says.

        The answers themselves have to show it (`meaning.paraphrase`), and the encoder to agree: alone neither
        is believed. Without an encoder nothing that is not listed says the same.
        """
        from tutor.meaning.paraphrase import NEAR, same_in_other_words

        found = same_in_other_words(response, accepted)
        if found is None:
            return False

        def agrees(encoder: Encoder) -> bool:
            said, meant = encoder.encode([response, found], LEARNED)
            return float(said @ meant) >= NEAR

        return bool(self._by_encoder(agrees))

    def nearness(self) -> Nearness:
        """What is near what now; what changes later is not seen in it."""

        def now(encoder: Encoder) -> Nearness:
            return Nearness(encoder, self._vectors_of(encoder), self._encoders.give_up)

        return self._by_encoder(now) or Nearness()

    def near_item(self, item: str, count: int, without: Set[str] = frozenset()) -> list[Near]:
        """The items nearest to one of them, itself left out."""
        vectors = self.vectors()
        if vectors is None or item not in vectors:
            return []
        return vectors.nearest(vectors.vector(item), count, without | {item})


def _embedded(encoder: Encoder, texts: list[Text], until: float) -> list[Embedding]:
    """Vectors of the texts; of the first of them where it is past the time."""
    made: list[Embedding] = []
    for start in range(0, len(texts), _BETWEEN_LOOKS):
        if made and monotonic() >= until:
            break
        made += _vectors_of_items(encoder, texts[start : start + _BETWEEN_LOOKS])
    return made


def _vectors_of_items(encoder: Encoder, texts: list[Text]) -> list[Embedding]:
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
