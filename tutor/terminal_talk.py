"""A lesson's dialogue in the terminal: the tutor's lines out, the learner's in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from tutor.course.dialogue import Answer
from tutor.dialogue import Talk
from tutor.errors import SessionMoved, UsageError
from tutor.i18n import _

HELP = (
    "  any text: your answer    :h hint    :s not sure    :e in English    :q leave (it goes on from there)"
)

_SIGNS = {Answer.EXACT: "+", Answer.NEAR: "~", Answer.DEFAULT: ">"}


@dataclass
class TerminalTalk:
    """Runs a dialogue over two streams."""

    talk: Talk
    lines: Iterator[str]
    out: TextIO
    as_json: bool = False

    def run(self) -> bool:
        """Talk until the end or until the learner leaves; whether it came to the end."""
        if not self.as_json:
            self._print(_(HELP))
        dialogue = self.talk.dialogue
        self._say({"who": dialogue.who, "scene": dialogue.scene}, dialogue.scene)
        while not self.talk.over:
            turn, progress = self.talk.turn, self.talk.progress
            gloss = turn.glossed(turn.says)
            record: dict[str, Any] = {"says": turn.says, "gloss": gloss, "task": turn.task}
            record |= {"done": progress.done, "total": progress.total}
            said = f"{turn.says} ({gloss})" if gloss else turn.says
            self._say({"turn": record}, f"\n{dialogue.who}: {said}\n  [{turn.task}]")
            if not self._turn():
                self._say({"left": True}, _("See you soon: it goes on from here."))
                return False
        turn = self.talk.turn
        self._say({"end": {"says": turn.says, "means": turn.means}}, f"\n{dialogue.who}: {turn.says}")
        return True

    def _turn(self) -> bool:
        """Take lines until the turn is over; False to leave."""
        while True:
            line = next(self.lines, None)
            if line is None or line.strip() == ":q":
                return False
            try:
                if self._take(line.strip()):
                    return True
            except UsageError as error:
                self._say({"error": error.message}, error.message)
                if isinstance(error, SessionMoved):
                    return True

    def _take(self, line: str) -> bool:
        """Do what a line says; whether the turn is over."""
        turn = self.talk.turn
        if line == ":h":
            self._say({"hint": turn.hint}, f"  {turn.hint}")
            return False
        if line == ":e":
            self._say({"means": turn.means}, f"  {turn.means}")
            return False
        if not line or (line.startswith(":") and line != ":s"):
            raise UsageError(_("Write your answer, or one of these:") + "\n" + _(HELP))
        exchange = self.talk.answer("" if line == ":s" else line)
        taken, reply = exchange.taken, exchange.reply
        record = {"answer": taken.answer, "nearest": taken.nearest, "reply": reply.says, "means": reply.means}
        text = f"  {_SIGNS[taken.answer]} {taken.verdict}\n{self.talk.dialogue.who}: {reply.says}"
        self._say({"reply": record}, text)
        return True

    def _say(self, record: dict[str, Any], text: str) -> None:
        self._print(json.dumps(record, ensure_ascii=False) if self.as_json else text.replace("*", ""))

    def _print(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()
