"""NIST SP 800-63B revision 4, 3.1.1.2, rule by rule."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.domain.passwords import DEMO_PASSWORD, LEAST, MOST, check

WORDS = ("LAL2116", "D-ALBA", "GIMEMA", "Policlinico Umberto I", "042")


def against(password: str) -> tuple[str, ...]:
    return check(password, "mrossi", "Maria Rossi", WORDS)


@pytest.mark.parametrize(
    "password",
    [
        "gatto verde treno",
        "perù è più caffè",
        "the weather in Rome is fine",
        "Пять сухих камней",
        "五つの乾いた石が川辺に並んでいる",
        "🦔🍋🚲🧦🎺🪁🥨🧲🦉🪵🧊🎻🪣🧶🦑",
        "xkqv wjzp bfmt dhrl",
    ],
)
def test_a_long_password_of_any_letters_is_accepted(password: str) -> None:
    assert against(password) == ()


def test_fourteen_characters_are_too_few_and_fifteen_enough() -> None:
    assert "add 1." in against("gatto verde tr")[0]
    assert against("gatto verde tre") == ()


def test_characters_are_counted_as_code_points_after_composing_them() -> None:
    typed = unicodedata.normalize("NFD", "è più caffè là")
    assert len(typed) > LEAST
    assert "add 1." in against(typed)[0]


@pytest.mark.parametrize("length", [64, 72, 73, MOST])
def test_long_passwords_are_accepted_up_to_256(length: int) -> None:
    assert against(("gatto verde treno sette lune " * 9)[:length]) == ()


def test_more_than_256_are_refused_with_the_number() -> None:
    assert "this one has 257" in against("gatto verde treno sette lune " * 8 + "x" * 25)[0]


@pytest.mark.parametrize(
    "password",
    [
        "Maria Rossi 1975!!",
        "mrossimrossimrossi",
        "rossimariarossimaria1",
        "albatrack-lal2116-7",
        "D-ALBA dalba d.alba",
        "GIMEMA policlinico umberto",
        "ALBATRACK_042_ALBATRACK",
    ],
)
def test_a_password_of_names_known_at_the_desk_is_refused(password: str) -> None:
    assert "names that people here know" in against(password)[0]


def test_beside_known_names_eight_other_letters_or_digits_are_enough_and_seven_too_few() -> None:
    assert "names that people here know" in against("mrossi gatto ve mrossi")[0]
    assert against("mrossi gatto ver mrossi") == ()


def test_a_known_name_among_other_words_is_accepted() -> None:
    assert against("maria beve caffè sul tram") == ()


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "abcdefghijklmnop",
        "1234567890123456",
        "qwertyuiopasdfghjkl",
        "qazwsxedcrfvtgb",
        "passwordpassword1",
        "P@ssw0rdP@ssw0rd",
        "albatrack12345678",
        "a" * MOST,
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple!",
        DEMO_PASSWORD,
        DEMO_PASSWORD.upper(),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    assert "guessed first" in against(password)[0]


def test_names_of_one_person_are_no_names_to_the_next() -> None:
    assert check("wunibald wunibald x", "wunibald", "Wunibald Ferretti")
    assert check("ferretti beve latte", "mrossi", "Maria Rossi") == ()


def test_a_name_of_two_letters_forbids_no_word() -> None:
    assert check("io vado al fiume lento", "io", "Al Io") == ()


@given(st.text(), st.text(), st.text())
@example("\ud800" * 20, "\ud800", "")
@example("ß" * 15, "", "İ")
def test_any_text_gets_sentences_and_never_a_fault(password: str, user: str, name: str) -> None:
    assert all(sentence.endswith(".") for sentence in check(password, user, name, WORDS))


@given(st.text(min_size=1))
def test_a_sentence_never_repeats_the_password(password: str) -> None:
    found = check(f"{password}%SECRET%", "mrossi", "Maria Rossi", WORDS)
    assume(found)
    assert "SECRET" not in found[0]
