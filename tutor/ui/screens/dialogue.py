"""A dialogue: the tutor's lines on the left, the learner's on the right, and below them whose turn it is."""

from __future__ import annotations

import flet as ft

from tutor.course.dialogue import Answer, Turn
from tutor.dialogue import Exchange
from tutor.drills.feedback import Verdict
from tutor.i18n import _
from tutor.ui.components.buttons import filled, icon_only, named, pressable, textual
from tutor.ui.components.field import focus, letters_for, with_focus, written_field
from tutor.ui.components.frame import message
from tutor.ui.components.speaking import level_bar, microphone
from tutor.ui.components.text import marked_up, words
from tutor.ui.components.verdict import sign
from tutor.ui.recorder import Stage
from tutor.ui.state import AppState
from tutor.ui.talking import Talking
from tutor.ui.theme import (
    BODY,
    BORDER,
    BORDER_FOCUS,
    CAPTION,
    CONTENT_WIDTH,
    FIELD,
    HIT,
    LABEL,
    POLISH,
    RADIUS,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    Look,
)

BAR = 56
WIDTH = CONTENT_WIDTH + 2 * SPACE_32
_AVATAR = 36
_BUBBLE, _BUBBLE_WIDE = 308, 440
_TAIL = 4
"""The corner of a bubble that points to who says it."""


def dialogue_screen(state: AppState, talking: Talking) -> ft.Control:
    """The conversation so far, and what there is to say now."""
    look = state.look
    # A message is always in its place, so that the field below keeps its focus when one comes.
    said = ft.Container(
        message(state) if state.notice else None,
        padding=ft.Padding.symmetric(horizontal=SPACE_16) if state.notice else 0,
    )
    below = _end(look, state, talking) if talking.over else _ask(look, talking)
    parts: list[ft.Control] = [_bar(look, state, talking), said, _conversation(look, talking), below]
    body = ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

    shown = ft.Row(
        [ft.Container(body, width=min(look.width, WIDTH))],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        spacing=0,
        expand=True,
    )

    async def at_first() -> None:
        # The keyboard of a phone stays away from who speaks into it.
        if look.wide or not talking.spoken:
            await _into_field(talking)

    return with_focus(shown, at_first, talking.turns.step)


async def _into_field(talking: Talking) -> None:
    """Put the caret into the field, unless the app listens in its place."""
    if not talking.aloud.busy:
        await focus(talking)


