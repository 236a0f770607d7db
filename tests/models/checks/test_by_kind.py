"""Every check, through the one function that runs them, on the smallest record that sets it off."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS, Record
from models.records.laboratory import LabRange, LabResult
from models.records.molecular import MrdResult
from models.records.treatment import Exposure, PhaseRun
from models.records.visits import Visit
from tests.models.checks.asking import MG, MRD, ON, rules

EVENT = {"term": "Fever", "version": "4.03", "began": ON}
GRADE_1 = ("ae_grade", {"since": ON, "grade": "1"})
DASATINIB = ("ae_drug", {"drug": "dasatinib", "action": "DRUG INTERRUPTED"})
NEVER = PartialDate.from_iso("ND")
AWARE = datetime(2026, 3, 1, 9, tzinfo=UTC)
COPIES = Quantity(Decimal(9), "copies")
RANGE: Mapping[str, Any] = {"laboratory": "A", "test": "ALT", "valid_from": ON, "upper": Quantity(Decimal(41), "U/L")}


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("mrd", {**MRD, "transcript": None}, "field.required!"),
        ("mrd", {**MRD, "specimen": "SALIVA"}, "choice.unknown!"),
        ("mrd", {**MRD, "collected": PartialDate(2026, 10, 3)}, "date.after-today!"),
        ("mrd", {**MRD, "collected": PartialDate(1826)}, "date.too-early!"),
        ("mrd", {**MRD, "target_copies": Quantity(Decimal(-1), "copies")}, "quantity.negative!"),
        ("mrd", {**MRD, "target_copies": Quantity(Decimal(1), "%")}, "quantity.unit!"),
        ("mrd", {**MRD, "lab_ratio": Quantity(Decimal(101), "%")}, "quantity.percent!"),
        ("mrd", {**MRD, "lab_category": None}, "mrd.empty"),
        ("history", {"term": "x" * 20_001}, "text.long!"),
        ("history", {"term": "a\0b"}, "text.zero!"),
        ("mrd", {**MRD, "replicates": -1}, "integer.negative!"),
        ("mrd", {**MRD, "replicates": 10**19}, "integer.large!"),
        ("consent", {"version": "1", "signed": NEVER}, "date.not-done!"),
        ("death", {"date": NEVER}, "date.not-done!"),
        ("visit", {"code": "D22", "status": "DONE", "date": NEVER}, "visit.date!"),
        ("medication", {"name": "  "}, "field.required!"),
        ("lumbar_puncture", {"done": ON, "drugs": ("MTX", "NONE")}, "puncture.drugs!"),
        ("exposure", {"drug": "dasatinib", "began": ON, "dose": Quantity(Decimal(140), "mg", "<")}, "dose.bound!"),
        ("lab", {"test": "PLAT", "collected": ON, "value": Quantity(Decimal(0), "10^9/L", "<")}, "quantity.negative!"),
        ("disease", {"marrow_blasts": Quantity(Decimal(100), "%", ">")}, "quantity.percent!"),
        ("mrd", {**MRD, "positive_replicates": 3, "replicates": 2}, "mrd.positive-replicates.run!"),
        ("mrd", {**MRD, "target_copies": COPIES, "positive_replicates": 0}, "mrd.positive-replicates.copies"),
        ("medication", {"name": "Aspirin", "adverse_event": 7}, "reference.missing!"),
        ("mutation", {"collected": ON, "result": "FOUND"}, "mutation.unnamed!"),
        (
            "mutation",
            {"collected": ON, "result": "NONE", "allele_fraction": Quantity(Decimal(2), "%")},
            "mutation.fraction!",
        ),
        ("mutation", {"collected": ON, "result": "NONE", "variant": "T315I"}, "mutation.named!"),
        ("mutation", {"collected": ON, "variant": "T315I"}, "mutation.result-missing"),
        ("mutation", {"collected": ON, "reported": PartialDate(2026, 2)}, "mutation.reported-order!"),
        ("lab", {"test": "NOSUCH", "collected": ON}, "lab.test!"),
        ("lab", {"test": "HGB", "collected": ON}, "lab.empty!"),
        (
            "lab",
            {"test": "HGB", "collected": ON, "value": Quantity(Decimal(9), "g/dL"), "not_done": "Sample lost"},
            "lab.done!",
        ),
        ("lab", {"test": "HGB", "collected": ON, "value": Quantity(Decimal(9), "mmHg")}, "lab.unit!"),
        ("lab_range", {"laboratory": "A", "test": "HGB", "valid_from": ON}, "range.empty!"),
        (
            "lab_range",
            {
                "laboratory": "A",
                "test": "HGB",
                "valid_from": ON,
                "lower": Quantity(Decimal(16), "g/dL"),
                "upper": Quantity(Decimal(12), "g/dL"),
            },
            "range.order!",
        ),
        (
            "lab_range",
            {"laboratory": "A", "test": "NEUT", "valid_from": ON, "lower": Quantity(Decimal("1.5"), "/uL")},
            "range.implausible!",
        ),
        (
            "lab_range",
            {"laboratory": "A", "test": "ALT", "valid_from": ON, "upper": Quantity(Decimal(41), "U/L", "<")},
            "range.bound!",
        ),
        (
            "lab_range",
            {
                "laboratory": "A",
                "test": "ALT",
                "valid_from": PartialDate.from_iso("UNK"),
                "upper": Quantity(Decimal(41), "U/L"),
            },
            "range.since!",
        ),
        ("visit", {"code": "D99", "status": "DONE", "date": ON}, "visit.unknown!"),
        ("visit", {"code": "D22", "status": "DONE"}, "visit.date!"),
        ("visit", {"code": "D22", "status": "MISSED"}, "visit.reason!"),
        ("visit", {"code": "UNS", "status": "DONE", "date": ON}, "visit.unscheduled"),
        ("phase", {"phase": "nosuch", "began": ON}, "phase.unknown!"),
        ("phase", {"phase": "induction", "began": ON, "ended": PartialDate(2026, 2)}, "span.order!"),
        ("exposure", {"drug": "dasatinib", "began": ON}, "dose.missing!"),
        (
            "exposure",
            {"drug": "dasatinib", "began": ON, "dose": Quantity(Decimal(0), "mg")},
            "dose.held-without-reason",
        ),
        ("exposure", {"drug": "dasatinib", "began": ON, "dose": Quantity(Decimal(90), "mg")}, "dose.off-ladder"),
        ("exposure", {"drug": "dasatinib", "began": ON, "dose": Quantity(Decimal(28), "µg/day")}, "dose.unit"),
        ("exposure", {"drug": "aspirin", "began": ON, "dose": MG}, "dose.drug"),
        ("history", {"term": "Gout", "began": ON, "ended": ON, "ongoing": True}, "span.ongoing!"),
        ("patient", {"screening_number": "S1", "screened": ON, "sex": "F", "age": 200}, "patient.age!"),
        (
            "patient",
            {"screening_number": "S1", "screened": ON, "sex": "F", "screen_failure": ON},
            "patient.failure-reason!",
        ),
        ("patient", {"screening_number": "S1", "screened": ON, "sex": "F", "enrolled": ON}, "patient.number!"),
        ("identity", {"birth_date": PartialDate(1901, 1, 1)}, "identity.birth!"),
    ],
)
def test_a_check_speaks_up(kind: str, values: Mapping[str, Any], expected: str) -> None:
    assert expected in rules(kind, values)


@pytest.mark.parametrize(
    ("values", "grades", "expected"),
    [
        (EVENT, (), "event.grade-missing!"),
        (EVENT, (("ae_grade", {"since": ON, "grade": "9"}),), "event.grade!"),
        (EVENT, (("ae_grade", {"since": PartialDate(2026, 1), "grade": "1"}),), "event.grade-early!"),
        ({**EVENT, "ended": ON}, (("ae_grade", {"since": PartialDate(2026, 4), "grade": "1"}),), "event.grade-late!"),
        ({**EVENT, "term": "Alopecia"}, (("ae_grade", {"since": ON, "grade": "4"}),), "event.grade-exists!"),
        ({**EVENT, "term": "Not a term"}, (GRADE_1,), "event.term"),
        ({**EVENT, "serious": True}, (GRADE_1,), "event.criterion-missing"),
        ({**EVENT, "serious": True, "seriousness": ("AESHOSP",)}, (GRADE_1,), "event.aware-missing"),
        ({**EVENT, "seriousness": ("AESHOSP",)}, (GRADE_1,), "event.serious!"),
        ({**EVENT, "version": "6.0"}, (GRADE_1,), "event.version"),
        ({**EVENT, "aware": AWARE, "reported": AWARE - timedelta(hours=1)}, (GRADE_1,), "event.report-order!"),
        ({**EVENT, "outcome": "RECOVERED/RESOLVED"}, (GRADE_1,), "event.end-missing"),
        ({**EVENT, "outcome": "RECOVERED/RESOLVED WITH SEQUELAE"}, (GRADE_1,), "event.end-missing"),
        ({**EVENT, "outcome": "RECOVERING/RESOLVING", "ended": ON}, (GRADE_1,), "event.outcome-ended"),
        (EVENT, (GRADE_1, DASATINIB, DASATINIB), "event.drug-twice!"),
        ({**EVENT, "outcome": "FATAL"}, (GRADE_1,), "event.fatal-grade"),
        ({**EVENT, "outcome": "UNKNOWN"}, (("ae_grade", {"since": ON, "grade": "5"}),), "event.fatal!"),
    ],
)
def test_an_adverse_event_is_checked_with_its_grades(
    values: Mapping[str, Any], grades: tuple[tuple[str, Mapping[str, Any]], ...], expected: str
) -> None:
    assert expected in rules("adverse_event", values, *grades)


def test_a_plain_event_raises_nothing() -> None:
    assert rules("adverse_event", EVENT, GRADE_1) == set()


@pytest.mark.parametrize(
    ("kind", "values", "known", "expected"),
    [
        ("mrd", MRD, MrdResult(id=7, collected=ON, specimen="BONE MARROW", transcript="p190"), "mrd.twice"),
        ("phase", {"phase": "induction", "began": ON}, PhaseRun(id=7, phase="induction", began=ON), "phase.twice!"),
        (
            "phase",
            {"phase": "blina-1", "began": ON},
            PhaseRun(id=7, phase="induction", began=PartialDate(2026, 5)),
            "phase.order",
        ),
        (
            "exposure",
            {"drug": "dasatinib", "dose": MG, "began": ON},
            Exposure(id=7, drug="dasatinib", began=PartialDate(2026, 2)),
            "dose.overlap",
        ),
        (
            "visit",
            {"code": "D22", "status": "DONE", "date": ON},
            Visit(id=7, code="D22", status="DONE", date=ON),
            "visit.twice",
        ),
        (
            "lab",
            {"test": "HGB", "collected": ON, "value": Quantity(Decimal(1100), "g/dL")},
            LabResult(id=7, test="HGB", collected=PartialDate(2026, 2), value=Quantity(Decimal(11), "g/dL")),
            "lab.leap",
        ),
        ("lab_range", RANGE, LabRange(id=7, **RANGE), "range.twice!"),
    ],
)
def test_a_record_is_compared_with_its_siblings(
    kind: str, values: Mapping[str, Any], known: Record, expected: str
) -> None:
    assert expected in rules(kind, values, known={kind: (known,)})


def test_a_range_of_the_other_sex_or_of_another_day_stands_beside_it() -> None:
    for other in ({"sex": "F"}, {"valid_from": PartialDate(2026, 4)}, {"laboratory": "B"}):
        assert rules("lab_range", RANGE, known={"lab_range": (LabRange(id=7, **{**RANGE, **other}),)}) == set()


def test_doses_that_follow_each_other_do_not_overlap() -> None:
    before = Exposure(id=7, drug="dasatinib", began=PartialDate(2026, 2, 1), ended=PartialDate(2026, 2, 28))
    values = {"drug": "dasatinib", "dose": MG, "began": ON}
    assert rules("exposure", values, known={"exposure": (before,)}) == set()


def test_nothing_happens_before_birth_and_a_doubt_is_raised_after_death() -> None:
    assert "date.before-birth!" in rules("mrd", MRD, born=PartialDate(2026, 4))
    assert "date.after-death" in rules("mrd", MRD, died=PartialDate(2026, 1))


def test_a_partial_date_that_may_be_in_order_raises_nothing() -> None:
    assert rules("history", {"term": "Gout", "began": PartialDate(2020, 5), "ended": PartialDate(2020)}) == set()


def test_enrolment_is_held_against_the_consent() -> None:
    values = {"screening_number": "S1", "subject_number": "1", "screened": ON, "sex": "F", "enrolled": ON}
    assert "patient.consent-order!" in rules("patient", values, consented=PartialDate(2026, 3, 2))


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_no_record_whatever_makes_a_check_fall_over(kind: str, data: st.DataObject) -> None:
    dates = (
        st.none()
        | st.dates().map(PartialDate.from_date)
        | st.just(PartialDate(2026))
        | st.just(PartialDate.from_iso("UNK"))
    )
    numbers = st.none() | st.builds(
        Quantity, st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(["", "mg", "%"])
    )
    by_type = {
        "text": st.none() | st.text(), "note": st.none() | st.text(), "choice": st.none() | st.text(),
        "choices": st.none() | st.lists(st.text()).map(tuple), "yes or no": st.none() | st.booleans(),
        "whole number": st.none() | st.integers(), "quantity": numbers, "date": dates,
        "date and time": st.none() | st.datetimes(timezones=st.just(UTC)), "reference": st.none() | st.integers(),
    }  # fmt: skip
    values = {name: data.draw(by_type[field.type.value]) for name, field in KINDS[kind].fields.items()}
    assert isinstance(rules(kind, values), set)


@pytest.mark.parametrize(("age", "found"), [(16, {"patient.age-birth"}), (59, set()), (58, {"patient.age-birth"})])
def test_age_and_date_of_birth_are_held_against_each_other(age: int, found: set[str]) -> None:
    born, patient = PartialDate(1967, 5, 4), {"screening_number": "S1", "screened": ON, "sex": "F", "age": age}
    signed = PartialDate(2026, 9, 28)
    assert rules("patient", patient, born=born, consented=signed) == found
    assert rules("identity", {"birth_date": born}, age=age, consented=signed) == found


def test_a_birth_year_alone_leaves_two_ages_open() -> None:
    born = {"birth_date": PartialDate(1967)}
    assert rules("identity", born, age=58, consented=ON) == rules("identity", born, age=59, consented=ON) == set()
    assert rules("identity", born, age=57, consented=ON) == {"patient.age-birth"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [("mutation", {}), ("lab", {"test": "HGB", "not_done": "Sample lost"}), ("sample", {"purpose": "HLA"})],
)
def test_what_was_not_done_may_be_recorded_where_that_is_something_to_say(kind: str, values: Mapping[str, Any]) -> None:
    assert rules(kind, {"collected": NEVER, **values}) == set()
