"""What a dialogue must keep to, beyond that its turns lead on and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.course.dialogue import Answer, Dialogue, Turn
from tutor.text import normal

FEWEST_TURNS, MOST_TURNS = 6, 10
"""Answers that the shortest way through a dialogue takes, and the longest."""

MOST_GLOSSED = 2
LONGEST_LINE = 90
LONGEST_TASK = 80


def dialogue_problems(dialogue: Dialogue, known: Callable[[str], bool]) -> Iterator[str]:
    """What is wrong with a dialogue; `known` says of a word whether it is taught by then."""
    if dialogue.unreached:
        yield f"a way to the turn {dialogue.unreached[0]!r}"
    fewest, most = dialogue.fewest_steps, dialogue.steps
    if fewest < FEWEST_TURNS or most > MOST_TURNS:
        yield f"{FEWEST_TURNS} to {MOST_TURNS} answers on each way through the dialogue, not {fewest}, {most}"
    if not any(len({reply.then for reply in turn.replies.values()}) > 1 for turn in dialogue.turns):
        yield "a turn of the dialogue that leads to different turns by the answer"
    glossed = {normal(word) for turn in dialogue.turns for word in turn.gloss}
    if len(glossed) > MOST_GLOSSED:
        yield f"at most {MOST_GLOSSED} words in the dialogue that are not taught yet"
    for turn in dialogue.turns:
        yield from _turn_problems(turn, known)


def _turn_problems(turn: Turn, known: Callable[[str], bool]) -> Iterator[str]:
    if turn.replies and turn.replies[Answer.EXACT].says == turn.replies[Answer.DEFAULT].says:
        yield f"another reply to what is right than to anything else, in the turn {turn.key!r}"
    if len({normal(answer) for answer in turn.accept}) < len(turn.accept):
        yield f"accepted answers that differ from one another, in the turn {turn.key!r}"
    glossed = {normal(word) for word in turn.gloss}
    for line in turn.lines:
        if len(line) > LONGEST_LINE:
            yield f"at most {LONGEST_LINE} letters in {line!r}"
        for word in normal(line).split():
            if not known(word) and word not in glossed:
                yield f"{word!r} taught by then, or among the gloss of the turn {turn.key!r}"
    if len(turn.task) > LONGEST_TASK:
        yield f"at most {LONGEST_TASK} letters in {turn.task!r}"
    said = {word for line in turn.lines for word in normal(line).split()}
    for word in sorted(word for word in glossed if known(word) or word not in said):
        yield f"no gloss of {word!r} in the turn {turn.key!r}, which does not need it"
