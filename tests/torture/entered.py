"""Any values in any form, checked and saved through the study: a finding or a record as it was typed, nothing else."""

import shutil
from datetime import UTC, date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import Field, FieldType
from models.domain.partial_dates import PartialDate, Special
from models.domain.quantities import QUALIFIERS, Quantity
from models.records import KINDS, Kind
from models.study import Edit, Study
from tests.torture.ground import PATIENT, open_study, require_whole
from tests.torture.outcome import require
from tests.wording import english

_AT_ONCE = 300
"""Records after which the study is verified and a fresh one is taken: checks compare with all there are."""
_WHY = Context("", "Entered by chance")


def edits() -> SearchStrategy[Edit]:
    """A record of any kind that a form enters, with any values; some children with it."""
    kinds = [kind for kind in KINDS.values() if not (kind.of_study or kind.review or kind.parent or kind.single)]
    return st.sampled_from(kinds).flatmap(_edit)


@st.composite
def _edit(draw: st.DrawFn, kind: Kind) -> Edit:
    children = [child for child in KINDS.values() if child.parent == kind.name and not child.review]
    return Edit(
        kind.name,
        {name: value for name, field in kind.fields.items() if (value := draw(_value(field))) is not None},
        children=tuple(draw(_edit(child)) for child in children for _ in range(draw(st.integers(0, 2)))),
    )


def _value(field: Field) -> SearchStrategy[Any]:
    """What the editor of that field can give, and more; nothing now and then, rarely where it is required."""
    value = _given(field)
    return value if field.required else st.one_of(st.none(), value)


def _given(field: Field) -> SearchStrategy[Any]:
    codes = st.sampled_from([*(field.codelist.terms if field.codelist else ()), "dasatinib", "nothing known", ""])
    days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
    match field.type:
        case FieldType.TEXT | FieldType.NOTE:
            return st.text()
        case FieldType.CHOICE:
            return st.one_of(codes, codes, st.text())
        case FieldType.CHOICES:
            return st.lists(codes, max_size=3).map(tuple)
        case FieldType.YES_NO:
            return st.booleans()
        case FieldType.INTEGER:
            return st.one_of(st.integers(0, 5), st.integers(), st.just(10**19))
        case FieldType.QUANTITY:
            return _quantities(field)
        case FieldType.MOMENT:
            return st.datetimes(timezones=st.just(UTC))
        case FieldType.REFERENCE:
            return st.one_of(st.integers(0, 5), st.integers(0))
        case FieldType.DATE:
            return st.one_of(
                days.map(PartialDate.from_date),
                st.dates().map(PartialDate.from_date),
                st.builds(PartialDate, st.integers(1900, 2100), st.integers(0, 12)),
                st.builds(lambda special: PartialDate(special=special), st.sampled_from(Special)),
            )


def _quantities(field: Field) -> SearchStrategy[Quantity]:
    numbers = st.one_of(
        st.decimals(0, 1000, allow_nan=False, places=2), st.decimals(allow_nan=False, allow_infinity=False)
    )
    units = st.sampled_from([*field.units, *field.units, "", "mg", "%"])
    return st.builds(Quantity, numbers, units, st.sampled_from(QUALIFIERS), st.text(max_size=5))


class Entered:
    """Enters what it is given into copies of a study."""

    def __init__(self, template: Path) -> None:
        self._template = template
        self._path = template.with_name("entered.albatrack")
        self._study: Study | None = None
        self._saved = 0

    def check(self, edit: Edit) -> None:
        """Check and save: findings are sentences, a refusal changes nothing, what is saved reads as it was given."""
        study = self._study or self._fresh()
        for finding in study.check(PATIENT, edit):
            require(english(finding.message).endswith((".", "?")), f"no sentence: {finding}")
        head = study.trail.head()
        try:
            changes = study.save(PATIENT, [edit], _WHY)
        except TrialError as refusal:
            require(str(refusal).endswith((".", "?")), f"no sentence: {refusal}")
            require(study.trail.head() == head, "something was saved although it was refused")
            return
        stored = {record.id: record for record in study.chart(PATIENT).records[edit.kind]}
        record = stored[next(id_ for kind, id_ in changes.records if kind == edit.kind)].values()
        given = {name: value for name, value in edit.values.items() if value not in ("", ())}
        require({name: record[name] for name in given} == given, f"read as {record}")
        self._saved += 1
        if self._saved >= _AT_ONCE:
            self.close()

    def close(self) -> None:
        """Verify what was entered so far, and let the study go."""
        if self._study is not None:
            require_whole(self._study)
            self._study.close()
            shutil.rmtree(self._path)
        self._study, self._saved = None, 0

    def _fresh(self) -> Study:
        shutil.copytree(self._template, self._path)
        self._study = open_study(self._path)
        return self._study
