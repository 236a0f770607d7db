import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.persistence.keys.recovery_key import new_recovery_key, read_recovery_key

KEY = "8W6A-N28G-E6K6-W0SK-6G6N-PBB4-NDR8-1880-PH82"
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TYPED_FOR = {"0": "0Oo０", "1": "1IiLlｌ"}  # noqa: RUF001 - full-width forms, as an input method may give them
BETWEEN = ("", " ", "-", "\N{EN DASH}", "\N{NO-BREAK SPACE}", "\t", "\n", "\N{SOFT HYPHEN}")


def test_a_new_key_has_eight_random_groups_and_a_check_group() -> None:
    assert re.fullmatch(f"([{SYMBOLS}]{{4}}-){{8}}[{SYMBOLS}]{{4}}", new_recovery_key())


def test_a_new_key_is_read_back_as_it_is_printed() -> None:
    key = new_recovery_key()
    assert read_recovery_key(key) == key


@given(st.data())
def test_case_spaces_hyphens_and_letters_that_look_like_digits_make_no_difference(data: st.DataObject) -> None:
    typed = ""
    for symbol in KEY.replace("-", ""):
        ways = TYPED_FOR.get(symbol, symbol + symbol.lower())
        typed += data.draw(st.sampled_from(ways)) + data.draw(st.sampled_from(BETWEEN))
    assert read_recovery_key(typed) == KEY


@given(place=st.integers(0, 35), symbol=st.sampled_from(SYMBOLS))
def test_one_wrong_letter_is_found(place: int, symbol: str) -> None:
    symbols = KEY.replace("-", "")
    typed = symbols[:place] + symbol + symbols[place + 1 :]
    assume(typed != symbols)
    with pytest.raises(TrialError, match="mistyped"):
        read_recovery_key(typed)


@given(place=st.integers(0, 34))
def test_two_letters_in_the_wrong_order_are_found(place: int) -> None:
    symbols = KEY.replace("-", "")
    typed = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    assume(typed != symbols)
    with pytest.raises(TrialError, match="mistyped"):
        read_recovery_key(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "0 were typed"), (KEY[:-1], "35 were typed"), (KEY + "7", "37 were typed"), (KEY[:-1] + "U", "no U")],
)
def test_what_is_wrong_with_the_typing_is_said(typed: str, sentence: str) -> None:
    with pytest.raises(TrialError, match=sentence):
        read_recovery_key(typed)


@given(st.text())
def test_any_other_text_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(TrialError) as caught:
        read_recovery_key(f"{text}%SECRET%")
    assert "SECRET" not in str(caught.value)
