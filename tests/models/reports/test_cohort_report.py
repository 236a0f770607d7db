import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.comparison import compare
from models.cohort.grouping import grouping
from models.cohort.table import Column, Form, Row, Table, shown
from models.cohort.tables import methods, tables
from models.cohort.who import Who
from models.demo.cohort import cohort as people
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.exchange.cohort_json import cohort_json
from models.exchange.cohort_listing import Origin, table_listing
from models.exchange.listing import write_listing
from models.protocols.loading import find_protocol
from models.reports.cohort_changes import Comparison
from models.reports.cohort_report import cohort_report
from tests.models.cohort.people import count, person
from tests.models.demo.conftest import charts_of
from tests.models.reports.reading import outline_titles, page_texts

NOW = datetime(2026, 10, 2, 10, 14, tzinfo=timezone(timedelta(hours=2)))
PRINTING = Printing("D-ALBA", "042", "C. Rossi", NOW, Desk.ENGLISH, "1", "812-ab12")
TODAY = date(2026, 10, 2)
ON_PAPER = re.compile(r"flow|baseline|response-|endpoint-|levels$|toxicity-|dose-|mutations|completeness-")
"""The tables that stand on paper as tables; the others are behind its figures."""


@pytest.fixture(scope="module")
def charts() -> list[PatientChart]:
    """Everybody of the demo study."""
    dalba = find_protocol("dalba")
    return charts_of(dalba, people(dalba, patients=63, seed=2116, thin=False, until=TODAY), ())


@pytest.fixture(scope="module")
def demo(charts: list[PatientChart]) -> Cohort:
    """The demo study, by IKZF1 class."""
    dalba = find_protocol("dalba")
    return cohort(charts, dalba, TODAY, grouping("ikzf1", dalba))


