"""What a course must keep to, beyond the format of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.course.check import check_course

from .samples import COURSE, KEYS, ONE, TWO, write

REPLY = "        reply: Ja też.\n        reply_en: So do I.\n"


def told(folder: Path) -> list[str]:
    """What is wrong with a course, as it is told."""
    return [error.message for error in check_course(folder)]


def test_a_course_that_keeps_to_every_rule_has_nothing_wrong(tmp_path: Path) -> None:
    assert told(write(tmp_path / "mini")) == []


def test_a_course_is_the_same_in_whatever_folder_it_lies(tmp_path: Path) -> None:
    assert told(write(tmp_path / "a copy of it")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("      - pl: Mam {kawę}.\n        en: I have coffee.\n        form: acc.sg\n        accept: [Kawę]\n"
         "        gloss:\n          mam: I have\n", "", "at least 3 sentences for 'kawa'"),
        ("means: [coffee]", "means: [coffee, a coffee]", "meanings of 'kawa' that differ"),
        ("    rule: accusative\n    forms", "    rule: genitive\n    forms", "note with the key 'genitive'"),
        ("acc.sg\n        accept", "ins.sg\n        accept", "a form 'ins.sg' among those of 'kawa'"),
        ("To jest {kawa}.", "To jest {kawę}.", "kawa as nom.sg of 'kawa' in 'To jest kawę.'"),
        ("gap: Proszę {bardzo}", "gap: Prosze {bardzo}", "the words of 'Proszę bardzo' around its gap"),
        ("          mam: I have\n", "          kawę: coffee\n", "no gloss of 'kawę', which 'Mam kawę.'"),
        (REPLY, "        groups: [Piję, kawę]\n", "at least 3 groups"),
        (REPLY, "        groups: [Mam, dużo, kawy]\n", "the words of 'Piję kawę.' in groups"),
        ("        reply_en: So do I.\n", "", "both `reply` and `reply_en`"),
        ("wrong: [twarda", "wrong: [silna", "wrong words for 'mocna kawa'"),
        ("wrong: [twarda", "wrong: [wysoka", "wrong words for 'mocna kawa'"),
        ("{mocna} kawa", "mocna {kawa}", "another word than 'kawa' in the braces"),
        ("Piję {kawę} z", "Piję kawę {z}", "a form of 'kawa' in the braces"),
        ("other: kawiarnię", "other: kawa", "another word than a form of 'kawa'"),
        ("Mam {kawę}.", "Piję {kawę}!", "'Piję kawę!' stands twice"),
        ("means: [coffee]", "means: [coffee (a cup]", "as many brackets closed as opened in 'coffee (a cup'"),
        ("Mam {kawę}.", "Anna ma {kawę}, Ewo.", "'Ewo' among the names in course.yaml"),
    ],
)  # fmt: skip
def test_a_rule_that_an_item_breaks_is_told_with_the_file_and_the_item(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert ONE.count(old) == 1
    problems = told(write(tmp_path / "mini", one=ONE.replace(old, new)))
    assert len(problems) == 1
    assert problems[0].startswith("lessons/one.yaml:")
    assert expected in problems[0]


def test_two_words_that_are_asked_for_alike_are_told(tmp_path: Path) -> None:
    same = TWO.replace("means: [here]", "means: [coffee]")
    (problem,) = told(write(tmp_path / "mini", two=same))
    assert problem.endswith("'coffee' to say more: it asks for 'tutaj', and for 'kawa'")
    assert told(write(tmp_path / "mini", two=same.replace("[coffee]", "[coffee (that place)]"))) == []
    assert (
        told(
            write(
                tmp_path / "mini",
                two=same.replace("    topic: places", "    accept: [kawa]\n    topic: places"),
            )
        )
        == []
    )


def test_contrasts_that_a_voice_merges_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "mini", one=ONE.replace("[je, ję]", "[morze, może]"))
    (problem,) = check_course(folder, sounds=lambda text: text.replace("rz", "ż"))
    assert "words in 'nasal' that the voice says otherwise, not morze / może" in problem.message


def test_a_rule_may_be_explained_in_a_lesson_before_but_not_after(tmp_path: Path) -> None:
    later = TWO.replace("    topic: places\n", "    topic: places\n    rule: accusative\n")
    assert told(write(tmp_path / "mini", two=later)) == []
    backwards = COURSE.replace("[one, two]", "[two, one]")
    assert len(told(write(tmp_path / "mini", two=later, course=backwards))) == 1


def test_no_two_items_have_one_key(tmp_path: Path) -> None:
    problems = told(
        write(tmp_path / "mini", two=TWO.replace("key: tutaj", "key: kawa"), keys="kawa\nprosze\n")
    )
    assert problems == ["lessons/two.yaml:0: a key of its own for 'tutaj'; 'kawa' has the same"]


def test_a_key_never_vanishes_unless_it_is_retired(tmp_path: Path) -> None:
    gone = KEYS + "herbata\n"
    assert len(told(write(tmp_path / "mini", keys=gone))) == 1
    assert "'herbata'" in told(tmp_path / "mini")[0]
    assert told(write(tmp_path / "mini", keys=gone, course=COURSE + "retired: [herbata]\n")) == []


def test_every_key_is_listed_from_the_day_it_is_used(tmp_path: Path) -> None:
    problems = told(write(tmp_path / "mini", keys="kawa\ntutaj\n"))
    assert len(problems) == 1
    assert problems[0].startswith("keys.txt:")
    (tmp_path / "mini/keys.txt").unlink()
    assert len(told(tmp_path / "mini")) == 1


def test_every_broken_lesson_is_told_and_the_others_are_still_checked(tmp_path: Path) -> None:
    write(tmp_path / "mini", one="key: [", two=TWO.replace("means: [here]", "means: [here, here]"))
    problems = told(tmp_path / "mini")
    assert any("lessons/one.yaml" in problem for problem in problems)
    assert any("meanings of 'tutaj'" in problem for problem in problems)
    assert len(told(write(tmp_path / "mini", course="key: 1"))) == 1
