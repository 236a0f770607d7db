"""What a chart derives from the records of one patient."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from models.chart.lines import next_visit, patient_line, visit_on
from models.chart.visits import missing_pieces
from models.domain.partial_dates import PartialDate
from models.records.disease import Assessment, Relapse
from models.records.molecular import Mutation
from models.records.outcome import Death, Disposition
from models.records.patient import Consent
from models.records.safety import AdverseEvent, AeGrade
from models.records.treatment import Transplant
from models.records.visits import Sample
from tests.builders import TODAY, PatientBuilder, a_patient, a_treated_patient


def test_day_one_is_the_first_day_of_the_protocols_phase_and_there_is_no_day_nought() -> None:
    chart = a_patient().phase("prephase", -7, -1).phase("induction", 1).chart()
    assert chart.day(PartialDate(2026, 1, 9)) == 1
    assert chart.day(PartialDate(2026, 1, 8)) == -1
    assert chart.day(PartialDate(2026, 1)) is None


def test_without_a_first_dose_there_are_no_study_days() -> None:
    chart = a_patient().chart()
    assert chart.day_one is None
    assert chart.day(PartialDate(2026, 1, 9)) is None
    assert chart.status == "ENROLLED"


def test_status_follows_the_records() -> None:
    treated = a_patient().phase("induction", 1)
    assert treated.chart().status == "ON TREATMENT"
    treated.add(Disposition(event="END OF TREATMENT", date=PartialDate(2026, 5, 1), reason="TRANSPLANT"))
    assert treated.chart().status == "FOLLOW-UP"
    treated.add(Disposition(event="CONSENT WITHDRAWN", date=PartialDate(2026, 6, 1)))
    assert treated.chart().status == "OFF STUDY"
    treated.add(Death(date=PartialDate(2026, 7, 1)))
    assert treated.chart().status == "DEAD"


def test_the_treated_patient_reaches_response_and_says_since_when() -> None:
    chart = a_treated_patient().chart()
    labels = {m.code: m.day for m in chart.milestones}
    assert labels["first molecular response"] == 130
    assert labels["first complete molecular response"] == 172
    assert chart.course.standing is not None
    assert chart.course.standing.headline.value == "complete"
    assert chart.course.standing.since_day == 172
    assert chart.ikzf1.value == "IKZF1plus"


def test_milestones_come_in_the_order_of_their_days() -> None:
    builder = a_treated_patient()
    builder.add(Consent(version="4", signed=PartialDate(2025, 12, 28)))
    builder.add(Assessment(assessed=PartialDate(2026, 1, 30), response="CR"))
    builder.add(Transplant(done=PartialDate(2026, 9, 1)))
    builder.add(Relapse(found=PartialDate(2026, 9, 20), sites=("CNS",)))
    found = builder.chart().milestones
    assert found[0].code == "consent"
    assert [m.date.iso for m in found] == sorted(m.date.iso for m in found)
    assert "Relapse (central nervous system)" in [m.label for m in found]


def test_a_rise_of_mrd_stands_until_a_later_response_answers_it() -> None:
    builder = a_patient().phase("induction", 1).mrd(-1, 64_000, 100_000).mrd(57, 40).mrd(85, 4_000)
    [alert] = builder.chart().alerts
    assert alert.day == 85
    assert "mutation" in alert.prompt
    answered = builder.mrd(130, 0).chart()
    assert answered.alerts == ()
    assert len(answered.course.alerts) == 1


def test_a_relapse_or_a_death_overtakes_the_rise_that_came_before_it() -> None:
    rising = a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)
    rising.add(Relapse(found=PartialDate(2026, 5, 1)))
    assert rising.chart().alerts == ()
    died = a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)
    died.add(Death(date=PartialDate(2026, 5, 1)))
    assert died.chart().alerts == ()


def test_a_patient_with_both_transcripts_needs_both_for_a_response() -> None:
    builder = a_patient(transcript="both").phase("induction", 1).mrd(85, 0, transcript="p190")
    assert builder.chart().course.standing is None
    both = builder.mrd(85, 0, transcript="p210").chart()
    assert both.course.standing is not None
    assert both.course.standing.headline.value == "complete"


def test_a_serious_event_runs_a_clock_until_it_is_reported() -> None:
    aware = datetime(2026, 10, 1, 16, 20, tzinfo=UTC)
    event = AdverseEvent(term="Fever", version="5.0", began=PartialDate(2026, 10, 1), serious=True, aware=aware)
    builder = a_patient()
    builder.add(event)
    [view] = builder.chart().events
    assert view.deadline == aware + timedelta(hours=24)
    assert view.open
    reported = a_patient()
    reported.add(AdverseEvent(**{**event.values(), "reported": aware + timedelta(hours=2)}))
    assert reported.chart().events[0].deadline is None


def test_an_event_keeps_its_grade_history() -> None:
    builder = a_patient()
    id_ = builder.add(AdverseEvent(term="Fever", version="5.0", began=PartialDate(2026, 3, 1)))
    for day, grade in ((9, "1"), (1, "2"), (4, "3")):
        builder.add(AeGrade(since=PartialDate(2026, 3, day), grade=grade, parent=id_))
    [view] = builder.chart().events
    assert (view.worst, view.current) == (3, 1)


def test_a_laboratory_value_is_graded_by_the_range_of_its_day_and_its_baseline() -> None:
    chart = a_patient().phase("induction", 1).limits("PLAT", 150, 400, "10^9/L").lab("PLAT", 22, 48, "10^9/L").chart()
    [value] = chart.labs
    assert value.grade == 3
    assert value.lower is not None
    unranged = a_patient().phase("induction", 1).lab("HGB", 22, "11.5", "g/dL").chart()
    [value] = unranged.labs
    assert value.grade is None
    assert value.grading is not None
    assert value.grading.reason


def test_doses_are_summed_phase_by_phase() -> None:
    chart = a_treated_patient().chart()
    courses = {course.drug.code: course for course in chart.doses}
    blina = courses["blinatumomab"]
    assert blina.infusion_days == 112
    assert [p.intensity.value for p in blina.phases] == [100] * 4
    dasatinib = courses["dasatinib"].phases[0]
    assert dasatinib.intensity.value is not None
    assert 70 < dasatinib.intensity.value < 100
    assert [pause.value.days for pause in dasatinib.pauses] == [14]
    assert courses["dasatinib"].current is not None
    assert courses["dasatinib"].current.dose is not None
    assert courses["dasatinib"].current.dose.value == 100


def dasatinib_in_induction(patient: PatientBuilder) -> Decimal | None:
    course = next(course for course in patient.chart().doses if course.drug.code == "dasatinib")
    return course.phases[0].intensity.value


def test_no_dose_is_reckoned_while_the_first_one_of_a_phase_is_awaited() -> None:
    begun = a_patient(today=date(2026, 1, 12)).phase("induction", 1)
    assert dasatinib_in_induction(begun) is None
    assert dasatinib_in_induction(begun.dose("dasatinib", 0, 2, reason="ADVERSE EVENT")) == 0


def test_a_course_that_is_over_without_a_dose_was_missed() -> None:
    over = a_patient(today=date(2026, 1, 20)).phase("induction", 1, 8)
    past_its_days = a_patient().phase("induction", 1)
    assert [dasatinib_in_induction(each) for each in (over, past_its_days)] == [0, 0]


def test_a_visit_that_took_place_says_what_it_still_lacks() -> None:
    builder = a_patient().phase("induction", 1).visit("D85", 85)
    [visit] = [v for v in builder.chart().visits if v.code == "D85"]
    assert "MRD" in missing_pieces(visit, builder.chart().records)
    complete = builder.mrd(85, 0, visit="D85").chart()
    assert "MRD" not in missing_pieces(visit, complete.records)


def test_a_missed_visit_lacks_nothing() -> None:
    chart = a_patient().phase("induction", 1).visit("D85", status="MISSED", reason="Travel").chart()
    [visit] = [v for v in chart.visits if v.code == "D85"]
    assert missing_pieces(visit, chart.records) == ()


def test_a_sample_is_awaited_until_its_result_is_there() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Sample(purpose="MRD", specimen="BONE MARROW", collected=builder.when(85)))
    builder.add(Sample(purpose="HLA"))
    assert {s.purpose for s in builder.chart().awaited} == {"HLA", "MRD"}
    assert [s.purpose for s in builder.mrd(85, 0).chart().awaited] == ["HLA"]


def test_a_mutation_test_asked_for_is_awaited_once() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Mutation(collected=builder.on(85)))
    [waiting] = builder.chart().awaited
    assert (waiting.kind, waiting.purpose) == ("mutation", "MUTATION")
    builder.add(Sample(purpose="MUTATION", collected=builder.on(85)))
    assert [w.kind for w in builder.chart().awaited] == ["sample"]


def a_mutation_sample(builder: PatientBuilder, *, received: int | None = None) -> Sample:
    return Sample(purpose="MUTATION", specimen="BONE MARROW", collected=builder.on(85), received=builder.when(received))


def test_the_result_of_the_mutation_test_answers_its_sample() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(a_mutation_sample(builder))
    builder.add(Mutation(collected=builder.on(85), specimen="BLOOD", result="NONE"))
    assert [w.kind for w in builder.chart().awaited] == ["sample"]
    builder.add(Mutation(collected=builder.on(85), specimen="BONE MARROW", result="NONE"))
    assert builder.chart().awaited == ()


def test_a_mutation_test_without_a_result_is_awaited_although_its_sample_came_back() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(a_mutation_sample(builder, received=97))
    builder.add(Mutation(collected=builder.on(85), specimen="BONE MARROW"))
    assert [w.kind for w in builder.chart().awaited] == ["mutation"]


def test_what_was_not_done_is_not_awaited() -> None:
    builder = a_patient().phase("induction", 1)
    never = PartialDate.from_iso("ND")
    builder.add(Mutation(collected=never))
    builder.add(Sample(purpose="HLA", collected=never))
    builder.add(Sample(purpose="HLA", collected=builder.on(85), sent=never))
    assert builder.chart().awaited == ()


def test_a_day_that_is_not_known_hides_no_milestone() -> None:
    builder, unknown = a_patient().phase("induction", 1), PartialDate.from_iso("UNK")
    builder.add(Consent(version="1.0", signed=unknown))
    builder.add(Consent(version="2.0", signed=builder.on(-10)))
    builder.add(Assessment(assessed=unknown, response="CR"))
    builder.add(Assessment(assessed=builder.on(85), response="CR"))
    assert {"consent", "remission"} <= {each.code for each in builder.chart().milestones}


def test_a_visit_that_was_missed_on_a_day_is_not_expected_on_it() -> None:
    builder = a_patient().phase("induction", 1).visit("D22", 22, status="MISSED", reason="Infection")
    day = builder.on(22).full
    assert day is not None
    assert not visit_on(builder.chart(), day)


def test_the_next_visit_is_the_one_due() -> None:
    chart = a_treated_patient().chart()
    following = next_visit(chart)
    assert following is not None
    line = patient_line(chart)
    assert line["next_visit"] == following.code
    assert line["last_class"] == "complete"
    assert line["label"] == "042-017"


def test_a_patient_is_expected_while_a_window_is_open() -> None:
    chart = a_treated_patient().chart()
    following = next_visit(chart)
    assert following is not None
    assert following.opens is not None
    assert visit_on(chart, following.opens)
    assert not visit_on(chart, TODAY - timedelta(days=400))


def test_the_visit_of_a_day_is_not_one_that_is_overdue() -> None:
    chart = a_patient(today=date(2026, 3, 1)).phase("induction", 1).chart()
    overdue, later = next_visit(chart), chart.protocol.visit("D57")
    assert overdue is not None
    assert later is not None
    (wanted,) = (visit for visit in chart.visits if visit.code == later.code)
    assert wanted.opens is not None
    found = visit_on(chart, wanted.opens)
    assert found is not None
    assert (found.code, overdue.code != found.code) == ("D57", True)


def test_after_a_screen_failure_no_visit_is_due() -> None:
    chart = a_patient().chart()
    failed = replace(chart, patient=replace(chart.patient, enrolled=None, screen_failure=PartialDate(2026, 1, 3)))
    assert next_visit(chart) is not None
    assert next_visit(failed) is None


def test_an_empty_patient_derives_without_a_word() -> None:
    chart = a_patient().chart()
    assert chart.course.time_points == ()
    for derived in (chart.events, chart.labs, chart.milestones[1:], chart.flags, chart.awaited):
        assert not derived
    assert chart.ikzf1.value == "not evaluable"
    assert next_visit(chart) is not None
