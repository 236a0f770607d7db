"""Laboratory values and reference ranges: two laboratories with units of their own, courses that fit the treatment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.demo.episodes import Episode
from models.demo.timeline import Attended, Case, Timeline
from models.demo.values import on, quantity
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.kind import Record
from models.records.laboratory import LabRange, LabResult
from models.records.visits import UNSCHEDULED

HOSPITAL = "Hospital laboratory"
DISTRICT = "District laboratory"


@dataclass(frozen=True, slots=True)
class Assay:
    """A test as the two laboratories report it. Limits are in the hospital's unit; `factor` leads to the district's.

    `low` is 0 where there is no lower limit. `women` are the limits for women where they differ.
    """

    unit: str
    digits: int
    low: float
    high: float
    district_unit: str
    factor: float
    district_digits: int
    women: tuple[float, float] | None = None


ASSAYS: dict[str, Assay] = {
    "WBC": Assay("10^9/L", 1, 4.0, 10.0, "10^3/uL", 1, 1),
    "NEUT": Assay("10^9/L", 1, 1.8, 7.5, "10^3/uL", 1, 1),
    "LYM": Assay("10^9/L", 1, 1.0, 4.0, "10^3/uL", 1, 1),
    "HGB": Assay("g/dL", 1, 13.5, 17.5, "g/L", 10, 0, (12.0, 16.0)),
    "PLAT": Assay("10^9/L", 0, 150, 400, "10^3/uL", 1, 0),
    "ALT": Assay("U/L", 0, 0, 45, "U/L", 1, 0, (0, 35)),
    "AST": Assay("U/L", 0, 0, 40, "U/L", 1, 0),
    "BILI": Assay("mg/dL", 2, 0.2, 1.2, "umol/L", 17.104, 0),
    "ALP": Assay("U/L", 0, 40, 130, "U/L", 1, 0),
    "GGT": Assay("U/L", 0, 8, 60, "U/L", 1, 0, (6, 40)),
    "CREAT": Assay("mg/dL", 2, 0.7, 1.2, "umol/L", 88.4, 0, (0.5, 1.0)),
    "AMYLASE": Assay("U/L", 0, 28, 100, "U/L", 1, 0),
    "LIPASET": Assay("U/L", 0, 13, 60, "U/L", 1, 0),
    "LDH": Assay("U/L", 0, 125, 220, "U/L", 1, 0),
    "SODIUM": Assay("mmol/L", 0, 136, 145, "mEq/L", 1, 0),
    "K": Assay("mmol/L", 1, 3.5, 5.1, "mEq/L", 1, 1),
    "CA": Assay("mg/dL", 1, 8.6, 10.2, "mmol/L", 0.2495, 2),
    "MG": Assay("mg/dL", 1, 1.7, 2.5, "mmol/L", 0.4114, 2),
    "ALB": Assay("g/dL", 1, 3.5, 5.0, "g/L", 10, 0),
    "GLUC": Assay("mg/dL", 0, 70, 100, "mmol/L", 0.05551, 1),
    "URATE": Assay("mg/dL", 1, 3.5, 7.2, "umol/L", 59.48, 0, (2.6, 6.0)),
    "FIBRINO": Assay("mg/dL", 0, 200, 400, "g/L", 0.01, 1),
    "APTT": Assay("s", 0, 25, 36, "s", 1, 0),
    "INR": Assay("ratio", 2, 0.85, 1.2, "ratio", 1, 2),
}

_CHANGED_UPPER = {"ALT": (41.0, 33.0), "LIPASET": (67.0, 67.0), "LDH": (240.0, 240.0)}
"""Upper limits, men and women, after the hospital laboratory changed its analyser in the middle of the study."""

# Neutrophils, lymphocytes, haemoglobin, platelets as medians of the visit.
_BLOOD = {
    "BL": (1.9, 2.2, 9.3, 46.0),
    "D0": (2.6, 1.0, 9.0, 52.0),
    "D22": (1.5, 0.9, 9.6, 108.0),
    "D45": (2.0, 1.2, 10.6, 142.0),
    "D57": (2.3, 1.3, 11.1, 165.0),
    "D85": (2.8, 1.5, 11.9, 188.0),
    "D1": (2.9, 1.5, 12.1, 204.0),
    "C": (2.4, 1.2, 12.1, 192.0),
    "FU": (3.2, 1.6, 12.9, 216.0),
}
_SHIFTS = {
    "BL": {"LDH": 3.1, "URATE": 1.25, "FIBRINO": 1.1, "CREAT": 1.16},
    "D0": {"LDH": 1.9, "CREAT": 1.14, "URATE": 0.8, "GLUC": 1.35, "FIBRINO": 0.8},
    "D22": {"GLUC": 1.25, "ALB": 0.88, "FIBRINO": 0.7, "ALT": 1.5, "AST": 1.2, "GGT": 1.4},
    "D45": {"ALT": 1.3, "GGT": 1.3, "LIPASET": 1.2},
}


@dataclass(frozen=True, slots=True)
class Counts:
    """The neutrophils and platelets of a visit as text, 10^9/L: the response assessment rests on the same values."""

    neutrophils: str
    platelets: str


def ranges(protocol: Protocol, until: date) -> list[LabRange]:
    """The reference ranges of both laboratories for every test of the protocol's panels."""
    tests = {test for panel in protocol.panels.values() for test in panel if test in ASSAYS}
    first = PartialDate(until.year - 4, 1, 1)
    changed = PartialDate.from_date((until - timedelta(days=400)).replace(day=1))
    found: list[LabRange] = []
    for test in (name for name in ASSAYS if name in tests):
        assay = ASSAYS[test]
        for sex, low, high in _limits(assay):
            found.append(_range(HOSPITAL, test, first, sex, low, high, assay.unit, assay.digits))
            low, high = low * assay.factor, high * assay.factor
            found.append(_range(DISTRICT, test, first, sex, low, high, assay.district_unit, assay.district_digits))
        if test in _CHANGED_UPPER:
            men, women = _CHANGED_UPPER[test]
            found.append(_range(HOSPITAL, test, changed, "M", assay.low, men, assay.unit, assay.digits))
            found.append(_range(HOSPITAL, test, changed, "F", assay.low, women, assay.unit, assay.digits))
    return found


