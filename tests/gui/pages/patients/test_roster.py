"""Searching, ordering and narrowing patients in memory."""

from dataclasses import replace
from datetime import date

import pytest

from gui.pages.patients.presenter import Line
from gui.pages.patients.roster import Filter, Roster
from gui.pages.patients.table import PatientRows
from models.domain.partial_dates import PartialDate
from models.records.patient import Identity, Patient

LINE = Line("FOLLOW-UP", "Follow-up", "p190", "complete", date(2026, 3, 1), "1 Mar 2026", "After cycle 3",
            date(2026, 10, 5), "5 Oct – 19 Oct", due=False, questions=0, rising="", points=())  # fmt: skip


def someone(number: int, *, sex: str = "F", age: int = 50) -> Patient:
    return Patient(id=number * 10, screening_number=f"S042-{number:03d}", subject_number=f"042-{900 - number}",
                   screened=PartialDate(2026, 1, 2), sex=sex, age=age)  # fmt: skip


@pytest.fixture
def roster() -> Roster:
    return Roster([someone(1), someone(2, sex="M", age=30), someone(3, age=70)])


@pytest.mark.parametrize(
    ("text", "places"),
    [("", [0, 1, 2]), ("042-898", [1]), ("s042-003", [2]), (" S042 ", [0, 1, 2]), ("nobody", [])],
)
def test_any_part_of_either_number_finds(roster: Roster, text: str, places: list[int]) -> None:
    assert roster.search(text) == places


def test_a_name_finds_only_while_names_are_asked_for(roster: Roster) -> None:
    rossi = Identity(patient=20, family_name="D'Aléssio", given_name="Maria")
    assert roster.search("alessio") == []
    roster.show_names([rossi])
    assert (roster.search("alessio"), roster.name(1)) == ([1], "D'Aléssio Maria")
    assert (roster.search("maria d'alessio"), roster.search("alessio anna")) == ([1], [])
    roster.show_names([])
    assert roster.search("alessio") == []


def test_a_new_patient_joins_at_the_end_and_is_found(roster: Roster) -> None:
    roster.put(someone(4))
    assert (len(roster), roster.search("042-896")) == (4, [3])


def test_a_changed_patient_keeps_the_place_and_loses_the_derived_line(roster: Roster) -> None:
    roster.lines[20] = LINE
    roster.put(replace(someone(2), subject_number="042-777"))
    assert (roster.search("042-777"), roster.search("042-898"), roster.line(1)) == ([1], [], None)


def test_the_tip_of_a_rise_keeps_the_capitals_of_mrd(roster: Roster, qapp: object) -> None:
    rows = PatientRows()
    rows.roster = roster
    roster.lines[20] = replace(LINE, rising="rise of MRD")
    column = rows.columns[PatientRows.NAMES.index("rising")]
    assert column.tip is not None
    assert column.tip(1) == "Rise of MRD"


def test_numbers_sex_and_age_order_without_any_chart(roster: Roster) -> None:
    everybody = roster.search("")
    assert roster.ordered(everybody, "number", backwards=False) == [2, 1, 0]
    assert roster.ordered(everybody, "person", backwards=False) == [0, 2, 1]
    assert roster.ordered(everybody, "person", backwards=True) == [1, 2, 0]


def test_derived_columns_order_by_meaning_and_not_by_word(roster: Roster) -> None:
    roster.lines = {
        10: replace(LINE, mrd_class="", since=None, questions=2),
        20: replace(LINE, mrd_class="positive", rising="rise of MRD"),
        30: LINE,
    }
    everybody = roster.search("")
    assert roster.ordered(everybody, "class", backwards=False) == [2, 1, 0]
    assert roster.ordered(everybody, "questions", backwards=False)[0] == 0
    assert roster.ordered(everybody, "rising", backwards=False)[0] == 1
    assert roster.ordered(everybody, "since", backwards=False)[-1] == 0


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Filter(), [0, 1, 2]),
        (Filter(status="DEAD"), [0]),
        (Filter(due=True), [1]),
        (Filter(questions=True, rising=True), [2]),
        (Filter(mrd_class="positive", due=True), []),
    ],
)
def test_filters_narrow_together(roster: Roster, wanted: Filter, places: list[int]) -> None:
    roster.lines = {
        10: replace(LINE, status="DEAD"),
        20: replace(LINE, due=True),
        30: replace(LINE, questions=1, rising="rise of MRD"),
    }
    assert roster.passing([0, 1, 2], wanted) == places


def test_only_those_without_a_line_are_still_to_read(roster: Roster) -> None:
    roster.lines[20] = LINE
    assert roster.unread([0, 1, 2]) == [10, 30]
