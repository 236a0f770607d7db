"""What Ctrl+K finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.finder import Finder, NamedThing, PatientIndex, PatientLine

ALL = frozenset({"enrol", "protocol", "record.mrd"})


@pytest.fixture(scope="module")
def index() -> PatientIndex:
    return PatientIndex(PatientLine(n, (f"042-{n:03d}", f"S042-{n + 4:03d}"), "F · 58 y") for n in range(1, 64))


@pytest.fixture(scope="module")
def finder(index: PatientIndex) -> Finder:
    visits = [NamedThing("D8", "Day 8"), NamedThing("D85", "Day 85"), NamedThing("C2", "After cycle 2", "C2")]
    actions = [
        NamedThing("protocol", "Protocol", "schedule"),
        NamedThing("enrol", "Enrol a patient", "new screening consent"),
        NamedThing("record.mrd", "Record: MRD result", "copies"),
    ]
    return Finder(index, visits, actions)


@pytest.mark.parametrize("typed", ["042-017", "042 017", "042017", "42017"])
def test_a_number_is_found_however_it_is_divided(index: PatientIndex, typed: str) -> None:
    assert [line.id for line in index.find(typed)][:1] == [17]


def test_a_running_number_alone_comes_before_numbers_that_contain_it(index: PatientIndex) -> None:
    assert index.find("7")[0].id == 7


def test_a_screening_number_finds_the_patient_under_the_subject_number(index: PatientIndex) -> None:
    found = index.find("S042-021")
    assert [(line.id, line.numbers[0]) for line in found] == [(17, "042-017")]


def test_a_missed_figure_still_finds_the_patient(index: PatientIndex) -> None:
    assert 57 in [line.id for line in index.find("0457")]


def test_every_patient_is_found_when_a_match_stands_late_in_one_line_and_early_in_the_next() -> None:
    lines = [PatientLine(1, ("042-917",), ""), PatientLine(2, ("917-001",), "")]
    assert {line.id for line in PatientIndex(lines).find("917")} == {1, 2}


def test_a_patient_is_named_once_though_both_numbers_fit(index: PatientIndex) -> None:
    found = [line.id for line in index.find("042")]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("typed", ["", " ", "-", "zzz", "999999"])
def test_nothing_is_found_for_what_is_no_number_here(index: PatientIndex, typed: str) -> None:
    assert index.find(typed) == []


def test_an_empty_study_finds_nobody() -> None:
    assert PatientIndex([]).find("1") == []


@given(st.text(max_size=30))
def test_any_typing_is_answered(text: str) -> None:
    patients = PatientIndex([PatientLine(1, ("042-001", "S1"), "")])
    finder = Finder(patients, [NamedThing("D85", "Day 85")], [NamedThing("enrol", "Enrol a patient")])
    assert all(hit.title for hit in finder.find(text, ALL, patient=1))


@given(st.integers(1, 99999))
def test_the_full_number_finds_exactly_its_patient(number: int) -> None:
    patients = PatientIndex([PatientLine(n, (f"042-{n:05d}",), "") for n in (number, number + 1, number * 10)])
    assert [line.id for line in patients.find(f"042-{number:05d}")] == [number]


def test_a_number_and_a_visit_find_that_visit_of_that_patient(finder: Finder) -> None:
    hit = finder.find("042-017 day 85", ALL)[0]
    assert (hit.sort, hit.patient, hit.code, hit.title) == ("visit", 17, "D85", "042-017 · Day 85")


def test_the_exact_visit_comes_before_those_that_only_begin_so(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("042-017 day 8", ALL)] == ["D8", "D85"]


def test_a_visit_alone_is_that_of_the_patient_in_view(finder: Finder) -> None:
    assert finder.find("after cycle", ALL, patient=5)[0].title == "042-005 · After cycle 2"


def test_a_visit_alone_finds_nothing_where_no_patient_is_in_view(finder: Finder) -> None:
    assert finder.find("after cycle", ALL) == ()


def test_a_number_alone_lists_patients_not_their_visits(finder: Finder) -> None:
    assert {hit.sort for hit in finder.find("042-017", ALL)} == {"patient"}


def test_an_action_is_found_by_the_beginning_of_its_words_in_any_order(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("pat enr", ALL)] == ["enrol"]


def test_an_action_is_found_by_a_word_that_is_not_shown(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("consent", ALL)] == ["enrol"]


def test_an_action_that_cannot_be_done_now_is_not_offered(finder: Finder) -> None:
    assert finder.find("enrol", frozenset()) == ()


def test_nothing_typed_offers_what_can_be_done(finder: Finder) -> None:
    assert {hit.code for hit in finder.find("", frozenset({"protocol"}))} == {"protocol"}
