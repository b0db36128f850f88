"""Items and their sentences: load them, search them, find neighbours."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from tutor.course.item import Frame, Item, ItemKind, Note, Sentence
from tutor.store.database import driver
from tutor.text import normal, normal_english, without_diacritics

_ITEM = (
    "id, kind, text, means, course, lesson, level, position, pos, gender, animacy, aspect, ipa, rank, topic,"
    " note, accept, prompt, literal, who, rule, forms, collocations, nuances, number, partner,"
    " partner_forms, false_friend"
)
OPEN_TO_ALL = "NOT EXISTS (SELECT 1 FROM own_item AS o WHERE o.id = {item} AND o.learner <> {learner})"
"""Which items a learner may see: those of the course and their own, none that another learner wrote."""

POOL = 120
"""Neighbours that a session keeps at hand for wrong options."""


def load(connection: Connection, ids: Sequence[str], *, sentences: bool = True) -> dict[str, Item]:
    """Items by id, with their sentences or without; ids that are not here are left out."""
    marks = ", ".join("?" * len(ids))
    rows = driver(connection).execute(f"SELECT {_ITEM} FROM item WHERE id IN ({marks})", tuple(ids))
    found = _sentences(connection, ids) if sentences else {}
    return {row[0]: _item(row, found.get(row[0], ())) for row in rows}


def _sentences(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Sentence, ...]]:
    marks = ", ".join("?" * len(ids))
    rows = driver(connection).execute(
        'SELECT i.item, s.id, s.text, s.translation, i.start, i."end", i.form, i.because, i.rule,'
        " i.governor, i.accept, s.gloss, s.orders, s.groups, s.names, s.reply, s.reply_translation"
        " FROM item_sentence AS i JOIN sentence AS s ON s.id = i.sentence"
        f" WHERE i.item IN ({marks}) ORDER BY i.item, i.position",
        tuple(ids),
    )
    found: dict[str, tuple[Sentence, ...]] = {}
    for (
        item,
        identity,
        text,
        translation,
        start,
        end,
        form,
        because,
        rule,
        governor,
        *lists,
        reply,
        replied,
    ) in rows:
        accept, gloss, orders, groups, names = lists
        sentence = Sentence(
            identity, text, translation, start, end, form, because, rule, _list(accept),
            json.loads(gloss) if gloss != "{}" else {}, _list(orders), _list(groups), reply, replied,
            _list(names), governor,
        )  # fmt: skip
        found[item] = (*found.get(item, ()), sentence)
    return found


def _item(row: tuple[Any, ...], sentences: tuple[Sentence, ...]) -> Item:
    (identity, kind, text, means, course, lesson, level, position, pos, gender, animacy, aspect, ipa, rank,
     topic, note, accept, prompt, literal, who, rule, forms, collocations, nuances, number, partner,
     partner_forms, false_friend) = row  # fmt: skip
    return Item(
        id=identity, kind=ItemKind(kind), text=text, means=_list(means), course=course,
        lesson=lesson, level=level, position=position, pos=pos, gender=gender, animacy=animacy,
        aspect=aspect, ipa=ipa, rank=rank, topic=topic, note=note, accept=_list(accept),
        prompt=prompt, literal=literal, who=who, rule=rule,
        forms={label: tuple(values) for label, values in json.loads(forms).items()},
        collocations=_frames(collocations), nuances=_frames(nuances), sentences=sentences,
        number=number, partner=partner, partner_forms=_list(partner_forms), false_friend=false_friend,
    )  # fmt: skip


def _frames(stored: str) -> tuple[Frame, ...]:
    if stored == "[]":
        return ()
    return tuple(
        Frame(**{**frame, "wrong": tuple(frame["wrong"]), "accept": tuple(frame["accept"])})
        for frame in json.loads(stored)
    )


def _list(stored: str) -> tuple[str, ...]:
    """A stored list. Most are empty."""
    return tuple(json.loads(stored)) if stored != "[]" else ()


def pool(connection: Connection, learner: str, level: int) -> list[str]:
    """Ids of neighbours for wrong options: some that were met, then what comes around `level`."""
    met = connection.exec_driver_sql(
        "SELECT item FROM user_progress WHERE learner = ? AND active AND track = 'visual'"
        " ORDER BY due DESC LIMIT ?",
        (learner, POOL),
    )
    found = dict.fromkeys(item for (item,) in met)
    if len(found) < POOL:
        around = connection.exec_driver_sql(
            "SELECT id FROM item WHERE level >= ?"
            f" AND {OPEN_TO_ALL.format(item='item.id', learner='?')} ORDER BY level, position LIMIT ?",
            (max(level - 1, 0), learner, POOL - len(found)),
        )
        found.update(dict.fromkeys(item for (item,) in around))
    return list(found)


def is_taught(connection: Connection, learner: str, word: str, *, english: bool = False) -> bool:
    """Whether a word, as answers are compared, is a form of any item, or in English what one means."""
    found = driver(connection).execute(
        "SELECT 1 FROM item_form AS f WHERE english = ? AND form = ?"
        f" AND {OPEN_TO_ALL.format(item='f.item', learner='?')} LIMIT 1",
        (english, word, learner),
    )
    return bool(found.fetchone())


def inflected(connection: Connection, words: Collection[str]) -> list[str]:
    """The ids of the items of which one of these words, as answers are compared, is a form."""
    marks = ", ".join("?" * len(words))
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT item FROM item_form WHERE NOT english AND form IN ({marks}) ORDER BY item",
        tuple(words),
    )
    return [item for (item,) in rows]


def met_forms(connection: Connection, learner: str, words: Collection[str]) -> set[str]:
    """Those of the Polish words, as answers are compared, that are a form of something the learner met."""
    marks = ", ".join("?" * len(words))
    rows = driver(connection).execute(
        "SELECT DISTINCT f.form FROM item_form AS f CROSS JOIN user_progress AS p"
        f" ON p.learner = ? AND p.item = f.item AND p.track = 'visual' WHERE f.english = 0"
        f" AND f.form IN ({marks})",
        (learner, *words),
    )
    return {form for (form,) in rows}


def unmet_words(connection: Connection, learner: str, sentences: Iterable[Sentence]) -> dict[str, int]:
    """Of each sentence, by its id, how many of its words the learner has not met; names are known."""
    words = {one.id: {*normal(one.text).split()} - {*map(normal, one.names)} for one in sentences}
    every = set().union(*words.values())
    met = met_forms(connection, learner, every) if every else set()
    return {sentence: len(of - met) for sentence, of in words.items()}


def with_form(connection: Connection, form: str) -> list[str]:
    """Ids of the items that have a Polish word, as answers are compared, among their forms; words first."""
    rows = driver(connection).execute(
        "SELECT i.id FROM item_form AS f JOIN item AS i ON i.id = f.item WHERE f.english = 0 AND f.form = ?"
        " ORDER BY i.kind DESC, i.level, i.position",
        (form,),
    )
    return [identity for (identity,) in rows]


def phrases_with(connection: Connection, word: str) -> list[str]:
    """Ids of the phrases in which a word stands, the longest first."""
    rows = connection.exec_driver_sql(
        "SELECT i.id FROM item_search AS s JOIN item AS i ON i.id = s.item"
        " WHERE item_search MATCH ? AND i.kind = 'phrase' ORDER BY length(i.text) DESC, i.id",
        (f'text : "{without_diacritics(word)}"',),
    )
    return [identity for (identity,) in rows]


def at_place(connection: Connection, sentence: str, place: int) -> tuple[str, str] | None:
    """The word of the course that stands at a place of a sentence, with the label of its form there."""
    row = connection.exec_driver_sql(
        "SELECT s.item, s.form FROM item_sentence AS s JOIN item AS i ON i.id = s.item AND i.kind = 'word'"
        ' WHERE s.sentence = ? AND s.start <= ? AND ? < s."end" ORDER BY i.level, i.position LIMIT 1',
        (sentence, place, place),
    ).first()
    return (row[0], row[1]) if row else None


def taught_forms(item: Item) -> set[str]:
    """Every single word under which an item is known: its text, its synonyms, its forms."""
    texts = [item.text, *item.accept, *(form for forms in item.forms.values() for form in forms)]
    return {form for form in map(normal, texts) if form and " " not in form}


def taught_meanings(item: Item) -> set[str]:
    """Every single English word that an item means."""
    return {word for word in map(normal_english, item.means) if word and " " not in word}


def notes(connection: Connection) -> dict[str, Note]:
    """Every note by key."""
    rows = connection.exec_driver_sql(
        "SELECT key, title, text, lesson, sound, contrasts FROM note ORDER BY lesson, position"
    )
    return {
        key: Note(key, title, text, lesson, bool(sound), tuple(map(tuple, json.loads(contrasts))))
        for key, title, text, lesson, sound, contrasts in rows
    }


BEST_FIRST = "bm25(item_search, 0, 8, 4, 1)"
"""The order of what is found: a match in the text counts for most, then the meaning, then a form."""


def search(connection: Connection, learner: str, query: str, limit: int) -> list[Item]:
    """Items in which every word of `query` begins a word of the text, the meaning or a form.

    Diacritics matter neither in the query nor in the text. Best matches first.
    """
    sought = match(query)
    if not sought:
        return []
    rows = connection.exec_driver_sql(
        "SELECT item FROM item_search WHERE item_search MATCH ?"
        f" AND {OPEN_TO_ALL.format(item='item', learner='?')} ORDER BY {BEST_FIRST} LIMIT ?",
        (sought, learner, limit),
    ).fetchall()
    found = load(connection, [item for (item,) in rows])
    return [found[item] for (item,) in rows if item in found]


def match(query: str) -> str:
    """A query as FTS5 takes it: each of its words begins a word; empty where it has none."""
    words = without_diacritics(normal(query)).split()
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)


def index(connection: Connection, items: Iterable[Item]) -> None:
    """Put items into the search index and the table of forms, in place of what stood there."""
    for item in items:
        unindex(connection, item.id)
        forms = taught_forms(item)
        words = [(False, form) for form in forms] + [(True, word) for word in taught_meanings(item)]
        if words:
            connection.exec_driver_sql(
                "INSERT INTO item_form (english, form, item) VALUES (?, ?, ?)",
                [(english, word, item.id) for english, word in sorted(words)],
            )
        connection.exec_driver_sql(
            "INSERT INTO item_search (rowid, item, text, means, forms) VALUES (?, ?, ?, ?, ?)",
            (
                _search_row(item.id),
                item.id,
                _plain(item.text),
                _plain(" ".join(item.means)),
                _plain(" ".join(sorted(forms))),
            ),
        )


def unindex(connection: Connection, item: str) -> None:
    """Take an item out of the search index and the table of forms; its vector goes with them."""
    connection.exec_driver_sql("DELETE FROM embedding WHERE item = ?", (item,))
    connection.exec_driver_sql("DELETE FROM item_form WHERE item = ?", (item,))
    connection.exec_driver_sql("DELETE FROM item_search WHERE rowid = ?", (_search_row(item),))


def remove(connection: Connection, item: str) -> bool:
    """Take an item out of what there is; whether it was there. Its reviews and memories stay."""
    gone = connection.exec_driver_sql("DELETE FROM item WHERE id = ?", (item,)).rowcount
    if gone:
        connection.exec_driver_sql("DELETE FROM item_sentence WHERE item = ?", (item,))
        unindex(connection, item)
    return bool(gone)


def _search_row(item: str) -> int:
    """An item's row in the search index, which has no index over keys: the key's last 60 bits, all random."""
    return int(item[-15:], 16)


def _plain(text: str) -> str:
    return without_diacritics(text.casefold())
