"""Dealing the counted facts of the plan among the roles: each total comes out and the combinations make sense."""

from math import exp
from random import Random
from statistics import NormalDist

from models.demo.plan import EventPlan, Landmark, Plan
from models.demo.roles import AWAITED, MISSING, ON_TREATMENT, Role
from models.domain.molecular.terms import COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE

PREPHASE_DAYS = 7
BEFORE_CYCLES = PREPHASE_DAYS + 88
CYCLE_DAYS = 42


def deal_responses(plan: Plan, roles: list[Role], rng: Random) -> None:
    """The class of every landmark sample.

    Each patient has a depth of response that stays roughly the same, so that those who respond early mostly go on to
    respond. Patients who relapse or carry a mutation lie deepest in the positive part, as published: no event among the
    early molecular responders.
    """
    for role in roles:
        role.depth = rng.gauss(0, 1) - (4 if role.relapse or role.mutation or not role.remission else 0)
    for landmark in plan.landmarks:
        _deal_landmark(landmark, roles, rng)


def _deal_landmark(landmark: Landmark, roles: list[Role], rng: Random) -> None:
    reached = [r for r in roles if r.cycles >= landmark.cycle]
    absent = [r for r in reached if _cannot_have(r, landmark)]
    for role in absent:
        role.landmarks[landmark.visit] = AWAITED if role.under_treatment else MISSING
    able = [r for r in reached if r not in absent]
    ordinary = [r for r in able if not (r.relapse or r.mutation or r.under_treatment)]
    for number, role in enumerate(rng.sample(ordinary, len(able) - landmark.evaluable)):
        role.landmarks[landmark.visit] = MISSING if number % 2 else NOT_EVALUABLE
        able.remove(role)
    able.sort(key=lambda r: r.depth + rng.gauss(0, 0.2), reverse=True)
    for place, role in enumerate(able):
        if place < landmark.complete:
            role.landmarks[landmark.visit] = COMPLETE
        else:
            role.landmarks[landmark.visit] = NON_QUANTIFIABLE if place < landmark.response else POSITIVE


def _cannot_have(role: Role, landmark: Landmark) -> bool:
    """Left before the landmark, or is still in the cycle that it ends."""
    if landmark.cycle == 0:
        return not role.remission or (role.relapse is not None and role.relapse.ended == "PATIENT DECISION")
    return role.under_treatment and role.cycles == landmark.cycle


def deal_demographics(plan: Plan, roles: list[Role], rng: Random) -> None:
    """Age, sex, transcript, IKZF1 class. Transplanted patients are younger; the eldest is the woman who left early."""
    eldest = next(r for r in roles if r.relapse and r.relapse.ended == "PATIENT DECISION")
    ages = _ages(plan)
    eldest.age = ages.pop()
    transplanted = [r for r in roles if r.transplant]
    young = rng.sample([age for age in ages if age <= 66], len(transplanted))
    for age in young:
        ages.remove(age)
    rng.shuffle(ages)
    for role in roles:
        if role is not eldest:
            role.age = young.pop() if role.transplant else ages.pop()
    eldest.sex = "F"
    for role in rng.sample([r for r in roles if r is not eldest], plan.female - 1):
        role.sex = "F"
    _deal_white_cells(plan, roles, rng)
    _deal_transcripts(plan, roles, rng)
    _deal_ikzf1(plan, roles, rng)


def _deal_white_cells(plan: Plan, roles: list[Role], rng: Random) -> None:
    """White cells at diagnosis: skewed as counts are, with the median of the plan."""
    normal = NormalDist()
    ranks = [(n + 0.5) / len(roles) for n in range(len(roles))]
    rng.shuffle(ranks)
    for role, rank in zip(roles, ranks, strict=True):
        role.white_cells = max(2, round(plan.white_cells_median * exp(1.05 * normal.inv_cdf(rank))))


