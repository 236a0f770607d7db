"""Who may do what, and what a signature is worth (R12 to R16, R23, R24)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.codelists import SIGNATURE_MEANING
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.study import Edit, NewAccount, Study
from tests.requirements.paper import on_paper
from tests.signing_fixtures import DAY, enter, haemoglobin, sign
from tests.study_fixtures import ACCOUNTS, BY, PASSWORD, SitDown, open_as

WHY = "Typing error"
OTHER = "seventeen green umbrellas"


def test_r12_two_people_never_share_a_user_name(sit_down: SitDown) -> None:
    administrator = sit_down("A. Verdi")
    with pytest.raises(TrialError, match="is or was somebody's already, and is never given again"):
        administrator.accounts.create(NewAccount("c. rossi", "Carla Rossi", "monitor", OTHER))


GOUT = Edit("history", {"term": "Gout"})
FORBIDDEN: dict[str, tuple[str, Callable[[Study, int], object]]] = {
    "a monitor enters": ("M. Neri", lambda study, patient: study.save(patient, [GOUT], BY)),
    "a monitor reads names": ("M. Neri", lambda study, patient: study.identities()),
    "an administrator reads": ("A. Verdi", lambda study, patient: study.chart(patient)),
    "an administrator enters": ("A. Verdi", lambda study, patient: study.void(patient, "consent", 1, Context("", WHY))),
    "a coordinator manages": ("C. Rossi", lambda study, patient: study.accounts.lift_block("M. Neri")),
    "a coordinator freezes": ("C. Rossi", lambda study, patient: study.locking.freeze("Done")),
    "an investigator manages": (
        "I. Bianchi",
        lambda study, patient: study.accounts.change_role("M. Neri", "monitor", WHY),
    ),
}


@pytest.mark.parametrize("act", FORBIDDEN)
def test_r12_the_service_itself_refuses_what_a_role_may_not(sit_down: SitDown, patient: int, act: str) -> None:
    login, attempt = FORBIDDEN[act]
    study = sit_down(login)
    with pytest.raises(TrialError, match="may not"):
        attempt(study, patient)


def test_r12_each_right_is_somebodys_and_no_role_has_all_of_them(sit_down: SitDown) -> None:
    users = [sit_down(account.login).user for account in ACCOUNTS]
    held = {user.role: {right for right in Right if user.may(right)} for user in users}
    assert set().union(*held.values()) == set(Right)
    assert set(Right) not in held.values()
    assert not held["administrator"] & {Right.READ_RECORD, Right.ENTER, Right.SIGN}
    assert not held["coordinator"] & {Right.MANAGE_ACCOUNTS, Right.SIGN, Right.VERIFY}


def test_r13_the_sixth_wrong_password_has_to_wait(study: Study, clock: FixedClock) -> None:
    study.close()
    for _ in range(5):
        with pytest.raises(TrialError, match="not right"):
            Study.open(study.path, BY.actor, "wrong password", clock=clock)
    with pytest.raises(TrialError, match="Too many failed sign-ins"):
        open_as(study.path, clock)
    later = FixedClock(clock.now() + timedelta(minutes=16))
    with open_as(study.path, later) as again:
        assert [line.act for line in again.trail.lines()].count("sign-in failed") == 5


def test_r13_a_first_password_has_to_be_changed_and_a_weak_one_is_refused(sit_down: SitDown, clock: FixedClock) -> None:
    administrator = sit_down("A. Verdi")
    with pytest.raises(TrialError, match="15 characters"):
        administrator.accounts.create(NewAccount("G. Blu", "Giulia Blu", "monitor", "Short1!"))
    administrator.accounts.create(NewAccount("G. Blu", "Giulia Blu", "monitor", OTHER))
    administrator.close()
    with Study.open(administrator.path, "G. Blu", OTHER, clock=clock) as study:
        assert study.must_change_password


def test_r13_no_file_of_a_study_holds_a_password_a_name_or_a_value_in_clear(study: Study, patient: int) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Esposito"}, 1)], Context("", WHY))
    study.save(patient, [Edit("history", {"term": "Gouty arthritis"})], BY)
    study.save_draft("history/1/0", {"term": "Hypertension"})
    study.backups.make()
    study.close()
    files = [file for file in study.path.rglob("*") if file.is_file()]
    assert len(files) > 4
    for file in files:
        content = file.read_bytes()
        for secret in (PASSWORD, "Esposito", "Gouty", "Hypertension", "042-001"):
            assert secret.encode() not in content, f"{secret} stands in {file.name}"
        assert file.stat().st_mode & 0o077 == 0, f"others may read {file.name}"


def test_r14_a_signature_shows_name_moment_and_meaning_on_paper(
    investigator: Study, patient: int, visit: int, tmp_path: Path
) -> None:
    signature = sign(investigator, patient, visit)
    printed = on_paper(investigator, patient, tmp_path)
    assert (
        "signed electronically by I. Bianchi (investigator) on 2 Oct 2026, 09:00 UTC+01:00, "
        f"meaning “{signature.meaning}”." in printed
    )
    assert signature.meaning == SIGNATURE_MEANING.label("approval")


def test_r14_a_signature_copied_to_another_visit_does_not_hold(investigator: Study, patient: int, visit: int) -> None:
    other = enter(investigator, patient, Edit("visit", {"code": "D45", "status": "DONE", "date": DAY}), why="Late")[0]
    sign(investigator, patient, visit)
    write = investigator._folder.write  # noqa: SLF001 - behind the program's back
    assert write is not None
    with write.begin() as connection:
        connection.exec_driver_sql("UPDATE signature SET visit = ?", (other,))
    assert not any(signature.valid for signature in investigator.signing.signatures(patient))


def test_r15_the_first_signature_takes_name_and_password_the_next_the_password(
    investigator: Study, patient: int, visit: int
) -> None:
    asked = [investigator.signing.asks_for_login]
    with pytest.raises(TrialError, match="user name and your password"):
        investigator.signing.sign(patient, visit, "approval", PASSWORD)
    investigator.signing.sign(patient, visit, "approval", PASSWORD, "I. Bianchi")
    asked.append(investigator.signing.asks_for_login)
    assert asked == [True, False]
    with pytest.raises(TrialError, match="not right"):
        investigator.signing.sign(patient, visit, "review", "not the password")
    investigator.signing.sign(patient, visit, "review", PASSWORD)
    assert [one.valid for one in investigator.signing.signatures(patient)] == [True, True]


def test_r15_a_change_of_what_was_signed_voids_the_signature_visibly(
    investigator: Study, patient: int, visit: int, tmp_path: Path
) -> None:
    sign(investigator, patient, visit)
    [value] = investigator.chart(patient).records["lab"]
    investigator.save(patient, [Edit("lab", haemoglobin("11.3").values, value.id)], Context("", WHY))
    [signature] = investigator.signing.signatures(patient)
    assert not signature.valid
    assert "VOID" in on_paper(investigator, patient, tmp_path)


def test_r16_nobody_signs_as_somebody_else_and_a_closed_name_is_never_given_again(
    investigator: Study, sit_down: SitDown, patient: int, visit: int
) -> None:
    with pytest.raises(TrialError, match="Only the person who is signed in"):
        investigator.signing.sign(patient, visit, "approval", PASSWORD, "C. Rossi")
    administrator = sit_down("A. Verdi")
    administrator.accounts.close("I. Bianchi", "Left the site")
    with pytest.raises(TrialError, match="never given again"):
        administrator.accounts.create(NewAccount("I. Bianchi", "Irene Bianchi", "investigator", OTHER))


def test_r23_training_is_kept_for_each_person_and_the_protocol_with_its_version(
    sit_down: SitDown, patient: int
) -> None:
    administrator = sit_down("A. Verdi")
    administrator.accounts.add_training("C. Rossi", "Protocol version 4", PartialDate(2026, 1, 2))
    [training] = administrator.accounts.trainings()
    assert (training.login, training.subject, training.given) == (
        "C. Rossi",
        "Protocol version 4",
        PartialDate(2026, 1, 2),
    )
    with administrator._folder.read.begin() as connection:  # noqa: SLF001 - as it lies in the study
        kept = connection.exec_driver_sql("SELECT protocol_id, version, adopted_by FROM protocol").one()
    assert tuple(kept) == (administrator.protocol.id, administrator.protocol.version, "A. Verdi")


def test_r24_locking_and_unlocking_give_a_reason_and_unlocking_voids_signatures(
    investigator: Study, patient: int, visit: int
) -> None:
    sign(investigator, patient, visit)
    with pytest.raises(TrialError, match="needs a reason"):
        investigator.locking.lock(patient, visit, " ")
    investigator.locking.lock(patient, visit, "Cleaned")
    with pytest.raises(TrialError, match=r"was locked by I\. Bianchi"):
        investigator.save(patient, [Edit("visit", {"date": PartialDate(2026, 4, 4)}, visit)], Context("", WHY))
    assert all(signature.valid for signature in investigator.signing.signatures(patient))
    with pytest.raises(TrialError, match="needs a reason"):
        investigator.locking.unlock(patient, visit, " ")
    investigator.locking.unlock(patient, visit, "A query came in")
    assert not any(signature.valid for signature in investigator.signing.signatures(patient))
    stored = [line for line in investigator.trail.lines() if line.kind == "record_lock"]
    assert {change.new for line in stored for change in line.changes} >= {"Cleaned", "A query came in"}
