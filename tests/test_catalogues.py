"""The catalogues hold what the code says, fit it, and are compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

import tutor
from tools.messages import catalogue, messages, unwritten
from tutor.course.forms import form_name
from tutor.errors import NewerDatabase
from tutor.i18n import DOMAIN, LOCALES, _, meant, plural, use
from tutor.ui.components.text import day_text, month_text

LANGUAGES = sorted(LOCALES.glob("*/LC_MESSAGES"))


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Each message beside each of its translations that is written."""
    for message in catalogue(folder):
        if message.id and message.string:
            texts = message.string if message.pluralizable else [message.string]
            original = message.id[-1] if message.pluralizable else message.id
            yield from ((str(original), text) for text in texts if text)


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.parent.name)
def test_a_translation_fills_in_what_its_message_fills_in(folder: Path) -> None:
    wrong = [
        (original, text) for original, text in pairs(folder) if placeholders(original) != placeholders(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.parent.name)
def test_every_message_is_written_and_looked_at(folder: Path) -> None:
    assert unwritten(catalogue(folder)) == []


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.parent.name)
def test_a_translation_keeps_commands_polish_words_and_the_length_of_lists(folder: Path) -> None:
    def kept(text: str) -> tuple[object, ...]:
        days_or_months = len(text.split()) if re.match(r"(Mon|Jan|Pn|Poniedz|Stycz|stycz|sty )", text) else 0
        return re.findall(r"`[^`]+`|--\w+", text), text.count("*"), days_or_months

    wrong = [(original, text) for original, text in pairs(folder) if kept(original) != kept(text)]
    assert wrong == []


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.parent.name)
def test_a_catalogue_holds_every_message_of_the_code_and_no_other(folder: Path) -> None:
    def ids(found: object) -> set[str]:
        return {f"{message.context} {message.id}" for message in found if message.id}  # type: ignore[attr-defined]

    assert ids(catalogue(folder)) == ids(messages()), "run `make messages`"


def test_no_message_stands_within_a_formatted_string() -> None:
    """Python 3.11 hides it there from what gathers the messages."""
    hidden = [
        f"{path.name}: {ast.unparse(call)}"
        for path in Path(tutor.__file__).parent.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "meant", "plural", "later"}
    ]
    assert hidden == []


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.parent.name)
def test_what_is_shipped_is_what_is_written(folder: Path) -> None:
    """Message by message: the head of the file names the version of Babel that compiled it."""

    def texts(found: Catalog) -> set[str]:
        return {f"{one.context} {list(one.id)} {list(one.string)}" for one in found if one.id}

    with (folder / f"{DOMAIN}.mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(catalogue(folder)), "run `make messages`"


def test_a_language_belongs_to_the_context_and_not_to_the_process() -> None:
    def spoken(language: str) -> str:
        use(language)
        return _("Settings")

    with ThreadPoolExecutor() as threads:
        contexts = [(language, copy_context()) for language in ("pl", "en", "pl")]
        told = [threads.submit(context.run, spoken, language).result() for language, context in contexts]
    assert told == ["Ustawienia", "Settings", "Ustawienia"]
    assert _("Settings") == "Settings"


def test_polish_counts_in_three_ways() -> None:
    def counted() -> list[str]:
        use("pl")
        return [plural("{count} day", "{count} days", count) for count in (1, 2, 5, 22)]

    assert copy_context().run(counted) == ["1 dzień", "2 dni", "5 dni", "22 dni"]


def test_a_word_of_several_senses_has_a_translation_for_each() -> None:
    def said() -> list[str]:
        use("pl")
        return [_("Listen"), meant("track", "Listen"), _("Learning"), meant("words", "Learning")]

    assert copy_context().run(said) == ["Posłuchaj", "Słuchanie", "Nauka", "W nauce"]
    assert meant("track", "Listen") == "Listen"


def test_the_name_of_a_form_is_in_the_language_of_the_app() -> None:
    def said() -> str:
        use("pl")
        return form_name("acc.sg")

    assert copy_context().run(said) == "biernik l. poj."


def test_an_error_speaks_the_language_of_the_app() -> None:
    def said() -> str:
        use("pl")
        return NewerDatabase(found="0008", known="0007").message

    assert copy_context().run(said).startswith("Twoje słowa otwierał ostatnio nowszy Patient Tutor")


def test_a_month_beside_a_day_is_in_the_genitive_and_one_on_its_own_is_not() -> None:
    def said() -> list[str]:
        use("pl")
        return [day_text(date(2026, 11, 21)), month_text(date(2026, 11, 21))]

    assert copy_context().run(said) == ["21 listopada 2026", "Listopad 2026"]
