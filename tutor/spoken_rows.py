"""What something that was said writes into the log, and the file of its recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.course.item import Item
from tutor.drills.spoken import mistakes_of
from tutor.ids import new_id
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.store import attempts, mistakes
from tutor.store.attempts import Attempt, Spoken
from tutor.text import LONGEST_ANSWER

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor


@contextmanager
def attempted(tutor: Tutor, item: Item, expected: str, take: Take | None) -> Iterator[Attempt | None]:
    """The attempt that a recording makes, and its file, which stays if what is done within succeeds.

    None where nobody spoke. Raises SpeechError where the recording could not be kept.
    """
    if take is None or take.result.hearing is Hearing.NOTHING:
        yield None
        return
    attempt = _attempt_of(tutor, item, expected, take)
    with tutor.speaking.keeping(attempt.id, take.recording) as ref:
        assert attempt.spoken
        yield replace(attempt, spoken=replace(attempt.spoken, audio_ref=ref))


def append(
    tutor: Tutor, connection: Connection, item: Item, take: Take, attempt: Attempt,
    answer_id: str | None = None, *, overridden: bool = False,
) -> None:  # fmt: skip
    """Write an attempt and the sounds that were off in it, unless the learner said that it was right."""
    attempt = replace(attempt, answer_id=answer_id)
    attempts.append(connection, attempt)
    if take.result.hearing is Hearing.HEARD and not overridden:
        for wrong in mistakes_of(take.result, tutor.speaking.sounds(item)):
            mistakes.append(connection, attempt, wrong.concept, wrong.subtype, wrong.raw)


def _attempt_of(tutor: Tutor, item: Item, expected: str, take: Take) -> Attempt:
    """A new row, stamped now; whose answer it is, and its file, come later."""
    stamp, result = tutor.stamps.tick(), take.result
    heard = result.hearing is Hearing.HEARD
    words = tuple(
        {"text": word.text, "score": round(word.score, 1), "fit": round(word.fit, 3), "phones": word.pairs}
        for word in result.words
    )
    spoken = Spoken(
        fluency=result.fluency / 100 if heard else None,
        completeness=result.completeness / 100 if heard else None,
        semantic_score=result.semantic if heard else None,
        phonetic_distance=result.phonetic if heard else None,
        words=words if heard else (),
        audio_ref=None,
    )
    return Attempt(
        id=new_id(stamp.ms), learner=tutor.learner.id, device=tutor.device, hlc=str(stamp), answer_id=None,
        item=item.id, expected=result.expected or expected,
        transcript=result.heard[:LONGEST_ANSWER], accuracy=result.accuracy / 100 if heard else None,
        response_ms=take.response_ms, at=stamp.at, spoken=spoken,
    )  # fmt: skip
