"""Make `assets/words/*.txt`: words that people use, so that no slip is forgiven that spells another word.

    python -m tools.common_words PAIRS

PAIRS is a file of Polish and English sentences, one pair a line with a tab between them, such as the
sentence pairs of Tatoeba (CC BY 2.0 FR), from which the lists here were counted. A word that stands only
with a capital within a sentence is a name and is left out; so is what is shorter than three letters.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from tutor.resources import ASSETS

LANGUAGES = ("pl", "en")
SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")


def words_in(text: str) -> set[str]:
    """The words of a sentence in small letters, without its names."""
    found = _WORD.findall(text)
    return {
        word.lower()
        for place, word in enumerate(found)
        if len(word) >= SHORTEST and (word.islower() or place == 0)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pairs", type=Path)
    lines = parser.parse_args().pairs.read_text(encoding="utf-8").strip().split("\n")
    for column, language in enumerate(LANGUAGES):
        words = set[str]().union(*(words_in(line.split("\t")[column]) for line in lines))
        file = ASSETS / "words" / f"{language}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
