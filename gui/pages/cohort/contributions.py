"""Whom a number counts, and what each of them contributes, with the record it comes from where one is known. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from models.cohort.cohort import Cohort
from models.cohort.completeness import LATE, MISSING, RECEIVED, SKIPPED, VisitForms
from models.cohort.courses import phase_label
from models.cohort.grouping import EVERYBODY
from models.cohort.landmarks import Landmark
from models.cohort.method import Method
from models.cohort.response import DENOMINATORS, HAEMATOLOGIC, PRIMARY_ROW, ResponseRow
from models.cohort.table import Cell, Column, Form, Row, Table, distinct, written_value
from models.cohort.toxicity import Happened, ToxicityRow
from models.cohort.who import INEXACT, Who
from models.domain.capitals import upper_first
from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.model import PIECES, Protocol


class Line(NamedTuple):
    """One patient of a list: what is contributed, and the kind and id of the record that says so."""

    who: Who
    words: str = ""
    record: tuple[str, int] | None = None


class Asked(NamedTuple):
    """The number that was chosen: a cell of a table of a cohort, as this desk reads it."""

    cohort: Cohort
    table: Table
    row: Row
    column: Column
    cell: Cell
    desk: Desk

    @property
    def part(self) -> str:
        """What the table's code says after its family."""
        return self.table.code.partition("-")[2]


def contributions(asked: Asked) -> tuple[Line, ...]:
    """A line for each patient of the cell, in its order; of adverse events a line for each event."""
    family = _FAMILIES.get(asked.table.code.partition("-")[0])
    return tuple(family(asked)) if family else _plain(asked)


def heading(asked: Asked) -> str:
    """What was chosen, in words: "After cycle 2, Response"."""
    words = [each for each in line_words(asked.table, asked.row) if each != EVERYBODY]
    return ", ".join((*words, asked.column.label))


def line_words(table: Table, row: Row) -> tuple[str, ...]:
    """What names a line: its first cells, as long as they are words."""
    named = takewhile(_is_text, zip(table.columns, row.cells, strict=True))
    return tuple(str(cell.values[0]) for _, cell in named if cell.values[0])


def rule(asked: Asked) -> Method:
    """The rule by which a number counts whom it counts, or nobody."""
    methods = asked.table.methods
    return DENOMINATORS if asked.column.code in _JUDGED_APART and DENOMINATORS in methods else methods[0]


_JUDGED_APART = frozenset({"not_evaluable", "missing", "not_reached", "evaluable", "enrolled"})
"""The columns of response that no rule of response fills, but who can be judged at all."""


def _is_text(pair: tuple[Column, Cell]) -> bool:
    return pair[0].form is Form.TEXT


def _plain(asked: Asked) -> tuple[Line, ...]:
    """Each patient once for each time that he is counted, with what he contributes where that can be said."""
    if not asked.cell.basis:
        return tuple(Line(who) for who in distinct(asked.cell.patients))
    return tuple(
        Line(who, _basis_words(basis, asked)) for who, basis in zip(asked.cell.patients, asked.cell.basis, strict=True)
    )


def _basis_words(basis: Hashable, asked: Asked) -> str:
    if isinstance(basis, bool):
        return "counted" if basis else "not counted"
    if isinstance(basis, Decimal):
        return written_value(basis, asked.column.form, asked.desk)
    return ""


def _response(asked: Asked) -> Iterable[Line]:
    group, _, code = asked.row.key.rpartition("/")
    table = next(one for one in asked.cohort.response[asked.part] if one.group == group)
    row = table.row(code)
    outcomes = {who: outcome for outcome, patients in row.outcomes for who in patients}
    reasons = dict(row.reasons)
    visit = asked.cohort.protocol.primary_landmark if code == PRIMARY_ROW else code
    members = {member.who: member for member in asked.cohort.members}
    for who in _those(asked.cell, row):
        landmark = members[who].landmark(visit)
        record = _landmark_record(landmark, asked.part) if landmark else None
        day = landmark.molecular.when if landmark and asked.part != HAEMATOLOGIC else None
        when = write_date(PartialDate.from_date(day), asked.desk) if day else ""
        judged = ", ".join(part for part in (upper_first(outcomes.get(who, "")), when) if part)
        why = write_sentence(reasons.get(who, ""), asked.desk)
        yield Line(who, ". ".join(part for part in (judged, why) if part), record)


