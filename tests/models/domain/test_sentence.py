from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, exactly, joined, write_sentence

NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("part", "english", "italian"),
    [
        ("CTCAE 5.0", "CTCAE 5.0", "CTCAE 5.0"),
        (Decimal("0.02"), "0.02", "0,02"),
        (Decimal("1.23456"), "1.235", "1,235"),
        (Decimal("0.000123456"), "0.0001235", "0,0001235"),
        (Decimal("45310.0"), f"45{NARROW}310", f"45{NARROW}310"),
        (Decimal("-0.30"), "-0.3", "-0,3"),
        (Decimal(0), "0", "0"),
        (exactly(Decimal("12.340")), "12.340", "12,340"),
        (Quantity(Decimal("1.50"), "10^9/L", "<"), "<1.50 × 10⁹/L", "<1,50 × 10⁹/L"),
        (PartialDate(2026, 5), "May 2026", "mag 2026"),
        (date(2026, 9, 21), "21 Sep 2026", "21 set 2026"),
        (datetime(2026, 9, 21, 14, 5, tzinfo=UTC), "21 Sep 2026, 14:05 UTC+00:00", "21 set 2026, 14:05 UTC+00:00"),
    ],
)
def test_each_desk_reads_a_value_in_its_own_notation(part: Sentence, english: str, italian: str) -> None:
    assert write_sentence(part, Desk.ENGLISH) == english
    assert write_sentence(part, Desk.ITALIAN) == italian


def test_a_sentence_is_its_words_and_values_in_their_order() -> None:
    ratio = ("<", Decimal("0.02"), " %")
    told = ("The ratio of ", ratio, " was found on ", date(2026, 9, 21), ".")
    assert write_sentence(told, Desk.ITALIAN) == "The ratio of <0,02 % was found on 21 set 2026."


def test_words_of_people_are_left_as_they_were_typed() -> None:
    assert write_sentence(("Waived: ", "creatinine 1.4 {} %s"), Desk.ITALIAN) == "Waived: creatinine 1.4 {} %s"


def test_parts_are_joined_by_words_between_them_only() -> None:
    steps = joined(" and ", (Decimal("0.5"), Decimal("1.5"), "more"))
    assert write_sentence(steps, Desk.ITALIAN) == "0,5 and 1,5 and more"


def test_nothing_joined_is_nothing() -> None:
    assert not joined(", ", ())
