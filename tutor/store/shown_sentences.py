"""The sentences that a learner was shown last."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from tutor.store.database import driver

LATELY = 20
"""Sentences within which none comes again while another suits."""

_KEPT = 10 * LATELY


def shown_lately(connection: Connection, learner: str, session: str, place: int) -> frozenset[str]:
    """The last `LATELY` sentences before a place in a session: what came after it was taken back."""
    rows = driver(connection).execute(
        "SELECT sentence FROM shown_sentence WHERE learner = ? AND NOT (session = ? AND place >= ?)"
        " ORDER BY number DESC LIMIT ?",
        (learner, session, place, LATELY),
    )
    return frozenset(sentence for (sentence,) in rows)


def add(connection: Connection, learner: str, session: str, place: int, sentences: Collection[str]) -> None:
    """Note what was shown at a place in a session, instead of what was once shown there or later."""
    execute = driver(connection).execute
    execute(
        "DELETE FROM shown_sentence WHERE learner = ? AND session = ? AND place >= ?",
        (learner, session, place),
    )
    for sentence in sentences:
        execute(
            "INSERT INTO shown_sentence (learner, session, place, sentence) VALUES (?, ?, ?, ?)",
            (learner, session, place, sentence),
        )
    execute(
        "DELETE FROM shown_sentence WHERE learner = ? AND number <="
        " (SELECT max(number) FROM shown_sentence) - ?",
        (learner, _KEPT),
    )
