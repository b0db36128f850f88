"""A clip is made once, named by what it says, and found again by its hash."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import SpeechError
from tutor.speech.cache import AudioCache, clip_hash

from .voices import QuietVoice, Rows


class Given:
    """A cache in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "audio"
        self.rows = Rows()
        self.voice = QuietVoice()
        self.cache = AudioCache(self.folder, self.rows, self.voice)

    @property
    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def audio(tmp_path: Path) -> Given:
    return Given(tmp_path)


def test_a_clip_is_made_once_and_found_again(audio: Given) -> None:
    first, second = audio.cache.clip("kawa"), audio.cache.clip("kawa")
    assert first == second
    assert audio.voice.asked == [("kawa", 1.0)]
    path, clip = first
    assert path.stat().st_size == clip.bytes
    assert (clip.duration_ms, clip.format) == (500, "wav")


def test_nothing_but_references_and_hashes_is_kept_in_a_row(audio: Given) -> None:
    path, clip = audio.cache.clip("kawa")
    assert audio.rows == {clip.hash: clip}
    assert audio.folder / clip.audio_ref == path
    assert not Path(clip.audio_ref).is_absolute()


parts = st.tuples(st.text(max_size=8), st.sampled_from(["pl", "pl+f2"]), st.sampled_from(["a-1", "a-2"]),
                  st.sampled_from([1.0, 0.75]))  # fmt: skip


@given(parts, parts)
def test_the_same_words_voice_engine_and_rate_are_one_clip_and_any_other_another(
    one: tuple[str, str, str, float], other: tuple[str, str, str, float]
) -> None:
    assert (clip_hash(*one) == clip_hash(*other)) == (one == other)


def test_what_belongs_to_the_words_is_not_taken_for_the_voice() -> None:
    assert clip_hash("kawa", "pl", "a", 1.0) != clip_hash("kawap", "l", "a", 1.0)


def test_another_speed_or_voice_is_another_clip(audio: Given) -> None:
    plain, slow = audio.cache.clip("kawa"), audio.cache.clip("kawa", 0.75)
    assert plain[0] != slow[0]
    assert slow[1].duration_ms == round(500 / 0.75)
    other = AudioCache(audio.folder, audio.rows, QuietVoice("pl+f2")).clip("kawa")
    assert other[0] not in (plain[0], slow[0])


def test_a_failed_synthesis_leaves_neither_a_file_nor_a_row(audio: Given) -> None:
    audio.voice.broken = True
    with pytest.raises(SpeechError):
        audio.cache.clip("kawa")
    assert (audio.files, audio.rows) == ([], {})
    audio.voice.broken = False
    assert audio.cache.clip("kawa")[0].is_file()


def test_a_sound_that_cannot_be_played_leaves_neither_a_file_nor_a_row(
    audio: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    for content in (b"", b"RIFF", b"no sound at all"):
        monkeypatch.setattr(audio.voice, "synthesize", lambda text, rate, content=content: content)
        with pytest.raises(SpeechError, match="cannot be played"):
            audio.cache.clip("kawa")
    assert (audio.files, audio.rows) == ([], {})


def test_a_row_that_cannot_be_kept_leaves_no_file(audio: Given) -> None:
    audio.rows.full = True
    with pytest.raises(OSError, match="disk full"):
        audio.cache.clip("kawa")
    assert audio.files == []


def test_a_folder_that_cannot_be_written_is_told_and_leaves_no_row(audio: Given) -> None:
    audio.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(SpeechError, match="could not be kept"):
        audio.cache.clip("kawa")
    assert audio.rows == {}


@pytest.mark.parametrize("left", [0, 44, 1000])
def test_a_truncated_file_is_made_again(audio: Given, left: int) -> None:
    path, clip = audio.cache.clip("kawa")
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    assert audio.cache.clip("kawa") == (path, clip)
    assert path.read_bytes() == whole
    assert len(audio.rows) == 1


def test_a_file_that_has_gone_is_made_again(audio: Given) -> None:
    path, _ = audio.cache.clip("kawa")
    path.unlink()
    assert audio.cache.clip("kawa")[0].is_file()
    assert len(audio.voice.asked) == 2


def test_where_two_make_one_clip_at_once_both_can_play_it(audio: Given) -> None:
    other = AudioCache(audio.folder, audio.rows, QuietVoice())
    audio.voice.meanwhile = lambda: other.clip("kawa")
    path, clip = audio.cache.clip("kawa")
    assert path.stat().st_size == clip.bytes
    assert other.clip("kawa")[0] == path
    assert len(audio.files) == 1


def test_no_partial_file_is_left_beside_the_clips(audio: Given) -> None:
    clips = [audio.cache.clip(text)[0] for text in ("kawa", "herbata", "kawa")]
    assert sorted(set(clips)) == sorted(audio.files)
    assert all(one != other for one, other in pairwise(clips))
