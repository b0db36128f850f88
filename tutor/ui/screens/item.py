"""An item's page: how it is known on each track, its forms, sentences, notes, mistakes; and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import flet as ft

from tutor.card_story import CardStory
from tutor.course.forms import by_category
from tutor.course.item import ItemKind
from tutor.drills.context import other_aspect
from tutor.drills.recall import SHOWN_MEANINGS
from tutor.i18n import _, plural
from tutor.library import ItemPage
from tutor.memory.tracks import Track
from tutor.ui.aloud import Aloud
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.components.buttons import filled, icon_only, named, pressable, textual
from tutor.ui.components.chips import ICONS, track_word
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card
from tutor.ui.components.speaking import (
    CENTRE,
    MICROPHONE_SMALL,
    compared_by_ear,
    doing,
    estimate,
    microphone,
    playing_row,
    sounds_of_word,
    word_chips,
)
from tutor.ui.components.story import SHOWN, answer_row, curve, days_text
from tutor.ui.components.text import marked_up, with_word, words
from tutor.ui.theme import (
    BODY,
    CAPTION,
    EXAMPLE,
    GREETING,
    LABEL,
    MEANING,
    POLISH,
    RADIUS_SMALL,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    WORD,
    WORD_SMALL,
    WORD_STOPS,
    Look,
)

TRACKS = (Track.VISUAL, Track.AUDIO, Track.CONTEXT, Track.SPEECH)


def item_page(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    """Everything about one item."""
    if browsing.writing is Writing.EDIT:
        return own_form(look, browsing) if page.own else _annotation(look, browsing, page)
    parts: list[ft.Control] = [_head(look, browsing, page), _actions(look, browsing, page)]
    if browsing.asking == "reset":
        parts.append(_sure(look, browsing))
    if browsing.writing is Writing.TAG:
        parts.append(_tagging(look, browsing))
    if browsing.aloud:
        parts.append(_saying(look, browsing, browsing.aloud, page))
    parts.append(_tracks(look, page))
    if page.stories:
        parts.append(_forgetting(look, page.stories))
    if page.item.forms:
        parts.append(_forms(look, page))
    if page.item.sentences:
        parts.append(_sentences(look, browsing, page))
    if page.related:
        parts.append(_related(look, browsing, page))
    if told := [text for text in (page.item.note, page.item.false_friend) if text]:
        parts.append(_card(look, _("Good to know"), [marked_up(look, text, BODY) for text in told]))
    if page.stories:
        parts.append(_history(look, page))
    if page.mistakes:
        parts.append(_mistakes(look, page))
    return named(
        "item-page", ft.Column(parts, spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    )


def _head(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    item, quiet = page.item, look.colours.on_surface_variant
    size = WORD_SMALL if len(item.text) > 10 or not look.wide else WORD.wide
    said = words(look, item.text, WORD, size=size * min(look.text, WORD_STOPS), selectable=True)
    said.expand, said.expand_loose = True, True
    top: list[ft.Control] = [said]
    if browsing.voice:
        say = browsing.turns.press("say-item", browsing.say, item.text)
        top.append(icon_only(look, say, ft.Icons.VOLUME_UP_ROUNDED, _("Listen"), colour=look.colours.primary))
    back = icon_only(
        look,
        browsing.turns.press("close-item", browsing.close),
        ft.Icons.ARROW_BACK_ROUNDED,
        _("Back to the list"),
    )
    shown = 1 if item.kind is ItemKind.PHRASE else SHOWN_MEANINGS
    lines: list[ft.Control] = [
        ft.Row([back, ft.Row(top, expand=True, spacing=SPACE_4)], spacing=SPACE_4),
        words(look, ", ".join(item.means[:shown]), MEANING),
    ]
    if others := item.means[shown:]:
        # With dots between: phrases have commas of their own.
        lines.append(words(look, _("Also: {others}").format(others=" · ".join(others)), BODY, colour=quiet))
    about = [item.grammar, other_aspect(item).replace("*", ""), *page.tags]
    if any(about):
        lines.append(words(look, " · ".join(part for part in about if part), CAPTION, colour=quiet))
    if page.suspended:
        lines.append(words(look, _("It rests: it is not asked for."), CAPTION, colour=quiet))
    if page.known:
        lines.append(words(look, _("You said that you know it."), CAPTION, colour=quiet))
    return ft.Column(lines, spacing=SPACE_4)


def _actions(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    turns = browsing.turns
    buttons = [textual(look, turns.press("edit-item", browsing.write, Writing.EDIT), _("Edit"), pad=SPACE_8)]
    rest = _("Bring back") if page.suspended else _("Let rest")
    buttons.append(
        textual(look, turns.press("rest-item", browsing.rest, not page.suspended), rest, pad=SPACE_8)
    )
    know = _("Ask me again") if page.known else _("I know it")
    buttons.append(textual(look, turns.press("know-item", browsing.know, not page.known), know, pad=SPACE_8))
    buttons.append(textual(look, turns.press("tag-item", browsing.write, Writing.TAG), _("Tag"), pad=SPACE_8))
    if page.stories:
        buttons.append(
            textual(look, turns.press("reset-item", browsing.ask, "reset"), _("Begin anew"), pad=SPACE_8)
        )
    if page.own:
        buttons.append(textual(look, turns.press("delete-item", browsing.delete), _("Delete"), pad=SPACE_8))
    return ft.Row(buttons, wrap=True, spacing=0, run_spacing=0)


def _sure(look: Look, browsing: Browsing) -> ft.Control:
    said = _("What you learned of it is set back, and you meet it like a new word. Its answers are kept.")
    turns = browsing.turns
    return card(
        look,
        ft.Column(
            [
                words(look, said, BODY),
                filled(look, turns.press("reset-sure", browsing.reset), _("Begin anew")),
                ft.Row([textual(look, turns.press("not-sure", browsing.close), _("Leave it as it is"))],
                       alignment=ft.MainAxisAlignment.CENTER),
            ],
            spacing=SPACE_8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )  # fmt: skip


def _tagging(look: Look, browsing: Browsing) -> ft.Control:
    page = browsing.page
    parts: list[ft.Control] = [
        plain_field(
            look, browsing.turns, "tag-field", _("Name of the tag"),
            lambda text: browsing.wrote("tag", text), browsing.save,
        ),
        filled(look, browsing.turns.press("save-tag", browsing.save), _("Tag")),
    ]  # fmt: skip
    for name in page.tags if page else ():
        away = browsing.turns.press(f"untag-{name}", browsing.untag, name)
        parts.append(textual(look, away, _("Take the tag {tag} away").format(tag=name), pad=0))
    return card(look, ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _card(look: Look, title: str, parts: list[ft.Control]) -> ft.Control:
    heading = ft.Semantics(header=True, content=words(look, title, LABEL))
    return card(
        look,
        ft.Column([heading, *parts], spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
    )


def _saying(look: Look, browsing: Browsing, aloud: Aloud, page: ItemPage) -> ft.Control:
    """A microphone to say it for oneself; then how each word was, its sounds, and both to be heard."""
    turns, quiet, said = browsing.turns, look.colours.on_surface_variant, browsing.said
    button = microphone(look, turns, aloud, size=MICROPHONE_SMALL)
    parts: list[ft.Control] = [ft.Row([button], alignment=ft.MainAxisAlignment.CENTER)]
    told = not aloud.busy and (aloud.recorder.problem or aloud.told)
    now = words(look, told, BODY, align=CENTRE) if told else words(
        look, doing(aloud), CAPTION, colour=quiet, align=CENTRE)  # fmt: skip
    parts.append(ft.Semantics(live_region=True, content=now))
    if not aloud.hears and not told:
        parts.append(compared_by_ear(look))
    if said:
        parts += [
            word_chips(look, turns, aloud, said),
            ft.Semantics(
                live_region=True,
                container=True,
                content=words(look, estimate(said), CAPTION, colour=quiet, align=CENTRE),
            ),
            *sounds_of_word(look, aloud, said),
        ]
        if said.extra:
            more = _("More was heard than that: “{heard}”.").format(heard=said.heard)
            parts.append(words(look, more, BODY))
    if aloud.mine:
        say = partial(browsing.say, page.item.text) if browsing.voice else None
        parts.append(playing_row(look, turns, aloud, say))
    return named("say-it", _card(look, _("Say it"), parts))


def _tracks(look: Look, page: ItemPage) -> ft.Control:
    """The four tracks: how likely it is known now, how long it holds, and why it comes when it does."""
    stories = {story.track: story for story in page.stories}
    rows: list[ft.Control] = []
    for track in TRACKS:
        if rows:
            rows.append(ft.Divider(height=1, color=look.colours.outline_variant))
        rows.append(_track(look, track, stories.get(track)))
    return card(look, ft.Column(rows, spacing=SPACE_12))


def _track(look: Look, track: Track, story: CardStory | None) -> ft.Control:
    hue, quiet = look.colours.track(track), look.colours.on_surface_variant
    name = ft.Row(
        [
            ft.Icon(ICONS[track], color=hue.ink, size=look.grown(20)),
            words(look, track_word(track), LABEL, colour=hue.ink),
        ],
        spacing=SPACE_8,
        tight=True,
    )
    last = next((told.memory for told in reversed(story.told) if told.memory), None) if story else None
    if story is None or last is None:
        opens = {
            Track.VISUAL: _("not met yet"),
            Track.AUDIO: _("opens after a right answer in Read"),
            Track.CONTEXT: _("opens when Read is learned"),
            Track.SPEECH: _("opens when Listen is learned"),
        }
        return ft.Row([name, words(look, opens[track], CAPTION, colour=quiet, expand=True)], spacing=SPACE_12)
    now = _("{percent} % now, holds for {days}").format(
        percent=round(100 * story.recall), days=days_text(last.stability)
    )
    return ft.Column(
        [
            ft.Row([name, words(look, now, BODY, expand=True, align=ft.TextAlign.END)], spacing=SPACE_12),
            words(look, story.why, CAPTION, colour=quiet),
            words(look, plural("{count} answer", "{count} answers", len(story.told)), CAPTION, colour=quiet),
        ],
        spacing=2,
    )


def _forgetting(look: Look, stories: Sequence[CardStory]) -> ft.Control:
    """The forgetting curve of each track that is open."""
    parts: list[ft.Control] = []
    for story in stories:
        hue = look.colours.track(story.track)
        parts += [words(look, track_word(story.track), CAPTION, colour=hue.ink), curve(look, story)]
    return _card(look, _("How it fades from the last answer on"), parts)


def _forms(look: Look, page: ItemPage) -> ft.Control:
    """The table of its forms: a line for each case or tense, each form with what it is."""
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for category, forms in by_category(page.item.forms).items():
        if rows:
            rows.append(ft.Divider(height=1, color=look.colours.outline_variant))
        cells: list[ft.Control] = [
            ft.Column(
                [
                    words(look, form, POLISH, medium=False, selectable=True),
                    *([words(look, name, CAPTION, colour=quiet)] if name else []),
                ],
                spacing=0,
                tight=True,
            )
            for form, name in forms.items()
        ]
        title = words(look, category, LABEL)
        rows.append(
            ft.Column(
                [title, ft.Row(cells, wrap=True, spacing=SPACE_16, run_spacing=SPACE_4)], spacing=SPACE_4
            )
        )
    return _card(look, _("Forms"), rows)


def _related(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    """What is near it in meaning; each opens its own page."""
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for at, row in enumerate(page.related):
        lines: list[ft.Control] = [
            words(look, row.text, POLISH),
            words(look, row.meaning, BODY, colour=quiet),
        ]
        said = ft.Container(ft.Column(lines, spacing=0, tight=True), expand=True)
        opens = pressable(
            look, browsing.turns.press(f"related-{at}", browsing.open, row.id), ft.Row([said]),
            padding=ft.Padding.symmetric(vertical=SPACE_4), radius=RADIUS_SMALL,
        )  # fmt: skip
        rows.append(ft.Semantics(label=f"{row.text}, {row.meaning}", content=opens))
    title = _("Related words") if page.item.kind is ItemKind.WORD else _("Near in meaning")
    return _card(look, title, rows)


def _sentences(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for at, one in enumerate(page.item.sentences):
        said = with_word(look, one.text, one.start, one.end, EXAMPLE, align=ft.TextAlign.START)
        said.expand = True
        parts: list[ft.Control] = [said]
        if browsing.voice:
            say = browsing.turns.press(f"say-sentence-{at}", browsing.say, one.text)
            label = _("Listen to the sentence")
            parts.append(icon_only(look, say, ft.Icons.VOLUME_UP_ROUNDED, label, colour=look.colours.primary))
        rows.append(ft.Column([ft.Row(parts), words(look, one.translation, BODY, colour=quiet)], spacing=0))
    return _card(look, _("In a sentence"), rows)


def _history(look: Look, page: ItemPage) -> ft.Control:
    """The latest answers of all tracks."""
    told = sorted(
        ((one.at, story.track, one) for story in page.stories for one in story.told),
        key=lambda found: found[0],
        reverse=True,
    )
    rows: list[ft.Control] = [answer_row(look, one, track) for _at, track, one in told[:SHOWN]]
    if len(told) > SHOWN:
        said = plural("and {count} answer before", "and {count} answers before", len(told) - SHOWN)
        rows.append(words(look, said, CAPTION, colour=look.colours.on_surface_variant))
    return _card(look, _("Your answers"), rows)


def _mistakes(look: Look, page: ItemPage) -> ft.Control:
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = [
        ft.Row(
            [
                words(look, written or "–", BODY, expand=True),
                words(look, _(kind), CAPTION, colour=quiet),
            ],
            spacing=SPACE_12,
        )
        for _concept, kind, written in page.mistakes
    ]
    return _card(look, _("What went wrong"), rows)


# Writing.


def own_form(look: Look, browsing: Browsing) -> ft.Control:
    """A word of one's own, new or changed."""
    new = browsing.writing is Writing.NEW
    title = _("A word of your own") if new else _("Change this word")
    asked = {
        "text": _("In Polish"),
        "means": _("What it means; several with commas"),
        "sentence": _("A sentence it stands in, if you like"),
        "sentence_means": _("What that sentence means"),
        "note": _("Something that helps you remember it"),
    }
    return _form(look, browsing, title, asked)


