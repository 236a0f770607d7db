"""What the desk finds on the day of the demo: every section of the Today page has something believable in it."""

from collections import Counter
from datetime import datetime, timedelta, timezone

from models.chart.patient_chart import PatientChart
from models.protocols.schedule import VisitState
from models.records.disease import Relapse
from models.records.outcome import Disposition
from models.records.visits import Sample
from tests.models.demo.conftest import TODAY


def states(charts: list[PatientChart]) -> Counter[VisitState]:
    """How many visits stand where."""
    return Counter(visit.state for chart in charts for visit in chart.visits)


def test_visits_are_open_closing_overdue_late_missed_and_skipped(enrolled: list[PatientChart]) -> None:
    found = states(enrolled)
    for state in (
        VisitState.OPEN,
        VisitState.CLOSING,
        VisitState.OVERDUE,
        VisitState.DONE_OUT_OF_WINDOW,
        VisitState.MISSED,
        VisitState.SKIPPED,
        VisitState.UNSCHEDULED,
    ):
        assert found[state] >= 2, state


def test_most_visits_took_place_in_their_window(enrolled: list[PatientChart]) -> None:
    found = states(enrolled)
    assert found[VisitState.DONE_IN_WINDOW] > 20 * found[VisitState.DONE_OUT_OF_WINDOW]
    assert found[VisitState.OVERDUE] <= 6


def test_a_late_visit_says_why(enrolled: list[PatientChart]) -> None:
    late = [v for c in enrolled for v in c.visits if v.state is VisitState.DONE_OUT_OF_WINDOW]
    assert all(visit.reason for visit in late)


def test_results_are_awaited_for_a_few_days_at_most_but_one(enrolled: list[PatientChart]) -> None:
    waiting = [sample for chart in enrolled for sample in chart.awaited]
    assert {sample.purpose for sample in waiting} >= {"MRD", "MUTATION", "HLA"}
    assert 5 <= len(waiting) <= 20


def test_one_serious_event_waits_to_be_reported_since_yesterday(enrolled: list[PatientChart]) -> None:
    unreported = [e.record for c in enrolled for e in c.events if e.record.serious and e.record.reported is None]
    (event,) = unreported
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=timezone(timedelta(hours=1)))
    assert event.aware is not None
    assert timedelta(0) < now - event.aware < timedelta(hours=24)


def test_mrd_rises_now_in_two_patients_without_relapse_and_their_mutation_tests_are_awaited(
    enrolled: list[PatientChart],
) -> None:
    rising = [
        c
        for c in enrolled
        if not c.of(Relapse) and any((TODAY - alert.when).days < 130 and alert.prompt for alert in c.alerts)
    ]
    tested = [c for c in rising if any(s.purpose == "MUTATION" and s.received is None for s in c.of(Sample))]
    assert len(tested) == 2


def test_six_questions_are_open_each_on_another_kind_of_record(enrolled: list[PatientChart]) -> None:
    asked = [flag.about_kind for chart in enrolled for flag in chart.flags]
    assert sorted(asked) == ["adverse_event", "lab", "medication", "mrd", "visit", "vitals"]


def test_a_question_points_at_a_record_of_its_own_patient(enrolled: list[PatientChart]) -> None:
    for chart in enrolled:
        for flag in chart.flags:
            assert chart.record(flag.about_kind, flag.about_id) is not None, chart.label


def test_some_patients_are_on_treatment_and_the_rest_stands_everywhere_a_patient_can(
    everybody: list[PatientChart],
) -> None:
    found = Counter(chart.status for chart in everybody)
    assert found["ON TREATMENT"] == 5
    assert found["DEAD"] == found["SCREEN FAILURE"] == 3
    assert found["FOLLOW-UP"] == 50
    assert found["OFF STUDY"] == 5


def test_a_screen_failure_keeps_its_reason_and_the_criterion(everybody: list[PatientChart]) -> None:
    failed = [chart for chart in everybody if chart.status == "SCREEN FAILURE"]
    assert all(chart.patient.screen_failure_reason for chart in failed)
    assert not any(chart.patient.subject_number for chart in failed)


def test_both_transcripts_are_followed_where_both_were_found(enrolled: list[PatientChart]) -> None:
    both = [c for c in enrolled if c.disease and c.disease.transcript == "both"]
    assert all({s.transcript for s in c.course.series} == {"p190", "p210"} for c in both)


def test_blood_and_marrow_of_one_day_are_two_points(enrolled: list[PatientChart]) -> None:
    baseline = [
        {(p.specimen) for p in chart.course.time_points if p.when == chart.course.time_points[0].when}
        for chart in enrolled
    ]
    assert all(found == {"BONE MARROW", "BLOOD"} for found in baseline)


def test_who_left_the_study_has_a_reason(enrolled: list[PatientChart]) -> None:
    left = [d for c in enrolled for d in c.of(Disposition)]
    assert left
    assert all(d.reason for d in left)
