"""Importing the official CTCAE text from the workbook that NCI publishes."""

import itertools
import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from models.domain import dictionary
from models.domain.errors import TrialError, plain
from models.domain.findings import Finding, warning
from models.domain.folding import fold
from models.domain.whole_files import write_whole

_LARGEST = 50 * 1024 * 1024
_MOST_PARTS, _MOST_ROWS, _MOST_COLUMNS, _HEADER_WITHIN, _LONGEST_CELL = 500, 5000, 40, 20, 8000
_MOST_TEXT = 20_000_000
_VERSION = re.compile(r"ctcae v ?(\d+\.\d+)")
_GRADE = re.compile(r"grade ([1-5])\Z")
_NO_GRADE = {"", "-", "\u2013", "\u2014"}
_FORMAT = "CTCAE text"
_HELP = "Use the workbook as published by NCI, with the columns SOC, Term, Grade 1 to Grade 5 and Definition."


@dataclass(frozen=True, slots=True)
class OfficialTerm:
    """One term in NCI's words: its class, definition, and the text of each grade that exists."""

    system_organ_class: str
    name: str
    definition: str
    grades: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CtcaeWorkbook:
    """The official text of one version, and what was noticed while reading it."""

    version: str
    rows: tuple[OfficialTerm, ...]
    findings: tuple[Finding, ...] = ()

    def term(self, name: str) -> OfficialTerm | None:
        """The official entry of a term, in any case or spelling; None if the workbook had none."""
        wanted = fold(name)
        return next((row for row in self.rows if fold(row.name) == wanted), None)

    def save(self, path: Path) -> None:
        """Keep the text as a file for `load`: all of it, or nothing.

        Raises:
            TrialError: the file cannot be written.
        """
        content = {
            "format": _FORMAT,
            "version": self.version,
            "terms": [
                {
                    "class": r.system_organ_class,
                    "term": r.name,
                    "definition": r.definition,
                    "grades": {str(g): text for g, text in r.grades.items()},
                }
                for r in self.rows
            ],
        }
        write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))


def load(path: Path) -> CtcaeWorkbook:
    """Read official text kept by `CtcaeWorkbook.save`.

    Raises:
        TrialError: the file is missing, or is not one of these.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise TrialError(f"{path} is too large for a CTCAE text.")
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise TrialError(f"{path} holds something else than a CTCAE text. Import NCI's workbook again.")
        rows = tuple(
            OfficialTerm(
                str(entry["class"]),
                str(entry["term"]),
                str(entry["definition"]),
                MappingProxyType({int(grade): str(text) for grade, text in entry["grades"].items()}),
            )
            for entry in content["terms"]
        )
        return CtcaeWorkbook(str(content["version"]), rows)
    except OSError as problem:
        raise TrialError(f"{path} cannot be read: {plain(problem)}.") from problem
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise TrialError(f"{path} is damaged, or not a CTCAE text. Import NCI's workbook again.") from problem


def read_workbook(path: Path) -> CtcaeWorkbook:
    """Read NCI's workbook of any version: the first sheet with the columns for class, term and grades 1 to 5 is taken.

    Findings tell of rows without a term, terms named twice, and differences from the term list that is held.

    Raises:
        TrialError: the file cannot be read, is not such a workbook, or would unpack to more than 50 MB.
    """
    _check_container(path)
    try:
        table = _table(path)
    except TrialError:
        raise
    except Exception as problem:
        # openpyxl lets through whatever a malformed part provokes; for the user it is always the same: not a workbook.
        raise TrialError(f"{path} is damaged, or not an Excel workbook. {_HELP}") from problem
    if table is None:
        raise TrialError(f"{path} has no sheet with the terms of CTCAE. {_HELP}")
    version = _version(path, table)
    rows, findings = _rows(table)
    if not rows:
        raise TrialError(f"{path}, sheet {table.sheet}: there are no terms below the header. {_HELP}")
    return CtcaeWorkbook(version, rows, (*findings, *_differences(version, rows)))


@dataclass(frozen=True, slots=True)
class _Table:
    """The sheet with the terms: its header, and below it (with line numbers) the cells by column."""

    sheet: str
    header: list[str]
    lines: list[tuple[int, dict[str, str]]]


def _check_container(path: Path) -> None:
    """Refuse, before parsing, what is no zip archive, would unpack to too much, or holds XML that declares entities."""
    try:
        if not path.is_file():
            raise TrialError(f"{path} {'is not an ordinary file' if path.exists() else 'does not exist'}.")
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
                raise TrialError(
                    f"{path} would unpack to more than 50 MB: too much for this workbook. It was not opened."
                )
            for part in parts:
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(2000):
                        raise TrialError(f"{path} holds declarations that no Excel workbook needs. It was not opened.")
    except OSError as problem:
        raise TrialError(f"{path} cannot be read: {plain(problem)}.") from problem
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as problem:
        raise TrialError(f"{path} is damaged, or not an Excel workbook (.xlsx). {_HELP}") from problem


def _table(path: Path) -> _Table | None:
    """The first sheet with the right header, None if there is none."""
    from openpyxl import load_workbook  # heavy, and needed for this import only

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and validation do not concern the text
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in workbook.worksheets:
                rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
                for line, row in enumerate(itertools.islice(rows, _HEADER_WITHIN), start=1):
                    header = [_text(cell) for cell in row]
                    if columns := _columns(header):
                        return _Table(sheet.title, header, _lines(path, rows, columns, line + 1))
        finally:
            workbook.close()
    return None


def _lines(
    path: Path, rows: Iterator[tuple[object, ...]], columns: Mapping[str, int], first: int
) -> list[tuple[int, dict[str, str]]]:
    lines = []
    size = 0
    for line, row in enumerate(rows, start=first):
        cells = {key: _text(row[place]) if place < len(row) else "" for key, place in columns.items()}
        size += sum(map(len, cells.values()))
        if size > _MOST_TEXT:
            raise TrialError(f"{path} holds far more text than CTCAE. It was not imported.")
        lines.append((line, cells))
    return lines


def _text(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell)[:_LONGEST_CELL].split())


def _columns(row: Sequence[str]) -> dict[str, int] | None:
    """The places of the columns, if this row is the header; NCI puts version and MedDRA release before some names."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = cell.casefold()
        if grade := _GRADE.match(name):
            places.setdefault(grade.group(1), place)
        else:
            for key in ("soc", "definition", "term"):
                if name.split()[-1:] == [key]:
                    places.setdefault(key, place)
    return places if {"soc", "term", "1", "2", "3", "4", "5"} <= places.keys() else None


