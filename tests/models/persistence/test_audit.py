"""The audit trail: complete whoever writes by whatever path, never changed, never shortened."""

import json
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.persistence.acting import DIRECT
from models.persistence.audit import trailed, watchers
from models.persistence.engine import connect
from models.persistence.layout import DATABASE
from models.records import KINDS
from models.study import Edit, Study
from tests.study_fixtures import BY


@pytest.fixture
def connection(study: Study) -> Iterator[Connection]:
    """A connection of the writing engine, past every command."""
    write = study._folder.write  # noqa: SLF001
    assert write is not None
    with write.connect() as made:
        yield made


def trail(connection: Connection, kind: str) -> list[tuple[str, str, str | None, str | None, str]]:
    rows = connection.execute(
        text("SELECT act, actor, old, new, reason FROM audit WHERE kind = :kind ORDER BY seq"), {"kind": kind}
    )
    return [tuple(row) for row in rows]


def test_what_happened_is_kept_with_the_patient_it_is_about_or_with_none(
    study: Study, patient: int, connection: Connection
) -> None:
    study.trail.note("visit summary printed", {"pages": 1}, patient)
    study.trail.note("audit trail exported")
    told = "SELECT act, patient_id, new FROM audit WHERE act IN ('visit summary printed', 'audit trail exported')"
    assert [tuple(row) for row in connection.execute(text(f"{told} ORDER BY seq"))] == [
        ("visit summary printed", patient, '{"pages": 1}'),
        ("audit trail exported", None, "{}"),
    ]


def test_r1_every_table_of_the_record_is_watched(connection: Connection) -> None:
    watched = {table.name for table in trailed()}
    assert watched >= set(KINDS) | {"study_fact", "protocol"}
    found = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")).scalars())
    assert found == set(watchers())


def test_r1_an_entry_a_change_and_a_withdrawal_each_write_one_row(study: Study, patient: int) -> None:
    saved = study.save(patient, [Edit("history", {"term": "Gout"})], BY)
    [(_, record)] = saved.records
    study.save(patient, [Edit("history", {"term": "Gouty arthritis"}, record)], Context("", "Source says so"))
    study.void(patient, "history", record, Context("", "Wrong patient"))
    lines = [line for line in study.trail.lines() if (line.kind, line.record) == ("history", record)]
    assert [(line.act, line.actor, line.reason) for line in reversed(lines)] == [
        ("insert", "C. Rossi", ""),
        ("update", "C. Rossi", "Source says so"),
        ("update", "C. Rossi", "Wrong patient"),
    ]
    withdrawn, changed, entered = lines
    assert [(c.field, c.old, c.new) for c in changed.changes] == [("term", "Gout", "Gouty arthritis")]
    assert [(c.field, c.new) for c in entered.changes] == [("term", "Gout")]
    assert [(c.field, c.new) for c in withdrawn.changes] == [("voided", "Wrong patient")]
    assert all(line.at == study.clock.now() and line.patient == "042-001" for line in lines)


def test_r2_raw_sql_is_in_the_trail_with_what_was_there_before(connection: Connection, patient: int) -> None:
    with connection.begin():
        connection.execute(text("UPDATE patient SET age = 99 WHERE id = :id"), {"id": patient})
    act, actor, old, new, reason = trail(connection, "patient")[-1]
    assert (act, actor, reason) == ("update", "C. Rossi", DIRECT)
    assert (json.loads(old or "")["age"], json.loads(new or "")["age"]) == (58, 99)


def test_r2_a_bulk_statement_writes_a_row_for_each_record(connection: Connection, study: Study, patient: int) -> None:
    study.save(patient, [Edit("history", {"term": term}) for term in ("Gout", "Asthma")], BY)
    with connection.begin():
        connection.execute(text("UPDATE history SET comment = 'bulk'"))
    assert [act for act, *_ in trail(connection, "history")] == ["insert", "insert", "update", "update"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM patient",
        "DELETE FROM consent",
        "REPLACE INTO patient (id, screening_number, screened, sex, entered_at, entered_by) "
        "VALUES (1, 'S042-001', '2026-01-02', 'M', '2026-01-02T09:00:00+01:00', 'x')",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        "UPDATE audit SET reason = 'another'",
        "UPDATE audit SET seq = seq + 1000",
        "INSERT OR REPLACE INTO audit SELECT seq, at, 'somebody', act, kind, record_id, patient_id, old, new, reason, "
        "mac FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT seq + 100000, at, actor, act, kind, record_id, patient_id, old, new, reason, mac "
        "FROM audit WHERE seq = 1",
    ],
)
def test_r2_nothing_is_deleted_and_no_row_of_the_trail_changed(
    connection: Connection, patient: int, statement: str
) -> None:
    assert patient
    before = connection.execute(text("SELECT * FROM audit")).all()
    connection.rollback()
    with pytest.raises(IntegrityError), connection.begin():
        connection.execute(text(statement))
    assert connection.execute(text("SELECT * FROM audit")).all() == before


