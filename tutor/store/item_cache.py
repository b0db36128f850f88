"""Items that were read lately. Sessions draw their wrong options from much the same hundred neighbours."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import Connection

from tutor.course.item import Item, Note
from tutor.store import item_states, items

SIZE = 1000


class ItemCache:
    """A learner's items by id, the latest `SIZE` of them, and every note.

    Course files change them only at a start; `forget` is told what the learner changes.
    """

    def __init__(self, learner: str, size: int = SIZE) -> None:
        self._learner = learner
        self._size = size
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._whole: set[str] = set()
        """Those that were read with their sentences."""
        self._notes: dict[str, Note] | None = None

    def load(self, connection: Connection, ids: Sequence[str], *, sentences: bool = True) -> list[Item]:
        """The items in the order of `ids`; those that are not in the file are left out."""
        known = self._whole if sentences else self._items
        missing = [item for item in dict.fromkeys(ids) if item not in known]
        if missing:
            found = items.load(connection, missing, sentences=sentences)
            self._items.update(item_states.personal(connection, self._learner, found))
            if sentences:
                self._whole.update(missing)
        known_items = [self._items[item] for item in ids if item in self._items]
        for item in known_items:
            self._items.move_to_end(item.id)
        while len(self._items) > self._size:
            oldest, _ = self._items.popitem(last=False)
            self._whole.discard(oldest)
        return known_items

    def forget(self, item: str) -> None:
        """Read an item anew when it is next asked for."""
        self._items.pop(item, None)
        self._whole.discard(item)

    def notes(self, connection: Connection) -> dict[str, Note]:
        """Every note by key."""
        if self._notes is None:
            self._notes = items.notes(connection)
        return self._notes