def _version(path: Path, table: _Table) -> str:
    for text in (*table.header, table.sheet, path.name.replace("_", " ")):
        if match := _VERSION.search(text.casefold()):
            found = match.group(1)
            version = "4.03" if found.startswith("4.0") else found
            if version in dictionary.VERSIONS:
                return version
            raise TrialError(f"{path} holds CTCAE {version}. Known here are {', '.join(dictionary.VERSIONS)}.")
    raise TrialError(f"{path} does not say which version of CTCAE it holds. {_HELP}")


def _rows(table: _Table) -> tuple[tuple[OfficialTerm, ...], list[Finding]]:
    rows: dict[str, OfficialTerm] = {}
    findings = []
    for line, cells in table.lines:
        if not any(cells.values()):
            continue
        name = cells["term"]
        if not name:
            findings.append(warning("", f"Line {line} names no term and was left out.", "ctcae-workbook/no-term"))
            continue
        if fold(name) in rows:
            findings.append(warning(name, f"Line {line} names {name} again and was left out.", "ctcae-workbook/twice"))
            continue
        grades = {grade: cells[str(grade)] for grade in range(1, 6) if cells[str(grade)] not in _NO_GRADE}
        if not grades:
            findings.append(warning(name, f"Line {line}: {name} has no grades.", "ctcae-workbook/no-grades"))
        definition = cells.get("definition", "")
        shown = "" if definition in _NO_GRADE else definition
        rows[fold(name)] = OfficialTerm(cells["soc"], name, shown, MappingProxyType(grades))
    return tuple(rows.values()), findings


def _differences(version: str, rows: Sequence[OfficialTerm]) -> list[Finding]:
    """Where the workbook and the list that is held do not agree."""
    known = {fold(term.name): term for term in dictionary.terms(version)}
    given = {fold(row.name): row for row in rows}
    findings = [
        warning(row.name, f"{row.name} is not in the term list of CTCAE {version}.", "ctcae-workbook/unknown-term")
        for key, row in given.items()
        if key not in known
    ]
    for key, term in known.items():
        if key not in given:
            message = f"{term.name} is missing in the workbook."
            findings.append(warning(term.name, message, "ctcae-workbook/missing-term"))
        elif tuple(given[key].grades) != term.grades:
            message = f"{term.name} has other grades in the workbook than in the term list."
            findings.append(warning(term.name, message, "ctcae-workbook/other-grades"))
    return findings
