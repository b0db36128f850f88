"""Tables of forms by morfeusz2's dictionary, and how frequent a lemma is."""

from __future__ import annotations

import pytest

from tutor.course.frequency import lemma_counts, rank_of
from tutor.course.inflection import Table, adjective_table, noun_table, verb_table
from tutor.course.morphology import Morphology


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


def some(table: Table, *labels: str) -> list[str]:
    return [", ".join(table[label]) for label in labels]


def test_a_noun_has_its_seven_cases(morphology: Morphology) -> None:
    man = noun_table("człowiek", "masculine", "personal", False, morphology)
    assert some(man, "acc.sg", "ins.sg", "nom.pl", "acc.pl", "ins.pl") == [
        "człowieka", "człowiekiem", "ludzie", "ludzi", "ludźmi",
    ]  # fmt: skip
    assert len(man) == 13


def test_a_homonym_is_told_by_gender_and_one_that_is_dated_is_left_out(morphology: Morphology) -> None:
    money = noun_table("złoty", "masculine", "animate", False, morphology)
    assert some(money, "acc.sg", "nom.pl", "gen.pl") == ["złotego", "złote", "złotych"]
    assert noun_table("rok", "masculine", "inanimate", False, morphology)["nom.pl"] == ["lata"]


def test_a_noun_that_is_taught_in_the_plural_has_no_singular(morphology: Morphology) -> None:
    filled = noun_table("pierogi", "", "", True, morphology)
    assert some(filled, "nom.pl", "gen.pl", "ins.pl") == ["pierogi", "pierogów", "pierogami"]
    assert not [label for label in filled if label.endswith("sg")]


def test_an_adjective_tells_people_and_things_apart(morphology: Morphology) -> None:
    new = adjective_table("wysoki", morphology)
    assert some(new, "acc.sg.m.animate", "acc.sg.m.inanimate", "nom.pl.vir", "nom.pl.nonvir", "ins.sg.f") == [
        "wysokiego", "wysoki", "wysocy", "wysokie", "wysoką",
    ]  # fmt: skip
    assert some(adjective_table("mój", morphology), "nom.sg.f", "gen.sg.m") == ["moja", "mojego"]


def test_a_verb_has_its_persons_and_its_past(morphology: Morphology) -> None:
    go = verb_table("pójść", True, morphology)
    assert some(go, "fut.1sg", "pst.1sg.m", "pst.1sg.f", "pst.1pl.vir", "pst.3pl.nonvir", "imp.2sg") == [
        "pójdę", "poszedłem", "poszłam", "poszliśmy", "poszły", "pójdź",
    ]  # fmt: skip
    wash = verb_table("myć się", False, morphology)
    assert some(wash, "inf", "prs.3pl", "imp.2pl") == ["myć", "myją", "myjcie"]


def test_what_is_no_such_word_has_no_table(morphology: Morphology) -> None:
    assert noun_table("nowy", "feminine", "", False, morphology) == {}
    assert adjective_table("pięć", morphology) == {}
    assert verb_table("dom", False, morphology) == {}


def test_a_rare_homonym_takes_nothing_from_a_frequent_word(morphology: Morphology) -> None:
    counts = lemma_counts({"mnie": 900, "ja": 500, "tam": 400, "tamy": 1}, morphology)
    assert counts["ja"] > 1390
    assert counts["tam"] == 400


def test_a_word_in_the_plural_ranks_as_its_lemma(morphology: Morphology) -> None:
    ranks = {"pieróg": 8000, "uczyć": 400}
    assert rank_of("pierogi", ranks, morphology) == 8000
    assert rank_of("uczyć się", ranks, morphology) == 400
    assert rank_of("xyz", ranks, morphology) is None
