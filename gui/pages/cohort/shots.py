"""The pictures of the Cohort page for the documentation: every tab, and a list of patients beside it."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gui.pages.cohort.exhibits import VIEWS
from gui.pages.cohort.method_dialog import MethodDialog
from gui.pages.cohort.page import Page
from gui.workspace import Target, Workspace

Shot = tuple[str, QWidget | None]


def shots(workspace: Workspace) -> Iterator[Shot]:
    """Each tab in turn, with a number chosen where that shows more."""
    page = getattr(workspace.host, "page", None)
    assert isinstance(page, Page)
    for view in VIEWS[1:]:
        workspace.host.show_target(Target("cohort", values={"view": view.name, "by": ""}))
        yield f"cohort-{view.name}", None
    workspace.host.show_target(Target("cohort", values={"view": "survival", "by": "ikzf1"}))
    yield "cohort-survival-ikzf1", None
    page.content.cells.go_to("IKZF1plus", "events")
    page.content.cells.choose_current()
    yield "cohort-patients", None
    assert page.shown is not None
    assert page.shown.exhibit is not None
    dialog = MethodDialog(page.shown.exhibit.table.title, page.shown.exhibit.table.methods, page.window())
    dialog.show()
    yield "cohort-method", dialog
    dialog.close()
