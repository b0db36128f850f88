"""Units: lessons in a row, and what their checkpoints came to."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection


class UnitStanding(NamedTuple):
    """A unit, and the best that its checkpoint came to."""

    id: str
    course: str
    number: int
    title: str
    title_pl: str
    right: int
    """Of `asked`, the most that were ever right."""
    asked: int
    """0 where the checkpoint was never taken to its end."""


def standings(connection: Connection, learner: str) -> list[UnitStanding]:
    """Every unit of which there is a lesson, in the order of its course."""
    rows = connection.exec_driver_sql(
        "SELECT u.id, u.course, u.number, u.title, u.title_pl, coalesce(g.current_index, 0),"
        " coalesce(g.total, 0) FROM unit AS u LEFT JOIN lesson_progress AS g"
        " ON g.lesson = u.id AND g.learner = ?"
        " WHERE EXISTS (SELECT 1 FROM lesson WHERE lesson.unit = u.id) ORDER BY u.course, u.number",
        (learner,),
    )
    return [UnitStanding(*row) for row in rows]


class Met(NamedTuple):
    """An item of a unit, and whether it can be asked for."""

    lesson: str
    item: str
    met: bool
    rests: bool
    in_context: bool
    """Whether it is open on the track CONTEXT."""


def items_of(connection: Connection, learner: str, unit: str) -> list[Met]:
    """Everything that a unit teaches, in the order of the course."""
    opened = "EXISTS (SELECT 1 FROM user_progress AS p WHERE p.learner = :l AND p.item = i.id AND p.track = "
    rows = connection.exec_driver_sql(
        f"SELECT i.lesson, i.id, {opened}'visual'), EXISTS (SELECT 1 FROM item_state AS s WHERE"
        f" s.learner = :l AND s.item = i.id AND s.suspended AND s.deleted IS NULL), {opened}'context')"
        " FROM item AS i JOIN lesson ON lesson.id = i.lesson WHERE lesson.unit = :u ORDER BY i.position",
        {"l": learner, "u": unit},
    )
    return [Met(lesson, item, *map(bool, flags)) for lesson, item, *flags in rows]