def _those(cell: Cell, row: ResponseRow) -> Sequence[Who]:
    """The patients of a cell; of a share those in response first."""
    if not cell.basis:
        return cell.patients
    responding = set(row.response)
    return sorted(cell.patients, key=lambda who: who not in responding)


def _landmark_record(landmark: Landmark, rule_set: str) -> tuple[str, int] | None:
    if rule_set == HAEMATOLOGIC:
        record = landmark.haematologic.record
        return ("assessment", record) if record else None
    return ("mrd", landmark.molecular.records[0]) if landmark.molecular.records else None


def _endpoint(asked: Asked) -> Iterable[Line]:
    found = asked.cohort.endpoints[asked.part]
    named = found.groups if asked.column.code == "p" else ()
    groups = {who: one.group for one in named for who in one.patients}
    followed = {one.who: one for one in found.everybody.follow.followed}
    left_out = dict(found.everybody.follow.left_out)
    for who in asked.cell.patients:
        one = followed.get(who)
        if one is None:
            yield Line(who, write_sentence(left_out.get(who, ""), asked.desk))
            continue
        months = f"{written_value(one.months, Form.MONTHS, asked.desk)} months"
        about = "" if one.exact else INEXACT
        words = ", ".join(part for part in (groups.get(who, ""), months, one.ended_by, about) if part)
        yield Line(who, words, one.record)


def _courses(asked: Asked) -> Iterable[Line]:
    for lane in asked.cohort.lanes:
        if lane.who in asked.cell.patients:
            code = asked.column.code.replace("_", " ")
            mark = next((one for one in lane.marks if one.code == code), None)
            if mark is None:
                yield Line(lane.who)
            else:
                months = written_value(mark.month, Form.MONTHS, asked.desk)
                yield Line(lane.who, f"{mark.label}, {months} months", (mark.kind, mark.record_id))


def _levels(asked: Asked) -> Iterable[Line]:
    band = next(one for one in asked.cohort.curves.bands if one.visit == asked.row.key)
    for who, level in sorted(band.levels, key=lambda pair: pair[1].percent):
        percent = written_value(level.percent, Form.LEVEL, asked.desk)
        yield Line(who, f"{percent} %, {level.kind}", ("mrd", level.record_id))


def _waterfall(asked: Asked) -> Iterable[Line]:
    bars = {bar.who: bar for bar in asked.cohort.waterfalls[asked.part].bars}
    for who in asked.cell.patients:
        bar = bars.get(who)
        if bar is None:
            yield Line(who, "No baseline or no level to hold against it")
        else:
            logs = written_value(bar.reduction.value, Form.LOGS, asked.desk)
            least = "at least " if bar.reduction.qualifier else ""
            yield Line(who, f"{upper_first(bar.outcome)}, {least}{logs} log", ("mrd", bar.records[0]))


def _toxicity(asked: Asked) -> Iterable[Line]:
    dimension = asked.part.partition("-")[0]
    table = next(
        one for one in asked.cohort.toxicity[dimension] if asked.part == f"{dimension}-{one.system.replace(' ', '-')}"
    )
    row = table.row(asked.row.key)
    if asked.column.code.startswith("events"):
        chosen = set(asked.cell.basis)
        happened: Iterable[Happened] = (one for one in row.events if one.event.record_id in chosen)
        for one in happened:
            yield _event_line(one, asked)
        return
    worst = _worst_events(row)
    for who in distinct(asked.cell.patients):
        event = worst.get(who)
        yield _event_line(event, asked) if event else Line(who, "No such event")


def _worst_events(row: ToxicityRow) -> Mapping[Who, Happened]:
    """The worst event of each patient of the line, the first of several."""
    worst: dict[Who, Happened] = {}
    for one in sorted(row.events, key=lambda one: -(one.event.worst or 0)):
        worst.setdefault(one.who, one)
    return worst


