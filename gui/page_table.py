"""The pages of the window, in the order of the sidebar. A page's module is imported when it is first shown."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from models.domain.rights import Right

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.workspace import Workspace


class PageEntry(NamedTuple):
    """A page: its stable name, its words in the sidebar, the module that holds its class `Page`.

    `group` is the heading it stands under. `parent` is the sidebar entry that stays marked while a page without an
    entry of its own is shown (the patient page under Patients). `needs_patient` pages show one patient. `right` is what
    a person needs to see it: in front of others a sentence stands there, and the page is not made.
    """

    name: str
    title: str
    module: str
    group: str = ""
    parent: str = ""
    needs_patient: bool = False
    right: Right | None = Right.READ_RECORD

    def create(self, workspace: "Workspace") -> "QWidget":
        """Import the module and make the page."""
        return cast("QWidget", import_module(self.module).Page(workspace))


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "Today", "gui.pages.today.page"),
    PageEntry("patients", "Patients", "gui.pages.patients.page"),
    PageEntry("patient", "Patient", "gui.pages.patient.page", parent="patients", needs_patient=True),
    PageEntry("enrolment", "Enrol a patient", "gui.pages.enrolment.page", parent="patients"),
    PageEntry("adverse_events", "Adverse events", "gui.pages.adverse_events.page"),
    PageEntry("queries", "Queries", "gui.pages.queries.page"),
    PageEntry("cohort", "Cohort", "gui.pages.cohort.page"),
    PageEntry("protocol", "Protocol", "gui.pages.protocol.page", group="Study", right=None),
    PageEntry("accounts", "Accounts", "gui.pages.accounts.page", group="Study", right=None),
    PageEntry("audit", "Audit trail", "gui.pages.audit.page", group="Study", right=None),
    PageEntry("backups", "Backups", "gui.pages.backups.page", group="Study", right=Right.BACK_UP),
    PageEntry("settings", "Settings", "gui.pages.settings.page", group="Study", right=None),
)
"""Every page that can be opened. The first one is shown when a study is opened."""


def entry(name: str) -> PageEntry:
    """The page of that name; an unknown name is a fault of the program."""
    return next(page for page in PAGES if page.name == name)


_BESIDE_IT = ("gui.backing_up", "gui.looking_longer")


def load_first_page() -> None:
    """Import what the first page of a study needs: best while the study is opened, most of which is not Python's work.

    The key is made from the password, and the disk is written to, without holding the interpreter.
    """
    for module in (PAGES[0].module, *_BESIDE_IT):
        import_module(module)
