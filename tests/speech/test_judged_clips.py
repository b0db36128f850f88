"""A folder of judged clips is read as it is written, and what is wrong in it is told with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from speech.clips import MODEL
from speech.judged_folder import row, write
from tutor.errors import RecordingUnreadable, UsageError
from tutor.long_work import Progress
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator
from tutor.speech.judged_clips import listened_to, read_judged
from tutor.speech.whisper import Whisper


def test_scores_are_means_of_the_judges_from_0_to_100(tmp_path: Path) -> None:
    words = [{"text": "dzień", "accuracy": [10, 7.0]}, {"text": "dobry", "accuracy": 4}]
    line = row("a", "Dzień dobry!", total=7.0, words=words)
    (clip,) = read_judged(write(tmp_path, [line]))
    assert clip.words == (85.0, 40.0)
    assert clip.total == pytest.approx(70)
    assert (clip.text, clip.speaker, clip.path) == ("Dzień dobry!", "SPEAKER1", tmp_path / "a.WAV")


def test_clips_without_a_speaker_count_as_one_persons_each(tmp_path: Path) -> None:
    lines = [row(name, "dziękuję") | {"speaker": None} for name in ("a", "b")]
    assert len({clip.speaker for clip in read_judged(write(tmp_path, lines))}) == 2


def test_the_real_layout_is_read_whole(shared: Path) -> None:
    folder = shared / "data" / "speech" / "speechocean762"
    if not folder.is_dir():
        pytest.skip("speechocean762 is not among the real material")
    clips = read_judged(folder)
    assert len(clips) == 100
    assert all(clip.path.is_file() and 0 <= clip.total <= 100 for clip in clips)
    assert sum(len(clip.words) for clip in clips) == 611
    assert len({clip.speaker for clip in clips}) > 5


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"total": 11}, "`total` must be a number from 0 to 10"),
        ({"total": []}, "`total` must be"),
        ({"total": [True]}, "`total` must be"),
        ({"total": float("nan")}, "`total` must be"),
        ({"text": ""}, "`text` must be a text"),
        ({"id": 7}, "`id` must be a text"),
        ({"words": "dziękuję"}, "`words` must be a list"),
        ({"words": []}, "as many as the words"),
        ({"words": [{"text": "dziękuję"}]}, "`accuracy` must be"),
        ({"id": "a"}, "the clip a was judged above"),
    ],
)
def test_a_wrong_line_is_told_with_its_file_and_number(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    write(tmp_path, [row("a", "dziękuję"), row("b", "dziękuję") | change])
    with pytest.raises(UsageError) as raised:
        read_judged(tmp_path)
    assert raised.value.message.startswith(f"{tmp_path / 'scores.jsonl'}:2: ")
    assert told in raised.value.message


@pytest.mark.parametrize("line", ["{", "[1]", "null", '{"id": "b"'])
def test_a_line_that_is_no_object_is_told(tmp_path: Path, line: str) -> None:
    scores = write(tmp_path, [row("a", "dziękuję")]) / "scores.jsonl"
    scores.write_text(scores.read_text("utf-8") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"scores\.jsonl:3: "):
        read_judged(tmp_path)


def test_missing_clips_are_told_before_anything_is_listened_to(tmp_path: Path) -> None:
    write(tmp_path, [row(name, "dziękuję") for name in ("a", "../b", "c")])
    (tmp_path / "c.WAV").unlink()
    with pytest.raises(UsageError, match=r"2 recordings are missing .* \.\./b \(scores\.jsonl:2\)"):
        read_judged(tmp_path)


def test_a_folder_without_scores_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"scores\.jsonl cannot be read"):
        read_judged(tmp_path)
    (tmp_path / "scores.jsonl").write_bytes(b"\xff\xfe{")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_judged(tmp_path)


def test_clips_in_which_nobody_is_heard_are_left_out_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    write(tmp_path, [row(name, "dziękuję") for name in ("heard", "silent", "broken")])
    (tmp_path / "silent.WAV").write_bytes(_silence())
    clips = read_judged(tmp_path)
    evaluator = Evaluator(Whisper(MODEL), Espeak())
    progress: list[Progress] = []
    judged, left_out = listened_to(clips[:2], evaluator, progress.append)
    assert ([one.speaker for one in judged], left_out) == (["SPEAKER1"], 1)
    assert judged[0].words == (95.0,)
    assert [one.done for one in progress] == [0, 1]
    (tmp_path / "broken.WAV").write_bytes(b"no sound")
    with pytest.raises(RecordingUnreadable, match=r"broken\.WAV: This is no recording"):
        listened_to(clips, evaluator)


def _silence() -> bytes:
    from tutor.speech.wav import as_wav

    return as_wav(bytes(2 * 16_000), 16_000)
