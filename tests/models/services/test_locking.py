"""Locks on visits and patients, and the frozen study: nothing in them changes, whoever tries and however."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests.signing_fixtures import DAY, WHY, copies, haemoglobin, mrd
from tests.study_fixtures import BY, PASSWORD, SitDown

OTHER_DAY = PartialDate(2026, 4, 4)
LOCKED = "was locked by I. Bianchi on 2 Oct 2026, 09:00 UTC.01:00 .Cleaned., so nothing in it can be changed"


def id_of(study: Study, patient: int, kind: str) -> int:
    return study.chart(patient).records[kind][0].id


@pytest.fixture
def investigator(sit_down: SitDown, patient: int) -> Study:
    """With a visit, a laboratory value and an MRD result of its day, and a value of another day."""
    study = sit_down("I. Bianchi")
    edits = (
        Edit("visit", {"code": study.protocol.visits[3].code, "status": "DONE", "date": DAY}),
        haemoglobin(),
        haemoglobin(collected=OTHER_DAY),
        mrd(),
    )
    study.save(patient, edits, WHY)
    return study


@pytest.fixture
def visit(investigator: Study, patient: int) -> int:
    return id_of(investigator, patient, "visit")


def correct_the_visit(study: Study, patient: int) -> None:
    study.save(patient, [Edit("visit", {"comment": "Seen"}, id_of(study, patient, "visit"))], WHY)


def correct_a_value(study: Study, patient: int) -> None:
    study.save(patient, [Edit("lab", {"comment": "Seen"}, id_of(study, patient, "lab"))], WHY)


def correct_a_replicate(study: Study, patient: int) -> None:
    changed = Edit("replicate", {"control_copies": copies("43801")}, id_of(study, patient, "replicate"))
    study.save(patient, [Edit("mrd", {}, id_of(study, patient, "mrd"), (changed,))], WHY)


def correct_a_replicate_by_itself(study: Study, patient: int) -> None:
    study.save(patient, [Edit("replicate", {"number": 2}, id_of(study, patient, "replicate"))], WHY)


def withdraw_a_replicate(study: Study, patient: int) -> None:
    study.void(patient, "replicate", id_of(study, patient, "replicate"), WHY)


def withdraw_a_value(study: Study, patient: int) -> None:
    study.void(patient, "lab", id_of(study, patient, "lab"), WHY)


def withdraw_the_visit(study: Study, patient: int) -> None:
    study.void(patient, "visit", id_of(study, patient, "visit"), WHY)


def add_a_value(study: Study, patient: int) -> None:
    study.save(patient, [haemoglobin(test="ALB")], WHY)


def move_a_value_into_it(study: Study, patient: int) -> None:
    other = study.chart(patient).records["lab"][1].id
    study.save(patient, [Edit("lab", {"collected": DAY}, other)], WHY)


def move_a_value_out_of_it(study: Study, patient: int) -> None:
    study.save(patient, [Edit("lab", {"collected": OTHER_DAY}, id_of(study, patient, "lab"))], WHY)


ON_THE_VISIT = [
    correct_the_visit,
    correct_a_value,
    correct_a_replicate,
    correct_a_replicate_by_itself,
    withdraw_a_replicate,
    withdraw_a_value,
    withdraw_the_visit,
    add_a_value,
    move_a_value_into_it,
    move_a_value_out_of_it,
]


@pytest.mark.parametrize("act", ON_THE_VISIT)
@pytest.mark.parametrize("whole", [False, True], ids=["visit", "patient"])
def test_nothing_locked_is_changed_and_the_lock_says_who_when_why_and_what_to_do(
    investigator: Study, patient: int, visit: int, act: Callable[[Study, int], None], whole: bool
) -> None:
    before = investigator.chart(patient).records
    investigator.locking.lock(patient, None if whole else visit, "Cleaned")
    with pytest.raises(TrialError, match=LOCKED) as caught:
        act(investigator, patient)
    assert str(caught.value).endswith("Ask an investigator to unlock it, with a reason.")
    assert ("This patient’s record" if whole else "The visit “") in str(caught.value)
    assert investigator.chart(patient).records == before


@pytest.mark.parametrize("act", ON_THE_VISIT)
def test_what_was_unlocked_is_changed_again(
    investigator: Study, patient: int, visit: int, act: Callable[[Study, int], None]
) -> None:
    for locked in (visit, None):
        investigator.locking.lock(patient, locked, "Cleaned")
        investigator.locking.unlock(patient, locked, "One value missing")
    before = investigator.chart(patient).records
    act(investigator, patient)
    assert investigator.chart(patient).records != before


def test_what_a_locked_visit_does_not_cover_is_open(investigator: Study, patient: int, visit: int) -> None:
    investigator.locking.lock(patient, visit, "Cleaned")
    investigator.save(
        patient,
        [
            Edit("exposure", {"drug": "dasatinib", "began": DAY, "dose": Quantity(Decimal(140), "mg")}),
            haemoglobin(test="ALB", collected=OTHER_DAY),
        ],
        WHY,
    )
    assert len(investigator.chart(patient).records["exposure"]) == 1


def test_a_locked_patient_takes_no_new_record_and_no_document(investigator: Study, patient: int, tmp_path: Any) -> None:
    investigator.locking.lock(patient, None, "Cleaned")
    with pytest.raises(TrialError, match=LOCKED):
        investigator.save(patient, [Edit("contact", {"date": DAY})], WHY)
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF-1.7")
    with pytest.raises(TrialError, match=LOCKED):
        investigator.documents.add(patient, "Report", None, paper)


def test_a_paper_of_a_locked_visit_is_neither_added_nor_withdrawn_nor_marked(
    investigator: Study, patient: int, visit: int, tmp_path: Path
) -> None:
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF-1.7")
    result = ("mrd", id_of(investigator, patient, "mrd"))
    investigator.documents.add(patient, "Report", None, paper, result)
    investigator.documents.add(patient, "Letter", None, paper)
    known, of_no_visit = investigator.documents.list(patient)
    investigator.locking.lock(patient, visit, "Cleaned")
    for act in (
        lambda: investigator.documents.add(patient, "Report, page 2", None, paper, result),
        lambda: investigator.documents.withdraw(known.id, "Another patient's"),
        lambda: investigator.documents.mark(known.id, shows_identity=False, reason="Looked at it"),
    ):
        with pytest.raises(TrialError, match=LOCKED):
            act()
    investigator.documents.withdraw(of_no_visit.id, "Scanned again")
    assert investigator.documents.list(patient) == (known,)


def test_a_locked_record_is_not_reached_through_another_patient(investigator: Study, patient: int) -> None:
    values = {"screening_number": "S9", "screened": PartialDate(2026, 1, 2), "sex": "M"}
    other = investigator.screen([Edit("patient", values)], BY).patient
    assert other
    investigator.locking.lock(patient, None, "Cleaned")
    with pytest.raises(TrialError, match="another patient"):
        investigator.save(other, [Edit("lab", {"comment": "Seen"}, id_of(investigator, patient, "lab"))], WHY)
    with pytest.raises(TrialError, match="another patient"):
        investigator.void(other, "lab", id_of(investigator, patient, "lab"), WHY)


def test_another_patient_of_the_study_stays_open(investigator: Study, patient: int) -> None:
    values = {"screening_number": "S9", "screened": PartialDate(2026, 1, 2), "sex": "M"}
    other = investigator.screen([Edit("patient", values)], BY).patient
    assert other
    investigator.locking.lock(patient, None, "Cleaned")
    investigator.save(other, [haemoglobin()], WHY)


def test_locks_are_told_with_who_when_and_why(investigator: Study, patient: int, visit: int, clock: FixedClock) -> None:
    assert investigator.locking.locks(patient) == ()
    investigator.locking.lock(patient, visit, " Cleaned ")
    investigator.locking.lock(patient, None, "Finished")
    of_visit, of_patient = investigator.locking.locks(patient)
    assert (of_visit.visit, of_visit.code) == (visit, investigator.protocol.visits[3].code)
    assert (of_visit.by, of_visit.at, of_visit.why) == ("I. Bianchi", clock.now(), "Cleaned")
    assert (of_patient.visit, of_patient.why) == (None, "Finished")
    investigator.locking.unlock(patient, None, "One value missing")
    assert investigator.locking.locks(patient) == (of_visit,)


def test_every_lock_and_unlock_is_in_the_trail_with_its_reason(investigator: Study, patient: int, visit: int) -> None:
    investigator.locking.lock(patient, visit, "Cleaned")
    investigator.locking.unlock(patient, visit, "One value missing")
    lines = [line for line in investigator.trail.lines() if line.kind == "record_lock"]
    assert [(line.actor, line.reason) for line in lines] == [
        ("I. Bianchi", "One value missing"),
        ("I. Bianchi", "Cleaned"),
    ]


@pytest.mark.parametrize("why", ["", " ", "\t\n"])
def test_no_lock_is_turned_without_a_reason(investigator: Study, patient: int, why: str) -> None:
    locking = investigator.locking
    for turn in (locking.freeze, locking.unfreeze):
        with pytest.raises(TrialError, match="needs a reason"):
            turn(why)
    for turn_one in (locking.lock, locking.unlock):
        with pytest.raises(TrialError, match="needs a reason"):
            turn_one(patient, None, why)


def test_a_lock_is_turned_once(investigator: Study, patient: int, visit: int) -> None:
    with pytest.raises(TrialError, match="not locked"):
        investigator.locking.unlock(patient, visit, "Mistake")
    investigator.locking.lock(patient, visit, "Cleaned")
    with pytest.raises(TrialError, match="locked already"):
        investigator.locking.lock(patient, visit, "Cleaned")


@pytest.mark.parametrize("login", ["A. Verdi", "C. Rossi", "M. Neri"])
def test_only_an_investigator_locks(investigator: Study, sit_down: SitDown, patient: int, login: str) -> None:
    locking = sit_down(login).locking
    for turn in (locking.freeze, locking.unfreeze):
        with pytest.raises(TrialError, match="may not lock or unlock"):
            turn("Because")
    for turn_one in (locking.lock, locking.unlock):
        with pytest.raises(TrialError, match="may not lock or unlock"):
            turn_one(patient, None, "Because")


# ---- the frozen study


@pytest.mark.parametrize("act", ON_THE_VISIT)
def test_a_frozen_study_is_open_for_reading_only_and_says_why(
    investigator: Study, patient: int, act: Callable[[Study, int], None]
) -> None:
    before = investigator.chart(patient).records
    investigator.locking.freeze("Analysis")
    with pytest.raises(TrialError, match=r"frozen by I. Bianchi on 2 Oct 2026, 09:00 UTC.01:00 \(Analysis\)"):
        act(investigator, patient)
    assert investigator.chart(patient).records == before


def test_a_frozen_study_opens_read_only_until_it_is_unfrozen(
    investigator: Study, sit_down: SitDown, patient: int, clock: FixedClock
) -> None:
    before = investigator.read_only
    investigator.locking.freeze("Analysis")
    assert (before, investigator.read_only) == (False, True)
    coordinator = sit_down("C. Rossi")
    assert coordinator.read_only
    assert coordinator.locking.frozen == ("I. Bianchi", clock.now(), "Analysis")
    study = sit_down("I. Bianchi")
    study.locking.unfreeze("One value missing")
    assert not study.read_only
    correct_a_value(study, patient)


def test_in_a_frozen_study_nothing_is_asked_verified_signed_locked_or_set(
    investigator: Study, sit_down: SitDown, patient: int, visit: int
) -> None:
    investigator.locking.freeze("Analysis")
    with pytest.raises(TrialError, match="was frozen"):
        investigator.signing.sign(patient, visit, "review", PASSWORD, "I. Bianchi")
    with pytest.raises(TrialError, match="was frozen"):
        investigator.locking.lock(patient, visit, "Cleaned")
    with pytest.raises(TrialError, match="was frozen"):
        investigator.locking.freeze("Again")
    with pytest.raises(TrialError, match="was frozen"):
        investigator.set_setting("site_name", "North", WHY)
    monitor = sit_down("M. Neri")
    with pytest.raises(TrialError, match="was frozen"):
        monitor.review.ask(patient, "visit", visit, "date", "Is this the day?", "coordinator")
    with pytest.raises(TrialError, match="was frozen"):
        monitor.review.verify(patient, "visit", visit)


def test_what_is_printed_from_a_frozen_study_is_still_logged(investigator: Study, patient: int) -> None:
    investigator.locking.freeze("Analysis")
    investigator.trail.note("print", {"what": "visit summary"}, patient)
    assert investigator.trail.lines()[0].act == "print"


def test_freezing_is_no_setting_that_a_coordinator_can_write(investigator: Study, sit_down: SitDown) -> None:
    investigator.locking.freeze("Analysis")
    with pytest.raises(TrialError, match="by a command of its own"):
        sit_down("C. Rossi").set_setting("frozen", "", WHY)


def test_a_study_that_is_not_frozen_is_not_unfrozen(investigator: Study) -> None:
    with pytest.raises(TrialError, match="not frozen"):
        investigator.locking.unfreeze("Mistake")


def test_freezing_and_unfreezing_are_in_the_trail_with_their_reasons(investigator: Study) -> None:
    investigator.locking.freeze("Analysis")
    investigator.locking.unfreeze("One value missing")
    lines = [line for line in investigator.trail.lines() if line.kind == "study_fact"][:2]
    assert [(line.actor, line.reason) for line in lines] == [
        ("I. Bianchi", "One value missing"),
        ("I. Bianchi", "Analysis"),
    ]


def test_a_form_is_told_in_words_that_its_record_is_locked(investigator: Study, patient: int) -> None:
    visit, value = id_of(investigator, patient, "visit"), id_of(investigator, patient, "lab")
    assert investigator.locking.refusal(patient, "visit", visit) == ""
    investigator.locking.lock(patient, visit, "Cleaned")
    assert "was locked by I. Bianchi" in investigator.locking.refusal(patient, "visit", visit)
    assert "was locked by I. Bianchi" in investigator.locking.refusal(patient, "lab", value)
    assert investigator.locking.refusal(patient, "lab", 0) == "", "a new record belongs to no visit yet"
    investigator.locking.lock(patient, None, "Data cut")
    assert "This patient’s record was locked" in investigator.locking.refusal(patient, "lab", 0)
