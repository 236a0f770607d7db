"""A clinic visit is typed as one form of the pieces it collects, and saved as one."""

from models.records.disease import Assessment
from models.records.laboratory import Vitals
from models.records.molecular import MrdResult
from models.records.treatment import LumbarPuncture
from models.records.visits import Visit
from tests.scenarios.person import Person


def test_weight_marrow_and_puncture_are_saved_with_the_visit_and_carry_its_day(nurse: Person) -> None:
    nurse.find("042-001 day 45")
    nurse.front("visit_dialog")
    nurse.fill(visit_date="22 feb 2026", vitals_weight="62.5", vitals_temperature="36.6")
    nurse.fill(assessment_marrow_blasts="2", assessment_response="CR")
    nurse.go_to("lumbar_puncture_drugs_MTX")
    nurse.keys("Space")
    assert not [visit for visit in nurse.chart("042-001").of(Visit) if visit.code == "D45"]
    nurse.save()
    nurse.gone("visit_dialog")

    chart = nurse.chart("042-001")
    (visit,) = (visit for visit in chart.of(Visit) if visit.code == "D45")
    (vitals,), (assessment,), (puncture,) = chart.of(Vitals), chart.of(Assessment), chart.of(LumbarPuncture)
    assert visit.date is not None
    assert {visit.date.iso, vitals.measured.iso, assessment.assessed.iso, puncture.done.iso} == {"2026-02-22"}
    assert {vitals.visit, assessment.visit, puncture.visit} == {"D45"}
    assert {vitals.entered_at, assessment.entered_at, puncture.entered_at} == {visit.entered_at}

    row = next(row for row in nurse.rows("visit_table") if row[0] == "Day 45")
    assert "22 Feb 2026" in row
    assert "Done in window" in row
    assert "Vital signs" not in row[-1]
    assert "MRD" in row[-1]


def test_the_result_of_a_visit_is_typed_from_its_form(nurse: Person) -> None:
    nurse.find("042-001 after cycle 1")
    nurse.front("visit_dialog")
    nurse.go_to("visit_mrd_add")
    nurse.keys("Space")
    nurse.front("mrd_dialog")
    nurse.fill(mrd_target_copies="0", mrd_control_copies="45310")
    nurse.save()
    nurse.gone("mrd_dialog")
    nurse.front("visit_dialog")
    assert nurse.says("Complete")
    nurse.keys("Esc")
    nurse.gone("visit_dialog")
    result = next(result for result in nurse.chart("042-001").of(MrdResult) if result.visit == "C1")
    assert result.collected.iso == "2026-05-18"
