import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from reportlab.platypus import Flowable, Spacer

from models.domain.notation import Desk
from models.domain.printing import Printing
from models.reports.cohort_tables import PaperColumn, text_table
from models.reports.page import Bookmark, Sheet, write_pdf
from models.reports.tables import Column, heading, table
from tests.models.reports.reading import page_texts

PRINTING = Printing("D-ALBA", "042", "C. Rossi", datetime(2026, 10, 2, 9, tzinfo=UTC), Desk.ENGLISH, "1")
SHEET = Sheet("Title", "Subject", "Running head", PRINTING, "Printed", "")
COLUMNS = [Column("Patient", 60), Column("Findings", 200, grows=1)]


def pages(rows: list[tuple[str, str]], *, above: float) -> list[str]:
    """The pages of a table under a heading, so many points below the top of the first."""
    out = BytesIO()
    story: list[Flowable] = [Bookmark("Set"), Spacer(0, above), *heading("Patients followed"), table(COLUMNS, rows)]
    write_pdf(out, SHEET, story)
    return page_texts(out.getvalue())


ROWS = [(f"042-{n:03d}", "\n".join(f"n{n:03d}.{line}" for line in range(6))) for n in range(12)]


@pytest.mark.parametrize("above", range(0, 700, 25))
def test_a_row_stays_whole_wherever_the_page_ends(above: int) -> None:
    found = pages(ROWS, above=above)
    for number, said in ROWS:
        whole = [page for page in found if number in page]
        assert len(whole) == 1
        assert f"{number} {' '.join(said.split())}" in whole[0]


@pytest.mark.parametrize("above", range(0, 700, 25))
def test_the_head_stands_once_on_each_page_and_the_heading_over_a_whole_row(above: int) -> None:
    found = pages(ROWS, above=above)
    assert {page.count("Patient Findings") for page in found if "042-" in page} == {1}
    [headed] = [page for page in found if "Patients followed" in page]
    assert "Patients followed Patient Findings 042-000" in headed


def test_a_row_higher_than_a_page_says_on_each_page_what_it_is_about() -> None:
    lines = [f"line{n:03d}" for n in range(200)]
    found = pages([("042-001", "short"), ("042-002", "\n".join(lines)), ("042-003", "short")], above=300)
    assert len(found) > 2
    for page in found:
        assert page.count("042-002") == (1 if "line" in page else 0)
    assert [word for page in found for word in page.split() if word.startswith("line")] == lines


@pytest.mark.parametrize("subject", ["x" * 20_000, "\n".join(f"s{n:03d}" for n in range(300))])
def test_a_first_cell_higher_than_a_page_is_printed_once_and_whole(subject: str) -> None:
    found = pages([(subject, "finding"), ("042-002", "short")], above=300)
    said = "".join(page.replace("Patient Findings", "") for page in found)
    assert said.count("x") == subject.count("x")
    assert re.findall(r"s\d{3}", said) == re.findall(r"s\d{3}", subject)
    assert "042-002" in found[-1]


def test_of_rows_side_by_side_only_the_one_that_goes_on_says_again_what_it_is_about() -> None:
    rows = [("Haemoglobin", "11"), ("Potassium", "\n".join(f"line{n:03d}" for n in range(200)))]
    out = BytesIO()
    write_pdf(out, SHEET, [Bookmark("Set"), table(COLUMNS, rows, groups=2)])
    first, *others = page_texts(out.getvalue())
    assert "Haemoglobin" in first
    assert others
    assert all("Potassium line" in page and "Haemoglobin" not in page for page in others)


@pytest.mark.parametrize("above", range(0, 700, 100))
@pytest.mark.parametrize("high", [(0,), (1,), (2,), (0, 1, 2)])
def test_rows_that_are_kept_together_are_parted_where_no_page_holds_them(above: int, high: tuple[int, ...]) -> None:
    columns = [PaperColumn("Record", (), 80, "left"), PaperColumn("Reason", (), 200, "left")]
    lines = [f"line{n:03d}" for n in range(200)]
    rows = [[f"record{n}", "\n".join(lines) if n in high else "short"] for n in range(3)]
    out = BytesIO()
    write_pdf(out, SHEET, [Bookmark("Set"), Spacer(0, above), text_table(columns, ["042-001", *rows])])
    found = page_texts(out.getvalue())
    assert [word for page in found for word in page.split() if word.startswith("line")] == lines * len(high)
    assert {page.count("Record Reason") for page in found if "record" in page} == {1}
    assert all("record" in page for page in found if "line" in page)


@pytest.mark.parametrize("lines", range(140, 150))
def test_a_high_row_begins_on_the_next_page_where_no_line_of_it_fits_under_the_row_before(lines: int) -> None:
    rows = [
        ("042-001", "\n".join(f"a{n:03d}" for n in range(lines))),
        ("042-002", "\n".join(f"b{n:03d}" for n in range(200))),
    ]
    found = " ".join(pages(rows, above=0)).split()
    assert [word for word in found if re.fullmatch(r"[ab]\d{3}", word)] == [*rows[0][1].split(), *rows[1][1].split()]
