"""Words the learner reads, by way of gettext: every user-facing string passes through `_`.

English stands in the code; other languages are catalogues in `assets/locale`, made by `make messages`. Each
web session speaks its learner's language: the language belongs to the context, not to the process.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache

from tutor.resources import ASSETS

DOMAIN = "tutor"
LOCALES = ASSETS / "locale"

_language = ContextVar("language", default="")


def use(language: str) -> None:
    """Speak a language (`en`, `pl`) in this context from here on; empty for that of the device."""
    _language.set(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # Found once: looking for the files takes longer than making a drill.
    return gettext.translation(DOMAIN, str(LOCALES), [language] if language else None, fallback=True)


def _(message: str) -> str:
    """`message` in the language of the app; English where no catalogue has it."""
    return _catalogue(_language.get()).gettext(message)


def meant(sense: str, message: str) -> str:
    """`message` in one of its senses, where English has a word for what other languages tell apart."""
    return _catalogue(_language.get()).pgettext(sense, message)


def later(message: str) -> str:
    """`message` as it is: it goes into the catalogues here, and `_` says it where the learner reads it."""
    return message


def plural(one: str, many: str, count: int, **more: object) -> str:
    """`one` or `many` by `count`, in the language of the app, with `{count}` and `more` filled in."""
    return _catalogue(_language.get()).ngettext(one, many, count).format(count=count, **more)
