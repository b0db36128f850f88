"""Claim: judging a phrase takes hardly longer than hearing it, and slips are told from what is right.

    python -m benchmarks.speech               beside faster-whisper alone, with the same model
    python -m benchmarks.speech --failures    and each clip that was judged wrongly
    python -m benchmarks.speech --count 60    so many clips of each kind (6 kinds)

Prints one JSON object. Each ratio is ours / peer: below 1 is better. The peer is `WhisperModel.transcribe` of
the same clips, the decoding of the file included, with the same model and options (`evaluate`: beam 1;
`evaluate_default_beam`: beam 5, faster-whisper's default). Ours also finds where speech is, evens it, forces
the expected text onto it and compares phones. A ratio is the median, over clips, of ours by the peer's on the
same clip, taken in turn in one process; `evaluate_<kind>` are those of one kind alone. `peak_memory` and
`first_result` are measured in processes of their own. `first_result_ms` is from no model to the first result,
`first_result_loaded_ms` from a model just loaded, `warm_ms` that of each later result.

`quality`: `correct_pass` of right renders, in the voice that the model knows best and in others; `noise_pass`
of those with white noise 10 dB below the speech, `noise_never_against`: passed, or not graded. Of a word
replaced or left out `wrong_caught` (not passed) and `wrong_located` (the changed word is the one pointed at).
`minimal_pairs_ordered`: with one sound replaced the total is below that of the right render in the same
voice. `misses` lists what is not as it should be. The clips are those of benchmarks/renders.py and the model
is the one for tests, which understands one synthesizer only: `quality` says how the method does on synthetic
speech, and nothing of people.
"""

from __future__ import annotations

import argparse
import io
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles
from time import perf_counter
from typing import Any

from benchmarks.fresh import Figures, in_fresh_process, medians, peak_rss_mb, rounded
from benchmarks.renders import Render, renders
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator, Hearing, SpeechResult
from tutor.speech.whisper import Whisper

MODEL = Path(__file__).parent.parent / "tests" / "fixtures" / "whisper-pl"
SEED = 2026
COUNT, TIMED = 60, 12
"""Clips of each kind: those that are judged, and those of them that are timed."""
FRESH_RUNS = 3

SLOWEST = {"evaluate": 1.15}
WANTED = {
    "correct_pass": 0.98, "noise_pass": 0.98, "noise_never_against": 1.0, "wrong_caught": 0.98,
    "wrong_located": 0.95, "minimal_pairs_ordered": 0.90,
}  # fmt: skip

