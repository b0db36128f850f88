"""The learner's own tags on items."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection


def tag(connection: Connection, learner: str, item: str, name: str, stamp: str, *, there: bool) -> None:
    """Put a tag on an item, or take it away, stamped with when."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO item_tag (learner, item, tag, clock, deleted) VALUES (?, ?, ?, ?, ?)",
        (learner, item, name, stamp, None if there else stamp),
    )


def of_items(connection: Connection, learner: str, items: Sequence[str]) -> dict[str, list[str]]:
    """The tags of items, in alphabetical order; those without any are left out."""
    marks = ", ".join("?" * len(items))
    rows = connection.exec_driver_sql(
        f"SELECT item, tag FROM item_tag WHERE learner = ? AND item IN ({marks}) AND deleted IS NULL"
        " ORDER BY item, tag",
        (learner, *items),
    )
    found: dict[str, list[str]] = {}
    for item, name in rows:
        found.setdefault(item, []).append(name)
    return found


def used(connection: Connection, learner: str) -> list[str]:
    """Every tag that some item has."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT tag FROM item_tag WHERE learner = ? AND deleted IS NULL ORDER BY tag", (learner,)
    )
    return [name for (name,) in rows]
