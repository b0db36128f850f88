"""The Polish of a course, by morfeusz2: true forms, known words, and only what was taught by then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tutor.course.build import Builder
from tutor.course.check import check_course
from tutor.course.check_language import (
    FREQUENT,
    Vocabulary,
    answer_problems,
    frequency_problems,
    language_problems,
)
from tutor.course.format import CourseFile, FrequentFile, LessonFile
from tutor.course.frequency import lemma_counts
from tutor.course.item import Item
from tutor.course.morphology import Morphology
from tutor.course.reading import LessonContent
from tutor.course.yaml_file import read_yaml
from tutor.resources import COURSES
from tutor.speech.synthesizer import installed_voices

from .samples import write


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


@pytest.fixture
def known(starter_course: CourseFile, starter_lessons: list[LessonContent],
          morphology: Morphology) -> Vocabulary:  # fmt: skip
    """What is taught by the third lesson."""
    found = Vocabulary(starter_course.names, morphology)
    for content in starter_lessons[:3]:
        found.learn(content.items)
    return found


@pytest.fixture
def kawa(starter_items: list[Item]) -> Item:
    return next(item for item in starter_items if item.text == "kawa")


@pytest.mark.skipif(not installed_voices(), reason="no voice is installed")
def test_the_starter_course_keeps_to_every_rule(morphology: Morphology) -> None:
    """Its Polish, its made files and the sounds of its contrasts among them."""
    assert check_course(COURSES / "pl-en", Builder(morphology), installed_voices()[0].sounds) == []


@pytest.mark.parametrize(
    ("word", "lemma", "label", "so"),
    [
        ("kawę", "kawa", "acc.sg", True),
        ("kawą", "kawa", "acc.sg", False),
        ("kawę", "herbata", "acc.sg", False),
        ("nowego", "nowy", "acc.sg.m.animate", True),
        ("nowego", "nowy", "acc.sg.m.inanimate", False),
        ("nowi", "nowy", "nom.pl.vir", True),
        ("nowe", "nowy", "nom.pl.vir", False),
        ("byłam", "być", "pst.1sg.f", True),
        ("byłem", "być", "pst.1sg.f", False),
        ("był", "być", "pst.3sg.m", True),
        ("byłem", "być", "pst.3sg.m", False),
        ("mówi", "mówić", "prs.3sg", True),
        ("mówię", "mówić", "prs.3sg", False),
        ("zrobię", "zrobić", "fut.1sg", True),
        ("robię", "robić", "fut.1sg", False),
        ("Krakowie", "Kraków", "loc.sg", True),
    ],
)
def test_a_form_is_the_one_that_its_label_names(
    morphology: Morphology, word: str, lemma: str, label: str, so: bool
) -> None:
    assert morphology.is_form(word, lemma, label) is so


def problems(item: Item, text: str, known: Vocabulary, morphology: Morphology, **more: object) -> list[str]:
    """What is wrong with an item one of whose sentences is another, in the third lesson."""
    sentence = replace(item.sentences[0], text=text, gloss=more.get("gloss", {}), accept=(), reply="")
    changed = replace(item, sentences=(sentence,), forms=more.get("forms", item.forms))
    return list(language_problems(changed, 3, bool(more.get("first_unit")), known, morphology))


def test_a_sentence_holds_what_was_taught_in_any_form(
    kawa: Item, known: Vocabulary, morphology: Morphology
) -> None:
    assert problems(kawa, "Mamy nową kawę.", known, morphology) == []


def test_what_is_not_taught_is_glossed_and_that_is_one_word(
    kawa: Item, known: Vocabulary, morphology: Morphology
) -> None:
    text = "Mam gorącą kawę."
    (told,) = problems(kawa, text, known, morphology)
    assert told.startswith("'gorącą' taught by then")
    assert problems(kawa, text, known, morphology, gloss={"gorący": "hot"}) == []
    two, both = "Mamy gorącą, mocną kawę.", {"gorący": "hot", "mocna": "strong"}
    (told,) = problems(kawa, two, known, morphology, gloss=both)
    assert told.startswith("at most 1 words")
    assert problems(kawa, two, known, morphology, gloss=both, first_unit=True) == []


@pytest.mark.parametrize("text", ["Kawa.", "To jest kawa, a to jest herbata, a to woda."])
def test_a_sentence_is_neither_too_short_nor_too_long(
    kawa: Item, known: Vocabulary, morphology: Morphology, text: str
) -> None:
    (told,) = problems(kawa, text, known, morphology)
    assert "2 to 9 words" in told


def test_what_is_no_polish_word_is_told(kawa: Item, known: Vocabulary, morphology: Morphology) -> None:
    told = problems(kawa, "Mam kawkowę.", known, morphology)
    assert any(problem.startswith("a Polish word, and not 'kawkowę'") for problem in told)


def test_a_wrong_form_in_the_table_is_told(kawa: Item, known: Vocabulary, morphology: Morphology) -> None:
    (told,) = problems(kawa, "Mam kawę.", known, morphology, forms={"acc.sg": ("kawą",)})
    assert told == "the acc.sg of 'kawa', and not 'kawą'"


def test_a_form_that_has_no_such_name_is_told(kawa: Item, known: Vocabulary, morphology: Morphology) -> None:
    (told,) = problems(kawa, "Mam kawę.", known, morphology, forms={"acc.dual": ("kawę",)})
    assert told == "a form with a known name, and not 'acc.dual', for 'kawa'"


def test_a_course_in_another_language_is_not_read_as_polish(tmp_path: Path, morphology: Morphology) -> None:
    folder = write(tmp_path / "mini")
    assert check_course(folder, Builder(morphology), lambda _text: "")
    text = (folder / "course.yaml").read_text(encoding="utf-8").replace("teaches: pl", "teaches: cs")
    assert check_course(write(tmp_path / "mini", course=text), Builder(morphology), lambda _text: "") == []


# What is frequent.


def test_the_frequent_lemmas_are_those_of_spoken_polish(shared: Path, morphology: Morphology) -> None:
    counted = (shared / "data/polish/FrequencyWords__pl_50k.txt").read_text(encoding="utf-8").split("\n")
    words = {word: float(count) for word, _space, count in (line.partition(" ") for line in counted) if word}
    counts = lemma_counts(words, morphology)
    most = sorted(counts, key=lambda lemma: (-counts[lemma], lemma))[:150]
    assert read_yaml(COURSES / "pl-en", FREQUENT, FrequentFile).lemmas == most


@pytest.mark.parametrize(
    ("lemmas", "untaught", "expected"),
    [
        (["kawa", "herbata", "dom", "kot", "nowy", "zabić"], {"zabić": "No."}, []),
        (["kawa", "herbata", "dom", "kot", "nowy", "zabić"], {}, ["'zabić' taught, or why not"]),
        (["kawa", "dom", "kot", "nowy"], {"kot": "No."}, ["no reason for 'kot'"]),
        (["przepraszać", "kawa"], {}, []),
        (["kawa", "bóg", "zabić"], {"bóg": "No.", "zabić": "No."}, ["80% of the most frequent"]),
    ],
)
def test_most_frequent_lemmas_are_taught_and_the_others_told_why(
    known: Vocabulary, lemmas: list[str], untaught: dict[str, str], expected: list[str]
) -> None:
    frequent = FrequentFile(lemmas=lemmas, untaught=untaught)
    told = list(frequency_problems(frequent, known))
    assert len(told) == len(expected)
    assert all(part in problem for part, problem in zip(expected, told, strict=True))


# What a gap accepts.


@pytest.mark.parametrize(
    ("accept", "judged", "told"),
    [
        (["wodę"], {}, 0),
        (["woda"], {}, 1),
        (["woda"], {"woda": "People call it out so."}, 0),
        (["dobrą wodę"], {}, 0),
    ],
)
def test_an_accepted_answer_in_another_form_is_judged(
    morphology: Morphology, accept: list[str], judged: dict[str, str], told: int
) -> None:
    sentence = {"pl": "Piję {kawę}.", "en": "x", "form": "acc.sg", "accept": accept, "judged": judged}
    entry = {
        "key": "kawa",
        "text": "kawa",
        "means": ["x"],
        "pos": "noun",
        "topic": "x",
        "sentences": [sentence],
    }
    lesson = LessonFile.model_validate(
        {"key": "one", "title": "x", "title_pl": "x", "can_do": "x", "cefr": "A1", "words": [entry]}
    )
    assert len(list(answer_problems(lesson, morphology))) == told
