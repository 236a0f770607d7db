"""What contradicts itself or the rest of the record: days in the wrong order, another transcript, an opposite call."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.disease import Disease, Lesion
from models.records.laboratory import LabResult
from models.records.molecular import MrdResult
from models.records.treatment import PhaseRun
from tests.models.checks.asking import MRD, ON, messages, rules

EARLIER = PartialDate(2026, 2, 20)
EVENT: Mapping[str, Any] = {"term": "Fever", "version": "4.03", "began": ON}
GRADE = ("ae_grade", {"since": ON, "grade": "2"})
HAEMOGLOBIN: Mapping[str, Any] = {"test": "HGB", "collected": ON, "value": Quantity(Decimal("9.1"), "g/dL")}


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("transplant", {"done": ON, "engrafted": EARLIER}, "transplant.engrafted-order!"),
        ("sample", {"purpose": "MRD", "collected": ON, "received": EARLIER}, "sample.received-order!"),
        ("sample", {"purpose": "MRD", "collected": ON, "sent": EARLIER}, "sample.sent-order!"),
        ("sample", {"purpose": "MRD", "sent": ON, "received": EARLIER}, "sample.received-order!"),
        ("mrd", {**MRD, "reported": EARLIER}, "mrd.reported-order!"),
        ("consent", {"version": "4.0", "signed": ON, "withdrawn": EARLIER}, "consent.withdrawn-order!"),
    ],
)
def test_what_follows_cannot_come_first(kind: str, values: Mapping[str, Any], expected: str) -> None:
    assert expected in rules(kind, values)


def test_days_that_may_be_in_order_raise_nothing() -> None:
    values = {"purpose": "MRD", "collected": ON, "sent": PartialDate(2026, 3), "received": PartialDate(2026)}
    assert rules("sample", values) == set()


@pytest.mark.parametrize(("diagnosed", "doubtful"), [("p210", True), ("p190", False), ("both", False), (None, False)])
def test_a_result_of_the_other_transcript_is_doubted(diagnosed: str | None, doubtful: bool) -> None:
    found = rules("mrd", MRD, known={"disease": (Disease(id=1, transcript=diagnosed),)})
    assert ("mrd.other-transcript" in found) is doubtful


@pytest.mark.parametrize(("transcript", "doubtful"), [("p210", True), ("p190", False), ("both", False)])
def test_a_transcript_at_diagnosis_is_held_against_the_results(transcript: str, doubtful: bool) -> None:
    results = (MrdResult(id=7, collected=ON, specimen="BLOOD", transcript="p190"),)
    found = rules("disease", {"transcript": transcript}, known={"mrd": results})
    assert ("disease.transcript-mrd" in found) is doubtful


def phases(began: PartialDate, *known: PhaseRun) -> set[str]:
    return rules("phase", {"phase": "blina-1", "began": began}, known={"phase": known})


def test_a_phase_that_begins_while_the_one_before_it_runs_is_doubted() -> None:
    induction = PhaseRun(id=3, phase="induction", began=PartialDate(2026, 1, 9))
    prephase = PhaseRun(id=2, phase="prephase", began=PartialDate(2026, 1, 2))
    assert phases(PartialDate(2026, 1, 10), prephase, induction) == {"phase.early"}
    assert phases(PartialDate(2026, 4, 4), prephase, induction) == set()


def test_a_phase_that_is_recorded_as_ended_is_not_waited_for() -> None:
    ended = PhaseRun(id=3, phase="induction", began=PartialDate(2026, 1, 9), ended=PartialDate(2026, 2, 1))
    assert phases(PartialDate(2026, 2, 2), ended) == set()
    assert phases(PartialDate(2026, 1, 20), ended) == {"phase.early"}


def test_when_the_phase_before_would_end_is_said() -> None:
    induction = PhaseRun(id=3, phase="induction", began=PartialDate(2026, 1, 9))
    values = {"phase": "blina-1", "began": PartialDate(2026, 1, 10)}
    [said] = messages("phase", values, known={"phase": (induction,)})
    assert "began on 9 Jan 2026 and takes 85 days, to 3 Apr 2026" in said


@pytest.mark.parametrize("verbatim", [None, " ", "."])
def test_other_specify_without_words_is_refused(verbatim: str | None) -> None:
    other = {**EVENT, "term": "Infections and infestations - Other, specify", "verbatim": verbatim}
    assert "event.unspecified!" in rules("adverse_event", other, GRADE)
    assert rules("adverse_event", {**other, "verbatim": "Toxoplasmosis"}, GRADE) == set()


def test_an_event_that_began_before_the_consent_is_doubted() -> None:
    assert rules("adverse_event", EVENT, GRADE, consented=PartialDate(2026, 3, 2)) == {"event.consent"}
    assert rules("adverse_event", EVENT, GRADE, consented=ON) == set()


def laboratory(values: Mapping[str, Any], **other: object) -> list[str]:
    known = LabResult(**{"id": 7, **HAEMOGLOBIN, **other})
    return messages("lab", values, known={"lab": (known,)})


def test_the_same_test_of_the_same_day_is_doubted_and_the_value_is_named() -> None:
    [said] = laboratory(HAEMOGLOBIN)
    assert "is already recorded as 9.1 g/dL. If this is a second sample of that day" in said


def test_two_laboratories_and_two_days_are_no_doubt() -> None:
    assert laboratory({**HAEMOGLOBIN, "laboratory": "Central"}, laboratory="District") == []
    assert laboratory(HAEMOGLOBIN, collected=EARLIER) == []
    assert laboratory(HAEMOGLOBIN, test="PLAT", value=Quantity(Decimal(90), "10^9/L")) == []


@pytest.mark.parametrize(("call", "doubtful"), [("not deleted", True), ("deleted", False), ("failed", False)])
def test_a_call_and_its_opposite_are_doubted(call: str, doubtful: bool) -> None:
    known = (Lesion(id=7, gene="IKZF1", call="deleted"), Lesion(id=8, gene="PAX5", call="deleted"))
    found = rules("lesion", {"gene": "IKZF1", "call": call}, known={"lesion": known})
    assert found == ({"lesion.calls-differ"} if doubtful else set())


@pytest.mark.parametrize(
    "variant",
    [
        "T315I", "p.T315I", "p.Thr315Ile", "p.(Thr315Ile)", "c.944C>T", "E255K/T315I", "T315I, F359V",
        "G250_Q252del", "V299*", "Y253fs", "E279_K285dup", "c.1423_1424ins35",
    ],
)  # fmt: skip
def test_a_mutation_that_is_written_like_one_passes(variant: str) -> None:
    assert rules("mutation", {"collected": ON, "result": "FOUND", "variant": variant}) == set()


@pytest.mark.parametrize("variant", ["foo", "315", "T315", "positive", "T315I?", "ABL1", "B315I"])
def test_a_mutation_that_is_not_written_like_one_is_doubted(variant: str) -> None:
    assert rules("mutation", {"collected": ON, "result": "FOUND", "variant": variant}) == {"mutation.name"}


def copies(target: Quantity | None, control: Quantity | None) -> tuple[str, dict[str, Any]]:
    return "replicate", {"number": 1, "target_copies": target, "control_copies": control}


def test_a_replicate_that_is_only_a_bound_is_refused() -> None:
    bound = Quantity(Decimal(5), "copies", "<")
    assert "mrd.replicates.bound!" in rules("mrd", MRD, copies(bound, Quantity(Decimal(40_000), "copies")))


def test_a_replicate_with_one_of_its_numbers_is_doubted() -> None:
    assert "mrd.replicates.incomplete" in rules("mrd", MRD, copies(Quantity(Decimal(5), "copies"), None))


def test_the_last_value_is_the_last_one_with_a_day() -> None:
    def platelets(number: int, day: str, value: int) -> LabResult:
        quantity = Quantity(Decimal(value), "10^9/L")
        return LabResult(id=number, test="PLAT", collected=PartialDate.from_iso(day), value=quantity)

    known = {"lab": [platelets(1, "UNK", 2), platelets(2, "2026-02-01", 300)]}
    typed = {"test": "PLAT", "collected": ON, "value": Quantity(Decimal(310), "10^9/L")}
    assert rules("lab", typed, known=known) == set()


def test_every_age_that_follows_from_the_birth_is_named() -> None:
    patient = {"screening_number": "S1", "screened": ON, "sex": "F", "age": 50}
    [said] = messages("patient", patient, born=PartialDate(1967), consented=ON)
    assert "at consent it would be 58 or 59." in said
