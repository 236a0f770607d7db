"""A personal text leaves the audit trail: only a text, for a reason that stays, with the chain whole."""

import pytest
from sqlalchemy import text

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import FieldType
from models.domain.partial_dates import PartialDate
from models.persistence.redaction import BLACK, is_text
from models.records import KINDS
from models.study import Edit, Study
from models.study_types import TrailFilter
from tests.signing_fixtures import enter, haemoglobin
from tests.study_fixtures import BY, SitDown

NAMED = "Mr Esposito's sister"
WHY = "Names a person who is not in the trial"


@pytest.fixture
def corrected(study: Study, patient: int) -> Study:
    """A comment that named somebody, and was corrected."""
    study.save(patient, [Edit("history", {"term": "Gout", "comment": NAMED})], BY)
    study.save(patient, [Edit("history", {"comment": "A sister"}, 1)], Context("", "Names a person"))
    return study


@pytest.fixture
def investigator(corrected: Study, sit_down: SitDown) -> Study:
    """The same, in which the investigator has sat down."""
    return sit_down("I. Bianchi")


def kept(study: Study) -> str:
    """Everything that the trail, the records and the drafts hold, as text."""
    with study._folder.read.begin() as connection:  # noqa: SLF001 - what lies in the tables is what the test is about
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return repr([connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables])


def test_r8_a_personal_text_is_blacked_out_for_a_reason_and_the_chain_stays_whole(
    investigator: Study, patient: int
) -> None:
    with pytest.raises(TrialError, match="needs a reason"):
        investigator.trail.redact("history", 1, "comment", " ")
    assert investigator.trail.redact("history", 1, "comment", WHY) == 2
    newest = investigator.trail.lines()[0]
    assert (newest.act, newest.details["field"], newest.reason) == ("redaction", "comment", WHY)
    assert newest.which == "Medical history, Gout: Comment"
    investigator.save(patient, [Edit("history", {"comment": "One sister"}, 1)], Context("", "There is one"))
    investigator.trail.redact("history", 1, "comment", WHY)
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_what_was_removed_is_overwritten_in_the_file_and_not_only_let_go_of(investigator: Study) -> None:
    write = investigator._folder.write  # noqa: SLF001 - the pages are encrypted: what SQLite does to them is asked for
    assert write is not None
    with write.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_r8_only_who_answers_for_the_record_removes_a_text(corrected: Study, sit_down: SitDown) -> None:
    for login in ("C. Rossi", "M. Neri", "A. Verdi"):
        with pytest.raises(TrialError, match="may not remove texts from the audit trail"):
            sit_down(login).trail.redact("history", 1, "comment", WHY)


def test_a_text_that_still_stands_is_corrected_first(investigator: Study, patient: int) -> None:
    investigator.save(patient, [Edit("history", {"term": "Fever", "comment": "Seen by Anna"})], BY)
    with pytest.raises(TrialError, match="still stands"):
        investigator.trail.redact("history", 2, "comment", WHY)


@pytest.mark.parametrize("field", ["value", "collected", "test"])
def test_r8_a_measured_value_a_day_and_a_code_stay_in_the_trail(
    study: Study, patient: int, sit_down: SitDown, field: str
) -> None:
    [record] = enter(study, patient, haemoglobin(), why="As on the report")
    other = haemoglobin("98", test="PROT", collected=PartialDate(2026, 4, 4)).values[field]
    study.save(patient, [Edit("lab", {field: other}, record)], Context("", "Typing error"))
    with pytest.raises(TrialError, match="is no text that somebody typed, and stays in the audit trail"):
        sit_down("I. Bianchi").trail.redact("lab", record, field, WHY)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_a_typed_text_can_be_removed(kind: str) -> None:
    texts = {name for name, field in KINDS[kind].fields.items() if field.type in (FieldType.TEXT, FieldType.NOTE)}
    assert {name for name in KINDS[kind].fields if is_text(kind, name)} <= texts


@pytest.mark.parametrize(
    ("kind", "field"),
    [("account", "name"), ("signature", "printed_name"), ("document", "secret"), ("patient", "subject_number")],
)
def test_what_tells_who_and_what_is_no_typed_text(kind: str, field: str) -> None:
    assert not is_text(kind, field)


def test_a_former_name_of_a_patient_can_be_removed(study: Study, patient: int, sit_down: SitDown) -> None:
    for name in ("Zanardi", "Zanardo"):
        study.save(patient, [Edit("identity", {"family_name": name}, 1)], Context("", "Misspelt"))
    investigator = sit_down("I. Bianchi")
    investigator.trail.redact("identity", 1, "family_name", WHY)
    changes = [change for line in investigator.trail.lines() for change in line.changes]
    assert "Zanardi" not in [value for change in changes for value in (change.old, change.new)]
    assert investigator.trail.verify().problems == ()


