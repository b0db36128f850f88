"""A session as the screen sees it: one drill, how far it has got, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import flet as ft

from tutor import checkpoint
from tutor.card_story import CardStory, story_of
from tutor.checkpoint import CheckpointResult
from tutor.course.item import Note
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import Verdict
from tutor.drills.pieces import first_half
from tutor.errors import SessionMoved
from tutor.i18n import _
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import Track
from tutor.outcome import Outcome, Progress, Summary
from tutor.speech.ear import Take
from tutor.speech.voice import Clip
from tutor.ui.aloud import Aloud
from tutor.ui.aside import Aside
from tutor.ui.focusing import Focusing
from tutor.ui.microphone import Microphone
from tutor.ui.sound import Sound
from tutor.ui.turns import Turns, Way, way_back
from tutor.ui.writing import Writing

if TYPE_CHECKING:
    from tutor.practice import Tutor
    from tutor.session import Session


P = ParamSpec("P")
R = TypeVar("R")


class Phase(StrEnum):
    """How far a drill has got."""

    ASK = "ask"
    REVEALED = "revealed"
    """RECALL's back: the answer is shown and waits for a grade."""
    ANSWERED = "answered"
    """The verdict is shown."""
    OVER = "over"
    """The session's summary is shown."""


BEGINNER_ANSWERS = 15
"""Answers after which a learner has seen how a session goes."""


