"""Words the learner reads, by way of gettext: every user-facing string passes through `_`."""

from __future__ import annotations

import gettext
from functools import cache

DOMAIN = "tutor"


@cache
def _catalogue() -> gettext.NullTranslations:
    # Found once: looking for the files takes longer than making a drill.
    return gettext.translation(DOMAIN, fallback=True)


def _(message: str) -> str:
    """`message` in the language of the app; English where no catalogue has it."""
    return _catalogue().gettext(message)


def plural(one: str, many: str, count: int, **more: object) -> str:
    """`one` or `many` by `count`, in the language of the app, with `{count}` and `more` filled in."""
    return _catalogue().ngettext(one, many, count).format(count=count, **more)
