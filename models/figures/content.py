"""What the overview of a patient shows, as plain values: the drawing is made from them, and so is the JSON output."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from models.domain.molecular.classification import (
    PLOT_NON_QUANTIFIABLE,
    PLOT_NOT_EVALUABLE,
    PLOT_QUANTIFIABLE,
    PLOT_UNDETECTED,
)
from models.domain.quantities import Quantity


class PointState(Enum):
    """How an MRD result can be drawn; the value is the word shown."""

    QUANTIFIABLE = "quantifiable"
    NON_QUANTIFIABLE = "positive, non-quantifiable"
    UNDETECTED = "not detected"
    NOT_EVALUABLE = "not evaluable"


DRAWN_AS = {
    PLOT_QUANTIFIABLE: PointState.QUANTIFIABLE,
    PLOT_NON_QUANTIFIABLE: PointState.NON_QUANTIFIABLE,
    PLOT_UNDETECTED: PointState.UNDETECTED,
    PLOT_NOT_EVALUABLE: PointState.NOT_EVALUABLE,
}
"""The `plot_kind` of a classification -> how it is drawn."""


class VisitMarkState(Enum):
    """How a visit is drawn; the value is the word shown."""

    DONE = "done"
    OUT_OF_WINDOW = "done out of window"
    MISSED = "missed"
    SKIPPED = "skipped"
    DUE = "due"
    OVERDUE = "overdue"
    PLANNED = "planned"
    UNSCHEDULED = "unscheduled"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included.

    `exact` is false where an end is only partly known; the span is then the widest it can have been. `ongoing` spans
    reach to today, or to the end of the patient's time in the study. Of what is over nobody knows since when, where not
    `end_known`: an event is then drawn on its first day, a dose as far as it can have gone.
    """

    first: date
    last: date
    exact: bool = True
    ongoing: bool = False
    end_known: bool = True


@dataclass(frozen=True, slots=True)
class MrdPoint:
    """One MRD result. Percentages are the ratio times one hundred.

    `percent` is the ratio as measured. `drawn_percent` is where the point stands: the ratio of a quantifiable result,
    the limit of a non-quantifiable one, the sensitivity of an undetected one; None where there is no number, and for a
    result that is not evaluable.
    """

    date: date
    day: int | None
    visit: str
    specimen: str
    transcript: str
    state: PointState
    percent: Decimal | None
    qualifier: str
    drawn_percent: Decimal | None
    mrd_class: str
    european_class: str
    target_copies: Quantity | None
    control_copies: Quantity | None
    control_gene: str
    log_reduction: Quantity | None
    record_id: int


@dataclass(frozen=True, slots=True)
class PhaseBand:
    """A phase or cycle as it really ran. `infusion` phases hold a continuous infusion."""

    label: str
    short_label: str
    cycle: int
    span: Span
    infusion: bool
    treatment: bool
    record_id: int


@dataclass(frozen=True, slots=True)
class DoseBar:
    """One dose over a span of days; `held` is an interruption, `reduced` less than the drug's first dose step."""

    span: Span
    dose: Quantity | None
    held: bool
    reduced: bool
    reason: str
    record_id: int


@dataclass(frozen=True, slots=True)
class DrugLane:
    """The doses of one drug. `hue` numbers its colour in the palette, 1 to 4."""

    name: str
    hue: int
    bars: tuple[DoseBar, ...]


@dataclass(frozen=True, slots=True)
class EventBar:
    """An adverse event. `steps` are the days on which it took on a grade, oldest first."""

    term: str
    span: Span
    worst: int | None
    steps: tuple[tuple[date, int], ...]
    serious: bool
    record_id: int


@dataclass(frozen=True, slots=True)
class VisitMark:
    """A visit: where it took place, or the window in which it is expected."""

    code: str
    label: str
    state: VisitMarkState
    opens: date | None
    closes: date | None
    date: date | None
    note: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that changes the story: transplant, relapse, mutation found, switch of kinase inhibitor, death."""

    code: str
    label: str
    short_label: str
    date: date
    kind: str
    record_id: int


@dataclass(frozen=True, slots=True)
class OverviewContent:
    """Everything on the drawing. `undrawn` are sentences about records that have no place on it."""

    label: str
    today: date
    day_one: date | None
    ended: date | None
    points: tuple[MrdPoint, ...]
    phases: tuple[PhaseBand, ...]
    drugs: tuple[DrugLane, ...]
    events: tuple[EventBar, ...]
    visits: tuple[VisitMark, ...]
    marks: tuple[Mark, ...]
    threshold_percent: Decimal
    threshold_labels: tuple[str, ...]
    undrawn: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not (self.points or self.phases or self.drugs or self.events or self.marks)
