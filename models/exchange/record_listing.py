"""Listings of the record that somebody looks through as a whole: patients, MRD results, adverse events, queries.

Who a patient is stands in none of them; each line of a patient, a result or an event says whether the patient is made
up. Records that were withdrawn are in the audit trail only.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from models.chart.events import EventView
from models.chart.lines import patient_line
from models.chart.molecular import rules
from models.chart.patient_chart import PatientChart
from models.domain.codelists import ACTION, CAUSALITY, DRUG
from models.domain.fields import Field
from models.domain.printing import Printing
from models.exchange.classify_csv import ADDED_COLUMNS, classified, rules_named
from models.exchange.listing import Listing, value_text, write_listing
from models.exchange.workbook_file import Value
from models.queries.review import QueryView
from models.records import Record
from models.records.molecular import MrdResult
from models.records.safety import AdverseEvent, AeDrug
from models.services.trail import Trail

_NO_KEY = frozenset({"id"})
"""Of a patient's line: what means nothing outside the study."""
_OF_QUERY = ("Query", "Patient", "Record", "Field", "State", "For", "Step", "At", "By", "Words")


class Part(NamedTuple):
    """How many of how many things of the record somebody had before them and saved."""

    chosen: int
    total: int
    things: str

    @property
    def words(self) -> str:
        """The part as the head of a workbook says it."""
        fitting = "" if self.chosen == self.total else ": those that fitted the filters of the list"
        return f"{self.chosen} of {self.total} {self.things}{fitting}"


def write_and_note(trail: Trail, path: Path, listing: Listing, part: Part, printing: Printing) -> int:
    """Write a listing of a part of the record; returns its lines. The trail keeps that it was.

    Raises:
        TrialError: the person may not export, or the file cannot be written.
    """
    write_listing(path, listing._replace(facts=(*listing.facts, ("Part", part.words))), printing)
    lines, kind = len(listing.rows), path.suffix.lower()[1:]
    trail.note("list exported", {"what": listing.title, "lines": lines, "as": kind, "file": path.name})
    return lines


def patients(charts: Iterable[PatientChart]) -> Listing:
    """A line a patient: the same as `patients --json` says."""
    lines = [{name: told for name, told in patient_line(chart).items() if name not in _NO_KEY} for chart in charts]
    columns = tuple(map(_heading, lines[0])) if lines else ("Label",)
    return Listing("Patients", columns, [[_plain(told) for told in line.values()] for line in lines])


def mrd_results(charts: Iterable[PatientChart]) -> Listing:
    """A line a result: what was entered, and the classes as `classify` gives them."""
    rows = [row for chart in charts for row in _results(chart)]
    return Listing("MRD results", (*_columns(MrdResult), *map(_heading, ADDED_COLUMNS)), rows)


def adverse_events(charts: Iterable[PatientChart], wanted: frozenset[int]) -> Listing:
    """A line an event, those whose ids are `wanted`, with its grades over time and what each drug has to do with it."""
    rows = [
        [*_cells(chart, view.record), view.worst, _grades(view), _drugs(view)]
        for chart in charts
        for view in chart.events
        if view.record.id in wanted
    ]
    return Listing("Adverse events", (*_columns(AdverseEvent), "Worst grade", "Grades", "Drugs"), rows)


def queries(views: Iterable[QueryView]) -> Listing:
    """A line for each step of a query: what was said, by whom and when."""
    rows = [
        [
            *(view.id, view.patient_label, view.record_words, view.field_words, view.state.value, view.assigned_words),
            *(step.act_words, step.at.isoformat(), step.by, step.words),
        ]
        for view in views
        for step in view.steps
    ]
    return Listing("Queries", _OF_QUERY, rows)


def _heading(name: str) -> str:
    """A name of the program's own data as the head of a column."""
    return name.replace("_", " ").capitalize()


def _results(chart: PatientChart) -> Iterator[list[Value]]:
    found = {point.sample.key: point.result for series in chart.course.series for point in series.points}
    rule = rules_named(rules(chart.protocol.mrd))
    for record in chart.of(MrdResult):
        yield [*_cells(chart, record), *classified(found[record.id], rule)]


def _grades(view: EventView) -> str:
    return "; ".join(f"{each.grade} since {each.since.iso}" for each in view.grades)


def _drugs(view: EventView) -> str:
    return "; ".join(map(_judged, view.drugs))


def _judged(drug: AeDrug) -> str:
    causality = CAUSALITY.label(drug.causality) if drug.causality else "not judged"
    action = f", action: {ACTION.label(drug.action)}" if drug.action else ""
    return f"{DRUG.label(drug.drug)}: {causality}{action}"


# ---- every field that is declared


def _columns(record: type[Record]) -> tuple[str, ...]:
    return ("Patient", "Synthetic", "Record", *(field.label for field in _exported(record)), "Entered at", "Entered by")


def _cells(chart: PatientChart, record: Record) -> list[Value]:
    values = [_words(field, getattr(record, field.name)) for field in _exported(type(record))]
    patient = chart.label, _plain(bool(chart.patient.synthetic))
    return [*patient, record.id, *values, value_text(record.entered_at), record.entered_by]


def _exported(record: type[Record]) -> list[Field]:
    return [field for field in record.kind.fields.values() if not field.identifying]


def _words(field: Field, value: object) -> Value:
    if isinstance(value, bool):
        return _plain(value)
    if field.codelist is not None and value is not None:
        codes = value if isinstance(value, tuple) else (value,)
        return "; ".join(field.codelist.label(str(code)) for code in codes)
    return value_text(value)


def _plain(value: Value | bool) -> Value:
    return ("yes" if value else "no") if isinstance(value, bool) else value
