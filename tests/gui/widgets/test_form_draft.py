"""What a form says of the typing that it brings back, and which drafts belong to a record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from gui.settings import SettingsFile
from gui.widgets.form_draft import FormDraft, draft_key, is_about
from gui.workspace import Workspace
from models.domain.context import Context
from models.records.molecular import MrdReplicate, MrdResult
from models.records.patient import Consent
from models.study import Edit, Study
from tests.backup_fixtures import HandClock
from tests.gui.fakes import workspace_of
from tests.gui.widgets.conftest import Person
from tests.signing_fixtures import copies, mrd
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


def add_a_replicate(study: Study, patient: int, result: MrdResult) -> None:
    second = Edit("replicate", {"number": 2, "target_copies": copies("7"), "control_copies": copies("41000")})
    study.save(patient, [Edit("mrd", {}, result.id, (second,))], Context("", "Letter of the laboratory"))


def withdraw_the_replicate(study: Study, patient: int, result: MrdResult) -> None:
    [first] = study.chart(patient).of(MrdReplicate)
    gone = Edit("replicate", {}, first.id, withdrawn=True)
    study.save(patient, [Edit("mrd", {}, result.id, (gone,))], Context("", "Letter of the laboratory"))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("act", "what"),
    [(add_a_replicate, "MRD replicate: added"), (withdraw_the_replicate, "MRD replicate: withdrawn")],
)
def test_a_draft_says_who_added_or_withdrew_what_belongs_to_the_record_since_it_was_typed(
    path: Path, hand: HandClock, tmp_path: Path, act: Callable[[Study, int, MrdResult], None], what: str
) -> None:
    with Study.open(path, "C. Rossi", PASSWORD, clock=hand) as study:
        patient = enrol_a_patient(study)
        study.save(patient, [mrd()], Context("", "As on the report"))
        hand.go(minutes=10)
        [result] = study.chart(patient).of(MrdResult)
        key = draft_key("mrd", patient, result.id)
        study.save_draft(key, {"comment": "Seen"})
        workspace = workspace_of(study, SettingsFile(tmp_path / "settings.json"))
        stored = (result, *study.chart(patient).of(MrdReplicate))
        assert "Meanwhile" not in FormDraft(workspace, key, dict, QObject()).found_words(stored)
    hand.go(minutes=10)
    with Study.open(path, "I. Bianchi", PASSWORD, clock=hand) as study:
        act(study, patient, result)
    with Study.open(path, "C. Rossi", PASSWORD, clock=hand) as study:
        workspace = workspace_of(study, SettingsFile(tmp_path / "settings.json"))
        stored = (result, *study.chart(patient).of(MrdReplicate))
        said = FormDraft(workspace, key, dict, QObject()).found_words(stored)
    assert f"Meanwhile I. Bianchi changed this record ({what}) on 2 Oct 2026, 09:20" in said


class Form(QObject):
    """A form with one field, and its draft."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.text = ""
        self.key = draft_key("consent", 1)
        self.draft = FormDraft(workspace, self.key, self.texts, self)

    def texts(self) -> dict[str, str]:
        return {"comment": self.text} if self.text else {}


def test_a_form_that_is_left_keeps_its_typing_and_says_so(workspace: Workspace, person: Person) -> None:
    form = Form(workspace)
    form.text = "Seen"
    form.draft.leave()
    assert workspace.study.draft(form.key) == {"comment": "Seen"}
    assert person.told == ["Not saved. What you typed is kept as a draft"]


def test_a_form_that_is_left_without_typing_says_nothing(workspace: Workspace, person: Person) -> None:
    form = Form(workspace)
    form.draft.leave()
    assert person.told == []


def test_what_stands_in_a_form_that_was_saved_is_no_draft(workspace: Workspace, person: Person) -> None:
    form = Form(workspace)
    form.text = "Seen"
    form.draft.forget()
    form.draft.leave()
    assert not form.draft.unsaved()
    assert workspace.study.draft(form.key) is None
    assert person.told == []


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
