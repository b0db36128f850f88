"""Leeches: cards that keep slipping away. They rest until something about them has changed."""

from __future__ import annotations

LEECH_LAPSES = 8
"""Lapses at which a card is a leech: from here on, more of the same costs more than it gives."""

AGAIN_AFTER = 4
"""Further lapses after which it is one again."""


def became_leech(before: int, after: int) -> bool:
    """Whether the answer that took a card from so many lapses to so many makes it a leech."""
    return after > before and after >= LEECH_LAPSES and (after - LEECH_LAPSES) % AGAIN_AFTER == 0