def _bar(look: Look, state: AppState, talking: Talking) -> ft.Control:
    """The way back, which lesson it is, and how far it has got."""
    now = talking.progress_now
    leave = state.turns.press("close-talk", state.leave)
    place = _("{place} of {total}").format(place=now.done, total=now.total)
    title = words(look, talking.lesson.title_pl, LABEL, lines=1)
    top = ft.Row(
        [
            icon_only(look, leave, ft.Icons.ARROW_BACK_ROUNDED, _("Back to the lesson")),
            ft.Semantics(header=True, expand=True, content=title),
            words(look, place, CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=SPACE_8,
        height=max(BAR, HIT),
    )
    bar = ft.ProgressBar(
        value=talking.progress.done / max(1, talking.progress.total),
        bar_height=4,
        border_radius=2,
        color=look.colours.primary,
        bgcolor=look.colours.ring_track,
        semantics_label=_("Progress"),
        year_2023=True,
    )
    return ft.Column(
        [
            ft.Container(top, padding=ft.Padding.only(left=SPACE_4, right=SPACE_16)),
            ft.Container(bar, padding=ft.Padding.symmetric(horizontal=SPACE_16)),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _conversation(look: Look, talking: Talking) -> ft.Control:
    """Everything that was said, the latest in view."""
    lines: list[ft.Control] = [_about(look, talking)]
    for at, exchange in enumerate(talking.exchanges):
        turn = exchange.turn
        lines.append(_theirs(look, talking, f"line-{at}", turn, turn.says, turn.means))
        lines.append(_mine(look, exchange))
        reply = exchange.reply
        lines.append(_theirs(look, talking, f"reply-{at}", turn, reply.says, reply.means, more=True))
    asked = talking.turn
    last = f"line-{len(talking.exchanges)}"
    lines.append(_theirs(look, talking, last, asked, asked.says, asked.means))
    if not talking.exchanges and not talking.open:
        tap = words(look, _("Tap a line for its meaning"), CAPTION, colour=look.colours.on_surface_variant)
        lines.append(ft.Container(tap, padding=ft.Padding.only(left=_AVATAR + SPACE_8)))
    if talking.blocked:
        tap = words(look, _("Tap once to let the browser play sound"), CAPTION,
                    colour=look.colours.on_surface_variant)  # fmt: skip
        lines.append(ft.Container(tap, padding=ft.Padding.only(left=_AVATAR + SPACE_8)))
    column = ft.Column(
        lines,
        # A column of its own for each answer: one that was scrolled back would not follow what is new.
        key=f"conversation-{talking.turns.step}",
        auto_scroll=True,
        auto_scroll_animation=0,
        spacing=SPACE_12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        scroll=ft.ScrollMode.AUTO,
        expand=True,
    )
    return named("conversation", ft.Container(column, padding=SPACE_16, expand=True), expand=True)


def _about(look: Look, talking: Talking) -> ft.Control:
    """Where it takes place, and who speaks."""
    colours = look.colours
    lines: list[ft.Control] = [
        words(look, talking.who, LABEL),
        words(look, talking.scene, BODY, colour=colours.on_surface_variant),
    ]
    if not talking.lesson.checked:
        unchecked = _("Not yet checked by a native speaker")
        lines.append(words(look, unchecked, CAPTION, colour=colours.on_surface_variant))
    said = ft.Column(
        lines,
        spacing=SPACE_4,
        expand=True,
        tight=True,
    )
    icon = ft.Icon(ft.Icons.FORUM_ROUNDED, color=colours.on_surface_variant, size=24)
    return ft.Container(
        ft.Row([icon, said], spacing=SPACE_12, vertical_alignment=ft.CrossAxisAlignment.START),
        bgcolor=colours.surface_container,
        border_radius=RADIUS,
        padding=SPACE_16,
    )


def _theirs(
    look: Look, talking: Talking, name: str, turn: Turn, says: str, means: str, *, more: bool = False
) -> ft.Control:
    """A line of the tutor's, whose meaning a tap shows. With `more` it goes on in the next bubble."""
    colours, turns = look.colours, talking.turns
    quiet, shown = colours.on_surface_variant, name in talking.open
    said: list[ft.Control] = [words(look, says, POLISH, medium=False)]
    if gloss := turn.glossed(says):
        said.append(words(look, gloss, CAPTION, colour=quiet))
    if shown:
        said.append(words(look, means, BODY, colour=quiet))

    async def turn_over() -> None:
        await talking.turn_over(name)
        if look.wide and not turns.by_key:
            # There is a keyboard, and what is written next goes into the field.
            await _into_field(talking)

    bubble = pressable(
        look,
        turns.press(name, turn_over),
        ft.Container(
            ft.Column(said, spacing=SPACE_4, tight=True),
            padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_12),
            border=ft.Border.all(BORDER, colours.outline_variant),
            border_radius=ft.BorderRadius.only(
                top_left=RADIUS, top_right=RADIUS, bottom_right=RADIUS, bottom_left=_TAIL
            ),
            bgcolor=colours.surface_container_lowest,
        ),
        align=ft.Alignment.CENTER_LEFT,
    )
    label = _("{who} says: {line}").format(who=talking.who, line=says)
    heard = ft.Semantics(label=label, content=bubble, expand=True)
    heard.expand_loose = True
    parts: list[ft.Control] = [_avatar(look, talking.who, hidden=more), heard]
    if talking.voice:
        press = turns.press(f"say-{name}", talking.say, says)
        listen = _("Listen to {word}").format(word=says)
        parts.append(icon_only(look, press, ft.Icons.VOLUME_UP_ROUNDED, listen, colour=colours.primary))
    widest = _AVATAR + SPACE_8 + (_BUBBLE_WIDE if look.wide else _BUBBLE) + HIT
    row = ft.Row(parts, spacing=SPACE_8, vertical_alignment=ft.CrossAxisAlignment.END)
    room = min(look.width, WIDTH) - 2 * SPACE_16
    return ft.Row([ft.Container(row, width=min(widest, room))], alignment=ft.MainAxisAlignment.START)


def _avatar(look: Look, who: str, *, hidden: bool) -> ft.Control:
    """The first letter of a name in a circle."""
    colours = look.colours
    if hidden:
        return ft.Container(width=_AVATAR)
    letter = words(
        look, who.rsplit(maxsplit=1)[-1][0], LABEL, size=LABEL.size, colour=colours.on_primary_container
    )
    letter.semantics_label = ""
    return ft.Container(
        letter,
        width=_AVATAR,
        height=_AVATAR,
        border_radius=_AVATAR / 2,
        bgcolor=colours.primary_container,
        alignment=ft.Alignment.CENTER,
    )


def _mine(look: Look, exchange: Exchange) -> ft.Control:
    """What the learner said, and below it what that was."""
    colours = look.colours
    text = words(look, exchange.said or "…", POLISH, medium=False, colour=colours.on_primary_container,
                 selectable=True)  # fmt: skip
    bubble = ft.Container(
        text,
        padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_12),
        border_radius=ft.BorderRadius.only(
            top_left=RADIUS, top_right=RADIUS, bottom_left=RADIUS, bottom_right=_TAIL
        ),
        bgcolor=colours.primary_container,
    )
    label = _("You said: {line}").format(line=exchange.said) if exchange.said else _("You were not sure")
    heard = ft.Semantics(label=label, exclude_semantics=True, content=bubble)
    taken = exchange.taken
    ink = colours.on_surface_variant
    mark: ft.Control = ft.Icon(ft.Icons.LIGHTBULB_OUTLINE_ROUNDED, color=ink, size=18)
    if taken.answer is not Answer.DEFAULT:
        verdict = Verdict.GOOD if taken.answer is Answer.EXACT else Verdict.NEARLY
        ink, mark = colours.verdict(verdict).ink, sign(look, verdict, 28, filled_circle=False)
    said = words(look, taken.verdict, BODY, colour=ink)
    said.expand, said.expand_loose = True, True
    below = ft.Row([mark, said], spacing=SPACE_8, alignment=ft.MainAxisAlignment.END)
    return ft.Container(
        ft.Column(
            [heard, below], spacing=SPACE_4, tight=True, horizontal_alignment=ft.CrossAxisAlignment.END
        ),
        padding=ft.Padding.only(left=_AVATAR + SPACE_8),
        alignment=ft.Alignment.CENTER_RIGHT,
    )


def _ask(look: Look, talking: Talking) -> ft.Control:
    """The learner's turn: what to say, a hint, the field and the letters."""
    colours, turns = look.colours, talking.turns

    async def hinted() -> None:
        await talking.hint()
        await _into_field(talking)

    asked = ft.Column(
        [
            words(look, _("Your turn"), CAPTION, colour=colours.on_surface_variant),
            words(look, talking.turn.task, LABEL),
        ],
        spacing=0,
        expand=True,
        tight=True,
    )
    if talking.hinted:
        help_ = textual(look, turns.press("not-sure", talking.not_sure), _("Not sure"), pad=SPACE_8)
    else:
        hint = turns.press("hint", hinted)
        help_ = textual(look, hint, _("Hint"), icon=ft.Icons.LIGHTBULB_ROUNDED, pad=SPACE_8)
    parts: list[ft.Control] = [ft.Row([asked, help_], spacing=SPACE_8)]
    if talking.hinted:
        parts.append(marked_up(look, talking.turn.hint, BODY, polish=colours.primary))
    aloud = talking.aloud
    if not_sent := aloud.recorder.problem or aloud.told:
        told = words(look, not_sent, CAPTION, colour=colours.on_surface_variant)
        parts.append(ft.Semantics(live_region=True, content=told))
    row = [_listening(look, talking) if aloud.busy else _field(look, talking)]
    if talking.can_speak:
        row.append(microphone(look, turns, aloud, size=FIELD, ring=False))
    row.append(_forget(look, talking) if aloud.busy else _send(look, talking))
    parts.append(ft.Row(row, spacing=SPACE_8))
    above = ft.Container(
        ft.Column(parts, spacing=SPACE_8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(left=SPACE_16, right=SPACE_16, top=SPACE_12, bottom=SPACE_8),
    )
    return _sheet(look, [above, letters_for(look, turns, talking)])


def _field(look: Look, talking: Talking) -> ft.Control:
    return written_field(look, talking.turns, talking, _("In Polish"), talking.send)


def _send(look: Look, talking: Talking) -> ft.Control:
    colours = look.colours
    return pressable(
        look,
        talking.turns.press("send", talking.send),
        ft.Icon(ft.Icons.SEND_ROUNDED, color=colours.on_primary, size=24, semantics_label=_("Send")),
        bgcolor=colours.primary,
        colour=colours.on_primary,
        height=look.grown(FIELD),
        width=FIELD,
    )


def _listening(look: Look, talking: Talking) -> ft.Control:
    """In the place of the field: that it listens, and how loud it is. There is room for few words."""
    hue, aloud = look.colours.speak, talking.aloud
    listens = aloud.recorder.stage is Stage.LISTENING
    said = words(look, _("Listening …") if listens else _("One moment …"), BODY, lines=1)
    parts: list[ft.Control] = [ft.Semantics(live_region=True, content=said)]
    if listens:
        parts.append(level_bar(aloud.recorder.level, hue.ink, hue.soft))
    return named("listening", ft.Container(
        ft.Column(parts, spacing=SPACE_4, tight=True, alignment=ft.MainAxisAlignment.CENTER,
                  horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        height=look.grown(FIELD),
        border=ft.Border.all(BORDER_FOCUS, hue.ink),
        border_radius=RADIUS,
        bgcolor=look.colours.surface_container_lowest,
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
    ), expand=True)  # fmt: skip


def _forget(look: Look, talking: Talking) -> ft.Control:
    """In the place of Send: a way not to."""
    if talking.aloud.recorder.stage is Stage.JUDGING:
        return ft.Container(width=FIELD)
    forget = talking.turns.press("forget-said", talking.forget)
    return icon_only(look, forget, ft.Icons.CLOSE_ROUNDED, _("Send nothing"), size=FIELD)


def _end(look: Look, state: AppState, talking: Talking) -> ft.Control:
    """The conversation is over: on to the new words, or once more."""
    turns = talking.turns
    done = _("You talked it all the way through.")
    label = _("Meet the new words") if talking.words_left else _("Back to the lesson")
    onward = turns.press("after-talk", state.after_talk, talking, default=True)
    again = turns.press("talk-again", talking.again)
    parts: list[ft.Control] = [
        words(look, done, BODY, align=ft.TextAlign.CENTER),
        filled(look, onward, label, key="Enter"),
        ft.Row([textual(look, again, _("Once more"))], alignment=ft.MainAxisAlignment.CENTER),
    ]
    column = ft.Column(parts, spacing=SPACE_8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return _sheet(look, [ft.Container(column, padding=SPACE_16)])


def _sheet(look: Look, parts: list[ft.Control]) -> ft.Control:
    return ft.Container(
        ft.Column(parts, spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=look.colours.surface_container,
        border_radius=ft.BorderRadius.only(top_left=RADIUS, top_right=RADIUS),
        padding=ft.Padding.only(bottom=SPACE_8 if look.wide else 0),
    )
