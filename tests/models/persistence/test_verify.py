"""Verifying finds what was changed behind the program, names the row, and never cries wolf."""

import shutil
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.engine import connect, reader
from models.persistence.keys.keys import Keys
from models.persistence.layout import DATABASE
from models.persistence.verify import Head, Problem, Verification, head_of, refuse_unless_whole, verify
from models.study import Edit, Study
from tests.study_fixtures import BY, open_as


class Forger:
    """Somebody who has the key and writes past the program, having removed the triggers first."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self.database = path / DATABASE
        self.keys = keys

    def strike(self, *statements: str) -> None:
        connection = connect(self.database, self.keys)
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)
        for _, made in triggers:
            connection.execute(made)
        connection.close()

    def verify(self, *heads: Head, since: int = 0) -> Verification:
        engine = reader(self.database, self.keys)
        try:
            return verify(engine, self.keys, heads, since=since)
        finally:
            engine.dispose()


@pytest.fixture
def forger(study: Study, patient: int) -> Forger:
    """A closed study with a history, and who wants to change it."""
    study.save(patient, [Edit("history", {"term": "Gout"})], BY)
    study.save(patient, [Edit("patient", {"sex": "M"}, patient)], Context("", "Typing error"))
    keys = study._folder.keys  # noqa: SLF001
    study.close()
    return Forger(study.path, keys)


def test_a_study_that_nobody_touched_is_whole(forger: Forger) -> None:
    found = forger.verify()
    assert found.problems == ()
    assert found.rows == found.head.rows > 10


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit SET reason = 'nothing' WHERE seq = 12", "row 12"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000+01:00' WHERE seq = 12", "row 12"),
        ("UPDATE audit SET actor = 'somebody' WHERE seq = 12", "row 12"),
        ("DELETE FROM audit WHERE seq = 12", "rows 12 to 12 are missing"),
        ("UPDATE patient SET age = 40", "patient 1: holds something else"),
        ("DELETE FROM history", "history 1: is in the audit trail and not in its table"),
        (
            "INSERT INTO history (id, patient_id, term, entered_at, entered_by) VALUES (9, 1, 'x', 'y', 'z')",
            "history 9: is not in the audit trail",
        ),
        ("UPDATE history SET patient_id = 7", "history 1: holds something else"),
        ("UPDATE history SET term = x'00ff'", "history 1: holds something else"),
        ("UPDATE history SET term = CAST(x'fffe' AS TEXT)", "history 1: holds something else"),
        ("UPDATE audit SET reason = x'00ff' WHERE seq = 12", "row 12"),
        ("UPDATE audit SET actor = CAST(x'fffe' AS TEXT) WHERE seq = 12", "row 12"),
        ("UPDATE audit SET mac = 'no link' WHERE seq = 12", "row 12"),
        ("UPDATE study_fact SET value = 'Elsewhere' WHERE name = 'site_name'", "study_fact 2: holds something else"),
    ],
)
def test_r9_a_change_behind_the_program_is_found_and_named(forger: Forger, statement: str, words: str) -> None:
    forger.strike(statement)
    found = forger.verify()
    assert words in str(found.problems[0])
    with pytest.raises(TrialError, match="does not agree with its audit trail"):
        refuse_unless_whole(found)


def test_r9_a_link_that_is_no_link_is_named_also_where_a_kept_head_meets_it(forger: Forger) -> None:
    head = forger.verify().head
    forger.strike(f"UPDATE audit SET mac = 'no link' WHERE seq = {head.rows}")
    assert forger.verify(head).problems[0].row == head.rows


def test_r9_a_last_link_that_is_no_link_still_has_a_head_to_print(forger: Forger) -> None:
    rows = forger.verify().head.rows
    forger.strike(f"UPDATE audit SET mac = 'no link' WHERE seq = {rows}")
    engine = reader(forger.database, forger.keys)
    assert head_of(engine) == Head(rows, b"no link".hex())
    engine.dispose()


def test_r9_a_hidden_change_is_found_also_under_an_honest_one(forger: Forger, clock: FixedClock) -> None:
    forger.strike("UPDATE patient SET age = 40")
    with open_as(forger.database.parent, clock) as study:
        study.save(1, [Edit("patient", {"age": 41}, 1)], Context("", "Typing error"))
    [problem] = forger.verify().problems
    assert "patient 1: the value it calls old is not the one that was there" in str(problem)


def test_r9_swapped_rows_are_found(forger: Forger) -> None:
    forger.strike(
        "UPDATE audit SET seq = 100000 WHERE seq = 12",
        "UPDATE audit SET seq = 12 WHERE seq = 13",
        "UPDATE audit SET seq = 13 WHERE seq = 100000",
    )
    assert forger.verify().problems[0].row == 12


def test_r9_a_tail_cut_off_with_its_data_is_found_by_a_head_kept_elsewhere(forger: Forger) -> None:
    head = forger.verify().head
    last = head.rows - 1  # the correction; signing out came after it
    forger.strike(
        f"UPDATE patient SET sex = 'F', changed_at = json_extract((SELECT old FROM audit WHERE seq = {last}), "
        "'$.changed_at')",
        f"DELETE FROM audit WHERE seq >= {last}",
    )
    assert forger.verify().problems == ()
    [problem] = forger.verify(head).problems
    assert "cut off" in problem.words


def test_a_printed_head_of_sixteen_digits_is_enough(forger: Forger) -> None:
    head = forger.verify().head
    assert forger.verify(Head(head.rows, head.link[:16])).problems == ()
    assert forger.verify(Head(head.rows, "0" * 16)).problems[0].row == head.rows


def test_a_removed_trigger_is_found(forger: Forger) -> None:
    connection = connect(forger.database, forger.keys)
    connection.execute("DROP TRIGGER audit_patient_update")
    connection.close()
    assert str(forger.verify().problems[0]) == "the database: the trigger audit_patient_update is missing"


def test_a_foreign_trigger_is_found(forger: Forger) -> None:
    connection = connect(forger.database, forger.keys)
    connection.execute("CREATE TRIGGER quiet AFTER INSERT ON patient BEGIN SELECT 1; END")
    connection.close()
    assert str(forger.verify().problems[0]) == "the database: the trigger quiet is not AlbaTrack's"


@pytest.mark.parametrize(("found", "more"), [(1, ""), (3, " (and 2 more)")])
def test_the_refusal_of_a_study_says_the_first_problem_and_how_many_there_are_more(found: int, more: str) -> None:
    problems = tuple(Problem(row, "mrd", row, "was changed") for row in range(1, found + 1))
    with pytest.raises(TrialError) as refused:
        refuse_unless_whole(Verification(9, Head(9, ""), problems))
    assert f": row 1 of the audit trail, mrd 1: was changed{more}. Do not" in str(refused.value)


def test_the_quick_look_of_a_start_follows_the_end_of_the_chain_only(forger: Forger) -> None:
    forger.strike("UPDATE audit SET reason = 'nothing' WHERE seq = 5")
    assert forger.verify().problems[0].row == 5
    assert forger.verify(since=8).problems == ()
    forger.strike("UPDATE audit SET reason = 'nothing' WHERE seq = 12")
    assert forger.verify(since=8).problems[0].row == 12


@pytest.fixture
def old_copy(forger: Forger, tmp_path: Path) -> Path:
    """The database as it was before the newest change."""
    copy = tmp_path / "yesterday.db"
    shutil.copy2(forger.database, copy)
    return copy


def test_an_old_page_put_back_is_found_although_the_file_is_sound(
    forger: Forger, old_copy: Path, clock: FixedClock
) -> None:
    with open_as(forger.database.parent, clock) as study:
        study.save(1, [Edit("history", {"term": "Gouty arthritis"}, 1)], Context("", "Source says so"))
    page = 4096
    now, before = forger.database.read_bytes(), old_copy.read_bytes()
    found = 0
    for start in range(page, min(len(now), len(before)), page):
        if now[start : start + page] != before[start : start + page]:
            forger.database.write_bytes(now[:start] + before[start : start + page] + now[start + page :])
            try:
                problems = forger.verify().problems
            except TrialError:
                problems = ("the file cannot be read",)  # type: ignore[assignment]
            assert problems, f"page {start // page} was put back unseen"
            found += 1
    assert found


def test_an_old_database_put_back_whole_is_found_by_a_head_kept_elsewhere(
    forger: Forger, old_copy: Path, clock: FixedClock
) -> None:
    with open_as(forger.database.parent, clock) as study:
        study.save(1, [Edit("history", {"term": "Gouty arthritis"}, 1)], Context("", "Source says so"))
        head = study.trail.head()
    shutil.copy2(old_copy, forger.database)
    assert forger.verify().problems == ()
    assert "cut off" in forger.verify(head).problems[0].words


def test_the_head_of_a_trail_is_what_verifying_finds(forger: Forger) -> None:
    engine = reader(forger.database, forger.keys)
    assert head_of(engine) == forger.verify().head
    engine.dispose()


def test_r9_what_is_left_of_a_redacted_row_is_not_changed_unseen(forger: Forger, clock: FixedClock) -> None:
    with open_as(forger.database.parent, clock) as study:
        study.save(1, [Edit("history", {"comment": "Mr Esposito's sister"}, 1)], Context("", "Left out"))
        study.save(1, [Edit("history", {"comment": "A sister"}, 1)], Context("", "Names a person"))
    with open_as(forger.database.parent, clock, "I. Bianchi") as study:
        study.trail.redact("history", 1, "comment", "Names a person")
        [redacted, *_] = [line.row for line in study.trail.lines() if line.kind == "history"]
    assert forger.verify().problems == ()
    forger.strike(f"UPDATE audit SET actor = 'somebody' WHERE seq = {redacted}")
    assert forger.verify().problems[0].row == redacted
