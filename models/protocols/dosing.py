"""Doses as given against doses as planned: intensity, infusion days, pauses. Information, never an order."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from models.domain.derived import Derived, Rule
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, exactly
from models.protocols.model import Drug, Phase

_HUNDRED = Decimal(100)


class DoseInterval(NamedTuple):
    """One drug at one dose from `start` to `end`, both days included; `end` is None while it goes on.

    `dose` is in the drug's unit; 0 is an interruption, None a dose that is not known. `reason` is a code of
    `DOSE_REASON`.
    """

    drug: str
    start: PartialDate
    end: PartialDate | None
    dose: Quantity | None
    reason: str = ""
    key: int = 0


class InfusionDays(NamedTuple):
    """Days of continuous infusion in one cycle: delivered, planned, and days without it between first and last."""

    delivered: int
    planned: int
    gap: int


class Pause(NamedTuple):
    """Days without the drug between two days with it; `last` is None while it goes on.

    `days` is the length so far. `same_cycle` is whether the drug's convention still counts it to the same cycle, None
    where the drug has none. `restarted_at` is the dose after the pause, None while it goes on.
    """

    first: date
    last: date | None
    days: int
    reason: str
    same_cycle: bool | None
    restarted_at: Decimal | None


def dose_intensity(
    drug: Drug,
    phase: Phase,
    began: date,
    intervals: Iterable[DoseInterval],
    through: date,
    *,
    age: int | None = None,
    awaited: bool = False,
) -> Derived[Decimal | None]:
    """Given dose as percent of the planned dose, over the days of the phase that have passed by `through`.

    The plan is that of the planned days (day 1 = `began`): the rest days of a cycle change nothing. What is given
    counts on these days; of a continuous infusion, whose days move back by a pause, on every day up to `through`. A day
    without a recorded dose counts as not given. None where a dose, a unit or a date does not allow a sum, nothing was
    planned yet, or the first dose is still `awaited`: in a phase that is over without one nothing was given, in one
    that goes on nothing is written down yet.
    Source: relative dose intensity as commonly defined, delivered over planned dose.
    """
    rule = Rule("dose-intensity", "3", "relative dose intensity: delivered over planned dose")
    own = [interval for interval in intervals if interval.drug == drug.code]
    planned = _planned(phase, drug, began, through, age)
    inputs: tuple[tuple[str, Sentence], ...] = (("Phase", phase.label), ("Began", began), ("Until", through))
    if planned is None:
        return Derived(None, rule, inputs, "The dose depends on the patient's age, which is not recorded.")
    if not planned:
        return Derived(None, rule, inputs, f"No {drug.name} was planned in these days.")
    if awaited:
        return Derived(None, rule, inputs, f"No dose of {drug.name} is recorded in this phase yet, which goes on.")
    last = through if drug.continuous_infusion else date.fromordinal(max(run.last for run in planned))
    unreadable = _unreadable(drug, own, began, last)
    if unreadable:
        return Derived(None, rule, inputs, unreadable)
    total_planned = _amount(planned)
    if total_planned == 0:
        return Derived(None, rule, inputs, f"The planned dose of {drug.name} is 0.")
    given = _given(own, began, last)
    in_plan = _shared(given, planned)
    total_given = _amount(given if drug.continuous_infusion else in_plan)
    days = _days(planned)
    missing = days - _days(in_plan)
    said_given, said_planned = exactly(total_given), exactly(total_planned)
    inputs += (
        ("Planned", (said_planned, f" over {days} days ({drug.unit})")),
        ("Given", (said_given, f" ({drug.unit})")),
    )
    reason = (
        (said_given, " given of ", said_planned, f" planned, over {days} days."),
        f" {missing} of them have no dose recorded and count as not given." if missing else "",
    )
    return Derived(total_given * _HUNDRED / total_planned, rule, inputs, reason)


def infusion_days(
    drug: Drug,
    phase: Phase,
    began: date,
    intervals: Iterable[DoseInterval],
    through: date,
    *,
    until: date | None = None,
) -> Derived[InfusionDays | None]:
    """Days on which a continuous infusion ran in a cycle that began on `began`, up to `through`.

    Calendar days with a dose above 0, each counted once however often the dose changed on it. `until` is the last day
    of the cycle where the next one has begun; else the cycle lasts as long as it takes to deliver its days.
    """
    rule = Rule("infusion-days", "1", drug.source or drug.name)
    last = min(through, until) if until else through
    own = [interval for interval in intervals if interval.drug == drug.code]
    inputs = (("Cycle", phase.label), ("Began", began), ("Until", last))
    unreadable = _unreadable(drug, own, began, last)
    if unreadable:
        return Derived(None, rule, inputs, unreadable)
    ran = [run for run in _given(own, began, last) if run.dose > 0]
    delivered = _days(ran)
    gap = ran[-1].last - ran[0].first + 1 - delivered if ran else 0
    value = InfusionDays(delivered, drug.infusion_days, gap)
    reason = f"{value.delivered} of {value.planned} days delivered, {value.gap} days without infusion in between."
    return Derived(value, rule, inputs, reason)


def pauses(
    drug: Drug, began: date, intervals: Iterable[DoseInterval], through: date, *, until: date | None = None
) -> tuple[Derived[Pause], ...]:
    """Every interruption of a drug in a phase that began on `began`, and what the drug's convention says of it.

    A pause is recorded as a dose of 0, or is a gap between two recorded doses; days after the last dose are one only
    where a dose of 0 says so. Intervals without full dates are left out.
    """
    last = min(through, until) if until else through
    own = [interval for interval in intervals if interval.drug == drug.code]
    given = _given(own, began, last)
    treated = [run for run in given if run.dose > 0]
    found: list[Derived[Pause]] = []
    for before, after in pairwise(treated):
        if after.first - before.last > 1:
            first, end = date.fromordinal(before.last + 1), date.fromordinal(after.first - 1)
            found.append(_pause(drug, first, end, (end - first).days + 1, _reason(own, first, end), after.dose))
    held = [run.last for run in given if run.dose == 0 and treated and run.last > treated[-1].last]
    if held:
        first, end = date.fromordinal(treated[-1].last + 1), date.fromordinal(held[-1])
        found.append(_pause(drug, first, None, (end - first).days + 1, _reason(own, first, end), None))
    return tuple(found)


def _pause(
    drug: Drug, first: date, last: date | None, days: int, reason: str, restarted: Decimal | None
) -> Derived[Pause]:
    convention = drug.same_cycle_gap_days
    pause = Pause(first, last, days, reason, None if convention is None else days <= convention, restarted)
    said: list[Sentence] = [f"{days} day{'s' * (days != 1)} without {drug.name}."]
    if convention is not None:
        said.append(
            f" For information: after a pause for an adverse event of up to {convention} days the label goes on with"
            " the same cycle, after a longer one it begins a new cycle."
        )
    if drug.restart_dose is not None:
        said += [" After a grade 3 event the label restarts at ", Quantity(drug.restart_dose, drug.unit)]
        said += ["; recorded: ", Quantity(restarted, drug.unit)] if restarted is not None else []
        said.append(". The physician decides.")
    return Derived(
        value=pause,
        rule=Rule("pause", "1", drug.source or drug.name),
        inputs=(("Drug", drug.name), ("First day without", first), ("Days", str(days))),
        reason=tuple(said),
    )


def _reason(intervals: Sequence[DoseInterval], first: date, last: date) -> str:
    """The reason of the interruption recorded in these days, "" where none was."""
    for interval in intervals:
        start = interval.start.full
        if interval.reason and _held(interval) and start and first <= start <= last:
            return interval.reason
    return ""


def _held(interval: DoseInterval) -> bool:
    return interval.dose is not None and interval.dose.value == 0


class _Run(NamedTuple):
    """One dose on each day from `first` to `last`, both included; days are ordinals."""

    first: int
    last: int
    dose: Decimal


def _laid_over(rows: Iterable[_Run]) -> list[_Run]:
    """The rows in the order of time: where two overlap, the one that comes later counts."""
    runs: list[_Run] = []
    for new in rows:
        if runs and runs[-1].last >= new.first:
            before = [_Run(run.first, min(run.last, new.first - 1), run.dose) for run in runs]
            after = [_Run(max(run.first, new.last + 1), run.last, run.dose) for run in runs]
            runs = sorted(run for run in (*before, *after, new) if run.first <= run.last)
        else:
            runs.append(new)
    return runs


def _shared(given: Iterable[_Run], planned: Sequence[_Run]) -> list[_Run]:
    """What was given on the days of the plan."""
    return [
        _Run(max(run.first, days.first), min(run.last, days.last), run.dose)
        for run in given
        for days in planned
        if run.first <= days.last and run.last >= days.first
    ]


def _days(runs: Iterable[_Run]) -> int:
    return sum(run.last - run.first + 1 for run in runs)


def _amount(runs: Iterable[_Run]) -> Decimal:
    return sum(((run.last - run.first + 1) * run.dose for run in runs), Decimal(0))


def _planned(phase: Phase, drug: Drug, began: date, through: date, age: int | None) -> list[_Run] | None:
    """The planned doses of the days up to `through`; None where they depend on an age that is not known."""
    before, last = began.toordinal() - 1, through.toordinal()
    doses: list[_Run] = []
    for dose in phase.doses:
        if dose.drug != drug.code:
            continue
        if age is None and (dose.from_age is not None or dose.under_age is not None):
            return None
        if age is not None and (dose.from_age or 0) > age:
            continue
        if age is not None and dose.under_age is not None and age >= dose.under_age:
            continue
        if before + dose.first_day <= last:
            doses.append(_Run(before + dose.first_day, min(before + dose.last_day, last), dose.dose))
    return _laid_over(doses)


def _unreadable(drug: Drug, intervals: Sequence[DoseInterval], first: date, last: date) -> str:
    """Why the intervals that touch these days cannot be summed, "" where they can."""
    for interval in intervals:
        start, end = interval.start, interval.end
        earliest, latest = start.earliest, end.latest if end else last
        if earliest is not None and latest is not None and (latest < first or earliest > last):
            continue
        if start.full is None or (end and end.full is None):
            return f"A dose of {drug.name} has a date that is not fully known."
        if interval.dose is None or not interval.dose.exact:
            return f"A dose of {drug.name} is not known exactly."
        if interval.dose.value != 0 and interval.dose.unit != drug.unit:
            return f"A dose of {drug.name} is in {interval.dose.unit or 'no unit'}, the plan in {drug.unit}."
    return ""


def _given(intervals: Sequence[DoseInterval], first: date, last: date) -> list[_Run]:
    """The recorded doses from `first` to `last`. Where intervals overlap, the one that began later counts."""
    dated: list[tuple[date, date, Decimal]] = []
    for interval in intervals:
        start, end = interval.start.full, interval.end.full if interval.end else last
        if interval.dose is not None and start and end and max(start, first) <= min(end, last):
            dated.append((start, end, interval.dose.value))
    dated.sort(key=itemgetter(0))
    return _laid_over(
        _Run(max(start, first).toordinal(), min(end, last).toordinal(), dose) for start, end, dose in dated
    )
