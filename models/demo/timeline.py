"""When everything happened to one patient: phases, visits, transplant, relapse, leaving, death."""

from dataclasses import dataclass, field
from random import Random

from models.demo import workdays
from models.demo.dealing import BEFORE_CYCLES, CYCLE_DAYS
from models.demo.roles import Role
from models.domain.codelists import PHASE_END
from models.protocols.model import Protocol, VisitPlan

MARROW_IN_FOLLOW_UP = ("FU3", "FU6", "FU12", "FU18", "FU24")
"""The follow-up visits at which the demo site takes marrow; the others give blood."""

LATE_REASONS = (
    "Patient unwell, rebooked",
    "No free slot for the marrow",
    "Day hospital closed",
    "Patient away",
    "Strike, no transport",
)
SKIP_REASONS = ("Marrow not repeated: refused by the patient", "Marrow not repeated: platelets too low")
MISS_REASONS = ("Did not come, reached by telephone", "In another hospital that week")
DELAY_REASONS = ("Delayed until the counts recovered", "Delayed for an infection", "Delayed, no bed")


@dataclass(frozen=True, slots=True)
class Case:
    """One patient of one cohort: the role played, the numbers given, first day of the pre-phase, today."""

    role: Role
    screening_number: str
    subject_number: str
    first: int
    today: int
    protocol: Protocol
    rng: Random


@dataclass(slots=True)
class Span:
    """A phase as it ran. `ended` is None while it goes on."""

    began: int
    ended: int | None
    reason: str | None = None


@dataclass(slots=True)
class Attended:
    """A visit that took place, was missed or was skipped. `day` of one that did not take place is its target."""

    plan: VisitPlan
    day: int
    status: str = "DONE"
    reason: str | None = None


@dataclass(slots=True)
class Timeline:
    """All days of one patient; None where it did not happen."""

    consented: int
    enrolled: int
    phases: dict[str, Span] = field(default_factory=dict)
    visits: list[Attended] = field(default_factory=list)
    treatment_ended: int | None = None
    transplant: int | None = None
    relapse: int | None = None
    left: int | None = None
    death: int | None = None
    remission_visit: str = ""

    def done(self, code: str) -> int | None:
        """The day on which a planned visit took place."""
        return next((v.day for v in self.visits if v.plan.code == code and v.status == "DONE"), None)

    @property
    def induction(self) -> int:
        """The first day of dasatinib."""
        return self.phases["induction"].began


def timeline(case: Case) -> Timeline:
    """Work out the days of a patient from the role, with delays and missed visits by chance."""
    consented = workdays.before(case.first - case.rng.randint(6, 9))
    days = Timeline(consented, enrolled=workdays.before(case.first - 1))
    _phases(case, days)
    _outcome(case, days)
    _visits(case, days)
    _remission(case, days)
    return days


def _phases(case: Case, days: Timeline) -> None:
    role, rng = case.role, case.rng
    began = workdays.after(case.first + 7)
    days.phases["prephase"] = Span(case.first, began - 1, "COMPLETED")
    if role.cycles == 0 and role.part != "pulmonary":
        stop = {"LACK OF RESPONSE": 28}.get(role.ended, 40 if role.landmarks["D85"] == "missing" else 88)
        last = Span(began, began + stop, _phase_end(role.ended))
    else:
        last = Span(began, began + 84, "ADVERSE EVENT" if role.part == "pulmonary" else "COMPLETED")
    days.phases["induction"] = last
    if role.under_treatment:
        spare = 0
    else:
        spare = case.today - case.first - (95 + 42 * role.cycles + (45 if role.transplant else 15))
    for cycle in range(1, role.cycles + 1):
        usual = rng.randint(1, 5) if cycle == 1 else rng.choice((0, 0, 0, 1, 1, 2, 3))
        delay = rng.randint(9, 14) if cycle > 1 and spare > 60 and not role.relapse and rng.random() < 0.06 else usual
        target = last.began + (CYCLE_DAYS if cycle > 1 else 85)
        if role.under_treatment:  # what is to be done today hangs on the day of the cycle
            began = workdays.after(max(target, case.today - role.lead + BEFORE_CYCLES))
        else:
            in_time = role.relapse and cycle > 1  # treatment ends before the day on which the relapse is found
            began = workdays.after(target + (0 if in_time else min(delay, max(0, spare))))
        spare -= began - target
        last = Span(began, began + CYCLE_DAYS - 1, "COMPLETED")
        days.phases[f"blina-{cycle}"] = last
    if role.under_treatment:
        last.ended, last.reason = None, None
    else:
        days.treatment_ended = last.ended


def _phase_end(reason: str) -> str:
    return reason if reason in PHASE_END.terms else "PHYSICIAN DECISION"


