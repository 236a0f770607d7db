"""Dose intensity: how much of the planned dose was given, drug by drug and phase by phase."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.levels import quantile
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.domain.sentence import Sentence
from models.protocols.model import Protocol
from models.records.treatment import PhaseRun

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

METHOD = Method(
    "Dose intensity",
    "Given dose over planned dose for the planned days of the phase that have passed, to its end or to the next phase"
    " where either came early; a day without a recorded dose counts as not given. Of a continuous infusion, whose days"
    " move back by a pause, every day counts on which it ran, until the phase ends or the next one begins. Patients"
    " whose phase began; those whose doses cannot be summed are counted apart. Quartiles are interpolated (type 7)."
    " Interrupted: at least one pause within the phase.",
    "Relative dose intensity as commonly defined",
)


class Given(NamedTuple):
    """One drug in one phase of one patient. `intensity` is percent of the plan, None where it cannot be reckoned.

    `infusion_days` are days delivered of a continuous infusion, None for other drugs; `pauses` are interruptions.
    """

    drug: str
    phase: str
    intensity: Decimal | None
    infusion_days: int | None
    pauses: int
    reason: Sentence


class DoseRow(NamedTuple):
    """One drug in one phase. Quartiles and range are percent, None where nobody's dose can be reckoned."""

    drug: str
    phase: str
    given: tuple[tuple[Who, Given], ...]
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    lowest: Decimal | None
    highest: Decimal | None

    @property
    def interrupted(self) -> tuple[Who, ...]:
        """Those with a pause."""
        return tuple(who for who, given in self.given if given.pauses)

    @property
    def not_reckoned(self) -> tuple[Who, ...]:
        """Those whose doses cannot be summed."""
        return tuple(who for who, given in self.given if given.intensity is None)


def of_chart(chart: "PatientChart") -> tuple[Given, ...]:
    """Every drug of one patient in every phase that began and prescribes it."""
    dated = (
        Given(
            course.drug.code,
            dose.phase.code,
            dose.intensity.value,
            dose.days.value.delivered if dose.days and dose.days.value else None,
            len(dose.pauses),
            dose.intensity.reason,
        )
        for course in chart.doses
        for dose in course.phases
    )
    return (*dated, *_undated(chart))


def _undated(chart: "PatientChart") -> Iterator[Given]:
    """The drugs of phases that began on a day that is not fully known: their doses cannot be summed."""
    for run in chart.of(PhaseRun):
        phase = chart.protocol.phase(run.phase)
        if phase and run.began.full is None:
            why = f"The day on which {phase.label} began is not fully known."
            for drug in dict.fromkeys(dose.drug for dose in phase.doses):
                yield Given(drug, phase.code, None, None, 0, why)


def intensities(members: Sequence["Member"], protocol: Protocol) -> tuple[DoseRow, ...]:
    """Drug by drug and phase by phase, in the order of the protocol."""
    found: dict[tuple[str, str], list[tuple[Who, Given]]] = {
        (drug.code, phase.code): [] for drug in protocol.drugs for phase in protocol.phases
    }
    for member in members:
        for given in member.doses:
            found[given.drug, given.phase].append((member.who, given))
    return tuple(_row(drug, phase, given) for (drug, phase), given in found.items() if given)


def _row(drug: str, phase: str, given: Sequence[tuple[Who, Given]]) -> DoseRow:
    values = sorted(one.intensity for _, one in given if one.intensity is not None)
    ordered = [float(value) for value in values]
    lower, median, upper = (quantile(ordered, share) if ordered else None for share in (0.25, 0.5, 0.75))
    lowest, highest = (values[0], values[-1]) if values else (None, None)
    return DoseRow(drug, phase, tuple(given), median, lower, upper, lowest, highest)


def as_table(rows: Sequence[DoseRow], protocol: Protocol) -> Table:
    """A line for each drug in each phase."""
    columns = (
        Column("drug", "Drug", Form.TEXT),
        Column("phase", "Phase", Form.TEXT),
        Column("patients", "Patients"),
        *(
            Column(
                head.lower().replace(" ", "_"), f"{head}, %", Form.NUMBER, band="Given of planned dose, %", head=head
            )
            for head in ("Median", "Lower quartile", "Upper quartile", "Lowest", "Highest")
        ),
        Column("interrupted", "Interrupted"),
        Column("not_reckoned", "Cannot be summed"),
    )
    names = {drug.code: drug.name for drug in protocol.drugs}
    labels = {phase.code: phase.label for phase in protocol.phases}
    lines = []
    for row in rows:
        who = tuple(patient for patient, _ in row.given)
        basis = tuple(given.intensity for _, given in row.given)
        values = (row.median, row.lower_quartile, row.upper_quartile, row.lowest, row.highest)
        cells = (
            text(names[row.drug]),
            text(labels[row.phase]),
            counted(who),
            *(Cell((value,), who, basis) for value in values),
            counted(row.interrupted),
            counted(row.not_reckoned),
        )
        lines.append(Row(f"{row.drug}/{row.phase}", cells))
    return Table("dose-intensity", "Dose intensity", columns, tuple(lines), (METHOD,))
