from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.comparison import Change, compare, explained, reads_otherwise
from models.cohort.grouping import grouping
from models.cohort.record_changes import RecordChange, record_changes
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.disease import Relapse
from models.records.outcome import Disposition
from tests.builders import dalba
from tests.models.cohort.conftest import TODAY
from tests.models.cohort.people import Person, count, person


def changed(before: Person, after: Person, table: str, column: str, row: str = "") -> Change:
    found = [c for c in compare(count([before]), count([after])) if (c.table, c.column.code) == (table, column)]
    (change,) = [change for change in found if change.row in (row or "all patients/D85", row or "all patients")]
    return change


def differing(before: PatientChart | None, after: PatientChart | None) -> tuple[RecordChange, ...]:
    """The records that differ, all of them within the days counted."""
    return record_changes(before, TODAY, after, TODAY)


def both(make: Callable[[Person], object]) -> tuple[Person, Person]:
    """A person, and the same person with something more."""
    before, after = person().mrd(57, 400), person().mrd(57, 400)
    make(after)
    return before, after


def test_a_study_compared_with_itself_has_no_change(counted: Cohort) -> None:
    assert compare(counted, counted) == ()


def test_whoever_is_counted_now_and_was_not_joined() -> None:
    before, after = both(lambda one: one.mrd(85, 0))
    change = changed(before, after, "response-protocol", "response")
    assert (change.before.values, change.after.values) == ((0,), (1,))
    assert ([who.label for who in change.joined], change.left, change.moved) == (["042-001"], (), ())


def test_whoever_is_no_longer_counted_left() -> None:
    before, after = both(lambda one: one.mrd(85, 0))
    change = changed(before, after, "response-protocol", "missing")
    assert [who.label for who in change.left] == ["042-001"]


def test_a_longer_time_moves_an_estimate_though_the_same_patients_are_counted() -> None:
    before, after = person().seen(100), person().seen(200)
    change = changed(before, after, "endpoint-OS", "follow_up")
    assert ([who.label for who in change.moved], change.joined, change.left) == (["042-001"], (), ())


def test_a_line_that_only_one_of_them_has_is_compared_with_nothing() -> None:
    before, after = both(lambda one: one.event("Fever", 10, grade=3))
    rows = {c.row for c in compare(count([before]), count([after])) if c.table == "toxicity-term-CTCAE-5.0"}
    assert rows == {"Any adverse event", "Fever"}


def test_a_number_in_a_patients_own_line_rests_on_that_patient() -> None:
    before, after = person().mrd(1, 3000).mrd(85, 400), person().mrd(1, 3000).mrd(85, 2)
    change = changed(before, after, "waterfall-D85", "reduction", "042-001")
    assert ([who.label for who in change.moved], change.joined, change.left) == (["042-001"], (), ())


def test_a_line_that_is_new_rests_on_the_patient_whose_line_it_is() -> None:
    first, second = person(1).mrd(171, 0, visit="C2"), person(2).mrd(172, 0, visit="C2")
    found = compare(count([first]), count([first, second]))
    lines = [c for c in found if (c.table, c.row, c.column.code) == ("monitoring-RESPONSE", "2", "count")]
    assert [[who.label for who in change.joined] for change in lines] == [["042-002"]]


def test_a_patient_who_was_enrolled_in_between_is_one_and_the_same() -> None:
    second = person(2, enrolled=PartialDate(2026, 3, 1), begun=False).chart()
    second = replace(second, records={"disease": second.records["disease"]})
    charts = [person(1).chart(), second]
    days = (date(2026, 2, 1), date(2026, 4, 1))
    before, after = (cohort(charts, dalba(), day) for day in days)
    assert (before.members[1].who.label, after.members[1].who.label) == ("S-002", "042-002")
    records = {2: record_changes(second, days[0], second, days[1])}
    found = [change for change in explained(compare(before, after), records) if change.table == "flow"]
    assert "screened" not in {change.row for change in found}
    (absent,) = [change for change in found if (change.row, change.column.code) == ("enrolled", "left")]
    assert (absent.left, [record.kind for record in absent.records]) == ((after.members[1].who,), ["patient"])


def test_a_reason_that_differs_rests_on_those_who_have_it() -> None:
    before, after = both(lambda one: one.add(Disposition(event="OFF STUDY", date=one.on(90), reason="RELAPSE")))
    change = changed(before, after, "flow", "reasons", "blina-1")
    assert (change.before.values, change.after.values) == (("On treatment 1",), ("Relapse 1",))
    assert [who.label for who in change.moved] == ["042-001"]


def test_a_share_of_the_forms_that_differs_rests_on_those_whose_form_came() -> None:
    before, after = person().visit("D22", 22), person().visit("D22", 22).assessed(22, visit="D22")
    change = changed(before, after, "completeness-form", "share", "assessment")
    assert [who.label for who in change.moved] == ["042-001"]


