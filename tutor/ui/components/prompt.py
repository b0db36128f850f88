"""The prompt card: what is asked, large and in the middle, and what is shown once it is answered."""

from __future__ import annotations

import flet as ft

from tutor.course.item import ItemKind, Sentence
from tutor.drills.drill import Ask, Drill
from tutor.drills.reading import paragraphs_of
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.ui.components.buttons import icon_only, named, pressable, textual
from tutor.ui.components.chips import new_chip, track_chip
from tutor.ui.components.frame import card
from tutor.ui.components.marked import gapped, marked
from tutor.ui.components.speaking import said_words, speak_prompt
from tutor.ui.components.story import story_panel
from tutor.ui.components.tappable import explaining
from tutor.ui.components.tappable import sentence as tappable_sentence
from tutor.ui.components.text import in_parts, marked_up, words
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.theme import (
    BODY,
    CAPTION,
    EXAMPLE,
    HEADING,
    HIT,
    LONG_WORD,
    MEANING,
    POLISH,
    RADIUS_SMALL,
    SENTENCE,
    SLIDE,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    WORD,
    Look,
)

CENTRE = ft.TextAlign.CENTER


def prompt_card(look: Look, drilling: Drilling, *, expand: bool = True) -> ft.Control:
    """The card of the current drill. What does not fit scrolls inside it."""
    drill = drilling.drill
    assert drill
    reading = drill.item is None or drilling.reading
    # A scrolling column centres what fits and scrolls what does not.
    middle = ft.Column(
        _body(look, drilling, drill),
        spacing=SPACE_16 if not look.compact else SPACE_12,
        alignment=ft.MainAxisAlignment.START if reading else ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.START if reading else ft.CrossAxisAlignment.CENTER,
        scroll=ft.ScrollMode.AUTO if expand else None,
        expand=expand,
        tight=not expand,
    )
    content = ft.Column(
        [_head(look, drilling, drill), middle],
        spacing=SPACE_8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        tight=not expand,
    )
    box = card(look, named("drill-prompt", content), padding=ft.Padding.only(
        left=SPACE_16, right=SPACE_16, top=SPACE_4, bottom=SPACE_16), expand=expand)  # fmt: skip
    box.margin = ft.Margin.symmetric(horizontal=look.inset)
    return box


def _head(look: Look, drilling: Drilling, drill: Drill) -> ft.Control:
    """Which memory this is, what to do, and the menu."""
    if drill.meeting and not drill.passage:
        phrase = drill.item is not None and drill.item.kind is ItemKind.PHRASE
        first = new_chip(look, phrase, drill.item is None)
    else:
        first = track_chip(look, drill.track)
    task = words(look, drill.task, CAPTION, colour=look.colours.on_surface_variant, expand=True)
    menu = drilling.turns.press("drill-menu", drilling.aside.menu)
    more = icon_only(look, menu, ft.Icons.MORE_VERT_ROUNDED, _("More about this drill"))
    return ft.Row([first, task, more], spacing=SPACE_8)


