"""A part of the map is called by a topic only where most of the words there have it."""

from __future__ import annotations

import numpy as np

from tutor.meaning.regions import regions


def bunch(seed: int, x: float, y: float, count: int = 12) -> np.ndarray:
    """Words that stand together."""
    return np.random.default_rng(seed).normal((x, y), 0.02, (count, 2)).astype(np.float32)


def test_topics_that_stand_together_are_named_where_they_stand() -> None:
    points = np.vstack((bunch(1, 0.2, 0.2), bunch(2, 0.8, 0.7)))
    found = regions(points, ["food"] * 12 + ["family"] * 12)
    assert {one.topic for one in found} == {"food", "family"}
    for one in found:
        middle = np.array([0.2, 0.2] if one.topic == "food" else [0.8, 0.7])
        assert np.linalg.norm([one.x, one.y] - middle) < 0.04


def test_a_topic_whose_words_are_everywhere_names_nothing() -> None:
    points = np.random.default_rng(1).random((120, 2)).astype(np.float32)
    topics = [f"topic {at % 10}" for at in range(120)]
    assert regions(points, topics) == []


def test_a_few_words_and_words_without_a_topic_name_nothing() -> None:
    points = np.vstack((bunch(1, 0.2, 0.2, 4), bunch(2, 0.8, 0.7)))
    assert regions(points, ["food"] * 4 + [""] * 12) == []
    assert regions(points[:5], ["food"] * 5) == []
    assert regions(points[:0], []) == []
