"""All patients' molecular curves: every level in time, the quartiles of the cohort, and where one patient stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log10
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.landmarks import chosen
from models.cohort.method import Method
from models.cohort.table import LEVEL_DIGITS, Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.domain.molecular.logs import significant
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member
    from models.domain.molecular.points import TimePoint

PERCENTILES = (10, 25, 50, 75, 90)
METHOD = Method(
    "Level of all patients",
    "At each planned MRD visit the sample that stands for it, in percent of the control gene. Not detected counts"
    " at its own sensitivity, non-quantifiable at its limit (at its ratio where no limit is known, else at its"
    " sensitivity). Percentiles are interpolated on the logarithmic scale between the ordered levels (type 7); the"
    " day is the median study day of the samples, the mean of the two middle ones where their number is even. Samples"
    " without a study day are left out.",
    "Hyndman and Fan, Am Stat 1996;50:361-365",
)


class Level(NamedTuple):
    """One day's level in the response specimen, in percent. `visit` is the planned visit it stands for, "" if none.

    `kind` is that of the drawn point: quantifiable, non-quantifiable or undetected. `record_id` is its MRD result.
    """

    day: int
    when: date
    visit: str
    percent: Decimal
    kind: str
    response: bool
    record_id: int


class Band(NamedTuple):
    """The cohort at one visit: the median study day, and the percentiles of the levels as in `PERCENTILES`.

    `day` is whole or lies half-way between two days.
    """

    visit: str
    label: str
    day: float
    percentiles: tuple[Decimal, ...]
    levels: tuple[tuple[Who, Level], ...]

    @property
    def quartiles(self) -> tuple[Decimal, Decimal, Decimal]:
        """The levels that a quarter, a half and three quarters of the patients are below."""
        lower, median, upper = (self.percentiles[PERCENTILES.index(share)] for share in (25, 50, 75))
        return lower, median, upper


class Place(NamedTuple):
    """Where one patient's sample stands in the cohort. `percentile`: the share of 100 with a lower level.

    Those at the same level count half.
    """

    visit: str
    label: str
    day: int
    percent: Decimal
    percentile: float
    patients: int


@dataclass(frozen=True, slots=True)
class Curves:
    """Every patient's levels in time, and the bands of the visits in the order of the protocol."""

    patients: tuple[tuple[Who, tuple[Level, ...]], ...]
    bands: tuple[Band, ...]


def of_chart(chart: "PatientChart", samples: "Mapping[str, Sequence[TimePoint]]") -> tuple[Level, ...]:
    """The levels of one patient in the order of time; days without a study day or a level above 0 are left out."""
    planned = {visit.code: visit for visit in chart.visits if visit.plan}
    stands: dict[date, str] = {}
    for code, points in samples.items():
        measured = [point for point in points if point.percent]
        if measured:
            stands[chosen(measured, planned[code], chart.protocol.analysis.landmark_sample).when] = code
    found = []
    for point in chart.course.time_points:
        if point.specimen == chart.protocol.mrd.specimen and point.percent and point.day is not None:
            drawn = next(one for one in point.points if one.result.plot_ratio == point.percent)
            found.append(
                Level(
                    day=point.day,
                    when=point.when,
                    visit=stands.get(point.when, ""),
                    percent=point.percent,
                    kind=drawn.result.plot_kind,
                    response=point.response,
                    record_id=int(drawn.sample.key),
                )
            )
    return tuple(found)


def curves(members: Sequence["Member"], protocol: Protocol) -> Curves:
    """The curves of all enrolled patients, with the bands of every visit that has a sample."""
    enrolled = [member for member in members if member.enrolled]
    by_visit: dict[str, list[tuple[Who, Level]]] = defaultdict(list)
    for member in enrolled:
        for level in member.levels:
            if level.visit:
                by_visit[level.visit].append((member.who, level))
    bands = [_band(visit.code, visit.label, by_visit[visit.code]) for visit in protocol.visits if by_visit[visit.code]]
    return Curves(tuple((member.who, member.levels) for member in enrolled if member.levels), tuple(bands))


def _band(code: str, label: str, levels: Sequence[tuple[Who, Level]]) -> Band:
    logs = sorted(log10(level.percent) for _, level in levels)
    quantiles = tuple(
        significant(Decimal(repr(10 ** quantile(logs, share / 100))), LEVEL_DIGITS) for share in PERCENTILES
    )
    return Band(code, label, _median_day([level.day for _, level in levels]), quantiles, tuple(levels))


def _median_day(days: Sequence[int]) -> float:
    """The median of study days, whole where it can be; between day -1 and day 1 lies no day 0 but half a step."""
    middle = median(day - 1 if day > 0 else day for day in days)
    whole = int(middle) if middle == int(middle) else middle
    return whole + 1 if whole >= 0 else whole


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the ordered values lies, interpolated between neighbours (type 7).

    Source: Hyndman and Fan, Am Stat 1996;50:361-365. There must be a value.
    """
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def standing(found: Curves, who: Who) -> tuple[Place, ...]:
    """Where a patient's samples stand among those of the same visits; nothing for somebody not in the cohort."""
    places = []
    for band in found.bands:
        own = next((level for patient, level in band.levels if patient == who), None)
        if own is not None:
            below = sum(level.percent < own.percent for _, level in band.levels)
            equal = sum(level.percent == own.percent for _, level in band.levels)
            share = 100 * (below + equal / 2) / len(band.levels)
            places.append(Place(band.visit, band.label, own.day, own.percent, share, len(band.levels)))
    return tuple(places)


def as_point_table(found: Curves) -> Table:
    """A line for each sample of each patient, as the curves are drawn."""
    columns = (
        Column("patient", "Patient", Form.TEXT),
        Column("day", "Study day", Form.DAYS),
        Column("collected", "Collected", Form.DATE),
        Column("visit", "Visit", Form.TEXT),
        Column("percent", "Level, %", Form.LEVEL),
        Column("kind", "Kind", Form.TEXT),
    )
    labels = {band.visit: band.label for band in found.bands}
    rows = tuple(
        Row(
            f"{who.label}/{level.record_id}",
            (
                Cell((who.label,), (who,)),
                text(level.day),
                text(PartialDate.from_date(level.when)),
                text(labels.get(level.visit, "")),
                Cell((level.percent,), (who,)),
                text(level.kind),
            ),
        )
        for who, levels in found.patients
        for level in levels
    )
    return Table("levels-patients", "Levels of the patients", columns, rows, (METHOD,))


def as_table(found: Curves) -> Table:
    """The bands, a line a visit."""
    columns = (
        Column("visit", "Visit", Form.TEXT),
        Column("day", "Median study day", Form.DAYS),
        Column("patients", "Patients"),
        *(
            Column(
                f"percentile_{share}",
                f"{share}th percentile, %",
                Form.LEVEL,
                band="Percentile of the level, %",
                head=f"{share}th",
            )
            for share in PERCENTILES
        ),
    )
    rows = []
    for band in found.bands:
        who = tuple(patient for patient, _ in band.levels)
        basis = tuple(level.percent for _, level in band.levels)
        cells = (Cell((value,), who, basis) for value in band.percentiles)
        day = Cell((band.day,), who, tuple(level.day for _, level in band.levels))
        rows.append(Row(band.visit, (text(band.label), day, counted(who), *cells)))
    return Table("levels", "Level of all patients", columns, tuple(rows), (METHOD,))
