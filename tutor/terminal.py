"""A session in the terminal: lines out, lines in, for people and for scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import Feedback
from tutor.errors import SessionMoved, SpeechError, UsageError
from tutor.i18n import _, plural
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import Track
from tutor.outcome import Outcome, Summary, Verdict
from tutor.session import Session
from tutor.speech.ear import Take
from tutor.text import normal, without_diacritics

HELP = """\
  Enter go on       1-4 choose, or say how well you knew it       any text: your answer
  :h hint    :s show the answer    :k I know this word    :r I was right
  :t TEXT try the last one again, which costs nothing    :u undo    :p play
  :l can't listen now    :m can't speak now    :a FILE what you said, recorded
  :q leave (you can resume for 24 hours)"""

_RATINGS = ("1", "2", "3", "4")
_SELF_GRADED = (Ask.GRADE, Ask.SPEAK)
_SIGNS = {Verdict.GOOD: "+", Verdict.NEARLY: "~", Verdict.AGAIN: "-"}


@dataclass
class Terminal:
    """Runs a session over two streams.

    `play` makes a sound of a text and tells where it is, or ""; `listen` hears what a file says.
    """

    session: Session
    lines: Iterator[str]
    out: TextIO
    play: Callable[[str], str]
    listen: Callable[[Drill, Path], Take]
    as_json: bool = False
    _help: Help = Help.NONE
    _hints: int = 0
    """How many hints were told."""
    _revealed: bool = False
    """Whether the answer was turned over: then a number is a rating, even where numbers are answers."""
    _shown_at: float = field(default=0.0)
    _last: Drill | None = None
    """What was answered last."""

    def run(self) -> bool:
        """Practise until the end or until the learner leaves; whether it came to the end."""
        if self.session.notice:
            self._say({"notice": self.session.notice}, self.session.notice)
        elif not self.as_json:
            self._print(HELP)
        while drill := self.session.next():
            self._show(drill)
            self.session.prepare_speech()
            if not self._work_on(drill):
                self._say({"left": True}, _("See you soon: you can go on from here within 24 hours."))
                return False
        self._finish(self.session.summary())
        return True

    def _work_on(self, drill: Drill) -> bool:
        """Take lines until the drill is done; False to leave."""
        self._help, self._hints, self._revealed = Help.NONE, 0, False
        self._shown_at = time.monotonic()
        while True:
            line = next(self.lines, None)
            if line is None or line.strip() == ":q":
                return False
            try:
                if self._take(drill, line.strip()):
                    return True
            except (UsageError, SpeechError) as error:
                self._say({"error": error.message}, error.message)
                if isinstance(error, SessionMoved):
                    return True

    def _take(self, drill: Drill, line: str) -> bool:
        """Do what a line says; whether another drill is to be shown."""
        at_once: dict[str, Callable[[], object]] = {
            ":l": self.session.cannot_listen,
            ":m": self.session.cannot_speak,
            ":k": lambda: self.session.know(drill),
        }
        if line in at_once:
            at_once[line]()
            return True
        match line:
            case ":u":
                undone = self.session.undo()
                if undone is None:
                    raise UsageError(_("There is nothing to undo."))
                return True
            case ":r":
                self._tell(self.session.was_right())
                return True
            case _ if line == ":a" or line.startswith(":a "):
                return self._heard(drill, line[2:].strip())
            case ":h":
                self._help = Help.HINT
                # After the last hint it is told again.
                hint = (*drill.hints, "")[min(self._hints, max(len(drill.hints) - 1, 0))]
                self._hints += 1
                self._say({"hint": hint}, hint or _("There is no hint here."))
                return False
            case ":p":
                self._play(drill)
                return False
            case _ if line == ":t" or line.startswith(":t "):
                self._try_again(line[2:].strip())
                return False
            case ":s" if drill.ask in _SELF_GRADED:
                self._reveal(drill)
                return False
            case ":s" if drill.meeting:
                raise UsageError(_("There is nothing to show here: just go on."))
            case ":s":
                self._tell(self._answered(drill, None, help=Help.SHOWN))
                return True
        if line.startswith(":"):
            raise UsageError(_("There is no command {command}.").format(command=line[:20]) + "\n" + HELP)
        return self._answer(drill, line)

    def _answer(self, drill: Drill, line: str) -> bool:
        if drill.meeting:
            self.session.answer(drill)
        elif (
            drill.ask in _SELF_GRADED and line in _RATINGS and (self._revealed or line not in drill.accepted)
        ):
            self._tell(self._answered(drill, None, rating=int(line)))
        elif drill.ask in _SELF_GRADED and not line:
            self._reveal(drill)
            return False
        elif drill.ask is Ask.CHOOSE:
            self._tell(self._answered(drill, _chosen(drill, line), help=self._help))
        elif drill.ask is Ask.SPEAK:
            self._told(self.session.write_instead(drill, line), "wrote")
        elif not line:
            raise UsageError(_("Write your answer, or :s to be shown it."))
        elif drill.ask is Ask.ORDER:
            self._tell(self._answered(drill, _ordered(drill, line), help=self._help))
        else:
            self._tell(self._answered(drill, line, help=self._help))
        return True

    def _is_rating(self, drill: Drill, line: str) -> bool:
        rated = drill.ask in _SELF_GRADED and line in _RATINGS
        return rated and (self._revealed or line not in drill.accepted)

    def _try_again(self, line: str) -> None:
        """Take the last answer once more, for oneself."""
        drill = self._last
        if drill is None or not line:
            raise UsageError(_("Write :t and the last answer again, where it was written or built."))
        if drill.ask is Ask.SPEAK:
            told = self.session.speak_again(drill, self.listen(drill, Path(line)))
            if told is None:
                raise _not_heard()
            self._told(told, "try")
        else:
            again = _ordered(drill, line) if drill.ask is Ask.ORDER else line
            self._told(self.session.try_again(drill, again), "try")

    def _told(self, said: Feedback, what: str) -> None:
        """Say what came of something that counts for nothing."""
        record = {"verdict": said.verdict, "answer": said.answer, "why": said.why}
        text = f"  {_SIGNS[said.verdict]} {said.headline}: {said.answer}"
        text += "".join(f"\n    {line}" for line in _spoken(said))
        self._say({what: record}, text + (f"\n    {said.why}" if said.why else ""))

    def _heard(self, drill: Drill, file: str) -> bool:
        """Answer with a recording."""
        if drill.ask is not Ask.SPEAK or not file:
            raise UsageError(_("Write :a and the file of what you said, where something is to be said."))
        outcome = self.session.speak(drill, self.listen(drill, Path(file).expanduser()), self._help)
        if outcome is None:
            raise _not_heard()
        self._last = drill
        self._tell(outcome)
        return True

    def _answered(
        self, drill: Drill, response: str | None, rating: int | None = None, help: Help = Help.NONE
    ) -> Outcome:
        took = round((time.monotonic() - self._shown_at) * 1000)
        outcome = self.session.answer(drill, response, rating, took, help)
        self._last = drill
        return outcome

    # What is printed.

    def _show(self, drill: Drill) -> None:
        progress = self.session.progress
        shown = _described(drill) | {"done": progress.done, "total": progress.total}
        hidden = drill.track is Track.AUDIO
        lines = [f"\n[{progress.done + 1}/{progress.total}] {drill.task}"]
        if drill.note and drill.item is None:
            lines += [f"  {drill.prompt}", f"  {drill.answer}"]
        elif drill.gap:
            lines += [f"  {drill.gap.shown}", f"  {drill.translation}{_glossed(drill)}"]
            lines += [f"  ({drill.gap.base})"] if drill.gap.base else []
        elif not hidden:
            lines += [f"  {drill.line}"] if drill.line else []
            lines += [f"  {drill.prompt}"]
        if drill.meeting and drill.item:
            lines += [f"  {drill.answer}  [{drill.item.ipa}]  {drill.item.grammar}".rstrip()]
            lines += _example(drill)
        choices = drill.options or drill.pieces
        lines += [f"  {number}. {choice}" for number, choice in enumerate(choices, 1)]
        clip = "" if drill.say_after or not drill.say else self.play(drill.say)
        if hidden and not clip:
            shown_instead = drill.prompt if drill.english else drill.translation
            lines += [f"  {shown_instead}", "  " + _("(no voice is installed: `tutor doctor`)")]
        elif clip and hidden:
            lines += ["  " + _("Sound: {clip}").format(clip=clip)]
        self._say({"drill": shown | {"clip": clip}}, "\n".join(lines))

    def _play(self, drill: Drill) -> None:
        clip = "" if drill.say_after else self.play(drill.say)
        self._say({"clip": clip}, clip or _("There is nothing to play before the answer."))

    def _reveal(self, drill: Drill) -> None:
        self._revealed = True
        previews = {int(rating): text for rating, text in self.session.previews(drill).items()}
        names = dict(zip((1, 2, 3, 4), (_("again"), _("hard"), _("good"), _("easy")), strict=True))
        buttons = "   ".join(f"{r} {names[r]} ({text})" for r, text in previews.items())
        example = "".join(f"\n{line}" for line in _example(drill))
        self._say(
            {"answer": drill.answer, "intervals": previews}, f"  = {drill.answer}{example}\n  {buttons}"
        )

    def _tell(self, outcome: Outcome) -> None:
        said = outcome.feedback
        assert said and outcome.due
        record = {
            "verdict": said.verdict, "rating": int(said.rating), "answer": said.answer, "why": said.why,
            "due": outcome.due.isoformat(), "interval": outcome.interval, "xp": outcome.xp,
            "leech": outcome.leech,
        }  # fmt: skip
        text = f"  {_SIGNS[said.verdict]} {said.headline}: {said.answer}  ({outcome.interval})"
        text += "".join(f"\n    {line}" for line in _spoken(said))
        text += f"\n    {said.why}" if said.why else ""
        if said.said:
            record["score"] = said.said.total
        if outcome.leech:
            text += "\n    " + _("It keeps slipping away, so it rests now; `tutor hard` helps it stay.")
        self._say({"outcome": record}, text)

    def _finish(self, summary: Summary) -> None:
        counts = {str(verdict): count for verdict, count in summary.verdicts.items()}
        answers = plural("{count} answer", "{count} answers", summary.answers)
        lines = [_("That is all: {answers}.").format(answers=answers)]
        lines += [f"  {look.text}: {look.reason}" for look in summary.looks]
        lines += [plural("Tomorrow: {count} card.", "Tomorrow: {count} cards.", summary.today.tomorrow)]
        record = {
            "answers": summary.answers,
            "met": summary.met,
            "verdicts": counts,
            "minutes": summary.minutes,
            "tomorrow": summary.today.tomorrow,
            "more_due": summary.today.waiting,
        }
        self._say({"summary": record}, "\n" + "\n".join(lines))

    def _say(self, record: dict[str, Any], text: str) -> None:
        self._print(json.dumps(record, ensure_ascii=False) if self.as_json else text.replace("*", ""))

    def _print(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()


def _not_heard() -> UsageError:
    return UsageError(
        _("Nothing could be made out, and nothing was counted: say it again, or judge it yourself.")
    )


def _spoken(said: Feedback) -> list[str]:
    """Each word that was not good, and what to do about it; the score."""
    if said.said is None:
        return []
    told = [f"{word.text}: {word.told}" for word in said.said.words if word.told]
    return [*told, _("{score} of 100, an estimate").format(score=said.said.total)]


def _chosen(drill: Drill, line: str) -> str:
    """The option that a line names, by number or by its words."""
    for number, option in enumerate(drill.options, 1):
        if line == str(number):
            return option
    for option in drill.options:
        if option.casefold() == line.casefold():
            return option
    raise UsageError(_("Choose 1 to {count}.").format(count=len(drill.options)))


def _ordered(drill: Drill, line: str) -> str:
    """The pieces that a line names by their numbers, or its words; these may lack their diacritics."""
    numbers = line.replace(",", " ").split()
    if not all(number.isdecimal() for number in numbers):
        written = {without_diacritics(normal(piece)): piece for piece in drill.pieces}
        if len(written) < len(drill.pieces):
            return line
        return _in_pieces(without_diacritics(normal(line)), written) or line
    places = [int(number) for number in numbers]
    if len(set(places)) < len(places) or not all(1 <= place <= len(drill.pieces) for place in places):
        raise UsageError(_("Name each piece once, by 1 to {count}.").format(count=len(drill.pieces)))
    return " ".join(drill.pieces[place - 1] for place in places)


def _in_pieces(line: str, pieces: Mapping[str, str]) -> str:
    """A line as a row of pieces; empty where it is none."""
    if not line:
        return ""
    for plain, piece in pieces.items():
        if line == plain:
            return piece
        if line.startswith(plain + " ") and (rest := _in_pieces(line[len(plain) + 1 :], pieces)):
            return f"{piece} {rest}"
    return ""


def _example(drill: Drill) -> list[str]:
    if drill.sentence is None:
        return []
    return [f"  {drill.sentence.text} {drill.sentence.translation}{_glossed(drill)}"]


def _glossed(drill: Drill) -> str:
    return f" ({drill.sentence.glossed})" if drill.sentence and drill.sentence.gloss else ""


def _described(drill: Drill) -> dict[str, Any]:
    """A drill as a script sees it: what a person would see, and no answer."""
    return {
        "task": drill.task,
        "ask": drill.ask,
        "mode": drill.mode,
        "track": drill.track,
        "meeting": drill.meeting,
        "prompt": "" if drill.track is Track.AUDIO else _blanked(drill),
        "options": list(drill.options),
        "pieces": list(drill.pieces),
        "base": drill.gap.base if drill.gap else "",
        "translation": "" if drill.track is Track.AUDIO else drill.translation,
        "gloss": dict(drill.sentence.gloss) if drill.sentence and drill.gap else {},
        "item": drill.item.id if drill.item else "",
        "line": drill.line,
        "ratings": [int(rating) for rating in Rating] if drill.ask in _SELF_GRADED else [],
    }


def _blanked(drill: Drill) -> str:
    return drill.gap.shown if drill.gap else drill.prompt
