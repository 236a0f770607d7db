"""What leaves the study: without the key to who the patients are (R12), and the audit trail with it (R6)."""

from pathlib import Path

import pytest

from models.cli import main
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.persistence.identity_seal import Sealing
from models.queries.history import COVERED
from models.queries.trail import TrailFilter
from models.study import Edit, Study
from tests.study_fixtures import BY, PASSWORD, SitDown

COMMANDS = {
    "the list of patients": ("patients", "--json"),
    "a chart": ("chart", "--json", "--patient", "042-001"),
    "the cohort": ("cohort", "--json"),
    "a visit summary": ("report", "visit", "--patient", "042-001", "--out", "out.pdf"),
    "the visit summaries of all": ("report", "clinic", "--all", "--out", "out"),
    "the report on the cohort": ("report", "cohort", "--out", "out.pdf"),
    "a verification": ("verify",),
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of all sealed texts that were opened."""
    places: list[str] = []
    really = Sealing.open

    def noting(sealing: Sealing, value: str | None, place: str) -> str | None:
        text = really(sealing, value, place)
        if value is not None and text not in (None, value):
            places.append(place)
        return text

    monkeypatch.setattr(Sealing, "open", noting)
    return places


def test_this_would_see_an_identity_that_is_opened(patient: int, opened: list[str], sit_down: SitDown) -> None:
    assert [each.patient for each in sit_down(BY.actor).identities()] == [patient]
    assert "identity.birth_date" in opened


@pytest.mark.parametrize("what", COMMANDS)
def test_r12_no_command_opens_who_a_patient_is(
    study: Study, patient: int, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert patient
    study.close()
    monkeypatch.setenv("ALBATRACK_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    command, *more = COMMANDS[what]
    words = [command, more.pop(0)] if command == "report" else [command]
    assert main([*words, str(study.path), "--user", BY.actor, *more]) == 0
    assert opened == []


def test_r12_an_exported_trail_covers_who_a_patient_is_whoever_exports_it(
    study: Study, patient: int, opened: list[str], sit_down: SitDown
) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Esposito"}, 1)], Context("", "Read wrongly"))
    opened.clear()
    told = []
    for login in ("C. Rossi", "M. Neri"):
        lines = [line for line in sit_down(login).trail.export() if line.kind == "identity"]
        told.append([(line.act, change.label, change.old, change.new) for line in lines for change in line.changes])
    assert opened == []
    assert told[0] == told[1]
    assert told[0][0] == ("update", "Family name", None, COVERED)
    assert {new for _, _, _, new in told[0]} == {COVERED}


def test_r6_what_is_exported_is_what_was_asked_for_and_all_of_it(study: Study, patient: int) -> None:
    study.save(patient, [Edit("patient", {"age": 57}, patient)], Context("", "Read wrongly"))
    of_patient = study.trail.export(TrailFilter(patient=patient))
    assert {line.patient_id for line in of_patient} == {patient}
    assert of_patient[0].reason == "Read wrongly"
    by_person = study.trail.export(TrailFilter(actor="A. Verdi"))
    assert {line.actor for line in by_person} == {"A. Verdi"}
    assert len(study.trail.export()) == study.trail.head().rows > len(of_patient) + len(by_person)


def test_r6_the_trail_goes_with_every_copy_of_the_data(study: Study, patient: int, clock: FixedClock) -> None:
    study.save(patient, [Edit("patient", {"age": 57}, patient)], Context("", "Read wrongly"))
    known = study.trail.lines(TrailFilter(patient=patient))
    backup = study.backups.make().backup.path
    with Study.open(backup, BY.actor, PASSWORD, clock=clock, read_only=True) as copy:
        assert copy.trail.lines(TrailFilter(patient=patient)) == known
