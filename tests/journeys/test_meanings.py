"""What is near in meaning: found in the Library, named on a word's page, and kept in the folder."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from math import inf
from pathlib import Path

import numpy as np
import pytest
from meaning.sentence_models import onnx_folder

from tutor import learners, library, meanings, upkeep
from tutor.clock import ManualClock
from tutor.config import VECTORS
from tutor.errors import Cancelled, EncoderBroken
from tutor.library import OwnItem, Wanted
from tutor.long_work import Progress
from tutor.meaning.encoder import Encoder
from tutor.meaning.encoder_in_use import SHIPPED, EncoderInUse, encoder_in_use
from tutor.meaning.static_encoder import StaticEncoder
from tutor.meanings import Meanings
from tutor.practice import Tutor


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the course that comes with the app."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    Tutor.open(folder, voices=()).close()
    return folder


@pytest.fixture
def tutor(begun: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Tutor]:
    shutil.copytree(begun, tmp_path / "data")
    with Tutor.open(tmp_path / "data", clock, voices=()) as opened:
        yield opened


def embeddings(tutor: Tutor) -> list[tuple[str, str]]:
    with tutor.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT item, encoder FROM embedding ORDER BY item")
        return [tuple(row) for row in rows]


def items(tutor: Tutor) -> list[str]:
    with tutor.database.read() as connection:
        return [item for (item,) in connection.exec_driver_sql("SELECT id FROM item ORDER BY id")]


def test_what_is_written_nowhere_is_found_by_what_it_means(tutor: Tutor) -> None:
    found = library.find(tutor, Wanted("words for travelling"))
    assert found.total == 0
    near = [row.text for row in found.near]
    assert near[0] == "podróż" and {"jechać", "Jadę pociągiem."} <= set(near)
    assert len(near) == library.NEAR


def test_what_was_found_by_its_letters_is_not_named_twice(tutor: Tutor) -> None:
    found = library.find(tutor, Wanted("pogoda"))
    assert found.rows and found.near
    assert not {row.id for row in found.rows} & {row.id for row in found.near}
    assert library.find(tutor, Wanted("k")).near == ()
    assert library.find(tutor, Wanted("pogoda", standing="new")).near == ()


@pytest.mark.parametrize("nothing", ["漢字漢字", "!!!???", "   "])
def test_nothing_is_near_to_what_means_nothing(tutor: Tutor, nothing: str) -> None:
    assert library.find(tutor, Wanted(nothing)).near == ()


def test_a_words_page_names_words_that_are_related_and_a_phrases_phrases_too(tutor: Tutor) -> None:
    def related(text: str) -> set[str]:
        row = next(row for row in library.find(tutor, Wanted(text)).rows if row.text == text)
        return {one.text for one in library.page(tutor, row.id).related}

    assert "dworzec" in related("pociąg") and "Jadę pociągiem." not in related("pociąg")
    assert "czerwony" in related("zielony")
    assert "Poproszę kawę z mlekiem." in related("Poproszę kawę.")


def test_a_word_of_ones_own_is_near_at_once_and_so_is_what_it_is_changed_to(tutor: Tutor) -> None:
    mine = library.add(tutor, OwnItem("żaglówka", ("sailing boat",)))
    assert mine in {row.id for row in library.find(tutor, Wanted("sailing on a lake")).near}
    library.edit(tutor, mine, OwnItem("gitara", ("guitar",)))
    assert mine not in {row.id for row in library.find(tutor, Wanted("sailing on a lake")).near}
    assert mine in {row.id for row in library.find(tutor, Wanted("instruments with strings, guitars")).near}
    library.delete(tutor, [mine])
    library.find(tutor, Wanted("instruments with strings, guitars"))
    assert mine not in dict(embeddings(tutor))


def test_another_learners_words_are_never_near(tutor: Tutor) -> None:
    mine = library.add(tutor, OwnItem("żaglówka", ("sailing boat",)))
    other = learners.add(tutor, "Ola")
    with Tutor.open(tutor.folder, voices=(), learner=other.id) as theirs:
        assert mine not in {row.id for row in library.find(theirs, Wanted("sailing on a lake")).near}


def test_work_that_is_stopped_goes_on_where_it_stopped(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanings, "_AT_ONCE", 100)

    def after_two(progress: Progress) -> None:
        if progress.done >= 200:
            raise Cancelled("stopped", doing="testing")

    with pytest.raises(Cancelled):
        tutor.meanings.embed(after_two)
    assert len(embeddings(tutor)) == 200
    told: list[Progress] = []
    assert tutor.meanings.embed(told.append) == len(items(tutor)) - 200
    assert told[-1].share == 1
    assert [item for item, _encoder in embeddings(tutor)] == items(tutor)
    assert tutor.meanings.embed() == 0


def test_of_many_words_some_are_made_each_time_somebody_looks(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanings, "_SOON", 300)
    for looked in (1, 2, 3, 4):
        library.find(tutor, Wanted("words for travelling"))
        assert len(embeddings(tutor)) == min(300 * looked, len(items(tutor)))


def test_vectors_of_another_encoder_are_made_anew(tutor: Tutor) -> None:
    tutor.meanings.embed()
    alike = Meanings(tutor.database, tutor.folder, EncoderInUse(Alike))
    assert alike.near_text("kawa", 5) == []
    assert alike.embed() == len(items(tutor))
    assert [near.closeness for near in alike.near_text("kawa", 5)] == pytest.approx([1.0] * 5, abs=0.01)
    assert {encoder for _item, encoder in embeddings(tutor)} == {"alike"}


class Alike:
    """An encoder to which all texts are alike; it fails after so many calls."""

    name, dim = "alike", 2

    def __init__(self, works: float = inf) -> None:
        self.left = works

    def encode(self, texts: list[str], lang: str) -> np.ndarray:
        self.left -= 1
        if self.left < 0:
            raise EncoderBroken("It failed.")
        return np.tile(np.array([[1.0, 0.0]], np.float32), (len(texts), 1))


def broken() -> StaticEncoder:
    raise EncoderBroken("It is damaged. Practice goes on without it.")


def numbers(tutor: Tutor) -> list[tuple[int, str]]:
    """Which vectors there are: one that is made anew has another number."""
    with tutor.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT number, encoder FROM embedding ORDER BY number")
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("chosen", [broken, lambda: Alike(works=0), lambda: Alike(works=25)])
def test_where_the_chosen_encoder_fails_the_next_does_its_work_and_what_it_made_stays(
    tutor: Tutor, chosen: Callable[[], Encoder]
) -> None:
    encoders = EncoderInUse(chosen, partial(StaticEncoder, SHIPPED))
    tutor.meanings = Meanings(tutor.database, tutor.folder, encoders)
    tutor.meanings.embed()
    assert tutor.meanings.problem == tutor.meanings.look() != ""
    made = numbers(tutor)
    assert len(made) == len(items(tutor)) and {encoder for _, encoder in made} == {"static-pl-en-1"}
    another_session = Meanings(tutor.database, tutor.folder, encoders)
    for one in (tutor.meanings, another_session):
        assert one.embed() == 0
        assert one.near_text("words for travelling", 5)[0].closeness < 0.9
    assert numbers(tutor) == made


def test_an_encoder_that_fails_on_what_was_asked_gives_way_at_once(tutor: Tutor) -> None:
    tutor.meanings.embed()
    chosen = Alike(works=2 * -(-len(items(tutor)) // meanings._BETWEEN_LOOKS))
    encoders = EncoderInUse(lambda: chosen, partial(StaticEncoder, SHIPPED))
    tutor.meanings = Meanings(tutor.database, tutor.folder, encoders)
    tutor.meanings.embed()
    assert tutor.meanings.problem == "" and {encoder for _, encoder in numbers(tutor)} == {"alike"}
    near = library.find(tutor, Wanted("words for travelling")).near
    assert tutor.meanings.problem == "It failed." and near == ()
    near = library.find(tutor, Wanted("words for travelling")).near
    assert near[0].text == "podróż", "the vectors were made anew"


def test_vectors_of_a_slow_encoder_are_made_a_little_at_a_time(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(0, 0.4)
    monkeypatch.setattr(meanings, "monotonic", lambda: next(clock))

    def loaded() -> StaticEncoder:
        for _ in range(9):  # which takes its time, too, and is not counted
            next(clock)
        return StaticEncoder(SHIPPED)

    tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(loaded))
    tutor.meanings.catch_up()
    assert len(embeddings(tutor)) == 3 * meanings._BETWEEN_LOOKS
    tutor.meanings.catch_up()
    assert len(embeddings(tutor)) == 6 * meanings._BETWEEN_LOOKS


def test_a_model_that_was_chosen_for_the_device_makes_the_vectors(
    begun: Path, tmp_path: Path, clock: ManualClock
) -> None:
    pytest.importorskip("onnxruntime", reason="the extra `meaning` is not installed")
    shutil.copytree(begun, tmp_path / "data")
    chosen = str(onnx_folder(tmp_path / "tiny"))
    with Tutor.open(tmp_path / "data", clock, voices=(), encoder=chosen) as tutor:
        other = learners.add(tutor, "Ola")
        assert tutor.meanings.look() == ""
        library.find(tutor, Wanted("words for travelling"))
        made = numbers(tutor)
        with tutor.serving(other.id) as theirs:
            assert theirs.meanings.embed() == 0, "hers are made by the same one"
            near = [near.item for near in theirs.meanings.near_text("pociąg", 3)]
            assert next(row.id for row in library.find(theirs, Wanted("pociąg")).rows) in near
    assert {encoder.partition(" ")[0] for _, encoder in made} == {"tiny"}


@pytest.mark.parametrize("damage", [b"", b"half", None])
def test_a_file_of_vectors_that_is_damaged_or_gone_is_made_anew(tutor: Tutor, damage: bytes | None) -> None:
    tutor.meanings.embed()
    before = tutor.meanings.near_text("kawa", 5)
    path = tutor.folder / VECTORS
    whole = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(whole[:1000] if damage == b"half" else damage)
    again = Meanings(tutor.database, tutor.folder, encoder_in_use(""))
    assert again.near_text("kawa", 5) == before
    assert path.read_bytes() == whole


def test_without_an_encoder_the_library_finds_by_letters_and_says_nothing(
    tutor: Tutor,
) -> None:
    tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(broken))
    found = library.find(tutor, Wanted("pogoda"))
    assert found.rows and found.near == ()
    assert library.page(tutor, found.rows[0].id).related == ()
    assert tutor.meanings.embed() == 0
    assert tutor.meanings.problem == "It is damaged. Practice goes on without it."


def test_where_nothing_can_be_written_the_library_is_looked_through_all_the_same(tutor: Tutor) -> None:
    tutor.meanings.embed(most=200)
    with closing(sqlite3.connect(tutor.folder / "tutor.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        tutor.database.raw.execute("PRAGMA busy_timeout = 10")
        found = library.find(tutor, Wanted("pogoda"))
        other.rollback()
    assert found.rows
    assert len(embeddings(tutor)) == 200
    assert "Another Patient Tutor is using your words" in tutor.meanings.problem
    library.find(tutor, Wanted("pogoda"))
    assert len(embeddings(tutor)) == len(items(tutor))
    assert tutor.meanings.problem == ""


def test_an_empty_folder_has_nothing_near(tmp_path: Path, clock: ManualClock) -> None:
    with Tutor.open(tmp_path / "data", clock, voices=(), courses=tmp_path / "none") as tutor:
        assert library.find(tutor, Wanted("kawa")).near == ()
        mine = library.add(tutor, OwnItem("kawa", ("coffee",)))
        assert library.page(tutor, mine).related == ()
        assert [row.id for row in library.find(tutor, Wanted("hot coffee to drink")).near] == [mine]


def test_where_everything_is_deleted_the_vectors_go_too(tutor: Tutor) -> None:
    tutor.meanings.embed()
    tutor.meanings.vectors()
    folder = tutor.folder
    tutor.close()
    assert (folder / VECTORS).exists()
    upkeep.delete_everything(folder)
    assert not (folder / VECTORS).exists()


def test_after_a_backup_came_back_new_words_are_found_and_those_made_since_are_not(
    begun: Path, tmp_path: Path, clock: ManualClock
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(begun, folder)
    with Tutor.open(folder, clock, voices=()) as tutor:
        tutor.meanings.embed()
    upkeep.back_up(folder, clock)
    with Tutor.open(folder, clock, voices=()) as tutor:
        library.add(tutor, OwnItem("hipopotam", ("hippopotamus",)))
        tutor.meanings.embed()
        (near,) = tutor.meanings.near_text("hipopotam", 1)
    upkeep.restore(folder, clock=clock)
    with Tutor.open(folder, clock, voices=()) as tutor:
        new = library.add(tutor, OwnItem("gitara", ("guitar",)))
        tutor.meanings.embed()
        assert [one.item for one in tutor.meanings.near_text("gitara", 1)] == [new]
        assert near.item not in {one.item for one in tutor.meanings.near_text("hipopotam", 5)}
