"""Reading many rows by name: more than one statement can name."""

import pytest

from models.domain.partial_dates import PartialDate
from models.persistence import rows
from models.study import Edit, Study
from tests.study_fixtures import BY


def test_more_ids_than_one_statement_takes_are_read_in_parts(
    study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = [Edit("contact", {"date": PartialDate(2026, 3, day)}) for day in range(1, 8)]
    ids = [id_ for _, id_ in study.save(patient, contacts, BY).records]
    monkeypatch.setattr(rows, "_NAMED_AT_ONCE", 3)
    with study._folder.read.begin() as connection:  # noqa: SLF001 - the reading below the verbs is tried
        assert sorted(record.id for record in rows.by_ids(connection, "contact", ids)) == ids
        assert list(rows.by_ids(connection, "contact", [])) == []
