"""From every list of records, on whatever page, a person gets to the history of the value under the cursor."""

from PySide6.QtWidgets import QAbstractItemView

from gui.application import Application
from gui.page_table import PAGES
from gui.pages.patient.tab import TABS
from gui.workspace import Target
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.pages.desk import view_of
from tests.gui.signing_in import opened

WITHOUT = {"audit_table", "backups_table", "history_table", "patients_table", "queries_table"}
"""Lists of what is no value of a record: of the trail itself, of backups, of patients and questions to open."""
NAMED = ("_table", "_grid", "_events")
SECTIONS = ("desk", "site", "ranges", "freezing", "dictionary")


def test_r6_every_list_of_records_opens_the_history_of_its_values(
    at_start: Application, study: Study, patient: int, clock: FixedClock
) -> None:
    study.close()
    at_start.admit(opened(study.path, clock))
    view = view_of(at_start)
    pages = [Target(page.name) for page in PAGES if page.name not in ("patient", "cohort")]
    tabs = [Target("patient", patient, tab.name) for tab in TABS]
    for target in (*pages, *tabs, *(Target("settings", values={"section": name}) for name in SECTIONS)):
        view.show_target(target)
    lists = [each for each in view.findChildren(QAbstractItemView) if each.objectName().endswith(NAMED)]
    offering = [each for each in lists if "value_history" in [action.objectName() for action in each.actions()]]
    assert {each.objectName() for each in lists if each not in offering} == WITHOUT
    assert len(offering) > len(TABS)
