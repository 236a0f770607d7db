"""The laboratory values as a grid of tests by sample, and each value in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gui.pages.patient.presenter import day_words
from models.chart.laboratory import LabView
from models.chart.patient_chart import PatientChart
from models.domain.capitals import within_sentence
from models.domain.date_notation import write_date
from models.domain.durations import days_in_words
from models.domain.notation import Desk, with_unit, write_number, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.domain.toxicity.laboratory_tests import TESTS, LabTest
from models.domain.toxicity.units import convertible

_ORDER = {test.code: place for place, test in enumerate(TESTS)}
_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Sample:
    """A column: one sample of a day. A second sample of the same day has number 2, and its own column."""

    collected: PartialDate
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class TestRow:
    """A row: a test with the unit most of its values were given in, and its newest range in that unit."""

    __test__ = False  # for pytest: a test of the laboratory

    code: str
    label: str
    unit: str
    panel: str
    range: str


@dataclass(frozen=True)
class LabGrid:
    """Rows by panel, columns oldest first, and the value where a test was measured in a sample."""

    rows: tuple[TestRow, ...] = ()
    samples: tuple[Sample, ...] = ()
    cells: dict[tuple[str, int], LabView] = field(default_factory=dict)

    def cell(self, row: int, sample: int) -> LabView | None:
        """The value of a row in a sample."""
        return self.cells.get((self.rows[row].code, sample))


def lab_grid(chart: PatientChart, desk: Desk) -> LabGrid:
    """The whole grid of a patient."""
    counted: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, int], list[LabView]] = {}
    days: dict[tuple[str, int], PartialDate] = {}
    of_test: dict[str, list[LabView]] = {}
    for view in chart.labs:
        record = view.record
        counted[record.test, record.collected.iso] = number = counted.get((record.test, record.collected.iso), 0) + 1
        places.setdefault((record.collected.iso, number), []).append(view)
        days[record.collected.iso, number] = record.collected
        of_test.setdefault(record.test, []).append(view)
    samples = []
    cells = {}
    for column, key in enumerate(sorted(places)):
        samples.append(Sample(days[key], key[1], _title(chart, days[key], key[1], desk)))
        cells.update({(view.record.test, column): view for view in places[key]})
    codes = sorted(of_test, key=_place)
    return LabGrid(tuple(_row(of_test[code], desk) for code in codes), tuple(samples), cells)


def cell_words(view: LabView, unit: str, desk: Desk) -> str:
    """The value with its grade in letters: "48 G3". The unit stands in the row; another one is written out."""
    if view.record.value is None:
        return "not done"
    grade = f"  G{view.grade}" if view.grade else ""
    return f"{number_in(unit, view.test, view.record.value, desk)}{grade}"


def cell_tone(view: LabView) -> str:
    """The role of the palette of an abnormal value; "" for a normal or ungraded one."""
    return f"grade{view.grade}" if view.grade else ""


def cell_tip(view: LabView, desk: Desk) -> str:
    """Everything about a value on a few lines."""
    lines = [f"{view.label} {value_words(view, desk)}", range_words(view.lower, view.upper, desk), grade_words(view)]
    if view.grading:
        lines.append(write_sentence(view.grading.reason, desk))
    lines += [f"Laboratory: {view.record.laboratory}"] if view.record.laboratory else []
    lines += [view.record.comment] if view.record.comment else []
    return "\n".join(line for line in lines if line)


def value_words(view: LabView, desk: Desk) -> str:
    """The value in full, or why there is none."""
    if view.record.value is None:
        return f"not done: {view.record.not_done}" if view.record.not_done else "not done"
    return write_quantity(view.record.value, desk)


def grade_words(view: LabView) -> str:
    """The proposed grade with the term graded: "Grade 3: platelet count decreased"."""
    if view.grading is None:
        return ""
    graded = view.grading.value
    if graded.grade is None:
        return "Not graded"
    if graded.grade == 0:
        return "Grade 0: not abnormal"
    return f"Grade {graded.grade}: {within_sentence(graded.term)}"


def range_words(lower: Quantity | None, upper: Quantity | None, desk: Desk) -> str:
    """The reference range: "Range 150–400 10^9/L", "Range up to 41 U/L"; "" where there is none."""
    unit = (lower or upper).unit if lower or upper else ""  # type: ignore[union-attr]
    return with_unit(f"Range {limits_words(lower, upper, desk)}", unit) if lower or upper else ""


def same_size(test: LabTest | None, one: str, other: str) -> bool:
    """Whether a number means the same in both units of a test."""
    if one == other or test is None:
        return one == other
    found = [unit for unit in test.units if unit.name in (one, other)]
    return len(found) == 2 and found[0].factor == found[1].factor and convertible(found[0], found[1])


def limits_words(lower: Quantity | None, upper: Quantity | None, desk: Desk) -> str:
    """The limits without their unit."""
    if lower and upper:
        return f"{write_number(lower.value, desk)}{_DASH}{write_number(upper.value, desk)}"
    if upper:
        return f"up to {write_number(upper.value, desk)}"
    return f"from {write_number(lower.value, desk)}" if lower else ""


def missing_ranges(chart: PatientChart) -> str:
    """A sentence about values that cannot be graded for want of a range; "" where there are none."""
    unnamed = 0
    without: dict[str, list[str]] = {}
    for view in chart.labs:
        if view.record.value is None or view.lower or view.upper or view.grading is None:
            continue
        if view.grading.value.grade is not None or not view.grading.value.term:
            continue
        if view.record.laboratory is None:
            unnamed += 1
        elif view.label not in without.setdefault(view.record.laboratory, []):
            without[view.record.laboratory].append(view.label)
    parts = [f"{laboratory}: no reference range for {_some(tests)}." for laboratory, tests in without.items()]
    if unnamed:
        parts.append(f"{_values(unnamed)} without a laboratory, so no range applies.")
    return f"Some values cannot be graded. {' '.join(parts)}" if parts else ""


def summary(grid: LabGrid) -> str:
    """The remark beside the heading."""
    measured = [view for view in grid.cells.values() if view.record.value is not None]
    graded = sum((view.grade or 0) >= 3 for view in measured)
    days = len({view.record.collected for view in measured})
    severe = f" · {_values(graded)} of grade 3 or more" if graded else ""
    return f"{_values(len(measured))} on {days_in_words(days)}{severe}" if measured else ""


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"


def _place(code: str) -> tuple[int, str]:
    return _ORDER.get(code, len(_ORDER)), code


def _row(views: Sequence[LabView], desk: Desk) -> TestRow:
    """The row of a test, in the unit used most often, with the newest range in a unit that means the same."""
    newest = views[-1]
    units = Counter(view.record.value.unit for view in views if view.record.value)
    unit = units.most_common(1)[0][0] if units else (newest.test.unit if newest.test else "")
    ranges = (
        limits_words(view.lower, view.upper, desk)
        for view in reversed(views)
        if (limit := view.lower or view.upper) and same_size(view.test, limit.unit, unit)
    )
    panel = newest.test.panel.value if newest.test else "Other tests"
    return TestRow(newest.record.test, newest.label, unit, panel, next(ranges, ""))


def _title(chart: PatientChart, collected: PartialDate, number: int, desk: Desk) -> str:
    day = chart.day(collected)
    second = f" ({number})" if number > 1 else ""
    return f"{write_date(collected, desk)}{second}\n" + (day_words(day) if day is not None else "")


def number_in(unit: str, test: LabTest | None, value: Quantity, desk: Desk) -> str:
    """The number alone where its unit says the same as the row's ("10^3/uL" and "10^9/L"), else with its unit."""
    shown = "" if same_size(test, value.unit, unit) else value.unit
    return write_quantity(Quantity(value.value, shown, value.qualifier), desk)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
