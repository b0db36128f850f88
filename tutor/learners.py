"""Who learns in a folder. Each has a profile; nothing of it is shared but the courses and made speech."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from tutor import pin
from tutor.errors import UsageError
from tutor.i18n import _, plural
from tutor.settings import clean_name
from tutor.store import cards
from tutor.store import learners as store

if TYPE_CHECKING:
    from tutor.practice import Tutor

_PIN = "pin"
"""The setting under which a learner's PIN is kept."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A learner as a list of them shows."""

    id: str
    name: str
    locked: bool
    """Whether a PIN is asked for."""
    called: str
    """What to call them, who may not have said their name yet."""

    @property
    def initials(self) -> str:
        """The first letters of the first and the last of their names."""
        names = self.name.split()
        return "".join(name[0] for name in dict.fromkeys((names[0], names[-1]))).upper() if names else "?"


def everyone(tutor: Tutor) -> list[Profile]:
    """Everybody who learns here, in the order in which they came."""
    with tutor.database.read() as connection:
        found = [store.load(connection, learner) for learner in store.everyone(connection)]
    return [
        Profile(one.id, one.name, bool(one.settings.get(_PIN)), one.name or _nameless(number))
        for number, one in enumerate(found, 1)
    ]


def _nameless(number: int) -> str:
    return _("Learner {number}").format(number=number)


def named(tutor: Tutor, name: str) -> Profile:
    """The learner of a name, whatever its capitals. Raises UsageError where there is none."""
    here = everyone(tutor)
    wanted = clean_name(name).casefold()
    for one in here:
        if one.name.casefold() == wanted:
            return one
    names = ", ".join(one.called for one in here)
    raise UsageError(_("Nobody called {name} learns here; there are {names}.").format(name=name, names=names))


def add(tutor: Tutor, name: str) -> Profile:
    """Make a profile, with nothing learned yet. Raises UsageError where the name is empty or taken."""
    clean = _free_name(tutor, name)
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        store.keep_stamp(connection, stamp)
        identity = store.make(connection, tutor.clock.now(), tutor.learner.timezone, clean)
        store.set_field(connection, identity, "name", clean, str(stamp))
        cards.offer_untouched(connection, identity)
    return Profile(identity, clean, locked=False, called=clean)


def rename(tutor: Tutor, who: Profile, name: str) -> Profile:
    """Give a learner another name. Raises UsageError where it is empty or taken."""
    clean = _free_name(tutor, name, but=who.id)
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        store.keep_stamp(connection, stamp)
        store.set_field(connection, who.id, "name", clean, str(stamp))
    return replace(who, name=clean, called=clean)


def _free_name(tutor: Tutor, name: str, but: str = "") -> str:
    clean = clean_name(name)
    if not clean:
        raise UsageError(_("Write a name first."))
    if any(one.name.casefold() == clean.casefold() for one in everyone(tutor) if one.id != but):
        raise UsageError(_("Somebody called {name} learns here already.").format(name=clean))
    return clean


# The PIN.


def set_pin(tutor: Tutor, digits: str) -> None:
    """Ask for this PIN from now on. Raises UsageError unless it is 4 to 8 digits."""
    if not pin.is_pin(digits):
        raise UsageError(
            _("A PIN is {shortest} to {longest} digits.").format(shortest=pin.SHORTEST, longest=pin.LONGEST)
        )
    _keep_pin(tutor, tutor.learner.id, pin.hashed(digits))


def forget_pin(tutor: Tutor, who: str) -> None:
    """Ask a learner for no PIN any more."""
    _keep_pin(tutor, who, "")


def _keep_pin(tutor: Tutor, who: str, kept: str) -> None:
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        store.keep_stamp(connection, stamp)
        store.set_setting(connection, who, _PIN, kept, str(stamp))
        store.set_wrong_pins(connection, who, 0, tutor.clock.now())
        tutor.learner = store.load(connection, tutor.learner.id)


def admit(tutor: Tutor, who: str, digits: str) -> None:
    """Let a learner in by their PIN.

    Raises UsageError for a wrong one. After a few of those the next try has to wait, longer each time,
    whoever tries and wherever.
    """
    now = tutor.clock.now()
    with tutor.database.write() as connection:
        kept = str(store.load(connection, who).settings.get(_PIN, ""))
        wrong, last = store.wrong_pins(connection, who) or (0, now)
        left = min(pin.wait_after(wrong), last + pin.wait_after(wrong) - now).total_seconds()
        right = left <= 0 and (not kept or pin.matches(digits, kept))
        if left <= 0:
            wrong = 0 if right else wrong + 1
            store.set_wrong_pins(connection, who, wrong, now)
    if not right:
        raise UsageError(_refused(wrong, left))


def _refused(wrong: int, left: float) -> str:
    """Why nobody is let in, and how long to wait."""
    seconds = ceil(left) if left > 0 else ceil(pin.wait_after(wrong).total_seconds())
    if not seconds:
        return _("That is not the PIN. Try again.")
    wait = plural("Wait {count} second, then try again.", "Wait {count} seconds, then try again.", seconds)
    return wait if left > 0 else _("That is not the PIN.") + " " + wait
