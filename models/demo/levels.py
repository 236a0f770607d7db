"""How deep the leukaemia lies at every sample: a falling curve with noise, a plateau, a rise where the role has one.

A level is the class of the marrow sample and, where it can be quantified, the power of ten of the ratio in percent.
"""

from dataclasses import dataclass

from models.demo.roles import MISSING
from models.demo.timeline import Case, Timeline
from models.demo.values import weighted
from models.domain.molecular.terms import COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE

LIMIT_PERCENT = "0.005"
"""The limit of quantification that the demo's molecular laboratory prints on its reports."""

RESULT_DAYS = 14
"""The most days that the molecular laboratory needs."""

_LEAST = -2.2  # just above the limit of quantification
_FALL = {"D22": 0.45, "D45": 0.72, "D57": 0.86}
_MUTANT = {"D22": -1.2, "D45": -1.6, "D57": -0.3, "D85": 0.4, "C1": -1.0}
_EQUIVALENT = {COMPLETE: -3.7, NON_QUANTIFIABLE: -2.9}


@dataclass(frozen=True, slots=True)
class Level:
    """The class of a sample and the log10 of its percentage (of meaning for positive samples only)."""

    category: str
    log_percent: float = 0.0


def marrow_levels(case: Case, days: Timeline) -> dict[str, Level]:
    """The level of the marrow at each visit that collected one, keyed by visit; a missing sample has none."""
    role, rng = case.role, case.rng
    levels = {"BL": Level(POSITIVE, min(1.96, rng.gauss(1.72, 0.18)))}
    landmarks = _landmarks(case)
    codes = [
        v.plan.code for v in days.visits if v.status == "DONE" and "mrd" in v.plan.collects and v.plan.code != "BL"
    ]
    end = landmarks.get("D85") or landmarks.get("C1") or Level(POSITIVE, -0.5)
    for code in codes:
        if code in _FALL:
            levels[code] = _falling(case, code, levels["BL"].log_percent, end)
        elif code in landmarks:
            levels[code] = landmarks[code]
    last = next((levels[c] for c in reversed(codes) if c in levels and levels[c].category != NOT_EVALUABLE), end)
    _follow_up(case, days, levels, last)
    if days.relapse is not None and role.relapse is not None:
        levels["relapse"] = Level(
            POSITIVE, rng.uniform(1.2, 1.8) if role.relapse.site == "MARROW" else rng.uniform(-2, -1.5)
        )
    return levels


def _landmarks(case: Case) -> dict[str, Level]:
    """The landmark samples in order: positive ones fall from cycle to cycle, a lost response comes back low."""
    role, rng = case.role, case.rng
    found: dict[str, Level] = {}
    before: Level | None = None
    for code, category in role.landmarks.items():
        if category == MISSING:
            continue
        if category != POSITIVE:
            level = Level(category)
        elif role.mutation and code in _MUTANT:
            level = Level(POSITIVE, _MUTANT[code] + rng.uniform(-0.1, 0.25))
        elif before is None:
            level = Level(
                POSITIVE, max(_LEAST, -1.9 - 0.65 * max(-2.6, min(0.4, role.depth)) + rng.uniform(-0.15, 0.15))
            )
        elif before.category == POSITIVE:
            level = Level(POSITIVE, max(_LEAST, before.log_percent - rng.uniform(0.15, 0.7)))
        else:
            level = Level(POSITIVE, rng.uniform(_LEAST, -1.95))
        found[code] = level
        if category != NOT_EVALUABLE and category != "awaited":
            before = level
    return found


def _falling(case: Case, code: str, start: float, end: Level) -> Level:
    """A sample in induction, on the way from diagnosis to the end of induction."""
    if case.role.mutation:
        return Level(POSITIVE, _MUTANT[code] + case.rng.uniform(-0.1, 0.1))
    goal = end.log_percent if end.category == POSITIVE else _EQUIVALENT.get(end.category, -2.0)
    log_percent = start + (goal - start) * _FALL[code] + case.rng.gauss(0, 0.12)
    if log_percent > _LEAST:
        return Level(POSITIVE, log_percent)
    return Level(COMPLETE if log_percent < -3.05 else NON_QUANTIFIABLE)


def _follow_up(case: Case, days: Timeline, levels: dict[str, Level], last: Level) -> None:
    """After treatment: the class mostly holds or deepens; where MRD rises today, the last reported samples say so."""
    visits = [v for v in days.visits if v.plan.anchor == "post" and v.status == "DONE" and "mrd" in v.plan.collects]
    for visit in visits:
        last = _next(case, last, transplanted=days.transplant is not None and visit.day > days.transplant)
        levels[visit.plan.code] = last
    if case.role.today == "rising":
        reported = [v.plan.code for v in visits if v.day <= case.today - RESULT_DAYS]
        rng = case.rng
        levels[reported[-2]] = Level(POSITIVE, rng.uniform(-2.15, -1.95))
        levels[reported[-1]] = Level(POSITIVE, rng.uniform(-0.85, -0.5))


def _next(case: Case, last: Level, *, transplanted: bool) -> Level:
    rng = case.rng
    if transplanted or last.category == COMPLETE:
        return Level(weighted(rng, (COMPLETE, 0.93), (NON_QUANTIFIABLE, 0.07)))
    if last.category == NON_QUANTIFIABLE:
        return Level(weighted(rng, (COMPLETE, 0.4), (NON_QUANTIFIABLE, 0.6)))
    if case.role.mutation or last.log_percent < -1.6:
        return Level(NON_QUANTIFIABLE)
    return Level(POSITIVE, max(_LEAST, last.log_percent - rng.uniform(0.0, 0.4)))
