from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.comparison import ADDED, CHANGED, GONE, Change, compare, explained, record_changes
from models.cohort.cut import as_of
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.disease import Relapse
from tests.builders import dalba
from tests.models.cohort.conftest import TODAY
from tests.models.cohort.people import Person, count, person


def changed(before: Person, after: Person, table: str, column: str) -> Change:
    found = [c for c in compare(count([before]), count([after])) if (c.table, c.column.code) == (table, column)]
    (change,) = [change for change in found if change.row in ("all patients/D85", "all patients")]
    return change


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


def test_records_are_added_changed_or_gone() -> None:
    before = person().mrd(57, 400).seen(100)
    after = person().mrd(57, 300).died(200)
    found = [(c.kind, c.what) for c in record_changes(before.chart(), after.chart())]
    assert found == [("mrd", CHANGED), ("death", ADDED), ("contact", GONE)]


def test_a_changed_record_says_which_fields_with_both_values() -> None:
    before, after = person().mrd(57, 400).chart(), person().mrd(57, 300).chart()
    (change,) = record_changes(before, after)
    (field,) = change.fields
    assert (change.title, field.label) == ("MRD result", "BCR::ABL1 copies")
    assert (field.before.value, field.after.value) == (400, 300)


def test_a_patient_who_was_not_there_yet_is_all_added() -> None:
    found = record_changes(None, person().chart())
    assert {change.what for change in found} == {ADDED}
    assert ("patient", 1) in {(change.kind, change.record_id) for change in found}
    assert record_changes(None, None) == ()


def test_a_change_is_explained_by_the_records_it_is_counted_from() -> None:
    before, after = both(lambda one: one.mrd(85, 0).event("Fever", 10))
    records = {1: record_changes(before.chart(), after.chart())}
    found = explained(compare(count([before]), count([after])), records)
    response = next(c for c in found if c.table == "response-protocol" and c.column.code == "response")
    assert [record.kind for record in response.records] == ["mrd"]
    toxicity = next(c for c in found if c.table.startswith("toxicity") and c.column.code == "events")
    assert {record.kind for record in toxicity.records} == {"adverse_event", "ae_grade"}


def test_where_only_the_day_moved_no_record_explains_it() -> None:
    one = person().chart()
    early, late = (cohort([replace(one, today=day)], dalba(), day) for day in (date(2026, 4, 1), date(2026, 5, 1)))
    changes = explained(compare(early, late), {1: record_changes(one, one)})
    missing = next(c for c in changes if c.table == "response-protocol" and c.column.code == "missing")
    assert (missing.joined, missing.records) == (early.enrolled, ())


def test_two_cuts_of_the_demo_study_are_explained_patient_by_patient(
    charts: list[PatientChart], counted: Cohort, dalba: Protocol
) -> None:
    until = date(2026, 6, 1)
    earlier = [cut for chart in charts if (cut := as_of(chart, until))]
    known = {chart.patient.id: chart for chart in earlier}
    records = {chart.patient.id: record_changes(known.get(chart.patient.id), chart) for chart in charts}
    before = cohort(earlier, dalba, until, counted.by)
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
    changes = explained(compare(counted, after), {old.patient.id: record_changes(old, new)})
    rates = [
        c for c in changes if c.table == "endpoint-DFS" and c.column.code == "at_12_months" and c.row == "all patients"
    ]
    (change,) = rates
    assert [record.kind for record in change.records] == ["relapse"]
    assert change.concerned == (counted.members[place].who,)
