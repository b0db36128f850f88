"""What a list of verbs and their objects must keep to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.course.check import check_course

from .samples import LIST, ONE, write

VERB = """\
  - key: pic
    text: pić
    means: [to drink]
    pos: verb
    aspect: imperfective
    ipa: piˈt͡ɕ
    rank: 500
    topic: drinks
    forms: {inf: pić, prs.1sg: piję}
    collocations:
      - {pl: "pić {wodę}", en: to drink water, wrong: [chleb, książkę, list]}
    nuances:
      - {pl: "{Piję} wodę.", en: I drink water., other: Jem, because: Water is drunk.}
    sentences:
      - {pl: "{Piję} mleko.", en: I drink milk., form: prs.1sg, because: It is I.}
      - {pl: "Rano {piję} wodę.", en: I drink water in the morning., form: prs.1sg, because: It is I.}
      - {pl: "Nie {piję} piwa.", en: I do not drink beer., form: prs.1sg, because: It is I.}
"""


def told(folder: Path, listed: str) -> list[str]:
    write(folder, one=ONE.replace("words:\n", f"words:\n{VERB}"))
    (folder / "keys.txt").write_text((folder / "keys.txt").read_text() + "pic\n")
    (folder / "valency.yaml").write_text(listed, encoding="utf-8")
    return [error.message for error in check_course(folder)]


def test_a_list_that_keeps_to_every_rule_has_nothing_wrong(tmp_path: Path) -> None:
    assert told(tmp_path / "mini", LIST) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - verb: pic", "  - verb: kawa", "a verb of the course, not 'kawa'"),
        ("noun: kawa", "noun: pic", "a noun of the course beside 'pić', not 'pic'"),
        ("[often]", "[seldom]", "a template for 'pić', not 'seldom'"),
        ("aspect: imperfective", "aspect: perfective", "not 'often'"),
        ("form: prs.1sg", "form: fut.1sg", "a form 'fut.1sg' among those of 'pić'"),
        ("case: acc", "case: loc", "a form 'loc.sg' among those of 'kawa'"),
        ("case: acc", "case: voc", "pairs.0.case"),
        ("Często {verb} {object}.", "Często {verb}.", "templates.0.pl"),
        ("    objects:\n", "    objects:\n      - {noun: kawa, number: pl, en: coffee}\n", "'acc.pl'"),
    ],
)  # fmt: skip
def test_a_rule_that_it_breaks_is_told(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert LIST.count(old) == 1
    problems = told(tmp_path / "mini", LIST.replace(old, new))
    assert len(problems) == 1
    assert problems[0].startswith("valency.yaml:") and expected in problems[0]


def test_two_sentences_of_one_english_are_told(tmp_path: Path) -> None:
    often = LIST.partition("templates:\n")[2].partition("pairs:")[0]
    seldom = often.replace("key: often", "key: seldom").replace("Często", "Rzadko")
    twice = LIST.replace("pairs:", f"{seldom}pairs:").replace("[often]", "[often, seldom]")
    (problem,) = told(tmp_path / "mini", twice)
    assert "an English of its own for 'Rzadko piję kawę.'" in problem
