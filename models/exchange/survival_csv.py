"""A CSV file of follow-up times in, every estimate of survival out: the study's own statistics on anybody's data."""

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.domain.errors import TrialError
from models.exchange.csv_file import CsvRow, read_rows
from models.statistics.comparison import Test
from models.statistics.gray import gray
from models.statistics.incidence import cumulative_incidence
from models.statistics.observations import CENSORED
from models.statistics.survival import Curve, kaplan_meier, logrank, reverse_kaplan_meier

COLUMNS = ("time", "event")
LANDMARKS = (12.0, 18.0, 24.0, 48.0)
"""The times at which rates are given, in the unit of the file."""
LEVEL = 0.95
_EVENT = 1
_EVENT_NAME = "event"
_COMPETING_NAME = "competing"
_MOST_GROUPS = 20
_MOST_COMPETING = 9
_LONGEST = 40
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+\Z")

_METHODS = {
    "unit": "Times are in the unit of the file, and so are the landmarks.",
    "survival": (
        "Kaplan-Meier: the share without an event of any cause. Standard errors by Greenwood, limits on the log-log "
        "scale. At risk: under observation just before the time."
    ),
    "median": (
        "The first time at which the curve is at one half or below; if it stays at one half, the middle of that time. "
        "Limits: the same of the curve's limits (Brookmeyer and Crowley)."
    ),
    "follow_up": "Reverse Kaplan-Meier: being censored is the event (Schemper and Smith).",
}
_GROUP_METHODS = {"logrank": "Log-rank test of an event of any cause, hypergeometric variance."}
_COMPETING_METHODS = {
    "incidence": (
        "Aalen-Johansen: the share that has had each event first. Aalen's variance, limits on the log-log scale."
    )
}
_GRAY_METHODS = {"gray": "Gray's test of the incidence of each event, rho = 0."}


class _Patient(NamedTuple):
    time: float
    cause: str
    """Of the event; empty for a censored patient."""
    group: str


def survival_file(path: Path) -> dict[str, Any]:
    """Every estimate for the patients of the file, as plain numbers, texts, lists and dictionaries; `None` where none.

    A row is a patient. `time` is a number, not negative, in any unit; `event` is 1, or 0 for a censored patient.
    `group` may name one of at most 20 groups to compare. `competing` may say that another event came first: 1, or its
    name; 0 or nothing where none did. Further columns are passed over.

    The result has "methods" (a sentence on each estimate), "patients" (all of them first, its "group" `None`, then
    group by group, each with its "survival", "follow_up" and, with competing events, "incidence"), and with groups
    the tests "logrank" and "gray".

    Raises:
        TrialError: the file cannot be read, or a row of it, with its line.
    """
    table = read_rows(path, COLUMNS)
    grouped, competing = "group" in table.header, "competing" in table.header
    patients = [_patient(path, row, grouped, competing) for row in table.rows]
    groups = sorted({patient.group for patient in patients}) if grouped else []
    others = sorted({patient.cause for patient in patients} - {_EVENT_NAME, ""})
    causes = [_EVENT_NAME, *others] if competing else []
    _not_more_than(path, "group", groups, _MOST_GROUPS)
    _not_more_than(path, "competing", others, _MOST_COMPETING)

    members = {group: [patient for patient in patients if patient.group == group] for group in groups}
    methods = _METHODS | (_GROUP_METHODS if grouped else {}) | (_COMPETING_METHODS if competing else {})
    result: dict[str, Any] = {
        "methods": methods | (_GRAY_METHODS if grouped and competing else {}),
        "level": LEVEL,
        "patients": [
            _estimates(None, patients, causes),
            *(_estimates(group, of_group, causes) for group, of_group in members.items()),
        ],
    }
    if grouped:
        result["logrank"] = _test(logrank({group: _events(of_group) for group, of_group in members.items()}))
    if grouped and competing:
        tests = gray({group: _causes(of_group, causes) for group, of_group in members.items()})
        result["gray"] = {cause: _test(tests[code]) for code, cause in enumerate(causes, start=_EVENT) if code in tests}
    return result


