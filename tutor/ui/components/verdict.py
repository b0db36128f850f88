"""The verdict sheet: what came of an answer, said kindly, with the right answer whole."""

from __future__ import annotations

import flet as ft

from tutor.drills.drill import Ask
from tutor.drills.feedback import Feedback, Verdict
from tutor.i18n import _
from tutor.outcome import Outcome
from tutor.ui.components.buttons import filled, icon_only, named, outlined, textual
from tutor.ui.components.marked import marked
from tutor.ui.components.speaking import estimate, scores_row, sounds_of_word
from tutor.ui.components.tappable import explaining
from tutor.ui.components.text import marked_up, words
from tutor.ui.drilling import Drilling, goal_reached
from tutor.ui.theme import (
    BODY,
    CAPTION,
    HEADING,
    RADIUS,
    SLIDE,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)

NEXT_WIDTH, NEXT_AND_AGAIN = 240, 320


def sign(look: Look, verdict: Verdict, size: float = 40, *, filled_circle: bool = True) -> ft.Control:
    """A verdict's sign. Nearly is ≈ as text: no icon reads as "nearly"."""
    hue = look.colours.verdict(verdict)
    ink = hue.on_ink if filled_circle else hue.ink
    inside: ft.Control
    if verdict is Verdict.NEARLY:
        inside = words(look, "≈", HEADING, colour=ink, size=size * 0.65)
    else:
        icon = ft.Icons.CHECK_ROUNDED if verdict is Verdict.GOOD else ft.Icons.REPLAY_ROUNDED
        inside = ft.Icon(icon, color=ink, size=size * 0.6)
    if not filled_circle:
        return inside
    return ft.Container(
        inside, width=size, height=size, border_radius=size, bgcolor=hue.ink, alignment=ft.Alignment.CENTER
    )


@ft.component
def _sliding(sheet: ft.Control, still: bool) -> ft.Control:
    """A sheet that slides in as it appears. Nothing waits for it, and a key acts at once."""
    shown, set_shown = ft.use_state(False)
    ft.on_mounted(lambda: set_shown(True))
    return ft.Container(
        sheet,
        offset=ft.Offset(0, 0 if shown or still else 0.1),
        animate_offset=ft.Animation(SLIDE, ft.AnimationCurve.EASE_OUT),
    )


