"""What a CONTEXT drill of a session is made around, gathered from what this learner knows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence, Set
from random import Random
from typing import TYPE_CHECKING

from tutor.course.item import Item, Sentence
from tutor.course.valency import Pairing, pairings_by_item
from tutor.drills.distractors import most_confusable, share_a_word, stands_in
from tutor.drills.surroundings import Candidate, Surroundings, fittest, is_vouched_for
from tutor.drills.templates import template_sentences
from tutor.errors import CourseError
from tutor.meaning.context_words import ContextWord, context_words
from tutor.meanings import LEARNED
from tutor.store import cards, items
from tutor.text import normal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.meaning.nearness import Nearness
    from tutor.practice import Tutor

log = logging.getLogger(__name__)

_TEMPLATES = 2
"""Sentences from templates that are looked at beside those that somebody wrote."""
_BESIDE = 2
"""Sentences that a passage has beside its own."""


class ContextMaterial:
    """Gathers for one session: `due` are the words of its plan, `pool` what lies around them."""

    def __init__(self, tutor: Tutor, nearness: Nearness, due: Sequence[Item], pool: Sequence[Item]) -> None:
        self._tutor, self._nearness = tutor, nearness
        self._words: Mapping[str, Item] = {one.id: one for one in (*due, *pool) if one.is_content_word}
        first = {one.id for one in due}
        self._pools = [
            [one for one in self._words if one in first],
            [one for one in self._words if one not in first],
        ]

    def around(self, connection: Connection, item: Item, shown: frozenset[str], rng: Random) -> Surroundings:
        """What surrounds an item now; `shown` are the sentences that were shown lately."""
        said = {*normal(item.text).split()}
        others = {
            one: word
            for one, word in self._words.items()
            if _may_accompany(item, word) and not said & items.taught_forms(word)
        }
        chosen, akin = self._chosen(item, others, rng)
        company = [others[one.item] for one in chosen]
        together = {one.id for one in company}
        made = self._made(connection, item, together, rng)
        own = [one for one in item.sentences if is_vouched_for(item, one)]
        asked = {normal(one.target) for one in own}
        beside = self._beside(connection, item, company, asked)
        sentences = [*own, *(one for one, _other in made)]
        unknown = items.unmet_words(connection, self._tutor.learner.id, [*sentences, *beside])
        near = self._nearness.closeness([one.text for one in [*sentences, *beside]], LEARNED, item.id)
        held = {one.id: int(other.id in together) for one, other in made}
        held |= {one.id: sum(stands_in(word, one.text) for word in company) for one in own}

        def candidate(one: Sentence) -> Candidate:
            closeness = near.get(one.text, 0.0)
            return Candidate(one, unknown[one.id], one.id in shown, held.get(one.id, 0), closeness)

        return Surroundings(
            sentences=fittest(map(candidate, sentences)),
            # What was drawn at random and has nothing to do with it is not said to go with it.
            company=tuple(
                others[one.item].text for one in chosen if one.distance is not None or one.item in akin
            ),
            beside=fittest(map(candidate, beside))[:_BESIDE],
            confusable=most_confusable(
                item, list(others.values()), self._nearness.distances(item.id, others)
            ),
        )

    def _chosen(
        self, item: Item, others: Mapping[str, Item], rng: Random
    ) -> tuple[list[ContextWord], set[str]]:
        """The words that go with an item, and which of all are about the same by the course's own topics."""
        akin = {one for one, word in others.items() if item.topic and word.topic == item.topic}
        pools = [[one for one in pool if one in others] for pool in self._pools]
        return context_words(item.id, pools, self._nearness.vectors, rng, akin=akin), akin

    def _made(
        self, connection: Connection, item: Item, company: Set[str], rng: Random
    ) -> list[tuple[Sentence, Item]]:
        """Sentences from templates, with a word each that the learner has met; the company first."""
        pairings = self._pairings(item)
        partners = {one.noun if one.verb == item.id else one.verb for one in pairings}
        met = sorted(cards.met_among(connection, self._tutor.learner.id, partners)) if partners else []
        known = self._tutor.items.load(connection, met, sentences=False)
        made = template_sentences(item, pairings, {one.id: one for one in known})
        rng.shuffle(made)
        made.sort(key=lambda one: one[1].id not in company)
        return made[:_TEMPLATES]

    def _pairings(self, item: Item) -> Sequence[Pairing]:
        try:
            return pairings_by_item(self._tutor.courses).get(item.id, ())
        except CourseError as error:
            # `tutor course check` tells it to the course's author; a learner has other sentences.
            log.warning("no sentences from templates: %s", error.message)
            return ()

    def _beside(
        self, connection: Connection, item: Item, company: Sequence[Item], asked: Set[str]
    ) -> list[Sentence]:
        """Sentences of the company that can be read beside another.

        They are statements, hold neither the item nor what is `asked` of it, and their English needs no
        remark on who is spoken to, which another sentence of the passage might contradict.
        """
        found = self._tutor.items.load(connection, [one.id for one in company])
        return [
            sentence
            for word in found
            for sentence in word.sentences
            if sentence.text.endswith(".") and "(" not in sentence.translation
            if is_vouched_for(word, sentence) and not stands_in(item, sentence.text)
            if not asked & {*normal(sentence.text).split()}
        ]


def _may_accompany(item: Item, word: Item) -> bool:
    """Whether a word can go with an item: it is another, and neither its synonym nor its partner."""
    return (
        word.id != item.id and word.text not in (item.partner, *item.accept) and not share_a_word(item, word)
    )