def test_r2_a_program_that_holds_the_key_and_not_our_functions_cannot_write(study: Study, patient: int) -> None:
    keys = study._folder.keys  # noqa: SLF001
    study.close()
    foreign = connect(study.path / DATABASE, keys)
    with pytest.raises(Exception, match="no such function"):
        foreign.execute("UPDATE patient SET age = 1 WHERE id = ?", (patient,))
    foreign.close()


def test_r4_a_value_set_to_itself_writes_nothing_even_past_the_program(connection: Connection, patient: int) -> None:
    before = trail(connection, "patient")
    connection.rollback()
    with connection.begin():
        connection.execute(text("UPDATE patient SET age = age, sex = sex WHERE id = :id"), {"id": patient})
    assert trail(connection, "patient") == before


def test_what_is_rolled_back_leaves_no_trace(connection: Connection, patient: int) -> None:
    before = trail(connection, "patient")
    connection.rollback()
    transaction = connection.begin()
    connection.execute(text("UPDATE patient SET age = 1 WHERE id = :id"), {"id": patient})
    transaction.rollback()
    assert trail(connection, "patient") == before


def test_the_reason_of_one_transaction_is_never_given_to_the_next(
    study: Study, connection: Connection, patient: int
) -> None:
    study.save(patient, [Edit("patient", {"age": 57}, patient)], Context("", "Birth date was read wrongly"))
    with connection.begin():
        connection.execute(text("UPDATE patient SET age = 56 WHERE id = :id"), {"id": patient})
    assert [reason for *_, reason in trail(connection, "patient")][-2:] == ["Birth date was read wrongly", DIRECT]


def test_a_draft_is_no_part_of_the_trail(study: Study, patient: int) -> None:
    before = study.trail.head()
    study.save_draft(f"mrd/{patient}/0", {"target_copies": "4"})
    study.drop_draft(f"mrd/{patient}/0")
    assert study.trail.head() == before


def test_r7_every_row_carries_the_offset_from_utc(connection: Connection, study: Study, patient: int) -> None:
    stored = connection.execute(text("SELECT at FROM audit")).scalars().all()
    assert len(stored) == study.trail.head().rows > patient
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", moment) for moment in stored)
    assert {line.at.utcoffset() for line in study.trail.lines()} == {study.clock.now().utcoffset()}


def test_identities_lie_in_the_trail_sealed_and_read_only_by_those_who_may(study: Study, patient: int) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Bianchi"}, 1)], Context("", "Was left out"))
    write = study._folder.write  # noqa: SLF001
    assert write is not None
    with write.connect() as connection:
        stored = trail(connection, "identity")
    assert not any("Bianchi" in str(row) or "1967" in str(row) for row in stored)
    [name] = study.corrections("identity", 1)
    assert (name.old, name.new) == (None, "Bianchi")


def test_r6_the_trail_reads_by_patient_record_field_person_and_day(study: Study, patient: int) -> None:
    from models.queries.trail import TrailFilter

    study.save(patient, [Edit("patient", {"age": 57}, patient)], Context("", "Typing error"))
    lines = study.trail.lines
    assert {line.patient_id for line in lines(TrailFilter(patient=patient))} == {patient}
    assert [line.reason for line in lines(TrailFilter(kinds=("patient",), record=patient, field="age"))] == [
        "Typing error",
        "",
    ]
    assert {line.actor for line in lines(TrailFilter(actor="A. Verdi"))} == {"A. Verdi"}
    assert lines(TrailFilter(day=PartialDate.from_date(study.today)))
    assert lines(TrailFilter(day=PartialDate(1999, 1, 1))) == ()
    first, second, *_ = lines()
    assert lines(TrailFilter(before=first.row), limit=1) == (second,)