def test_the_reason_of_a_change_is_removed_from_all_that_was_saved_with_it(
    study: Study, patient: int, sit_down: SitDown
) -> None:
    edits = [Edit("history", {"term": "Gout"}), Edit("history", {"term": "Fever"})]
    study.save(patient, edits, Context("", f"Told by {NAMED}"))
    investigator = sit_down("I. Bianchi")
    row = investigator.trail.lines(TrailFilter(kinds=("history",)))[0].row
    assert investigator.trail.redact_reason(row, WHY) == 2
    lines = investigator.trail.lines(TrailFilter(kinds=("history",)))
    assert [line.reason for line in lines] == [BLACK, BLACK]
    assert investigator.trail.lines()[0].told.endswith("; what: reason")
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_the_reason_of_a_withdrawal_goes_from_the_record_too(study: Study, patient: int, sit_down: SitDown) -> None:
    study.save(patient, [Edit("history", {"term": "Gout"})], BY)
    study.void(patient, "history", 1, Context("", f"Entered for {NAMED}"))
    investigator = sit_down("I. Bianchi")
    investigator.trail.redact_reason(investigator.trail.lines(TrailFilter(kinds=("history",)))[0].row, WHY)
    assert investigator.withdrawn(patient, "history")
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_what_a_withdrawn_record_says_is_removed_from_it_too(study: Study, patient: int, sit_down: SitDown) -> None:
    study.save(patient, [Edit("history", {"term": "Gout", "comment": NAMED})], BY)
    study.void(patient, "history", 1, Context("", "Another patient"))
    investigator = sit_down("I. Bianchi")
    investigator.trail.redact("history", 1, "comment", WHY)
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_the_reason_of_a_lock_goes_from_the_lock_too_and_the_lock_holds(
    study: Study, patient: int, sit_down: SitDown
) -> None:
    investigator = sit_down("I. Bianchi")
    investigator.locking.lock(patient, None, f"Asked for by {NAMED}")
    investigator.trail.redact_reason(investigator.trail.lines(TrailFilter(kinds=("record_lock",)))[0].row, WHY)
    assert investigator.locking.locks(patient)
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_a_line_without_a_reason_has_none_to_remove(investigator: Study) -> None:
    with pytest.raises(TrialError, match="has no reason that could be removed"):
        investigator.trail.redact_reason(investigator.trail.head().rows, WHY)


def test_a_removed_reason_is_not_removed_again(investigator: Study) -> None:
    row = investigator.trail.lines(TrailFilter(kinds=("history",)))[0].row
    investigator.trail.redact_reason(row, WHY)
    with pytest.raises(TrialError, match="has no reason that could be removed"):
        investigator.trail.redact_reason(row, WHY)


def test_what_was_said_in_a_query_is_removed_though_nobody_can_correct_it(
    investigator: Study, patient: int, sit_down: SitDown
) -> None:
    sit_down("M. Neri").review.ask(patient, "history", 1, "comment", f"Is {NAMED} meant?", "coordinator")
    again = sit_down("I. Bianchi")
    again.trail.redact("query_step", 1, "words", WHY)
    [query] = again.review.queries(patient)
    assert query.asked.words == BLACK
    assert again.trail.verify().problems == ()
    assert NAMED not in kept(again)


def test_the_name_of_a_data_cut_is_removed_though_nobody_can_correct_it(study: Study, sit_down: SitDown) -> None:
    cut = study.cohorts.cuts.make(f"As {NAMED} asked", PartialDate(2026, 3, 1))
    investigator = sit_down("I. Bianchi")
    investigator.trail.redact("data_cut", cut.id, "name", WHY)
    assert [each.name for each in investigator.cohorts.cuts.all()] == [BLACK]
    assert investigator.trail.verify().problems == ()
    assert NAMED not in kept(investigator)


def test_a_draft_loses_the_text_and_nothing_else(corrected: Study, sit_down: SitDown) -> None:
    corrected.save_draft("history/1/1", {"comment": f"Not {NAMED}, a cousin", "term": "Gout"})
    sit_down("I. Bianchi").trail.redact("history", 1, "comment", WHY)
    assert sit_down("C. Rossi").draft("history/1/1") == {"comment": f"Not {BLACK}, a cousin", "term": "Gout"}


def test_a_removal_leaves_a_signature_valid_and_needs_no_unfreezing(investigator: Study, patient: int) -> None:
    investigator.signing.sign(patient, None, "review", "correct horse battery", "I. Bianchi")
    investigator.locking.freeze("Analysis")
    investigator.trail.redact("history", 1, "comment", WHY)
    assert investigator.signing.signatures(patient)[0].valid
