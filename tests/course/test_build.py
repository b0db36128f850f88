"""What is made of a course stands beside what was written, and is read only where it is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.course.build import Builder, build_course
from tutor.course.built import read_built
from tutor.course.check import check_course
from tutor.course.morphology import Morphology
from tutor.course.reading import read_course, read_lesson
from tutor.course.valency_file import read_pairings

from .samples import LIST, ONE, write

UNMADE = ONE.replace("    ipa: ˈkava\n    rank: 812\n", "").replace(
    "    forms:\n      nom.sg: kawa\n      acc.sg: [kawę]\n", ""
)


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder(Morphology())


@pytest.fixture
def course(tmp_path: Path, builder: Builder) -> Path:
    folder = write(tmp_path, one=UNMADE)
    assert list(build_course(folder, builder)) == ["built/one.json", "built/two.json"]
    return folder


def test_forms_rank_and_sounds_are_made(course: Path) -> None:
    coffee = read_lesson(course, read_course(course), "one").items[0]
    assert coffee.forms["ins.sg"] == ("kawą",)
    assert coffee.ipa == "ˈkava"
    assert coffee.rank and 500 < coffee.rank < 5000


def test_what_the_author_wrote_stands_before_what_is_made(tmp_path: Path, builder: Builder) -> None:
    folder = write(tmp_path, one=ONE.replace("acc.sg: [kawę]", "acc.sg: [kawę]\n      dat.sg: []"))
    list(build_course(folder, builder))
    coffee = read_lesson(folder, read_course(folder), "one").items[0]
    assert coffee.rank == 812
    assert "dat.sg" not in coffee.forms
    assert coffee.forms["gen.sg"] == ("kawy",)


def test_a_new_key_is_written_down(course: Path, builder: Builder) -> None:
    (course / "lessons/one.yaml").write_text(UNMADE.replace("key: kawa", "key: coffee"), encoding="utf-8")
    assert list(build_course(course, builder)) == ["built/one.json", "keys.txt"]
    assert (course / "keys.txt").read_text(encoding="utf-8").split() == ["kawa", "prosze", "tutaj", "coffee"]


def test_nothing_is_made_twice(course: Path, builder: Builder) -> None:
    assert list(build_course(course, builder)) == []


def test_a_lesson_that_was_changed_is_read_as_it_is_written(course: Path) -> None:
    assert read_built(course, "one")
    (course / "lessons/one.yaml").write_text(UNMADE.replace("In the café", "At the café"), encoding="utf-8")
    assert read_built(course, "one") is None
    assert read_lesson(course, read_course(course), "one").lesson.title == "At the café"


def test_a_made_file_that_is_broken_is_not_read(course: Path) -> None:
    (course / "built/one.json").write_text('{"source": "', encoding="utf-8")
    assert read_built(course, "one") is None
    assert read_lesson(course, read_course(course), "one").lesson.title == "In the café"


def test_what_belongs_to_no_lesson_any_more_goes(course: Path, builder: Builder) -> None:
    (course / "built/three.json").write_text("{}", encoding="utf-8")
    assert list(build_course(course, builder)) == ["built/three.json"]
    assert not (course / "built/three.json").exists()


# Verbs and their objects.


def test_the_list_of_verbs_and_objects_is_made_and_read_where_it_is_up_to_date(
    course: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / "valency.yaml").write_text(LIST, encoding="utf-8")
    written = list(read_pairings(course))
    assert [one.translation for one in written] == ["I often drink coffee."]
    assert list(build_course(course, builder)) == ["built/valency.json"]
    assert list(build_course(course, builder)) == [], "it is no leftover of a lesson, either"
    with monkeypatch.context() as no_yaml:
        no_yaml.setattr("tutor.course.valency_file.read_yaml", None)
        assert list(read_pairings(course)) == written
    (course / "valency.yaml").write_text(LIST.replace("coffee", "tea"), encoding="utf-8")
    assert [one.translation for one in read_pairings(course)] == ["I often drink tea."]
    assert "built/valency.json" in [error.file for error in check_course(course, builder)]


@pytest.mark.parametrize("damage", ["", "{", '{"source": 1}'])
def test_a_made_list_that_is_damaged_is_passed_over(course: Path, builder: Builder, damage: str) -> None:
    (course / "valency.yaml").write_text(LIST, encoding="utf-8")
    list(build_course(course, builder))
    (course / "built/valency.json").write_text(damage, encoding="utf-8")
    assert [one.translation for one in read_pairings(course)] == ["I often drink coffee."]


def test_without_a_list_what_was_made_of_one_goes(course: Path, builder: Builder) -> None:
    (course / "valency.yaml").write_text(LIST, encoding="utf-8")
    list(build_course(course, builder))
    (course / "valency.yaml").unlink()
    assert list(build_course(course, builder)) == ["built/valency.json"]
    assert not (course / "built/valency.json").exists()
