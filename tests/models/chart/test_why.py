"""What a chart says can be asked why."""

from datetime import date, datetime, timedelta, timezone

from models.chart.patient_chart import PatientChart
from models.chart.why import why_deadline, why_milestone, why_numbers, why_response, why_visit
from models.domain.derived import Derived
from models.records.disease import Assessment
from models.records.outcome import Death
from tests.builders import a_patient, a_treated_patient, dalba
from tests.wording import english, english_inputs


def milestone(chart: PatientChart, code: str) -> Derived[date | None] | None:
    return why_milestone(chart, next(each for each in chart.milestones if each.code == code))


def test_without_a_result_the_response_says_what_is_missing() -> None:
    told = why_response(a_patient().chart())
    assert (told.value, english(told.reason)) == ("not evaluable", "No result of the bone marrow has a class yet.")


def test_a_molecular_milestone_names_its_time_points_and_day_one() -> None:
    told = milestone(a_treated_patient().chart(), "sustained molecular response")
    assert told is not None
    assert english_inputs(told)["Study day 1"] == "9 Jan 2026"
    assert english(told.reason) == "2 time points in a row in molecular response."


def test_haematologic_remission_is_the_investigators_word() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Assessment(assessed=builder.on(27), response="CRi"))
    told = milestone(builder.chart(), "remission")
    assert told is not None
    assert told.rule.id == "haematologic-remission"
    assert english_inputs(told)["Haematologic response"] == "CRi"


def test_a_recorded_day_says_how_its_study_day_is_counted() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Death(date=builder.on(-3)))
    told = milestone(builder.chart(), "death")
    assert told is not None
    assert told.rule.id == "study-day"
    assert english(told.reason).endswith("It lies 3 days before the first day of treatment.")


def test_a_recorded_day_without_a_study_day_has_nothing_to_explain() -> None:
    builder = a_patient()
    builder.add(Death(date=builder.on(5)))
    assert milestone(builder.chart(), "death") is None


def test_every_visit_and_every_result_of_a_chart_can_be_explained() -> None:
    chart = a_treated_patient().mrd("2026-05", 4).mrd(200, None, None, category="positive").chart()
    assert [why_visit(chart, visit).value for visit in chart.visits] == [visit.state.value for visit in chart.visits]
    results = [point.sample.key for series in chart.course.series for point in series.points]
    assert all(number.reason for key in results for number in why_numbers(chart, int(key)))


def test_a_deadline_is_the_clock_of_the_protocol_from_when_the_site_was_aware() -> None:
    aware = datetime(2026, 10, 1, 21, 30, tzinfo=timezone(timedelta(hours=1)))
    clock = next(clock for clock in dalba().clocks if clock.applies_to == "serious")
    told = why_deadline(dalba(), clock, aware)
    assert told.value == aware + timedelta(hours=24)
    assert told.rule.id == "LAL2116, clock SAE"
    assert english_inputs(told)["Time allowed"] == "24 hours"
    assert english_inputs(told)["Reported"] == "not yet"
