"""What a form says of the typing that it brings back, and which drafts belong to a record."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from gui.settings import SettingsFile
from gui.widgets.form_draft import FormDraft, draft_key, is_about
from models.domain.context import Context
from models.records.patient import Consent
from models.study import Edit, Study
from tests.backup_fixtures import HandClock
from tests.gui.fakes import workspace_of
from tests.study_fixtures import PASSWORD, enrol_a_patient


def words(study: Study, patient: int, settings: SettingsFile) -> str:
    """What C. Rossi's form of the consent says of her draft."""
    draft = FormDraft(workspace_of(study, settings), draft_key("consent", patient, 1), dict, QObject())
    return draft.found_words(study.chart(patient).of(Consent))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("first", ["typed", "corrected"])
def test_a_draft_says_who_changed_the_record_since_it_was_typed(
    path: Path, hand: HandClock, tmp_path: Path, first: str
) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    with Study.open(path, "C. Rossi", PASSWORD, clock=hand) as study:
        patient = enrol_a_patient(study)

    def type_it() -> None:
        with Study.open(path, "C. Rossi", PASSWORD, clock=hand) as study:
            study.save_draft(draft_key("consent", patient, 1), {"comment": "Seen"})

    def correct() -> None:
        with Study.open(path, "I. Bianchi", PASSWORD, clock=hand) as study:
            study.save(patient, [Edit("consent", {"comment": "Other"}, 1)], Context("", "Letter of the ward"))

    for act in (type_it, correct) if first == "typed" else (correct, type_it):
        hand.go(minutes=10)
        act()
    with Study.open(path, "C. Rossi", PASSWORD, clock=hand) as study:
        said = words(study, patient, settings)
    assert said.startswith("Typed earlier by C. Rossi on 2 Oct 2026")
    changed = "Meanwhile I. Bianchi changed this record (comment) on 2 Oct 2026, 09:20"
    assert (changed in said) is (first == "typed")


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("mrd/12/7", True),
        ("replicate/12/0/7", True),
        ("replicate/12/3/7", True),
        ("ask/12/mrd/7/target_copies", True),
        ("ask/12/mrd/7/", True),
        ("mrd/12/0", False),
        ("mrd/1/7", False),
        ("lab/12/7", False),
        ("ae_grade/12/0/7", False),
        ("ask/12/lab/7/", False),
        ("visit/12/0/D85", False),
        ("nothing", False),
    ],
)
def test_the_drafts_of_a_record_are_those_of_its_form_its_children_and_questions_about_it(
    key: str, about: bool
) -> None:
    assert is_about(key, 12, "mrd", 7) is about
