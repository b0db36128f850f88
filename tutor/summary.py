"""How a session went, from the steps it kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tutor.drills.feedback import Verdict
from tutor.memory.queue import StepKind
from tutor.motivation.stats import ABOUT_AN_ANSWER_MS, LONGEST_ANSWER_MS
from tutor.outcome import Look, Summary, Today


def summarise(steps: Sequence[dict[str, Any]], today: Today) -> Summary:
    """Counts, minutes, and each item that was not right at first, with why."""
    answered = [step for step in steps if step["kind"] == StepKind.ANSWERED]
    met = [step for step in steps if step["kind"] in (StepKind.SEEN, StepKind.KNOWN) and step["item"]]
    looks = {
        step["item"]: Look(step["text"], step["reason"], step["text"])
        for step in answered
        if step["verdict"] != Verdict.GOOD
    }
    spent = sum(min(step["ms"] or 0, LONGEST_ANSWER_MS) + ABOUT_AN_ANSWER_MS for step in answered)
    return Summary(
        answers=len(answered),
        met=len(met),
        verdicts={verdict: sum(step["verdict"] == verdict for step in answered) for verdict in Verdict},
        minutes=max(1, round(spent / 60_000)) if answered else 0,
        goal=any(step.get("goal") for step in answered),
        looks=tuple(looks.values()),
        today=today,
    )
