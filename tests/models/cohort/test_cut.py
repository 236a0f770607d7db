from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.chart.patient_chart import PatientChart
from models.chart.visits import Entry
from models.cohort.cohort import Cohort, cohort
from models.cohort.cut import as_of
from models.cohort.endpoints import EVENT
from models.cohort.landmarks import MISSING, NOT_REACHED
from models.cohort.member import member
from models.domain.partial_dates import PartialDate, Special
from models.protocols.model import Protocol
from models.records.molecular import MrdResult
from models.records.patient import Consent
from models.records.safety import AdverseEvent
from models.records.treatment import Exposure, PhaseRun, Transplant
from models.records.visits import Visit
from tests.builders import DAY_ONE, TODAY
from tests.models.cohort.people import Person, person


def on(day: int) -> date:
    return DAY_ONE + timedelta(days=day - 1)


def cut(one: Person, day: int) -> PatientChart:
    found = as_of(one.chart(), on(day))
    assert found is not None
    return found


def test_what_is_dated_later_is_left_out() -> None:
    one = person().mrd(85, 0).mrd(86, 0).relapsed(90).died(120)
    found = cut(one, 85)
    assert [result.collected.full for result in found.of(MrdResult)] == [on(85)]
    assert "relapse" not in {kind for kind, records in found.records.items() if records}
    assert found.status == "ON TREATMENT"


@pytest.mark.parametrize("died", [PartialDate(2026), PartialDate(special=Special.UNKNOWN)], ids=str)
def test_a_death_on_a_day_that_is_not_fully_known_lies_after_the_last_sign_of_life(died: PartialDate) -> None:
    one = person().seen(20).seen(100).died(died)
    assert (cut(one, 85).status, cut(one, 100).status) == ("ON TREATMENT", "DEAD")


@pytest.mark.parametrize("found", [PartialDate(2026), PartialDate(special=Special.UNKNOWN)], ids=str)
def test_a_relapse_on_a_day_that_is_not_fully_known_lies_after_the_last_sign_of_remission(found: PartialDate) -> None:
    one = person().assessed(57).assessed(100).relapsed(found)
    assert [len(cut(one, day).records["relapse"]) for day in (85, 100, 101)] == [0, 0, 1]


def test_the_day_of_the_cut_is_today() -> None:
    assert cut(person(), 85).today == on(85)


def test_children_of_what_is_left_out_are_left_out_too() -> None:
    found = cut(person().event("Fever", 90, drugs={"dasatinib": ("RELATED", "UNKNOWN")}), 85)
    assert [found.records[kind] for kind in ("adverse_event", "ae_grade", "ae_drug")] == [(), (), ()]


def test_an_event_had_the_grade_of_that_day() -> None:
    (event,) = cut(person().event("Fever", 80, 95, grade=2, later_grades=[(88, 4)]), 85).events
    assert (event.worst, event.open) == (2, True)


def test_what_ended_later_still_went_on() -> None:
    one = person().dose("dasatinib", 140, 1, 100).event("Fever", 80, 95)
    one.phase("blina-1", 80, 110)
    found = cut(one, 85)
    assert found.of(Exposure)[0].ended is None
    assert (found.of(AdverseEvent)[0].ended, found.of(AdverseEvent)[0].ongoing) == (None, True)
    assert [run.ended is None for run in found.of(PhaseRun)] == [False, False, True]


def test_what_ended_before_is_untouched() -> None:
    one = person().event("Fever", 10, 20)
    assert cut(one, 85).of(AdverseEvent) == one.chart().of(AdverseEvent)


def test_a_later_withdrawal_or_engraftment_is_not_known_yet() -> None:
    one = person()
    one.add(Consent(version="1", signed=one.on(-20), withdrawn=one.on(90)))
    one.add(Transplant(done=one.on(80), engrafted=one.on(95)))
    found = cut(one, 85)
    assert (found.of(Consent)[0].withdrawn, found.of(Transplant)[0].engrafted) == (None, None)


def test_a_result_belongs_to_the_day_of_its_sample() -> None:
    one = person()
    one.add(MrdResult(collected=one.on(84), specimen="BONE MARROW", transcript="p190", reported=one.on(99)))
    assert len(cut(one, 85).of(MrdResult)) == 1


