"""The patients at diagnosis: the first table of a paper, for everybody and for each group."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from models.cohort.grouping import UNKNOWN, Group
from models.cohort.member import Member
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.domain.codelists import CNS_STATUS, ECOG, SEX
from models.domain.genotype import IKZF1_CLASSES
from models.domain.notation import write_unit

METHOD = Method(
    "Patients at diagnosis",
    "All enrolled patients, by what is recorded of the diagnosis. Shares are of all patients of the group, those of"
    " whom it is not known among them; medians and ranges are of those with a value. Age is in whole years at consent.",
)


class _Category(NamedTuple):
    """A characteristic with a line for each of its values that occurs."""

    code: str
    label: str
    read: Callable[[Member], str | None]
    words: Mapping[str, str]


class _Measure(NamedTuple):
    """A characteristic of which median and range are told."""

    code: str
    label: str
    read: Callable[[Member], int | Decimal | None]


_MEASURES = (
    _Measure("age", "Age, years", lambda member: member.age),
    _Measure("white_cells", f"White cells, {write_unit('10^9/L')}", lambda member: member.diagnosis.white_cells),
)
_TRANSCRIPTS = {name: name for name in ("p190", "p210", "both")}
_CATEGORIES = (
    _Category("sex", "Sex", lambda member: member.sex, SEX.terms),
    _Category("transcript", "Transcript", lambda member: member.transcript, _TRANSCRIPTS),
    _Category("ikzf1", "IKZF1 class", lambda member: member.ikzf1, {name: name for name in IKZF1_CLASSES}),
    _Category("cns", "CNS status", lambda member: member.diagnosis.cns, CNS_STATUS.terms),
    _Category("ecog", "ECOG", lambda member: member.diagnosis.ecog, ECOG.terms),
)


def as_table(groups: Sequence[Group]) -> Table:
    """A line for each group and characteristic; every group has the same lines."""
    columns = (
        Column("group", "Group", Form.TEXT),
        Column("characteristic", "Characteristic", Form.TEXT),
        Column("value", "Value", Form.TEXT),
        Column("patients", "Patients"),
        Column("share", "Of the group", Form.PERCENT),
        Column("median", "Median", Form.MEASURED),
        Column("lowest", "Lowest", Form.MEASURED),
        Column("highest", "Highest", Form.MEASURED),
    )
    enrolled = [Group(group.name, tuple(m for m in group.members if m.enrolled)) for group in groups]
    occurring = {c.code: _occurring(c, enrolled) for c in _CATEGORIES}
    rows = tuple(row for group in enrolled for row in _rows(group, occurring))
    return Table("baseline", "Patients at diagnosis", columns, rows, (METHOD,))


def _occurring(category: _Category, groups: Sequence[Group]) -> list[str | None]:
    """The values that anybody has, in the order of the code list; None, not known, is the last."""
    found = {category.read(member) for group in groups for member in group.members}
    return [*(value for value in category.words if value in found), *([None] if None in found else [])]


def _rows(group: Group, occurring: Mapping[str, Sequence[str | None]]) -> Iterator[Row]:
    everybody = tuple(member.who for member in group.members)
    nothing = (text(None),) * 3
    yield Row(
        f"{group.name}/patients",
        (text(group.name), text("Patients"), text(""), counted(everybody), text(None), *nothing),
    )
    for measure in _MEASURES:
        yield _measured(group, measure)
    for category in _CATEGORIES:
        read = tuple(category.read(member) for member in group.members)
        for value in occurring[category.code]:
            is_so = tuple(one == value for one in read)
            having = tuple(who for who, so in zip(everybody, is_so, strict=True) if so)
            words = UNKNOWN if value is None else category.words[value]
            share = Cell((len(having) / len(everybody) if everybody else None,), everybody, is_so)
            cells = (text(group.name), text(category.label), text(words), counted(having), share, *nothing)
            yield Row(f"{group.name}/{category.code}/{words}", cells)


def _measured(group: Group, measure: _Measure) -> Row:
    found = [(member.who, value) for member in group.members if (value := measure.read(member)) is not None]
    patients, values = tuple(who for who, _ in found), tuple(Decimal(value) for _, value in found)
    told = (median(values), min(values), max(values)) if values else (None, None, None)
    return Row(
        f"{group.name}/{measure.code}",
        (
            text(group.name),
            text(measure.label),
            text("median (range)"),
            counted(patients),
            text(None),
            *(Cell((value,), patients, values) for value in told),
        ),
    )
