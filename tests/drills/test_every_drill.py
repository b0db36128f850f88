"""What every drill on every item promises: those of the starter course, and made-up ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.dialogue import Turn
from tutor.course.item import Item, Note
from tutor.course.reading import LessonContent
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import mark_response
from tutor.drills.make import make
from tutor.drills.meeting import explanation, meeting
from tutor.drills.pieces import first_half
from tutor.memory.marking import Mark
from tutor.memory.tracks import MODES, Mode, Track
from tutor.store.items import POOL
from tutor.text import normal, normal_english
from tutor.ui.keys import PICKS

from .items import everything_apart, pools

STABILITIES = (0.0, 5.0, 16.0, 30.0)
LAPSES = (0, 4)


def drills(
    item: Item, neighbours: Sequence[Item], seed: str = "1", turns: Sequence[Turn] = ()
) -> Iterator[Drill]:
    """A drill of every mode, weak and strong."""
    for mode in Mode:
        for stability in STABILITIES:
            for lapses in LAPSES:
                yield make(
                    item, mode, neighbours, seed, stability=stability, lapses=lapses, apart=everything_apart,
                    turns=turns,
                )  # fmt: skip


def not_kept(drill: Drill) -> list[str]:
    """The promises that a drill does not keep."""
    assert drill.item
    assert drill.mode
    item, accepted = drill.item, drill.accepted
    clean = normal_english if drill.english else normal
    broken = []
    if not all(
        text.strip()
        for text in (drill.prompt, drill.answer, drill.task, drill.say, *accepted, *drill.options)
    ):
        broken.append("a text that is shown is blank")
    if not accepted or any(
        drill.ask is not Ask.CHOOSE and mark_response(drill, answer, never).mark is not Mark.EXACT
        for answer in accepted
    ):
        broken.append("an accepted answer is not right")
    if drill.track is not MODES[drill.mode].track:
        broken.append("its track is not that of its mode")
    if drill.ask is Ask.CHOOSE:
        right = [option for option in drill.options if mark_response(drill, option, never).mark is Mark.EXACT]
        if right != [drill.answer]:
            broken.append("not one option alone is right")
        wrong = {*drill.options} - {drill.answer}
        if {clean(option) for option in wrong} & {clean(answer) for answer in accepted}:
            broken.append("a wrong option is accepted")
        if len({clean(option) for option in drill.options}) != len(drill.options):
            broken.append("two options say the same")
        if drill.traps.keys() != (wrong if drill.english else set()):
            broken.append("a trap is not told")
    if drill.gap:
        if drill.gap.before + accepted[0] + drill.gap.after != drill.prompt:
            broken.append("the gap, filled rightly, is not the sentence")
        if drill.gap.base not in ("", item.text):
            broken.append("the gap's base form is not the item")
        if clean(drill.gap.base) in map(clean, accepted[:1]):
            broken.append("the base form that is shown is the answer")
        if not drill.translation.strip():
            broken.append("the sentence has no translation")
    if drill.ask is Ask.ORDER:
        wanted, given = normal(drill.answer).split(), normal(" ".join(drill.pieces)).split()
        if Counter(wanted) - Counter(given):
            broken.append("the pieces do not hold the answer")
        if not Counter(given) - Counter(wanted):
            broken.append("nothing is left over")
        half = [drill.pieces[piece] for piece in first_half(drill.pieces, accepted[0])]
        begun = normal(" ".join(half)).split()
        if (
            not begun
            or len(half) >= len(drill.pieces) - 1
            or normal(accepted[0]).split()[: len(begun)] != begun
        ):
            broken.append("the first half of the pieces does not begin the answer")
        if len(drill.pieces) > len(PICKS):
            broken.append("a piece has no key")
    elif len(drill.options) > 4:
        broken.append("an option has no key")
    to_repeat = drill.ask is Ask.SPEAK and drill.direction == "pl-pl"
    shown = drill.english or to_repeat or drill.direction == "pl-en" or drill.track is Track.AUDIO
    if drill.say_after is shown:
        broken.append("the answer is said beforehand, or the prompt is not")
    if drill.hint and drill.ask is Ask.TYPE:
        if not any(answer.startswith(drill.hint) for answer in accepted):
            broken.append("the hint is not how an answer begins")
        given_away = [
            answer for answer in map(clean, accepted) if f"{clean(drill.hint)} ".startswith(f"{answer} ")
        ]
        if any(len(answer) >= 2 for answer in given_away):
            broken.append("the hint is a whole answer")
    return broken


def never(word: str) -> bool:
    return False


def test_every_drill_on_the_starter_course_keeps_its_promises(starter_lessons: list[LessonContent]) -> None:
    seen = set()
    items = [item for content in starter_lessons for item in content.items]
    # As many neighbours as a session has, others for each item.
    around = cycle(items)
    for content in starter_lessons:
        turns = content.lesson.dialogue.turns if content.lesson.dialogue else ()
        for item in content.items:
            neighbours = list(islice(around, POOL))
            for drill in drills(item, neighbours, item.id, turns):
                assert not_kept(drill) == [], (item.text, drill.mode, drill.prompt)
                seen.add((drill.mode, drill.ask))
    assert {mode for mode, _ in seen} == set(Mode)
    assert {(Mode.AUDIO, Ask.CHOOSE), (Mode.AUDIO, Ask.TYPE)} <= seen


@given(pools(), st.integers())
def test_every_drill_on_any_item_keeps_its_promises(pool: list[Item], seed: int) -> None:
    for drill in drills(pool[0], pool, str(seed)):
        assert not_kept(drill) == []


@given(pools(), st.text(max_size=5), st.sampled_from(Mode), st.sampled_from(STABILITIES))
def test_the_same_seed_gives_the_same_drill(
    pool: list[Item], seed: str, mode: Mode, stability: float
) -> None:
    first, second = (
        make(pool[0], mode, pool, seed, stability=stability, lapses=4, apart=everything_apart)
        for _ in range(2)
    )
    assert first == second


def test_the_same_seed_gives_the_same_drill_in_the_starter_course(starter_items: list[Item]) -> None:
    for item in starter_items[:20]:
        assert [*drills(item, starter_items, "seed")] == [*drills(item, starter_items, "seed")]


def test_other_seeds_give_other_drills(starter_items: list[Item]) -> None:
    item = next(item for item in starter_items if len(item.sentences) > 1)
    for mode in (Mode.PHRASE, Mode.AUDIO, Mode.CONTEXT):
        made = {repr(make(item, mode, starter_items, str(seed))) for seed in range(30)}
        assert len(made) > 1


def test_every_item_and_note_of_the_starter_course_can_be_met(starter_lessons: list[LessonContent]) -> None:
    for content in starter_lessons:
        for drill in [*map(meeting, content.items), *map(explanation, content.lesson.notes)]:
            assert drill.meeting
            assert drill.prompt.strip()
            assert drill.answer.strip()
            assert drill.task.strip()


def test_show_me_the_rule_shows_the_note_that_the_sentence_names(
    starter_lessons: list[LessonContent],
) -> None:
    notes: dict[str, Note] = {note.key: note for content in starter_lessons for note in content.lesson.notes}
    shown = 0
    for content in starter_lessons:
        for item in content.items:
            drill = make(item, Mode.CONTEXT, [], "1", notes=notes)
            rule = (drill.sentence.rule if drill.sentence else "") or item.rule
            assert drill.note == notes.get(rule)
            shown += drill.note is not None
    assert shown


@pytest.mark.parametrize("mode", [Mode.RECALL, Mode.PHRASE])
def test_polish_that_is_shown_may_be_heard_at_once(mode: Mode, starter_items: list[Item]) -> None:
    for item in starter_items:
        drill = make(item, mode, starter_items, "1")
        assert (drill.say, drill.say_after) == (item.text, False)
