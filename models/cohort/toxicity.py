"""Toxicity: adverse events by worst grade, per patient and per event; versions and scales are never pooled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.courses import Span, phase_at, phase_label
from models.cohort.courses import of_chart as phases_of
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, distinct, text
from models.cohort.who import When, Who, on
from models.domain.codelists import CTCAE_VERSION, GRADING_SCALE
from models.domain.dictionary import term as dictionary_term
from models.domain.folding import fold
from models.protocols.model import Protocol
from models.records.treatment import PhaseRun
from models.statistics.proportions import Proportion, clopper_pearson

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

GRADES = (1, 2, 3, 4, 5)
SEVERE = 3
RELATED = frozenset({"POSSIBLY RELATED", "RELATED"})
"""The judgements of causality that count as related to a drug."""
ANY = "Any adverse event"
NOT_KNOWN = "not known"
"""The phase of an event where a day that tells it is not known."""
DIMENSIONS: dict[str, str] = {"term": "Term", "class": "System organ class", "phase": "Phase of onset", "drug": "Drug"}
"""What the lines of a toxicity table can be: code -> words shown."""
METHOD = Method(
    "Toxicity",
    "Patients: every treated patient (a phase of treatment has begun) once a line, by the worst grade that any"
    " event of the line ever had. Events: every adverse event recorded of them, by its worst grade. The phase is the"
    " one that had begun last when the event began. Events without a grade stand apart. Shares are of all treated"
    " patients; in the line of a phase of those who began it, in the line of a drug of those who began a phase that"
    " gives it. 95 % intervals are exact (Clopper-Pearson).",
)
BY_WORDS = Method(
    "Other, specify",
    "A term that ends so names no event: each event has a line by the words with which it was reported. Words that"
    " differ only in capitals, accents, spaces or British and American spelling are the same.",
)
BY_DRUG = Method("Related to a drug", "An event counts under each drug to which it is possibly related or related.")


class Event(NamedTuple):
    """One adverse event. `system` is the dictionary and version, or the scale, by which it was graded.

    `words` say what it was where the term is "Other, specify", and are empty for every other term.
    """

    record_id: int
    system: str
    term: str
    name: str
    words: str
    system_organ_class: str
    began: When | None
    phase: str
    worst: int | None
    serious: bool
    related: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Equal for the same event, however its words are spelled."""
        return f"{self.term}: {fold(self.words)}" if self.words else self.term


class Happened(NamedTuple):
    """An event and its patient, for the list that a click opens."""

    who: Who
    event: Event


class ToxicityRow(NamedTuple):
    """A line: `by_patient` and `by_event` by worst grade, None for events without a grade.

    `treated` are the patients to whom it could happen: the denominator of `severe`.
    """

    key: str
    label: str
    treated: tuple[Who, ...]
    events: tuple[Happened, ...]
    by_patient: Mapping[int | None, tuple[Who, ...]]
    by_event: Mapping[int | None, tuple[Happened, ...]]
    severe: Proportion
    serious: tuple[Happened, ...]

    @property
    def patients(self) -> tuple[Who, ...]:
        """Everybody with such an event."""
        return distinct(happened.who for happened in self.events)

    @property
    def severe_patients(self) -> tuple[Who, ...]:
        """Everybody with such an event of grade 3 or more."""
        return tuple(who for grade in GRADES if grade >= SEVERE for who in self.by_patient.get(grade, ()))

    @property
    def severe_events(self) -> tuple[Happened, ...]:
        """The events of grade 3 or more."""
        return tuple(one for grade in GRADES if grade >= SEVERE for one in self.by_event.get(grade, ()))


@dataclass(frozen=True, slots=True)
class Toxicity:
    """One table: the events graded by one `system`, in lines of one of `DIMENSIONS`, the total first."""

    system: str
    dimension: str
    rows: tuple[ToxicityRow, ...]

    def row(self, key: str) -> ToxicityRow:
        """The line of that key; `ANY` is the total."""
        return next(row for row in self.rows if row.key == key)


