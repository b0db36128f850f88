"""The drills of a session's plan, made from items that are read some way ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from tutor.context_material import ContextMaterial
from tutor.course.dialogue import Turn
from tutor.course.item import Item
from tutor.drills.by_ear import by_ear
from tutor.drills.drill import Drill
from tutor.drills.make import make
from tutor.drills.meeting import explanation, meeting
from tutor.drills.reading import Thread, passage, reading
from tutor.drills.surroundings import Surroundings
from tutor.meaning.nearness import Nearness
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import EYES_FREE, MODES, Mode
from tutor.plan import Plan
from tutor.store import cards, dialogues, shown_sentences

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor

_AMONG_NEIGHBOURS = {
    Mode.SYNTAX,
    Mode.DICTATION,
    Mode.CHUNKING,
    *(mode for mode in Mode if MODES[mode].choice),
}
"""Modes whose drills may need other items than their own."""

_IN_CONTEXT = {Mode.CONTEXT, Mode.NUANCE}
"""Modes whose drills are made around a sentence."""

_AHEAD = 25
"""Items that are loaded at once."""

Upcoming = Callable[[int], Sequence[Entry]]
"""The next entries of the session, so many of them, the current one first."""


class SessionDrills:
    """Makes the drills of one plan."""

    def __init__(self, tutor: Tutor, identity: str, plan: Plan) -> None:
        self._tutor, self._identity, self._plan = tutor, identity, plan
        self._ahead: dict[str, Item] = {}
        self._pool: list[Item] | None = None
        self._material: ContextMaterial | None = None

    def make(self, connection: Connection, entry: Entry, number: int, upcoming: Upcoming) -> Drill | None:
        """The drill for an entry as the session's `number`th; None where its item or note has gone."""
        tutor, plan = self._tutor, self._plan
        if entry.kind is EntryKind.NOTE:
            note = tutor.items.notes(connection).get(entry.item)
            return explanation(note) if note else None
        if entry.kind is EntryKind.PASSAGE:
            threads = self._threads(connection)
            return passage(threads) if threads else None
        item = self._item(connection, entry.item, upcoming)
        if item is None:
            return None
        if entry.kind is EntryKind.MEETING:
            return meeting(item)
        mode = entry.mode or Mode.RECALL
        if mode is Mode.READING and (asked := self._question(connection, item, entry, number)):
            return asked
        if plan.mode == EYES_FREE and mode is Mode.AUDIO:
            return by_ear(item)
        stability, lapses = cards.strength(connection, tutor.learner.id, entry.item, entry.track)
        seed = self._seed(entry, mode, number)
        neighbours = self._neighbours(connection) if mode in _AMONG_NEIGHBOURS else []
        drill = make(
            item,
            mode,
            neighbours,
            seed,
            stability=stability,
            lapses=lapses,
            notes=tutor.items.notes(connection),
            apart=tutor.voice.says_apart if tutor.voice.name else None,
            speaker=tutor.settings.speaker,
            turns=self._turns(connection, item) if mode is Mode.RESPOND else (),
            surroundings=self._surroundings(connection, item, seed, number) if mode in _IN_CONTEXT else None,
            # Asked only where there are some: a session without them loads no encoder.
            distances=self._nearness.distances(item.id, [one.id for one in neighbours]) if neighbours else {},
        )
        return replace(drill, asks="", hint="", company=()) if plan.unit else drill

    @cached_property
    def _nearness(self) -> Nearness:
        return self._tutor.meanings.nearness()

    def _surroundings(self, connection: Connection, item: Item, seed: str, number: int) -> Surroundings:
        """What the drill on an item is made around, as the session's `number`th."""
        if self._material is None:
            planned = dict.fromkeys(entry.item for entry in self._plan.entries if entry.item)
            due = self._tutor.items.load(connection, list(planned), sentences=False)
            self._material = ContextMaterial(self._tutor, self._nearness, due, self._neighbours(connection))
        shown = shown_sentences.shown_lately(connection, self._tutor.learner.id, self._identity, number)
        return self._material.around(connection, item, shown, Random(seed))

    def _threads(self, connection: Connection) -> list[Thread]:
        """The passage of a plan, without what has gone since."""
        found = self._tutor.items.load(connection, [item for item, _sentence in self._plan.passage])
        words = {item.id: item for item in found}
        return [
            (words[item], sentence)
            for item, wanted in self._plan.passage
            if item in words
            for sentence in words[item].sentences
            if sentence.id == wanted
        ]

    def _question(self, connection: Connection, item: Item, entry: Entry, number: int) -> Drill | None:
        """A question to the passage about one of its words; None where that does not stand in it any more."""
        threads = self._threads(connection)
        own = next((thread for thread in threads if thread[0].id == item.id), None)
        if own is None:
            return None
        others = [thread for thread in threads if thread is not own]
        drill = reading(own, others, Random(self._seed(entry, Mode.READING, number)), number)
        # Which form stands there would only be copied from the text.
        if drill is None or drill.gap:
            return drill
        return replace(drill, passage=tuple(sentence for _word, sentence in threads))

    def _turns(self, connection: Connection, item: Item) -> tuple[Turn, ...]:
        """What the tutor says in the dialogue of an item's lesson."""
        dialogue = dialogues.load(connection, item.lesson) if item.lesson else None
        return dialogue.turns if dialogue else ()

    def _seed(self, entry: Entry, mode: Mode, number: int) -> str:
        """By what a drill is drawn: that of one made ahead, when its card first comes; else its place."""
        back = entry.kind is EntryKind.RETURN
        ready = "" if back else self._plan.made_ahead.get(f"{entry.item}/{mode}", "")
        return ready or f"{self._plan.seed}/{number}/{entry.item}"

    def _item(self, connection: Connection, identity: str, upcoming: Upcoming) -> Item | None:
        if identity not in self._ahead:
            ahead = [entry.item for entry in upcoming(_AHEAD) if entry.item]
            found = self._tutor.items.load(connection, [identity, *ahead])
            self._ahead.update((item.id, item) for item in found)
        return self._ahead.get(identity)

    def _neighbours(self, connection: Connection) -> list[Item]:
        if self._pool is None:
            self._pool = self._tutor.items.load(connection, self._plan.pool, sentences=False)
        return self._pool
