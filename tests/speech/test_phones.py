"""Phones as a voice writes them, word by word, and how far one is from another."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.reading import LessonContent
from tutor.speech.phone_distance import FARTHEST, NEAREST, TABLE, is_known, substitution
from tutor.speech.phones import phones_of, plain, split_phones

pytest.importorskip("espeakng_loader", reason="espeak-ng is not installed: pip install espeakng-loader")

from tutor.speech.espeak import Espeak

TABLED = sorted(json.loads(TABLE.read_text("utf-8"))["phones"])
POLISH = Espeak("pl")

phones = st.sampled_from([*TABLED, "ʘ", "?", ""])


@given(phones, phones)
def test_a_phone_is_as_far_from_another_as_that_from_it(one: str, other: str) -> None:
    assert substitution(one, other) == substitution(other, one)
    assert (substitution(one, other) == 0) == (one == other)
    assert one == other or NEAREST <= substitution(one, other) <= FARTHEST


def test_of_a_phone_that_is_not_in_the_table_only_itself_is_near() -> None:
    assert not is_known("ʘ")
    assert substitution("ʘ", "ʘ") == 0
    assert substitution("ʘ", "a") == substitution("a", "ʘ") == FARTHEST


@pytest.mark.parametrize(
    ("expected", "nearer", "farther"),
    [
        ("ʃ", "s", "a"), ("ɕ", "ʃ", "k"), ("tɕ", "tʃ", "m"), ("ɛ", "ɔ", "t"), ("v", "f", "u"),
        ("i", "ɨ", "x"),        ("b", "p", "a"), ("ɲ", "n", "s"), ("ʒ", "z", "ɔ"), ("r", "l", "k"),
    ],
)  # fmt: skip
def test_what_learners_mix_up_is_nearer_than_what_nobody_does(
    expected: str, nearer: str, farther: str
) -> None:
    assert substitution(expected, nearer) < substitution(expected, farther)


def test_every_sound_of_the_course_has_features(starter_lessons: list[LessonContent]) -> None:
    texts = [item.text for content in starter_lessons for item in content.items]
    found = {phone for text in texts for word in split_phones(POLISH.phones(text)) for phone in word}
    assert len(found) > 30
    assert not {phone for phone in found if not is_known(phone)}


@pytest.mark.parametrize(
    ("written", "one_way"),
    [("t͡ʃ", "tʃ"), ("pʲ", "p"), ("aː", "a"), ("cʲ", "tɕ"), ("ɟʲ", "dʑ"), ("ᵻ", "ɪ"), ("ʃ", "ʃ"), ("", "")],
)
def test_a_phone_is_written_in_one_way(written: str, one_way: str) -> None:
    assert plain(written) == one_way
    assert plain(one_way) == one_way


def test_what_a_voice_wrote_is_split_into_words_and_phones() -> None:
    assert split_phones("dʑ_ɛ_ɲ  d_ɔ_b_r_ɨ\n") == [["dʑ", "ɛ", "ɲ"], ["d", "ɔ", "b", "r", "ɨ"]]
    assert split_phones("") == []


@pytest.mark.parametrize(
    "text",
    ["nie wiem", "z mlekiem", "w szkole", "w domu", "do widzenia", "ja nie mam", "i ty", "z żoną", "o co"],
)
def test_each_word_of_a_text_has_its_own_sounds_also_where_a_voice_joins_two(text: str) -> None:
    words = text.split()
    found = phones_of(words, POLISH)
    assert len(found) == len(words) and all(found)
    together = [phone for word in split_phones(POLISH.phones(text)) for phone in word]
    said = [phone for word in found for phone in word]
    assert len(said) == len(together)
    assert all(one == other or (one, other) == ("v", "w") for one, other in zip(said, together, strict=True))
    for word, sounds in zip(words, found, strict=True):
        alone = [phone for group in split_phones(POLISH.phones(word)) for phone in group]
        assert abs(len(sounds) - len(alone)) <= 1
        assert len(word) < 3 or sounds[-1] == alone[-1]


class ByHand:
    """A voice that writes what is written down."""

    def __init__(self, **written: str) -> None:
        self._written = written

    def phones(self, text: str) -> str:
        return self._written[text.replace(" ", "_")]


def test_a_sound_that_words_have_only_together_is_the_end_of_the_first() -> None:
    voice = ByHand(od="ɔ_d", okna="ɔ_k_n_a", od_okna="ɔ_d_ə_ɔ_k_n_a")
    assert phones_of(["od", "okna"], voice) == [["ɔ", "d", "ə"], ["ɔ", "k", "n", "a"]]


def test_an_assimilated_sound_is_the_one_that_is_said() -> None:
    """*z* is s before a voiceless sound, and *w* is f."""
    assert phones_of(["z", "psem"], POLISH)[0] == ["s"]
    assert phones_of(["w", "szkole"], POLISH)[0] == ["f"]
    assert phones_of(["w", "domu"], POLISH)[0] == ["v"]


def test_of_no_words_there_are_no_phones() -> None:
    assert phones_of([], POLISH) == []
    assert phones_of(["—", "tak"], POLISH)[0] == []


@given(
    st.lists(
        st.text("aąbcćdeęfghijklłmnńoóprsśtuwyzźż'- 1", min_size=1, max_size=9).filter(str.strip), max_size=6
    )
)
def test_no_sound_of_any_words_is_lost_or_told_twice(words: list[str]) -> None:
    found = phones_of(words, POLISH)
    assert len(found) == len(words)
    together = [phone for group in split_phones(POLISH.phones(" ".join(words))) for phone in group]
    assert [plain(phone).replace("v", "w") for word in found for phone in word] == [
        phone.replace("v", "w") for phone in together
    ]


def test_the_table_is_whole() -> None:
    table = json.loads(TABLE.read_text("utf-8"))
    assert len(table["weights"]) == len(table["features"])
    assert {len(row) for row in table["phones"].values()} == {len(table["features"])}
    assert {value for row in table["phones"].values() for value in row} == {-1, 0, 1}
    assert all(one < other for one, other in pairwise(TABLED))
