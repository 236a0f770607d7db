"""The audit trail in words. Lines of the trail -> rows of a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gui.widgets.choices_of import choices_of_kind
from gui.widgets.redact_dialog import Removable, removable
from gui.widgets.trail_words import value_words
from gui.widgets.words import Choices
from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.domain.trail_words import event_words
from models.records import KINDS
from models.study import STUDY_FACT, Correction, Right
from models.study_types import TrailLine

EVENT = "event"
"""The kind of what happened and changed no data."""
HIDDEN = "identity, not shown"
"""Who a patient is stands on the Baseline tab, out of sight until somebody asks: its history opens from there."""
_WITHDRAWN = "voided"
_LONGEST = 300
"""Characters of a value that a row shows: the text of a protocol is a book."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One change, first entry or event. `patient_id`, `kind` and `record` are what the row opens; 0 for nothing.

    `of` is what can be removed of it.
    """

    row: int
    at: datetime
    when: str
    who: str
    patient: str
    patient_id: int
    what: str
    which: str
    old: str
    new: str
    reason: str
    kind: str
    record: int
    of: Removable


class Wording:
    """Says values in the words of the study and of this desk. Keeps what it has asked the study for."""

    def __init__(self, workspace: Workspace) -> None:
        """For as long as neither the language nor an open list changes."""
        self._workspace = workspace
        self._reads = workspace.user.may(Right.READ_RECORD)
        self._choices: dict[str, Mapping[str, Choices]] = {}

    def rows(self, lines: Iterable[TrailLine]) -> list[TrailRow]:
        """The rows of some lines, in their order: a correction has one for each value that was changed."""
        return [row for line in lines for row in self._rows(line)]

    def _rows(self, line: TrailLine) -> Iterable[TrailRow]:
        if line.kind == EVENT:
            yield self._row(line, event_words(line.act), "", line.told, line.reason)
        elif line.act == "insert":
            told = "; ".join(f"{change.label}: {self._value(line, change, change.new)}" for change in line.changes)
            yield self._row(line, f"{line.title} entered", "", told, line.reason)
        else:
            for change in line.changes:
                if change.field == _WITHDRAWN:
                    yield self._row(line, f"{line.title} withdrawn", "", "", line.reason)
                else:
                    old, new = (self._value(line, change, each) for each in (change.old, change.new))
                    what = f"{line.title}: {change.label}"
                    yield self._row(line, what, old or "empty", new or "empty", line.reason, change.field)

    def _row(self, line: TrailLine, what: str, old: str, new: str, reason: str, field: str = "") -> TrailRow:
        return TrailRow(
            line.row,
            line.at,
            write_moment(line.at, self._workspace.desk),
            line.name,
            line.patient,
            line.patient_id,
            what,
            line.which,
            _short(old),
            _short(new),
            reason,
            line.kind,
            line.record,
            removable(self._workspace, line, field),
        )

    def _value(self, line: TrailLine, change: Correction, value: object) -> str:
        field = KINDS[line.kind].fields.get(change.field) if line.kind in KINDS else None
        if field is not None and field.identifying:
            return HIDDEN
        return value_words(field, value, self._workspace.desk, self._choices_of(line.kind).get(change.field, ()))

    def _choices_of(self, kind: str) -> Mapping[str, Choices]:
        if kind not in self._choices:
            known = kind in KINDS and self._reads
            self._choices[kind] = choices_of_kind(self._workspace, KINDS[kind]) if known else {}
        return self._choices[kind]


def details(row: TrailRow) -> str:
    """Everything about a row, for the panel below the table."""
    about = [" · ".join(part for part in (row.what, row.which, row.patient) if part)]
    if row.new:
        about.append(f"{row.old}  →  {row.new}" if row.old else row.new)
    if row.reason:
        about.append(f"Reason: {row.reason}")
    about.append(f"{row.when}, {row.who}, row {row.row} of the audit trail")
    return "\n".join(about)


def kind_choices() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the trail can be narrowed to: words and kinds of record."""
    kinds = sorted((kind.title, (kind.name,)) for kind in KINDS.values())
    return (
        ("Everything", ()),
        ("Events", (EVENT,)),
        ("Study settings and protocol", (STUDY_FACT, "protocol")),
        *kinds,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
