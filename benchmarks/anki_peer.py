"""Anki, measured as a peer: the words, cards and reviews of one of our files, and the same figures over them.

Run by `benchmarks.practice --peer anki` with the Python of Anki's own virtual environment. Anki is AGPL:
it stays in a process of its own, and nothing here is imported by ours. Each command prints one JSON object.

    python anki_peer.py build FOLDER TUTOR_DB NOW     FSRS on, default parameters, no daily limits
    python anki_peer.py open FOLDER
    python anki_peer.py answer FOLDER COUNT
    python anki_peer.py search FOLDER QUERIES         a JSON list
    python anki_peer.py check FOLDER
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles
from typing import Any

from anki.collection import Card, Collection
from anki.deck_config_pb2 import UpdateDeckConfigsRequest
from anki.scheduler.v3 import CardAnswer

DECK = 1
FIELDS = ("Polish", "English", "Forms", "Sentence", "Translation", "Listen", "Use")
TEMPLATES = (
    ("Read", "{{Polish}}", "{{English}}"),
    ("Listen", "{{#Listen}}{{Polish}} (listen){{/Listen}}", "{{English}}"),
    ("Use", "{{#Use}}{{Sentence}}{{/Use}}", "{{Polish}}"),
)
TRACKS = ("visual", "audio", "context")
YEARS_BACK = 8
WRONG_SHARE = 0.1
NO_LIMIT = 9999


def collection(folder: Path) -> Collection:
    """The collection in a folder, open."""
    return Collection(str(folder / "collection.anki2"))


# Building.


def build(folder: Path, tutor_db: Path, now: datetime) -> dict[str, float]:
    """Write the same words, cards and reviews; days are moved so that our `now` is Anki's today."""
    folder.mkdir(parents=True)
    col = collection(folder)
    notetype = _notetype(col)
    col.db.execute("UPDATE col SET crt = crt - ?", YEARS_BACK * 365 * 86400)
    col.close()
    col = collection(folder)
    today_there = col.sched.today
    col.close()
    shift_ms = round((time.time() - now.timestamp()) / 86400) * 86_400_000
    with (
        closing(sqlite3.connect(f"file:{tutor_db}?mode=ro", uri=True)) as ours,
        closing(sqlite3.connect(folder / "collection.anki2")) as theirs,
        theirs,
    ):
        notes = _write_notes(theirs, ours, notetype)
        cards = _write_cards(theirs, ours, notes, now.date(), today_there)
        reviews = _write_reviews(theirs, ours, cards, shift_ms)
    col = collection(folder)
    _switch_fsrs_on(col)
    # Once before it is measured, as a collection in use has had it.
    col.fix_integrity()
    due = sum(col.sched.counts())
    with_memory = col.db.scalar("SELECT count() FROM cards WHERE data LIKE '%\"s\":%'")
    col.close()
    return {"cards": len(cards), "reviews": reviews, "due": due, "cards_with_fsrs_memory": with_memory}


def _notetype(col: Collection) -> int:
    made = col.models.new("Word")
    for name in FIELDS:
        col.models.add_field(made, col.models.new_field(name))
    for name, front, back in TEMPLATES:
        template = col.models.new_template(name)
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(made, template)
    return int(col.models.add_dict(made).id)


def _write_notes(theirs: sqlite3.Connection, ours: sqlite3.Connection, notetype: int) -> dict[str, int]:
    tracks: dict[str, set[str]] = {}
    for item, track in ours.execute("SELECT item, track FROM user_progress"):
        tracks.setdefault(item, set()).add(track)
    base = int(time.time() * 1000) - len(tracks)
    ids = {item: base + number for number, item in enumerate(sorted(tracks))}
    rows = []
    for item, text, means, forms, sentence, translation in ours.execute(
        "SELECT item.id, item.text, means, forms, s.text, s.translation FROM item"
        " JOIN item_sentence AS i ON i.item = item.id AND i.position = 0"
        " JOIN sentence AS s ON s.id = i.sentence"
    ):
        if item in ids:
            every_form = " ".join(form for values in json.loads(forms).values() for form in values)
            marks = ["y" if track in tracks[item] else "" for track in TRACKS[1:]]
            fields = [text, ", ".join(json.loads(means)), every_form, sentence, translation, *marks]
            rows.append((ids[item], item[:10], notetype, base // 1000, -1, "", "\x1f".join(fields), text,
                         _checksum(text), 0, ""))  # fmt: skip
    theirs.executemany(f"INSERT INTO notes VALUES ({', '.join('?' * 11)})", rows)
    return ids


def _checksum(text: str) -> int:
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _write_cards(
    theirs: sqlite3.Connection, ours: sqlite3.Connection, notes: dict[str, int], today: date, today_there: int
) -> dict[tuple[str, str], int]:
    base = int(time.time() * 1000) - 3 * len(notes)
    ids: dict[tuple[str, str], int] = {}
    rows = []
    for item, track, due, last_day, reps, lapses in ours.execute(
        "SELECT item, track, due, last_day, reps, lapses FROM user_progress ORDER BY item, track"
    ):
        identity = ids[item, track] = base + len(ids)
        day = date.fromisoformat(due[:10])
        interval = max((day - date.fromisoformat(last_day)).days, 1)
        due_there = today_there + (day - today).days
        rows.append((identity, notes[item], DECK, TRACKS.index(track), base // 1000, -1, 2, 2, due_there,
                     interval, 2500, reps, lapses, 0, 0, 0, 0, "{}"))  # fmt: skip
    theirs.executemany(f"INSERT INTO cards VALUES ({', '.join('?' * 18)})", rows)
    return ids


