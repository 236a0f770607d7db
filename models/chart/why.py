"""Why what a chart says is so: the values of which the rules keep the outcome only, with inputs, rule and reason.

Worked out when somebody asks. Classes, alerts, grades and the IKZF1 class carry their own answer.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from models.chart.milestones import Milestone
from models.chart.remission import REMISSION
from models.domain.derived import Derived, Rule
from models.records.disease import Assessment
from models.records.treatment import PhaseRun

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.domain.molecular.numbers import Numbers
    from models.domain.sentence import Sentence
    from models.protocols.model import Protocol, ReportingClock
    from models.protocols.schedule import PlannedVisit

    Inputs = tuple[tuple[str, Sentence], ...]

STUDY_DAY = Rule(
    "study-day",
    "1",
    "CDISC SDTM: the first day of treatment is day 1 and the day before it day \N{MINUS SIGN}1; there is no day 0",
)
REMISSION_BY_INVESTIGATOR = Rule(
    "haematologic-remission", "1", "The investigator's response assessments: CR, CRh and CRi count as remission"
)


def why_response(chart: "PatientChart") -> Derived[str]:
    """Where the molecular response stands; "not evaluable" where the specimen of the response has no class yet."""
    from models.chart.molecular import rules
    from models.domain.molecular.terms import NOT_EVALUABLE

    if chart.course.standing:
        return chart.course.standing.explained
    specimen = chart.protocol.mrd.specimen.lower()
    results = sum(len(series.points) for series in chart.course.series)
    inputs = (("Specimen", specimen), ("MRD results", str(results)))
    reason = f"No result of the {specimen} has a class yet."
    return Derived(NOT_EVALUABLE, rules(chart.protocol.mrd).rule, inputs, reason)


def why_milestone(chart: "PatientChart", milestone: Milestone) -> Derived[date | None] | None:
    """Why a milestone was reached on its day; of a day that was recorded as such, how its study day is counted.

    None for a recorded day without a study day: nothing is worked out there.
    """
    day_one: Inputs = (("Study day 1", chart.day_one),) if chart.day_one else ()
    if milestone.kind == "mrd":
        reached = (each for each in chart.course.milestones if each.specimen == chart.protocol.mrd.specimen)
        found = (each for each in reached if (each.kind, each.samples[0]) == (milestone.code, milestone.record_id))
        own = next(found).reached
        return Derived(own.value, own.rule, (*own.inputs, *day_one), own.reason)
    when = milestone.date.full
    if milestone.code == "remission":
        record = chart.record(milestone.kind, milestone.record_id)
        response = record.response if isinstance(record, Assessment) and record.response in REMISSION else None
        assessed: Inputs = (("Assessed on", milestone.date), ("Haematologic response", response or ""))
        reason = "The first assessment in which the investigator found a haematologic remission."
        return Derived(when, REMISSION_BY_INVESTIGATOR, (*assessed, *day_one), reason)
    if milestone.day is None or chart.day_one is None:
        return None
    return Derived(when, STUDY_DAY, (("Recorded", milestone.date), *day_one), _counted(milestone.day))


def _counted(day: int) -> str:
    if day >= 1:
        return f"The day is as recorded. It is day {day}, with the first day of treatment as day 1."
    return f"The day is as recorded. It lies {-day} {'day' if day == -1 else 'days'} before the first day of treatment."


def why_visit(chart: "PatientChart", visit: "PlannedVisit") -> Derived[str]:
    """The window, the state and the deviation of one of the chart's visits."""
    from models.chart.visits import started
    from models.protocols.visit_reasons import why_visit as why

    return why(visit, chart.protocol, started(chart.of(PhaseRun)), chart.today)


def why_deadline(
    protocol: "Protocol", clock: "ReportingClock", aware: datetime, reported: datetime | None = None
) -> Derived[datetime]:
    """Until when an event has to be reported, by a clock of the protocol."""
    deadline = clock.deadline(aware)
    rule = Rule(
        f"{protocol.id}, clock {clock.code}",
        protocol.version,
        f"Protocol file {protocol.id}, version {protocol.version}, clock \N{LEFT DOUBLE QUOTATION MARK}{clock.label}"
        "\N{RIGHT DOUBLE QUOTATION MARK}",
    )
    inputs: Inputs = (
        ("Site became aware", aware),
        ("Clock", clock.label),
        ("Time allowed", f"{clock.hours} hours"),
        ("Reported", reported or "not yet"),
    )
    reason = (aware, f", when the site became aware, and {clock.hours} hours from there: ", deadline, ".")
    return Derived(deadline, rule, inputs, reason)


def why_numbers(chart: "PatientChart", result: int) -> "Numbers":
    """Ratio, sensitivity, log reduction and changes of one of the chart's MRD results, each with its formula."""
    from models.chart.molecular import rules
    from models.domain.molecular.numbers import numbers_of

    series, point = next(
        (series, point) for series in chart.course.series for point in series.points if point.sample.key == result
    )
    return numbers_of(point, series, rules(chart.protocol.mrd))