def test_a_new_line_that_counts_nobody_says_nothing() -> None:
    before, after = both(lambda one: one.mrd(85, 0))
    by = grouping("sex", dalba())
    found = compare(count([before], by), count([after, person(2, sex="M")], by))
    nobody = [c for c in found if c.table == "endpoint-DOMR" and c.row == "Male" and not c.concerned]
    assert nobody
    assert not any(reads_otherwise(change, Desk.ENGLISH) for change in nobody)


def test_the_words_that_name_a_new_line_are_no_change_of_their_own() -> None:
    before, after = both(lambda one: one.event("Fever", 10, grade=3))
    assert {c.column.code for c in compare(count([before]), count([after])) if c.row == "Fever"}.isdisjoint({"line"})


def test_a_change_is_explained_by_the_records_it_is_counted_from() -> None:
    before, after = both(lambda one: one.mrd(85, 0).event("Fever", 10))
    records = {1: differing(before.chart(), after.chart())}
    found = explained(compare(count([before]), count([after])), records)
    response = next(c for c in found if c.table == "response-protocol" and c.column.code == "response")
    assert [record.kind for record in response.records] == ["mrd"]
    toxicity = next(c for c in found if c.table.startswith("toxicity") and c.column.code == "events")
    assert {record.kind for record in toxicity.records} == {"adverse_event", "ae_grade"}


def test_where_only_the_day_moved_no_record_explains_it() -> None:
    one = person().chart()
    early, late = (cohort([replace(one, today=day)], dalba(), day) for day in (date(2026, 4, 1), date(2026, 5, 1)))
    changes = explained(compare(early, late), {1: differing(one, one)})
    missing = next(c for c in changes if c.table == "response-protocol" and c.column.code == "missing")
    assert (missing.joined, missing.records) == (early.enrolled, ())


def test_two_cuts_of_the_demo_study_are_explained_patient_by_patient(
    charts: list[PatientChart], counted: Cohort, dalba: Protocol
) -> None:
    until = date(2026, 6, 1)
    records = {chart.patient.id: record_changes(chart, until, chart, TODAY) for chart in charts}
    before = cohort(charts, dalba, until, counted.by)
    changes = explained(compare(before, counted), records)
    response = [change for change in changes if change.table == "response-protocol" and change.row.startswith("all")]
    assert response
    for change in response:
        if change.column.code in ("complete", "positive", "positive_non_quantifiable"):
            assert {record.who for record in change.records} == set(change.concerned)


def test_a_correction_of_one_date_explains_the_curve(charts: list[PatientChart], counted: Cohort) -> None:
    place = next(n for n, chart in enumerate(charts) if chart.of(Relapse))
    old = charts[place]
    moved = replace(old.of(Relapse)[0], found=PartialDate.from_date(date(2026, 9, 1)))
    new = replace(old, records={**old.records, "relapse": (moved,)})
    after = cohort([new if chart is old else chart for chart in charts], counted.protocol, TODAY, counted.by)
    changes = explained(compare(counted, after), {old.patient.id: differing(old, new)})
    rates = [
        c for c in changes if c.table == "endpoint-DFS" and c.column.code == "at_12_months" and c.row == "all patients"
    ]
    (change,) = rates
    assert [record.kind for record in change.records] == ["relapse"]
    assert change.concerned == (counted.members[place].who,)


@pytest.mark.parametrize("until", [date(2025, 6, 1), date(2026, 9, 20)])
def test_every_number_that_reads_otherwise_rests_on_somebody(
    charts: list[PatientChart], counted: Cohort, dalba: Protocol, until: date
) -> None:
    before = cohort(charts, dalba, until, counted.by, forms=False)
    for earlier, later in ((before, counted), (counted, before)):
        changes = [change for change in compare(earlier, later) if reads_otherwise(change, Desk.ENGLISH)]
        assert changes
        assert [(change.table, change.row, change.column.code) for change in changes if not change.concerned] == []


def test_an_estimate_that_moves_with_the_last_sign_of_life_is_explained_by_it() -> None:
    before, after = person().seen(100), person().seen(100).dose("DASATINIB", 110, 120)
    change = changed(before, after, "endpoint-OS", "follow_up")
    (told,) = explained([change], {1: differing(before.chart(), after.chart())})
    assert [record.kind for record in told.records] == ["exposure"]


def test_every_sort_of_table_says_from_which_records_it_is_counted(counted: Cohort) -> None:
    nobody = Cohort(counted.protocol, counted.until, None, (), forms=True)
    for change in compare(nobody, counted):
        assert explained([change], {}) == (change,)
