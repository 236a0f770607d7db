"""Drug by drug: the doses as given, how much of the plan was given, interruptions, infusion days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from models.domain.derived import Derived
from models.protocols.dosing import DoseInterval, InfusionDays, Pause, dose_intensity, infusion_days, pauses
from models.protocols.model import Drug, Phase, Protocol
from models.records.treatment import Exposure, PhaseRun


class PhaseDose(NamedTuple):
    """One drug in one phase as it ran. `days` is None for a drug that is not infused continuously.

    `awaited` says that more doses are planned in the phase, which goes on, and that none is recorded in it yet.
    """

    phase: Phase
    run: PhaseRun
    awaited: bool
    intensity: Derived[Decimal | None]
    days: Derived[InfusionDays | None] | None
    pauses: tuple[Derived[Pause], ...]


class DrugCourse(NamedTuple):
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


class _Ran(NamedTuple):
    """A phase as it ran: `until` is the day before the next one began, `through` the last day of it so far."""

    phase: Phase
    run: PhaseRun
    began: date
    until: date | None
    through: date


def courses(
    protocol: Protocol, doses: Sequence[Exposure], runs: Sequence[PhaseRun], age: int | None, today: date
) -> tuple[DrugCourse, ...]:
    """The course of every drug of the protocol that was given or planned in a phase that began."""
    ran = tuple(_ran(protocol, runs, today))
    found = []
    for drug in protocol.drugs:
        own = tuple(d for d in doses if d.drug == drug.code)
        intervals = [DoseInterval(d.drug, d.began, d.ended, d.dose, d.reason or "", d.id) for d in own]
        prescribing = (one for one in ran if any(d.drug == drug.code for d in one.phase.doses))
        phases = tuple(_phase_dose(drug, one, intervals, age) for one in prescribing)
        if own or phases:
            found.append(DrugCourse(drug, own, phases, _current(own, today)))
    return tuple(found)


def _ran(protocol: Protocol, runs: Sequence[PhaseRun], today: date) -> Iterator[_Ran]:
    """The phases of the protocol that began on a known day, in the order of these days."""
    ordered = sorted((r for r in runs if r.began.full), key=lambda r: r.began.iso)
    for run, following in zip_longest(ordered, ordered[1:]):
        phase, began = protocol.phase(run.phase), run.began.full
        if phase is None or began is None:
            continue
        next_began = following.began.full if following else None
        until = next_began - timedelta(days=1) if next_began else None
        through = min(d for d in (today, until, run.ended.full if run.ended else None) if d)
        yield _Ran(phase, run, began, until, through)


def _phase_dose(drug: Drug, ran: _Ran, intervals: Sequence[DoseInterval], age: int | None) -> PhaseDose:
    phase, run, began, until, through = ran
    days = infusion_days(drug, phase, began, intervals, through, until=until) if drug.continuous_infusion else None
    planned_to = began + timedelta(days=max(dose.last_day for dose in phase.doses if dose.drug == drug.code) - 1)
    goes_on = until is None and run.ended is None and through < planned_to
    awaited = goes_on and not any(_meets(each, drug, began, through) for each in intervals)
    intensity = dose_intensity(drug, phase, began, intervals, through, age=age, awaited=awaited)
    return PhaseDose(phase, run, awaited, intensity, days, pauses(drug, began, intervals, through, until=until))


def _meets(interval: DoseInterval, drug: Drug, began: date, through: date) -> bool:
    """Whether a dose of the drug may have been given, or held, on a day of the phase."""
    start, end = interval.start.earliest, interval.end.latest if interval.end else None
    return interval.drug == drug.code and (start is None or start <= through) and (end is None or end >= began)


def _current(doses: Sequence[Exposure], today: date) -> Exposure | None:
    """The dose row that covers today."""
    covering = [
        d
        for d in doses
        if d.began.earliest and d.began.earliest <= today and (d.ended is None or (d.ended.latest or today) >= today)
    ]
    return covering[-1] if covering else None