class Drilling(Writing, ft.Observable):
    """The state of one session. Methods that do something are run by `Turns`, one at a time."""

    def __init__(
        self, tutor: Tutor, session: Session, turns: Turns, sound: Sound | None,
        microphone: Microphone | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.turns = turns
        self.voice = tutor.voice.title
        self.drill: Drill | None = None
        self.number = 0
        """Counts the drills that were shown; the same drill shown again counts again."""
        self.phase = Phase.ASK
        self.progress = Progress(0, 1)
        self.can_undo = False
        self.previews: dict[Rating, str] = {}
        self.outcome: Outcome | None = None
        self.chosen = ""
        self.placed: tuple[int, ...] = ()
        """Of the pieces of a sentence, those that were put down, in their order."""
        self.hints = 0
        """How many of the drill's hints are shown."""
        self.retrying = False
        """Whether the answer that stands is tried again, for oneself."""
        self.rule_open = False
        self.text_open = False
        """Whether the passage that was read is looked at once more."""
        self.story: CardStory | None = None
        """The story of the card that was answered, while it is shown."""
        self.beginner = False
        """Whether what is not seen at once is still told, such as that words can be tapped."""
        self.heard = True
        """False on a Listen drill that no voice could say: then its words are shown."""
        self.blocked = False
        """Whether the browser waits for a tap before it plays anything."""
        self.playing = False
        self.summary: Summary | None = None
        self.result: CheckpointResult | None = None
        """What it came to, at the end of a checkpoint."""
        self.to_settings: Callable[[], Awaitable[None]] | None = None
        """The way to where a speech model is installed; None where this device could not use one."""
        self.aside = Aside(tutor, self)
        self._relay = lambda _sender, _field: self._notify("aside")
        self.aside.subscribe(self._relay)
        self.focusing = Focusing(tutor, turns)
        self.focusing.subscribe(self._relay)
        self._from = 0.0
        self.aloud = Aloud(
            tutor,
            turns,
            sound,
            microphone,
            judged=self._judged,
            heard_by_oneself=self._heard_by_oneself,
            since=lambda: monotonic() - self._from,
        )
        self.aloud.subscribe(self._relay)
        self._tutor, self._session, self._sound = tutor, session, sound
        self._awaiting_end = self._began = False
        self._first: Outcome | None = None
        """What the answer that counts led to, while it is tried again."""
        self._thought: int | None = None

    # Moving on.

    async def begin(self) -> None:
        """Show the first drill."""
        self.beginner = (await self.turns.call(self._tutor.stats)).total_attempts < BEGINNER_ANSWERS
        if self._session.speaks:
            self._tutor.speaking.ear.prepare()
        await self.next()
        await self.focusing.begin()

    async def end_break(self) -> None:
        """Go on after a break, of which nothing counts as time for an answer."""
        await self.focusing.go_on()
        if self._thought is None:
            self._from = monotonic()

    async def next(self) -> None:
        """Show the next drill, or the summary at the end."""
        drill = await self.turns.call(self._session.next)
        await (self._show(drill) if drill else self.stop())

    async def stop(self) -> None:
        """Show the summary; what is left can be taken up again."""
        summary = await self.turns.call(self._session.summary)
        result = await self.turns.call(checkpoint.result, self._tutor, self._session)
        self.progress, self.can_undo = self._session.progress, self._session.can_undo
        self.summary, self.result, self.drill, self.phase = summary, result, None, Phase.OVER
        self.turns.typing = False
        self.aside.put_away()
        self.turns.advance()

    async def _show(self, drill: Drill) -> None:
        clip = await self._clip(drill.say) if self._speaks_first(drill) else None
        previews = await self.turns.call(self._session.previews, drill) if drill.ask is Ask.GRADE else {}
        self.turns.advance()
        self.turns.typing = drill.ask is Ask.TYPE
        self.number += 1
        self.drill, self.phase, self.outcome, self.summary = drill, Phase.ASK, None, None
        self.previews = dict(previews)
        self.rule_open, self.text_open, self.story = False, False, None
        self.aside.put_away()
        self.aloud.begin(drill.answer, partial(self._tutor.speaking.listen, drill))
        self._empty()
        self._first, self.retrying = None, False
        self.heard = clip is not None or drill.track is not Track.AUDIO
        self.progress, self.can_undo = self._session.progress, self._session.can_undo
        if clip:
            self._from += clip.duration_ms / 1000
            self._awaiting_end = True
            self.turns.later(self._play(clip))
        self.turns.later(self._prepare())

    def _empty(self) -> None:
        """Nothing was answered yet, and its time begins."""
        self.chosen, self.placed, self.hints = "", (), 0
        self.clear()
        self._thought, self._from = None, monotonic()
        self._awaiting_end = self._began = False

    async def _prepare(self) -> None:
        """Have the next drills' sounds made while this one is looked at."""
        if self._sound and self.voice:
            await self.turns.call(self._session.prepare_speech)

    def _speaks_first(self, drill: Drill) -> bool:
        by_itself = drill.meeting and drill.item is not None and self._tutor.settings.autoplay
        to_repeat = drill.ask is Ask.SPEAK and not drill.say_after and drill.prompt != drill.answer
        return bool(drill.say) and (drill.track is Track.AUDIO or to_repeat or by_itself)

    async def _do(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do something in the session; where it has gone on in another place, show where it is now."""
        try:
            return await self.turns.call(work, *args, **kwargs)
        except SessionMoved:
            await self.next()
            raise

    # Answering.

    async def choose(self, option: str) -> None:
        """Answer with one of the options."""
        self._think()
        await self._answer(option)

    async def check(self) -> None:
        """Answer with what was typed; nothing typed is no answer."""
        if self.drill and self.aloud.writing and self.phase is Phase.ASK and self.typed.strip():
            await self._wrote_instead(self.drill)
        elif self.typed.strip():
            self._think()
            await self._answer(self.typed)

    async def place(self, piece: int) -> None:
        """Put a piece of the sentence at its end."""
        self._think()
        self.turns.lost_focus()
        if piece not in self.placed:
            self.placed = (*self.placed, piece)

    async def take_back(self, piece: int) -> None:
        """Take a piece of the sentence away again."""
        self.turns.lost_focus()
        self.placed = tuple(placed for placed in self.placed if placed != piece)

    async def built(self) -> None:
        """Answer with the sentence as it was built; nothing built is no answer."""
        if self.drill and self.placed:
            await self._answer(" ".join(self.drill.pieces[piece] for piece in self.placed))

    async def not_sure(self) -> None:
        """Show the answer instead of giving one."""
        self._think()
        self.aloud.give_up()
        await self._answer(None, Help.SHOWN)

    # Saying it aloud.

    async def speak(self) -> None:
        """Begin to listen to the learner; while it listens, that was all."""
        await self.aloud.press()

    async def _judged(self, take: Take) -> None:
        """What was said was looked at."""
        drill = self.drill
        if drill is None or self.phase is Phase.ANSWERED:
            return
        self._think()
        if self.retrying:
            said = await self._do(self._session.speak_again, drill, take)
            if said and self._first:
                self.outcome = replace(self._first, feedback=said, xp=0)
                await self._spoken(drill)
            return
        help_used = Help.HINT if self.hinted else Help.NONE
        outcome = await self._do(self._session.speak, drill, take, help_used)
        if outcome:
            self.outcome = outcome
            await self._spoken(drill)

    async def _spoken(self, drill: Drill) -> None:
        """Tell how it went; after two weak tries it is said once more, slowly."""
        self.chosen, self.phase = drill.answer, Phase.ANSWERED
        said = self.outcome.feedback.said if self.outcome and self.outcome.feedback else None
        self.aloud.word = said.worst if said else None
        self.aloud.weak = 0 if self.verdict is Verdict.GOOD else self.aloud.weak + 1
        self._done()
        if self._tutor.settings.autoplay and self.aloud.weak > 1:
            self._say(slow=True)

    async def _heard_by_oneself(self) -> None:
        """Nobody judges it here: both are played, and the learner says how it went."""
        if self.retrying:
            await self._tried(None)
        else:
            await self.judge_oneself()

    async def judge_oneself(self) -> None:
        """Show and say how it should be, and let the learner say how it went."""
        drill = self.drill
        if drill is None or drill.ask is not Ask.SPEAK or self.phase is not Phase.ASK:
            return
        self._think()
        self.aloud.give_up()
        self.previews = dict(await self.turns.call(self._session.previews, drill))
        self.phase = Phase.REVEALED
        self.turns.advance()
        if self._tutor.settings.autoplay:
            self._say()

    async def cannot_speak(self) -> None:
        """Put speaking drills off for this session."""
        self.aloud.give_up()
        await self._do(self._session.cannot_speak)
        await self.next()

    async def write_instead(self) -> None:
        """Write what was to be said."""
        self.aloud.give_up()
        self.aloud.writing = True
        self.clear()
        self.turns.advance()
        self.turns.typing = True

    async def _wrote_instead(self, drill: Drill) -> None:
        said = await self._do(self._session.write_instead, drill, self.typed)
        self.outcome = Outcome(said, None, "", 0, leech=False, goal=False, _today=self._tutor.today)
        self.chosen, self.phase, self.retrying = self.typed, Phase.ANSWERED, True
        self._done()

    async def _answer(self, response: str | None, help_used: Help = Help.NONE) -> None:
        if self.drill is None or self.phase is not Phase.ASK:
            # The second of two taps, which came when the first was over.
            return
        if self.retrying:
            await self._tried(response)
            return
        if self.hinted and help_used is Help.NONE:
            help_used = Help.HINT
        self.outcome = await self._do(
            self._session.answer, self.drill, response=response, response_ms=self._thought, help=help_used
        )
        self.chosen, self.phase, self.text_open = response or "", Phase.ANSWERED, False
        self._done()
        if self.drill.track is not Track.AUDIO and self._tutor.settings.autoplay:
            self._say()

    async def try_again(self) -> None:
        """Ask the same once more, with half of the answer there: for oneself, and it costs nothing."""
        drill = self.drill
        if drill is None or not self.can_try_again:
            return
        self._first = self._first or self.outcome
        self.retrying, self.phase, self.rule_open, self.story = True, Phase.ASK, False, None
        self.aside.put_away()
        self._empty()
        self.hints = len(drill.hints)
        self.placed = first_half(drill.pieces, drill.accepted[0])
        self.turns.advance()
        self.turns.typing = drill.ask is Ask.TYPE
        if drill.track is Track.AUDIO:
            self._say()

    async def _tried(self, response: str | None) -> None:
        """Tell how the try went; without one, what was told before."""
        drill, first = self.drill, self._first
        assert drill and first
        said = first.feedback
        if response is not None:
            said = await self._do(self._session.try_again, drill, response, self._thought)
        self.outcome = replace(first, feedback=said, xp=0)
        self.phase = Phase.ANSWERED
        self._done()
        if self._tutor.settings.autoplay:
            self._say(slow=self.verdict is not Verdict.GOOD)

    @property
    def can_try_again(self) -> bool:
        """Whether the answer that is shown may be written or built once more."""
        if self.drill is None or self.phase is not Phase.ANSWERED or self.verdict is Verdict.GOOD:
            return False
        spoken = self.drill.ask is Ask.SPEAK and not self.aloud.writing
        return spoken or self.drill.ask in (Ask.TYPE, Ask.ORDER)

    async def reveal(self) -> None:
        """Turn a RECALL card over."""
        if self.phase is not Phase.ASK:
            return
        self._think()
        self.phase = Phase.REVEALED
        self.turns.advance()
        if self._tutor.settings.autoplay:
            self._say()

    async def rate(self, rating: Rating) -> None:
        """Say how well a RECALL card was known, and go on."""
        if self.drill is None or self.phase is not Phase.REVEALED:
            return
        outcome = await self._do(
            self._session.answer,
            self.drill,
            rating=rating,
            response_ms=self._thought,
            take=self.aloud.unheard,
        )
        await self.next()
        if outcome.goal and self.summary is None:
            self.turns.tell(goal_reached(), way=Way("stop-here", _("Stop here"), self.stop))

    async def acknowledge(self) -> None:
        """A meeting or a note was read: go on."""
        if self.drill is None or not self.drill.meeting:
            return
        await self._do(self._session.answer, self.drill)
        await self.next()

    async def know(self) -> None:
        """ "I know this word": go on, and take it as known."""
        if self.drill is None or not self.drill.meeting:
            return
        await self._do(self._session.know, self.drill)
        await self.next()

    async def put_aside(self, *, known: bool) -> None:
        """Let the word rest, or take it for known, and go on."""
        item = self.drill.item if self.drill else None
        if self.drill is None or item is None:
            return
        await self._do(self._session.put_aside, self.drill, known=known)
        await self.next()
        said = _("{word} counts as known now.") if known else _("{word} rests now.")
        self.turns.tell(said.format(word=item.text), way=way_back(self.undo))

    # After an answer.

    async def was_right(self) -> None:
        """ "I was right": the verdict changes, and it is logged as help."""
        self.outcome = await self._do(self._session.was_right)
        self._done()

    async def undo(self) -> None:
        """Take back what was done last and show that drill again."""
        drill = await self._do(self._session.undo)
        if drill is not None:
            await self._show(drill)

    async def show_rule(self) -> None:
        """Open or close the note that explains."""
        self.rule_open, self.story = not self.rule_open, None

    async def show_text(self) -> None:
        """Open or close the passage that was read."""
        self.text_open = not self.text_open

    async def show_story(self) -> None:
        """Open or close the story of the card."""
        item = self.drill.item if self.drill else None
        if self.story or self.drill is None or item is None:
            self.story = None
            return
        told = await self.turns.call(story_of, self._tutor, item.id, self.drill.track)
        self.story, self.rule_open = told, False

    @property
    def rule(self) -> Note | None:
        """The note that explains, once there is an answer."""
        said = self.outcome.feedback if self.outcome else None
        return said.note if said and self.phase is Phase.ANSWERED else None

    @property
    def reading(self) -> bool:
        """Whether something to read is open in the place of the drill."""
        return self.rule_open or self.text_open or self.story is not None

    def _done(self) -> None:
        self.progress, self.can_undo = self._session.progress, self._session.can_undo
        self.turns.typing = False
        self.aside.put_away()
        self.turns.advance()

    @property
    def told(self) -> bool:
        """Whether the answer is there to see: then its words may be explained, too."""
        return self.phase is not Phase.ASK or (self.drill is not None and self.drill.meeting)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is shown."""
        return self.outcome.feedback.verdict if self.outcome and self.outcome.feedback else None

    # Writing.

    def wrote(self, text: str) -> None:
        """The field holds `text` now: the first letter ends the time that is measured."""
        self._think()
        super().wrote(text)

    async def hint(self) -> None:
        """Show the next hint: what to ask oneself, then the first half of the answer."""
        if self.more_hints:
            self.hints += 1

    @property
    def hinted(self) -> bool:
        """Whether anything helped."""
        return self.hints > 0

    @property
    def more_hints(self) -> bool:
        """Whether there is another hint."""
        return self.drill is not None and self.hints < len(self.drill.hints)

    @property
    def question(self) -> str:
        """The question that is shown as a hint; empty where none is."""
        return self.drill.asks if self.drill and self.hinted else ""

    @property
    def half(self) -> str:
        """The first half of the answer, where that is shown."""
        return self.drill.hint if self.drill and self.hints > bool(self.drill.asks) else ""

    def _think(self) -> None:
        """The first key or choice ends the time that is measured."""
        if self._thought is None:
            self._thought = max(0, round((monotonic() - self._from) * 1000))

    # Sound.

    async def replay(self, slow: bool = False) -> None:
        """Say it again; where hearing it would tell the answer, not before the answer."""
        self._say(slow)

    async def say(self, text: str) -> None:
        """Say something beside the drill: an example, a word of the summary."""
        self.turns.later(self._speak(text, slow=False))

    async def cannot_listen(self) -> None:
        """Put Listen drills off for this session."""
        await self._do(self._session.cannot_listen)
        await self.next()

    @property
    def audible(self) -> bool:
        """Whether the drill may be heard now."""
        drill = self.drill
        if drill is None or not drill.say or not self.voice or not self.heard:
            return False
        return self.phase is not Phase.ASK or not drill.say_after

    def sounds(self, playing: bool) -> None:
        """A sound began or ended. The first end on a Listen drill is where its time begins."""
        self.playing = playing
        if playing:
            self._began = self._awaiting_end
        elif self._began and self._thought is None:
            self._began, self._awaiting_end, self._from = False, False, monotonic()

    def _say(self, slow: bool = False) -> None:
        if self.drill and self.audible:
            answered = self.drill.ask is Ask.SPEAK and self.phase is not Phase.ASK
            self.turns.later(self._speak(self.drill.answer if answered else self.drill.say, slow))

    async def _speak(self, text: str, slow: bool) -> None:
        clip = await self._clip(text, slow)
        if clip:
            await self._play(clip)

    async def _clip(self, text: str, slow: bool = False) -> Clip | None:
        return await self.turns.call(self._tutor.voice.clip, text, slow) if self._sound else None

    async def _play(self, clip: Clip) -> None:
        if self._sound:
            self.blocked = not await self._sound.play(clip)

    # Leaving.

    async def close(self) -> None:
        """Leave; it can be taken up again for a day."""
        self.aloud.give_up()
        self.focusing.end()
        if self._sound:
            self.turns.later(self._sound.stop())
        await self.turns.call(self._session.close)

    @property
    def notice(self) -> str:
        """What the session has to say at its beginning."""
        return self._session.notice


def goal_reached() -> str:
    """What is said at the moment when the day's goal is reached."""
    return _("That was your goal for today.")
