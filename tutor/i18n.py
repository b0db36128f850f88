"""Words the learner reads, by way of gettext: every user-facing string passes through `_`."""

from __future__ import annotations

import gettext

DOMAIN = "tutor"


def _(message: str) -> str:
    """`message` in the language of the app; English where no catalogue has it."""
    return gettext.dgettext(DOMAIN, message)


def plural(one: str, many: str, count: int) -> str:
    """`one` or `many` by `count`, in the language of the app, with `{count}` filled in."""
    return gettext.dngettext(DOMAIN, one, many, count).format(count=count)
