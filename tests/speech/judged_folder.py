"""Folders of judged clips in the layout of speechocean762, made of what voices say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.renders import renders
from speech.clips import MODEL
from tutor.speech.espeak import Espeak

GIVEN = {"slip": 5.0, "wrong word": 1.0, "missing word": 0.0}
"""What judges give the word that is not as it should be."""


def row(name: str, text: str, total: float = 9.0, **more: Any) -> dict[str, Any]:
    """A line about a clip whose words are all good."""
    words = [{"text": word, "accuracy": [9.0, 10.0]} for word in text.split()]
    return {"id": name, "speaker": "SPEAKER1", "text": text, "total": [total] * 5, "words": words} | more


def write(folder: Path, rows: Iterable[dict[str, Any]], clips: bool = True) -> Path:
    """The scores and, for each, a clip that says its text; all of them the same where that is enough."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = list(rows)
    sound = Espeak().synthesize("dziękuję")
    for line in lines if clips else ():
        (folder / f"{line['id']}.WAV").write_bytes(sound)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "scores.jsonl").write_text(text, encoding="utf-8")
    return folder


def judged_folder(folder: Path, seed: int, count: int) -> Path:
    """Renders, right and wrong, scored by five judges who know what is wrong with each."""
    phrases, words = ((MODEL / name).read_text("utf-8").split() if name == "words.txt" else
                      [line for line in (MODEL / name).read_text("utf-8").split("\n") if line]
                      for name in ("phrases.txt", "words.txt"))  # fmt: skip
    random = Random(seed)
    lines = []
    folder.mkdir(parents=True)
    for number, clip in enumerate(renders(phrases, words, seed, count)):

        def judges(score: float) -> list[float]:
            return [min(10.0, max(0.0, score + random.choice([-1, 0, 0, 1]))) for _judge in range(5)]

        texts = clip.expected.split()
        given = [GIVEN.get(clip.kind, 10.0) if n == clip.place else 10.0 for n in range(len(texts))]
        lines.append({
            "id": f"{number:06}", "speaker": f"SPEAKER{number % 8}", "text": clip.expected,
            "total": judges(sum(given) / len(given)),
            "words": [{"text": text, "accuracy": judges(score), "stress": [10] * 5, "phones": []}
                      for text, score in zip(texts, given, strict=True)],
        })  # fmt: skip
        (folder / f"{number:06}.WAV").write_bytes(clip.wav)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "scores.jsonl").write_text(text, encoding="utf-8")
    return folder