def _body(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    note = drilling.outcome.feedback.note if drilling.outcome and drilling.outcome.feedback else None
    if drilling.story:
        return story_panel(look, drilling.story)
    if drilling.rule_open and note:
        return _note(look, note.title, note.text)
    if drill.passage and (drill.item is None or drilling.text_open):
        return _passage(look, drilling, drill)
    if drill.item is None:
        return _note(look, drill.prompt, drill.answer)
    if drill.meeting:
        return _meeting(look, drilling, drill)
    if drill.ask is Ask.SPEAK and not drilling.aloud.writing:
        if drilling.phase is Phase.ASK:
            return speak_prompt(look, drilling, drill)
        said = drilling.outcome.feedback.said if drilling.outcome and drilling.outcome.feedback else None
        return said_words(look, drilling, drill, said)
    if drilling.phase is Phase.ANSWERED and drill.ask in (Ask.TYPE, Ask.ORDER, Ask.SPEAK):
        return _written(look, drilling, drill)
    if drill.track is Track.AUDIO:
        return _listening(look, drilling, drill)
    if drill.gap:
        return _gap(look, drilling, drill)
    if drill.mode is Mode.READING and drill.english:
        return [tappable_sentence(look, drill.prompt, SENTENCE, explaining(drilling, "prompt", drill.prompt))]
    if drill.mode in (Mode.PRODUCE, Mode.SYNTAX, Mode.READING) or drill.ask is Ask.SPEAK:
        return _english(look, drill)
    return _word_card(look, drilling, drill)


def _note(look: Look, title: str, text: str) -> list[ft.Control]:
    primary = look.colours.primary
    return [
        ft.Semantics(header=True, content=marked_up(look, title, HEADING, polish=primary)),
        marked_up(look, text, BODY, polish=primary),
    ]


def _passage(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """What is read, paragraph by paragraph; each of its words can be tapped."""
    paragraphs = [
        tappable_sentence(
            look, paragraph, EXAMPLE, explaining(drilling, f"text-{at}", paragraph),
            size=look.size(POLISH), align=ft.MainAxisAlignment.START,
        )
        for at, paragraph in enumerate(paragraphs_of(drill.passage))
    ]  # fmt: skip
    return [*paragraphs, *_listen(look, drilling, 56)]


def _prompt_word(look: Look, text: str, drilling: Drilling | None = None) -> ft.Control:
    """The Polish in the middle; of several words each can be tapped, once that tells nothing."""
    if drilling and drilling.told and " " in text:
        return tappable_sentence(look, text, WORD, explaining(drilling, "prompt", text), size=look.word(text))
    return words(look, text, WORD, size=look.word(text), align=CENTRE, selectable=True)


def _listen(look: Look, drilling: Drilling, size: float) -> list[ft.Control]:
    """The round button that says the word; none where there is no voice."""
    if not drilling.audible:
        return []
    colours = look.colours
    return [
        icon_only(
            look,
            drilling.turns.press("replay", drilling.replay),
            ft.Icons.VOLUME_UP_ROUNDED,
            _("Listen"),
            colour=colours.on_primary_container,
            bgcolor=colours.primary_container,
            size=size,
            icon_size=26,
        )
    ]


def _meeting(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    item, quiet = drill.item, look.colours.on_surface_variant
    assert item
    top: list[ft.Control] = [_prompt_word(look, drill.prompt, drilling)]
    if item.ipa:
        # Roboto draws the tie bar of d͡ʑ across its letters.
        sounds = item.ipa.strip("[]/").replace("\u0361", "")
        top.append(words(look, f"[{sounds}]", BODY, colour=quiet, align=CENTRE))
    parts: list[ft.Control] = [_stack(top, SPACE_4), *_listen(look, drilling, 64)]
    if drilling.blocked:
        tap = _("Tap once to let the browser play sound")
        parts.append(words(look, tap, CAPTION, colour=quiet, align=CENTRE))
    meanings: list[ft.Control] = [words(look, drill.answer, MEANING, align=CENTRE)]
    if item.grammar:
        meanings.append(words(look, item.grammar, CAPTION, colour=quiet, align=CENTRE))
    if item.literal:
        literally = _("literally: {words}").format(words=item.literal)
        meanings.append(words(look, literally, CAPTION, colour=quiet, align=CENTRE))
    parts.append(_stack(meanings, SPACE_8))
    example = _example(look, drilling, drill, speak=True)
    if example or drill.why:
        parts.append(ft.Divider(height=1, color=look.colours.outline_variant))
    parts += example
    if drill.why:
        parts.append(
            marked_up(look, drill.why, BODY, colour=quiet, polish=look.colours.primary, align=CENTRE)
        )
    return parts


def _example(look: Look, drilling: Drilling, drill: Drill, *, speak: bool = False) -> list[ft.Control]:
    """The sentence in which the word stands; none for a phrase that is its own sentence."""
    sentence = drill.sentence
    if sentence is None or sentence.text.strip(" .!?") == drill.prompt.strip(" .!?"):
        return []
    shown = tappable_sentence(
        look, sentence.text, EXAMPLE, explaining(drilling, "example", sentence.text),
        tested=(sentence.start, sentence.end),
    )  # fmt: skip
    if speak and drilling.voice:
        text = ft.Container(shown, expand=True, expand_loose=True)
        say = drilling.turns.press("say-example", drilling.say, sentence.text)
        button = icon_only(look, say, ft.Icons.VOLUME_UP_ROUNDED, _("Listen to the sentence"),
                           colour=look.colours.primary)  # fmt: skip
        shown = ft.Row([text, button], alignment=ft.MainAxisAlignment.CENTER, spacing=SPACE_4)
    parts = [shown, *_in_english(look, sentence.translation, sentence)]
    if drill.meeting and drilling.beginner:
        tap = _("Tap a word to see what it is")
        parts.append(words(look, tap, CAPTION, colour=look.colours.on_surface_variant, align=CENTRE))
    return [_stack(parts, SPACE_4)]


def _in_english(look: Look, translation: str, sentence: Sentence | None) -> list[ft.Control]:
    """What a sentence means, and below it those of its words that nobody taught yet."""
    quiet = look.colours.on_surface_variant
    parts: list[ft.Control] = [words(look, translation, BODY, colour=quiet, align=CENTRE)]
    if sentence and sentence.gloss:
        parts.append(words(look, sentence.glossed, CAPTION, colour=quiet, align=CENTRE))
    return parts


def _word_card(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """RECALL and PHRASE: the Polish, and for RECALL's back its meaning and an example."""
    parts = [_prompt_word(look, drill.prompt, drilling), *_listen(look, drilling, 56)]
    if drilling.phase is Phase.REVEALED:
        parts.append(ft.Container(width=64, height=1, bgcolor=look.colours.outline))
        parts.append(words(look, drill.answer, SENTENCE, align=CENTRE))
        parts += _example(look, drilling, drill)
        if drill.why:
            quiet = look.colours.on_surface_variant
            parts.append(
                marked_up(look, drill.why, BODY, colour=quiet, polish=look.colours.primary, align=CENTRE)
            )
    return parts


def _gap(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    assert drill.gap
    skipped = len(drill.prompt) - len(drill.gap.before + drill.gap.first + drill.gap.after)
    return [
        gapped(
            look,
            drill.gap.before + drill.gap.first,
            drill.gap.after,
            look.colours.track(drill.track).ink,
            explaining(drilling, "prompt", drill.prompt),
            skipped=skipped,
        ),
        _stack(_in_english(look, drill.translation, drill.sentence) + _company(look, drill), SPACE_4),
        *_question(look, drilling),
    ]


def _company(look: Look, drill: Drill) -> list[ft.Control]:
    """The words that go with what is asked for; nothing where there are none."""
    if not drill.company:
        return []
    line = words(look, "", CAPTION, colour=look.colours.on_surface_variant, align=CENTRE)
    told = ", ".join(drill.company)
    ink = ft.TextStyle(color=look.colours.primary)
    return [in_parts(line, (_("Goes with") + " ", None), (told, ink))]


def _question(look: Look, drilling: Drilling) -> list[ft.Control]:
    """The hint that asks, once it is wanted."""
    if not drilling.question or drilling.phase is not Phase.ASK:
        return []
    hue = look.colours.use
    asked = marked_up(look, drilling.question, BODY, colour=hue.ink, polish=hue.ink, align=CENTRE)
    return [
        named("question", ft.Container(
            asked, bgcolor=hue.soft, border_radius=RADIUS_SMALL,
            padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_8),
        ))
    ]  # fmt: skip


def _english(look: Look, drill: Drill) -> list[ft.Control]:
    size = look.word(drill.prompt) if len(drill.prompt) <= LONG_WORD else None
    parts: list[ft.Control] = [words(look, drill.prompt, SENTENCE, size=size, align=CENTRE)]
    if drill.translation:
        quiet = look.colours.on_surface_variant
        parts.append(words(look, drill.translation, CAPTION, colour=quiet, align=CENTRE))
    return parts


def _written(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """What the learner wrote, in its sentence, with dots below what differed."""
    said = drilling.outcome.feedback if drilling.outcome else None
    quiet = look.colours.on_surface_variant
    below = drill.translation if drill.gap or drill.track is Track.AUDIO else drill.prompt
    parts: list[ft.Control] = []
    if said and said.response:
        start = len(drill.gap.before) if drill.gap else 0
        end = len(said.response) - len(drill.gap.after) if drill.gap else len(said.response)
        wrote = marked(look, said.response, tested=(start, end), differs=said.response_differs,
                       ink=look.colours.on_surface, dotted=True, centred=True)  # fmt: skip
        said_of_it = _("You built") if drill.ask is Ask.ORDER else _("You wrote")
        caption = words(look, said_of_it, CAPTION, colour=quiet, align=CENTRE)
        parts.append(_stack([caption, wrote], SPACE_4))
    elif drill.gap:
        parts.append(gapped(look, drill.gap.before, drill.gap.after, look.colours.use.ink))
    if below:
        parts.append(words(look, below, BODY, colour=quiet, align=CENTRE))
    return parts


def _listening(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """AUDIO: a large play button; the words only once answered, or where no voice can say them."""
    quiet = look.colours.on_surface_variant
    if drilling.phase is Phase.ANSWERED:
        return _said(look, drilling, drill)
    if drilling.phase is Phase.REVEALED:
        return [*_said(look, drilling, drill), words(look, drill.answer, SENTENCE, align=CENTRE)]
    if not drilling.heard:
        silent, shown = _("No voice is installed, so this one is to read."), drill.prompt
        if not drill.english:
            silent, shown = _("There is no sound just now: do it from the English."), drill.translation
        return [_prompt_word(look, shown), words(look, silent, CAPTION, colour=quiet, align=CENTRE)]
    slower = drilling.turns.press("slower", drilling.replay, True)
    icon = ft.Icons.SLOW_MOTION_VIDEO_ROUNDED
    parts: list[ft.Control]
    small = look.compact or look.big_text
    if small:
        beside = icon_only(look, slower, icon, _("Slower"), colour=look.colours.primary)
        # As wide on the left, so that the play button stays in the middle.
        row = [ft.Container(width=HIT), _play(look, drilling), beside]
        parts = [ft.Row(row, alignment=ft.MainAxisAlignment.CENTER, spacing=SPACE_8)]
    else:
        parts = [_play(look, drilling), textual(look, slower, _("Slower"), icon=icon)]
    below = "" if small else _("Voice: {voice}").format(voice=drilling.voice)
    if drilling.blocked:
        below = _("Tap once to let the browser play sound")
    if below:
        parts.append(words(look, below, CAPTION, colour=quiet, align=CENTRE))
    return parts


def _said(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """What was heard, and what it means where it was more than the word."""
    if len(drill.prompt) <= LONG_WORD:
        shown = _prompt_word(look, drill.prompt, drilling)
    else:
        shown = tappable_sentence(look, drill.prompt, SENTENCE, explaining(drilling, "prompt", drill.prompt))
    if not drill.translation:
        return [shown, *_listen(look, drilling, 56)]
    quiet = look.colours.on_surface_variant
    return [_stack([shown, words(look, drill.translation, BODY, colour=quiet, align=CENTRE)], SPACE_4)]


def _play(look: Look, drilling: Drilling) -> ft.Control:
    """The play button in its halo, which breathes while it plays."""
    hue, small = look.colours.listen, look.compact or look.big_text
    outer, inner = (112, 80) if small else (136, 104)
    button = pressable(
        look,
        drilling.turns.press("replay", drilling.replay),
        ft.Icon(
            ft.Icons.PLAY_ARROW_ROUNDED, color=hue.on_ink, size=inner * 0.54, semantics_label=_("Play again")
        ),
        bgcolor=hue.ink,
        colour=hue.on_ink,
        width=inner,
        height=inner,
        circle=True,
    )
    halo = ft.Container(
        width=outer,
        height=outer,
        border_radius=outer,
        bgcolor=hue.soft,
        scale=1.08 if drilling.playing else 1.0,
        animate_scale=ft.Animation(SLIDE, ft.AnimationCurve.EASE_OUT),
    )
    return ft.Stack(
        [halo, button],
        width=outer + SPACE_24,
        height=outer + SPACE_16,
        alignment=ft.Alignment.CENTER,
        clip_behavior=ft.ClipBehavior.NONE,
    )


def _stack(parts: list[ft.Control], gap: float) -> ft.Control:
    return ft.Column(parts, spacing=gap, tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER)
