"""Doses as given against doses as planned: intensity, infusion days, pauses. Information, never an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from models.domain.derived import Derived, Rule
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, exactly
from models.protocols.model import Drug, Phase

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class DoseInterval:
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


@dataclass(frozen=True, slots=True)
class InfusionDays:
    """Days of continuous infusion in one cycle: delivered, planned, and days without it between first and last."""

    delivered: int
    planned: int
    gap: int


@dataclass(frozen=True, slots=True)
class Pause:
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
    last = through if drug.continuous_infusion else date.fromordinal(max(planned))
    unreadable = _unreadable(drug, own, began, last)
    if unreadable:
        return Derived(None, rule, inputs, unreadable)
    given = _given(own, began, last)
    total_planned = sum(planned.values(), Decimal(0))
    if total_planned == 0:
        return Derived(None, rule, inputs, f"The planned dose of {drug.name} is 0.")
    counting = given.keys() if drug.continuous_infusion else planned.keys() & given.keys()
    total_given = sum((given[day] for day in counting), Decimal(0))
    missing = len(planned.keys() - given.keys())
    inputs += (
        ("Planned", (exactly(total_planned), f" over {len(planned)} days ({drug.unit})")),
        ("Given", (exactly(total_given), f" ({drug.unit})")),
    )
    reason = (
        (exactly(total_given), " given of ", exactly(total_planned), f" planned, over {len(planned)} days."),
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
    days = sorted(day for day, dose in _given(own, began, last).items() if dose > 0)
    gap = days[-1] - days[0] + 1 - len(days) if days else 0
    value = InfusionDays(len(days), drug.infusion_days, gap)
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
    treated = sorted(day for day, dose in given.items() if dose > 0)
    found: list[Derived[Pause]] = []
    for before, after in pairwise(treated):
        if after - before > 1:
            first, end = date.fromordinal(before + 1), date.fromordinal(after - 1)
            found.append(_pause(drug, first, end, (end - first).days + 1, _reason(own, first, end), given[after]))
    held = [day for day, dose in given.items() if dose == 0 and treated and day > treated[-1]]
    if held:
        first, end = date.fromordinal(treated[-1] + 1), date.fromordinal(max(held))
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


# Days are ordinals below: a cohort asks for the doses of thousands of patients day by day.


def _planned(phase: Phase, drug: Drug, began: date, through: date, age: int | None) -> dict[int, Decimal] | None:
    """The planned dose of each day up to `through`; None where it depends on an age that is not known."""
    first, last = began.toordinal(), through.toordinal()
    days: dict[int, Decimal] = {}
    for dose in phase.doses:
        if dose.drug != drug.code:
            continue
        if age is None and (dose.from_age is not None or dose.under_age is not None):
            return None
        if age is not None and (dose.from_age or 0) > age:
            continue
        if age is not None and dose.under_age is not None and age >= dose.under_age:
            continue
        until = min(first + dose.last_day - 1, last)
        days.update(dict.fromkeys(range(first + dose.first_day - 1, until + 1), dose.dose))
    return days


def _unreadable(drug: Drug, intervals: Sequence[DoseInterval], first: date, last: date) -> str:
    """Why the intervals that touch these days cannot be summed, "" where they can."""
    for interval in intervals:
        end = interval.end or PartialDate.from_date(last)
        earliest, latest = interval.start.earliest, end.latest
        if earliest is not None and latest is not None and (latest < first or earliest > last):
            continue
        if interval.start.full is None or end.full is None:
            return f"A dose of {drug.name} has a date that is not fully known."
        if interval.dose is None or not interval.dose.exact:
            return f"A dose of {drug.name} is not known exactly."
        if interval.dose.value != 0 and interval.dose.unit != drug.unit:
            return f"A dose of {drug.name} is in {interval.dose.unit or 'no unit'}, the plan in {drug.unit}."
    return ""


def _given(intervals: Sequence[DoseInterval], first: date, last: date) -> dict[int, Decimal]:
    """The dose of each recorded day from `first` to `last`. Where intervals overlap, the later one counts."""
    days: dict[int, Decimal] = {}
    dated = [(i.start.full, i.end.full if i.end else last, i.dose) for i in intervals]
    readable = [(start, end, dose.value) for start, end, dose in dated if start and end and dose is not None]
    for start, end, value in sorted(readable, key=lambda item: item[0]):
        days.update(dict.fromkeys(range(max(start, first).toordinal(), min(end, last).toordinal() + 1), value))
    return days
