"""Workbooks: every text and number as it was, whatever it looks like, and the same bytes for the same table."""

import math
import stat
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.domain.errors import TrialError
from models.exchange import workbook_file
from models.exchange.workbook_file import LONGEST, About, Sheet, Value, write_workbook
from tests.torture.hostile_texts import TEXTS, TOO_LONG
from tests.workbooks import active_parts, lines

ABOUT = About(
    "Results", "Study, site 042", "C. Rossi", "", datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
)


def write(path: Path, rows: Sequence[Sequence[Value]], *heading: str) -> Path:
    write_workbook(path, [Sheet("Table", heading or ("value",), rows)], ABOUT)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_as_it_was_typed_and_is_nothing_but_a_text(book: Path, name: str) -> None:
    write(book, [[TEXTS[name]]])
    assert lines(book) == [{"value": TEXTS[name]}]
    assert active_parts(book) == set()


@pytest.mark.parametrize(
    "text",
    ["_x0041_", "__x0041_", "_x41_", "\ufffe", "\x00", " spaces ", "\n", "\r"],
    ids=ascii,
)
def test_what_the_format_has_a_meaning_for_comes_back_too(book: Path, text: str) -> None:
    assert lines(write(book, [[text]])) == [{"value": text}]


def test_a_text_that_no_cell_can_hold_goes_on_in_columns_that_say_so(book: Path) -> None:
    write(book, [["short", "a"], [TOO_LONG, "b"]], "text", "other")
    heading = next(openpyxl.load_workbook(book)["Table"].iter_rows(values_only=True))
    assert heading[:3] == ("text", "text (part 2)", "text (part 3)")
    assert heading[-1] == "other"
    assert lines(book) == [{"text": "short", "other": "a"}, {"text": TOO_LONG, "other": "b"}]


@pytest.mark.parametrize("text", ["a" * LONGEST, "a" * (LONGEST + 1), "\U0001f469" * LONGEST, "\u20ac" * LONGEST])
def test_no_cell_is_longer_than_a_spreadsheet_reads(book: Path, text: str) -> None:
    write(book, [[text]])
    row = list(openpyxl.load_workbook(book)["Table"].iter_rows(values_only=True))[1]
    assert all(len(part.encode("utf-16-le")) // 2 <= LONGEST for part in row)
    assert "".join(row) == text


@pytest.mark.parametrize("number", [0, -5, 0.1 + 0.2, math.pi, 1e-300, Decimal("0.12345678901234567890"), 2**60])
def test_a_number_keeps_the_digits_that_a_spreadsheet_reads(book: Path, number: Value) -> None:
    assert lines(write(book, [[number]]))[0]["value"] == pytest.approx(float(number or 0), rel=1e-15)


def test_a_number_that_was_typed_stays_the_text_it_is(book: Path) -> None:
    assert lines(write(book, [["1.20"], ["2026-03"], ["007"]])) == [
        {"value": "1.20"},
        {"value": "2026-03"},
        {"value": "007"},
    ]


def test_nothing_is_an_empty_cell(book: Path) -> None:
    assert lines(write(book, [[None, "", "x"]], "a", "b", "c")) == [{"a": None, "b": None, "c": "x"}]


def test_what_is_edited_stays_a_text(book: Path) -> None:
    write(book, [["=1+1", "words", 5]], "formula", "text", "number")
    formula, text, number = openpyxl.load_workbook(book)["Table"][2]
    assert (formula.number_format, text.number_format, number.number_format) == ("@", "@", "General")
    assert formula.quotePrefix
    assert not text.quotePrefix


def test_the_heading_stays_in_sight_and_columns_have_room(book: Path) -> None:
    write(book, [["x" * 40, "y", "z" * 500]], "first", "second", "third")
    sheet = openpyxl.load_workbook(book)["Table"]
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == pytest.approx([42, 10, 60], abs=1)


def test_columns_beyond_the_alphabet_are_named(book: Path) -> None:
    heading = [f"column {number}" for number in range(800)]
    [line] = lines(write(book, [[*range(800)]], *heading))
    assert list(line.items()) == list(zip(heading, range(800), strict=True))


def test_the_properties_say_what_it_is_who_made_it_and_when(book: Path) -> None:
    write_workbook(book, [Sheet("Table", ("a",), [])], ABOUT._replace(remark="<synthetic>\x07"))
    told = openpyxl.load_workbook(book).properties
    assert (told.title, told.subject, told.creator) == ("Results", "Study, site 042", "C. Rossi")
    assert told.created == told.modified == datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - the format has no zones
    assert told.description == "<synthetic>_x0007_"


def test_the_same_table_and_moment_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(tmp_path / f"{name}.xlsx", [["a", 1.5]], "x", "y").read_bytes() for name in "ab")
    assert first == second


def test_only_its_owner_reads_it(book: Path) -> None:
    assert stat.S_IMODE(write(book, [["a"]]).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("limit", "value", "rows"),
    [("MOST_ROWS", 3, [["a"]] * 3), ("MOST_COLUMNS", 1, [[TOO_LONG]])],
)
def test_what_no_workbook_holds_is_refused_and_the_older_file_stays(
    book: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, rows: list[list[Value]]
) -> None:
    write(book, [["older"]])
    monkeypatch.setattr(workbook_file, limit, value)
    with pytest.raises(TrialError, match="more than a workbook can"):
        write(book, rows)
    assert lines(book) == [{"value": "older"}]
    assert [each.name for each in book.parent.iterdir()] == ["book.xlsx"]


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="cannot be written"):
        write(tmp_path / "absent" / "book.xlsx", [])
