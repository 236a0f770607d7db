"""Samples, MRD results with their copies and replicates, and ABL1 mutation tests of one patient."""

from collections.abc import Iterator
from random import Random

from models.demo import workdays
from models.demo.levels import LIMIT_PERCENT, RESULT_DAYS, Level, marrow_levels
from models.demo.timeline import MARROW_IN_FOLLOW_UP, Case, Timeline
from models.demo.values import on, quantity, weighted
from models.domain.molecular.terms import BLOOD, BONE_MARROW, COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE
from models.domain.quantities import Quantity
from models.records.flags import Flag
from models.records.kind import Record
from models.records.molecular import MrdReplicate, MrdResult, Mutation
from models.records.visits import UNSCHEDULED, Sample

MOLECULAR_LABORATORY = "Central molecular laboratory"
_LAB_WORDS = {COMPLETE: "not detected", NON_QUANTIFIABLE: NON_QUANTIFIABLE, POSITIVE: POSITIVE}
_FACTOR = quantity("0.83", "")


def molecular(case: Case, days: Timeline) -> Iterator[Record]:
    """Every sample with its result where it has come back, in the order of collection, then the mutation tests."""
    levels = marrow_levels(case, days)
    for visit in days.visits:
        code = visit.plan.code
        if visit.status != "DONE" or "mrd" not in visit.plan.collects:
            continue
        awaited = case.role.landmarks.get(code) == "awaited"
        level = levels.get(code, Level(COMPLETE) if awaited else None)
        if level is None:
            continue
        for specimen in _specimens(case, code):
            yield from _sample(case, code, visit.day, specimen, level)
    if days.relapse is not None:
        yield from _sample(case, UNSCHEDULED, days.relapse, BONE_MARROW, levels["relapse"])
    yield from _mutations(case, days)
    baseline = days.done("BL")
    if baseline is not None:
        yield _sent(case, "COPY NUMBER", "BL", baseline, BONE_MARROW, workdays.after(baseline + 35))
    if case.role.today == "result awaited, cycle 2":
        yield _sent(case, "HLA", None, workdays.before(case.today - 20), BLOOD, case.today + 1)


def _specimens(case: Case, code: str) -> tuple[str, ...]:
    """Which samples a visit gave: marrow at every landmark; at diagnosis both; in follow-up one or both."""
    rng = case.rng
    if code == "BL" or (code == "C2" and not case.role.part and rng.random() < 0.3):
        return (BONE_MARROW, BLOOD)
    if not code.startswith("FU") or case.role.today == "rising":
        return (BONE_MARROW,)
    if case.role.today == "twice in a day" or rng.random() < 0.15:
        return (BONE_MARROW, BLOOD)
    return (BONE_MARROW,) if code in MARROW_IN_FOLLOW_UP else (BLOOD,)


def _sent(case: Case, purpose: str, code: str | None, day: int, specimen: str, back: int) -> Sample:
    return Sample(
        purpose=purpose,
        specimen=specimen,
        collected=on(day),
        sent=on(workdays.before(min(day + case.rng.randint(0, 1), case.today))),
        laboratory=MOLECULAR_LABORATORY,
        visit=code,
        received=on(back) if back <= case.today else None,
        reference=f"M{day % 100_000:05d}-{case.rng.randint(100, 999)}",
    )


def _sample(case: Case, code: str, day: int, specimen: str, level: Level) -> Iterator[Record]:
    back = workdays.nearest(day + case.rng.randint(7, RESULT_DAYS - 1), day + 7, day + RESULT_DAYS)
    yield _sent(case, "MRD", code, day, specimen, back)
    if back > case.today:
        return
    if specimen == BLOOD:
        level = _lower(case.rng, level, 0.3, 0.8)
    first, second = ("p190", "p210") if case.role.transcript == "both" else (case.role.transcript, "")
    yield from result(case, code, day, specimen, first, level, back)
    if second:
        yield from result(case, code, day, specimen, second, _lower(case.rng, level, 0.9, 1.3), back)


