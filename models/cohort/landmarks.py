"""How one patient stands at each landmark of the protocol: which sample and which assessment speak for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.chart.molecular import FOLLOWED
from models.chart.remission import REMISSION
from models.cohort.relapse import relapse_words
from models.cohort.who import When
from models.domain.codelists import RESPONSE
from models.domain.molecular.terms import (
    CLASSES,
    COMPLETE,
    EUROPEAN_COMPLETE,
    EUROPEAN_FAILURE,
    EUROPEAN_INTERMEDIATE,
    NON_QUANTIFIABLE,
    NOT_EVALUABLE,
    POSITIVE,
)
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence
from models.protocols.schedule import DONE_STATES, PlannedVisit, VisitState
from models.records.disease import Assessment
from models.records.molecular import MrdResult

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.domain.molecular.points import TimePoint

MISSING = "missing"
NOT_REACHED = "not reached"
"""The visit was never due: its cycle did not begin, the patient had left, or its window is not over."""

IN_REMISSION = "in remission"
NO_REMISSION = "not in remission"

_WAS_DUE = DONE_STATES | {VisitState.OVERDUE, VisitState.MISSED, VisitState.SKIPPED}
_FROM_DEEPEST = (COMPLETE, NON_QUANTIFIABLE, POSITIVE, NOT_EVALUABLE)
_EUROPEAN_FROM_WORST = (EUROPEAN_FAILURE, EUROPEAN_INTERMEDIATE, EUROPEAN_COMPLETE)


class Molecular(NamedTuple):
    """What the samples say at one landmark.

    `outcome` is a class of the protocol's rule set, `MISSING` or `NOT_REACHED`; `european` likewise under the European
    terms. `records` are the MRD results that count, `percent` the highest ratio among them, `reduction` the smallest
    reduction from baseline in logs.
    """

    outcome: str
    european: str
    reason: Sentence
    when: date | None = None
    records: tuple[int, ...] = ()
    percent: Decimal | None = None
    reduction: Quantity | None = None


class Haematologic(NamedTuple):
    """What the response assessments say at one landmark: `IN_REMISSION`, `NO_REMISSION` or why nobody can tell."""

    outcome: str
    reason: Sentence
    record: int | None = None


class Landmark(NamedTuple):
    """One patient at one landmark. `closes` is the last day of its window, None where that cannot be told."""

    visit: str
    closes: date | None
    molecular: Molecular
    haematologic: Haematologic


def landmarks(
    chart: "PatientChart", samples: Mapping[str, Sequence["TimePoint"]], relapsed: Sequence[When]
) -> tuple[Landmark, ...]:
    """The patient at every landmark of the protocol, in the order of the protocol.

    `samples` are the time points that belong to each visit (see `samples_by_visit`), `relapsed` the relapses.
    """
    planned = {visit.code: visit for visit in chart.visits if visit.plan and visit.plan.landmark}
    assessed = tuple(a for a in chart.of(Assessment) if a.assessed.latest and _after_day_one(chart, a))
    found = []
    for plan in chart.protocol.visits:
        if plan.landmark:
            visit = planned[plan.code]
            molecular = _molecular(chart, visit, samples.get(plan.code, ()))
            found.append(Landmark(plan.code, visit.closes, molecular, _haematologic(chart, visit, assessed, relapsed)))
    return tuple(found)


def samples_by_visit(chart: "PatientChart") -> Mapping[str, Sequence["TimePoint"]]:
    """The time points of the response specimen by the planned visit to which they belong.

    A sample belongs to the visit that its record names, or, where it names none of the plan, to the MRD visit in whose
    window it was taken; of several such windows the one whose planned day is nearer.
    """
    named = {result.id: result.visit for result in chart.of(MrdResult)}
    planned = [v for v in chart.visits if v.plan and "mrd" in v.plan.collects]
    codes = {visit.code for visit in planned}
    found: dict[str, list[TimePoint]] = defaultdict(list)
    for point in chart.course.time_points:
        if point.specimen == chart.protocol.mrd.specimen:
            visits = {code for key in point.keys if (code := named.get(int(key))) in codes and code}
            for code in visits or _around(planned, point.when):
                found[code].append(point)
    return found


def _around(planned: Sequence[PlannedVisit], when: date) -> Iterator[str]:
    """The code of the visit in whose window a day lies, if any."""
    open_then = [
        (abs((when - v.target).days), v.code)
        for v in planned
        if v.target and v.opens and v.closes and v.opens <= when <= v.closes
    ]
    if open_then:
        yield min(open_then)[1]


def _molecular(chart: "PatientChart", visit: PlannedVisit, points: Sequence["TimePoint"]) -> Molecular:
    evaluable = [point for point in points if point.evaluable]
    if not points:
        return _without_sample(chart, visit)
    point = chosen(evaluable, visit, chart.protocol.analysis.landmark_sample) if evaluable else points[-1]
    reductions = [logs for p in point.points if p.evaluable and (logs := p.result.log_reduction)]
    return Molecular(
        outcome=point.headline.value,
        european=european(point, chart.disease.transcript if chart.disease else None),
        reason=point.headline.reason,
        when=point.when,
        records=tuple(int(key) for key in point.keys),
        percent=point.percent,
        reduction=min(reductions, key=lambda logs: logs.value, default=None),
    )


def chosen(points: Sequence["TimePoint"], visit: PlannedVisit, rule: str) -> "TimePoint":
    """The sample that stands for the landmark; `points` are evaluable and in the order of time."""
    if rule == "first":
        return points[0]
    latest_first = list(reversed(points))
    if rule == "deepest":
        return min(latest_first, key=lambda point: _FROM_DEEPEST.index(point.headline.value))
    target = visit.target
    if rule == "nearest" and target is not None:
        return min(latest_first, key=lambda point: abs((point.when - target).days))
    return latest_first[0]


def _without_sample(chart: "PatientChart", visit: PlannedVisit) -> Molecular:
    undated = [r for r in chart.of(MrdResult) if r.visit == visit.code and r.specimen == chart.protocol.mrd.specimen]
    if undated:
        reason = "The day of the sample is not fully known."
        return Molecular(NOT_EVALUABLE, NOT_EVALUABLE, reason, None, tuple(result.id for result in undated))
    if visit.state in _WAS_DUE:
        waiting = any(a.visit == visit.code and a.purpose == "MRD" for a in chart.awaited)
        reason = "The sample was sent; its result is awaited." if waiting else "No sample is recorded."
        return Molecular(MISSING, MISSING, reason)
    return Molecular(NOT_REACHED, NOT_REACHED, visit.reason or "The window is not over yet.")


def european(point: "TimePoint", transcript_at_diagnosis: str | None) -> str:
    """The European class of a day: the worst of its results, not evaluable where a transcript lacks one.

    Failure stands whatever else is lacking, as a positive result does under the protocol's rules.
    """
    classes = {p.result.european_class.value for p in point.points}
    worst = next((name for name in _EUROPEAN_FROM_WORST if name in classes), NOT_EVALUABLE)
    judged = {p.sample.transcript for p in point.points if p.result.european_class.value != NOT_EVALUABLE}
    wanted = {p.sample.transcript for p in point.points} | set(FOLLOWED.get(transcript_at_diagnosis or "", ()))
    return NOT_EVALUABLE if worst != EUROPEAN_FAILURE and wanted - judged else worst


def _haematologic(
    chart: "PatientChart", visit: PlannedVisit, assessed: Sequence[Assessment], relapsed: Sequence[When]
) -> Haematologic:
    """The last response assessment from study day 2 to the end of the window decides; a relapse by then ends it.

    `assessed` are those from study day 2 on whose day is known. A relapse of which only the first day that it can have
    been is known ends it where that comes before the window: within it the assessment of the time point stands.
    """
    closes = visit.closes
    if closes is None:
        return Haematologic(NOT_REACHED, visit.reason)
    upto = [a for a in assessed if (day := a.assessed.latest) and day <= closes]
    judged = [a for a in upto if a.response and a.response != "NE"]
    relapse = next((r for r in relapsed if (r.day <= closes if r.exact else r.day < (visit.opens or closes))), None)
    if closes > chart.today and not any(a.visit == visit.code for a in upto):
        return Haematologic(NOT_REACHED, "The window is not over yet.")
    if relapse:
        return Haematologic(NO_REMISSION, relapse_words(chart, relapse), judged[-1].id if judged else None)
    if judged:
        last = judged[-1]
        words = (RESPONSE.label(last.response or ""), ", ", last.assessed, ".")
        return Haematologic(IN_REMISSION if last.response in REMISSION else NO_REMISSION, words, last.id)
    if upto:
        return Haematologic(NOT_EVALUABLE, "The assessment does not allow a judgement.", upto[-1].id)
    undated = next((a for a in chart.of(Assessment) if a.visit == visit.code and a.assessed.full is None), None)
    if undated:
        return Haematologic(NOT_EVALUABLE, "The day of the assessment is not fully known.", undated.id)
    if visit.state not in _WAS_DUE:
        return Haematologic(NOT_REACHED, visit.reason)
    return Haematologic(MISSING, "No response assessment is recorded.")


def _after_day_one(chart: "PatientChart", assessment: Assessment) -> bool:
    day = chart.day(assessment.assessed)
    return day is None or day > 1


OUTCOMES = (*CLASSES, MISSING, NOT_REACHED)
"""What a patient can be at a landmark under the protocol's rule set, in the order of the table."""
EUROPEAN_OUTCOMES = (*reversed(_EUROPEAN_FROM_WORST), NOT_EVALUABLE, MISSING, NOT_REACHED)
"""The same under the European terms."""
HAEMATOLOGIC_OUTCOMES = (IN_REMISSION, NO_REMISSION, NOT_EVALUABLE, MISSING, NOT_REACHED)
"""The same for haematologic remission."""
