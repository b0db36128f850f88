"""A dialogue as the screen sees it: what was said so far, and what there is to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from tutor import dialogue, lessons
from tutor.course.dialogue import Turn
from tutor.dialogue import Exchange, Talk, answer_heard
from tutor.errors import SessionMoved
from tutor.i18n import _
from tutor.lessons import Standing
from tutor.outcome import Progress
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.speech.recording import Recording
from tutor.ui.aloud import Aloud
from tutor.ui.microphone import Microphone
from tutor.ui.recorder import Stage
from tutor.ui.sound import Sound, speak
from tutor.ui.turns import Turns
from tutor.ui.writing import Writing

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Talking(Writing, ft.Observable):
    """The state of one dialogue."""

    def __init__(
        self, tutor: Tutor, talk: Talk, lesson: Standing, turns: Turns, sound: Sound | None,
        microphone: Microphone | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.turns, self.lesson = turns, lesson
        self.voice = tutor.voice.title if sound else ""
        self.who, self.scene = talk.dialogue.who, talk.dialogue.scene
        self.hinted = False
        self.open: frozenset[str] = frozenset()
        """The names of the tutor's lines of which the meaning is shown."""
        self.blocked = False
        """Whether the browser waits for a tap before it plays anything."""
        self.spoken = False
        """Whether the last answer was said and not typed."""
        self.aloud = Aloud(
            tutor, turns, sound, microphone, judged=self._judged, heard_by_oneself=_nothing,
            not_heard=_not_sent,
        )  # fmt: skip
        self._relay = lambda _sender, _field: self._notify("aloud")
        self.aloud.subscribe(self._relay)
        self._tutor, self._talk, self._sound, self._microphone = tutor, talk, sound, microphone
        self._see()

    @classmethod
    async def of(
        cls, tutor: Tutor, turns: Turns, sound: Sound | None, lesson: str,
        microphone: Microphone | None = None,
    ) -> Talking:  # fmt: skip
        """A lesson's dialogue, where it was left or from its beginning."""
        page = await turns.call(lessons.page, tutor, lesson)
        talk = await turns.call(dialogue.talk, tutor, lesson)
        talking = cls(tutor, talk, page.standing, turns, sound, microphone)
        talking.greet()
        return talking

    def _see(self) -> None:
        """Show where the dialogue is."""
        talk = self._talk
        self.exchanges: tuple[Exchange, ...] = talk.exchanges
        self.turn: Turn = talk.turn
        self.over, self.progress = talk.over, talk.progress
        self.hinted = False
        self.clear()
        self.turns.typing = not talk.over
        self.aloud.begin(next(iter(self.turn.accept), ""), self._listen)

    @property
    def progress_now(self) -> Progress:
        """The answer that is to be given, of all."""
        done, total = self.progress.done, self.progress.total
        return Progress(min(done + (not self.over), total), total)

    @property
    def words_left(self) -> bool:
        """Whether the lesson has words that were not met yet."""
        return self.lesson.met < self.lesson.items

    # What can be done.

    async def send(self) -> None:
        """Answer with what was typed; nothing typed is no answer."""
        if self.typed.strip():
            self.spoken = False
            await self._answer(self.typed)

    async def not_sure(self) -> None:
        """Be told instead of answering."""
        await self._answer("")

    async def _answer(self, said: str) -> None:
        try:
            exchange = await self.turns.call(self._talk.answer, said)
        except SessionMoved:
            self._move_on()
            raise
        self._move_on()
        self._say_by_itself(f"{exchange.reply.says} {self.turn.says}")

    def _move_on(self) -> None:
        self.turns.advance()
        self._see()

    # Saying it aloud.

    @property
    def can_speak(self) -> bool:
        """Whether an answer can be said instead of typed: there is a microphone, and a model that hears."""
        return self._microphone is not None and self.aloud.hears

    def _listen(self, recording: Recording, _waited_ms: int | None) -> Take:
        return Take(recording, self._talk.listen(recording))

    async def _judged(self, take: Take) -> None:
        """What was said is the answer, if it can be told what it was."""
        said = answer_heard(take.result)
        if not said:
            self.aloud.told = self.aloud.told or _not_sent(Hearing.UNCLEAR)
            return
        # The field is back before the next step puts the focus into it.
        self.aloud.recorder.stage, self.spoken = Stage.IDLE, True
        await self._answer(said)

    async def forget(self) -> None:
        """Send nothing of what is being said."""
        self.aloud.give_up()

    async def again(self) -> None:
        """Have it once more from its beginning."""
        await self.turns.call(self._talk.begin)
        self.open = frozenset()
        self._move_on()
        self.greet()

    async def hint(self) -> None:
        """Show how the answer begins."""
        self.hinted = True

    async def turn_over(self, line: str) -> None:
        """Show what a line of the tutor's means, or hide it."""
        self.open = self.open ^ {line}

    # Sound.

    def greet(self) -> None:
        """Say the line that waits for an answer."""
        self._say_by_itself(self.turn.says)

    async def say(self, text: str) -> None:
        """Say a line of the tutor's."""
        self.turns.later(self._speak(text))

    async def replay(self, slow: bool = False) -> None:
        """Say the last line once more."""
        self.turns.later(self._speak(self.turn.says, slow))

    def _say_by_itself(self, text: str) -> None:
        if self._tutor.settings.autoplay:
            self.turns.later(self._speak(text))

    async def _speak(self, text: str, slow: bool = False) -> None:
        self.blocked = not await speak(self._tutor, self.turns, self._sound, text, slow)

    async def close(self) -> None:
        """Leave; it goes on from here whenever it is opened again."""
        self.aloud.give_up()
        if self._sound:
            await self._sound.stop()


async def _nothing() -> None:
    """Without a model nothing can be answered by voice."""


def _not_sent(hearing: Hearing) -> str:
    """Why what was said is no answer; empty where it is one."""
    match hearing:
        case Hearing.NOTHING:
            return _("I heard nothing, so nothing was sent. Say it once more, a little louder.")
        case Hearing.UNCLEAR:
            return _("I could not make that out, so nothing was sent. Say it again, or type it.")
        case Hearing.NOISY:
            return _("It is too noisy to hear you, so nothing was sent. Type it, or try where it is quieter.")
        case Hearing.HEARD | Hearing.UNHEARD:
            return ""
