"""The Library: found, filtered, added to, changed, and put right again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import assert_projections_are_folds, finish, open_tutor, right

from tutor import library, resources, upkeep
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.library import Done, OwnItem, Wanted
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.store.tables import EDITABLE

HERBATNIK = OwnItem(
    "herbatnik", ("biscuit",), "noun", "tea's friend", (("Jem herbatnik.", "I eat a biscuit."),)
)


def ids(tutor: Tutor, **wanted: str) -> list[str]:
    return [row.id for row in library.find(tutor, Wanted(**wanted), limit=500).rows]


def texts(tutor: Tutor, **wanted: str) -> list[str]:
    return [row.text for row in library.find(tutor, Wanted(**wanted), limit=500).rows]


def state(tutor: Tutor) -> list[list[tuple[object, ...]]]:
    """What every editable table holds, but for when it was changed, and what is offered of it."""
    tables = [row.__tablename__ for row in EDITABLE]
    columns = {
        table: ", ".join(
            name
            for (name,) in tutor.database.raw.execute(f"SELECT name FROM pragma_table_info('{table}')")
            if name not in ("clocks", "clock", "deleted")
        )
        for table in tables
    }
    wanted = [
        *(f"SELECT {columns[table]} FROM {table} WHERE deleted IS NULL ORDER BY 1, 2" for table in
          ("item_state", "own_item", "item_tag")),
        "SELECT item, track, active FROM user_progress ORDER BY 1, 2",
        "SELECT item, track FROM opening ORDER BY 1, 2",
        "SELECT id FROM item ORDER BY 1",
    ]  # fmt: skip
    return [
        [row for row in tutor.database.raw.execute(one).fetchall() if not _is_blank(row)] for one in wanted
    ]


def _is_blank(row: tuple[object, ...]) -> bool:
    """A state that says nothing is as good as none."""
    return not any(row[2:]) and len(row) > 3


def test_a_query_finds_whatever_the_diacritics_and_counts_all_it_found(practising: Tutor) -> None:
    assert "herbata" in texts(practising, query="herb")
    library.add(practising, OwnItem("Łódź", ("a city",)))
    assert texts(practising, query="lodz") == texts(practising, query="ŁÓDŹ") == ["Łódź"]
    everything = library.find(practising, Wanted(), limit=3)
    assert len(everything.rows) == 3 < everything.total
    rest = library.find(practising, Wanted(), limit=500, offset=3)
    assert len({row.id for row in (*everything.rows, *rest.rows)}) == everything.total
    assert library.find(practising, Wanted(query="!?")).rows == ()


def test_each_standing_is_what_the_cards_say(practising: Tutor, clock: ManualClock) -> None:
    raw = practising.database.raw
    everything = set(ids(practising))
    opened = {item for (item,) in raw.execute("SELECT DISTINCT item FROM user_progress")}
    long = {i for (i,) in raw.execute(
        "SELECT item FROM user_progress WHERE track = 'visual' AND stability >= 21")}  # fmt: skip
    read = {i for (i,) in raw.execute("SELECT item FROM user_progress WHERE track = 'visual'")}
    assert set(ids(practising, standing="new")) == everything - opened
    assert set(ids(practising, standing="known")) == long
    assert set(ids(practising, standing="learning")) == read - long
    due = set(ids(practising, standing="due"))
    session = practising.start("mix", limit=500, seed=1)
    assert due == {entry.item for entry in session.plan.entries if entry.kind == "review"}
    assert ids(practising, standing="resting") == ids(practising, standing="own") == []
    with pytest.raises(UsageError, match="no standing"):
        ids(practising, standing="lost")


def test_filters_narrow_one_another(practising: Tutor) -> None:
    found = library.facets(practising)
    assert found.cefr == ("A1",)
    assert {"noun", "phrase"} <= set(found.pos)
    for pos in found.pos:
        rows = ids(practising, pos=pos)
        assert rows
        both = ids(practising, pos=pos, tag="things")
        assert set(both) == set(rows) & set(ids(practising, tag="things"))
    assert ids(practising, cefr="C2") == []


def test_a_word_of_ones_own_is_met_next_and_practised_like_any_other(
    practising: Tutor, clock: ManualClock
) -> None:
    identity = library.add(practising, HERBATNIK)
    assert texts(practising, query="biscuit") == ["herbatnik"]
    session = practising.start("mix", limit=20, seed=1)
    met = [entry.item for entry in session.plan.entries if entry.kind == "meeting"]
    assert met[0] == identity
    while drill := session.next():
        right(session, drill)
    told = library.page(practising, identity)
    assert [story.track for story in told.stories] == [Track.VISUAL]
    assert told.own == HERBATNIK
    assert told.item.sentences[0].target == "herbatnik"
    assert_projections_are_folds(practising)


def test_a_word_of_ones_own_travels_in_an_export(
    practising: Tutor, tmp_path: Path, courses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "COURSES", courses)
    identity = library.add(practising, HERBATNIK)
    gone = library.add(practising, OwnItem("błąd", ("mistake",)))
    library.delete(practising, [gone])
    library.tag(practising, [identity], "kitchen")
    finish(practising.start("mix", limit=6, seed=1))
    before = state(practising)
    with (tmp_path / "all.json").open("w", encoding="utf-8") as file:
        upkeep.export(practising.folder, file)
    upkeep.load(tmp_path / "there", tmp_path / "all.json")
    with open_tutor(tmp_path / "there", courses) as there:
        for theirs, ours in zip(state(there), before, strict=True):
            assert set(theirs) ^ set(ours) == set()
        assert library.page(there, identity).own == HERBATNIK
        assert texts(there, tag="kitchen") == ["herbatnik"]
        assert texts(there, query="mistake") == []


def test_an_own_word_is_changed_and_one_of_the_course_is_not(practising: Tutor) -> None:
    identity = library.add(practising, HERBATNIK)
    library.edit(practising, identity, HERBATNIK._replace(means=("cookie", "biscuit"), note=""))
    assert texts(practising, query="cookie") == ["herbatnik"]
    assert library.page(practising, identity).item.means == ("cookie", "biscuit")
    theirs = ids(practising, query="herbata")[0]
    with pytest.raises(UsageError, match="comes with the course"):
        library.edit(practising, theirs, HERBATNIK)


@pytest.mark.parametrize("nothing", [OwnItem("  ", ("x",)), OwnItem("słowo", ()), OwnItem("słowo", ("(!)",))])
def test_a_word_that_says_nothing_is_refused(practising: Tutor, nothing: OwnItem) -> None:
    before = state(practising)
    with pytest.raises(UsageError):
        library.add(practising, nothing)
    assert state(practising) == before


ALL_AT_ONCE: dict[str, Callable[[Tutor, list[str]], Done]] = {
    "rest": lambda tutor, some: library.suspend(tutor, some, rests=True),
    "know": lambda tutor, some: library.know(tutor, some, known=True),
    "tag": lambda tutor, some: library.tag(tutor, some, "  kitchen "),
}


@pytest.mark.parametrize("what", ALL_AT_ONCE)
def test_what_was_done_to_several_can_be_taken_back(practising: Tutor, what: str) -> None:
    some = ids(practising)[:7]
    # One of them is so already, and stays so when the rest is taken back.
    ALL_AT_ONCE[what](practising, some[:1])
    before = state(practising)
    done = ALL_AT_ONCE[what](practising, some)
    assert done.count == 6
    assert state(practising) != before
    done.take_back(practising)
    assert state(practising) == before
    assert_projections_are_folds(practising)


def test_own_words_are_deleted_with_a_way_back_and_those_of_the_course_are_not(practising: Tutor) -> None:
    own = [library.add(practising, HERBATNIK), library.add(practising, OwnItem("miód", ("honey",)))]
    finish(practising.start("mix", limit=8, seed=1))
    before = state(practising)
    with pytest.raises(UsageError, match="cannot be deleted"):
        library.delete(practising, [*own, ids(practising, query="herbata")[0]])
    assert state(practising) == before
    done = library.delete(practising, own)
    assert texts(practising, standing="own") == []
    with pytest.raises(UsageError, match="no such word"):
        library.page(practising, own[0])
    done.take_back(practising)
    assert state(practising) == before


def test_reset_begins_anew_and_keeps_every_answer(practising: Tutor) -> None:
    item = ids(practising, standing="due")[0]
    answers = practising.database.raw.execute("SELECT count(*) FROM review").fetchone()[0]
    tracks = len(library.page(practising, item).stories)
    library.reset(practising, item)
    assert library.page(practising, item).stories == ()
    assert item in ids(practising, standing="new")
    assert practising.database.raw.execute("SELECT count(*) FROM review").fetchone()[0] == answers + tracks
    assert_projections_are_folds(practising)