def _limits(assay: Assay) -> Iterator[tuple[str | None, float, float]]:
    if assay.women is None:
        yield None, assay.low, assay.high
    else:
        yield "M", assay.low, assay.high
        yield "F", *assay.women


def _range(
    laboratory: str, test: str, since: PartialDate, sex: str | None, low: float, high: float, unit: str, digits: int
) -> LabRange:
    return LabRange(
        laboratory=laboratory,
        test=test,
        valid_from=since,
        sex=sex,
        lower=quantity(f"{low:.{digits}f}", unit) if low else None,
        upper=quantity(f"{high:.{digits}f}", unit),
    )


def laboratory(case: Case, days: Timeline, episodes: list[Episode], counts: dict[str, Counts]) -> Iterator[Record]:
    """The panels of every visit, and the values that belong to adverse events. Fills `counts` by visit code."""
    rng, role = case.rng, case.role
    base = {test: max(0.2, min(0.85, rng.gauss(0.5, 0.15))) for test in ASSAYS}
    for visit in days.visits:
        if visit.status != "DONE" or not visit.plan.panels:
            continue
        blood = _blood(case, days, visit, episodes)
        counts[visit.plan.code] = Counts(f"{blood['NEUT']:.1f}", f"{blood['PLAT']:.0f}")
        district = visit.plan.anchor == "post" and rng.random() < 0.35
        shifts, noise = _SHIFTS.get(visit.plan.code, {}), 0.0
        for panel in visit.plan.panels:
            for test in case.protocol.panels[panel]:
                assay = ASSAYS.get(test)
                if assay is None:
                    continue
                value = blood.get(test)
                if value is None:
                    low, high = assay.women if assay.women and role.sex == "F" else (assay.low, assay.high)
                    low = low or high * 0.25
                    if test != "LIPASET":  # it goes up and down with the amylase before it
                        noise = rng.gauss(0, 0.03 if test == "CREAT" else 0.08)
                    value = (low + (high - low) * (base[test] + noise)) * shifts.get(test, 1.0)
                yield _value(case, visit, test, value, episodes, district=district)
    yield from _of_events(case, days, episodes)


def _blood(case: Case, days: Timeline, visit: Attended, episodes: list[Episode]) -> dict[str, float]:
    """Counts that fit the visit: low at first, normal with remission, low again in an event or after a transplant."""
    rng, code = case.rng, visit.plan.code
    key = code if code in _BLOOD else "FU" if visit.plan.anchor == "post" else "D1" if code.endswith("D1") else "C"
    neutrophils, lymphocytes, haemoglobin, platelets = (m * rng.lognormvariate(0, 0.2) for m in _BLOOD[key])
    haemoglobin = min(16.2, max(7.7, (haemoglobin + _BLOOD[key][2]) / 2 * (0.95 if case.role.sex == "F" else 1.0)))
    if days.transplant is not None and 0 < visit.day - days.transplant < 75:
        lymphocytes, platelets = lymphocytes * 0.5, platelets * 0.55
    remitted = days.done(days.remission_visit)
    if remitted is not None and visit.day >= remitted:
        neutrophils, platelets = max(1.1, neutrophils), max(104.0, platelets)
    elif visit.plan.anchor == "induction":
        platelets = min(94.0, platelets)
    for episode in episodes:
        neutrophils = float(episode.value("NEUT", visit.day) or neutrophils)
        platelets = float(episode.value("PLAT", visit.day) or platelets)
    white = float(case.role.white_cells) if code == "BL" else (neutrophils + lymphocytes) * 1.12
    return {"WBC": white, "NEUT": neutrophils, "LYM": lymphocytes, "HGB": haemoglobin, "PLAT": platelets}


def _value(
    case: Case, visit: Attended, test: str, value: float, episodes: list[Episode], *, district: bool
) -> LabResult:
    assay = ASSAYS[test]
    if test in ("K", "LDH", "APTT") and case.rng.random() < 0.012:
        return LabResult(
            test=test, collected=on(visit.day), laboratory=HOSPITAL, visit=visit.plan.code, not_done="Sample haemolysed"
        )
    found = f"{value:.{assay.digits}f}"
    for episode in episodes:
        found = episode.value(test, visit.day) or found
    if district:
        found = f"{float(found) * assay.factor:.{assay.district_digits}f}"
    return LabResult(
        test=test,
        collected=on(visit.day),
        value=quantity(found, assay.district_unit if district else assay.unit),
        laboratory=DISTRICT if district else HOSPITAL,
        visit=visit.plan.code,
    )


def _of_events(case: Case, days: Timeline, episodes: list[Episode]) -> Iterator[Record]:
    """The values on which an event was graded, from the day of each grade."""
    visited = {visit.day for visit in days.visits}
    for episode in episodes:
        for (day, _), value in zip(episode.grades, episode.plan.values, strict=False):
            if day not in visited:
                unit = ASSAYS[episode.plan.lab].unit
                yield LabResult(
                    test=episode.plan.lab,
                    collected=on(day),
                    value=quantity(value, unit),
                    laboratory=HOSPITAL,
                    visit=UNSCHEDULED,
                )
