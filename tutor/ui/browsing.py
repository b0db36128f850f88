"""The Library as it is looked through: what is asked for, what was found, and the item that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor import hard_words, library, saying
from tutor.drills.spoken import Said
from tutor.i18n import _, plural
from tutor.library import Done, Facets, Found, ItemPage, OwnItem, Wanted
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.ui.aloud import Aloud
from tutor.ui.microphone import Microphone
from tutor.ui.sound import Sound, speak
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Writing(StrEnum):
    """What is being written, if anything is."""

    NOTHING = ""
    NEW = "new"
    EDIT = "edit"
    TAG = "tag"


FIELDS = ("text", "means", "sentence", "sentence_means", "note")
"""Of a word of one's own."""


class Browsing(ft.Observable):
    """The state of the screen."""

    def __init__(
        self, tutor: Tutor, turns: Turns, sound: Sound | None, facets: Facets, found: Found,
        microphone: Microphone | None = None,
    ) -> None:  # fmt: skip
        self.turns = turns
        self.voice = tutor.voice.title
        self.wanted = Wanted()
        self.facets = facets
        self.found = found
        self.page: ItemPage | None = None
        """The item that is open."""
        self.picked: frozenset[str] | None = None
        """Those that are picked to do something to; None while nothing is picked."""
        self.writing = Writing.NOTHING
        self.asking = ""
        """What waits for a second yes."""
        self.aloud: Aloud | None = None
        """Where the open item is said; None without a microphone."""
        if microphone:
            self.aloud = Aloud(
                tutor, turns, sound, microphone, judged=self._judged, heard_by_oneself=self._heard_by_oneself,
                not_heard=_not_heard,
            )  # fmt: skip
            self._relay = lambda _sender, _field: self._notify("aloud")
            self.aloud.subscribe(self._relay)
        self.said: Said | None = None
        """How the open item was said last, where a model heard it."""
        self._written: dict[str, str] = {}
        self._done: Done | None = None
        self._tutor, self._sound = tutor, sound
        self._sought = 0
        self._typed = ""
        self._kept: dict[str, tuple[object, ft.Control]] = {}

    @classmethod
    async def of(
        cls, tutor: Tutor, turns: Turns, sound: Sound | None, microphone: Microphone | None = None
    ) -> Browsing:
        """Everything, to begin with."""
        facets = await turns.call(library.facets, tutor)
        found = await turns.call(library.find, tutor, Wanted())
        return cls(tutor, turns, sound, facets, found, microphone)

    # Finding.

    async def seek(self, query: str) -> None:
        """Find what was typed. Of several letters typed at once only the last is looked for."""
        self._sought += 1
        mine = self._sought
        self._typed = query
        wanted = self.wanted._replace(query=query)
        found = await self.turns.call(library.find, self._tutor, wanted)
        if mine == self._sought:
            self.wanted, self.found = wanted, found

    @property
    def typed(self) -> str:
        """What stands in the search field, which may be ahead of what was found."""
        return self._typed

    def kept(self, name: str, of: object, made: Callable[[], ft.Control]) -> ft.Control:
        """A part of the screen, the same one as long as what it is made `of` is.

        Flet passes over what is the same. The search field drawn anew would lose what is typed meanwhile.
        """
        if name not in self._kept or self._kept[name][0] != of:
            self._kept[name] = of, made()
        return self._kept[name][1]

    async def narrow(self, field: str, value: str) -> None:
        """Filter by something; asked for once more, no more."""
        now = getattr(self.wanted, field)
        self.wanted = self.wanted._replace(**{field: "" if now == value else value})
        await self._find()

    async def widen(self) -> None:
        """Filter by nothing."""
        self.wanted = Wanted(query=self.wanted.query)
        await self._find()

    async def more(self) -> None:
        """Find the next ones."""
        further = await self.turns.call(
            library.find, self._tutor, self.wanted, library.AT_ONCE, len(self.found.rows)
        )
        self.found = Found((*self.found.rows, *further.rows), further.total, self.found.near)

    async def _find(self) -> None:
        count = max(len(self.found.rows), library.AT_ONCE)
        self.found = await self.turns.call(library.find, self._tutor, self.wanted, count)

    # One item.

    async def open(self, item: str) -> None:
        """Open an item; while some are picked, pick it or leave it."""
        if self.picked is not None:
            self.picked = self.picked ^ {item}
            return
        self.page = await self.turns.call(library.page, self._tutor, item)
        self.said = None
        if self.aloud:
            asked = self.page.item
            self.aloud.begin(asked.text, lambda recording, _ms: saying.listen(self._tutor, asked, recording))
        self._put_away()

    async def close(self) -> None:
        """Back to the list, or out of what was begun."""
        if self.writing or self.asking:
            self._put_away()
        elif self.picked is not None:
            self.picked = None
        else:
            self.page = None
            self.fall_silent()
        self.turns.advance()

    @property
    def at_rest(self) -> bool:
        """Whether nothing is open that could be closed."""
        return not (self.writing or self.asking or self.page or self.picked is not None)

    async def say(self, text: str, slow: bool = False) -> None:
        """Say it."""
        self.turns.later(speak(self._tutor, self.turns, self._sound, text, slow))

    # Saying it oneself.

    async def _judged(self, take: Take) -> None:
        """What was said was looked at: it is kept, and shown."""
        if not self.page or not self.aloud:
            return
        self.said = await self.turns.call(saying.say_for_oneself, self._tutor, self.page.item, take)
        self.aloud.word = self.said.worst if self.said else None

    async def _heard_by_oneself(self) -> None:
        """Nobody judges it here: it is kept, and both can be played."""
        take = self.aloud.unheard if self.aloud else None
        if take:
            await self._judged(take)

    def fall_silent(self) -> None:
        """Nobody waits for what is being said."""
        if self.aloud:
            self.aloud.give_up()

    # Writing.

    async def write(self, what: Writing) -> None:
        """Begin to write."""
        self._put_away()
        self.writing = what
        own = self.page.own if self.page and what is Writing.EDIT else None
        if own:
            example = own.sentences[0] if own.sentences else ("", "")
            self._written = dict(
                zip(FIELDS, (own.text, ", ".join(own.means), *example, own.note), strict=True)
            )

    def wrote(self, field: str, text: str) -> None:
        """What stands in a field. Not observed: drawn anew at each letter, it would lose some."""
        self._written[field] = text

    def written(self, field: str) -> str:
        """What a field holds."""
        return self._written.get(field, "")

    async def save(self) -> None:
        """Keep what was written."""
        if self.writing is Writing.TAG:
            items = [self.page.item.id] if self.page else sorted(self.picked or ())
            await self._do(library.tag, items, self.written("tag"))
            return
        if self.page and not self.page.own:
            await self._reword(self.page)
            return
        own = self._own()
        if self.page and self.page.own:
            await self.turns.call(library.edit, self._tutor, self.page.item.id, own)
            identity = self.page.item.id
        else:
            identity = await self.turns.call(library.add, self._tutor, own)
        self._put_away()
        await self._find()
        await self.open(identity)
        self.turns.tell(_("{word} is kept.").format(word=own.text))

    async def _reword(self, page: ItemPage) -> None:
        """A meaning and a hook of one's own for a word of the course."""
        given = {"meaning": self.written("means"), "hook": self.written("note")}
        said = {name: text for name, text in given.items() if text.strip()}
        await self.turns.call(hard_words.annotate, self._tutor, page.item.id, **said)
        self._put_away()
        await self._look_again()

    def _own(self) -> OwnItem:
        means = tuple(part for part in self.written("means").replace(";", ",").split(","))
        sentence = (self.written("sentence"), self.written("sentence_means"))
        pos = self.page.own.pos if self.page and self.page.own else ""
        return OwnItem(self.written("text"), means, pos, self.written("note"), (sentence,))

    # Doing something to one or several.

    async def pick(self) -> None:
        """Begin to pick, or end it."""
        self.picked = frozenset() if self.picked is None else None
        self.turns.advance()

    async def rest(self, rests: bool) -> None:
        """Let them rest, or come back."""
        await self._do(library.suspend, self._chosen(), rests=rests)

    async def know(self, known: bool) -> None:
        """Take them for known, or ask for them again."""
        await self._do(library.know, self._chosen(), known=known)

    async def delete(self) -> None:
        """Take them away."""
        await self._do(library.delete, self._chosen())
        self.page = None

    async def ask(self, what: str) -> None:
        """Ask once more before something that cannot be seen from here."""
        self.asking = what
        self.turns.advance()

    async def reset(self) -> None:
        """Forget all that was learned of the open item."""
        if self.page:
            await self.turns.call(library.reset, self._tutor, self.page.item.id)
            self._put_away()
            await self._look_again()

    async def untag(self, name: str) -> None:
        """Take a tag off the open item."""
        if self.page:
            await self._do(library.tag, [self.page.item.id], name, there=False)

    @property
    def can_undo(self) -> bool:
        """Whether there is something that was done to several."""
        return self._done is not None

    async def undo(self) -> None:
        """Put back what was done last."""
        if self._done:
            await self.turns.call(self._done.take_back, self._tutor)
            self._done = None
            await self._look_again()

    def _chosen(self) -> Sequence[str]:
        return [self.page.item.id] if self.page and self.picked is None else sorted(self.picked or ())

    async def _do(self, work: object, items: Sequence[str], *args: object, **named: object) -> None:
        done: Done = await self.turns.call(work, self._tutor, items, *args, **named)  # type: ignore[arg-type]
        self._put_away()
        self.picked = None
        await self._look_again()
        self._done = done
        self.turns.tell(plural("{count} word changed.", "{count} words changed.", done.count))

    async def _look_again(self) -> None:
        await self._find()
        self.facets = await self.turns.call(library.facets, self._tutor)
        if self.page and self.page.item.id in {row.id for row in self.found.rows}:
            self.page = await self.turns.call(library.page, self._tutor, self.page.item.id)
        self.turns.advance()

    def _put_away(self) -> None:
        self.fall_silent()
        self.writing, self.asking, self._written = Writing.NOTHING, "", {}
        self.turns.typing = False
        self.turns.advance()


def _not_heard(hearing: Hearing) -> str:
    """Why nothing is told of what was said; empty where something is."""
    match hearing:
        case Hearing.NOTHING:
            return _("I heard nothing. Say it once more, a little louder.")
        case Hearing.UNCLEAR:
            return _("I could not make that out. Say it once more, or compare it by ear.")
        case Hearing.NOISY:
            return _("It is too noisy to hear you. Compare it by ear, or try where it is quieter.")
        case Hearing.HEARD | Hearing.UNHEARD:
            return ""
