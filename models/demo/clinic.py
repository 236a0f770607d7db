"""Visits as records, with vital signs, response assessments and lumbar punctures."""

from collections.abc import Iterator

from models.demo.laboratory import Counts
from models.demo.roles import MISSING
from models.demo.timeline import MARROW_IN_FOLLOW_UP, Attended, Case, Timeline
from models.demo.values import on, quantity
from models.records.disease import Assessment
from models.records.kind import Record
from models.records.laboratory import Vitals
from models.records.treatment import LumbarPuncture
from models.records.visits import UNSCHEDULED, Visit

LUMBAR_PUNCTURES = 12


def visits(case: Case, days: Timeline) -> Iterator[Record]:
    """Every visit that took place or was to take place, and the unscheduled one at a relapse."""
    for visit in days.visits:
        done = visit.status == "DONE"
        dry = done and visit.plan.landmark and case.role.landmarks.get(visit.plan.code) == MISSING
        yield Visit(
            code=visit.plan.code,
            status=visit.status,
            date=on(visit.day) if done else None,
            reason=visit.reason,
            comment="Dry tap, no material for MRD" if dry else None,
        )
    if days.relapse is not None:
        yield Visit(code=UNSCHEDULED, status="DONE", date=on(days.relapse), reason="Suspected relapse")


def vitals(case: Case, days: Timeline) -> Iterator[Record]:
    """Weight, pressure, pulse, temperature and performance status; height once."""
    rng, role = case.rng, case.role
    height = rng.gauss(176 if role.sex == "M" else 163, 6)
    weight = max(46.0, rng.gauss(79 if role.sex == "M" else 66, 10))
    systolic = rng.gauss(118 + role.age * 0.2, 8)
    ecog = rng.choice((1, 1, 2)) if role.age < 75 else 2
    for visit in days.visits:
        if visit.status != "DONE" or "vitals" not in visit.plan.collects:
            continue
        code = visit.plan.code
        weight = max(42.0, weight + rng.gauss(-0.2 if visit.plan.anchor == "induction" else 0.2, 0.8))
        ecog = max(0, ecog - 1) if code in ("D45", "C1", "FU3") else ecog
        yield Vitals(
            measured=on(visit.day),
            visit=code,
            weight=quantity(f"{weight:.1f}", "kg"),
            height=quantity(f"{height:.0f}", "cm") if code == "BL" else None,
            temperature=quantity(f"{rng.gauss(36.6, 0.25):.1f}", "°C"),
            systolic=quantity(f"{systolic + rng.gauss(0, 6):.0f}", "mmHg"),
            diastolic=quantity(f"{systolic * 0.61 + rng.gauss(0, 4):.0f}", "mmHg"),
            pulse=quantity(f"{rng.gauss(76, 8):.0f}", "/min"),
            ecog=str(ecog),
        )


def assessments(case: Case, days: Timeline, counts: dict[str, Counts]) -> Iterator[Record]:
    """The investigator's judgement of the marrow: none before the remission visit, complete from it on."""
    remitted = days.done(days.remission_visit)
    for visit in days.visits:
        if visit.status == "DONE" and "assessment" in visit.plan.collects:
            complete = remitted is not None and visit.day >= remitted
            yield _assessment(case, visit, counts[visit.plan.code], complete=complete)
    if days.relapse is not None and case.role.relapse is not None:
        in_marrow = case.role.relapse.site == "MARROW"
        yield Assessment(
            assessed=on(days.relapse),
            visit=UNSCHEDULED,
            marrow_blasts=quantity(str(case.rng.randint(25, 80) if in_marrow else 2), "%"),
            blood_blasts=in_marrow,
            extramedullary=not in_marrow,
            response="RELAPSE",
        )


def _assessment(case: Case, visit: Attended, found: Counts, *, complete: bool) -> Assessment:
    code, rng = visit.plan.code, case.rng
    marrow = visit.plan.anchor != "post" or code in MARROW_IN_FOLLOW_UP
    if code == "BL":
        blasts = rng.randint(45, 95)
    elif complete:
        blasts = rng.randint(0, 3)
    else:
        blasts = rng.randint(6, 22) if case.role.remission else rng.randint(35, 60)
    return Assessment(
        assessed=on(visit.day),
        visit=code,
        marrow_blasts=quantity(str(blasts), "%") if marrow else None,
        blood_blasts=code == "BL",
        extramedullary=False,
        neutrophils=quantity(found.neutrophils, "10^9/L"),
        platelets=quantity(found.platelets, "10^9/L"),
        response=None if code == "BL" else _remission(found) if complete else "NR",
    )


def _remission(found: Counts) -> str:
    """Complete remission needs full counts; with low ones it is incomplete."""
    return "CR" if float(found.neutrophils) >= 1 and int(found.platelets) >= 100 else "CRi"


def lumbar_punctures(case: Case, days: Timeline) -> Iterator[Record]:
    """Twelve over the treatment, one a visit; blasts are seen in the first of some patients and at a CNS relapse."""
    planned = [v for v in days.visits if v.status == "DONE" and "lumbar_puncture" in v.plan.collects]
    for number, visit in enumerate(planned[:LUMBAR_PUNCTURES]):
        positive = number == 0 and case.role.white_cells > 150
        yield _puncture(case, visit.day, visit.plan.code, positive=positive)
    if days.relapse is not None and case.role.relapse is not None and case.role.relapse.site == "CNS":
        yield _puncture(case, days.relapse, UNSCHEDULED, positive=True)


def _puncture(case: Case, day: int, code: str, *, positive: bool) -> LumbarPuncture:
    relapse = code == UNSCHEDULED
    cells = case.rng.randint(20, 90) if relapse else case.rng.randint(3, 4) if positive else case.rng.randint(0, 3)
    return LumbarPuncture(
        done=on(day),
        visit=code,
        drugs=("MTX", "ARA-C", "STEROID"),
        cytology="POSITIVE" if positive else "NEGATIVE",
        cells=quantity(str(cells), "/µL"),
    )
