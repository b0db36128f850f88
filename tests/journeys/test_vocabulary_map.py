"""The map of the vocabulary: whose words are on it, how they are lit, and that it is laid out once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from math import hypot
from pathlib import Path

import pytest

from tutor import learners, library, upkeep, vocabulary_map
from tutor.clock import ManualClock
from tutor.config import WORD_MAP
from tutor.course.item import ItemKind
from tutor.errors import Cancelled, EncoderBroken
from tutor.library import OwnItem
from tutor.long_work import Progress
from tutor.meaning import projection
from tutor.meaning.encoder_in_use import EncoderInUse
from tutor.meanings import Meanings
from tutor.practice import Tutor
from tutor.store.vocabulary import Word
from tutor.vocabulary_map import Light, Spot, VocabularyMap, light, look


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the course that comes with the app, and its map."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    with Tutor.open(folder, voices=()) as tutor:
        look(tutor)
    return folder


@pytest.fixture
def tutor(begun: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Tutor]:
    shutil.copytree(begun, tmp_path / "data")
    with Tutor.open(tmp_path / "data", clock, voices=()) as opened:
        yield opened


@pytest.fixture
def laying_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many words were laid out, each time that some were."""
    counted: list[int] = []
    really = projection.laid_out

    def counting(vectors: projection.Vectors, told: projection.Told) -> projection.Points:
        counted.append(len(vectors))
        return really(vectors, told)

    monkeypatch.setattr(projection, "laid_out", counting)
    return counted


def by_text(shown: VocabularyMap) -> dict[str, Spot]:
    return {spot.text: spot for spot in shown.spots}


def far(one: Spot, other: Spot) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def test_the_courses_words_are_on_it_and_no_phrase(tutor: Tutor) -> None:
    shown = look(tutor)
    with tutor.database.read() as connection:
        words = [
            item
            for (item,) in connection.exec_driver_sql(
                "SELECT id FROM item WHERE kind = ? ORDER BY level, position, id", (ItemKind.WORD.value,)
            )
        ]
    assert [spot.item for spot in shown.spots] == words
    assert shown.total == len(words) and not shown.problem
    assert all(0 <= spot.x <= 1 and 0 <= spot.y <= 1 for spot in shown.spots)
    assert {spot.light for spot in shown.spots} == {Light.UNMET} and shown.lit == 0


def test_words_near_in_meaning_stand_near_each_other(tutor: Tutor) -> None:
    words = by_text(look(tutor))
    assert far(words["zima"], words["śnieg"]) < far(words["zima"], words["kelner"]) / 2
    assert far(words["trzy"], words["cztery"]) < far(words["trzy"], words["deszcz"]) / 2


def test_a_part_of_it_is_called_by_its_topic_and_nothing_by_one_that_is_everywhere(tutor: Tutor) -> None:
    shown = look(tutor)
    named = {region.topic: region for region in shown.regions}
    assert {"numbers", "food", "time"} <= set(named) and "prepositions" not in named
    near = sorted(shown.spots, key=lambda spot: hypot(spot.x - named["food"].x, spot.y - named["food"].y))
    assert sum(spot.topic == "food" for spot in near[:5]) >= 3


@pytest.mark.parametrize(
    ("days", "lit"),
    [(None, Light.UNMET), (0.2, Light.NEW), (6.9, Light.NEW), (7, Light.LEARNING), (20.9, Light.LEARNING),
     (21, Light.KNOWN), (44.9, Light.KNOWN), (45, Light.LASTING), (400, Light.LASTING)],
)  # fmt: skip
def test_a_word_is_lit_the_more_the_longer_it_holds(days: float | None, lit: Light) -> None:
    word = Word("1", "kawa", "coffee", "drinks", known=False, stability=days)
    assert light(word) is lit
    assert light(word._replace(known=True)) is max(lit, Light.KNOWN)


def test_what_is_learned_is_lit_and_comes_first_with_no_new_layout(
    practising: Tutor, laying_out: list[int]
) -> None:
    before = look(practising)
    met = [spot for spot in before.spots if spot.days is not None]
    assert 0 < before.lit < len(before.spots)
    held = [spot.days for spot in met]
    assert held == sorted(held, key=lambda days: -(days or 0)) and before.spots[: len(met)] == tuple(met)
    library.know(practising, [before.spots[-1].item], known=True)
    again = look(practising)
    assert again.lit == before.lit + 1
    assert replace(before.spots[-1], light=Light.KNOWN) in again.spots
    assert laying_out == [len(before.spots)]


