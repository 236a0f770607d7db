"""Days that contradict each other are asked about, from whichever of the two is entered last."""

from collections.abc import Mapping
from typing import Any

import pytest

from models.domain.partial_dates import PartialDate
from models.records import Record
from models.records.disease import Assessment, Disease, Relapse
from models.records.molecular import MrdResult
from models.records.patient import Consent, Patient
from models.records.safety import AdverseEvent
from models.records.treatment import Exposure, PhaseRun, Transplant
from models.records.visits import Visit
from tests.models.checks.asking import DALBA, MG, MRD, messages, rules

EARLY, MIDDLE, LATE = PartialDate(2026, 1, 10), PartialDate(2026, 3, 1), PartialDate(2026, 5, 20)
ENROLLED = Patient(screening_number="S1", screened=EARLY, sex="F", enrolled=EARLY)
REMISSION = Assessment(id=7, assessed=EARLY, response="CR")
TREATING = next(phase.code for phase in DALBA.phases if phase.treatment)
OBSERVING = next(phase.code for phase in DALBA.phases if not phase.treatment)


@pytest.mark.parametrize(
    "record",
    [
        MrdResult(id=7, collected=LATE, specimen="BONE MARROW", transcript="p190"),
        Visit(id=7, code="D85", status="DONE", date=LATE),
        Exposure(id=7, drug="dasatinib", dose=MG, began=LATE),
        AdverseEvent(id=7, term="Fever", version="4.03", began=LATE),
    ],
)
def test_a_death_before_anything_of_a_living_patient_is_doubtful(record: Record) -> None:
    known = {record.kind.name: (record,)}
    assert "death.before-record" in rules("death", {"date": MIDDLE}, known=known)
    assert rules("death", {"date": LATE}, known=known) == set()


def test_a_visit_that_was_missed_may_lie_after_the_death() -> None:
    missed = Visit(id=7, code="D85", status="MISSED", date=LATE, reason="died")
    assert rules("death", {"date": MIDDLE}, known={"visit": (missed,)}) == set()


def test_the_doubt_about_a_death_names_the_latest_record_and_how_many_there_are() -> None:
    samples = [
        MrdResult(id=n, collected=PartialDate(2026, 11, day), specimen="BONE MARROW", transcript="p190")
        for n, day in enumerate((15, 22), 1)
    ]
    (said,) = messages("death", {"date": PartialDate(2026, 9, 10)}, known={"mrd": samples})
    assert "before the MRD result of 22 Nov 2026 and 1 more" in said


def test_a_record_entered_after_the_death_is_doubtful_and_a_later_day_of_death_is_not() -> None:
    assert "date.after-death" in rules("mrd", {**MRD, "collected": LATE}, died=MIDDLE)
    assert rules("death", {"date": LATE}, died=MIDDLE) == set()


@pytest.mark.parametrize(
    ("kind", "values", "known", "consented", "expected"),
    [
        ("transplant", {"done": EARLY}, {}, MIDDLE, "transplant.consent"),
        ("transplant", {"done": EARLY}, {"disease": [Disease(diagnosed=MIDDLE)]}, None, "transplant.diagnosis"),
        ("relapse", {"found": EARLY}, {"disease": [Disease(diagnosed=MIDDLE)]}, None, "relapse.diagnosis"),
        ("relapse", {"found": LATE}, {"assessment": [REMISSION]}, None, "relapse.site"),
        ("relapse", {"found": LATE, "sites": ("MARROW",)}, {}, None, "relapse.first"),
        ("exposure", {"drug": "dasatinib", "dose": MG, "began": EARLY}, {}, MIDDLE, "exposure.consent"),
        ("phase", {"phase": TREATING, "began": EARLY}, {}, MIDDLE, "phase.consent"),
        ("consent", {"version": "1", "signed": MIDDLE}, {"exposure": [Exposure(drug="dasatinib", began=EARLY)]}, None,
         "consent.after-treatment"),
        ("consent", {"version": "1", "signed": MIDDLE}, {"patient": [ENROLLED]}, None,
         "consent.after-enrolment"),
        ("consent", {"version": "1", "signed": MIDDLE}, {"transplant": [Transplant(done=EARLY)]}, None,
         "consent.after-treatment"),
        ("disease", {"diagnosed": MIDDLE}, {"transplant": [Transplant(done=EARLY)]}, None, "disease.after-transplant"),
        ("disease", {"diagnosed": MIDDLE}, {"relapse": [Relapse(found=EARLY)]}, None, "disease.after-relapse"),
        ("disposition", {"event": "OFF STUDY", "date": EARLY}, {}, MIDDLE, "disposition.consent"),
        ("disposition", {"event": "END OF TREATMENT", "date": EARLY},
         {"phase": [PhaseRun(phase=TREATING, began=MIDDLE)]}, None, "disposition.early"),
        ("disposition", {"event": "LOST TO FOLLOW-UP", "date": EARLY},
         {"visit": [Visit(code="D85", status="DONE", date=MIDDLE)]}, None, "disposition.early"),
    ],
)  # fmt: skip
def test_a_day_in_the_wrong_order_is_doubtful(
    kind: str, values: Mapping[str, Any], known: Mapping[str, Any], consented: PartialDate | None, expected: str
) -> None:
    assert expected in rules(kind, values, known=known, consented=consented)


def test_days_in_their_order_raise_nothing() -> None:
    known = {"disease": [Disease(diagnosed=EARLY)], "assessment": [REMISSION]}
    assert rules("transplant", {"done": MIDDLE}, known=known, consented=EARLY) == set()
    assert rules("relapse", {"found": LATE, "sites": ("MARROW",)}, known=known, consented=EARLY) == set()
    assert rules("phase", {"phase": OBSERVING, "began": EARLY}, consented=MIDDLE) == set()
    later = {"phase": [PhaseRun(phase=OBSERVING, began=LATE)], "visit": [Visit(code="FU3", status="DONE", date=LATE)]}
    assert rules("disposition", {"event": "END OF TREATMENT", "date": MIDDLE}, known=later) == set()
    missed = {"visit": [Visit(code="FU3", status="MISSED", date=LATE)]}
    assert rules("disposition", {"event": "OFF STUDY", "date": MIDDLE}, known=missed) == set()


def test_a_new_version_of_the_consent_may_follow_treatment() -> None:
    known = {
        "consent": [Consent(id=7, version="1", signed=EARLY)],
        "phase": [PhaseRun(phase=TREATING, began=PartialDate(2026, 2))],
    }
    assert rules("consent", {"version": "2", "signed": MIDDLE}, known=known) == set()


def test_the_only_remission_moved_behind_the_relapse_is_doubtful() -> None:
    known: dict[str, list[Record]] = {"assessment": [REMISSION], "relapse": [Relapse(found=MIDDLE, sites=("MARROW",))]}
    moved = {"assessed": LATE, "response": "CR"}
    assert "assessment.after-relapse" in rules("assessment", moved, known=known, id=7)
    known["assessment"].append(Assessment(id=8, assessed=EARLY, response="CR"))
    assert rules("assessment", moved, known=known, id=7) == set()
