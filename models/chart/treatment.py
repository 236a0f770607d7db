"""Drug by drug: the doses as given, how much of the plan was given, interruptions, infusion days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.domain.derived import Derived
from models.protocols.dosing import DoseInterval, InfusionDays, Pause, dose_intensity, infusion_days, pauses
from models.protocols.model import Drug, Phase, Protocol
from models.records.treatment import Exposure, PhaseRun


@dataclass(frozen=True, slots=True)
class PhaseDose:
    """One drug in one phase as it ran. `days` is None for a drug that is not infused continuously."""

    phase: Phase
    run: PhaseRun
    intensity: Derived[Decimal | None]
    days: Derived[InfusionDays | None] | None
    pauses: tuple[Derived[Pause], ...]


@dataclass(frozen=True, slots=True)
class DrugCourse:
    """One drug of the protocol: its dose rows, oldest first, and what they amount to phase by phase."""

    drug: Drug
    intervals: tuple[Exposure, ...]
    phases: tuple[PhaseDose, ...]
    current: Exposure | None

    @property
    def infusion_days(self) -> int | None:
        """Infusion days delivered in all cycles, None for a drug that is not infused continuously."""
        counted = [p.days.value.delivered for p in self.phases if p.days and p.days.value]
        return sum(counted) if self.drug.continuous_infusion else None


def courses(
    protocol: Protocol, doses: Sequence[Exposure], runs: Sequence[PhaseRun], age: int | None, today: date
) -> tuple[DrugCourse, ...]:
    """The course of every drug of the protocol that was given or planned in a phase that began."""
    found = []
    for drug in protocol.drugs:
        own = tuple(d for d in doses if d.drug == drug.code)
        intervals = [DoseInterval(d.drug, d.began, d.ended, d.dose, d.reason or "", d.id) for d in own]
        phases = tuple(_phases(protocol, drug, intervals, runs, age, today))
        if own or phases:
            found.append(DrugCourse(drug, own, phases, _current(own, today)))
    return tuple(found)


def _phases(
    protocol: Protocol,
    drug: Drug,
    intervals: Sequence[DoseInterval],
    runs: Sequence[PhaseRun],
    age: int | None,
    today: date,
) -> list[PhaseDose]:
    ordered = sorted((r for r in runs if r.began.full), key=lambda r: r.began.iso)
    found = []
    for run, following in zip(ordered, [*ordered[1:], None], strict=False):
        phase, began = protocol.phase(run.phase), run.began.full
        if phase is None or began is None or not any(d.drug == drug.code for d in phase.doses):
            continue
        next_began = following.began.full if following else None
        until = next_began - timedelta(days=1) if next_began else None
        through = min(d for d in (today, until, run.ended.full if run.ended else None) if d)
        days = infusion_days(drug, phase, began, intervals, through, until=until) if drug.continuous_infusion else None
        found.append(
            PhaseDose(
                phase,
                run,
                dose_intensity(drug, phase, began, intervals, through, age=age),
                days,
                pauses(drug, began, intervals, through, until=until),
            )
        )
    return found


def _current(doses: Sequence[Exposure], today: date) -> Exposure | None:
    """The dose row that covers today."""
    covering = [
        d
        for d in doses
        if d.began.earliest and d.began.earliest <= today and (d.ended is None or (d.ended.latest or today) >= today)
    ]
    return covering[-1] if covering else None
