"""Grading a file of laboratory values: `grade --csv IN --out OUT --ctcae VERSION`."""

import re
from decimal import Decimal
from pathlib import Path

from models.domain.dictionary import check_version
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.domain.toxicity.grading import grade
from models.domain.toxicity.one_unit import misfit
from models.domain.toxicity.subjects import find_subject
from models.domain.toxicity.units import find_unit
from models.exchange.csv_file import Answered, read_rows, refuse_same_file, write_rows

COLUMNS = ("term_or_test", "value", "unit", "lln", "uln", "baseline")
ADDED = ("grade", "rule", "reason")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")
_QUALIFIED = re.compile(r"(<=|>=|<|>|≤|≥)?\s*(.*)\Z", re.DOTALL)
_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)\Z")
_LONGEST = 40
_PLAIN = {"≤": "<=", "≥": ">="}


class _RefusedError(Exception):
    """A cell cannot be read; the text says why."""


def grade_file(source: Path, target: Path, version: str) -> Answered:
    """Grade every row of `source` and write it, with its grade, rule and reason, to `target`; tells how many.

    A row that cannot be graded keeps an empty grade and says why; it does not stop the others. Limits and baseline are
    in the unit of the value; a row in which they cannot be is not graded (`domain.toxicity.one_unit`). Nothing is
    written unless all of it can be.

    Raises:
        TrialError: an unknown version, or a file that cannot be read or written.
    """
    check_version(version)
    refuse_same_file(source, target)
    table = read_rows(source, required=COLUMNS, reserved=ADDED)
    graded = [_graded(row.cells, version) for row in table.rows]
    rows = [(*row.cells.values(), *added) for row, added in zip(table.rows, graded, strict=True)]
    write_rows(target, (*table.header, *ADDED), rows)
    return Answered(len(rows), sum(not found for found, _, _ in graded))


def _graded(cells: dict[str, str], version: str) -> tuple[str, str, str]:
    subject = cells["term_or_test"].strip()
    if not subject:
        return "", "", "The row names no term or test."
    try:
        value = _quantity(cells["value"], cells["unit"].strip())
        lln, uln, baseline = (_optional(cells[column], column) for column in ("lln", "uln", "baseline"))
    except _RefusedError as problem:
        return "", "", str(problem)
    result = grade(subject, value, version, lln, uln, baseline)
    if misread := _misfit(subject, value, lln, uln, baseline):
        return "", result.rule.id, misread
    found = result.value.grade
    reason = write_sentence((result.reason, " ", result.value.needs_judgement), Desk.ENGLISH).strip()
    return "" if found is None else str(found), result.rule.id, reason


def _misfit(subject: str, value: Quantity, lln: Decimal | None, uln: Decimal | None, baseline: Decimal | None) -> str:
    known = find_subject(subject)
    unit = None if isinstance(known, str) else find_unit(known.test.units, value.unit)
    if isinstance(known, str) or unit is None:
        return ""  # `grade` says so
    return write_sentence(misfit(known.test, unit, value, lln, uln, baseline), Desk.ENGLISH)


def _quantity(text: str, unit: str) -> Quantity:
    match = _QUALIFIED.match(text.strip())
    qualifier, number = match.groups() if match else (None, text)
    return Quantity(_number(number, "value"), unit, _PLAIN.get(qualifier or "", qualifier or ""), text)


def _optional(text: str, column: str) -> Decimal | None:
    return _number(text.strip(), column) if text.strip() else None


def _number(text: str, column: str) -> Decimal:
    if not text:
        raise _RefusedError(f"The {column} is empty.")
    if comma := _COMMA.match(text):
        whole, rest = comma.groups()
        raise _RefusedError(
            f"The {column} “{text[:_LONGEST]}” can mean {whole}.{rest} or {whole}{rest}. "
            "Write a point for decimals and nothing between thousands."
        )
    if len(text) > _LONGEST or not _NUMBER.match(text):
        raise _RefusedError(f"The {column} “{text[:_LONGEST]}” is not a number. Write digits, a point for decimals.")
    return Decimal(text)
