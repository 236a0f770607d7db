"""One patient as one line of the list. Pure: chart -> words, tones and what the line is sorted and filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gui.tables.delegates import SparkPoint
from models.chart.lines import next_visit
from models.chart.patient_chart import PatientChart
from models.chart.standing import elsewhere_words, in_specimen, short
from models.domain.codelists import PATIENT_STATUS
from models.domain.date_notation import write_date
from models.domain.molecular.terms import COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.figures.content import PointState
from models.figures.sparkline import sparkline
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState

CLASSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        COMPLETE: ("Complete", "complete"),
        NON_QUANTIFIABLE: ("Non-quantifiable", "non_quantifiable"),
        POSITIVE: ("Positive", "positive"),
        NOT_EVALUABLE: ("Not evaluable", "not_evaluable"),
    }
)
"""Response class -> its words in a pill, and its role in the palette."""

_NEAR = 300
"""Days within which a date needs no year."""

_SHAPES: Mapping[PointState, str] = MappingProxyType(
    {
        PointState.QUANTIFIABLE: "positive",
        PointState.NON_QUANTIFIABLE: "non_quantifiable",
        PointState.UNDETECTED: "complete",
        PointState.NOT_EVALUABLE: "not_evaluable",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of a patient beyond number, sex and age; all of it is derived from the chart.

    `specimen` is the one that the class speaks of (" in marrow"), "" where there is no other; `elsewhere` is another
    one that has turned positive since ("blood"), and `against` says so in full ("blood positive since 22 Nov 2026").
    """

    status: str
    status_words: str
    transcript: str
    mrd_class: str
    since: date | None
    since_words: str
    visit: str
    visit_opens: date | None
    window: str
    due: bool
    questions: int
    rising: str
    points: tuple[SparkPoint, ...]
    specimen: str = ""
    elsewhere: str = ""
    against: str = ""

    @property
    def class_words(self) -> str:
        """The class as a pill: "Complete"; "Complete, blood +" where another specimen speaks against it."""
        words = CLASSES.get(self.mrd_class, (self.mrd_class,))[0]
        return f"{words}, {self.elsewhere} +" if self.elsewhere else words

    @property
    def class_tone(self) -> str:
        """The role of the pill in the palette: never that of a response where another specimen is positive."""
        return CLASSES[POSITIVE if self.against else self.mrd_class][1] if self.mrd_class in CLASSES else ""

    @property
    def class_tip(self) -> str:
        """The class in full: "Complete in marrow since 3 May 2026, blood positive since 22 Nov 2026"."""
        if not self.mrd_class:
            return ""
        return ", ".join(
            filter(None, (f"{self.mrd_class.capitalize()}{self.specimen} since {self.since_words}", self.against))
        )


def line_of(chart: PatientChart, desk: Desk) -> Line:
    """The line of a patient, dates written as this desk writes them."""
    standing = chart.course.standing
    following = next_visit(chart)
    disease = chart.disease
    transcript = disease.transcript if disease else None
    return Line(
        status=chart.status,
        status_words=PATIENT_STATUS.label(chart.status),
        transcript={"both": "p190/p210"}.get(transcript or "", transcript or ""),
        mrd_class=standing.headline.value if standing else "",
        since=standing.since if standing else None,
        since_words=_day(standing.since, desk) if standing else "",
        visit=following.label if following else "",
        visit_opens=following.opens if following else None,
        window=window(following, chart.today, desk) if following else "",
        due=following is not None and following.state in DUE_STATES,
        questions=len(chart.flags),
        rising=chart.alerts[-1].kind.value if chart.alerts else "",
        points=curve(chart),
        specimen=in_specimen(chart.course),
        elsewhere=", ".join(short(each.specimen) for each in chart.course.elsewhere),
        against=elsewhere_words(chart.course, lambda each: _day(each.since, desk)),
    )


def window(visit: PlannedVisit, today: date, desk: Desk) -> str:
    """The window, with the year where it could be mistaken, and a word where it presses: "5 Oct – 19 Oct, closing"."""
    if visit.opens is None or visit.closes is None:
        return visit.reason.rstrip(".")
    near = abs((visit.opens - today).days) < _NEAR and abs((visit.closes - today).days) < _NEAR
    ends = (_day(visit.opens, desk), _day(visit.closes, desk))
    first, last = (end.rpartition(" ")[0] if near else end for end in ends)
    words = f"{first} \N{EN DASH} {last}" if visit.opens != visit.closes else last
    return words if visit.state is VisitState.PLANNED else f"{words}, {visit.state.value}"


def curve(chart: PatientChart) -> tuple[SparkPoint, ...]:
    """The small curve of a patient, as a cell paints it."""
    return tuple(SparkPoint(spark.x, spark.y, _SHAPES[spark.state]) for spark in sparkline(chart))


def _day(day: date, desk: Desk) -> str:
    return write_date(PartialDate.from_date(day), desk)
