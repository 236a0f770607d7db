"""How it went on for one patient: end of treatment, relapse, contacts, leaving the study, death."""

from collections.abc import Iterator

from models.demo import workdays
from models.demo.timeline import Case, Timeline
from models.demo.values import on, quantity
from models.records.disease import Relapse
from models.records.kind import Record
from models.records.outcome import Contact, Death, Disposition

_TELEPHONE_EVERY = 90


def outcome(case: Case, days: Timeline) -> Iterator[Record]:
    """The records of the outcome, in the order of their days."""
    role = case.role
    if days.treatment_ended is not None:
        yield Disposition(event="END OF TREATMENT", date=on(days.treatment_ended), reason=role.ended)
    if days.relapse is not None and role.relapse is not None:
        yield Relapse(
            found=on(days.relapse),
            sites=(role.relapse.site,),
            marrow_blasts=quantity(str(case.rng.randint(25, 80)), "%") if role.relapse.site == "MARROW" else None,
        )
    if days.left is not None:
        reason = "RELAPSE" if days.relapse is not None else role.ended
        yield Disposition(event="OFF STUDY", date=on(days.left), reason=reason)
    yield from _contacts(case, days)
    if days.death is not None:
        yield Death(
            date=on(days.death),
            cause="TRANSPLANT" if role.transplant_death else "LEUKAEMIA",
            related=False,
            details="Infection with graft-versus-host disease" if role.transplant_death else None,
        )


def _contacts(case: Case, days: Timeline) -> Iterator[Record]:
    """Alive at every follow-up visit; by telephone after leaving the study, and lately for everybody."""
    rng = case.rng
    treatment = "After transplant" if days.transplant is not None else "Kinase inhibitor"
    for visit in days.visits:
        if visit.plan.anchor == "post" and visit.status == "DONE":
            yield Contact(date=on(visit.day), in_remission=True, source="Visit", treatment=treatment)
    last = days.death or case.today
    if days.left is not None:
        for day in range(days.left + 60, last - 5, _TELEPHONE_EVERY):
            yield Contact(
                date=on(workdays.before(day)), in_remission=None, source="Telephone", treatment="Treated elsewhere"
            )
    elif days.treatment_ended is not None and days.death is None:
        day = workdays.before(max(days.treatment_ended + 1, case.today - rng.randint(3, 25)))
        yield Contact(date=on(day), in_remission=True, source="Telephone", treatment=treatment)
