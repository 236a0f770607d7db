"""Everything that makes a signature void, and everything that does not."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.counting import counted
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.queries.coverage import covered, without_papers
from models.queries.signatures import signature_line
from models.study import Edit, Study
from models.study_types import SignatureView
from tests.signing_fixtures import DAY, WHY, copies, enter, haemoglobin, sign
from tests.study_fixtures import PASSWORD, SitDown


def standing(study: Study, patient: int) -> SignatureView:
    [signature] = study.signing.signatures(patient)
    return signature


def id_of(study: Study, patient: int, kind: str) -> int:
    return study.chart(patient).records[kind][-1].id


def corrected_value(study: Study, patient: int, visit: int) -> None:
    value = Quantity(Decimal("9.9"), "g/dL")
    study.save(patient, [Edit("lab", {"value": value}, id_of(study, patient, "lab"))], WHY)


def corrected_replicate(study: Study, patient: int, visit: int) -> None:
    changed = Edit("replicate", {"control_copies": copies("43801")}, id_of(study, patient, "replicate"))
    study.save(patient, [Edit("mrd", {}, id_of(study, patient, "mrd"), (changed,))], WHY)


def changed_and_changed_back(study: Study, patient: int, visit: int) -> None:
    study.save(patient, [Edit("visit", {"comment": "Seen"}, visit)], WHY)
    study.save(patient, [Edit("visit", {"comment": None}, visit)], WHY)


def withdrawn_record(study: Study, patient: int, visit: int) -> None:
    study.void(patient, "lab", id_of(study, patient, "lab"), WHY)


def withdrawn_visit(study: Study, patient: int, visit: int) -> None:
    study.void(patient, "visit", visit, WHY)


def one_more_value_of_the_day(study: Study, patient: int, visit: int) -> None:
    enter(study, patient, haemoglobin("3.9", test="ALB"))


def moved_away(study: Study, patient: int, visit: int) -> None:
    day = PartialDate(2026, 4, 4)
    study.save(patient, [Edit("lab", {"collected": day}, id_of(study, patient, "lab"))], WHY)


def locked_and_unlocked(study: Study, patient: int, visit: int) -> None:
    study.locking.lock(patient, visit, "Cleaned")
    study.locking.unlock(patient, visit, "One value missing")


def patient_unlocked(study: Study, patient: int, visit: int) -> None:
    study.locking.lock(patient, None, "Cleaned")
    study.locking.unlock(patient, None, "One value missing")


def unfrozen(study: Study, patient: int, visit: int) -> None:
    study.locking.freeze("Analysis")
    study.locking.unfreeze("One value missing")


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (corrected_value, "Laboratory value, Haemoglobin, 3 Apr 2026: Value changed by I. Bianchi."),
        (corrected_replicate, "MRD replicate, 1: Control-gene copies changed by I. Bianchi."),
        (changed_and_changed_back, ": Comment changed by I. Bianchi."),
        (withdrawn_record, "Laboratory value, Haemoglobin, 3 Apr 2026: withdrawn by I. Bianchi."),
        (withdrawn_visit, ": withdrawn by I. Bianchi."),
        (one_more_value_of_the_day, "Laboratory value, Albumin, 3 Apr 2026 was added by I. Bianchi."),
        (moved_away, "Laboratory value, Haemoglobin, 3 Apr 2026: Collected changed by I. Bianchi."),
        (locked_and_unlocked, "The visit was unlocked by I. Bianchi."),
        (patient_unlocked, "The patient was unlocked by I. Bianchi."),
        (unfrozen, "The study was unfrozen by I. Bianchi."),
    ],
)
def test_a_signature_is_void_and_says_why(
    investigator: Study,
    patient: int,
    visit: int,
    clock: FixedClock,
    act: Callable[[Study, int, int], None],
    why: str,
) -> None:
    sign(investigator, patient, visit)
    act(investigator, patient, visit)
    signature = standing(investigator, patient)
    assert not signature.valid
    assert signature.why_void.endswith(why)
    assert signature.void_since == clock.now()
    assert signature_line(signature, Desk.ENGLISH).endswith(
        f"VOID since 2 Oct 2026, 09:00 UTC+01:00: {signature.why_void}"
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\nA report of a made-up patient\n%%EOF")
    return path


def paper(study: Study, patient: int, about: tuple[str, int] | None, report: Path) -> int:
    return dict(study.documents.add(patient, "Report", DAY, report, about).records)["document"]


@pytest.mark.parametrize("kind", ["visit", "lab", "replicate"])
def test_r15_a_paper_about_what_was_signed_that_is_added_later_makes_the_signature_void(
    investigator: Study, patient: int, visit: int, report: Path, kind: str
) -> None:
    sign(investigator, patient, visit)
    paper(investigator, patient, (kind, id_of(investigator, patient, kind)), report)
    assert standing(investigator, patient).why_void == "Document, Report, 3 Apr 2026 was added by I. Bianchi."


def test_r15_a_paper_that_was_signed_with_its_visit_and_is_withdrawn_makes_the_signature_void(
    investigator: Study, patient: int, visit: int, report: Path
) -> None:
    document = paper(investigator, patient, ("visit", visit), report)
    assert investigator.signing.covers(patient, visit)["Document"] == 1
    assert sign(investigator, patient, visit).valid
    investigator.documents.withdraw(document, "Another patient's")
    assert standing(investigator, patient).why_void == "Document, Report, 3 Apr 2026: withdrawn by I. Bianchi."


def test_a_paper_about_another_record_or_the_patient_as_a_whole_leaves_a_visits_signature_valid(
    investigator: Study, patient: int, visit: int, report: Path
) -> None:
    sign(investigator, patient, visit)
    for about in (None, ("consent", id_of(investigator, patient, "consent"))):
        paper(investigator, patient, about, report)
    assert standing(investigator, patient).valid


def test_every_paper_of_the_file_belongs_to_the_whole_record(investigator: Study, patient: int, report: Path) -> None:
    sign(investigator, patient, None)
    paper(investigator, patient, None, report)
    assert standing(investigator, patient).why_void.startswith("Document, Report")


def test_a_paper_of_which_is_corrected_whether_it_shows_the_patient_leaves_a_signature_valid(
    investigator: Study, sit_down: SitDown, patient: int, visit: int, report: Path
) -> None:
    coordinator = sit_down("C. Rossi")
    made = coordinator.documents.add(patient, "Report", DAY, report, ("visit", visit), shows_identity=False)
    sign(sit_down("I. Bianchi"), patient, visit)
    sit_down("C. Rossi").documents.mark(dict(made.records)["document"], shows_identity=True, reason="Name at the foot")
    assert standing(sit_down("I. Bianchi"), patient).valid


def test_a_signature_from_before_papers_belonged_to_a_visit_holds(
    investigator: Study, patient: int, visit: int, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper(investigator, patient, ("visit", visit), report)
    monkeypatch.setattr("models.services.signing.covered", lambda state, visit: without_papers(covered(state, visit)))
    assert sign(investigator, patient, visit).valid


def test_the_first_reason_is_the_one_that_is_said(investigator: Study, patient: int, visit: int) -> None:
    sign(investigator, patient, visit)
    corrected_value(investigator, patient, visit)
    withdrawn_visit(investigator, patient, visit)
    assert "Value changed" in standing(investigator, patient).why_void


def test_a_text_removed_from_the_trail_leaves_the_reason_why_a_signature_is_void(
    investigator: Study, patient: int, visit: int
) -> None:
    investigator.save(patient, [Edit("visit", {"comment": "Came with Anna Example"}, visit)], WHY)
    sign(investigator, patient, visit)
    investigator.save(patient, [Edit("visit", {"comment": "Came with a relative"}, visit)], WHY)
    investigator.trail.redact("visit", visit, "comment", "Names a person")
    assert standing(investigator, patient).why_void.endswith(": Comment changed by I. Bianchi.")


def test_locking_freezing_asking_and_verifying_leave_a_signature_valid(
    investigator: Study, sit_down: SitDown, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    investigator.locking.lock(patient, visit, "Cleaned")
    monitor = sit_down("M. Neri")
    monitor.review.verify(patient, "visit", visit)
    monitor.review.ask(patient, "visit", visit, "date", "Is this the day?", "coordinator")
    sit_down("I. Bianchi").locking.freeze("Analysis")
    assert standing(sit_down("M. Neri"), patient).valid


def test_what_belongs_to_no_visit_or_to_another_leaves_a_signature_valid(
    investigator: Study, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    grade = Edit("ae_grade", {"since": DAY, "grade": "2"})
    enter(
        investigator,
        patient,
        Edit("adverse_event", {"term": "Fever", "version": "4.03", "began": DAY}, 0, (grade,)),
        Edit("exposure", {"drug": "dasatinib", "began": DAY, "dose": Quantity(Decimal(140), "mg")}),
        haemoglobin(collected=PartialDate(2026, 4, 4)),
        haemoglobin("3.9", visit=investigator.protocol.visits[4].code, test="ALB"),
        why="Late",
    )
    investigator.save(
        patient, [Edit("identity", {"family_name": "Example"}, id_of(investigator, patient, "identity"))], WHY
    )
    assert standing(investigator, patient).valid


def test_an_unlocking_of_another_visit_leaves_a_signature_valid(investigator: Study, patient: int, visit: int) -> None:
    code = investigator.protocol.visits[4].code
    [other, *_] = enter(investigator, patient, Edit("visit", {"code": code, "status": "MISSED", "reason": "Away"}))
    sign(investigator, patient, visit)
    locked_and_unlocked(investigator, patient, other)
    assert standing(investigator, patient).valid


def test_unlocking_one_visit_voids_the_signature_of_the_whole_record(
    investigator: Study, patient: int, visit: int
) -> None:
    sign(investigator, patient, None)
    locked_and_unlocked(investigator, patient, visit)
    assert standing(investigator, patient).why_void == "The visit was unlocked by I. Bianchi."


def test_a_signature_made_after_an_unlocking_holds(investigator: Study, patient: int, visit: int) -> None:
    locked_and_unlocked(investigator, patient, visit)
    unfrozen(investigator, patient, visit)
    assert sign(investigator, patient, visit).valid


def test_two_unscheduled_visits_are_signed_each_with_the_values_of_its_own_day(
    investigator: Study, patient: int
) -> None:
    first, second = PartialDate(2026, 5, 4), PartialDate(2026, 5, 11)
    uns = [Edit("visit", {"code": "UNS", "status": "DONE", "date": day, "reason": "Fever"}) for day in (first, second)]
    [one, other] = [id_ for kind, id_ in investigator.save(patient, uns, WHY).records if kind == "visit"]
    enter(investigator, patient, haemoglobin(collected=first, visit="UNS"), why="Late")
    sign(investigator, patient, one)
    sign(investigator, patient, other)
    enter(investigator, patient, haemoglobin(collected=second, visit="UNS"), why="Late")
    assert [s.valid for s in investigator.signing.signatures(patient)] == [True, False]


def test_the_whole_record_is_signed_with_its_adverse_events_and_without_the_identity(
    investigator: Study, patient: int
) -> None:
    signature = sign(investigator, patient, None, "responsibility")
    assert (signature.visit, signature.about) == (None, "The whole record")
    identity = Edit("identity", {"family_name": "Example"}, id_of(investigator, patient, "identity"))
    investigator.save(patient, [identity], WHY)
    assert standing(investigator, patient).valid
    grade = Edit("ae_grade", {"since": DAY, "grade": "2"})
    enter(investigator, patient, Edit("adverse_event", {"term": "Fever", "version": "4.03", "began": DAY}, 0, (grade,)))
    assert standing(investigator, patient).why_void == "Adverse event, Fever, 3 Apr 2026 was added by I. Bianchi."


def test_a_signature_copied_to_another_visit_is_void_at_once(investigator: Study, patient: int, visit: int) -> None:
    code = investigator.protocol.visits[4].code
    [other, *_] = enter(investigator, patient, Edit("visit", {"code": code, "status": "MISSED", "reason": "Away"}))
    signature = sign(investigator, patient, visit)
    write = investigator._folder.write  # noqa: SLF001 - as somebody would who has the key and knows SQL
    assert write
    with write.begin() as connection:
        names = "patient_id, printed_name, role, meaning, digest, as_of, entered_at, entered_by"
        connection.exec_driver_sql(f"INSERT INTO signature (visit, {names}) SELECT {other}, {names} FROM signature")
    original, copied = investigator.signing.signatures(patient)
    assert original == signature
    assert copied.why_void == "The data kept under it are not those that were signed."


def test_signatures_are_read_with_the_same_number_of_statements_however_many_there_are(
    investigator: Study, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    with counted() as few:
        investigator.signing.signatures(patient)
    for meaning in ("review", "responsibility"):
        sign(investigator, patient, visit, meaning)
    one_more_value_of_the_day(investigator, patient, visit)
    with counted() as many:
        assert len(investigator.signing.signatures(patient)) == 3
    assert len(many) == len(few) > 0


def test_a_person_reading_only_sees_signatures_and_cannot_sign(
    investigator: Study, patient: int, visit: int, clock: FixedClock
) -> None:
    sign(investigator, patient, visit)
    with Study.open(investigator.path, "I. Bianchi", PASSWORD, clock=clock, read_only=True) as reading:
        assert standing(reading, patient).valid
        with pytest.raises(TrialError, match="reading only"):
            reading.signing.sign(patient, visit, "review", PASSWORD, "I. Bianchi")
