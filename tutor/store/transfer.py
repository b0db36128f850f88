"""Everything a learner has, as one JSON document, and back. `docs/export-format.md` describes it.

Logs and editable rows travel; projections are folded anew where they arrive, to the same bytes, and
what is local to a device stays on it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection

from tutor.errors import ConfigError, UsageError
from tutor.hlc import Stamp
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, untold
from tutor.store import learners, own_items
from tutor.store.names import EDITABLE, LOGS
from tutor.store.startup import HEAD

FORMAT = "patient-tutor-export"
VERSION = 1
_TABLES = (*EDITABLE, *LOGS)


_TOLD_EVERY = 2000
"""Rows between two tellings of how far it is."""

_OWN = {
    "learner": "id = :learner",
    "parameter_set": "id IN (SELECT parameter_set FROM parameter_pointer WHERE learner = :learner"
    " UNION SELECT before FROM parameter_pointer WHERE learner = :learner)",
}
"""Which rows are a learner's own, in tables that do not name them by `learner`."""


def export(
    connection: sqlite3.Connection, file: IO[str], now: datetime, learner: str = "", told: Told = untold
) -> int:
    """Write the document, of everybody or of one learner; returns how many rows it holds.

    Rows are in the order of their keys.
    """
    head = {
        "format": FORMAT,
        "version": VERSION,
        "revision": HEAD,
        "exported_at": now.astimezone(UTC).isoformat(),
    }
    chosen = {table: _OWN.get(table, "learner = :learner") if learner else "true" for table in _TABLES}
    count = sum(
        connection.execute(f"SELECT count(*) FROM {table} WHERE {own}", {"learner": learner}).fetchone()[0]
        for table, own in chosen.items()
    )
    file.write(json.dumps(head)[:-1] + ', "tables": {')
    total = 0
    for index, (table, own) in enumerate(chosen.items()):
        file.write(f'{", " if index else ""}"{table}": [')
        key = ", ".join(_key(connection, table))
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {own} ORDER BY {key}", {"learner": learner})
        names = [column[0] for column in cursor.description]
        for number, row in enumerate(cursor):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
            total += 1
            if total % _TOLD_EVERY == 0:
                told(Progress(total, count, Doing.WRITING))
        file.write("]")
    file.write("}}\n")
    return total


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table's primary key, in its order."""
    columns = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,))
    return [name for (name,) in columns]


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables of an exported document. Raises UsageError where it is none, or of a newer app."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read ({why}).").format(path=path, why=error.strerror),
            doing="loading an export",
        ) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            _("{path} is no export of Patient Tutor: it is not JSON ({why}).").format(path=path, why=error)
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UsageError(
            _("{path} is no export of Patient Tutor.").format(path=path), doing="loading an export"
        )
    if content.get("version") != VERSION or str(content.get("revision", "")) > HEAD:
        raise UsageError(_("{path} was written by a newer Patient Tutor; update this one.").format(path=path))
    tables = content.get("tables")
    if not isinstance(tables, dict) or not set(tables) <= set(_TABLES) or not _are_rows(tables.values()):
        raise UsageError(_("{path} is damaged: its tables are not those of an export.").format(path=path))
    return tables


def _are_rows(tables: Iterable[Any]) -> bool:
    return all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables)


def load(
    connection: Connection, tables: dict[str, list[dict[str, Any]]], rebuild: Callable[[Connection], object]
) -> int:
    """Write exported rows into a new file and fold its projections, in the caller's transaction.

    Returns how many rows were written. Raises UsageError where the file is not empty or a row does not
    fit its table.
    """
    if connection.exec_driver_sql("SELECT 1 FROM learner LIMIT 1").scalar():
        raise UsageError(
            _("An export is loaded into an empty data folder, and this one is in use: choose another."),
            doing="loading an export",
        )
    total = 0
    for table in _TABLES:
        for row in tables.get(table, []):
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            try:
                if table in LOGS:
                    Stamp.parse(str(row.get("hlc")))
                connection.exec_driver_sql(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())
                )
            except Exception as error:
                raise UsageError(
                    _("Row {row} of the export does not fit the table {table}; nothing was loaded.").format(
                        row=total + 1, table=table
                    ),
                    doing="loading an export",
                ) from error
            total += 1
    try:
        for learner in learners.everyone(connection):
            learners.load(connection, learner).calendar()
        own_items.derive(connection)
        rebuild(connection)
    except (ConfigError, ArithmeticError, AssertionError, LookupError, TypeError, ValueError) as error:
        raise UsageError(
            _("A value in the export is none that it can have ({why}); nothing was loaded.").format(
                why=error
            ),
            doing="loading an export",
        ) from error
    return total
