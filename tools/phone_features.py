"""Write assets/speech/phones.json: the articulatory features of the sounds that Polish and English use.

Takes panphon (features and weights: Mortensen et al. 2016, "PanPhon", COLING) and espeak-ng, whose way of
writing sounds it is. Run by hand after a change of either: `python -m tools.phone_features`. Phones need
neither: they read what this writes.
"""

from __future__ import annotations

import json

import panphon
import yaml

from tutor.resources import ASSETS, COURSES
from tutor.speech.espeak import Espeak
from tutor.speech.phones import split_phones

_WRITTEN = {"tʃ": "t͡ʃ", "dʒ": "d͡ʒ", "tɕ": "t͡ɕ", "dʑ": "d͡ʑ", "ts": "t͡s", "dz": "d͡z", "ɚ": "ə˞"}
"""How panphon writes what espeak-ng writes without a tie."""

_ENGLISH = (
    "The quick brown fox jumps over the lazy dog. She thought that treasure was a joy for years. "
    "Boys here care, sure. Measure the butter, a bird's nurse, hot water, church, judge, singing, why, yes."
)


def course_texts() -> list[str]:
    """Every Polish text of the course."""
    found: list[str] = []
    for path in sorted((COURSES / "pl-en" / "lessons").glob("*.yaml")):
        _gather(yaml.safe_load(path.read_text("utf-8")), found)
    return found


def _gather(value: object, found: list[str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "accept") and isinstance(inner, str):
                found.append(inner)
            else:
                _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)


def main() -> None:
    table = panphon.FeatureTable()
    phones: set[str] = set()
    for voice, texts in (("pl", course_texts()), ("en-us", [_ENGLISH]), ("en", [_ENGLISH])):
        speaker = Espeak(voice)
        for text in texts:
            phones.update(phone for group in split_phones(speaker.phones(text)) for phone in group)
    rows = {}
    for phone in sorted(phones):
        found = table.word_to_vector_list(_WRITTEN.get(phone, phone), numeric=True)
        if not found:
            raise SystemExit(f"panphon knows no features of {phone}")
        rows[phone] = found[-1]
    # panphon's list of weights ends before its last two features, tone, which neither language has.
    content = {"features": table.names[: len(table.weights)], "weights": table.weights,
               "phones": {phone: row[: len(table.weights)] for phone, row in rows.items()}}  # fmt: skip
    path = ASSETS / "speech" / "phones.json"
    lines = ",\n  ".join(
        f"{json.dumps(p, ensure_ascii=False)}: {json.dumps(r)}" for p, r in content["phones"].items()
    )
    head = {key: content[key] for key in ("features", "weights")}
    text = json.dumps(head, ensure_ascii=False)[:-1] + ',\n "phones": {\n  ' + lines + "}}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
