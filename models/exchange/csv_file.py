"""Reading and writing CSV files made with other programs: strict, whole or not at all, errors in sentences."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import TrialError, plain
from models.domain.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One record of the file: the line on which it starts (the header is line 1), and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A whole file: the column names in their order, and the records in theirs."""

    header: tuple[str, ...]
    rows: tuple[CsvRow, ...]


class Answered(NamedTuple):
    """How many records a file had, and of how many of them only the reason is told why they have no answer."""

    rows: int
    without: int


def read_rows(path: Path, required: Sequence[str], reserved: Sequence[str] = ()) -> CsvTable:
    """Read a comma-separated UTF-8 file with a header line.

    `required` columns must be there, in any order, among any others; `reserved` ones must not (they will be added).
    Cells come as they are, column names without surrounding spaces; empty lines are passed over.

    Raises:
        TrialError: whatever is wrong with the file, with the line where there is one.
    """
    records = _records(path, _text(path))
    if not records:
        raise TrialError(
            f"{path} is empty. It needs a first line with the names of the columns: {', '.join(required)}."
        )
    header = _header(path, records[0][1], required, reserved)
    rows = []
    for line, cells in records[1:]:
        if len(cells) != len(header):
            raise TrialError(
                f"{path}, line {line}: {len(cells)} cells where the header has {len(header)} columns. "
                "A cell that holds a comma must stand in double quotes."
            )
        rows.append(CsvRow(line, dict(zip(header, cells, strict=True))))
    return CsvTable(header, tuple(rows))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a comma-separated UTF-8 file, all of it, or nothing if anything fails: an older file then stays as it was.

    Raises:
        TrialError: the file cannot be written.
    """
    if not path.absolute().parent.is_dir():
        raise TrialError(f"The folder {path.parent} does not exist. Make it first, or name another file.")
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # lines end with CR LF: only so does the csv module quote a lone CR in a cell
    writer.writerow(header)
    writer.writerows(rows)
    write_whole(path, text.getvalue().encode("utf-8"))


def refuse_same_file(source: Path, target: Path) -> None:
    """Refuse to write over the file that is being read, also where a link leads back to it.

    Raises:
        TrialError: the two are one file.
    """
    try:
        same = source.samefile(target)
    except OSError:
        same = False  # one of them is not there, or cannot be looked at: reading or writing will say so
    if same:
        raise TrialError(f"{target} is the file to be read. Name another file to write to, so that the original stays.")


def _text(path: Path) -> str:
    """The text of the file without a byte order mark."""
    try:
        if path.is_dir():
            raise TrialError(f"{path} is a folder. Name a CSV file.")
        if not path.exists():
            raise TrialError(f"{path} does not exist. Check the name and the folder.")
        if not path.is_file():
            raise TrialError(f"{path} is not an ordinary file. Name a CSV file.")
        content = path.read_bytes()
    except OSError as problem:
        raise TrialError(f"{path} cannot be read: {plain(problem)}.") from problem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise TrialError(
            f"{path}, line {line}: the text is not UTF-8. Save the file again as CSV with the encoding UTF-8."
        ) from problem
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise TrialError(
            f"{path}, line {line}: a zero byte, which no CSV file holds. Save the file again as CSV (UTF-8)."
        )
    return text


def _records(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """The records with the line each starts on; empty lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = []
    line = 1
    try:
        for cells in reader:
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        if "field limit" in str(problem):
            what = f"a cell is longer than {csv.field_size_limit()} characters"
            todo = "Look for a double quote that is never closed, or shorten the cell."
        else:
            what = "the double quotes do not match"
            todo = "A cell in double quotes must end with one; a double quote inside it is written twice."
        raise TrialError(f"{path}, line {line}: {what}. {todo}") from problem
    return records


def _header(path: Path, cells: list[str], required: Sequence[str], reserved: Sequence[str]) -> tuple[str, ...]:
    """The column names, checked."""
    header = tuple(cell.strip() for cell in cells)
    missing = [name for name in required if name not in header]
    if missing and len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise TrialError(
            f"{path}, line 1: the cells are not separated by commas. Save the file again, comma-separated."
        )
    if missing:
        raise TrialError(
            f"{path}, line 1: no column {', '.join(missing)}. "
            f"The first line must name these columns: {', '.join(required)}."
        )
    known: set[str] = set()
    for number, name in enumerate(header, start=1):
        if not name:
            raise TrialError(f"{path}, line 1: column {number} has no name. Name it or remove it.")
        if name in known:
            raise TrialError(f"{path}, line 1: two columns are named {name}. Rename or remove one of them.")
        if name in reserved:
            raise TrialError(f"{path}, line 1: the column {name} would be written here. Rename or remove it first.")
        known.add(name)
    return header