def of_chart(chart: "PatientChart") -> tuple[Event, ...]:
    """The adverse events of one patient, oldest first."""
    spans = phases_of(chart)
    found = []
    for view in chart.events:
        record = view.record
        began = on(record.began, "adverse_event", record.id)
        found.append(
            Event(
                record_id=record.id,
                system=_system(record.version, record.scale),
                term=record.term,
                name=record.name,
                words=record.specified,
                system_organ_class=_class_of(record.version, record.term),
                began=began,
                phase=_phase(chart, spans, began),
                worst=view.worst,
                serious=bool(record.serious),
                related=tuple(drug.drug for drug in view.drugs if drug.causality in RELATED),
            )
        )
    return tuple(found)


def _phase(chart: "PatientChart", spans: Sequence[Span], began: When | None) -> str:
    """The phase that had begun last when an event began, "" before the first."""
    if began is None:
        return NOT_KNOWN
    found = phase_at(spans, began.day)
    return found if found or len(spans) == len(chart.of(PhaseRun)) else NOT_KNOWN


def _system(version: str, scale: str | None) -> str:
    return CTCAE_VERSION.label(version) if scale in (None, "CTCAE") else GRADING_SCALE.label(scale)


@cache
def _class_of(version: str, name: str) -> str:
    known = dictionary_term(version, name)
    return known.system_organ_class if known else "not in the dictionary"


def treated(members: Iterable["Member"], protocol: Protocol) -> tuple["Member", ...]:
    """Those of whom a phase of treatment has begun: the patients whose safety is counted."""
    phases = {phase.code for phase in protocol.phases if phase.treatment}
    return tuple(member for member in members if member.begun & phases)


def toxicity(members: Sequence["Member"], protocol: Protocol, dimension: str) -> tuple[Toxicity, ...]:
    """The tables of one dimension, one for each system by which an event was graded."""
    everybody = treated(members, protocol)
    by_system: dict[str, list[Happened]] = defaultdict(list)
    for member in everybody:
        for event in member.events:
            by_system[event.system].append(Happened(member.who, event))
    return tuple(
        _table(system, dimension, everybody, happened, protocol) for system, happened in sorted(by_system.items())
    )


def _table(
    system: str, dimension: str, everybody: Sequence["Member"], happened: Sequence[Happened], protocol: Protocol
) -> Toxicity:
    lines: dict[str, list[Happened]] = defaultdict(list)
    for one in happened:
        for key in _keys(one.event, dimension):
            lines[key].append(one)
    rows = [_row(ANY, ANY, happened, tuple(member.who for member in everybody))]
    for key in _order(lines, dimension, protocol):
        phases = _phases_of(key, dimension, protocol)
        # An event may be laid to a drug outside the phases that give it: its patient is never left out.
        hit = {one.who for one in lines[key]}
        exposed = tuple(member.who for member in everybody if not phases or member.who in hit or member.begun & phases)
        rows.append(_row(key, _label(key, dimension, protocol, lines[key]), lines[key], exposed))
    return Toxicity(system, dimension, tuple(rows))


def _phases_of(key: str, dimension: str, protocol: Protocol) -> frozenset[str]:
    """The phases that a patient must have begun to be counted in a line; empty where every treated patient is."""
    if dimension == "phase":
        return frozenset({key} - {"", NOT_KNOWN})
    if dimension == "drug":
        return frozenset(phase.code for phase in protocol.phases if any(dose.drug == key for dose in phase.doses))
    return frozenset()


def _keys(event: Event, dimension: str) -> tuple[str, ...]:
    if dimension == "drug":
        return event.related
    return ({"term": event.kind, "class": event.system_organ_class, "phase": event.phase}[dimension],)


def _order(lines: Mapping[str, Sequence[Happened]], dimension: str, protocol: Protocol) -> list[str]:
    """Phases and drugs in the order of the protocol, the others by how many events they have."""
    if dimension in ("term", "class"):
        return sorted(lines, key=lambda key: (-len(lines[key]), key))
    codes = [d.code for d in protocol.drugs]
    if dimension == "phase":
        codes = ["", *(p.code for p in protocol.phases), NOT_KNOWN]
    return [code for code in codes if code in lines] + sorted(lines.keys() - set(codes))


