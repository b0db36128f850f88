"""One session of practice: drills one at a time, each answer one transaction, resumable exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tutor import spoken_rows
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import Feedback, Verdict, feedback, mark_response, mistake_of
from tutor.drills.spoken import spoken_feedback, spoken_verdict
from tutor.errors import SessionMoved, UsageError
from tutor.i18n import _
from tutor.ids import new_id
from tutor.memory.fold import Memory, fold
from tutor.memory.grading import Pace, grade, grade_spoken, length_band
from tutor.memory.leech import became_leech
from tutor.memory.marking import Mark, Marking
from tutor.memory.queue import Queue, Step, StepKind
from tutor.memory.review import Help, Kind, Rating
from tutor.memory.tracks import ARENA, EYES_FREE, MODES, Mode, Track
from tutor.motivation.stats import xp
from tutor.outcome import Outcome, Progress, Summary, interval_text
from tutor.plan import Plan
from tutor.session_drills import SessionDrills
from tutor.session_rows import checkpoint_done, note_shown, rest, review_of, take_back
from tutor.settings import Grading
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.store import (
    attempts,
    cards,
    item_states,
    items,
    learners,
    lessons,
    mistakes,
    parameters,
    reviews,
    sessions,
    shown_sentences,
    stats,
)
from tutor.store.attempts import Attempt
from tutor.summary import summarise
from tutor.text import LONGEST_ANSWER, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor

KNOWN_STABILITY, KNOWN_DIFFICULTY = 30.0, 5.0
"""What "I know this word" says of a memory: it is asked again in about a month."""

_SPOKEN_AHEAD = 3
"""Items after the current one whose audio is made before it is needed."""


class Session:
    """Drills one at a time. Every answer it accepted is on the disk when `answer` returns."""

    def __init__(
        self,
        tutor: Tutor,
        identity: str,
        plan: Plan,
        started_at: datetime,
        steps: list[dict[str, Any]] | None = None,
    ) -> None:
        self.id = identity
        self.plan = plan
        self.started_at = started_at
        self._tutor = tutor
        self._steps: list[dict[str, Any]] = steps or []
        self._queue = self._replayed()
        self._drill: Drill | None = None
        self._answered: Drill | None = None
        """The drill of the last step, while its answer stands and may be tried again."""
        self._taken: Take | None = None
        """How it was said."""
        self._drills = SessionDrills(tutor, identity, plan)

    # Where it stands.

    @property
    def notice(self) -> str:
        """Something to be said before the first drill; empty where there is nothing."""
        return self.plan.notice

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do."""
        return self._queue.current is None

    @property
    def progress(self) -> Progress:
        """Drills done and expected."""
        return Progress(self._queue.done, self._queue.expected)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """What was said last of each item that was answered."""
        answered = (step for step in self._steps if step["kind"] == StepKind.ANSWERED)
        return {step["item"]: Verdict(step["verdict"]) for step in answered}

    @property
    def speaks(self) -> bool:
        """Whether something of it is to be said aloud."""
        return any(entry.track is Track.SPEECH for entry in self.plan.entries)

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be taken back."""
        return any(step["kind"] in _UNDOABLE for step in self._steps)

    def next(self) -> Drill | None:
        """The drill to do now, the same one until it is answered; None at the end."""
        while self._drill is None and self._queue.current:
            entry = self._queue.current.entry
            with self._tutor.database.read() as connection:
                self._drill = self._drills.make(connection, entry, self._queue.done, self._queue.upcoming)
            if self._drill is None:
                self._keep_and_take({"kind": StepKind.SKIPPED})
        return self._drill

    def prepare_speech(self) -> None:
        """Have what the current and the next three drills say made in the background."""
        with self._tutor.database.read() as connection:
            drills = [
                self._drills.make(connection, entry, self._queue.done + at, self._queue.upcoming)
                for at, entry in enumerate(self._queue.upcoming(_SPOKEN_AHEAD))
            ]
        shown = [drill for drill in drills if drill]
        said = [text for d in shown for text in (d.say, d.sentence.text if d.sentence else "") if text]
        said += [d.answer for d in shown if d.ask is Ask.SPEAK]
        self._tutor.voice.ahead(list(dict.fromkeys(said)))

    # What can be done.

    def answer(
        self,
        drill: Drill,
        response: str | None = None,
        rating: int | None = None,
        response_ms: int | None = None,
        help: Help = Help.NONE,
        take: Take | None = None,
    ) -> Outcome:
        """Answer the current drill; for a meeting or a note, acknowledge it.

        `rating` 1 to 4 where the learner grades, with a `take` where it was said and recorded; else
        `response`, which may be None where help was SHOWN.
        What this returns is on the disk. Raises UsageError, with nothing changed, for a drill that is not
        the current one or an answer of the wrong kind, and a DatabaseError where it could not be saved;
        the same answer may then be given again.
        """
        self._must_be_current(drill)
        if drill.meeting:
            return self._acknowledge(drill)
        if response is not None:
            response = storable(response)
        if drill.ask in (Ask.GRADE, Ask.SPEAK) and response is None and help is not Help.SHOWN:
            if rating not in (1, 2, 3, 4):
                raise UsageError(_("Say how well you knew it: 1 again, 2 hard, 3 good, 4 easy."))
            return self._keep_marked(
                drill, Rating(rating), Marking(Mark.EXACT, drill.answer), "", help, response_ms, take
            )
        if rating is not None:
            raise UsageError(_("This drill grades itself: give a response instead of a rating."))
        if response is None and help is not Help.SHOWN:
            raise UsageError(_("Give a response, or ask to be shown the answer."))
        if drill.ask is Ask.SPEAK and response is not None:
            raise UsageError(_("This is to be said: give what was recorded, or how well it went."))
        marking = self._mark(drill, response or "")
        graded = self._grade(drill, marking, help, response_ms)
        return self._keep_marked(drill, graded, marking, response or "", help, response_ms)

    def speak(self, drill: Drill, take: Take, help: Help = Help.NONE) -> Outcome | None:
        """Answer the current drill by what was said.

        None where it could not be heard well enough to be graded: the drill waits, an attempt is kept where
        somebody spoke. What this returns is on the disk. Raises as `answer`, and SpeechError where the
        recording could not be kept.
        """
        self._must_be_current(drill)
        if drill.ask is not Ask.SPEAK:
            raise UsageError(_("Nothing is to be said here."))
        result = take.result
        if result.hearing is not Hearing.HEARD:
            self._keep_attempt(drill, take, None)
            return None
        assert drill.item
        well = spoken_verdict(result, Help.NONE) is Verdict.GOOD
        rating = grade_spoken(
            right_words=result.right_words, well=well, mode=_mode(drill), band=length_band(drill.answer),
            help_used=help, response_ms=take.response_ms, pace=self._pace(drill), cap=self._cap,
        )  # fmt: skip
        sounds = self._tutor.speaking.sounds(drill.item)
        said = spoken_feedback(drill, result, sounds, rating, help)
        return self._keep_answer(drill, rating, said, result.heard, help, take.response_ms, take=take)

    def speak_again(self, drill: Drill, take: Take) -> Feedback | None:
        """Say the last drill once more, for oneself: an attempt is kept, and no review.

        None where it could not be heard well enough. Raises UsageError where that drill was not the last.
        """
        if self._answered is None or drill != self._answered or drill.ask is not Ask.SPEAK:
            raise UsageError(_("There is no answer to try again."))
        assert drill.item
        self._keep_attempt(drill, take, self._steps[-1]["answer_id"])
        if take.result.hearing is not Hearing.HEARD:
            return None
        rating = Rating.GOOD if take.result.passed else Rating.HARD
        sounds = self._tutor.speaking.sounds(drill.item)
        return spoken_feedback(drill, take.result, sounds, rating, Help.NONE)

    def write_instead(self, drill: Drill, response: str) -> Feedback:
        """Write what was to be said: an attempt is kept, and the card stays due, for it was not said."""
        self._must_be_current(drill)
        if drill.ask is not Ask.SPEAK:
            raise UsageError(_("Nothing is to be said here."))
        assert drill.item
        response = storable(response)
        marking = self._mark(drill, response)
        rating = grade(marking.mark, mode=_mode(drill), cap=Rating.GOOD)
        attempt = self._written(drill, response, rating, None, None)
        step = {"kind": StepKind.WROTE, "item": drill.item.id}
        with self._writing() as connection:
            attempts.append(connection, attempt)
            self._keep(connection, step)
        self._take(step)
        return feedback(drill, marking, rating, response, Help.NONE)

    def try_again(self, drill: Drill, response: str, response_ms: int | None = None) -> Feedback:
        """Answer the last drill once more, for oneself: an attempt is kept, and no review.

        Raises UsageError where that drill was not the last, or where nothing is written or built in it.
        """
        if self._answered is None or drill != self._answered or drill.ask not in (Ask.TYPE, Ask.ORDER):
            raise UsageError(_("There is no answer to try again."))
        assert drill.item
        response = storable(response)
        marking = self._mark(drill, response)
        rating = grade(marking.mark, mode=_mode(drill), cap=Rating.GOOD)
        attempt = self._written(drill, response, rating, self._steps[-1]["answer_id"], response_ms)
        with self._writing() as connection:
            attempts.append(connection, attempt)
            learners.keep_stamp(connection, self._tutor.stamps.last)
        return feedback(drill, marking, rating, response, Help.NONE)

    def _written(
        self, drill: Drill, response: str, rating: Rating, answer_id: str | None, response_ms: int | None
    ) -> Attempt:
        """A new row for something that was written and makes no review, stamped now."""
        assert drill.item
        tutor, stamp = self._tutor, self._tutor.stamps.tick()
        return Attempt(
            id=new_id(stamp.ms), learner=tutor.learner.id, device=tutor.device, hlc=str(stamp),
            answer_id=answer_id, item=drill.item.id, expected=drill.answer,
            transcript=response[:LONGEST_ANSWER], accuracy=_ACCURACY[rating], response_ms=response_ms,
            at=stamp.at,
        )  # fmt: skip

    def know(self, drill: Drill) -> Outcome:
        """ "I know this word", said at its meeting: a seed instead of a first test."""
        self._must_be_current(drill)
        if drill.item is None or not drill.meeting:
            raise UsageError(_("Only a new word can be said to be known."))
        review = review_of(self._tutor, drill, None, Help.NONE, None)
        review = review._replace(
            kind=Kind.SEED, stability=KNOWN_STABILITY, difficulty=KNOWN_DIFFICULTY, source="known"
        )
        with self._writing() as connection:
            reviews.append(connection, [review])
            cards.refresh(connection, *review.card)
            step = {"kind": StepKind.KNOWN, "answer_id": review.id, "item": review.item}
            self._keep(connection, step)
        self._take(step)
        return self._outcome(None, None, 0, step)

    def was_right(self) -> Outcome:
        """ "I was right": the last answer is taken back and kept again as right, logged as help."""
        last = self._steps[-1] if self._steps else {}
        if last.get("kind") != StepKind.ANSWERED or last["verdict"] == Verdict.GOOD:
            raise UsageError(_("There is no answer that could have been right."))
        now_current, take = self._drill, self._taken
        drill = self._step_back()
        try:
            # Another option is no way to say it: what was meant was the right one.
            meant = drill.answer if drill.ask is Ask.CHOOSE else last["response"] or drill.answer
            marking = Marking(Mark.EXACT, meant)
            rating = grade(marking.mark, mode=_mode(drill), help_used=Help.OVERRIDE)
            rating = min(rating, self._cap)
            said = feedback(drill, marking, rating, last["response"], Help.OVERRIDE)
            if take:
                assert drill.item
                sounds = self._tutor.speaking.sounds(drill.item)
                said = spoken_feedback(drill, take.result, sounds, rating, Help.OVERRIDE)
            return self._keep_answer(
                drill, rating, said, last["response"], Help.OVERRIDE, last["ms"], take=take, instead_of=last
            )
        except SessionMoved:
            raise
        except BaseException:
            self._steps.append(last)
            self._queue, self._drill = self._replayed(), now_current
            raise

    def undo(self) -> Drill | None:
        """Take back the last thing done, however many rows it made; gives its drill again.

        None where there is nothing to take back.
        """
        if not self.can_undo:
            return None
        keep = max(i for i, step in enumerate(self._steps) if step["kind"] in _UNDOABLE)
        last = self._steps[keep]
        with self._writing() as connection:
            take_back(self._tutor, connection, last)
            for number in range(keep, len(self._steps)):
                sessions.drop_step(connection, self.id, number)
        del self._steps[keep:]
        self._queue = self._replayed()
        self._drill = self._answered = self._taken = None
        return self.next()

    def put_aside(self, drill: Drill, *, known: bool = False) -> None:
        """Let the item of a drill rest, or take it for known: nothing of it comes any more until that is
        taken back.

        Raises UsageError for a drill that is neither the current one nor the one just answered.
        """
        if drill.item is None or drill not in (self._drill, self._answered):
            raise UsageError(_("That drill is not the current one; ask for the next."), doing="putting aside")
        field, item = "known" if known else "suspended", drill.item.id
        tutor, stamp = self._tutor, self._tutor.stamps.tick()
        with self._writing() as connection:
            rested, was_known = item_states.is_left_alone(connection, tutor.learner.id, item)
            was = was_known if known else rested
            step = {"kind": StepKind.PUT_ASIDE, "item": item, "field": field, "was": was}
            item_states.change(connection, tutor.learner.id, item, str(stamp), {field: True})
            self._keep(connection, step)
        self._take(step)

    def cannot_listen(self) -> None:
        """Put off every listening drill of this session; they stay due."""
        self._drill = None
        self._keep_and_take({"kind": StepKind.NO_LISTENING})

    def cannot_speak(self) -> None:
        """Put off every speaking drill of this session; they stay due."""
        self._drill = None
        self._keep_and_take({"kind": StepKind.NO_SPEAKING})

    def previews(self, drill: Drill) -> dict[Rating, str]:
        """When the card would come back after each rating that counts here, in short words."""
        self._must_be_current(drill)
        place = self._queue.current
        assert place and drill.item
        now = review_of(self._tutor, drill, Rating.GOOD, Help.NONE, None)
        # The row's own time runs ahead of a clock that was set back; what is told is told by the clock.
        moment = self._tutor.clock.now()
        today = self._tutor.calendar.day(moment)
        with self._tutor.database.read() as connection:
            log = reviews.of_card(connection, now.learner, now.item, now.track)
            chosen = parameters.current(connection, now.learner, now.track)
        found = {}
        two = self._tutor.settings.grading is Grading.TWO or self.plan.mode == EYES_FREE
        shown = (Rating.AGAIN, Rating.GOOD) if two else tuple(Rating)
        for rating in Rating:
            if rating > place.cap:
                break
            if rating not in shown:
                continue
            memory = fold([*log, now._replace(rating=rating)], chosen)
            found[rating] = interval_text(memory, moment, today)
        return found

    def summary(self) -> Summary:
        """How the session went so far."""
        return summarise(self._steps, self._tutor.today())

    def close(self) -> None:
        """Leave. There is nothing to save: every answer is kept already, and the rest can be resumed."""

    # How it is done.

    def _must_be_current(self, drill: Drill) -> None:
        if self._drill is None or drill != self._drill:
            raise UsageError(_("That drill is not the current one; ask for the next."), doing="answering")

    def _mark(self, drill: Drill, response: str) -> Marking:
        with self._tutor.database.read() as connection:
            learner = self._tutor.learner.id
            marking = mark_response(
                drill,
                response,
                lambda word: items.is_taught(connection, learner, word, english=drill.english),
            )
        may_be = drill.in_own_words and marking.mark in (Mark.WRONG, Mark.OTHER_WORD)
        if may_be and self._tutor.meanings.says_the_same(response, drill.accepted):
            return Marking(Mark.PARAPHRASE, drill.accepted[0])
        return marking

    def _grade(self, drill: Drill, marking: Marking, help_used: Help, response_ms: int | None) -> Rating:
        assert drill.item
        return grade(
            marking.mark, mode=_mode(drill), band=length_band(drill.item.text), help_used=help_used,
            response_ms=response_ms, pace=self._pace(drill), cap=self._cap,
        )  # fmt: skip

    def _pace(self, drill: Drill) -> Pace | None:
        """The learner's usual pace, where time counts for this drill."""
        # A choice mode whose drill must be typed, such as AUDIO from 21 days on, is not timed as a choice.
        typed_choice = MODES[_mode(drill)].choice and drill.ask is not Ask.CHOOSE
        clocked = self.plan.mode != ARENA and self._tutor.settings.grading is Grading.TIMED
        return self._tutor.usual_pace() if clocked and not typed_choice else None

    @property
    def _cap(self) -> Rating:
        """The best rating that counts for the current drill."""
        assert self._queue.current
        return self._queue.current.cap

    def _acknowledge(self, drill: Drill) -> Outcome:
        step: dict[str, Any] = {"kind": StepKind.SEEN, "item": drill.item.id if drill.item else ""}
        if drill.item is None and drill.note:
            event = note_shown(self._tutor, drill.note)
            step |= {"answer_id": event.id, "lesson": event.lesson}
            with self._writing() as connection:
                lessons.append(connection, event)
                self._keep(connection, step)
        else:
            with self._writing() as connection:
                self._keep(connection, step)
        self._take(step)
        return self._outcome(None, None, 0, step)

    def _keep_marked(
        self, drill: Drill, rating: Rating, marking: Marking, response: str, help_used: Help,
        response_ms: int | None, take: Take | None = None,
    ) -> Outcome:  # fmt: skip
        """Keep an answer that was chosen, written, or graded by the learner."""
        rating = min(rating, self._cap)
        said = feedback(drill, marking, rating, response, help_used)
        mistake = mistake_of(drill, marking)
        wrong = ((*mistake, response[:LONGEST_ANSWER]),) if mistake else ()
        return self._keep_answer(
            drill, rating, said, response, help_used, response_ms, wrong=wrong, take=take
        )

    def _keep_answer(
        self, drill: Drill, rating: Rating, said: Feedback, response: str, help_used: Help,
        response_ms: int | None, *, wrong: Sequence[tuple[str, str, str]] = (), take: Take | None = None,
        instead_of: dict[str, Any] | None = None,
    ) -> Outcome:  # fmt: skip
        """Keep a graded answer: the review, the card, the numbers and the step, all or nothing."""
        assert drill.item
        review = review_of(self._tutor, drill, rating, help_used, response_ms)
        step = {
            "kind": StepKind.ANSWERED, "rating": rating, "answer_id": review.id, "item": drill.item.id,
            "verdict": said.verdict, "text": drill.item.text, "reason": drill.item.meaning,
            "ms": response_ms, "response": response[:LONGEST_ANSWER],
        }  # fmt: skip
        kept = len(self._steps) + bool(instead_of)
        spoken = spoken_rows.attempted(self._tutor, drill.item, drill.answer, take)
        with spoken as attempt, self._writing(kept=kept) as connection:
            if instead_of:
                take_back(self._tutor, connection, instead_of)
                sessions.drop_step(connection, self.id, len(self._steps))
            reviews.append(connection, [review])
            for mistake in wrong:
                mistakes.append(connection, review, *mistake)
            if attempt and take:
                spoken_rows.append(
                    self._tutor, connection, drill.item, take, attempt, review.id, overridden=bool(instead_of)
                )
            _stability, lapses = cards.strength(connection, *review.card)
            memory = cards.refresh(connection, *review.card)
            assert memory
            if became_leech(lapses, memory.lapses):
                step["leech"] = True
                rest(self._tutor, connection, review.item, rests=True)
            before, now = stats.refresh(connection, review)
            if before.minutes < self._tutor.learner.goal_minutes <= now.minutes:
                step["goal"] = True
            shown_sentences.add(
                connection, review.learner, self.id, self._queue.done, [one.id for one in drill.shown]
            )
            self._keep(connection, step)
        self._take(step)
        self._answered, self._taken = drill, take
        return self._outcome(said, memory, xp(review), step)

    def _keep_attempt(self, drill: Drill, take: Take, answer_id: str | None) -> None:
        """Keep something that was said and makes no review."""
        assert drill.item
        spoken = spoken_rows.attempted(self._tutor, drill.item, drill.answer, take)
        with spoken as attempt, self._writing() as connection:
            if attempt:
                spoken_rows.append(self._tutor, connection, drill.item, take, attempt, answer_id)
                learners.keep_stamp(connection, self._tutor.stamps.last)

    def _step_back(self) -> Drill:
        """Go back to the drill of the last step, in memory alone."""
        self._steps = self._steps[:-1]
        self._queue, self._drill = self._replayed(), None
        drill = self.next()
        assert drill
        return drill

    @contextmanager
    def _writing(self, kept: int | None = None) -> Iterator[Connection]:
        """One transaction in a session of which `kept` steps are on the disk: all that are known here.

        Raises SessionMoved where there are others, because it is open in another place, too.
        """
        database = self._tutor.database
        try:
            with database.write() as connection:
                self._must_be_here(connection, len(self._steps) if kept is None else kept)
                yield connection
        except SessionMoved:
            with database.read() as connection:
                self._steps = sessions.steps(connection, self.id)
            self._queue, self._drill, self._answered = self._replayed(), None, None
            raise

    def _must_be_here(self, connection: Connection, known: int) -> None:
        if sessions.count_steps(connection, self.id) not in (None, known):
            raise SessionMoved(
                _("This session went on elsewhere. Nothing is lost: it goes on from there."),
                doing="answering",
            )

    def _keep(self, connection: Connection, step: dict[str, Any]) -> None:
        if self.plan.unit and self._replayed(step).current is None:
            # With the last step, so that both are taken back together.
            step["lesson"] = self.plan.unit
            steps = (*self._steps, step)
            lessons.append(connection, checkpoint_done(self._tutor, self.plan, steps, step.get("answer_id")))
        learners.keep_stamp(connection, self._tutor.stamps.last)
        sessions.add_step(connection, self.id, len(self._steps), step, self._tutor.clock.now())

    def _take(self, step: dict[str, Any]) -> None:
        """Go on, once a step is on the disk."""
        self._steps.append(step)
        self._queue.take(_step(step))
        self._drill = self._answered = self._taken = None

    def _keep_and_take(self, step: dict[str, Any]) -> None:
        with self._writing() as connection:
            self._keep(connection, step)
        self._take(step)

    def _replayed(self, *more: dict[str, Any]) -> Queue:
        queue = Queue(self.plan.entries, self.plan.seed, returns=not self.plan.unit)
        for step in (*self._steps, *more):
            queue.take(_step(step))
        return queue

    def _outcome(
        self, said: Feedback | None, memory: Memory | None, earned: int, step: dict[str, Any]
    ) -> Outcome:
        now = self._tutor.clock.now()
        interval = interval_text(memory, now, self._tutor.calendar.day(now)) if memory else ""
        leech, goal = bool(step.get("leech")), bool(step.get("goal"))
        return Outcome(said, memory.due if memory else None, interval, earned, leech, goal, self._tutor.today)


_ACCURACY = {Rating.AGAIN: 0.0, Rating.HARD: 0.5, Rating.GOOD: 1.0}

_UNDOABLE = (StepKind.SEEN, StepKind.KNOWN, StepKind.ANSWERED, StepKind.PUT_ASIDE)


def _step(step: dict[str, Any]) -> Step:
    rating = step.get("rating")
    return Step(
        StepKind(step["kind"]),
        Rating(rating) if rating else None,
        bool(step.get("leech")),
        step["item"] if step["kind"] == StepKind.PUT_ASIDE else "",
    )


def _mode(drill: Drill) -> Mode:
    assert drill.mode
    return drill.mode