def verdict_sheet(look: Look, drilling: Drilling, *, crowded: bool = False) -> ft.Control:
    """The sheet that the answer area turns into. Where it is `crowded`, Next stands apart below it."""
    outcome = drilling.outcome
    assert outcome and outcome.feedback
    said = outcome.feedback
    hue = look.colours.verdict(said.verdict)
    pad = SPACE_32 if look.wide else SPACE_16
    polish = drilling.drill is not None and not drilling.drill.english
    explain = explaining(drilling, "answer", said.answer) if polish else None
    parts: list[ft.Control] = [
        _heading(look, drilling, said, "" if drilling.retrying else _back(outcome)),
        *(
            [*sounds_of_word(look, drilling.aloud, said.said), scores_row(look, said.said)]
            if said.said
            else [
                marked(
                    look, said.answer, tested=said.tested, differs=said.differs, ink=hue.ink, explain=explain
                )
            ]
        ),
    ]
    if said.why:
        parts.append(marked_up(look, said.why, BODY))
    if outcome.leech:
        rests = _("It keeps slipping away, so it rests until you help it: Today has ways to do that.")
        parts.append(words(look, rests, BODY))
    if outcome.goal and not drilling.retrying:
        parts.append(_goal(look, drilling))
    parts.append(ft.Container(_actions(look, drilling, said, crowded), padding=ft.Padding.only(top=SPACE_8)))
    sheet = ft.Container(
        ft.Column(parts, spacing=SPACE_8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=hue.soft,
        border_radius=ft.BorderRadius.only(top_left=RADIUS, top_right=RADIUS),
        padding=ft.Padding.only(left=pad, right=pad, top=SPACE_24, bottom=SPACE_8 if crowded else SPACE_16),
    )
    return named(
        "verdict", ft.Semantics(live_region=True, container=True, content=_sliding(sheet, look.still))
    )


def _goal(look: Look, drilling: Drilling) -> ft.Control:
    """The day's goal is reached: said once and quietly, with a way to stop."""
    quiet = look.colours.on_surface_variant
    stop = textual(look, drilling.turns.press("stop-here", drilling.stop), _("Stop here"), pad=SPACE_8)
    icon = ft.Icon(ft.Icons.FLAG_ROUNDED, color=quiet, size=look.grown(20))
    said = words(look, goal_reached(), BODY, colour=quiet, expand=True)
    return named("goal", ft.Row([icon, said, stop], spacing=SPACE_8))


def _back(outcome: Outcome) -> str:
    """When it comes back; of a word that rests from now on there is nothing to say."""
    if outcome.leech or not outcome.interval:
        return ""
    return _("Comes back in {interval}").format(interval=outcome.interval)


def _heading(look: Look, drilling: Drilling, said: Feedback, back: str) -> ft.Control:
    hue, turns = look.colours.verdict(said.verdict), drilling.turns
    words_said: list[ft.Control] = [words(look, said.headline, HEADING, colour=hue.ink)]
    if said.said:
        score = estimate(said.said)
        back = f"{score} · {back}" if back else score
    if back:
        words_said.append(words(look, back, CAPTION, colour=look.colours.on_surface_variant))
    parts: list[ft.Control] = [
        sign(look, said.verdict),
        ft.Column(words_said, spacing=0, expand=True, tight=True),
    ]
    if drilling.audible and not said.said:
        slower = turns.press("slower", drilling.replay, True)
        parts.append(icon_only(look, slower, ft.Icons.SLOW_MOTION_VIDEO_ROUNDED, _("Slower")))
        parts.append(
            icon_only(look, turns.press("replay", drilling.replay), ft.Icons.VOLUME_UP_ROUNDED, _("Listen"))
        )
    return ft.Row(parts, spacing=SPACE_12)


def next_bar(look: Look, drilling: Drilling) -> ft.Control:
    """What goes on from here, pinned to the bottom where the sheet scrolls."""
    verdict = drilling.verdict
    assert verdict
    pad = SPACE_32 if look.wide else SPACE_16
    return ft.Container(
        ft.Row(_onward(look, drilling), spacing=SPACE_8),
        bgcolor=look.colours.verdict(verdict).soft,
        padding=ft.Padding.only(left=pad, right=pad, top=SPACE_8, bottom=SPACE_16),
    )


def _onward(look: Look, drilling: Drilling, width: float | None = None) -> list[ft.Control]:
    """Next, and before it a way to try once more; as wide as there is room, or `width` together."""
    turns = drilling.turns
    share = None if width else 1
    go_on = turns.press("next", drilling.next, default=True)
    if not drilling.can_try_again:
        return [filled(look, go_on, _("Next"), key="Enter", width=width, expand=share)]
    half = (width - SPACE_8) / 2 if width else None
    again = turns.press("try-again", drilling.try_again)
    spoken = drilling.drill is not None and drilling.drill.ask is Ask.SPEAK
    label = _("Say it again") if spoken else _("Try again")
    return [
        outlined(look, again, label, key="T", width=half, expand=share),
        filled(look, go_on, _("Next"), key="Enter", width=half, expand=share),
    ]


def _actions(look: Look, drilling: Drilling, said: Feedback, crowded: bool) -> ft.Control:
    turns = drilling.turns
    quiet: list[ft.Control] = []
    if said.verdict is not Verdict.GOOD and not drilling.retrying:
        right = _("I said it right") if said.said else _("I was right")
        quiet.append(textual(look, turns.press("was-right", drilling.was_right), right, pad=0))
    if said.note:
        label = _("Hide the rule") if drilling.rule_open else _("Show me the rule")
        quiet.append(textual(look, turns.press("show-rule", drilling.show_rule), label, pad=0))
    label = _("Hide its story") if drilling.story else _("Its story")
    quiet.append(textual(look, turns.press("show-story", drilling.show_story), label, pad=0))
    if crowded:
        return ft.Row(quiet, spacing=SPACE_32, run_spacing=0, wrap=True)
    if look.wide:
        width = NEXT_AND_AGAIN if drilling.can_try_again else NEXT_WIDTH
        row = ft.Row(quiet, spacing=SPACE_24, expand=True)
        return ft.Row([row, *_onward(look, drilling, width)], spacing=SPACE_8)
    parts: list[ft.Control] = [
        ft.Row(quiet, spacing=SPACE_32, run_spacing=0, wrap=True),
        ft.Row(_onward(look, drilling), spacing=SPACE_8),
    ]
    return ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True)
