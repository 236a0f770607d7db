"""What a value means while it is typed: read it, find its range, grade it against the patient's own baseline."""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.pages.patient.laboratory.presenter import limits_words, number_in
from gui.tables.entry_grid import EntryRow
from models.chart.laboratory import ALBUMIN, LabView, Ranges, views
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.notation import Desk, read_quantity, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.toxicity.laboratory_tests import LabTest, find_test
from models.records.laboratory import LabRange, LabResult


@dataclass(frozen=True, slots=True)
class Head:
    """What all values of a panel share."""

    collected: PartialDate | None
    visit: str | None
    laboratory: str | None


class Weighing:
    """Weighs typed values of one patient."""

    def __init__(self, chart: PatientChart, ranges: Sequence[LabRange], desk: Desk) -> None:
        """`ranges` are those of the study."""
        self._chart = chart
        self._ranges = tuple(ranges)
        self._known = Ranges(ranges)
        self._desk = desk
        self._results = chart.of(LabResult)

    def row(self, test: LabTest, head: Head, text: str = "") -> EntryRow:
        """The line of a test: its unit, the range of that laboratory and day, and what is there of that day already."""
        found = self._range(test, head)
        words = limits_words(found.lower, found.upper, self._desk) if found else ""
        unit = self.unit(test, head)
        there = [
            number_in(unit, test, r.value, self._desk)
            for r in self._results
            if r.test == test.code and r.collected == head.collected and r.value is not None
        ]
        notes = ", ".join(filter(None, (words, f"already {', '.join(there)}" if there else "")))
        return EntryRow(test.code, test.label, unit, notes, text)

    def unit(self, test: LabTest, head: Head) -> str:
        """The unit meant where none is typed: the laboratory's own, by its range or else by its last value."""
        found = self._range(test, head)
        limit = found.lower or found.upper if found else None
        if limit and limit.unit in test.accepted_units:
            return limit.unit
        used = [r for r in self._results if r.test == test.code and r.value is not None]
        own = [r for r in used if r.laboratory == head.laboratory]
        last = next(reversed(own or used), None)
        unit = last.value.unit if last and last.value else test.unit
        return unit if unit in test.accepted_units else test.unit

    def _range(self, test: LabTest, head: Head) -> LabRange | None:
        day = head.collected.full if head.collected else None
        return self._known.find(head.laboratory, test.code, day, self._chart.patient.sex)

    def result(self, code: str, text: str, head: Head) -> LabResult | None:
        """The record that a line would be saved as, None for an empty one; TrialError where it cannot be read."""
        test = find_test(code)
        if test is None or not text.strip():
            return None
        own = self.unit(test, head)
        units = (own, *(unit for unit in test.accepted_units if unit != own))
        value = read_quantity(text, units, self._desk)
        return LabResult(
            test=test.code,
            collected=head.collected or PartialDate.from_date(self._chart.today),
            value=value,
            laboratory=head.laboratory,
            visit=head.visit,
        )

    def view(self, code: str, text: str, head: Head, albumin: str = "") -> LabView | None:
        """The value with range and grade; None for an empty line. Raises TrialError where it cannot be read.

        `albumin` is what is typed in that line of the panel: saved together, it corrects the calcium.
        """
        result = self.result(code, text, head)
        if result is None:
            return None
        rows = [r for r in self._results if r.test in (result.test, ALBUMIN)]
        beside = self._beside(albumin, head) if result.test != ALBUMIN else None
        rows += [beside, result] if beside else [result]
        chart = self._chart
        return views(chart.protocol.ctcae_version, chart.patient.sex, rows, self._ranges, chart.day_one)[-1]

    def _beside(self, albumin: str, head: Head) -> LabResult | None:
        try:
            return self.result(ALBUMIN, albumin, head)
        except TrialError:
            return None  # its own line says that it cannot be read

    def words(self, row: EntryRow, text: str, head: Head, albumin: str = "") -> tuple[str, str]:
        """What the typing means in a few words, and its tone."""
        try:
            view = self.view(row.name, text, head, albumin)
        except TrialError:
            return "cannot be read", "urgent"
        if view is None or view.record.value is None or view.grading is None:
            return "", ""
        written = write_quantity(view.record.value, self._desk)
        graded = view.grading.value
        if graded.grade is None:
            return f"{written} · not graded", ""
        if graded.grade == 0:
            return f"{written} · not abnormal", ""
        return f"{written} · grade {graded.grade}", f"grade{graded.grade}"
