"""About how high the parts of a session will be.

Nothing tells the height of a text before it is drawn, and a layout has to choose: whether card and answer
both fit, or scroll as one. Counted in lines of letters of a mean width, and rather too high than too low.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.ui.components.speaking import microphone_size
from tutor.ui.components.story import STORY_HEIGHT
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.theme import (
    BODY,
    BUTTON,
    CAPTION,
    CONTENT_WIDTH,
    EXAMPLE,
    FIELD,
    HEADING,
    HIT,
    LABEL,
    LONG_WORD,
    POLISH,
    RATE,
    SENTENCE,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
    Type,
)

_LETTER = 0.53
"""The width of a letter in ems, about."""
_LEAST_ROWS = 2
_EYES_FREE = 1.75
"""How much higher a button is that is found without looking."""
_KEY = 36
"""The box of a key beside a piece, on wide windows."""
_PLAY, _PLAY_SMALL = 152, 128
"""The play button in its halo."""
_ENOUGH = 120
"""Of what is only read, and scrolls by itself, so much is in view at least."""


def text(look: Look, said: str, kind: Type, width: float, size: float = 0, apart: float = 0) -> float:
    """The height of a text of a kind, broken at `width`; none for none. Its lines may stand `apart`."""
    size = size or look.size(kind)
    return ceil(len(said) * size * _LETTER / width) * (size * kind.line + apart)


def tapped(look: Look, said: str, kind: Type, width: float, size: float = 0) -> float:
    """The height of a text whose words can be tapped."""
    return text(look, said, kind, width, size, 2 * SPACE_4)


def card_height(look: Look, drilling: Drilling) -> float:
    """The prompt card, so high that nothing of it scrolls but what is only read."""
    drill = drilling.drill
    assert drill
    head = max(look.grown(HIT), text(look, drill.task, CAPTION, _inner(look) - look.grown(96) - HIT))
    return SPACE_8 + head + SPACE_8 + _body(look, drilling, drill) + SPACE_16


def answer_height(look: Look, drilling: Drilling) -> float:
    """The answer area, until there is an answer."""
    drill = drilling.drill
    assert drill
    button, quiet = look.grown(BUTTON), look.grown(HIT)
    below = SPACE_8 if not look.wide else SPACE_16
    if drill.ask is Ask.CHOOSE:
        return options_height(look, drill) + SPACE_8 + _ways_out(look, drill) + below
    if drill.ask is Ask.ORDER:
        pieces = _rows(look, drill.pieces) * (quiet + SPACE_8)
        return sentence_height(look, drilling, drill) + 3 * SPACE_8 + pieces + button + quiet + below
    if drill.ask is Ask.TYPE or drilling.aloud.writing:
        letters = 0 if drill.english else FIELD
        return 2 * quiet + SPACE_8 + look.grown(FIELD) + SPACE_8 + letters + below
    if drill.ask is Ask.SPEAK and drilling.phase is Phase.ASK:
        return _speaking(look, drilling) + below
    if drill.ask in (Ask.GRADE, Ask.SPEAK):
        if drilling.phase is Phase.ASK:
            return button + SPACE_8 + (quiet if drill.track is Track.AUDIO else 0) + below
        return SPACE_24 + rate_height(look, drill) + SPACE_8 + below
    return button + SPACE_8 + quiet + below


def _speaking(look: Look, drilling: Drilling) -> float:
    """The microphone with what it says, and the ways out."""
    aloud, quiet = drilling.aloud, look.grown(HIT)
    told = aloud.recorder.problem or aloud.told
    alone = not aloud.hears and not told
    ways = quiet if drilling.retrying else quiet * (1 if look.wide else 3 if look.big_text else 2)
    offer = quiet + SPACE_8 if alone and drilling.to_settings else 0
    said = text(look, told or ("x" * 80 if alone else ""), BODY, _outer(look))
    return microphone_size(look) + SPACE_24 + said + offer + look.grown(SPACE_24) + 3 * SPACE_8 + ways


def rate_height(look: Look, drill: Drill) -> float:
    """A button that grades: larger where nobody looks at it."""
    return look.grown(RATE, 1.3) * (_EYES_FREE if drill.track is Track.AUDIO else 1)


def sentence_height(look: Look, drilling: Drilling, drill: Drill) -> float:
    """Where a sentence grows: room for all of it from the start, so that nothing jumps.

    Where the text is large, that would push the pieces out of view, and it grows with what is put down.
    """
    pieces = [drill.pieces[piece] for piece in drilling.placed] if look.big_text else drill.pieces
    rows = max(1 if look.big_text else _LEAST_ROWS, _rows(look, pieces, within=2 * SPACE_12))
    return rows * (look.grown(HIT) + SPACE_8) + SPACE_8


def options_height(look: Look, drill: Drill, answered: bool = False) -> float:
    """The options, one below the other."""
    width, least = _outer(look) - 2 * SPACE_16, option_height(look, answered)
    heights = [max(least, text(look, option, LABEL, width) + SPACE_16) for option in drill.options]
    return sum(heights) + SPACE_8 * (len(heights) - 1)


def option_height(look: Look, answered: bool) -> float:
    """An option of one line. Once answered it is only looked at, and makes room for the verdict."""
    return look.grown(HIT if answered else BUTTON, 1.35)


def sheet_height(look: Look, drilling: Drilling) -> float:
    """The verdict sheet."""
    outcome = drilling.outcome
    said = outcome.feedback if outcome else None
    if said is None:
        return 0
    width = _outer(look)
    height = SPACE_24 + look.grown(HIT) + SPACE_8
    if said.said:
        told = said.said.words[drilling.aloud.word].told if drilling.aloud.word is not None else ""
        tiles = look.grown(28) + look.grown(64, 1.5) + 2 * SPACE_8 if drilling.aloud.word is not None else 0
        height += tiles + text(look, told, BODY, width) + look.grown(SPACE_24) + SPACE_8
    else:
        height += tapped(look, said.answer, SENTENCE, width) + SPACE_8
    height += text(look, said.why, BODY, width) + SPACE_8
    if outcome and outcome.leech:
        height += text(look, "x" * 90, BODY, width)
    if outcome and outcome.goal:
        height += look.grown(HIT) + SPACE_8
    quiet = look.grown(HIT) * (2 if look.big_text else 1)
    return height + (look.grown(BUTTON) if look.wide else quiet + SPACE_8 + look.grown(BUTTON)) + SPACE_24


def _body(look: Look, drilling: Drilling, drill: Drill) -> float:
    """What is in the middle of the card."""
    width = _inner(look)

    def texts(*said: tuple[str, Type]) -> float:
        return sum(text(look, one, kind, width) for one, kind in said) + SPACE_16

    feedback = drilling.outcome.feedback if drilling.outcome else None
    if drilling.story:
        return look.grown(STORY_HEIGHT) + texts((drilling.story.why, BODY))
    if drilling.rule_open and feedback and feedback.note:
        return texts((feedback.note.title, HEADING), (feedback.note.text, BODY))
    if drill.meeting:
        return look.grown(_ENOUGH)
    if drill.ask is Ask.SPEAK and not drilling.aloud.writing:
        return _aloud(look, drilling, drill, width)
    if drilling.phase is Phase.ANSWERED and drill.ask in (Ask.TYPE, Ask.ORDER):
        wrote = feedback.response if feedback else ""
        return texts((_("You wrote"), CAPTION), (wrote, SENTENCE), (drill.translation or drill.prompt, BODY))
    if drill.track is Track.AUDIO:
        if drilling.phase is Phase.ASK and drilling.heard:
            return (
                _PLAY_SMALL
                if look.compact or look.big_text
                else _PLAY + look.grown(HIT) + 2 * SPACE_16 + SPACE_24
            )
        shown = _prompt(look, drill.prompt, width) if len(drill.prompt) <= LONG_WORD else 0
        shown = shown or tapped(look, drill.prompt, SENTENCE, width)
        told = drill.answer if drilling.phase is Phase.REVEALED else ""
        listen = BUTTON + SPACE_16 if told else 0
        return shown + texts((drill.translation, BODY), (told, SENTENCE)) + listen
    if drill.gap:
        glossed = drill.sentence.glossed if drill.sentence else ""
        shown = tapped(look, drill.gap.shown, SENTENCE, width)
        company = ", ".join(drill.company)
        asked = texts((drilling.question, BODY)) + SPACE_16 if drilling.question else 0
        return shown + texts((drill.translation, BODY), (glossed, CAPTION), (company, CAPTION)) + asked
    if drill.mode in (Mode.PRODUCE, Mode.SYNTAX):
        return _prompt(look, drill.prompt, width) + texts((drill.translation, CAPTION))
    height = _prompt(look, drill.prompt, width) + SPACE_16 + BUTTON
    if drilling.phase is Phase.REVEALED:
        example = drill.sentence.text if drill.sentence else ""
        height += SPACE_16 + texts((drill.answer, SENTENCE)) + tapped(look, example, EXAMPLE, width)
    return height


def _aloud(look: Look, drilling: Drilling, drill: Drill, width: float) -> float:
    """What is to be said, or the words as they were said, with the buttons that play them."""
    row = look.grown(HIT) + SPACE_16
    if drilling.phase is not Phase.ASK:
        english = drill.translation or drill.prompt
        rows = ceil(len(drill.answer) * look.size(POLISH) * 0.75 / width)
        return rows * look.grown(72, 1.5) + text(look, english, BODY, width) + row + SPACE_16
    help_ = look.grown(HIT) + SPACE_16 if drilling.retrying or drilling.hinted else 0
    if drill.line:
        line = text(look, drill.line, SENTENCE, width) + text(look, drill.line_means, CAPTION, width)
        return line + 3 * SPACE_16 + row + text(look, drill.prompt, POLISH, width) + help_
    return _prompt(look, drill.prompt, width) + text(look, drill.translation, BODY, width) + row + help_


def _prompt(look: Look, prompt: str, width: float) -> float:
    return text(look, prompt, SENTENCE, width, look.word(prompt))


def _ways_out(look: Look, drill: Drill) -> float:
    rows = 2 if drill.track is Track.AUDIO and _outer(look) < look.grown(340, 3) else 1
    return rows * look.grown(HIT)


def _rows(look: Look, pieces: Iterable[str], within: float = 0) -> int:
    """How many rows pieces take, one after the other; `within` is the space beside them."""
    width = _outer(look) - within
    rows, left = 1, width
    for piece in pieces:
        need = len(piece) * look.size(POLISH) * _LETTER + 2 * SPACE_16 + (_KEY if look.wide else 0)
        if need > left:
            rows, left = rows + 1, width
        left -= need + SPACE_8
    return rows


def _outer(look: Look) -> float:
    """The width of what stands below the card."""
    return max(min(look.width, CONTENT_WIDTH + 2 * SPACE_32) - 2 * look.inset, 1)


def _inner(look: Look) -> float:
    """The width of what stands in the card."""
    return max(_outer(look) - 2 * SPACE_16 - SPACE_12, 1)
