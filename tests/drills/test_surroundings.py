"""Which sentences suit, and which can be shown at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.item import Item, ItemKind, Sentence
from tutor.drills.surroundings import LONGEST, Candidate, fittest, is_vouched_for

from .items import DZIEN_DOBRY, KAWA, sentence, word

candidates = st.lists(
    st.builds(
        Candidate,
        sentence=st.integers(0, 10**6).map(lambda n: sentence(f"To {{jest}} {n}.")),
        unknown=st.integers(0, 4),
        seen=st.booleans(),
        held=st.integers(0, 3),
        closeness=st.floats(-1, 1),
    ),
    max_size=12,
    unique_by=lambda one: one.sentence.id,
)


@given(candidates)
def test_what_was_shown_lately_and_what_is_too_hard_comes_only_where_nothing_else_is(
    found: list[Candidate],
) -> None:
    chosen = {one.id for one in fittest(found)}
    assert bool(chosen) is bool(found)
    taken = [one for one in found if one.sentence.id in chosen]
    left = [one for one in found if one.sentence.id not in chosen]
    fresh = [one for one in found if not one.seen]
    if fresh:
        assert not any(one.seen for one in taken)
    among = fresh or found
    easiest = min((max(one.unknown, 1) for one in among), default=0)
    assert all(max(one.unknown, 1) == easiest for one in taken)
    # The better half: none that was left holds more words of the company than one that was taken.
    rivals = [one for one in left if one in among and max(one.unknown, 1) == easiest]
    assert len(taken) - len(rivals) in (0, 1)
    assert min((one.held for one in taken), default=0) >= max((one.held for one in rivals), default=0)


def test_of_sentences_as_good_the_short_and_then_the_near_come_first() -> None:
    long = sentence("{To} " + "bardzo " * LONGEST + "długie.")
    far, near = sentence("{To} daleko."), sentence("{To} blisko.")
    found = fittest(
        [
            Candidate(long, 0, seen=False, closeness=0.9),
            Candidate(far, 1, seen=False, closeness=0.1),
            Candidate(near, 0, seen=False, closeness=0.5),
        ]
    )
    assert found == (near, far)


@pytest.mark.parametrize(
    ("item", "shown", "vouched"),
    [
        (KAWA, KAWA.sentences[0], True),
        (KAWA, sentence("Piję {kawie}.", form="acc.sg"), False),
        (KAWA, sentence("Piję {kawę}.", form="nom.sg"), False),
        (KAWA, sentence("Piję {kawę}."), True),
        (KAWA, sentence("Piję {}kawę."), False),
        (DZIEN_DOBRY, DZIEN_DOBRY.sentences[0], True),
        (DZIEN_DOBRY, sentence("Dzień {dobrego}!"), False),
        (word("tu", "here", pos="adverb", accept=("tutaj",)), sentence("Jest {tutaj}."), True),
        (word("tu", "here", pos="adverb"), sentence("Jest {tam}."), False),
        (
            word("bać się", "to be afraid", pos="verb", forms={"prs.1sg": ("boję się",)}),
            sentence("{Boję} się psa.", form="prs.1sg"),
            True,
        ),
    ],
)
def test_a_gap_holds_a_form_that_the_table_has(item: Item, shown: Sentence, vouched: bool) -> None:
    assert is_vouched_for(item, shown) is vouched


def test_every_sentence_of_the_course_is_vouched_for(starter_items: list[Item]) -> None:
    shown = [(item, one) for item in starter_items for one in item.sentences]
    assert len(shown) > 1500
    assert [one.text for item, one in shown if not is_vouched_for(item, one)] == []
    assert {item.kind for item, _ in shown} == {*ItemKind}
