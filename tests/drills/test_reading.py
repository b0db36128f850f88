"""A passage and the questions to it."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item
from tutor.drills.drill import Ask, Drill
from tutor.drills.reading import PARAGRAPH, Thread, paragraphs_of, passage, reading
from tutor.memory.tracks import Mode, Track

from .items import KAWA, sentence, word

TEA = word("herbata", "tea", forms={"nom.sg": ("herbata",), "acc.sg": ("herbatę",)})
DOG = word("pies", "dog", forms={"nom.sg": ("pies",), "acc.sg": ("psa",)})
HERE = word("tu", "here", pos="adverb")
OTHERS: list[Thread] = [
    (TEA, sentence("Rano piję {herbatę}.", "I drink tea in the morning.", form="acc.sg")),
    (DOG, sentence("{Psa} nie ma.", "The dog is not there.")),
    (HERE, sentence("Jestem {tu}.", "I am here.")),
]
OWN: Thread = (KAWA, KAWA.sentences[0])


def asked(turn: int, own: Thread = OWN, others: list[Thread] = OTHERS) -> Drill:
    drill = reading(own, others, Random(1), turn)
    assert drill and (drill.mode, drill.track, drill.ask) == (Mode.READING, Track.CONTEXT, Ask.CHOOSE)
    return drill


def test_a_passage_is_read_by_paragraphs_and_nothing_is_tested() -> None:
    drill = passage([OWN, *OTHERS, OWN])
    assert (drill.meeting, drill.item, drill.mode) == (True, None, None)
    assert drill.prompt == "Piję kawę. Rano piję herbatę. Psa nie ma. Jestem tu.\nPiję kawę."
    assert paragraphs_of(drill.passage) == drill.prompt.split("\n")
    assert len(drill.passage) == PARAGRAPH + 1 and drill.say == drill.prompt.replace("\n", " ")


def test_the_three_kinds_of_question_take_turns() -> None:
    says, form, which = (asked(turn) for turn in range(3))
    assert (says.prompt, says.answer, says.english) == ("Piję kawę.", "I drink coffee.", True)
    assert {*says.options} == {"I drink coffee.", *(one.translation for _, one in OTHERS)}
    assert says.traps["I am here."] == "Jestem tu."
    assert form.gap and form.gap.shown == "Piję ____."
    assert form.answer == "kawę" and {*form.options} - {"kawę"} <= {"kawa", "kawą", "kawy"}
    assert (which.prompt, which.answer) == ("coffee", "kawę")
    assert {*which.options} == {"kawę", "herbatę", "psa", "tu"}, "and no capital of a beginning"


def test_where_a_kind_has_no_wrong_option_the_next_is_asked() -> None:
    assert asked(1, own=OTHERS[2], others=[OWN]).prompt == "here", "it has no other form"
    assert asked(0, others=[]).gap is not None, "there is no other sentence"
    assert reading(OTHERS[2], [], Random(1)) is None


def test_no_wrong_option_would_be_right_too() -> None:
    coffee: Item = word("kawka", "coffee", forms={"acc.sg": ("kawkę",)})
    drill = asked(2, others=[(coffee, sentence("Mam {kawkę}.", "I have coffee.")), *OTHERS])
    assert "kawkę" not in drill.options
    same = asked(0, others=[(TEA, sentence("Kawę {piję}.", "I drink coffee.")), *OTHERS])
    assert same.options.count("I drink coffee.") == 1
