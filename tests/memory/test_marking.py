"""Is a typed answer right? Kind to slips of the finger, strict about another word or another form."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tutor.memory.marking import Mark, Marking, mark, mark_order
from tutor.text import normal, normal_english, without_diacritics

POLISH = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
KEYS = "abcdefghijklmnoprstuwyz"
HERBATA = {
    "herbata": "nominative singular",
    "herbatę": "accusative singular",
    "herbaty": "genitive singular or nominative plural",
    "herbat": "genitive plural",
    "herbatą": "instrumental singular",
}

words = st.text(POLISH, min_size=4, max_size=12)
written = st.text(max_size=60) | st.text(min_size=1, max_size=9).map(lambda text: text * 50)
phrases = st.lists(st.text(POLISH, min_size=1, max_size=9), min_size=1, max_size=6).map(" ".join)


@st.composite
def slips(draw: st.DrawFn, word: str) -> str:
    """`word` with one key wrong, missed, struck twice or struck too early."""
    at = draw(st.integers(0, len(word) - 1))
    key = draw(st.sampled_from(KEYS))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    wrong, missed, extra = (
        word[:at] + key + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + key + word[at:],
    )
    slipped = draw(st.sampled_from([wrong, missed, extra, swapped]))
    assume(slipped != word)
    return slipped


def is_right(marking: Marking) -> bool:
    return marking.mark in (Mark.EXACT, Mark.SLIP)


# What never matters.


@given(phrases)
def test_an_answer_is_exactly_itself(answer: str) -> None:
    assert mark(answer, [answer]).mark is Mark.EXACT


@given(phrases, st.sampled_from(["", ".", "!", "?", "…", "?!", " .", "„”"]))
def test_case_and_final_punctuation_never_matter(answer: str, end: str) -> None:
    for said in (answer.upper(), answer.capitalize(), answer.title()):
        assert mark(said + end, [answer]).mark is Mark.EXACT
        assert mark(said, [answer + end]).mark is Mark.EXACT


@given(phrases)
def test_white_space_of_any_kind_and_number_is_a_space(answer: str) -> None:
    for space in ("  ", "\t", "\n", "\u00a0", " \u2009 "):
        assert mark(f"{space}{answer.replace(' ', space)}{space}", [answer]).mark is Mark.EXACT


@given(phrases)
def test_combined_and_composed_letters_are_the_same(answer: str) -> None:
    apart = unicodedata.normalize("NFD", answer)
    assert mark(apart, [answer]).mark is Mark.EXACT
    assert mark(answer, [apart]).mark is Mark.EXACT


@pytest.mark.parametrize(
    "response",
    ["kawa 👍", "🙂kawa", "\u200fkawa\u200f", "\u202bkawa\u202c", "„Kawa”", "kawa…", "- kawa -", "kawa❤️"],
)
def test_emoji_quotes_and_marks_of_direction_around_an_answer_do_not_matter(response: str) -> None:
    assert mark(response, ["kawa"]).mark is Mark.EXACT


def test_a_comma_inside_does_not_matter_but_a_hyphen_and_an_apostrophe_in_a_word_do() -> None:
    assert mark("tak proszę", ["Tak, proszę."]).mark is Mark.EXACT
    assert mark("polsko-angielski", ["polsko-angielski"]).mark is Mark.EXACT
    assert normal("polsko-angielski") == "polsko-angielski"
    assert mark("don’t", ["don't"]).mark is Mark.EXACT


# What is never right.


@pytest.mark.parametrize("response", ["", "   ", "?!", "👍", "\u200f", "—"])
def test_nothing_written_is_no_answer(response: str) -> None:
    marking = mark(response, ["kawa", "kawka"])
    assert marking.mark is Mark.EMPTY
    assert marking.nearest == "kawa"


@pytest.mark.parametrize("response", ["שלום", "مرحبا", "привет", "珈琲", "🙂 🙂 kawusia"])
def test_other_scripts_are_wrong_like_any_other_word(response: str) -> None:
    assert mark(response, ["kawa"]).mark is Mark.WRONG


def test_ten_thousand_characters_are_an_answer_like_any_other() -> None:
    for response in ("kawa" * 2500, "a" * 10_000, "kawa " * 2000, "👍" * 10_000, "ą\u0328" * 5000):
        assert not is_right(mark(response, ["kawa", "Poproszę kawę."], base="kawa", form_names=HERBATA))


@given(written, st.lists(st.text(max_size=40), min_size=1, max_size=3), st.booleans())
@example("0;0;", ["", "0"], True)
def test_whatever_is_written_is_marked_and_shown_where_it_differs(
    response: str, accepted: list[str], english: bool
) -> None:
    marking = mark(response, accepted, english=english, base="kawa")
    assert marking.nearest in accepted
    for spans, text in ((marking.differs, marking.nearest), (marking.response_differs, response)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_drill_that_accepts_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="accept"):
        mark("kawa", [])


def test_a_missing_word_or_an_extra_one_is_wrong() -> None:
    assert mark("poproszę", ["poproszę kawę"]).mark is Mark.WRONG
    assert mark("poproszę kawę teraz", ["poproszę kawę"]).mark is Mark.WRONG


# Slips.


@given(phrases)
def test_missing_diacritics_are_forgiven_with_a_note(answer: str) -> None:
    bare = without_diacritics(answer)
    assert mark(bare, [answer]).mark is (Mark.EXACT if bare == answer else Mark.SLIP)


def test_every_polish_letter_has_its_plain_key() -> None:
    plain = unicodedata.normalize("NFD", "ąćęńóśźż")
    expected = "".join(letter for letter in plain if not unicodedata.combining(letter)) + "l"
    assert without_diacritics("ąćęńóśźżł") == expected


@given(words.flatmap(lambda word: st.tuples(st.just(word), slips(word))))
def test_one_key_wrong_missed_struck_twice_or_too_early_is_forgiven_with_a_note(
    pair: tuple[str, str],
) -> None:
    word, slipped = pair
    assert mark(slipped, [word]).mark is Mark.SLIP


@pytest.mark.parametrize(
    ("response", "answer"), [("dzieńdobry", "Dzień dobry!"), ("do widzeni a", "Do widzenia!")]
)
def test_the_space_bar_is_a_key_like_any_other(response: str, answer: str) -> None:
    assert mark(response, [answer]).mark is Mark.SLIP


def test_a_space_that_makes_another_taught_word_is_never_forgiven() -> None:
    assert mark("niema", ["nie ma"], is_taught=lambda word: word == "niema").mark is not Mark.SLIP
    assert mark("nie ma", ["niema"], is_taught=lambda word: word in ("nie", "ma")).mark is not Mark.SLIP


def test_letters_with_spaces_between_them_are_no_answer() -> None:
    assert mark("d z i e ń", ["dzień"]).mark is Mark.WRONG


def test_two_keys_wrong_are_wrong() -> None:
    assert mark("herbuty", ["herbata"]).mark is Mark.WRONG
    assert mark("hrebatta", ["herbata"]).mark is Mark.WRONG


def test_words_shorter_than_four_letters_are_too_near_each_other_for_slips_of_a_key() -> None:
    assert mark("ta", ["to"]).mark is Mark.WRONG
    assert mark("dam", ["dom"]).mark is Mark.WRONG
    assert mark("sa", ["są"]).mark is Mark.SLIP, "but a missing diacritic is told from another word"


@given(
    words.flatmap(
        lambda word: st.tuples(st.just(word), st.one_of(slips(word), st.just(without_diacritics(word))))
    )
)
def test_a_slip_that_spells_another_taught_word_is_never_forgiven(pair: tuple[str, str]) -> None:
    word, slipped = pair
    assume(slipped != word)
    assert mark(slipped, [word], is_taught=lambda w: w == slipped).mark is Mark.OTHER_WORD
    assert mark(f"mam {slipped}", [f"mam {word}"], is_taught=lambda w: w == slipped).mark is Mark.OTHER_WORD


@given(
    words.flatmap(
        lambda word: st.tuples(st.just(word), st.one_of(slips(word), st.just(without_diacritics(word))))
    )
)
def test_a_slip_that_spells_another_form_is_never_forgiven_and_the_form_is_named(
    pair: tuple[str, str],
) -> None:
    word, slipped = pair
    assume(slipped != word)
    marking = mark(slipped.upper(), [word], form_names={slipped: "genitive plural", word: "accusative"})
    assert (marking.mark, marking.instead) == (Mark.OTHER_FORM, "genitive plural")


def test_pije_is_not_pije_with_a_tail_and_kawa_is_not_kawe() -> None:
    pic = {"piję": "present (I)", "pije": "present (he, she, it)"}
    assert mark("pije", ["piję"], form_names=pic).mark is Mark.OTHER_FORM
    assert mark(
        "kawa", ["kawę"], base="kawa", form_names={"kawa": "nominative", "kawę": "accusative"}
    ).mark is (Mark.OTHER_FORM)


def test_forms_of_several_words_are_forms_too() -> None:
    """A reflexive verb, a future: one letter off in one of the words is another form, not a slip."""
    names = {"nazywam się": "present (I)", "nazywa się": "present (he, she, it)"}
    marking = mark("nazywa się", ["nazywam się"], form_names=names)
    assert (marking.mark, marking.instead) == (Mark.OTHER_FORM, "present (he, she, it)")


# Where the form is what is tested.


def test_another_form_is_named() -> None:
    marking = mark("Herbata", ["herbatę"], base="herbata", form_names=HERBATA)
    assert (marking.mark, marking.instead) == (Mark.OTHER_FORM, "nominative singular")
    in_a_sentence = mark("Mam herbata.", ["Mam herbatę."], form_names=HERBATA)
    assert (in_a_sentence.mark, in_a_sentence.instead) == (Mark.OTHER_FORM, "nominative singular")
    bare = mark("Idę z herbata.", ["Idę z herbatą."], form_names=HERBATA)
    assert bare.mark is Mark.OTHER_FORM, "not a missing diacritic where that is a form"


@pytest.mark.parametrize(
    ("response", "right", "base"),
    [
        ("herbate", "herbatę", "herbata"),
        ("kawam", "kawami", "kawa"),
        ("ręca", "ręce", "ręka"),
        ("ide", "idę", "iść"),
        ("piękneg", "pięknego", "piękny"),
    ],
)
def test_a_mere_missing_tail_is_nearly(response: str, right: str, base: str) -> None:
    assert mark(response, [right], base=base).mark is Mark.TAIL


@pytest.mark.parametrize(
    ("response", "right", "base"), [("hrebatę", "herbatę", "herbata"), ("pieknego", "pięknego", "piękny")]
)
def test_a_slip_before_the_tail_is_a_slip(response: str, right: str, base: str) -> None:
    assert mark(response, [right], base=base).mark is Mark.SLIP


def test_where_no_form_is_tested_a_missing_tail_is_a_slip() -> None:
    assert mark("herbate", ["herbatę"]).mark is Mark.SLIP


# Several answers.


def test_every_accepted_answer_is_exact() -> None:
    accepted = ["Jestem zmęczony.", "Jestem zmęczona.", "Zmęczony jestem."]
    assert [mark(answer.lower(), accepted).mark for answer in accepted] == [Mark.EXACT] * 3
    assert mark("jestem zmeczona", accepted).nearest == "Jestem zmęczona."


def test_a_wrong_answer_is_held_against_the_nearest_right_one() -> None:
    assert mark("dzień dubrx", ["Tak.", "Do widzenia.", "Dzień dobry."]).nearest == "Dzień dobry."


@given(
    st.lists(st.text("aąb", min_size=1, max_size=5), min_size=2, max_size=3),
    st.text("ab", min_size=1, max_size=5),
)
@example(["sam", "są"], "sa")
def test_what_one_accepted_answer_forgives_the_others_do_not_take_back(
    accepted: list[str], response: str
) -> None:
    if any(is_right(mark(response, [answer])) for answer in accepted):
        assert is_right(mark(response, accepted))


# English.


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        ("it is cold", "It's cold."),
        ("it's cold", "It is cold"),
        ("I do not know", "I don't know"),
        ("I cannot", "I can't"),
        ("i can not", "I cannot"),
        ("we're here", "we are here"),
        ("I will come", "I'll come"),
        ("I have it", "I've it"),
        ("I'm fine", "I am fine"),
        ("what is your name", "What's your name?"),
        ("I won't", "I will not"),
        ("that’s all", "That is all"),
    ],
)
def test_contractions_and_their_long_forms_are_the_same(response: str, answer: str) -> None:
    assert mark(response, [answer], english=True).mark is Mark.EXACT


@pytest.mark.parametrize(
    ("response", "answer"),
    [("I dont know", "I don't know"), ("Im fine", "I'm fine"), ("its cold", "It's cold")],
)
def test_a_missing_apostrophe_is_a_slip_of_a_key(response: str, answer: str) -> None:
    assert is_right(mark(response, [answer], english=True))


@pytest.mark.parametrize(
    ("response", "answer"),
    [("the coffee", "coffee"), ("coffee", "a coffee"), ("an apple", "apple"), ("drink", "to drink"),
     ("to drink", "drink"), ("you", "you (to a friend)")],
)  # fmt: skip
def test_leading_articles_to_and_remarks_in_brackets_do_not_matter_in_english(
    response: str, answer: str
) -> None:
    assert mark(response, [answer], english=True).mark is Mark.EXACT


def test_a_meaning_that_is_itself_an_article_or_to_stays() -> None:
    assert [normal_english(word) for word in ("to", "the", "a", "to the")] == ["to", "the", "a", "the"]
    assert mark("in", ["to"], english=True).mark is Mark.WRONG


def test_the_rules_of_english_are_kept_out_of_polish() -> None:
    assert mark("kawa", ["a kawa"]).mark is Mark.WRONG
    assert mark("kawa (czarna)", ["kawa"]).mark is Mark.WRONG


# Where an answer differs.


def test_it_is_shown_which_letters_differ() -> None:
    marking = mark("Piję kawe.", ["Piję kawę."])
    assert [marking.nearest[a:b] for a, b in marking.differs] == ["ę"]
    assert [("Piję kawe.")[a:b] for a, b in marking.response_differs] == ["e"]
    assert mark("PIJĘ KAWĘ", ["Piję kawę."]).differs == ()
    shouted = mark("PIJĘ KAWE", ["Piję kawę."])
    assert [shouted.nearest[a:b] for a, b in shouted.differs] == ["ę"]


# What was heard.


@pytest.mark.parametrize(("written", "said"), [("kturę", "którę"), ("może", "morze"), ("hleb", "chleb")])
def test_what_was_heard_may_be_written_as_it_sounds(written: str, said: str) -> None:
    assert mark(written, [said], heard=True).mark is Mark.HOMOPHONE
    assert mark(written, [said]).mark is not Mark.HOMOPHONE
    assert mark(f"to {written}", [f"to {said}"], heard=True).mark is Mark.HOMOPHONE


def test_a_homophone_alone_is_right_and_in_a_sentence_another_word() -> None:
    """Nobody hears which of `może` and `morze` was said; `Może pada` tells."""
    taught = {"może", "morze"}.__contains__
    assert mark("morze", ["może"], heard=True, is_taught=taught).mark is Mark.HOMOPHONE
    assert mark("morze pada", ["może pada"], heard=True, is_taught=taught).mark is Mark.OTHER_WORD


def test_a_slip_beside_a_homophone_is_a_slip() -> None:
    assert mark("moze hrbata", ["może herbata"], heard=True).mark is Mark.SLIP
    assert mark("morze hrbata", ["może herbata"], heard=True).mark is Mark.SLIP


def test_what_is_like_none_of_the_answers_is_told_the_first() -> None:
    answers = ["Dzień dobry!", "Witam.", "Cześć!"]
    assert mark("zzzz", answers).nearest == "Dzień dobry!"
    assert mark("kot", answers, is_taught=lambda word: word == "kot").nearest == "Dzień dobry!"
    assert mark("czesz", answers).nearest == "Cześć!"


# Endings.


@pytest.mark.parametrize("written", ["herbate", "herbat", "herbaty", "HERBATE"])
def test_another_form_without_its_diacritics_is_that_form(written: str) -> None:
    """Someone without a Polish keyboard who writes `herbate` for `herbata` wrote the accusative."""
    marking = mark(written, ["herbata"], form_names=HERBATA)
    assert marking.mark is Mark.OTHER_FORM
    assert mark("herbate", ["herbatę"], base="herbata", form_names=HERBATA).mark is Mark.TAIL


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("nie mam czas", "nie mam czasu"),
        ("jaka masz numer", "jaki masz numer"),
        ("jak się nazywam", "jak się nazywa"),
    ],
)
def test_a_slip_in_the_ending_of_a_word_in_a_phrase_is_nearly(written: str, right: str) -> None:
    """Nobody knows the forms of a phrase's other words here: it may be one of them."""
    assert mark(written, [right]).mark is Mark.TAIL
    assert mark("jaka masz nuumer", ["jaki masz numer"]).mark is Mark.TAIL, "whatever slips after it"
    assert mark("nie mam czausu", ["nie mam czasu"]).mark is Mark.SLIP
    assert mark("poprosze kawe", ["poproszę kawę"]).mark is Mark.SLIP


