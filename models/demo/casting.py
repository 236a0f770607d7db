"""Casting: which roles a cohort of the planned size is made of, so that all counts of the plan come out together."""

from random import Random

from models.demo.dealing import deal_demographics, deal_events, deal_leads, deal_responses
from models.demo.plan import Plan
from models.demo.roles import FOLLOW_UP_TODAY, ON_TREATMENT, QUESTIONS, Role


def cast(plan: Plan, seed: int) -> tuple[Role, ...]:
    """The roles of a cohort of the planned size; the same ones for the same seed."""
    rng = Random(seed)
    roles = _journeys(plan)
    _mutations(plan, roles, rng)
    deal_responses(plan, roles, rng)
    deal_demographics(plan, roles, rng)
    deal_leads(plan, roles, rng)
    _desk(roles, rng)
    deal_events(plan, roles, rng)
    return tuple(roles)


def _journeys(plan: Plan) -> list[Role]:
    """How far everybody went: the patients who stop after each cycle, those still on treatment, those transplanted."""
    roles: list[Role] = []

    def add(cycles: int, ended: str, **facts: object) -> None:
        roles.append(Role(len(roles), cycles, ended, **facts))  # type: ignore[arg-type]

    left = [plan.patients, *plan.started, 0]
    for cycles in range(len(plan.started) + 1):
        stopping = left[cycles] - left[cycles + 1]
        before = len(roles)
        for relapse in plan.relapses:
            if relapse.cycles == cycles:
                add(cycles, relapse.ended, relapse=relapse)
        if cycles == 0:
            add(0, "LACK OF RESPONSE", remission=False, part="no remission")
            add(0, "ADVERSE EVENT", part="pulmonary")
        if cycles == 1:
            add(1, "ADVERSE EVENT", part="neurologic")
        for today, (cycle, _) in ON_TREATMENT.items():
            if cycle == cycles:
                add(cycles, "", today=today, part="acute" if today.startswith("in ") else "")
        for number in range(plan.transplants.get(cycles, 0)):
            died = number == 0 and cycles == plan.transplant_death_after
            add(cycles, "TRANSPLANT", transplant=True, transplant_death=died)
        rest = "COMPLETED" if cycles == len(plan.started) else "PHYSICIAN DECISION"
        while len(roles) - before < stopping:
            add(cycles, rest if cycles else "PATIENT DECISION")
    return roles


def _mutations(plan: Plan, roles: list[Role], rng: Random) -> None:
    """Mutations go to patients who had at least two cycles, two of them among those who relapse in the marrow later."""
    variants = [variant for variant, count in plan.mutations.items() for _ in range(count)]
    relapsing = [r for r in roles if r.cycles >= 2 and r.relapse and r.relapse.site == "MARROW"]
    others = [r for r in roles if r.cycles >= 2 and not r.relapse and not r.under_treatment and not r.transplant_death]
    chosen = relapsing + rng.sample(others, len(variants) - len(relapsing))
    for role, variant in zip(chosen, variants, strict=True):
        role.mutation = variant


def _desk(roles: list[Role], rng: Random) -> None:
    """Give today's desk its work among the patients in follow-up."""
    quiet = [
        r
        for r in roles
        if r.cycles >= 2
        and r.ended in ("COMPLETED", "PHYSICIAN DECISION")
        and not r.relapse
        and not r.mutation
        and r.lead > 560
    ]
    for role, today in zip(rng.sample(quiet, len(FOLLOW_UP_TODAY)), FOLLOW_UP_TODAY, strict=True):
        role.today = today
    asked = [r for r in roles if r.cycles >= 2 and not r.today and not r.relapse]
    for role, question in zip(rng.sample(asked, len(QUESTIONS)), QUESTIONS, strict=True):
        role.part = f"question: {question}"