def _event_line(one: Happened, asked: Asked) -> Line:
    event = one.event
    grade = f"grade {event.worst}" if event.worst else "no grade"
    began = write_date(PartialDate.from_date(event.began.day), asked.desk) if event.began else "day not known"
    serious = ", serious" if event.serious else ""
    return Line(one.who, f"{event.name}, {grade}{serious}, {began}", ("adverse_event", event.record_id))


def _doses(asked: Asked) -> Iterable[Line]:
    row = next(one for one in asked.cohort.doses if f"{one.drug}/{one.phase}" == asked.row.key)
    wanted = set(asked.cell.patients)
    for who, given in row.given:
        if who in wanted:
            intensity = (
                f"{written_value(given.intensity, Form.NUMBER, asked.desk)} %" if given.intensity is not None else ""
            )
            pauses = f"{given.pauses} interrupted" if given.pauses else ""
            why = write_sentence(given.reason, asked.desk)
            yield Line(who, ". ".join(part for part in (intensity, pauses, why) if part))


def _mutations(asked: Asked) -> Iterable[Line]:
    for member in asked.cohort.members:
        for found in member.mutations:
            if f"{member.who.label}/{found.variant}" == asked.row.key:
                day = write_date(PartialDate.from_date(found.found.day), asked.desk)
                phase = phase_label(asked.cohort.protocol, found.phase)
                yield Line(member.who, f"{found.variant}, {day}, {phase}", (found.found.kind, found.found.record_id))


def _flow(asked: Asked) -> Iterable[Line]:
    step = next((one for one in asked.cohort.flow.steps if one.code == asked.row.key), None)
    reasons = {who: reason for reason, patients in step.left for who in patients} if step else {}
    for who in distinct(asked.cell.patients):
        yield Line(who, reasons.get(who, ""))


def _completeness(asked: Asked) -> Iterable[Line]:
    wanted = _STATES.get(asked.column.code)
    for member in asked.cohort.members:
        for visit in member.forms:
            for words, state in _parts(visit, asked):
                if wanted is None or state in wanted:
                    yield Line(member.who, f"{words}: {state}" if words else upper_first(state))


_STATES = {
    "received": frozenset({RECEIVED, LATE}),
    "late": frozenset({LATE}),
    "missing": frozenset({MISSING}),
    "skipped": frozenset({SKIPPED}),
}
"""Per column the states that it counts; the others count all."""


def _parts(visit: VisitForms, asked: Asked) -> Iterable[tuple[str, str]]:
    """The words and the state of what the row counts of one visit."""
    if asked.part == "visit":
        return [("", visit.state)] if visit.visit == asked.row.key else []
    label = _visit_label(asked.cohort.protocol, visit.visit)
    return [(label, form.state) for form in visit.forms if form.piece == asked.row.key]


def _visit_label(protocol: Protocol, code: str) -> str:
    visit = protocol.visit(code)
    return visit.label if visit else PIECES.get(code, code)


def _monitoring(asked: Asked) -> Iterable[Line]:
    watch = next(one for one in asked.cohort.monitoring if one.rule.code == asked.part)
    steps = {step.who: step for step in watch.path}
    for who in asked.cell.patients:
        step = steps[who]
        day = write_date(PartialDate.from_date(step.day), asked.desk)
        yield Line(who, f"Patient {step.n}, {day}, {'counted' if step.had else 'not counted'}", step.record)


_FAMILIES: Mapping[str, Callable[[Asked], Iterable[Line]]] = {
    "response": _response,
    "endpoint": _endpoint,
    "patients": _courses,
    "levels": _levels,
    "waterfall": _waterfall,
    "toxicity": _toxicity,
    "dose": _doses,
    "mutations": _mutations,
    "flow": _flow,
    "completeness": _completeness,
    "monitoring": _monitoring,
}
"""By the first word of a table's code; whatever has no family is told from the cell alone."""

TABS: Mapping[str, str] = {"dose": "treatment", "completeness": "visits", "baseline": "baseline", "levels": "mrd"}
"""The tab of the patient page that a line without a record opens, by the first word of the table's code."""
