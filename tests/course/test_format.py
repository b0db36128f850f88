"""The course format: read whole, or told what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.files import item_id
from tutor.course.item import Item, ItemKind
from tutor.course.reading import LessonContent, read_course, read_lesson
from tutor.errors import CourseError
from tutor.ids import shared_id

from .samples import COURSE, ONE, TWO, line_of, write

TROUBLE = ["{", "}", "- ", "\n", "\t", ": ", "[", "&a ", "*a", "!!", "? ", "1-1-1"]


def lesson(folder: Path, name: str = "one") -> LessonContent:
    return read_lesson(folder, read_course(folder), name)


def broken(folder: Path, old: str, new: str) -> CourseError:
    """What is said of the first lesson with `old` in it changed to `new`."""
    assert ONE.count(old) == 1
    with pytest.raises(CourseError) as caught:
        lesson(write(folder, one=ONE.replace(old, new)))
    return caught.value


# What is read.


def test_a_word_is_read_whole(tmp_path: Path) -> None:
    content = lesson(write(tmp_path))
    word = content.items[0]
    assert (word.kind, word.text, word.meaning, word.pos, word.gender) == (
        ItemKind.WORD, "kawa", "coffee", "noun", "feminine")  # fmt: skip
    assert (word.ipa, word.rank, word.topic, word.rule) == ("ˈkava", 812, "drinks", "accusative")
    assert word.forms == {"nom.sg": ("kawa",), "acc.sg": ("kawę",)}
    assert word.lesson == content.lesson.id
    first, _, third = word.sentences
    assert (first.text, first.target, first.translation) == ("Piję kawę.", "kawę", "I drink coffee.")
    assert (first.form, first.because) == ("acc.sg", "What you drink takes the accusative.")
    assert (third.accept, third.gloss) == (("Kawę",), {"mam": "I have"})


def test_a_phrase_is_read_whole(tmp_path: Path) -> None:
    phrase = lesson(write(tmp_path)).items[1]
    assert (phrase.kind, phrase.text, phrase.means) == (
        ItemKind.PHRASE, "Proszę bardzo", ("here you are", "you're welcome"))  # fmt: skip
    assert phrase.prompt == "Hand something over"
    assert [(s.text, s.target) for s in phrase.sentences] == [("Proszę bardzo", "bardzo")]


def test_a_lesson_and_its_notes_are_read_whole(tmp_path: Path) -> None:
    read = lesson(write(tmp_path)).lesson
    assert (read.number, read.key, read.course, read.cefr) == (1, "cafe", "mini", "A1")
    assert [(note.key, note.sound, note.contrasts) for note in read.notes] == [
        ("accusative", False, ()), ("nasal", True, (("je", "ję"),))]  # fmt: skip
    assert lesson(tmp_path, "two").lesson.number == 2


def test_every_device_derives_the_same_ids_from_the_keys_alone(tmp_path: Path) -> None:
    word = lesson(write(tmp_path)).items[0]
    assert word.id == item_id("mini", "kawa") == shared_id("mini", "item", "kawa")
    changed = ONE.replace("text: kawa\n", "text: kawka\n").replace(
        "means: [coffee]", "means: [little coffee]"
    )
    assert lesson(write(tmp_path, one=changed)).items[0].id == word.id


def test_words_and_phrases_are_met_in_turn_and_each_in_its_order(tmp_path: Path) -> None:
    entry = TWO[TWO.index("  - key: tutaj") :]
    words = "".join(entry.replace("key: tutaj", f"key: w{n}") for n in range(6))
    phrase = ONE[ONE.index("  - key: prosze") :]
    phrases = "".join(phrase.replace("key: prosze", f"key: p{n}") for n in range(3))
    text = TWO[: TWO.index("  - key: tutaj")] + words + "phrases:\n" + phrases
    items = lesson(write(tmp_path, two=text), "two").items
    met = {kind: [item.id for item in items if item.kind is kind] for kind in ItemKind}
    assert met[ItemKind.WORD] == [item_id("mini", f"w{n}") for n in range(6)]
    assert met[ItemKind.PHRASE] == [item_id("mini", f"p{n}") for n in range(3)]
    kinds = [item.kind for item in items]
    assert ItemKind.PHRASE in kinds[:3]
    assert ItemKind.PHRASE in kinds[-3:]
    assert [item.position for item in items] == sorted({item.position for item in items})


def test_later_lessons_come_later_in_the_course(tmp_path: Path) -> None:
    write(tmp_path)
    one, two = lesson(tmp_path, "one").items, lesson(tmp_path, "two").items
    assert max(item.position for item in one) < min(item.position for item in two)
    assert {item.level for item in one} == {1}
    assert {item.level for item in two} == {2}


# What is wrong.


@pytest.mark.parametrize(
    ("old", "new", "at", "expected"),
    [
        ("    pos: noun\n", "    pos: noun\n    colour: red\n", "red", "words.0.colour"),
        ("    means: [coffee]\n", "", "key: kawa", "words.0.means"),
        ("means: [coffee]", "means: []", "means: []", "at least 1"),
        ("means: [coffee]", "means: coffee", "means: coffee", "list"),
        ("rank: 812", "rank: often", "rank: often", "integer"),
        ("rank: 812", "rank: 0", "rank: 0", "greater"),
        ("pos: noun", "pos: nuon", "pos: nuon", "noun"),
        ("key: kawa\n", "key: Kawa!\n", "key: Kawa!", "pattern"),
        ("Piję {kawę}.", "Piję kawę.", "Piję kawę.", "braces"),
        ("Piję {kawę}.", "'{Piję} {kawę}.'", "'{Piję} {kawę}.'", "braces"),
        ("Piję {kawę}.", "Piję {kawę.", "Piję {kawę.", "braces"),
        ("Piję {kawę}.", "Piję {}.", "Piję {}.", "braces"),
        ("Piję {kawę}.", "Piję {kawę} i {.", "Piję {kawę} i {.", "braces"),
        ("Piję {kawę}.", "Piję {kawę} i }.", "Piję {kawę} i }.", "braces"),
        ("cefr: A1\n", "", "key: cafe", "cefr"),
        ("Proszę {bardzo}", "Proszę bardzo !", "Proszę bardzo !", "braces"),
        ("cefr: A1", "cefr: A9", "cefr: A9", "A1"),
        ("acc.sg: [kawę]", "acc.sg: [5]", "acc.sg: [5]", "string"),
        ("culture: People", "cultur: People", "cultur: People", "cultur"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_lesson_is_told_with_file_line_and_what_was_expected(
    tmp_path: Path, old: str, new: str, at: str, expected: str
) -> None:
    error = broken(tmp_path, old, new)
    assert error.file == "lessons/one.yaml"
    assert error.line == line_of(ONE.replace(old, new), at)
    assert expected in error.expected
    assert error.message.startswith(f"lessons/one.yaml:{error.line}: ")


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("title: In the café", "title: [In the café", "title_pl"),
        ("    text: kawa\n", "\ttext: kawa\n", "\ttext"),
        ("cefr: A1", "cefr: A1: B1", "cefr: A1: B1"),
        ("note: It is nasal.", "note: !!python/name:os.system ''", "!!py"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path, old: str, new: str, at: str) -> None:
    error = broken(tmp_path, old, new)
    assert error.line == line_of(ONE.replace(old, new), at)
    assert "YAML" in error.expected


@pytest.mark.parametrize("value", ["2026-13-45", "!!int x", "!!float x", "9" * 5000])
def test_a_value_that_yaml_itself_cannot_read_is_told_too(tmp_path: Path, value: str) -> None:
    error = broken(tmp_path, "title: In the café", f"title: {value}")
    assert error.file == "lessons/one.yaml"


def test_a_key_that_stands_twice_is_told_and_not_silently_lost(tmp_path: Path) -> None:
    error = broken(tmp_path, "    pos: noun\n", "    pos: noun\n    means: [tea]\n")
    assert error.line == line_of(ONE.replace("pos: noun\n", "pos: noun\n    means: [tea]\n"), "means: [tea]")


@pytest.mark.parametrize("content", [b"", b"- 1", b"kawa", b"\xff\xfe\x00", b"\x00", b"key: \xc4"])
def test_a_file_that_is_no_lesson_at_all_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CourseError) as caught:
        lesson(write(tmp_path, one=content))
    assert caught.value.file == "lessons/one.yaml"


def test_a_file_in_another_encoding_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="UTF-8"):
        lesson(write(tmp_path, one=ONE.encode("iso-8859-2", "replace")))


def test_a_lesson_that_is_not_there_is_told(tmp_path: Path) -> None:
    (write(tmp_path) / "lessons/one.yaml").unlink()
    with pytest.raises(CourseError, match=r"lessons/one\.yaml:0"):
        lesson(tmp_path)


def test_what_is_wrong_in_the_head_of_a_course_is_told(tmp_path: Path) -> None:
    text = COURSE.replace("teaches: pl", "teaches: polish")
    with pytest.raises(CourseError) as caught:
        read_course(write(tmp_path, course=text))
    assert (caught.value.file, caught.value.line) == ("course.yaml", 3)


def test_a_broken_lesson_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    broken(tmp_path, "cefr: A1", "cefr: A9")
    assert [item.text for item in lesson(tmp_path, "two").items] == ["tutaj"]


@given(st.data())
def test_whatever_happens_to_a_lesson_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Lines lost, letters put in or out: never anything but a lesson or a CourseError in the file's lines."""
    text = ONE
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        put_in = data.draw(st.one_of(st.sampled_from(TROUBLE), st.text(max_size=3)))
        text = text[:start] + put_in + text[end:]
    folder = write(tmp_path_factory.mktemp("course"), one=text.encode("utf-8", "surrogatepass"))
    try:
        items: tuple[Item, ...] = lesson(folder).items
    except CourseError as error:
        assert error.file == "lessons/one.yaml"
        assert 0 <= error.line <= text.count("\n") + 2
        assert error.expected
    else:
        for item in items:
            assert item.text
            assert item.meaning
            assert all(sentence.target for sentence in item.sentences)