def test_english_without_its_articles_or_as_the_list_that_was_shown_is_right() -> None:
    assert mark("I would like coffee", ["I would like a coffee"], english=True).mark is Mark.EXACT
    assert mark("the coffee", ["coffee"], english=True).mark is Mark.EXACT
    assert mark("good morning, hello", ["good morning", "hello"], english=True).mark is Mark.EXACT
    assert mark("good morning, goodbye", ["good morning", "hello"], english=True).mark is Mark.WRONG


# What was built of pieces.

ORDERS = ["Piję herbatę.", "Herbatę piję."]


def test_every_listed_order_is_right_and_no_other() -> None:
    assert mark_order("piję herbatę", ORDERS, HERBATA).mark is Mark.EXACT
    assert mark_order("herbatę piję", ORDERS, HERBATA).mark is Mark.EXACT
    assert mark_order("rano piję herbatę", ["Rano herbatę piję."], HERBATA).mark is Mark.ORDER


def test_the_spare_form_is_named_and_a_word_too_few_is_wrong() -> None:
    spare = mark_order("piję herbata", ORDERS, HERBATA)
    assert (spare.mark, spare.instead) == (Mark.OTHER_FORM, "nominative singular")
    assert mark_order("piję", ORDERS, HERBATA).mark is Mark.WRONG
    assert mark_order("piję herbatę kota", ORDERS, HERBATA).mark is Mark.WRONG
    assert mark_order("  ", ORDERS, HERBATA).mark is Mark.EMPTY


@given(st.permutations(["a", "b", "c", "d"]))
def test_an_order_is_right_exactly_where_it_is_listed(built: list[str]) -> None:
    marking = mark_order(" ".join(built), ["a b c d", "d c b a"], {})
    listed = "".join(built) in ("abcd", "dcba")
    assert marking.mark is (Mark.EXACT if listed else Mark.ORDER)
