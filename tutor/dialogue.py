"""A lesson's dialogue, talked over one turn at a time: never a review, and it never costs anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.course.dialogue import Dialogue, Reply, Turn
from tutor.drills.answering import Taken, take
from tutor.errors import SessionMoved, UsageError
from tutor.i18n import _
from tutor.ids import new_id
from tutor.outcome import Progress
from tutor.speech.evaluation import Hearing, SpeechResult
from tutor.speech.recording import Recording
from tutor.store import dialogues, items, learners, lessons
from tutor.store.dialogues import Step
from tutor.store.lessons import ANSWERED, BEGUN, COMPLETED, LessonEvent
from tutor.text import LONGEST_ANSWER, normal, storable

if TYPE_CHECKING:
    from tutor.practice import Tutor


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn that is over: what the learner said to it, what that was taken for, what the tutor replied."""

    turn: Turn
    said: str
    """Empty where the learner was not sure."""
    taken: Taken
    reply: Reply


class Talk:
    """A dialogue and where it stands. Every answer it accepted is on the disk when `answer` returns."""

    def __init__(self, tutor: Tutor, lesson: str, dialogue: Dialogue, done: list[Step]) -> None:
        self.lesson, self.dialogue = lesson, dialogue
        self._tutor = tutor
        self._follow(done)

    @property
    def over(self) -> bool:
        """Whether the last line was said."""
        return self.turn.ends

    @property
    def progress(self) -> Progress:
        """Answers given and, at most, expected."""
        steps = self.dialogue.steps
        return Progress(steps if self.over else self.dialogue.step(self.turn), steps)

    def answer(self, said: str = "") -> Exchange:
        """Answer the tutor's line; without an answer the learner was not sure.

        Raises UsageError where the dialogue is over, SessionMoved where it went on in another place, and a
        DatabaseError where the answer could not be saved; nothing has changed then.
        """
        if self.over:
            raise UsageError(_("This conversation is over; it can be had again."))
        said = storable(said.strip())[:LONGEST_ANSWER]
        tutor, turn = self._tutor, self.turn
        steps = [Step(ANSWERED, turn.key, said)]
        with tutor.database.write() as connection:
            exchange = self._exchange(connection, turn, said)
            kept = dialogues.last_run(connection, tutor.learner.id, self.lesson)
            moved = kept != self._done
            if not moved:
                if self.dialogue.turn(exchange.reply.then).ends:
                    steps.append(Step(COMPLETED, "", ""))
                for step in steps:
                    self._log(connection, step, self.dialogue.step(turn) + 1)
        if moved:
            self._follow(kept)
            raise SessionMoved(_("This conversation went on elsewhere: it goes on from there."))
        self._done += steps
        self._take(exchange)
        return exchange

    def listen(self, recording: Recording) -> SpeechResult:
        """Hear a recording of an answer, against each that is right here. Raises SpeechError."""
        accept = self.turn.accept
        return self._tutor.speaking.ear.evaluate(recording, accept[0], accept)

    def begin(self) -> None:
        """Begin it anew. How far one ever got stays."""
        step = Step(BEGUN, "", "")
        with self._tutor.database.write() as connection:
            self._log(connection, step, 0)
        self._follow([step])

    def _follow(self, done: list[Step]) -> None:
        """Go where the answers that were logged lead; those that lead nowhere any more are passed over."""
        self._done = done
        self.exchanges: tuple[Exchange, ...] = ()
        self.turn = self.dialogue.turns[0]
        with self._tutor.database.read() as connection:
            for step in done:
                if step.event == ANSWERED and step.turn == self.turn.key and not self.over:
                    self._take(self._exchange(connection, self.turn, step.said))

    def _take(self, exchange: Exchange) -> None:
        self.exchanges = (*self.exchanges, exchange)
        self.turn = self.dialogue.turn(exchange.reply.then)

    def _exchange(self, connection: Connection, turn: Turn, said: str) -> Exchange:
        words = {word for answer in turn.accept for word in normal(answer).split()}
        inflected = self._tutor.items.load(connection, items.inflected(connection, words), sentences=False)
        taught = partial(items.is_taught, connection, self._tutor.learner.id)
        taken = take(turn, said, inflected, taught)
        return Exchange(turn, said, taken, turn.replies[taken.answer])

    def _log(self, connection: Connection, step: Step, reached: int) -> None:
        tutor = self._tutor
        stamp, total = tutor.stamps.tick(), self.dialogue.steps
        event = LessonEvent(
            new_id(stamp.ms), tutor.learner.id, tutor.device, str(stamp), self.lesson, step.event, stamp.at,
            detail=step.turn, said=step.said if step.event == ANSWERED else None,
            step=total if step.event == COMPLETED else reached, total=total,
        )  # fmt: skip
        lessons.append(connection, event)
        learners.keep_stamp(connection, stamp)


def answer_heard(result: SpeechResult) -> str:
    """The answer that was said: the one that it should be where each of its words was, else what was heard.

    Empty where too little was heard to be an answer.
    """
    if result.hearing is not Hearing.HEARD:
        return ""
    return result.expected if result.right_words else result.heard.strip()


def talk(tutor: Tutor, lesson: str) -> Talk:
    """A lesson's dialogue where it was left, else from its beginning.

    Raises UsageError where the lesson has none.
    """
    with tutor.database.read() as connection:
        dialogue = dialogues.load(connection, lesson)
        done = dialogues.last_run(connection, tutor.learner.id, lesson)
    if dialogue is None:
        raise UsageError(_("This lesson has no conversation."))
    found = Talk(tutor, lesson, dialogue, done)
    if found.over or not done:
        found.begin()
    return found
