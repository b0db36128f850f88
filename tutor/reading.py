"""Reading: a passage woven around words that are due, then three questions to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from tutor.course.item import Item, Sentence
from tutor.drills.reading import Thread
from tutor.drills.surroundings import Candidate, fittest, is_vouched_for
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.meaning.weaving import Closeness, Strand, weave
from tutor.meanings import LEARNED
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Mode, Track
from tutor.plan import Plan, seed_of
from tutor.store import cards, items, shown_sentences
from tutor.store.cards import Order
from tutor.text import spoken_words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor
    from tutor.session import Session

QUESTIONS = 3
_LOOKED_AT = 60
"""Words that are due, from which a passage is woven; of others twice as many."""


def begin(tutor: Tutor, seed: int | None = None) -> Session:
    """Begin a session of reading. Raises UsageError where too little is due on Use."""
    drawn = seed_of(seed)
    now = tutor.clock.now()
    rng = Random(f"{drawn}/reading")
    with tutor.database.read() as connection:
        day, learner = tutor.calendar.day(now), tutor.learner.id
        waiting = cards.due(connection, learner, Track.CONTEXT, now, day, _LOOKED_AT, Order.LOWEST)
        met = cards.coming(connection, learner, Track.CONTEXT, 2 * _LOOKED_AT)
        words = dict.fromkeys([*(card.item for card in waiting), *(item for item, _, _ in met)])
        chosen = _threads(tutor, connection, list(words), rng)
        pool = tuple(items.pool(connection, learner, cards.level(connection, learner)))
    asked = [card.item for card in waiting if card.item in chosen]
    if len(asked) < QUESTIONS:
        raise UsageError(
            _("Reading waits for words: it takes {count} that are due on Use.").format(count=QUESTIONS)
        )
    strands = [
        Strand(item, len(spoken_words(sentence.text)), item in asked)
        for item, (_word, sentence) in chosen.items()
    ]
    woven = weave(strands, _closeness(tutor, chosen), rng)
    within = {strand.item for strand in woven}
    questions = [item for item in asked if item in within][:QUESTIONS]
    entries = (
        Entry(EntryKind.PASSAGE, "", Track.CONTEXT),
        *(Entry(EntryKind.REVIEW, item, Track.CONTEXT, Mode.READING) for item in questions),
    )
    passage = tuple((strand.item, chosen[strand.item][1].id) for strand in woven)
    return tutor.begin(Plan(Mode.READING, len(entries), drawn, entries, pool, passage=passage), now)


def _threads(tutor: Tutor, connection: Connection, words: Sequence[str], rng: Random) -> dict[str, Thread]:
    """Each word with the sentence in which it is read; not those that have none to be read in a passage.

    Words that only join others, and numerals, stand in them as they come.
    """
    learner = tutor.learner.id
    shown = shown_sentences.shown_lately(connection, learner, "", 0)
    own = [
        (item, [sentence for sentence in item.sentences if _is_readable(item, sentence)])
        for item in tutor.items.load(connection, words)
        if item.is_content_word
    ]
    unknown = items.unmet_words(connection, learner, [one for _item, found in own for one in found])
    threads: dict[str, Thread] = {}
    said: set[str] = set()
    for item, found in own:
        fresh = (one for one in found if one.text not in said)
        best = fittest(Candidate(one, unknown[one.id], one.id in shown) for one in fresh)
        if best:
            threads[item.id] = item, rng.choice(best)
            said.add(threads[item.id][1].text)
    return threads


def _is_readable(item: Item, sentence: Sentence) -> bool:
    """Whether a sentence can stand in a passage: a statement that needs no remark on who says it to whom."""
    plain = sentence.text.endswith(".") and "(" not in sentence.translation
    return plain and is_vouched_for(item, sentence)


def _closeness(tutor: Tutor, threads: Mapping[str, Thread]) -> Closeness:
    """How near the sentences of words are to each other; without an encoder those of one topic are."""
    texts = {item: sentence.text for item, (_word, sentence) in threads.items()}
    topics = {item: word.topic for item, (word, _sentence) in threads.items() if word.topic}
    return tutor.meanings.nearness().closeness_among(texts, LEARNED) or {
        pair: 1.0 for pair in combinations(sorted(topics), 2) if topics[pair[0]] == topics[pair[1]]
    }