def _label(key: str, dimension: str, protocol: Protocol, happened: Sequence[Happened]) -> str:
    if dimension == "term":
        return happened[0].event.name
    if dimension == "phase":
        return key if key == NOT_KNOWN else phase_label(protocol, key)
    drug = protocol.drug(key) if dimension == "drug" else None
    return drug.name if drug else key


def _row(key: str, label: str, happened: Sequence[Happened], of: tuple[Who, ...]) -> ToxicityRow:
    by_event: dict[int | None, list[Happened]] = defaultdict(list)
    worst: dict[Who, int | None] = {}
    for one in happened:
        by_event[one.event.worst].append(one)
        worst[one.who] = max((g for g in (worst.get(one.who), one.event.worst) if g is not None), default=None)
    by_patient: dict[int | None, list[Who]] = defaultdict(list)
    for who, grade in worst.items():
        by_patient[grade].append(who)
    severe = sum(grade is not None and grade >= SEVERE for grade in worst.values())
    return ToxicityRow(
        key,
        label,
        of,
        tuple(happened),
        {grade: tuple(patients) for grade, patients in by_patient.items()},
        {grade: tuple(events) for grade, events in by_event.items()},
        clopper_pearson(severe, len(of)),
        tuple(one for one in happened if one.event.serious),
    )


def as_table(found: Toxicity) -> Table:
    """Patients and events by worst grade, a line each."""
    columns = (
        Column("line", DIMENSIONS[found.dimension], Form.TEXT),
        Column("treated", "Treated"),
        *_graded("patients", "Patients"),
        Column(
            "share_severe",
            "Of treated, grade 3 or more",
            Form.PERCENT,
            limits=True,
            band=_BAND["patients"],
            head="3 or more, of treated",
        ),
        *_graded("events", "Events"),
        Column("events_serious", "Serious events", band=_BAND["events"], head="Serious"),
    )
    rows = tuple(Row(row.key, _cells(row)) for row in found.rows)
    title = f"Adverse events by {DIMENSIONS[found.dimension].lower()}, {found.system}"
    methods = (METHOD, *_methods(found))
    code = f"toxicity-{found.dimension}-{found.system.replace(' ', '-')}"
    return Table(code, title, columns, rows, methods)


_BAND = {"patients": "Patients by worst grade", "events": "Events by worst grade"}


def _graded(code: str, label: str) -> Iterator[Column]:
    """The columns that count patients, or events, grade by grade."""
    band = _BAND[code]
    yield Column(code, label, band=band, head="All")
    for grade in GRADES:
        yield Column(f"{code}_grade_{grade}", f"{label}, grade {grade}", band=band, head=str(grade))
    yield Column(f"{code}_no_grade", f"{label}, no grade", band=band, head="no grade", optional=True)
    yield Column(f"{code}_severe", f"{label}, grade 3 or more", band=band, head="3 or more")


def _methods(found: Toxicity) -> Iterator[Method]:
    if found.dimension == "drug":
        yield BY_DRUG
    elif found.dimension == "term" and any(one.event.words for row in found.rows for one in row.events):
        yield BY_WORDS


def _cells(row: ToxicityRow) -> tuple[Cell, ...]:
    def events(happened: Sequence[Happened]) -> Cell:
        return Cell(
            (len(happened),), tuple(one.who for one in happened), tuple(one.event.record_id for one in happened)
        )

    share, severe = row.severe, set(row.severe_patients)
    return (
        text(row.label),
        counted(row.treated),
        counted(row.patients),
        *(counted(row.by_patient.get(grade, ())) for grade in (*GRADES, None)),
        counted(row.severe_patients),
        Cell((share.estimate, share.lower, share.upper), row.treated, tuple(who in severe for who in row.treated)),
        events(row.events),
        *(events(row.by_event.get(grade, ())) for grade in (*GRADES, None)),
        events(row.severe_events),
        events(row.serious),
    )
