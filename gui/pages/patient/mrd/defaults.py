"""What a new form starts with: the next missing result, and whatever was the same last time. Never "now"."""

from collections.abc import Iterator, Mapping
from datetime import date

from models.chart.patient_chart import PatientChart
from models.chart.visit_days import fits_visit, planned_visit, visit_of_day
from models.chart.visits import answering, missing_pieces
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.protocols.model import PIECES
from models.protocols.schedule import DUE_STATES, PlannedVisit
from models.records.molecular import MrdReplicate, MrdResult, Mutation
from models.reports.desk_words import days_words

_FOLLOWED = {"p190": ("p190",), "p210": ("p210",), "both": ("p190", "p210")}
_AS_LAST_TIME = ("control_gene", "method", "laboratory")


def missing_results(chart: PatientChart) -> tuple[str, ...]:
    """The codes of the visits whose MRD result is missing: those that took place, the latest first, then those due."""
    done = [v for v in chart.visits if PIECES["mrd"] in missing_pieces(v, chart.records)]
    entered = chart.answers("mrd")
    due = [v for v in chart.visits if v.state in DUE_STATES and v.plan and "mrd" in v.plan.collects]
    due = [v for v in due if not answering(v, entered)]
    return tuple(visit.code for visit in (*sorted(done, key=_day, reverse=True), *due))


def result_defaults(chart: PatientChart, given: Mapping[str, object]) -> dict[str, object]:
    """The starting values of a new result; `given` ones win."""
    code = given.get("visit") or foreseen_visit(chart, given.get("collected"))
    visit = planned_visit(chart.visits, code)
    last = max(chart.of(MrdResult), key=lambda r: (r.collected.iso, r.id), default=None)
    specimen, transcript = _sample(chart, visit, last)
    values: dict[str, object] = {
        "visit": code,
        "collected": visit.date if visit else None,
        "specimen": specimen,
        "transcript": transcript,
        "control_gene": chart.protocol.mrd.control_gene,
    }
    if last:
        values |= {name: getattr(last, name) for name in _AS_LAST_TIME if getattr(last, name)}
    return {name: value for name, value in {**values, **given}.items() if value is not None}


def foreseen_visit(chart: PatientChart, collected: object) -> str | None:
    """The code of the visit that a sample of this day belongs to; without a day, of the next visit without its result.

    Of a day that is not fully known, the next visit without its result where the day fits it.
    """
    following = next(iter(missing_results(chart)), None)
    if not isinstance(collected, PartialDate):
        return following
    if collected.full:
        visit = visit_of_day(chart.visits, collected.full, "mrd")
        return visit.code if visit else None
    return following if following and fits_visit(chart.visits, following, collected)[0] else None


def suggested_replicates(chart: PatientChart) -> tuple[dict[str, object], ...]:
    """As many numbered lines as the last result had replicates."""
    results = sorted(chart.of(MrdResult), key=lambda r: (r.collected.iso, r.id))
    if not results:
        return ()
    count = sum(1 for replicate in chart.of(MrdReplicate) if replicate.parent == results[-1].id)
    return tuple({"number": number} for number in range(1, count + 1))


def mutation_defaults(chart: PatientChart, given: Mapping[str, object]) -> dict[str, object]:
    """The starting values of a new mutation test; `given` ones win. Its result is left empty: it is awaited."""
    last = max(chart.mutations, key=lambda m: (m.collected.iso, m.id), default=None)
    values = {name: getattr(last, name) for name in ("specimen", "method", "laboratory")} if last else {}
    known = Mutation.kind.fields
    return {name: value for name, value in {**values, **given}.items() if value is not None and name in known}


def visit_choices(chart: PatientChart, desk: Desk, all_visits: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The visits to choose from, each with its day or window: "After cycle 4 (14 – 28 Sep 2026)"."""
    words = {visit.code: _window(visit, desk) for visit in chart.visits if visit.plan}
    return tuple((code, f"{label} ({words[code]})" if words.get(code) else label) for code, label in all_visits.items())


def _window(visit: PlannedVisit, desk: Desk) -> str:
    if visit.date and visit.date.full:
        words = days_words(visit.date.full, None, desk)
    else:
        words = f"window {days_words(visit.opens, visit.closes, desk)}" if visit.opens else ""
    return words.replace("\N{NO-BREAK SPACE}", " ")  # typed text has to find it


def _sample(chart: PatientChart, visit: PlannedVisit | None, last: MrdResult | None) -> tuple[str, str | None]:
    """Specimen and transcript: as last time, unless this visit has that one already and lacks another."""
    usual = (last.specimen, last.transcript) if last else None
    open_ones = list(_wanted(chart, visit))
    if usual in open_ones or (usual and not open_ones):
        return usual
    if open_ones:
        return open_ones[0]
    return chart.protocol.mrd.specimen, next(iter(_transcripts(chart)), None)


def _wanted(chart: PatientChart, visit: PlannedVisit | None) -> Iterator[tuple[str, str]]:
    """What the visit still lacks, the protocol's specimen first."""
    recorded = {(r.specimen, r.transcript) for r in chart.of(MrdResult) if visit and r.visit == visit.code}
    planned = visit.plan.specimens if visit and visit.plan else ()
    own = chart.protocol.mrd.specimen
    for specimen in sorted(planned or (own,), key=lambda s: s != own):
        for transcript in _transcripts(chart):
            if (specimen, transcript) not in recorded:
                yield specimen, transcript


def _transcripts(chart: PatientChart) -> tuple[str, ...]:
    return _FOLLOWED.get((chart.disease.transcript or "") if chart.disease else "", ())


def _day(visit: PlannedVisit) -> date:
    return (visit.date and visit.date.earliest) or date.min
