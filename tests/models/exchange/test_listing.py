"""Listings: the same rows as CSV and as a workbook, and what both say about themselves."""

import csv
import stat
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.domain.quantities import Quantity
from models.exchange.listing import FORMATS, Listing, value_text, write_listing
from tests import workbooks
from tests.torture.hostile_texts import TEXTS

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
PRINTING = Printing("Study", "042", "C. Rossi", NOW, Desk.ENGLISH, "1.0", "12-ab34", synthetic=True)
LISTING = Listing("Values", ("name", "number"), [["=1+1", -2.5], ["x", None]], (("Cut", "=June"),))


def test_csv_and_workbook_have_the_same_rows_and_neither_has_a_formula(tmp_path: Path) -> None:
    write_listing(tmp_path / "a.csv", LISTING, PRINTING)
    write_listing(tmp_path / "a.xlsx", LISTING, PRINTING)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines() == ["name,number", "'=1+1,-2.5", "x,"]
    assert workbooks.lines(tmp_path / "a.xlsx") == [{"name": "=1+1", "number": -2.5}, {"name": "x", "number": None}]
    assert workbooks.active_parts(tmp_path / "a.xlsx") == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_cell_of_csv_begins_a_formula_and_every_text_is_there(tmp_path: Path, name: str) -> None:
    write_listing(tmp_path / "a.csv", Listing("Texts", ("text",), [[TEXTS[name]]]), PRINTING)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        [_, [cell]] = csv.reader(stream)
    assert cell.removeprefix("'") == TEXTS[name]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_workbook_says_what_it_is_of_whom_who_saved_it_when_and_where_the_trail_ended(tmp_path: Path) -> None:
    write_listing(tmp_path / "a.xlsx", LISTING, PRINTING)
    about = [tuple(line.values()) for line in workbooks.lines(tmp_path / "a.xlsx", "About")]
    assert about[:-1] == [
        ("Title", "Values"),
        ("Study", "Study, site 042"),
        ("Synthetic", "yes: no real person"),
        ("Cut", "=June"),
        ("Lines", 2),
        ("Saved by", "C. Rossi"),
        ("Saved at", "2026-03-01T09:30:00+01:00"),
        ("Audit trail ends at", "12-ab34"),
        ("Program", "AlbaTrack 1.0"),
    ]
    assert "(part 2)" in str(about[-1][1])


def test_a_number_that_no_workbook_knows_is_its_word(tmp_path: Path) -> None:
    write_listing(tmp_path / "a.xlsx", Listing("Values", ("a", "b"), [[float("inf"), Decimal("1.5")]]), PRINTING)
    assert workbooks.lines(tmp_path / "a.xlsx") == [{"a": "inf", "b": 1.5}]


def test_the_end_of_the_name_says_the_format_and_another_is_refused(tmp_path: Path) -> None:
    write_listing(tmp_path / "A.XLSX", LISTING, PRINTING)
    assert len(workbooks.lines(tmp_path / "A.XLSX")) == 2
    for name in ("a.xls", "a"):
        with pytest.raises(TrialError, match=r"Use \.csv or \.xlsx\."):
            write_listing(tmp_path / name, LISTING, PRINTING)
    assert [each.name for each in tmp_path.iterdir()] == ["A.XLSX"]


@pytest.mark.parametrize("kind", FORMATS)
def test_only_its_owner_reads_it(tmp_path: Path, kind: str) -> None:
    write_listing(tmp_path / f"a{kind}", LISTING, PRINTING)
    assert stat.S_IMODE((tmp_path / f"a{kind}").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (PartialDate(2026, 3), "2026-03"),
        (Quantity(Decimal("1.20"), "g/dL", "<"), "<1.20 g/dL"),
        (NOW, "2026-03-01T09:30:00+01:00"),
        (("a", "b"), "a, b"),
        (" as typed ", " as typed "),
    ],
)
def test_a_value_stands_as_it_was_entered(value: object, text: str) -> None:
    assert value_text(value) == text