def _patient(path: Path, row: CsvRow, grouped: bool, competing: bool) -> _Patient:
    where = f"{path}, line {row.line}"
    time = _time(where, row.cells["time"].strip())
    event = row.cells["event"].strip()
    if event not in ("0", "1"):
        raise TrialError(
            f"{where}: the event “{event[:_LONGEST]}” is neither 0 nor 1. Write 1 for an event, 0 for none."
        )
    other = row.cells["competing"].strip() if competing else ""
    if event == "1" and other not in ("", "0"):
        raise TrialError(
            f"{where}: both the event and a competing event. Write only the one that came first, and 0 for the other."
        )
    if other == _EVENT_NAME:
        raise TrialError(f"{where}: a competing event cannot be named “{_EVENT_NAME}”. Write what happened, or 1.")
    group = row.cells["group"].strip() if grouped else ""
    if grouped and not group:
        raise TrialError(f"{where}: the group is empty. Name one, or remove the column group.")
    cause = _EVENT_NAME if event == "1" else {"": "", "0": "", "1": _COMPETING_NAME}.get(other, other)
    return _Patient(time, cause, group)


def _time(where: str, text: str) -> float:
    if not text:
        raise TrialError(f"{where}: the time is empty. Write how long the patient was observed, or remove the row.")
    shown = text[:_LONGEST]
    if _COMMA.match(text):
        raise TrialError(f"{where}: the time “{shown}” has a comma. Write a point for decimals.")
    if text.startswith("-") and _NUMBER.match(text[1:]):
        raise TrialError(f"{where}: the time “{shown}” is negative. A patient is observed for 0 or longer.")
    if len(text) > _LONGEST or not _NUMBER.match(text) or math.isinf(float(text)):
        raise TrialError(f"{where}: the time “{shown}” is not a number. Write digits, a point for decimals.")
    return float(text)


def _not_more_than(path: Path, column: str, found: Sequence[str], most: int) -> None:
    if len(found) > most:
        raise TrialError(
            f"{path}: the column {column} tells {len(found)} kinds apart; {most} are the most that can be compared. "
            "Put kinds together, or remove the column."
        )


def _events(patients: Sequence[_Patient]) -> tuple[list[float], list[bool]]:
    return [patient.time for patient in patients], [bool(patient.cause) for patient in patients]


def _causes(patients: Sequence[_Patient], causes: Sequence[str]) -> tuple[list[float], list[int]]:
    codes = {"": CENSORED} | {cause: code for code, cause in enumerate(causes, start=_EVENT)}
    return [patient.time for patient in patients], [codes[patient.cause] for patient in patients]


def _estimates(group: str | None, patients: Sequence[_Patient], causes: Sequence[str]) -> dict[str, Any]:
    """Of one group, or of all patients together."""
    times, events = _events(patients)
    result = {
        "group": group,
        "total": len(patients),
        "survival": _curve(kaplan_meier(times, events, LEVEL)),
        "follow_up": {"median": reverse_kaplan_meier(times, events, LEVEL).median._asdict()},
    }
    if causes:
        codes = range(_EVENT, _EVENT + len(causes))
        curves = cumulative_incidence(*_causes(patients, causes), of=codes, level=LEVEL)
        result["incidence"] = {
            cause: {
                "events": curves[code].events,
                "landmarks": [curves[code].at(time)._asdict() for time in LANDMARKS],
                "steps": [step._asdict() for step in curves[code].steps],
            }
            for code, cause in zip(codes, causes, strict=True)
        }
    return result


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "events": curve.events,
        "median": curve.median._asdict(),
        "landmarks": [curve.at(time)._asdict() for time in LANDMARKS],
        "steps": [step._asdict() for step in curve.steps],
    }


def _test(test: Test) -> dict[str, Any]:
    groups: Mapping[str, Any] = {name: counts._asdict() for name, counts in test.groups.items()}
    return {"statistic": test.statistic, "df": test.df, "p": test.p, "groups": groups}
