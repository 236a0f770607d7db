"""Patients made by hand for tests: records without a database, dates as study days.

chart = a_patient().phase("induction", 1, 85).mrd(1, 6400, 10_000).mrd(85, 0, 38_920).chart()
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Self

from models.chart.patient_chart import PatientChart
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.loading import find_protocol
from models.protocols.model import Protocol
from models.protocols.schedule import day_date
from models.records.disease import Disease, Lesion
from models.records.kind import Record
from models.records.laboratory import LabRange, LabResult
from models.records.molecular import MrdResult
from models.records.patient import Patient
from models.records.safety import AdverseEvent, AeDrug, AeGrade
from models.records.treatment import Exposure, PhaseRun
from models.records.visits import Visit

DAY_ONE = date(2026, 1, 9)
TODAY = date(2026, 10, 2)
LABORATORY = "Central"

When = int | str | PartialDate | None
Number = int | str | Decimal


@cache
def dalba() -> Protocol:
    """The D-ALBA protocol that comes with the program."""
    return find_protocol("dalba")


class PatientBuilder:
    """Adds records and keeps count of their ids; `chart` reads them as the program would."""

    def __init__(self, patient: Patient, protocol: Protocol, day_one: date, today: date) -> None:
        """Start with a patient without any record."""
        self._patient, self._protocol, self._day_one, self._today = patient, protocol, day_one, today
        self._records: dict[str, list[Record]] = {"patient": [patient]}
        self._ranges: list[LabRange] = []
        self._next_id = 1

    def when(self, value: When) -> PartialDate | None:
        """A study day, an ISO text or a partial date, as a partial date."""
        if isinstance(value, int):
            return PartialDate.from_date(day_date(value, self._day_one))
        return PartialDate.from_iso(value) if isinstance(value, str) else value

    def on(self, value: When) -> PartialDate:
        """The same where there must be one."""
        found = self.when(value)
        assert found is not None
        return found

    def add(self, record: Record) -> int:
        """Any record; it gets the next id, which is handed back."""
        id_ = self._next_id
        self._next_id += 1
        self._records.setdefault(record.kind.name, []).append(replace(record, id=id_, patient=self._patient.id))
        return id_

    def phase(self, code: str, first: When, last: When = None) -> Self:
        """A phase or cycle as it ran."""
        self.add(PhaseRun(phase=code, began=self.on(first), ended=self.when(last)))
        return self

    def mrd(
        self,
        day: When,
        target: Number | None,
        control: Number | None = 40_000,
        *,
        specimen: str = "BONE MARROW",
        transcript: str = "p190",
        category: str | None = None,
        limit: Number | None = None,
        visit: str | None = None,
        ratio: Number | None = None,
    ) -> Self:
        """An MRD result from copies, or from the laboratory's category and ratio (percent)."""
        self.add(
            MrdResult(
                collected=self.on(day),
                specimen=specimen,
                transcript=transcript,
                target_copies=_quantity(target, "copies"),
                control_copies=_quantity(control, "copies"),
                lab_category=category,
                lab_ratio=_quantity(ratio, "%"),
                quantifiable_limit=_quantity(limit, "%"),
                visit=visit,
            )
        )
        return self

    def dose(
        self, drug: str, amount: Number, first: When, last: When = None, *, unit: str = "mg", reason: str | None = None
    ) -> Self:
        """A dose over a span of days; 0 is an interruption."""
        began, ended = self.on(first), self.when(last)
        self.add(Exposure(drug=drug, dose=_quantity(amount, unit), began=began, ended=ended, reason=reason))
        return self

    def event(
        self,
        term: str,
        first: When,
        last: When = None,
        *,
        grade: int = 2,
        later_grades: Sequence[tuple[When, int]] = (),
        drugs: Mapping[str, tuple[str, str]] | None = None,
        serious: bool = False,
        ongoing: bool | None = None,
        words: str | None = None,
    ) -> Self:
        """An adverse event; `drugs` maps drug -> (causality, action)."""
        id_ = self.add(
            AdverseEvent(
                term=term,
                verbatim=words,
                version="5.0",
                began=self.on(first),
                ended=self.when(last),
                ongoing=last is None if ongoing is None else ongoing,
                serious=serious,
            )
        )
        for since, number in ((first, grade), *later_grades):
            self.add(AeGrade(since=self.on(since), grade=str(number), parent=id_))
        for drug, (causality, action) in (drugs or {}).items():
            self.add(AeDrug(drug=drug, causality=causality, action=action, parent=id_))
        return self

    def lab(self, test: str, day: When, value: Number, unit: str, *, visit: str | None = None) -> Self:
        """A laboratory value of the laboratory whose ranges `limits` declares."""
        quantity = _quantity(value, unit)
        self.add(LabResult(test=test, collected=self.on(day), value=quantity, laboratory=LABORATORY, visit=visit))
        return self

    def limits(self, test: str, lower: Number | None, upper: Number | None, unit: str) -> Self:
        """A reference range, valid since long before the study."""
        since = PartialDate(2020, 1, 1)
        low, high = _quantity(lower, unit), _quantity(upper, unit)
        self._ranges.append(LabRange(laboratory=LABORATORY, test=test, valid_from=since, lower=low, upper=high))
        return self

    def visit(self, code: str, day: When = None, *, status: str = "DONE", reason: str | None = None) -> Self:
        """A visit as it happened."""
        self.add(Visit(code=code, status=status, date=self.when(day), reason=reason))
        return self

    def ikzf1_plus(self) -> Self:
        """Copy-number calls that make IKZF1plus by either wording."""
        calls = {"IKZF1": "deleted", "CDKN2A": "deleted", "PAX5": "not deleted", "ERG": "not deleted"}
        for gene, call in calls.items():
            self.add(Lesion(gene=gene, call=call))
        return self

    def chart(self) -> PatientChart:
        """The patient as the program reads it."""
        records = {kind: tuple(rows) for kind, rows in self._records.items()}
        return PatientChart(self._protocol, self._today, self._patient, records, tuple(self._ranges))