@pytest.fixture(scope="module")
def paper(demo: Cohort, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(demo, tmp_path_factory.mktemp("paper") / "cohort.pdf", replace(PRINTING, synthetic=True))


def written(
    counted: Cohort, path: Path, printing: Printing = PRINTING, *, cut: str = "", comparison: Comparison | None = None
) -> Path:
    cohort_report(counted, path, printing, cut=cut, comparison=comparison)
    return path


@pytest.fixture(scope="module")
def small() -> Cohort:
    """Two patients, for what does not rest on who is counted."""
    return count([person(1).assessed(57).mrd(-5, 3000).mrd(85, 0).seen(200), person(2).assessed(57).relapsed(150)])


def text_of(path: Path) -> str:
    return " ".join(page_texts(path))


def test_the_sections_stand_in_the_order_of_a_paper(paper: Path) -> None:
    assert outline_titles(paper) == [
        "Cohort report",
        "Patient flow",
        "Patients over time",
        "Patients at diagnosis",
        "Response by time point",
        "Survival",
        "Cumulative incidence",
        "Depth of molecular response",
        "Adverse events",
        "Dose intensity",
        "ABL1 mutations",
        "Data completeness",
        "Stopping rules",
        "Methods",
    ]


def test_the_title_block_says_study_site_day_and_groups(paper: Path) -> None:
    first = page_texts(paper)[0]
    assert "Data up to 2 Oct 2026" in first.replace("\N{NO-BREAK SPACE}", " ")
    assert "LAL2116 · D-ALBA" in first
    assert "Site 042" in first
    assert "By IKZF1 class" in first
    assert "60.0 % (45.9–73.0)" in first


def test_every_page_has_its_number_the_printed_line_and_the_marking(paper: Path) -> None:
    pages = page_texts(paper)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed 2 Oct 2026, 10:14 UTC+02:00 by C. Rossi · audit trail 812-ab12 · AlbaTrack 1" in page
        assert "SYNTHETIC PATIENTS" in page


def test_real_patients_are_not_marked_as_synthetic(small: Cohort, tmp_path: Path) -> None:
    assert "SYNTHETIC" not in text_of(written(small, tmp_path / "real.pdf"))


def test_the_same_cohort_gives_the_same_bytes(demo: Cohort, paper: Path, tmp_path: Path) -> None:
    again = written(demo, tmp_path / "again.pdf", replace(PRINTING, synthetic=True))
    assert again.read_bytes() == paper.read_bytes()


def test_every_rule_that_a_number_rests_on_is_printed_once_with_its_source(demo: Cohort, paper: Path) -> None:
    text = text_of(paper)
    section = text[text.rindex("Methods Patient flow.") :]
    for method in methods(tables(demo)):
        assert section.count(f"{method.name}. {method.wording[:40]}") == 1
        assert not method.source or " ".join(method.source.split()) in " ".join(section.split())


def test_a_head_of_a_table_never_stands_at_the_foot_of_a_page_alone(paper: Path) -> None:
    for page in page_texts(paper):
        body = page.split(" Printed 2 Oct 2026")[0]
        assert not re.search(r"(Table|Figure) \d+\. [^.]*$", body[-60:])


def test_the_data_cut_is_named(small: Cohort, tmp_path: Path) -> None:
    assert "as the records stood at the data cut “Board, June”" in text_of(
        written(small, tmp_path / "cut.pdf", cut="Board, June")
    )


def test_without_a_comparison_nothing_is_said_of_changes(paper: Path) -> None:
    assert "Changes since" not in text_of(paper)


def test_numbers_that_changed_stand_with_both_values_and_the_patients(
    charts: list[PatientChart], tmp_path: Path
) -> None:
    dalba = find_protocol("dalba")
    before, after = cohort(charts, dalba, date(2026, 9, 1)), cohort(charts, dalba, TODAY)
    path = written(after, tmp_path / "c.pdf", comparison=Comparison("“Board, June”", compare(before, after)))
    assert "Changes since “Board, June”" in outline_titles(path)
    changed = next(c for c in compare(before, after) if (c.row, c.column.code) == ("all patients/C2", "response"))
    line = f"After cycle 2: Response {changed.before.values[0]} {changed.after.values[0]}"
    assert f"{line} new: {changed.joined[0].label}" in text_of(path)


def test_where_no_number_changed_the_report_says_so(small: Cohort, tmp_path: Path) -> None:
    assert "No number of the tables differs." in text_of(
        written(small, tmp_path / "same.pdf", comparison=Comparison("“Board, June”", ()))
    )


def test_of_very_many_patients_the_lanes_end_after_some_pages_and_say_so(demo: Cohort, tmp_path: Path) -> None:
    members = tuple(
        replace(demo.members[number % 66], who=Who(number + 1, f"042-{number + 1:05d}")) for number in range(400)
    )
    text = text_of(written(Cohort(demo.protocol, demo.until, None, members, demo.forms), tmp_path / "many.pdf"))
    assert text.count("Patients over time, longest follow-up first") == 3
    assert re.search(r"Patients 1 to \d+ of 382\.", text)


# ---- screen, page, CSV and JSON


def cells_of(table: Table) -> Iterator[tuple[Row, Column, str]]:
    """Every cell as the window shows it."""
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            yield row, column, shown(cell, column, Desk.ENGLISH)


def test_every_number_of_the_tables_stands_on_paper(demo: Cohort, paper: Path) -> None:
    text = text_of(paper)
    missing = [
        (table.code, row.key, column.code, words)
        for table in tables(demo)
        if ON_PAPER.match(table.code)
        for row, column, words in cells_of(table)
        if column.form is not Form.TEXT and words not in text and words not in ("–", "not observed so long")
    ]
    assert missing == []


@pytest.mark.parametrize("code", ["response-protocol", "response-european", "response-haematologic"])
def test_a_line_of_the_response_table_reads_on_paper_as_in_the_window(code: str, demo: Cohort, paper: Path) -> None:
    text = text_of(paper)
    table = next(table for table in tables(demo) if table.code == code)
    for row in table.rows:
        words = [shown(cell, column, Desk.ENGLISH) for cell, column in zip(row.cells, table.columns, strict=True)]
        assert " ".join(words[1:]) in text


def test_a_line_of_the_survival_table_reads_on_paper_as_in_the_window(demo: Cohort, paper: Path) -> None:
    text = text_of(paper)
    for code in ("OS", "EFS", "DFS"):
        table = next(table for table in tables(demo) if table.code == f"endpoint-{code}")
        for row in table.rows:
            named = dict(zip([c.code for c in table.columns], row.cells, strict=True))
            columns = {column.code: column for column in table.columns}
            rates = [shown(named[f"at_{m}_months"], columns[f"at_{m}_months"], Desk.ENGLISH) for m in (12, 18, 24)]
            counts = [shown(named[one], columns[one], Desk.ENGLISH) for one in ("patients", "events")]
            assert " ".join([row.key, *counts, rates[0]]) in text
            assert all(rate in text for rate in rates)


def test_csv_json_and_window_agree_cell_by_cell(demo: Cohort, tmp_path: Path) -> None:
    origin = Origin(demo.protocol.id, "042", synthetic=True, data_cut="", until=demo.until)
    told_as_json = json.loads(json.dumps(cohort_json(demo, site="042", synthetic=True)))
    as_json, study = told_as_json["tables"], told_as_json["study"]
    compared = 0
    for table in tables(demo):
        write_listing(tmp_path / "table.csv", table_listing(table, origin), PRINTING)
        with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        for row, line in zip(table.rows, lines, strict=True):
            assert (line["protocol"], line["until"]) == (told_as_json["protocol"]["id"], told_as_json["until"])
            assert (line["site"], line["synthetic"] == "yes") == (study["site"], study["synthetic"])
            for cell, column in zip(row.cells, table.columns, strict=True):
                told = as_json[table.code]["rows"][row.key][column.code]
                values = list(told.values()) if column.limits else [told]
                names = [column.code, *(f"{column.code}_{limit}" for limit in ("lower", "upper") if column.limits)]
                assert [line[name] for name in names] == ["" if value is None else str(value) for value in values]
                again = cell._replace(values=tuple(values)) if column.form not in _EXACT else cell
                assert shown(again, column, Desk.ENGLISH) == shown(cell, column, Desk.ENGLISH)
                compared += 1
    assert compared > 5000


_EXACT = (Form.DATE, Form.LEVEL)
"""Forms whose cells hold more than a bare number of JSON: a date, and every digit that was reported."""


def test_the_curve_that_is_drawn_is_the_curve_that_is_written(demo: Cohort) -> None:
    told = json.loads(json.dumps(cohort_json(demo, site="042", synthetic=True)))["curves"]["DFS"]
    for estimate in demo.endpoints["DFS"].groups:
        assert estimate.survival
        times, *_, survival, _, lower, upper = estimate.survival.columns
        group = told[estimate.group]
        assert (group["time"], group["survival"], group["lower"], group["upper"]) == (times, survival, lower, upper)
