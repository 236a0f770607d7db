from dataclasses import replace
from datetime import date

from models.chart.patient_chart import PatientChart
from models.chart.visits import Entry
from models.cohort.record_changes import ADDED, CAME, CHANGED, LEFT, REMOVED, RecordChange, record_changes
from models.domain.partial_dates import PartialDate
from models.records.molecular import MrdResult
from tests.builders import DAY_ONE, TODAY
from tests.models.cohort.people import person

LATER = PartialDate(2026, 9, 1)


def differing(before: PatientChart | None, after: PatientChart | None) -> tuple[RecordChange, ...]:
    return record_changes(before, TODAY, after, TODAY)


def told(found: tuple[RecordChange, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.what) for change in found]


def with_form(chart: PatientChart, *entries: Entry) -> PatientChart:
    return replace(chart, entries={"lab": entries})


def test_records_are_added_changed_or_removed() -> None:
    before = person().mrd(57, 400).seen(100)
    after = person().mrd(57, 300).died(200)
    assert told(differing(before.chart(), after.chart())) == [("mrd", CHANGED), ("death", ADDED), ("contact", REMOVED)]


def test_a_changed_record_says_which_fields_with_both_values() -> None:
    (change,) = differing(person().mrd(57, 400).chart(), person().mrd(57, 300).chart())
    (field,) = change.fields
    assert (change.title, field.label) == ("MRD result", "BCR::ABL1 copies")
    assert (field.before.value, field.after.value) == (400, 300)


def test_a_patient_who_was_not_there_yet_is_all_added() -> None:
    found = differing(None, person().chart())
    assert {change.what for change in found} == {ADDED}
    assert ("patient", 1) in {(change.kind, change.record_id) for change in found}
    assert differing(None, None) == ()


def test_a_record_dated_after_the_earlier_day_came_within_the_days_counted() -> None:
    chart = person().seen(100).chart()
    early = date.fromordinal(DAY_ONE.toordinal() + 50)
    assert ("contact", CAME) in told(record_changes(chart, early, chart, TODAY))
    assert ("contact", LEFT) in told(record_changes(chart, TODAY, chart, early))


def test_a_date_corrected_to_after_the_last_day_takes_the_record_out_and_is_told() -> None:
    before, after = person().mrd(85, 400).chart(), person().mrd(85, 400).chart()
    (result,) = after.of(MrdResult)
    moved = replace(after, records={**after.records, "mrd": (replace(result, collected=LATER),)})
    last = date(2026, 6, 1)
    (change,) = [one for one in record_changes(before, last, moved, last) if one.kind == "mrd"]
    assert (change.what, [(field.label, field.after) for field in change.fields]) == (LEFT, [("Collected", LATER)])


def test_what_ended_after_the_earlier_day_is_a_changed_value_of_the_same_record() -> None:
    one = person()
    chart = one.chart()
    early = date.fromordinal(DAY_ONE.toordinal() + 50)
    ended = [(c.kind, c.what, [f.label for f in c.fields]) for c in record_changes(chart, early, chart, TODAY)]
    assert ended == [("phase", CHANGED, ["Ended"])]


def test_a_form_of_which_only_visit_and_date_are_known_is_told_by_them() -> None:
    chart, day = person().chart(), PartialDate(2026, 3, 1)
    (change,) = differing(with_form(chart), with_form(chart, Entry("C2", day)))
    assert (change.kind, change.what, change.record_id) == ("lab", ADDED, 0)
    assert [(field.label, field.after) for field in change.fields] == [("Visit", "C2"), ("Collected", day)]


def test_a_form_that_both_have_is_no_difference() -> None:
    chart = with_form(person().chart(), Entry("C2", PartialDate(2026, 3, 1)))
    assert differing(chart, chart) == ()
