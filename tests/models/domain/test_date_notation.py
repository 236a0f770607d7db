from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.date_notation import NO_MOMENT, read_partial_date, write_date, write_moment
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special

TODAY = date(2026, 11, 22)
BOTH = (Desk.ENGLISH, Desk.ITALIAN)


def dates() -> st.SearchStrategy[PartialDate]:
    full = st.dates(date(1900, 1, 1), date(2100, 12, 31))
    return st.one_of(
        full.map(PartialDate.from_date),
        full.map(lambda day: PartialDate(day.year, day.month)),
        full.map(lambda day: PartialDate(day.year)),
        st.sampled_from(Special).map(lambda special: PartialDate(special=special)),
    )


@pytest.mark.parametrize("desk", BOTH)
@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("today", "2026-11-22"),
        ("Oggi", "2026-11-22"),
        ("-3", "2026-11-19"),
        ("\N{MINUS SIGN}3", "2026-11-19"),
        ("+2", "2026-11-24"),
        ("12/3", "2026-03-12"),
        ("26/3", "2026-03-26"),
        ("12/3/26", "2026-03-12"),
        ("12.03.2026", "2026-03-12"),
        ("12mar26", "2026-03-12"),
        ("12 mar", "2026-03-12"),
        ("12 Mar 2026", "2026-03-12"),
        ("12 mar. 2026", "2026-03-12"),
        ("12-MAR-2026", "2026-03-12"),
        ("21 set 2026", "2026-09-21"),
        ("1 maggio 2026", "2026-05-01"),
        ("2026-03-12", "2026-03-12"),
        ("2026-03", "2026-03"),
        ("3/2026", "2026-03"),
        ("mar 2026", "2026-03"),
        ("2026", "2026"),
        ("unk", "UNK"),
        ("sconosciuto", "UNK"),
        ("nd", "ND"),
    ],
)
def test_a_date_with_one_meaning_is_read_at_either_desk(text: str, iso: str, desk: Desk) -> None:
    assert read_partial_date(text, desk, TODAY).iso == iso


@pytest.mark.parametrize(("text", "year"), [("1/2/27", 2027), ("1/2/28", 1928), ("1/2/61", 1961), ("1/2/00", 2000)])
def test_a_year_of_two_digits_lies_between_98_years_ago_and_next_year(text: str, year: int) -> None:
    assert read_partial_date(text, Desk.ENGLISH, TODAY).year == year


@pytest.mark.parametrize("text", ["03/26", "mar 26", "mar26"])
def test_an_ambiguous_date_is_refused_with_both_readings(text: str) -> None:
    with pytest.raises(TrialError, match=r"26 Mar 2026 or as Mar 2026\. Type 26/3 or 3/2026"):
        read_partial_date(text, Desk.ENGLISH, TODAY)


def test_a_reading_that_does_not_exist_is_not_offered() -> None:
    with pytest.raises(TrialError, match=r"^2/30 can be read as feb 1930\. Type 2/1930 instead\.$"):
        read_partial_date("2/30", Desk.ITALIAN, TODAY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/4", "Apr 2026 has no day 31"),
        ("29/2", "Feb 2026 has no day 29"),
        ("0/3/2026", "Mar 2026 has no day 0"),
        ("3/26/2026", "there is no month 26. The day comes before the month"),
        ("0/2026", "there is no month 0"),
        ("1/1/1800", "the year 1800 cannot be right"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(TrialError, match=sentence):
        read_partial_date(text, Desk.ENGLISH, TODAY)


@pytest.mark.parametrize(
    "text", ["", "26", "12", "soon", "12/3-2026", "12//3", "12/3/", "/12/3", "12/3/6", "120326", "ma 2026", "٣", "mar"]
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(TrialError, match="Type for instance 12/3/2026, 12 Mar 2026"):
        read_partial_date(text, Desk.ENGLISH, TODAY)


def test_a_date_is_written_in_the_language_of_the_desk() -> None:
    day = PartialDate(2026, 9, 21)
    assert [write_date(day, desk) for desk in BOTH] == ["21 Sep 2026", "21 set 2026"]


def test_only_the_known_parts_of_a_date_are_written() -> None:
    known = (PartialDate(2026, 9), PartialDate(2026), PartialDate(special=Special.NOT_DONE))
    assert [write_date(value, Desk.ENGLISH) for value in known] == ["Sep 2026", "2026", "not done"]


@given(value=dates(), desk=st.sampled_from(BOTH), other=st.sampled_from(BOTH))
def test_reading_what_was_written_gives_the_same_date_at_either_desk(
    value: PartialDate, desk: Desk, other: Desk
) -> None:
    assert read_partial_date(write_date(value, desk), other, TODAY) == value


@given(value=dates())
def test_the_stored_form_can_be_typed(value: PartialDate) -> None:
    assert read_partial_date(value.iso, Desk.ENGLISH, TODAY) == value


@given(
    text=st.text() | st.text("0123456789/-. amrset+", max_size=14),
    desk=st.sampled_from(BOTH),
    today=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_any_text_is_a_date_or_a_sentence(text: str, desk: Desk, today: date) -> None:
    try:
        read = read_partial_date(text, desk, today)
    except TrialError as refused:
        sentence = str(refused)
    else:
        sentence = write_date(read, desk)
    assert sentence


def test_a_moment_is_written_with_its_offset() -> None:
    moment = datetime(2026, 9, 21, 14, 5, tzinfo=timezone(timedelta(hours=2)))
    assert write_moment(moment, Desk.ITALIAN) == "21 set 2026, 14:05 UTC+02:00"


def test_a_moment_that_somebody_waits_for_has_its_seconds() -> None:
    moment = datetime(2026, 9, 21, 14, 5, 32, tzinfo=UTC)
    assert write_moment(moment, Desk.ENGLISH, seconds=True) == "21 Sep 2026, 14:05:32 UTC+00:00"


def test_a_moment_that_cannot_be_read_is_said_to_be_so() -> None:
    assert write_moment(NO_MOMENT, Desk.ENGLISH) == "[no moment that can be read]"


def test_a_moment_of_greenwich_is_written_with_its_offset() -> None:
    assert write_moment(datetime(2026, 9, 21, 14, 5, tzinfo=UTC), Desk.ENGLISH) == "21 Sep 2026, 14:05 UTC+00:00"


def test_a_moment_without_offset_is_a_fault() -> None:
    with pytest.raises(ValueError, match="offset"):
        write_moment(datetime(2026, 9, 21, 14, 5), Desk.ENGLISH)  # noqa: DTZ001
