"""Grammatical categories as people read them: parts of speech, genders, aspects."""

from __future__ import annotations

from tutor.i18n import _, later

_NAMES = {
    later("noun"),
    later("verb"),
    later("adjective"),
    later("adverb"),
    later("pronoun"),
    later("numeral"),
    later("preposition"),
    later("conjunction"),
    later("particle"),
    later("interjection"),
    later("phrase"),
    later("masculine"),
    later("masculine personal"),
    later("masculine animate"),
    later("masculine inanimate"),
    later("feminine"),
    later("neuter"),
    later("plural"),
    later("imperfective"),
    later("perfective"),
}


def category(name: str) -> str:
    """A category of the course format in words; any other name, such as a learner's own, stays as it is."""
    return _(name) if name in _NAMES else name