def _lower(rng: Random, level: Level, least: float, most: float) -> Level:
    """The same sample seen through a compartment or transcript with less of the leukaemia."""
    if level.category == NON_QUANTIFIABLE:
        return Level(weighted(rng, (COMPLETE, 0.5), (NON_QUANTIFIABLE, 0.5)))
    if level.category != POSITIVE:
        return level
    log_percent = level.log_percent - rng.uniform(least, most)
    return Level(POSITIVE, log_percent) if log_percent > -2.2 else Level(NON_QUANTIFIABLE)


def result(
    case: Case, code: str, day: int, specimen: str, transcript: str, level: Level, back: int
) -> Iterator[Record]:
    """One measurement with copies that make the level given, sometimes with its replicates after it."""
    rng = case.rng
    control = round(10 ** rng.uniform(4.48, 5.08))
    category: str | None = _LAB_WORDS.get(level.category, NOT_EVALUABLE)
    if level.category == NOT_EVALUABLE:
        control = rng.randint(1_800, 8_500)
        target = 0
        category = None if rng.random() < 0.5 else NOT_EVALUABLE
    elif level.category == COMPLETE:
        target = 0
    elif level.category == NON_QUANTIFIABLE:
        target = max(1, control // 25_000)
    else:
        target = max(2, round(control * 10 ** (level.log_percent - 2)))
    wells = 3 if rng.random() < 0.15 else 0
    percent = 100 * target / control
    yield MrdResult(
        visit=code,
        collected=on(day),
        specimen=specimen,
        transcript=transcript,
        target_copies=quantity(str(target), "copies"),
        control_copies=quantity(str(control), "copies"),
        control_gene="ABL1",
        lab_category=category,
        lab_ratio=quantity(f"{percent:.4f}", "%") if level.category == POSITIVE and rng.random() < 0.4 else None,
        quantifiable_limit=quantity(LIMIT_PERCENT, "%"),
        positive_replicates=min(target, wells) if wells else None,
        replicates=wells or None,
        method="RT-QPCR",
        international_factor=_FACTOR if transcript == "p210" else None,
        laboratory=MOLECULAR_LABORATORY,
        reported=on(back),
    )
    if level.category == NOT_EVALUABLE:
        yield Flag(
            about_kind="mrd",
            about_id=0,
            about_field="control_copies",
            rule="mrd.control-copies.few",
            message=f"{control} ABL1 copies are fewer than the number needed.",
            answer="Confirmed by the laboratory; the next sample is awaited.",
            settled=on(back),
        )
    for number in range(wells):
        yield MrdReplicate(
            number=number + 1,
            target_copies=quantity(str(target // 3 + (number < target % 3)), "copies"),
            control_copies=quantity(str(control // 3 + (number < control % 3)), "copies"),
        )


def _mutations(case: Case, days: Timeline) -> Iterator[Record]:
    """Found on the rise of MRD in induction, gone under blinatumomab; tested again at a later rise or relapse."""
    role, rng = case.role, case.rng
    risen = days.done("D57")
    if role.mutation and risen is not None:
        fraction = quantity(str(rng.randint(12, 71)), "%")
        yield from _mutation(case, "D57", risen, "FOUND", role.mutation, fraction)
        cleared = "C2" if days.done("C2") else "C1"
        yield from _mutation(case, cleared, days.done(cleared) or risen + 80, "NONE")
    elif days.relapse is not None:
        yield from _mutation(case, UNSCHEDULED, days.relapse, "NONE")
    if role.today == "rising":
        taken = workdays.before(case.today - rng.randint(2, 5))
        yield _sent(case, "MUTATION", None, taken, BONE_MARROW, case.today + 9)


def _mutation(
    case: Case, code: str, day: int, result: str, variant: str | None = None, fraction: Quantity | None = None
) -> Iterator[Record]:
    back = workdays.after(day + case.rng.randint(10, 16))
    yield _sent(case, "MUTATION", code, day, BONE_MARROW, back)
    yield Mutation(
        collected=on(day),
        specimen=BONE_MARROW,
        result=result,
        variant=variant,
        allele_fraction=fraction,
        method="NGS",
        laboratory=MOLECULAR_LABORATORY,
        reported=on(back),
    )
