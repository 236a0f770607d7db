"""Laboratory values with the reference range of their laboratory and day, and the CTCAE grade the rules propose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.domain.errors import TrialError
from models.domain.quantities import Quantity
from models.records.laboratory import LabRange, LabResult

if TYPE_CHECKING:
    from models.domain.derived import Derived
    from models.domain.toxicity.grading import Grading
    from models.domain.toxicity.laboratory_tests import LabTest

CALCIUM, CORRECTED, ALBUMIN = "CA", "CACR", "ALB"
"""The tests of calcium as it was measured, as CTCAE grades it, and of what it is corrected for."""


@dataclass(frozen=True, slots=True)
class LabView:
    """One value as it is read. `test` is None for a test that this version does not know; it is shown, not graded."""

    record: LabResult
    test: "LabTest | None"
    lower: Quantity | None
    upper: Quantity | None
    grading: "Derived[Grading] | None"

    @property
    def label(self) -> str:
        """The words for the test."""
        return self.test.label if self.test else self.record.test

    @property
    def grade(self) -> int | None:
        """The proposed grade: 0 where the value is not abnormal, None where it cannot be graded."""
        return self.grading.value.grade if self.grading else None


class Ranges:
    """The reference ranges of the study, found by laboratory, test, day and sex."""

    def __init__(self, ranges: Sequence[LabRange]) -> None:
        """`ranges` may come in any order; of two from one day that for a sex goes before that for both."""
        self._of: dict[tuple[str, str], list[LabRange]] = defaultdict(list)
        for row in sorted(ranges, key=lambda r: (r.valid_from.iso, r.sex is not None)):
            self._of[row.laboratory, row.test].append(row)

    def find(self, laboratory: str | None, test: str, day: date | None, sex: str) -> LabRange | None:
        """The range in force on that day; None where the laboratory or the day is unknown, or none was entered."""
        if laboratory is None or day is None:
            return None
        valid = [
            row
            for row in self._of.get((laboratory, test), ())
            if (start := row.valid_from.earliest) and start <= day and row.sex in (None, sex)
        ]
        return valid[-1] if valid else None


def views(
    version: str, sex: str, results: Sequence[LabResult], ranges: Sequence[LabRange], day_one: date | None
) -> tuple[LabView, ...]:
    """Every value with its range and grade, in the order given.

    The baseline of a test is its last exact value on or before study day 1, and never the value itself. A calcium is
    graded as corrected for the albumin of the same laboratory and day, where there is one.
    """
    known = Ranges(ranges)
    baseline, albumin = _baselines(results, day_one), _albumins(results)
    seen = []
    for row in results:
        first = baseline.get(row.test)
        before = first.value if first is not None and first.id != row.id else None
        seen.append(_view(version, sex, row, known, before, albumin))
    return tuple(seen)


_Albumins = Mapping[tuple[str | None, str], Quantity]
"""By laboratory and day."""


def _view(
    version: str, sex: str, row: LabResult, ranges: Ranges, before: Quantity | None, albumins: _Albumins
) -> LabView:
    # The scales are only loaded where values are graded: the program's start does not wait for them.
    from models.domain.toxicity.grading import grade
    from models.domain.toxicity.laboratory_tests import find_test

    test = find_test(row.test)
    found = ranges.find(row.laboratory, row.test, row.collected.full, sex)
    lower, upper = (found.lower, found.upper) if found else (None, None)
    if test is None or row.value is None:
        return LabView(row, test, lower, upper, None)
    albumin = albumins.get((row.laboratory, row.collected.iso)) if test.code == CALCIUM else None
    graded = _corrected(version, row.value, albumin, lower, upper) if albumin else None
    return LabView(row, test, lower, upper, graded or grade(test.code, row.value, version, lower, upper, before))


def _corrected(
    version: str, calcium: Quantity, albumin: Quantity, lower: Quantity | None, upper: Quantity | None
) -> "Derived[Grading] | None":
    """The grade of the corrected calcium by the limits of the measured one; None where it cannot be corrected."""
    from models.domain.toxicity.calcium import corrected_calcium
    from models.domain.toxicity.grading import grade

    try:
        corrected = corrected_calcium(calcium, albumin)
    except TrialError:
        return None
    graded = grade(CORRECTED, corrected.value, version, lower, upper)
    return graded._replace(inputs=(*corrected.inputs, *graded.inputs), reason=(corrected.reason, " ", graded.reason))


def _albumins(results: Sequence[LabResult]) -> dict[tuple[str | None, str], Quantity]:
    return {
        (row.laboratory, row.collected.iso): row.value
        for row in results
        if row.test == ALBUMIN and row.value is not None and row.collected.full
    }


def _baselines(results: Sequence[LabResult], day_one: date | None) -> dict[str, LabResult]:
    if day_one is None:
        return {}
    return {
        row.test: row
        for row in sorted(results, key=lambda r: r.collected.iso)
        if row.value is not None and row.value.exact and (day := row.collected.latest) and day <= day_one
    }