def _annotation(look: Look, browsing: Browsing, page: ItemPage) -> ft.Control:
    """What can be changed about a word of the course."""
    title = _("{word}, in your own words").format(word=page.item.text)
    asked = {"means": _("What it means to you"), "note": _("Something that helps you remember it")}
    return _form(look, browsing, title, asked)


def _form(look: Look, browsing: Browsing, title: str, asked: dict[str, str]) -> ft.Control:
    turns = browsing.turns
    first = next(iter(asked))
    fields: list[ft.Control] = []
    for name, hint in asked.items():
        fields.append(words(look, hint, CAPTION, colour=look.colours.on_surface_variant))
        fields.append(
            plain_field(
                look, turns, f"own-{name}", "", partial(browsing.wrote, name), browsing.save,
                browsing.written(name), focus_at_once=name == first, label=hint,
            )
        )  # fmt: skip
    return named("own-form", ft.Column(
        [
            ft.Semantics(header=True, content=words(look, title, GREETING)),
            *fields,
            ft.Container(height=SPACE_8),
            filled(look, turns.press("save-own", browsing.save), _("Save")),
            ft.Row([textual(look, turns.press("cancel-own", browsing.close), _("Cancel"))],
                   alignment=ft.MainAxisAlignment.CENTER),
        ],
        spacing=SPACE_8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    ))  # fmt: skip
