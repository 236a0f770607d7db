from dataclasses import replace

import pytest

from models.chart.patient_chart import PatientChart
from models.chart.visits import entry_of
from models.cohort.cohort import KINDS_OF_FORMS, KINDS_READ, Cohort, cohort
from models.cohort.completeness import CompletenessRow, as_table
from models.records import KINDS
from tests.builders import TODAY, dalba
from tests.models.cohort.people import Person, count, person


def row(of: Person, code: str, what: str = "visit") -> CompletenessRow:
    return next(one for one in count([of]).completeness[what] if one.code == code)


def states(found: CompletenessRow) -> tuple[int, int, int, int, int]:
    return len(found.expected), len(found.received), len(found.late), len(found.missing), len(found.skipped)


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        (85, "DONE", (1, 1, 0, 0, 0)),
        (95, "DONE", (1, 1, 1, 0, 0)),
        (75, "DONE", (1, 1, 0, 0, 0)),
        (None, "MISSED", (1, 0, 0, 1, 0)),
        (None, "SKIPPED", (1, 0, 0, 0, 1)),
    ],
)
def test_a_visit_is_received_late_missing_or_skipped(
    day: int | None, status: str, expected: tuple[int, int, int, int, int]
) -> None:
    assert states(row(person().visit("D85", day, status=status), "D85")) == expected


def test_a_visit_of_which_nothing_is_recorded_is_missing_once_its_window_has_closed() -> None:
    assert states(row(person(), "D85")) == (1, 0, 0, 1, 0)


def test_a_visit_that_is_not_due_is_not_expected() -> None:
    assert all(one.code != "C1" for one in count([person()]).completeness["visit"])


def test_the_forms_of_a_visit_that_took_place_are_expected() -> None:
    one = person().visit("D85", 85).mrd(85, 0, visit="D85")
    assert states(row(one, "mrd", "form")) == (1, 1, 0, 0, 0)
    assert states(row(one, "assessment", "form")) == (1, 0, 0, 1, 0)
    assert all(found.code not in ("adverse_events", "lumbar_puncture") for found in count([one]).completeness["form"])


def test_a_form_dated_after_the_window_is_late() -> None:
    one = person().visit("D85", 85).mrd(99, 0, visit="D85")
    assert states(row(one, "mrd", "form")) == (1, 1, 1, 0, 0)


def test_the_share_is_received_of_expected(counted: Cohort) -> None:
    found = next(one for one in counted.completeness["visit"] if one.code == "D45")
    assert states(found) == (61, 57, 4, 0, 4)
    assert found.share == 57 / 61


def test_received_missing_and_skipped_are_everything_expected(counted: Cohort) -> None:
    for rows in counted.completeness.values():
        for one in rows:
            assert sorted([*one.received, *one.missing, *one.skipped]) == sorted(one.expected)


def test_without_the_records_of_every_kind_nothing_is_said_to_be_missing() -> None:
    found = cohort([person().visit("D85", 85).chart()], dalba(), TODAY, forms=False)
    assert found.completeness == {}


def test_the_kinds_named_are_enough(counted: Cohort, charts: list[PatientChart]) -> None:
    kinds = {*KINDS_READ, *KINDS_OF_FORMS}
    assert kinds <= KINDS.keys()
    trimmed = [
        replace(chart, records={kind: rows for kind, rows in chart.records.items() if kind in kinds})
        for chart in charts
    ]
    assert cohort(trimmed, counted.protocol, counted.until).members == counted.members


def test_the_table_has_a_line_a_visit(counted: Cohort) -> None:
    table = as_table(counted.completeness["visit"], "visit")
    assert table.cell("BL", "received").values == (63,)


def test_of_the_forms_it_is_enough_to_know_when_there_is_one(counted: Cohort, charts: list[PatientChart]) -> None:
    known_of = [
        replace(
            chart,
            records={kind: rows for kind, rows in chart.records.items() if kind not in KINDS_OF_FORMS},
            entries={kind: tuple({entry_of(r) for r in chart.records.get(kind, ())}) for kind in KINDS_OF_FORMS},
        )
        for chart in charts
    ]
    assert cohort(known_of, counted.protocol, counted.until).members == counted.members