@pytest.mark.parametrize(("iso", "kept"), [("2026-04", True), ("2026", True), ("2026-05", False), ("2027", False)])
def test_a_partial_date_lies_after_the_cut_only_if_all_of_it_does(iso: str, kept: bool) -> None:
    found = as_of(person().mrd(iso, 0).chart(), date(2026, 4, 10))
    assert found
    assert len(found.of(MrdResult)) == kept


def test_records_without_a_date_stay() -> None:
    one = person()
    one.ikzf1_plus()
    assert cut(one, 1).ikzf1.value == "IKZF1plus"


@pytest.mark.parametrize("status", ["MISSED", "SKIPPED"])
def test_a_visit_that_did_not_take_place_belongs_to_the_day_its_window_ends(status: str) -> None:
    one = person()
    one.add(Visit(code="D45", status=status))
    closes = next(visit.closes for visit in one.chart().visits if visit.code == "D45")
    assert closes is not None
    kept = [as_of(one.chart(), day) for day in (closes - timedelta(days=1), closes)]
    assert [len(found.of(Visit)) for found in kept if found] == [0, 1]


def test_a_skipped_visit_of_a_phase_that_never_began_belongs_after_the_visits_before_it() -> None:
    one = person()
    one.add(Visit(code="C2D1", status="SKIPPED"))
    closes = next(visit.closes for visit in one.chart().visits if visit.code == "D85")
    assert closes is not None
    assert cut(one, 6).of(Visit) == ()
    found = as_of(one.chart(), closes + timedelta(days=60))
    assert found is not None
    assert len(found.of(Visit)) == 1


def test_a_missed_landmark_is_not_reached_before_its_window_has_ended() -> None:
    one = person()
    one.add(Visit(code="D85", status="MISSED"))
    at = {day: member(cut(one, day), forms=True) for day in (31, 120)}
    assert [at[day].landmarks["D85"].molecular.outcome for day in at] == [NOT_REACHED, MISSING]
    assert ["D85" in {form.visit for form in at[day].forms} for day in at] == [False, True]


def test_somebody_screened_later_is_not_there() -> None:
    assert as_of(person().chart(), date(2025, 12, 27)) is None


def test_somebody_enrolled_later_was_in_screening() -> None:
    found = as_of(person().chart(), date(2025, 12, 29))
    assert found
    assert (found.patient.enrolled, found.label, found.status) == (None, "S-001", "SCREENING")


def test_a_later_screen_failure_is_not_known_yet() -> None:
    chart = person(enrolled=None).chart()
    failed = replace(chart.patient, screen_failure=PartialDate(2026, 2, 1), screen_failure_reason="Epilepsy")
    found = as_of(replace(chart, patient=failed), date(2026, 1, 31))
    assert found
    assert (found.patient.screen_failure, found.patient.screen_failure_reason) == (None, None)


def test_a_cut_today_is_the_chart_itself() -> None:
    chart = person().mrd(85, 0).chart()
    assert as_of(chart, TODAY) is chart


def test_an_earlier_cut_of_the_demo_study_has_fewer_patients_and_shorter_times(
    charts: list[PatientChart], counted: Cohort, dalba: Protocol
) -> None:
    earlier = cohort(charts, dalba, date(2025, 6, 30))
    assert 0 < len(earlier.enrolled) < 63
    full = {f.who.id: f for f in counted.endpoints["OS"].everybody.follow.followed}
    for followed in earlier.endpoints["OS"].everybody.follow.followed:
        assert followed.end <= date(2025, 6, 30)
        assert followed.days <= full[followed.who.id].days
        assert followed.cause != EVENT or followed == full[followed.who.id]


def test_a_cut_on_any_day_counts_nothing_later(charts: list[PatientChart], dalba: Protocol) -> None:
    for until in (date(2024, 7, 1), date(2025, 1, 15), date(2026, 3, 1)):
        for one in cohort(charts, dalba, until, forms=False).members:
            days = [one.enrolled, one.remission, one.relapse, one.death, one.last_alive]
            assert all(when.day <= until for when in days if when)


def test_of_kinds_whose_records_were_not_read_what_is_dated_later_is_left_out_too() -> None:
    taken = (Entry("D85", PartialDate.from_date(on(85))), Entry(None, PartialDate.from_date(on(86))))
    found = as_of(replace(person().chart(), entries={"lab": taken}), on(85))
    assert found is not None
    assert found.entries == {"lab": taken[:1]}
