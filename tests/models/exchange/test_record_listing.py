"""Listings of patients, results, events and queries: what the record holds, in words, and what follows from it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.chart.lines import patient_line
from models.chart.patient_chart import PatientChart
from models.domain.context import Context
from models.domain.errors import TrialError
from models.exchange.listing import Listing
from models.exchange.record_listing import Part, adverse_events, mrd_results, patients, queries, write_and_note
from models.queries.review import QueryState, QueryView, StepView
from models.records.molecular import MrdResult
from models.study import Edit, Study
from tests import workbooks
from tests.builders import a_treated_patient
from tests.printing import printing_on

EVERYBODY = Part(1, 1, "patients")


@pytest.fixture(scope="module")
def chart() -> PatientChart:
    return a_treated_patient().chart()


def lines(listing: Listing) -> list[dict[str, Any]]:
    return [dict(zip(listing.columns, row, strict=True)) for row in listing.rows]


def all_events(chart: PatientChart) -> frozenset[int]:
    return frozenset(view.record.id for view in chart.events)


def test_a_patient_stands_as_the_list_says(chart: PatientChart) -> None:
    [line] = lines(patients([chart]))
    told = patient_line(chart)
    assert len(line) == len(told) - 1
    assert (line["Label"], line["Age"], line["Synthetic"], line["Rising"]) == ("042-017", 58, "yes", "no")
    assert (line["Last class"], line["Next visit opens"]) == (told["last_class"], told["next_visit_opens"])


def test_a_list_of_nobody_has_a_heading() -> None:
    assert patients([]) == Listing("Patients", ("Label",), [])


def test_a_result_stands_as_it_was_entered_with_its_classes(chart: PatientChart) -> None:
    found = lines(mrd_results([chart]))
    assert len(found) == len(chart.of(MrdResult)) > 5
    line = next(line for line in found if line["Visit"] == "D45")
    assert (line["Patient"], line["Collected"], line["Specimen"]) == ("042-017", "2026-02-22", "Bone marrow")
    assert (line["BCR::ABL1 copies"], line["Control-gene copies"]) == ("124 copies", "40000 copies")
    assert (line["Ratio percent"], line["Log reduction"], line["Class"]) == ("0.31", "2.31", "positive")
    assert line["Rule"].startswith("D-ALBA")
    assert line["Reason"].startswith("BCR::ABL1 was detected")


def test_every_line_of_a_made_up_patient_says_so(chart: PatientChart) -> None:
    for listing in (mrd_results([chart]), adverse_events([chart], all_events(chart))):
        assert {line["Synthetic"] for line in lines(listing)} == {"yes"}
    real = replace(chart, patient=replace(chart.patient, synthetic=False))
    assert {line["Synthetic"] for line in lines(mrd_results([real]))} == {"no"}


def test_an_event_has_its_grades_over_time_and_each_drug(chart: PatientChart) -> None:
    line = next(
        line
        for line in lines(adverse_events([chart], all_events(chart)))
        if line["Adverse event"] == "Alanine aminotransferase increased"
    )
    assert (line["Worst grade"], line["Ongoing"]) == (3, "no")
    assert line["Grades"] == "2 since 2026-02-14; 3 since 2026-02-18; 1 since 2026-02-23"
    assert line["Drugs"] == "dasatinib: Possible, action: None; blinatumomab: Unlikely, action: None"


def test_only_the_events_that_are_wanted_are_listed(chart: PatientChart) -> None:
    first = min(all_events(chart))
    assert [line["Record"] for line in lines(adverse_events([chart], frozenset({first})))] == [first]


def test_a_query_has_a_line_a_step() -> None:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    steps = (StepView("asked", "58 or 59?", "M. Neri", at), StepView("answered", "=58", "C. Rossi", at))
    view = QueryView(
        7, 1, "042-001", "patient", 1, "age", "Patient", "Age", QueryState.ANSWERED, "coordinator", 2, steps
    )
    found = lines(queries([view]))
    assert [(line["Query"], line["Patient"], line["Field"], line["State"]) for line in found] == [
        (7, "042-001", "Age", "answered")
    ] * 2
    assert [(line["At"], line["By"], line["Words"]) for line in found] == [
        ("2026-03-01T09:00:00+00:00", "M. Neri", "58 or 59?"),
        ("2026-03-01T09:00:00+00:00", "C. Rossi", "=58"),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_trail_says_what_was_saved_and_as_what(study: Study, patient: int, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    written = write_and_note(study.trail, path, patients(study.charts()), EVERYBODY, printing_on(study))
    assert written == 1
    [line] = study.trail.lines(limit=1)
    assert (line.act, line.details) == (
        "list exported",
        {"what": "Patients", "lines": 1, "as": kind, "file": f"a.{kind}"},
    )


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (EVERYBODY, "1 of 1 patients"),
        (Part(2, 5, "queries"), "2 of 5 queries: those that fitted the filters of the list"),
    ],
)
def test_a_workbook_says_which_part_of_the_record_it_holds(
    study: Study, patient: int, tmp_path: Path, part: Part, words: str
) -> None:
    path = tmp_path / "a.xlsx"
    write_and_note(study.trail, path, patients(study.charts()), part, printing_on(study))
    assert ["Part", words] in [list(line.values()) for line in workbooks.lines(path, "About")]


def test_a_saved_list_names_nobody(study: Study, patient: int, tmp_path: Path) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Zanardi-Test"}, 1)], Context("C. Rossi", "Typing error"))
    path = tmp_path / "a.xlsx"
    for listing in (patients(study.charts()), mrd_results(study.charts())):
        write_and_note(study.trail, path, listing, EVERYBODY, printing_on(study))
        told = str([workbooks.lines(path), workbooks.lines(path, "About")])
        assert "Zanardi-Test" not in told
        assert study.info.site_name in told


def test_a_file_that_cannot_be_written_leaves_no_word_in_the_trail(study: Study, patient: int, tmp_path: Path) -> None:
    path = tmp_path / "absent" / "a.xlsx"
    with pytest.raises(TrialError, match="cannot be written"):
        write_and_note(study.trail, path, patients(study.charts()), EVERYBODY, printing_on(study))
    assert study.trail.lines(limit=1)[0].act != "list exported"
