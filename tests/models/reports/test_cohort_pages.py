"""The pages of the cohort report: full ones, with what belongs together on one of them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import Grouping, grouping
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.reports.cohort_captions import Block, Parts, joined, laid_out
from models.reports.cohort_tables import PaperColumn, text_table
from models.reports.page import Bookmark, Sheet, write_pdf
from models.reports.text import paragraph
from tests.models.cohort.conftest import charts, counted, dalba
from tests.models.reports.reading import page_texts
from tests.models.reports.test_cohort_report import written

__all__ = ["charts", "counted", "dalba"]

_HEAD, _FOOT = 56.0, 48.0
"""Points of a page above and below its text."""
_MOST = 1 / 3
_PRINTING = Printing("D-ALBA", "042", "C. Rossi", datetime(2026, 10, 2, 9, tzinfo=UTC), Desk.ENGLISH, "1")
_SHEET = Sheet("Paper", "Pages", "Pages", _PRINTING, "Printed", "")
_COLUMNS = (PaperColumn("Number", (), 100, "left"), PaperColumn("Value", (), 100))


def emptiness(pdf: Path) -> list[float]:
    """The part of each page below the lowest thing that stands on it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            height = page.get_height()
            lows = [each.get_bounds()[1] for each in page.get_objects(max_depth=3)]
            text = [low for low in lows if _FOOT < low < height - _HEAD]
            found.append((min(text, default=height - _HEAD) - _FOOT) / (height - _HEAD - _FOOT))
        return found
    finally:
        document.close()


@pytest.mark.parametrize("by", ["", "ikzf1", "transcript", "age", "sex"])
def test_no_page_but_the_last_is_left_empty_for_more_than_a_third(counted: Cohort, by: str, tmp_path: Path) -> None:
    divided: Grouping | None = grouping(by, counted.protocol) if by else None
    found = Cohort(counted.protocol, counted.until, divided, counted.members, counted.forms)
    pages = emptiness(written(found, tmp_path / "cohort.pdf"))
    assert {place: empty for place, empty in enumerate(pages[:-1], start=1) if empty > _MOST} == {}


def pages_of(height: float, rows: int, tmp_path: Path) -> list[str]:
    """The pages of a table of so many rows below something of a height."""
    from reportlab.platypus import Spacer

    parts = Parts(Desk.ENGLISH)
    table = parts.table("A table", text_table(_COLUMNS, [[f"Line {n}", str(n)] for n in range(rows)]), "A note.")
    above = Block([paragraph("Above", 8), Spacer(0, height)], whole=True)
    write_pdf(tmp_path / "pages.pdf", _SHEET, laid_out([above, table]))
    return page_texts(tmp_path / "pages.pdf")


def test_a_short_table_goes_to_the_next_page_whole_where_little_stays_empty(tmp_path: Path) -> None:
    first, second = pages_of(620, 12, tmp_path)
    assert "Table 1" not in first
    assert re.search(r"Table 1\. A table .*Line 0.*Line 11 11 A note\.", second)


def test_a_short_table_is_divided_between_rows_where_much_would_stay_empty(tmp_path: Path) -> None:
    first, second = pages_of(520, 20, tmp_path)
    assert "Table 1. A table A note. Number Value Line 0 0" in first
    assert second.index("Number Value") < second.index("Line 19 19")


def test_a_divided_table_leaves_no_single_row_on_either_page(tmp_path: Path) -> None:
    for height in range(440, 560, 6):
        pages = pages_of(height, 20, tmp_path)
        rows = [len(re.findall(r"Line \d+", page)) for page in pages]
        assert sum(rows) == 20
        assert 1 not in rows


def test_blocks_that_are_joined_part_rather_than_leave_much_of_a_page_empty(tmp_path: Path) -> None:
    from reportlab.platypus import Spacer

    parts = Parts(Desk.ENGLISH)
    blocks = [Block([paragraph(words, 8), Spacer(0, 220)], whole=True) for words in ("First.", "Second.")]
    above = Block([paragraph("Above.", 8), Spacer(0, 380)], whole=True)
    story = laid_out([above, *parts.section("Heading", [joined(blocks)])])
    write_pdf(tmp_path / "pages.pdf", _SHEET, [Bookmark("Paper"), *story])
    first, second = page_texts(tmp_path / "pages.pdf")
    assert "Heading" in first
    assert "First." in first
    assert "Second." in second


def test_a_heading_goes_with_the_first_of_the_blocks_that_are_joined(tmp_path: Path) -> None:
    from reportlab.platypus import Spacer

    parts = Parts(Desk.ENGLISH)
    blocks = [Block([paragraph(words, 8), Spacer(0, 300)], whole=True) for words in ("First.", "Second.")]
    above = Block([paragraph("Above.", 8), Spacer(0, 450)], whole=True)
    story = laid_out([above, *parts.section("Heading", [joined(blocks)])])
    write_pdf(tmp_path / "pages.pdf", _SHEET, [Bookmark("Paper"), *story])
    first, second, *_ = page_texts(tmp_path / "pages.pdf")
    assert "Heading" not in first
    assert "Heading" in second
    assert "First." in second
