"""Electronic signatures: who can sign, and what a signature says."""

import hashlib
import json

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.queries.signatures import signature_line
from models.study import Edit, Study
from tests.signing_fixtures import WHY, sign
from tests.study_fixtures import BY, PASSWORD, SitDown


def test_a_signature_shows_printed_name_role_moment_and_meaning(
    investigator: Study, patient: int, visit: int, clock: FixedClock
) -> None:
    signature = sign(investigator, patient, visit)
    assert (signature.name, signature.role, signature.meaning) == (
        "I. Bianchi",
        "Investigator",
        "I approve these data as complete and correct",
    )
    assert signature.at == clock.now()
    assert signature.valid
    assert signature_line(signature, Desk.ENGLISH) == (
        f"{signature.about}: signed electronically by I. Bianchi (investigator) on 2 Oct 2026, 09:00 UTC+01:00, "
        "meaning “I approve these data as complete and correct”."
    )


def test_the_trail_lists_what_was_signed_and_in_which_versions(investigator: Study, patient: int, visit: int) -> None:
    signature = sign(investigator, patient, visit)
    [event] = [line for line in investigator.trail.lines() if line.act == "signature"]
    assert event.actor == "I. Bianchi"
    assert event.details["digest"] == signature.digest
    covers = {(kind, id_): version for kind, id_, version in event.details["covers"]}
    assert {kind for kind, _ in covers} == {"visit", "lab", "mrd", "replicate"}
    rows = {line.row: line for line in investigator.trail.lines(limit=1000)}
    assert all((rows[row].kind, rows[row].record) == key for key, row in covers.items())


def test_the_fingerprint_is_sha256_over_the_canonical_json_of_the_rows(
    investigator: Study, patient: int, visit: int
) -> None:
    signature = sign(investigator, patient, visit)
    [event] = [line for line in investigator.trail.lines() if line.act == "signature"]
    content = []
    with investigator._folder.read.begin() as connection:  # noqa: SLF001 - recomputed past the program
        for kind, id_, version in event.details["covers"]:
            row = connection.exec_driver_sql("SELECT new FROM audit WHERE seq = ?", (version,)).scalar_one()
            content.append([kind, id_, json.loads(row)])
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert signature.digest == hashlib.sha256(text.encode()).hexdigest()


# ---- who can sign


@pytest.mark.parametrize("login", ["A. Verdi", "C. Rossi", "M. Neri"])
def test_only_an_investigator_signs(sit_down: SitDown, patient: int, visit: int, login: str) -> None:
    study = sit_down(login)
    with pytest.raises(TrialError, match="may not sign visits"):
        study.signing.sign(patient, visit, "review", PASSWORD, login)


def test_the_first_signature_of_a_sitting_takes_user_name_and_password_later_ones_the_password(
    investigator: Study, patient: int, visit: int
) -> None:
    signing = investigator.signing
    first = signing.asks_for_login
    with pytest.raises(TrialError, match="user name and your password"):
        signing.sign(patient, visit, "review", PASSWORD)
    signing.sign(patient, visit, "review", PASSWORD, "i. bianchi ")
    assert (first, signing.asks_for_login) == (True, False)
    with pytest.raises(TrialError, match="password is not right"):
        signing.sign(patient, visit, "approval", "")
    signing.sign(patient, visit, "approval", PASSWORD)
    assert len(signing.signatures(patient)) == 2


