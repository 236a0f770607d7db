"""MRD results, mutation tests and samples in words. Pure: chart -> rows of texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from gui.pages.patient.presenter import study_day_words, tone
from models.chart.patient_chart import PatientChart
from models.chart.standing import short
from models.domain.capitals import upper_first
from models.domain.date_notation import write_date
from models.domain.derived import Derived
from models.domain.molecular.changes import Change
from models.domain.molecular.classification import PLOT_NON_QUANTIFIABLE, PLOT_UNDETECTED, Classification
from models.domain.molecular.logs import significant
from models.domain.molecular.points import Point
from models.domain.notation import Desk, write_number, write_quantity
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.figures.words import ratio_figures

NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "ratio": "Ratio",
        "sensitivity": "Assay sensitivity",
        "log_reduction": "Log reduction",
        "since_last": "Change since last",
        "since_lowest": "Change since lowest",
    }
)
"""The numbers that follow from a result, in the order of `Numbers`, and what each is called where it is explained."""

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result as the tables show it. `order` sorts by day; `point` has the numbers behind the texts."""

    id: int
    point: Point
    order: date
    visit: str
    collected: str
    day: str
    specimen: str
    transcript: str
    target: str
    control: str
    ratio: str
    sensitivity: str
    depth: str
    reduction: str
    since_last: str
    since_nadir: str
    words: str
    tone: str
    european: str
    disagreement: str

    @property
    def protocol_class(self) -> Derived[Any]:
        """The class by the protocol's rules, with its reason."""
        return self.point.result.protocol_class

    @property
    def european_class(self) -> Derived[Any]:
        """The class in European terms, with its reason."""
        return self.point.result.european_class


def result_rows(chart: PatientChart, desk: Desk) -> tuple[ResultRow, ...]:
    """Every result, newest first; of one day in the order of entry. Results without a full date come last."""
    points = [point for series in chart.course.series for point in series.points]
    points.sort(key=lambda point: (point.when or date.min, int(point.sample.key)), reverse=True)
    return tuple(_row(chart, point, desk) for point in points)


def class_words(response_class: str) -> str:
    """A response class as a pill: "Complete", "Positive, non-quantifiable"."""
    return response_class.capitalize().replace("Positive non", "Positive, non")


def european_words(european_class: str) -> str:
    """A class in European terms as a word of its own: "Failure"."""
    return upper_first(european_class)


def visit_words(chart: PatientChart, code: str | None) -> str:
    """The words of a visit code."""
    plan = chart.protocol.visit(code or "")
    return plan.label if plan else "Unscheduled" if code else DASH


def copies(quantity: Quantity | None, desk: Desk) -> str:
    """Copies without their unit, which the heading says."""
    return write_quantity(quantity, desk).removesuffix(" copies") if quantity else DASH


def ratio_words(result: Classification, desk: Desk) -> str:
    """The ratio with its percent sign, or what stands in its place."""
    if result.plot_kind == PLOT_UNDETECTED:
        return "not detected"
    if result.percent is None:
        return "below the limit" if result.plot_kind == PLOT_NON_QUANTIFIABLE else "not known"
    return f"{ratio_figures(result, desk)} %"


def sensitivity_words(result: Classification, desk: Desk) -> str:
    """The sensitivity reached, with the depth that the control copies allow: "0.0022 % (MR4.5)"."""
    if result.sensitivity_percent is None:
        return "not known"
    depth = f" ({result.depth})" if result.depth else ""
    return f"{write_number(significant(result.sensitivity_percent, 2), desk)} %{depth}"


def log_words(quantity: Quantity | None, desk: Desk) -> str:
    """A log reduction: ">4.4"."""
    return f"{quantity.qualifier}{write_number(quantity.value, desk)}" if quantity else DASH


def change_words(change: Change | None, desk: Desk) -> str:
    """Logs up or down: "+1.20", "−0.85", "<−0.30"."""
    if change is None:
        return DASH
    shown = change.shown
    sign = MINUS if shown.value < 0 else "+" if shown.value > 0 else ""
    return f"{shown.qualifier}{sign}{write_number(abs(shown.value), desk)}"


def _row(chart: PatientChart, point: Point, desk: Desk) -> ResultRow:
    sample, result = point.sample, point.result
    record = chart.record("mrd", int(sample.key))
    own = result.protocol_class.value
    return ResultRow(
        id=int(sample.key),
        point=point,
        order=point.when or date.min,
        visit=visit_words(chart, getattr(record, "visit", None)),
        collected=write_date(sample.collected, desk),
        day=DASH if sample.day is None else study_day_words(sample.day),
        specimen=short(sample.specimen),
        transcript=sample.transcript,
        target=copies(sample.target_copies, desk),
        control=copies(sample.control_copies, desk),
        ratio=ratio_figures(result, desk),
        sensitivity=sensitivity_words(result, desk).partition(" ")[0] if result.sensitivity_percent else DASH,
        depth=f"Sensitivity reached: {sensitivity_words(result, desk)}",
        reduction=log_words(result.log_reduction, desk),
        since_last=change_words(point.since_last, desk),
        since_nadir=change_words(point.since_nadir, desk),
        words=class_words(own),
        tone=tone(own),
        european=european_words(result.european_class.value),
        disagreement=write_sentence(result.disagreement, desk),
    )
