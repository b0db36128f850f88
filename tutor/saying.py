"""Saying an item for oneself, outside any session: heard and kept, and it never costs anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import spoken_rows
from tutor.course.item import Item
from tutor.drills.context import form_names
from tutor.drills.speaker import own_form_first
from tutor.drills.spoken import Said, said_of
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.speech.recording import Recording
from tutor.store import learners

if TYPE_CHECKING:
    from tutor.practice import Tutor


def listen(tutor: Tutor, item: Item, recording: Recording) -> Take:
    """Judge a recording of an item as it is written, or as this learner would say it of themselves.

    Of the other answers that are right none counts here: a slip in the one would be taken for another.
    Raises SpeechError.
    """
    own = own_form_first((item.text, *item.accept), tutor.settings.speaker)[0]
    return Take(recording, tutor.speaking.ear.evaluate(recording, item.text, (own,), form_names(item)))


def say_for_oneself(tutor: Tutor, item: Item, take: Take) -> Said | None:
    """Keep something that was said as an attempt, with the sounds that were off in it; never a review.

    None where it could not be heard well enough, or where no model listened. What this returns is on the
    disk; where nobody spoke, nothing is kept. Raises SpeechError where the recording could not be kept and a
    DatabaseError where the attempt could not be saved; nothing has changed then.
    """
    with spoken_rows.attempted(tutor, item, item.text, take) as attempt:
        if attempt is None:
            return None
        with tutor.database.write() as connection:
            spoken_rows.append(tutor, connection, item, take, attempt)
            learners.keep_stamp(connection, tutor.stamps.last)
    return said_of(take.result, tutor.speaking.sounds(item)) if take.result.hearing is Hearing.HEARD else None
