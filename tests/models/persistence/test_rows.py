"""Reading many rows by name: more than one statement can name."""

from models.domain.partial_dates import PartialDate
from models.persistence.rows import by_ids
from models.records.outcome import Contact
from models.study import Edit, Study
from tests.study_fixtures import BY

MORE_THAN_SQLITE_NAMES = 40_000
"""Values that stand in one statement by themselves are at most 32,766."""


def test_more_ids_are_read_than_one_statement_takes(study: Study, patient: int) -> None:
    contacts = [Edit("contact", {"date": PartialDate(2026, 3, day)}) for day in range(1, 8)]
    ids = [id_ for _, id_ in study.save(patient, contacts, BY).records]
    asked = [*ids, *range(max(ids) + 1, MORE_THAN_SQLITE_NAMES)]
    with study._folder.read.begin() as connection:  # noqa: SLF001 - the reading below the verbs is tried
        assert [record.id for record in by_ids(connection, Contact, asked)] == ids
        assert list(by_ids(connection, Contact, [])) == []