def a_patient(
    *,
    protocol: Protocol | None = None,
    day_one: date = DAY_ONE,
    today: date = TODAY,
    transcript: str = "p190",
    synthetic: bool = True,
) -> PatientBuilder:
    """An enrolled woman of 58 with nothing recorded but her disease."""
    patient = Patient(
        id=1,
        patient=1,
        screening_number="S-017",
        subject_number="042-017",
        screened=PartialDate(2025, 12, 28),
        sex="F",
        age=58,
        enrolled=PartialDate(2025, 12, 30),
        synthetic=synthetic,
    )
    builder = PatientBuilder(patient, protocol or dalba(), day_one, today)
    builder.add(Disease(transcript=transcript))
    return builder


def a_treated_patient() -> PatientBuilder:
    """The patient of the pictures: induction, four cycles of blinatumomab, complete molecular response."""
    builder = a_patient().ikzf1_plus().phase("prephase", -7, -1).phase("induction", 1, 85)
    for cycle, first in enumerate((92, 134, 176, 218), start=1):
        builder.phase(f"blina-{cycle}", first, first + 27)
        builder.dose("blinatumomab", 28, first, first + 27, unit="µg/day")
    builder.dose("prednisone", 60, -7, 31, unit="mg/m²/day")
    builder.dose("dasatinib", 140, 1, 38).dose("dasatinib", 0, 39, 52, reason="ADVERSE EVENT").dose(
        "dasatinib", 100, 53
    )
    for code, day, target, control in (
        ("BL", -7, 64_000, 100_000),
        ("D22", 22, 4100, 100_000),
        ("D45", 45, 124, 40_000),
        ("D57", 57, 36, 40_000),
        ("D85", 85, "9.2", 43_800),
        ("C1", 130, "2.1", 35_002),
        ("C2", 172, 0, 38_920),
        ("C3", 214, 0, 32_140),
        ("C4", 256, 0, 45_310),
    ):
        category = "positive non-quantifiable" if code == "C1" else None
        builder.visit(code, day).mrd(day, target, control, visit=code, category=category)
    for code, day in (("D0", 1), ("C1D1", 92), ("C2D1", 134), ("C3D1", 176), ("C4D1", 221)):
        builder.visit(code, day)
    related, unlikely = ("POSSIBLY RELATED", "DOSE NOT CHANGED"), ("UNLIKELY RELATED", "DOSE NOT CHANGED")
    drugs = {"dasatinib": related, "blinatumomab": unlikely}
    builder.event("Pleural effusion", 13, 30, grade=2, drugs={"dasatinib": ("RELATED", "DRUG INTERRUPTED")})
    builder.event("Alanine aminotransferase increased", 37, 50, grade=2, later_grades=((41, 3), (46, 1)), drugs=drugs)
    builder.event("Fever", 94, 96, grade=2, drugs=drugs)
    builder.event("Neutrophil count decreased", 232, 244, grade=3, drugs=drugs)
    builder.event("Fatigue", 237, grade=1, drugs=drugs)
    for test, unit, low, high, value in (
        ("HGB", "g/dL", 12, 16, "11.2"),
        ("NEUT", "10^9/L", "1.8", "7.7", "1.9"),
        ("PLAT", "10^9/L", 150, 400, 142),
        ("ALT", "U/L", 0, 41, 34),
        ("BILI", "mg/dL", "0.2", "1.2", "0.7"),
        ("CREAT", "mg/dL", "0.5", "1.1", "0.8"),
    ):
        builder.limits(test, low, high, unit).lab(test, 256, value, unit, visit="C4")
    return builder


def _quantity(value: Number | None, unit: str) -> Quantity | None:
    return None if value is None else Quantity(Decimal(value), unit)