_SAME = {
    "language": "pl", "temperature": 0.0, "without_timestamps": True, "condition_on_previous_text": False,
    "suppress_tokens": [], "suppress_blank": False, "max_new_tokens": 90,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A clip, how it was judged, and how the right render in its voice was."""

    render: Render
    result: SpeechResult
    right: SpeechResult | None = None

    @property
    def against(self) -> bool:
        """Whether it would count against who spoke."""
        return self.result.hearing is Hearing.HEARD and not self.result.passed

    @property
    def located(self) -> bool:
        """Whether the changed word is the one that is pointed at."""
        return self.result.worst == self.render.place

    @property
    def ordered(self) -> bool:
        """Whether the right render got more."""
        return self.right is not None and self.result.total < self.right.total


def evaluator(model: Path) -> Evaluator:
    """Ours."""
    return Evaluator(Whisper(model), Espeak())


def bare(model: Path) -> Callable[[bytes, int], str]:
    """The peer: a file and a beam in, text out."""
    from faster_whisper import WhisperModel

    loaded = WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)

    def hear(wav: bytes, beam: int = 1) -> str:
        segments, _info = loaded.transcribe(io.BytesIO(wav), beam_size=beam, **_SAME)
        return " ".join(segment.text for segment in segments)

    return hear


def judged(clips: Sequence[Render], model: Path) -> list[Judged]:
    """Each clip, judged."""
    ours = evaluator(model)
    found = []
    for clip in clips:
        right = None
        if clip.kind == "slip":
            right = ours.evaluate(Espeak(clip.voice).synthesize(clip.expected), clip.expected)
        found.append(Judged(clip, ours.evaluate(clip.wav, clip.expected), right))
    return found


def quality(found: Sequence[Judged]) -> Figures:
    """What share of the clips was judged as it should be."""
    kinds: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in found:
        kinds[one.render.kind].append(one)
    right = kinds["correct"] + kinds["other voice"]
    wrong = kinds["wrong word"] + kinds["missing word"]
    return {
        "correct_pass": fmean(one.result.passed for one in right),
        "noise_pass": fmean(one.result.passed for one in kinds["noise"]),
        "noise_never_against": fmean(not one.against for one in kinds["noise"]),
        "wrong_caught": fmean(not one.result.passed for one in wrong),
        "wrong_located": fmean(one.located for one in wrong),
        "minimal_pairs_ordered": fmean(one.ordered for one in kinds["slip"]),
    }


def failures(found: Sequence[Judged]) -> list[dict[str, Any]]:
    """The clips that were judged wrongly, and how."""
    told = []
    for one in found:
        match one.render.kind:
            case "correct" | "other voice":
                faults = [] if one.result.passed else ["not passed"]
            case "noise":
                faults = ["counts against"] if one.against else []
            case "slip":
                faults = [] if one.ordered else ["not below the right render"]
            case _:
                faults = ["passed"] * one.result.passed + ["not located"] * (not one.located)
        if faults:
            told.append({
                "kind": one.render.kind, "fault": ", ".join(faults), "voice": one.render.voice,
                "expected": one.render.expected, "said": one.render.said, "heard": one.result.heard,
                "hearing": one.result.hearing, "total": one.result.total,
                "words": {word.text: word.score for word in one.result.words},
            })  # fmt: skip
    return told


def speed(clips: Sequence[Render], model: Path) -> tuple[Figures, Figures, Figures]:
    """Ours, the peer's, and the ratios, on the same clips in turn."""
    ours, peer = evaluator(model), bare(model)
    ways: dict[str, Callable[[Render], object]] = {
        "ours": lambda clip: ours.evaluate(clip.wav, clip.expected),
        "beam 1": lambda clip: peer(clip.wav, 1),
        "beam 5": lambda clip: peer(clip.wav, 5),
    }
    for way in ways.values():
        way(clips[0])
    times: defaultdict[str, list[float]] = defaultdict(list)
    for number, clip in enumerate(clips):
        # None is always the first, which finds the caches cold.
        order = list(ways)
        order = order[number % 3 :] + order[: number % 3]
        for name in order:
            begun = perf_counter()
            ways[name](clip)
            times[name].append((perf_counter() - begun) * 1000)
    ratios = [a / b for a, b in zip(times["ours"], times["beam 1"], strict=True)]
    default = [a / b for a, b in zip(times["ours"], times["beam 5"], strict=True)]
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for clip, ratio in zip(clips, ratios, strict=True):
        by_kind[clip.kind].append(ratio)
    return (
        {"evaluate_ms": median(times["ours"]), "evaluate_p95_ms": quantiles(times["ours"], n=20)[18]},
        {"evaluate_ms": median(times["beam 1"]), "evaluate_default_beam_ms": median(times["beam 5"])},
        {
            "evaluate": median(ratios), "evaluate_default_beam": median(default),
            **{f"evaluate_{kind.replace(' ', '_')}": median(found) for kind, found in by_kind.items()},
        },
    )  # fmt: skip


def alone(clips: Sequence[Render], model: Path, peer: bool) -> Figures:
    """In a process of its own: from nothing loaded to the first result, the next ones, and memory."""
    begun = perf_counter()
    if peer:
        hear = bare(model)
        loaded = perf_counter()
        hear(clips[0].wav, 1)
    else:
        ours = evaluator(model)
        ours.transcriber.load()
        loaded = perf_counter()
        ours.evaluate(clips[0].wav, clips[0].expected)
    first = perf_counter()
    warm = []
    for clip in clips[1:]:
        at = perf_counter()
        if peer:
            hear(clip.wav, 1)
        else:
            ours.evaluate(clip.wav, clip.expected)
        warm.append((perf_counter() - at) * 1000)
    return {
        "first_result_ms": (first - begun) * 1000, "first_result_loaded_ms": (first - loaded) * 1000,
        "warm_ms": median(warm), "peak_memory_mb": peak_rss_mb(),
    }  # fmt: skip


def measured(count: int, model: Path, show_failures: bool) -> dict[str, Any]:
    """Everything."""
    phrases, words = ((MODEL / name).read_text("utf-8").split("\n") for name in ("phrases.txt", "words.txt"))
    clips = list(renders([p for p in phrases if p], [w for w in words if w], SEED, count))
    timed = clips[: TIMED * len({clip.kind for clip in clips})]
    ours, peer, ratios = in_fresh_process(speed, timed, model)
    fresh: dict[bool, list[Figures]] = {False: [], True: []}
    for _run in range(FRESH_RUNS):
        for who, runs in fresh.items():
            runs.append(in_fresh_process(alone, timed, model, who))
    ours |= medians(fresh[False])
    peer |= medians(fresh[True])
    ratios["peak_memory"] = ours["peak_memory_mb"] / peer["peak_memory_mb"]
    ratios["first_result"] = ours["first_result_ms"] / peer["first_result_ms"]
    found = judged(clips, model)
    good = quality(found)
    told = {
        "ours": ours, "peer": peer, "ratios": ratios, "quality": good, "model": model.name,
        "clips": {"judged": len(clips), "timed": len(timed)}, "misses": misses(ratios, good),
    }  # fmt: skip
    return told | ({"failures": failures(found)} if show_failures else {})


def misses(ratios: Figures, good: Figures) -> dict[str, str]:
    """What is not as it should be."""
    slow = {
        name: f"{ratios[name]:.3f}, not <= {most}" for name, most in SLOWEST.items() if ratios[name] > most
    }
    bad = {name: f"{good[name]:.3f}, not >= {least}" for name, least in WANTED.items() if good[name] < least}
    return slow | bad


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    told = measured(options.count, options.model, options.failures)
    print(json.dumps(rounded(told), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
