"""Two processes practise on one folder at once: both keep every accepted answer."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers import START, assert_projections_are_folds, finish, open_tutor, practising, right

from tutor.clock import ManualClock
from tutor.store import backup


@pytest.mark.parametrize("seed", range(2))
def test_every_accepted_answer_of_both_is_kept(tmp_path: Path, courses: Path, seed: int) -> None:
    folder = tmp_path / "data"
    # The folder is made first: which of the two makes the file is another test's question.
    open_tutor(folder, courses).close()
    both = [practising(folder, courses, 10 * seed + number, 150) for number in range(2)]
    told: list[list[dict[str, Any]]] = [[], []]

    def listen(number: int) -> None:
        stream = both[number].stdout
        assert stream
        told[number] += [json.loads(line) for line in stream]

    threads = [threading.Thread(target=listen, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    for process in both:
        assert process.stderr
        complaint = process.stderr.read()
        assert process.wait(timeout=30) == 0, complaint
        process.stderr.close()
    assert [len(one) for one in told] == [150, 150]
    with open_tutor(folder, courses, ManualClock(START + timedelta(days=200))) as tutor:
        raw = tutor.database.raw
        assert backup.health(raw).problems == ()
        kinds = {"answer": "answer", "was right": "answer", "know": "seed"}
        accepted = Counter(
            (kinds[one["op"]], one["item"], one["track"], one.get("rating"))
            for one in (*told[0], *told[1])
            if one["op"] in kinds
        )
        assert Counter(raw.execute("SELECT kind, item, track, rating FROM review").fetchall()) == accepted
        undone = sum(one["op"] in ("undo", "was right") for one in (*told[0], *told[1]))
        # A meeting that is undone leaves no row.
        assert 0 < raw.execute("SELECT count(*) FROM undo").fetchone()[0] <= undone
        assert_projections_are_folds(tutor)


@pytest.mark.parametrize("seed", range(2))
def test_two_processes_may_start_at_once_in_an_empty_folder(tmp_path: Path, courses: Path, seed: int) -> None:
    folder = tmp_path / "data"
    both = [practising(folder, courses, 10 * seed + number, 5) for number in range(2)]
    said = [process.communicate(timeout=60) for process in both]
    ended = [process.returncode for process in both]
    for (_, complaint), code in zip(said, ended, strict=True):
        # The one that comes second may be told to wait; nothing else may happen to it.
        assert code == 0 or "DatabaseBusy" in complaint, complaint
    assert 0 in ended
    with open_tutor(folder, courses, ManualClock(START + timedelta(days=9))) as tutor:
        assert tutor.database.raw.execute("SELECT count(*) FROM learner").fetchone() == (1,)
        assert tutor.database.raw.execute("SELECT count(*) FROM device").fetchone() == (1,)
        assert_projections_are_folds(tutor)


def test_a_session_in_one_process_goes_on_while_another_begins_its_own(used: Path, courses: Path) -> None:
    with open_tutor(used, courses) as one, open_tutor(used, courses) as two:
        first = one.start("visual", 8, seed=1)
        drill = first.next()
        assert drill
        right(first, drill)
        second = two.start("audio", 6, seed=2)
        rest = finish(first)
        assert rest
        assert finish(second)
        assert_projections_are_folds(one)
        assert one.stats() == two.stats()
        assert one.due() == two.due()
