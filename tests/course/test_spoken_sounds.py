"""The sounds of the course that comes along: each that its voice makes is told of, in few words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.item import Item
from tutor.course.spoken_sounds import FILE, MinimalPair, SpokenSounds, read_spoken_sounds, spelling
from tutor.errors import CourseError
from tutor.resources import COURSES
from tutor.speech.phone_alignment import align_phones
from tutor.speech.phones import split_phones
from tutor.speech.synthesizer import phone_writer
from tutor.text import normal

FOLDER = COURSES / "pl-en"
SOUNDS = read_spoken_sounds(FOLDER)
NASAL = {"a-ogonek", "e-ogonek"}
LONGEST_HINT = 75
"""Letters that are read at a glance, two lines on a phone."""


@pytest.fixture(scope="module")
def said(starter_items: list[Item]) -> dict[str, list[str]]:
    """Every word of the course, in all its forms, with the phones that the voice makes of it."""
    writer = phone_writer()
    if writer is None:
        pytest.skip("no voice that writes phones is installed: pip install espeakng-loader")
    texts = (
        text
        for item in starter_items
        for text in (
            item.text, *item.accept, *(one.text for one in item.sentences),
            *(form for forms in item.forms.values() for form in forms),
        )
    )  # fmt: skip
    words = sorted({word for text in texts for word in normal(text).split()})
    return {word: [phone for group in split_phones(writer.phones(word)) for phone in group] for word in words}


def test_every_phone_that_the_voice_makes_is_of_a_sound(said: dict[str, list[str]]) -> None:
    assert len(said) > 3000
    unknown = {phone: word for word, phones in said.items() for phone in phones if not SOUNDS.of(phone)}
    assert unknown == {}


def test_no_phone_is_of_two_sounds() -> None:
    written = yaml.safe_load((FOLDER / FILE).read_text(encoding="utf-8"))
    counted = Counter(phone for one in written["sounds"].values() for phone in one["phones"])
    assert [phone for phone, times in counted.items() if times > 1] == []
    assert counted.keys() == SOUNDS.by_phone.keys()


def test_what_is_told_is_known_short_and_a_sentence() -> None:
    keys = SOUNDS.sounds.keys()
    assert {key for pair in SOUNDS.confusions for key in pair} <= keys
    assert {key for pair in SOUNDS.pairs for key in pair.sounds} <= keys
    hints = [*(one.hint for one in SOUNDS.sounds.values()), *SOUNDS.confusions.values()]
    for hint in hints:
        assert 10 < len(hint) <= LONGEST_HINT, hint
        assert hint[0] == hint[0].upper() or hint.split()[0] in {one.name for one in SOUNDS.sounds.values()}
        assert hint[-1] == ".", hint
    for one in SOUNDS.sounds.values():
        assert one.name and one.phone and one.letters


@pytest.mark.parametrize(("expected", "heard"), SOUNDS.confusions)
def test_a_confusion_is_told_of_in_its_own_words_and_has_pairs_that_train_it(
    expected: str, heard: str
) -> None:
    hint = SOUNDS.hint(SOUNDS.sounds[expected], SOUNDS.sounds[heard])
    assert hint == SOUNDS.confusions[expected, heard]
    assert SOUNDS.hint(SOUNDS.sounds[expected], None) == SOUNDS.sounds[expected].hint
    assert expected != heard


@pytest.mark.parametrize("pair", SOUNDS.pairs, ids=lambda pair: "-".join(word for word, _means in pair.words))
def test_the_words_of_a_pair_differ_in_its_two_sounds_alone_when_they_are_said(pair: MinimalPair) -> None:
    writer = phone_writer()
    if writer is None:
        pytest.skip("no voice that writes phones is installed: pip install espeakng-loader")
    (one, _), (other, _) = pair.words
    said = [
        [phone for group in split_phones(writer.phones(word)) for phone in group] for word in (one, other)
    ]
    differing = [
        (SOUNDS.of(mine or ""), SOUNDS.of(its or ""))
        for mine, its in align_phones(*said)
        if SOUNDS.of(mine or "") is not SOUNDS.of(its or "")
    ]
    assert len(differing) == 1
    keys = {sound.key for sound in differing[0] if sound}
    # Before most consonants the voice says a nasal vowel as the plain one and m, n or ń.
    assert keys == set(pair.sounds) or (pair.sounds[0] in NASAL and keys < {"m", "n", "n-acute"})


def test_a_sound_is_trained_by_as_many_contrasts_as_it_has() -> None:
    trained = {key for pair in SOUNDS.pairs for key in pair.sounds}
    for key in trained:
        pairs = SOUNDS.training(key)
        contrasts = {pair.sounds for pair in SOUNDS.pairs if key in pair.sounds}
        assert 1 <= len(pairs) <= 4
        assert all(key in pair.sounds for pair in pairs)
        assert len({pair.sounds for pair in pairs}) == min(4, len(contrasts))
    assert SOUNDS.training("no such sound") == ()


def test_the_letters_of_a_word_are_all_shown_once_in_their_order(said: dict[str, list[str]]) -> None:
    began = perf_counter()
    spelt = {word: spelling(word, phones, SOUNDS) for word, phones in said.items()}
    lost = {word: letters for word, letters in spelt.items() if "".join(letters) != word}
    assert lost == {}
    # A phrase has some ten words: well below a frame.
    assert (perf_counter() - began) / len(said) < 0.005


@pytest.mark.parametrize(
    ("word", "phones", "letters"),
    [
        ("są", "s ɔ m", ("s", "ą", "")),
        ("ząb", "z ɔ m b", ("z", "ą", "", "b")),
        ("ciocia", "tɕ ɔ tɕ a", ("ci", "o", "ci", "a")),
        ("jadł", "j a d", ("j", "a", "dł")),
        ("", "", ()),
    ],
)
def test_a_sound_that_a_letter_hides_has_none_of_its_own(
    word: str, phones: str, letters: tuple[str, ...]
) -> None:
    assert spelling(word, phones.split(), SOUNDS) == letters


@given(st.text("aąbcćdeęfghijklłmnńoóprsśtuwyzźż", max_size=10), st.data())
def test_each_phone_of_any_word_has_its_letters_or_none(word: str, data: st.DataObject) -> None:
    phones = data.draw(st.lists(st.sampled_from([*SOUNDS.by_phone, "θ"]), max_size=10))
    spelt = spelling(word, phones, SOUNDS)
    assert len(spelt) == len(phones)
    assert word.startswith("".join(spelt)) or not phones


def test_letters_overrule_a_voice_that_makes_one_sound_of_two() -> None:
    assert SOUNDS.of("dʑ") is SOUNDS.of("dʑ", "dzi") is SOUNDS.sounds["dz-acute"]
    assert SOUNDS.of("dʑ", "dz") is SOUNDS.sounds["dz"]
    assert SOUNDS.of("dʑ", "x") is SOUNDS.sounds["dz-acute"], "no letter of a sound"
    assert SOUNDS.of("θ") is None


def test_a_course_without_sounds_tells_of_none_and_a_broken_file_says_where(tmp_path: Path) -> None:
    assert read_spoken_sounds(tmp_path / "none") == SpokenSounds()
    (tmp_path / FILE).write_text("sounds: {sz: {phones: [ʃ]}}\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        read_spoken_sounds(tmp_path)
    assert error.value.file.endswith(FILE)
