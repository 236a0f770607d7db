"""What Ctrl+K finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.finder import MOST_HITS, WHOSE, Finder, NamedThing, PatientIndex, PatientLine

NO_REFUSAL: dict[str, str] = {}


@pytest.fixture(scope="module")
def index() -> PatientIndex:
    return PatientIndex(PatientLine(n, (f"042-{n:03d}", f"S042-{n + 4:03d}"), "F · 58 y") for n in range(1, 64))


@pytest.fixture(scope="module")
def finder(index: PatientIndex) -> Finder:
    visits = [NamedThing("D8", "Day 8"), NamedThing("D85", "Day 85"), NamedThing("C2", "After cycle 2", "C2")]
    actions = [
        NamedThing("protocol", "Protocol", "schedule"),
        NamedThing("enrol", "Enrol a patient", "new screening consent"),
        NamedThing("record.mrd", "Record: MRD result", "copies bone marrow", of_patient=True),
        NamedThing("record.relapse", "Record: Relapse", "recurrence", of_patient=True),
        NamedThing("cohort", "Cohort", "relapse survival"),
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


def test_a_missed_figure_of_the_longest_numbers_finds_their_own_patient(index: PatientIndex) -> None:
    assert [line.id for line in index.find("S04267")] == [63]
    assert [line.id for line in index.find("S0221")] == [17]


def test_every_patient_is_found_when_a_match_stands_late_in_one_line_and_early_in_the_next() -> None:
    lines = [PatientLine(1, ("042-917",), ""), PatientLine(2, ("917-001",), "")]
    assert {line.id for line in PatientIndex(lines).find("917")} == {1, 2}


def test_a_patient_is_named_once_though_both_numbers_fit(index: PatientIndex) -> None:
    found = [line.id for line in index.find("042")]
    assert len(found) == len(set(found))


def test_a_patient_is_asked_for_with_those_who_came_last_before_anything_is_typed(finder: Finder) -> None:
    assert [hit.patient for hit in finder.patients("")] == list(range(63, 63 - MOST_HITS, -1))


def test_where_a_patient_is_asked_for_nothing_else_is_found(finder: Finder) -> None:
    assert [(hit.sort, hit.patient) for hit in finder.patients("042-017")] == [("patient", 17)]
    assert finder.patients("protocol") == ()


@pytest.mark.parametrize("typed", ["", " ", "-", "zzz", "999999"])
def test_nothing_is_found_for_what_is_no_number_here(index: PatientIndex, typed: str) -> None:
    assert index.find(typed) == []


def test_an_empty_study_finds_nobody() -> None:
    assert PatientIndex([]).find("1") == []


@given(st.text(max_size=30))
def test_any_typing_is_answered(text: str) -> None:
    patients = PatientIndex([PatientLine(1, ("042-001", "S1"), "")])
    finder = Finder(patients, [NamedThing("D85", "Day 85")], [NamedThing("enrol", "Enrol a patient")])
    assert all(hit.title for hit in finder.find(text, NO_REFUSAL, patient=1))


@given(st.integers(1, 99999))
def test_the_full_number_finds_exactly_its_patient(number: int) -> None:
    patients = PatientIndex([PatientLine(n, (f"042-{n:05d}",), "") for n in (number, number + 1, number * 10)])
    assert [line.id for line in patients.find(f"042-{number:05d}")] == [number]


def test_a_number_and_a_visit_find_that_visit_of_that_patient(finder: Finder) -> None:
    hit = finder.find("042-017 day 85", NO_REFUSAL)[0]
    assert (hit.sort, hit.patient, hit.code, hit.title) == ("visit", 17, "D85", "042-017 · Day 85")


def test_the_patient_who_is_named_comes_before_the_one_in_view(finder: Finder) -> None:
    hits = finder.find("8 day 85", NO_REFUSAL, 3)
    assert (hits[0].title, hits[0].patient) == ("042-008 · Day 85", 8)


def test_the_exact_visit_comes_before_those_that_only_begin_so(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("042-017 day 8", NO_REFUSAL)] == ["D8", "D85"]


def test_a_visit_alone_is_that_of_the_patient_in_view(finder: Finder) -> None:
    assert finder.find("after cycle", NO_REFUSAL, patient=5)[0].title == "042-005 · After cycle 2"


def test_a_visit_alone_finds_nothing_where_no_patient_is_in_view(finder: Finder) -> None:
    assert finder.find("after cycle", NO_REFUSAL) == ()


def test_a_number_alone_lists_patients_not_their_visits(finder: Finder) -> None:
    assert {hit.sort for hit in finder.find("042-017", NO_REFUSAL)} == {"patient"}


def test_an_action_is_found_by_the_beginning_of_its_words_in_any_order(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("pat enr", NO_REFUSAL)] == ["enrol"]


def test_an_action_is_found_by_a_word_that_is_not_shown(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("consent", NO_REFUSAL)] == ["enrol"]


def test_an_action_that_cannot_be_done_now_is_shown_with_the_reason(finder: Finder) -> None:
    hit = finder.find("enrol", {"enrol": "Ask a coordinator."})[0]
    assert (hit.code, hit.refused, hit.detail) == ("enrol", "Ask a coordinator.", "not possible now")


def test_what_cannot_be_done_stands_behind_what_can(finder: Finder) -> None:
    hits = finder.find("re", {"record.mrd": "Ask a coordinator."}, patient=5)
    assert [(hit.code, bool(hit.refused)) for hit in hits] == [
        ("record.relapse", False),
        ("cohort", False),
        ("record.mrd", True),
    ]


def test_an_action_comes_first_when_it_is_called_what_was_typed(finder: Finder) -> None:
    assert [hit.code for hit in finder.find("relapse", NO_REFUSAL, patient=5)] == ["record.relapse", "cohort"]


def test_an_action_of_a_patient_says_where_nobody_is_in_view_that_one_is_needed(finder: Finder) -> None:
    assert [(hit.code, hit.refused) for hit in finder.find("bone marrow", NO_REFUSAL)] == [("record.mrd", WHOSE)]


@pytest.mark.parametrize("in_view", [0, 5])
def test_a_number_and_an_action_find_that_action_for_that_patient(finder: Finder, in_view: int) -> None:
    hits = finder.find("042-017 bone marr", NO_REFUSAL, patient=in_view)
    assert [(hit.title, hit.patient, hit.code) for hit in hits] == [("042-017 · Record: MRD result", 17, "record.mrd")]


def test_a_number_does_not_give_a_patient_to_an_action_of_the_study(finder: Finder) -> None:
    assert "cohort" not in {hit.code for hit in finder.find("042-017 relapse", NO_REFUSAL)}


def test_the_action_of_a_patient_found_is_refused_with_its_reason(finder: Finder) -> None:
    hit = finder.find("042-017 relapse", {"record.relapse": "Ask a coordinator."})[0]
    assert (hit.patient, hit.refused) == (17, "Ask a coordinator.")


def test_nothing_typed_offers_what_can_be_done(finder: Finder) -> None:
    assert {hit.code for hit in finder.find("", {"enrol": "Ask a coordinator."})} == {"protocol", "cohort"}