def test_a_new_sitting_asks_for_the_user_name_again(
    investigator: Study, sit_down: SitDown, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    assert sit_down("I. Bianchi").signing.asks_for_login


def test_a_wrong_password_signs_nothing(investigator: Study, patient: int, visit: int) -> None:
    with pytest.raises(TrialError, match="password is not right"):
        investigator.signing.sign(patient, visit, "review", "not the password", "I. Bianchi")
    assert investigator.signing.signatures(patient) == ()
    assert investigator.signing.asks_for_login


def test_a_wrong_password_at_signing_is_in_the_trail_at_once_and_only_once(
    investigator: Study, sit_down: SitDown, patient: int, visit: int, clock: FixedClock
) -> None:
    for wrong in ("not the password", "nor this"):
        with pytest.raises(TrialError, match="password is not right"):
            investigator.signing.sign(patient, visit, "review", wrong, "I. Bianchi")
    failed = [line for line in investigator.trail.lines() if line.act == "sign-in failed"]
    assert [(line.actor, line.at) for line in failed] == [("I. Bianchi", clock.now())] * 2
    assert failed[0].details == {"user": "I. Bianchi", "failures": 1}
    assert len([line for line in sit_down("I. Bianchi").trail.lines() if line.act == "sign-in failed"]) == 2


def test_a_wrong_password_that_cannot_be_written_now_is_in_the_trail_after_the_next_sign_in(
    investigator: Study, sit_down: SitDown, patient: int, visit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrialError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("models.services.confirming.note_missed", full)
        with pytest.raises(TrialError, match="password is not right"):
            investigator.signing.sign(patient, visit, "review", "not the password", "I. Bianchi")
    assert "sign-in failed" not in [line.act for line in investigator.trail.lines()]
    assert "sign-in failed" in [line.act for line in sit_down("I. Bianchi").trail.lines()]


def test_nobody_signs_with_another_persons_name_and_password(investigator: Study, patient: int, visit: int) -> None:
    with pytest.raises(TrialError, match="Only the person who is signed in"):
        investigator.signing.sign(patient, visit, "review", PASSWORD, "C. Rossi")


def test_nobody_signs_with_a_password_that_somebody_else_gave(
    sit_down: SitDown, patient: int, visit: int, clock: FixedClock
) -> None:
    study = sit_down("A. Verdi")
    study.accounts.reset_password("I. Bianchi", "given by the office")
    study.close()
    with Study.open(study.path, "I. Bianchi", "given by the office", clock=clock) as investigator:
        with pytest.raises(TrialError, match="Change it first"):
            investigator.signing.sign(patient, visit, "review", "given by the office", "I. Bianchi")
        investigator.accounts.change_own_password("given by the office", "a password of my own")
        investigator.signing.sign(patient, visit, "review", "a password of my own", "I. Bianchi")


def test_a_signature_needs_a_meaning_from_the_list(investigator: Study, patient: int, visit: int) -> None:
    for meaning in ("", "seen"):
        with pytest.raises(TrialError, match="needs a meaning"):
            investigator.signing.sign(patient, visit, meaning, PASSWORD, "I. Bianchi")


def test_a_visit_of_another_patient_is_not_signed(investigator: Study, patient: int, visit: int) -> None:
    values = {"screening_number": "S9", "screened": PartialDate(2026, 1, 2), "sex": "M"}
    other = investigator.screen([Edit("patient", values)], BY).patient
    assert other
    with pytest.raises(TrialError, match="not in this patient"):
        investigator.signing.sign(other, visit, "review", PASSWORD, "I. Bianchi")


def test_a_withdrawn_visit_is_not_signed(investigator: Study, patient: int, visit: int) -> None:
    investigator.void(patient, "visit", visit, WHY)
    with pytest.raises(TrialError, match="was withdrawn"):
        investigator.signing.sign(patient, visit, "review", PASSWORD, "I. Bianchi")


def test_nothing_is_signed_twice_while_the_first_signature_holds(investigator: Study, patient: int, visit: int) -> None:
    sign(investigator, patient, visit)
    with pytest.raises(TrialError, match="signed this already"):
        sign(investigator, patient, visit)
    investigator.save(patient, [Edit("visit", {"comment": "Seen"}, visit)], WHY)
    assert sign(investigator, patient, visit).valid
    assert [s.valid for s in investigator.signing.signatures(patient)] == [False, True]


def test_a_summary_prints_the_signatures_of_its_visit_and_of_the_whole_record(
    investigator: Study, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    investigator.signing.sign(patient, None, "approval", PASSWORD)
    own = investigator.signing.lines(patient, (visit,))
    assert len(own) == 2
    assert "signed electronically by I. Bianchi (investigator)" in own[0]
    assert [line.split(":")[0] for line in investigator.signing.lines(patient, ())] == ["The whole record"]


def test_what_a_signature_would_cover_is_counted_by_kind(investigator: Study, patient: int, visit: int) -> None:
    covered = investigator.signing.covers(patient, visit)
    assert covered == {"Visit": 1, "Laboratory value": 1, "MRD result": 1, "MRD replicate": 1}
    assert "Consent" in investigator.signing.covers(patient, None)