def _write_reviews(
    theirs: sqlite3.Connection, ours: sqlite3.Connection, cards: dict[tuple[str, str], int], shift_ms: int
) -> int:
    last: dict[int, tuple[int, int]] = {}
    written = 0

    def rows() -> Iterator[tuple[int, ...]]:
        nonlocal written
        previous = 0
        for item, track, hlc, rating, taken in ours.execute(
            "SELECT item, track, hlc, rating, response_ms FROM review ORDER BY hlc"
        ):
            card = cards[item, track]
            identity = previous = max(int(hlc[:12], 16) + shift_ms, previous + 1)
            before, kind = last.get(card, (identity, 0))
            days = max((identity - before) // 86_400_000, 1)
            yield (identity, card, -1, rating, days, days, 2500, taken, kind)
            last[card] = (identity, 2 if rating == 1 and kind else 1 if kind or rating > 2 else 0)
            written += 1

    theirs.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    return written


def _switch_fsrs_on(col: Collection) -> None:
    """As the deck options screen does it: every card gets its memory state from the log."""
    found = col.decks.get_deck_configs_for_update(DECK)
    config = found.all_config[0].config
    config.config.reviews_per_day = config.config.new_per_day = NO_LIMIT
    col.decks.update_deck_configs(
        UpdateDeckConfigsRequest(target_deck_id=DECK, configs=[config], fsrs=True, fsrs_reschedule=False)
    )


# Measuring.


def opening(folder: Path) -> dict[str, float]:
    """Open the collection, then queue the first card; and once more in the same process."""
    open_ms, first_ms = _open_once(folder)
    warm_open_ms, warm_first_ms = _open_once(folder)
    return {
        "open_ms": open_ms, "first_drill_ms": first_ms, "open_and_first_drill_ms": open_ms + first_ms,
        "warm_open_ms": warm_open_ms, "warm_first_drill_ms": warm_first_ms,
        "warm_open_and_first_drill_ms": warm_open_ms + warm_first_ms,
    }  # fmt: skip


def _open_once(folder: Path) -> tuple[float, float]:
    begun = time.perf_counter()
    col = collection(folder)
    opened = time.perf_counter()
    queued = col.sched.get_queued_cards(fetch_limit=1)
    done = time.perf_counter()
    if not queued.cards:
        raise RuntimeError("nothing is due")
    col.close()
    return (opened - begun) * 1000, (done - opened) * 1000


def answer(folder: Path, count: int) -> dict[str, float]:
    """Fetch and answer so many cards, a tenth of them wrong."""
    rng, times = Random(3), []
    col = collection(folder)
    begun = time.perf_counter()
    while len(times) < count:
        at = time.perf_counter()
        queued = col.sched.get_queued_cards(fetch_limit=1)
        if not queued.cards:
            break
        card = Card(col, backend_card=queued.cards[0].card)
        card.start_timer()
        rating = CardAnswer.AGAIN if rng.random() < WRONG_SHARE else CardAnswer.GOOD
        col.sched.answer_card(col.sched.build_answer(card=card, states=queued.cards[0].states, rating=rating))
        times.append((time.perf_counter() - at) * 1000)
    whole = time.perf_counter() - begun
    rss = peak_rss_mb()
    col.close()
    return {
        "answer_p50_ms": median(times), "answer_p99_ms": quantiles(times, n=100)[98],
        "answers_per_s": len(times) / whole, "rss_mb": rss,
    }  # fmt: skip


def search(folder: Path, queries: list[str]) -> dict[str, float]:
    """Find cards by words."""
    col = collection(folder)
    times = []
    for _ in range(3):
        for query in queries:
            at = time.perf_counter()
            col.find_cards(query)
            times.append((time.perf_counter() - at) * 1000)
    col.close()
    return {"search_ms": fmean(times)}


def check(folder: Path) -> dict[str, float]:
    """Check database."""
    col = collection(folder)
    at = time.perf_counter()
    message, _ = col.fix_integrity()
    took = time.perf_counter() - at
    col.close()
    print(message, file=sys.stderr)
    return {"check_s": took}


def peak_rss_mb() -> float:
    """The most memory that this process has held, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not say how much memory was held")


def main(command: str, folder: str, *more: str) -> dict[str, Any]:
    """One command."""
    place = Path(folder)
    match command:
        case "build":
            return build(place, Path(more[0]), datetime.fromisoformat(more[1]))
        case "open":
            return opening(place)
        case "answer":
            return answer(place, int(more[0]))
        case "search":
            return search(place, json.loads(more[0]))
        case "check":
            return check(place)
    raise SystemExit(__doc__)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