def _ages(plan: Plan) -> list[int]:
    """Ages in order: the youngest, the middle one and the oldest as planned, evenly between."""
    half = plan.patients // 2
    low, middle, high = plan.youngest, plan.median_age, plan.oldest
    below = [low + round((middle - low) * (n / half) ** 0.8) for n in range(half)]
    above = [middle + round((high - middle) * (n / half) ** 1.3) for n in range(1, plan.patients - half)]
    return [*below, middle, *above]


def _deal_transcripts(plan: Plan, roles: list[Role], rng: Random) -> None:
    """Early relapses carry p190, as one report found; the rest by chance."""
    pool = [name for name, count in plan.transcripts.items() for _ in range(count)]
    for role in roles:
        if role.relapse:
            role.transcript = "p190" if role.relapse.day < 300 else "p210"
            pool.remove(role.transcript)
    rng.shuffle(pool)
    for role in roles:
        role.transcript = role.transcript or pool.pop()


def _deal_ikzf1(plan: Plan, roles: list[Role], rng: Random) -> None:
    pool = [name for name, count in plan.ikzf1.items() for _ in range(count)]
    unknown = plan.patients - len(pool)
    pool += ["failed" if n < unknown * 0.6 else "not done" for n in range(unknown)]
    for role in roles:
        if role.relapse:
            role.ikzf1 = role.relapse.ikzf1
        elif role.transplant_death:
            role.ikzf1 = "none"
        if role.ikzf1:
            pool.remove(role.ikzf1)
    rng.shuffle(pool)
    for role in roles:
        role.ikzf1 = role.ikzf1 or pool.pop()


def deal_leads(plan: Plan, roles: list[Role], rng: Random) -> None:
    """When everybody entered: evenly over the accrual, nobody later than the course that the role needs."""
    settled = [r for r in roles if not r.under_treatment]
    for role in roles:
        if role.under_treatment:
            cycle, day = ON_TREATMENT[role.today]
            role.lead = BEFORE_CYCLES + CYCLE_DAYS * (cycle - 1) + day - 1
    span = plan.first_accrual - plan.last_accrual
    leads = [plan.last_accrual + round(span * (n / (len(settled) - 1)) ** 0.82) for n in range(len(settled))]
    for lead in leads:
        able = [r for r in settled if not r.lead and _needs(r) <= lead]
        rng.choice(able).lead = lead


def _needs(role: Role) -> int:
    """The least days from the pre-phase to today in which the whole story fits, the last results included."""
    if role.relapse or role.transplant_death:
        return 600
    treatment = BEFORE_CYCLES + (CYCLE_DAYS + 3) * role.cycles if role.cycles else BEFORE_CYCLES
    return treatment + 20 + (30 if role.transplant else 0)


def deal_events(plan: Plan, roles: list[Role], rng: Random) -> None:
    """Adverse events: those of a named part to that part, the others to whoever was treated, never too many on one."""
    # Those of a named part first: what others get must fit beside them.
    for event in sorted(plan.events, key=lambda e: not e.role):
        for _ in range(event.count):
            able = [r for r in roles if _can_have(r, event)]
            fewest = min(len(r.events) for r in able)
            role = rng.choice([r for r in able if len(r.events) <= fewest + 1])
            role.events.append((event, _cycle(role, event, rng)))


def _can_have(role: Role, event: EventPlan) -> bool:
    if event.role:
        return role.part == event.role
    if any(other.term == event.term or _clash(other, event) for other, _ in role.events):
        return False
    if event.phase == "cycle":
        return role.cycles >= 1 and not (role.under_treatment and role.cycles < 3)
    if event.phase == "post":
        return role.ended == "COMPLETED" and not role.relapse and not role.mutation and role.lead > 560
    return role.remission and role.part != "pulmonary" and not (role.relapse and role.cycles == 0)


def _clash(one: EventPlan, other: EventPlan) -> bool:
    """Two events that would both change the doses of one drug: at most one a patient, so that reasons stay clear."""
    return bool(one.pause and other.pause)


def _cycle(role: Role, event: EventPlan, rng: Random) -> int:
    if event.phase != "cycle":
        return 0
    completed = role.cycles - 1 if role.under_treatment else role.cycles
    return 1 if event.first else rng.randint(1, completed)
