"""Which of several encoders is used, and that one that failed is not tried again."""

from __future__ import annotations

import threading

import numpy as np

from tutor.errors import EncoderBroken
from tutor.meaning.encoder_in_use import EncoderInUse, encoder_in_use


class Plain:
    """An encoder to which everything is alike."""

    dim = 2

    def __init__(self, name: str) -> None:
        self.name = name

    def encode(self, texts: list[str], lang: str) -> np.ndarray:
        return np.tile(np.array([[1.0, 0.0]], np.float32), (len(texts), 1))


class Ways:
    """Counts how often each is loaded."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def good(self) -> Plain:
        self.loaded.append("good")
        assert self.may_go_on.wait(30)
        return Plain("good")

    def spare(self) -> Plain:
        self.loaded.append("spare")
        return Plain("spare")

    def bad(self) -> Plain:
        self.loaded.append("bad")
        raise EncoderBroken("It is bad.")


def test_nothing_is_loaded_before_it_is_needed_and_then_once_for_all() -> None:
    ways = Ways()
    encoders = EncoderInUse(ways.good, ways.spare)
    assert ways.loaded == []
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(encoders.get())) for _ in range(4)]
    ways.may_go_on.clear()
    for thread in threads:
        thread.start()
    # All of them have asked by now, while the first is still loading.
    ways.may_go_on.set()
    for thread in threads:
        thread.join()
    assert ways.loaded == ["good"] and len(set(map(id, found))) == 1 and encoders.problem == ""


def test_one_that_cannot_be_loaded_is_passed_over_once_and_for_all() -> None:
    ways = Ways()
    encoders = EncoderInUse(ways.bad, ways.spare)
    for _ in range(3):
        found = encoders.get()
        assert found and found.name == "spare"
    assert ways.loaded == ["bad", "spare"] and encoders.problem == "It is bad."


def test_one_that_fails_at_work_gives_way_to_the_next_and_is_given_up_once() -> None:
    ways = Ways()
    encoders = EncoderInUse(ways.good, ways.spare)
    first = encoders.get()
    assert first
    for _ in range(2):  # two sessions saw it fail
        encoders.give_up(first, EncoderBroken("It failed."))
        found = encoders.get()
        assert found and found.name == "spare"
    assert encoders.problem == "It failed."


def test_where_none_works_there_is_none_and_each_problem_is_told() -> None:
    ways = Ways()
    encoders = EncoderInUse(ways.bad, ways.bad)
    assert encoders.get() is None and encoders.get() is None
    assert ways.loaded == ["bad", "bad"] and encoders.problem == "It is bad. It is bad."


def test_there_is_one_for_each_choice_and_the_one_that_comes_with_the_app_stands_behind_it() -> None:
    assert encoder_in_use("") is encoder_in_use("")
    shipped, chosen = encoder_in_use(""), encoder_in_use("/nowhere/minilm")
    assert chosen is not shipped
    ours, instead = shipped.get(), chosen.get()
    assert ours and instead and ours.name == instead.name == "static-pl-en-1"
    assert shipped.problem == "" and "/nowhere/minilm" in chosen.problem
