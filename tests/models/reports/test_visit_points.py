"""What has to be done or was out of the plan, as the visit summary tells it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.domain.partial_dates import PartialDate
from models.records import Record
from models.records.patient import EligibilityAnswer
from models.records.safety import AdverseEvent
from tests.builders import PatientBuilder, a_patient, a_treated_patient, dalba
from tests.models.reports.test_visit_summary import summary


def _with(builder: PatientBuilder, record: Record) -> PatientBuilder:
    builder.add(record)
    return builder


def test_the_dose_that_goes_on_in_follow_up_stands_beside_the_status(tmp_path: Path) -> None:
    assert "Follow-up Dasatinib 100 mg Next visit" in summary(a_treated_patient().phase("post", 250), tmp_path)


def test_a_serious_event_whose_clock_runs_is_an_open_point(tmp_path: Path) -> None:
    aware = datetime(2026, 9, 30, 9, tzinfo=UTC)
    event = AdverseEvent(term="Sepsis", version="5.0", began=PartialDate(2026, 9, 29), serious=True, aware=aware)
    text = summary(_with(a_treated_patient(), event), tmp_path)
    assert "Serious adverse event not reported: Sepsis. To be reported by" in text
    reported = replace(event, reported=aware + timedelta(hours=3))
    assert "not reported" not in summary(_with(a_treated_patient(), reported), tmp_path)


def test_a_serious_event_without_awareness_is_to_be_reported_at_once(tmp_path: Path) -> None:
    event = AdverseEvent(term="Sepsis", version="5.0", began=PartialDate(2026, 9, 29), serious=True)
    text = summary(_with(a_treated_patient(), event), tmp_path)
    assert "not reported: Sepsis. Since when the site is aware of it is not recorded: report it at once." in text


def test_an_enrolment_against_the_criteria_is_a_deviation(tmp_path: Path) -> None:
    criterion = next(c for c in dalba().criteria if c.exclusion)
    answer = EligibilityAnswer(criterion=criterion.code, answer="YES")
    text = summary(_with(a_patient().visit("D22", 22), answer), tmp_path)
    assert f"although not eligible. Not satisfied: {criterion.code}." in text
    assert "not eligible" not in summary(a_patient().visit("D22", 22), tmp_path)