def _outcome(case: Case, days: Timeline) -> None:
    role, rng, end = case.role, case.rng, days.treatment_ended
    if end is None:
        return
    if role.relapse:
        days.relapse = workdays.after(case.first + role.relapse.day)
        days.left = workdays.after(days.relapse + rng.randint(7, 14))
        days.death = case.first + role.relapse.death if role.relapse.death else None
        if role.ended == "RELAPSE":
            days.treatment_ended = days.relapse
    if not role.remission:
        days.left = workdays.after(end + 2)
        return
    if role.ended != "RELAPSE":
        days.phases["post"] = Span(end + rng.randint(1, 4), days.left or days.death)
    if role.transplant:
        days.transplant = min(end + rng.randint(22, 36), case.today - 4)
    if role.transplant_death and days.transplant:
        days.death = days.transplant + 58
        days.phases["post"].ended = days.death
        days.phases["post"].reason = "DEATH"
    elif role.relapse and "post" in days.phases:
        days.phases["post"].reason = "RELAPSE"


def _visits(case: Case, days: Timeline) -> None:
    stop = min(d for d in (days.left, days.relapse, days.death, case.today) if d is not None)
    for plan in case.protocol.visits:
        anchor = days.phases.get(plan.anchor)
        if anchor is None:
            continue
        target = anchor.began + (plan.day - 1 if plan.day > 0 else plan.day)
        if plan.anchor == "post" and target - 15 > stop:
            break
        if plan.starts_phase:
            _phase_start(case, days, plan, target)
        elif (visit := _visit(case, days, plan, target)) is not None and visit.day < stop:
            days.visits.append(visit)
    if case.role.today == "overdue":
        closed = [v for v in days.visits if v.plan.anchor == "post" and v.day < case.today - 20]
        last = closed[-1].day
        days.visits = [v for v in days.visits if v.plan.anchor != "post" or v.day < last]


def _phase_start(case: Case, days: Timeline, plan: VisitPlan, target: int) -> None:
    span = days.phases.get(plan.starts_phase)
    if span is not None:
        late = span.began > target + plan.after
        days.visits.append(Attended(plan, span.began, "DONE", case.rng.choice(DELAY_REASONS) if late else None))


def _visit(case: Case, days: Timeline, plan: VisitPlan, target: int) -> Attended | None:
    role, rng = case.role, case.rng
    span = days.phases[plan.anchor]
    if span.ended is not None and target > span.ended + 1:
        return (
            Attended(plan, target, "MISSED", "Protocol treatment had ended")
            if plan.landmark and role.remission
            else None
        )
    if plan.code == "BL":
        return Attended(plan, workdays.before(case.first - rng.randint(1, 5)))
    if plan.landmark:
        if role.under_treatment and span.ended is None:
            awaited = role.today.startswith("result awaited")
            return Attended(plan, workdays.nearest(target - 1, target - 7, target)) if awaited else None
        early = rng.randint(0, 5) if plan.anchor != "induction" else rng.choice((0, 0, 0, 1, 2))
        return Attended(plan, workdays.nearest(target - early, target - 7, target))
    draw = rng.random()
    if plan.anchor == "induction":
        if not role.mutation and not role.relapse and draw < 0.03 and plan.code != "D22":
            return Attended(plan, target, "SKIPPED", rng.choice(SKIP_REASONS))
        if draw > 0.95:
            return _late(case, plan, target, rng.randint(4, 6))
        return _in_window(plan, target, rng.choice((-2, -1, 0, 0, 0, 1, 2, 3)))
    if draw < 0.03 and not role.today:
        return Attended(plan, target, "MISSED", rng.choice(MISS_REASONS))
    if draw > 0.94 and not role.today:
        return _late(case, plan, target, rng.randint(16, 22))
    return _in_window(plan, target, rng.randint(-7, 10))


def _in_window(plan: VisitPlan, target: int, shift: int) -> Attended:
    return Attended(plan, workdays.nearest(target + shift, target - plan.before, target + plan.after))


def _late(case: Case, plan: VisitPlan, target: int, days: int) -> Attended:
    closed = target + plan.after
    day = workdays.nearest(target + days, closed + 1, closed + 7)
    return Attended(plan, day, "DONE", case.rng.choice(LATE_REASONS))


def _remission(case: Case, days: Timeline) -> None:
    """The visit at which remission is first documented; late in patients whose counts were long low."""
    if not case.role.remission:
        return
    assessed = [v.plan.code for v in days.visits if v.plan.anchor == "induction" and "assessment" in v.plan.collects]
    done = [code for code in assessed if days.done(code)]
    low_counts = any(event.lab in ("NEUT", "PLAT") and event.phase == "induction" for event, _ in case.role.events)
    if low_counts or len(done) == 1:
        days.remission_visit = done[-1]
    else:
        days.remission_visit = case.rng.choices(done, (0.45, 0.35, 0.12, 0.08)[: len(done)])[0]