def test_another_learners_words_are_not_on_it(tutor: Tutor) -> None:
    library.add(tutor, OwnItem("żaglówka", ("sailing boat",)))
    assert "żaglówka" in by_text(look(tutor))
    other = learners.add(tutor, "Ola")
    with Tutor.open(tutor.folder, voices=(), learner=other.id) as theirs:
        assert "żaglówka" not in by_text(look(theirs))


def test_a_word_of_ones_own_is_put_beside_its_nearest_and_all_others_stay(
    tutor: Tutor, laying_out: list[int]
) -> None:
    before = by_text(look(tutor))
    mine = library.add(tutor, OwnItem("espresso", ("coffee",)))
    after = by_text(look(tutor))
    assert {text: spot for text, spot in after.items() if text != "espresso"} == before
    assert far(after["espresso"], after["kawa"]) < 0.15
    library.edit(tutor, mine, OwnItem("espresso", ("winter",)))
    moved = by_text(look(tutor))
    assert far(moved["espresso"], moved["zima"]) < far(moved["espresso"], moved["kawa"])
    assert laying_out == []


def test_where_most_words_have_no_place_all_are_laid_out_anew(tutor: Tutor, laying_out: list[int]) -> None:
    words = look(tutor).total
    for at in range(words // 8):
        library.add(tutor, OwnItem(f"słowo{at}", (f"word {at}",)))
    look(tutor)
    assert laying_out == [words + words // 8]


@pytest.mark.parametrize("damage", ["half", "empty", "gone"])
def test_a_map_that_is_damaged_or_gone_is_laid_out_as_it_was(
    tutor: Tutor, damage: str, laying_out: list[int]
) -> None:
    before, path = look(tutor), tutor.folder / WORD_MAP
    whole = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(whole[: len(whole) // 2] if damage == "half" else b"")
    assert look(tutor) == before
    assert laying_out == [before.total] and path.read_bytes() == whole


def test_where_the_file_cannot_be_written_there_is_a_map_all_the_same(tutor: Tutor) -> None:
    before, path = look(tutor), tutor.folder / WORD_MAP
    path.unlink()
    path.mkdir()
    assert look(tutor) == before


def test_of_very_many_words_those_that_hold_longest_are_shown(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = look(practising)
    monkeypatch.setattr(vocabulary_map, "SHOWN", 5)
    some = look(practising)
    assert some.spots == every.spots[:5] and some.total == every.total > 5


def test_laying_it_out_can_be_stopped_and_leaves_nothing_behind(tutor: Tutor) -> None:
    (tutor.folder / WORD_MAP).unlink()

    def soon(progress: Progress) -> None:
        if progress.share > 0.1:
            raise Cancelled("stopped", doing="testing")

    with pytest.raises(Cancelled):
        look(tutor, soon)
    assert not (tutor.folder / WORD_MAP).exists()


def test_where_nobody_waits_any_more_the_file_is_not_looked_at(tutor: Tutor) -> None:
    def at_once(_progress: Progress) -> None:
        raise Cancelled("stopped", doing="testing")

    tutor.close()
    with pytest.raises(Cancelled):
        look(tutor, at_once)


def test_with_no_encoder_it_is_told_why_there_is_no_map(tutor: Tutor) -> None:
    def broken() -> None:
        raise EncoderBroken("It is damaged. Practice goes on without it.")

    tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(broken))
    shown = look(tutor)
    assert shown.spots == () and shown.problem == "It is damaged. Practice goes on without it."


def test_an_empty_folder_has_an_empty_map_and_one_word_stands_in_the_middle(
    tmp_path: Path, clock: ManualClock
) -> None:
    with Tutor.open(tmp_path / "data", clock, voices=(), courses=tmp_path / "none") as tutor:
        assert look(tutor) == VocabularyMap(())
        library.add(tutor, OwnItem("kawa", ("coffee",)))
        (only,) = look(tutor).spots
        assert (only.x, only.y) == (0.5, 0.5)


def test_where_everything_is_deleted_the_map_goes_too(tutor: Tutor) -> None:
    look(tutor)
    folder = tutor.folder
    tutor.close()
    assert (folder / WORD_MAP).exists()
    upkeep.delete_everything(folder)
    assert not (folder / WORD_MAP).exists()
