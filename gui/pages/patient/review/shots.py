"""Pictures of what monitor and site say about a patient: the visits that were signed, a record with a query."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gui.pages.patient.review.signatures_dialog import SignaturesDialog
from gui.pages.patient.visits.tab import Tab
from gui.widgets.ask_dialog import AskDialog
from gui.widgets.history import ValueRef
from gui.widgets.record_dialog import open_record
from gui.workspace import Target, Workspace

Shot = tuple[str, QWidget]


def review_shots(workspace: Workspace) -> Iterator[Shot]:
    """Of a patient with signed visits, and of the one whom the first query is about."""
    study, desk = workspace.study, workspace.desk
    query = next(iter(study.review.queries()), None)
    signed = next((patient for patient in study.enrolled() if study.signing.signatures(patient)), None)
    if query is None or signed is None:
        return
    workspace.host.show_target(Target("patient", signed, "visits"))
    page = getattr(workspace.host, "page", None)
    assert isinstance(page, QWidget)
    window = page.window()
    visits = page.findChild(Tab)
    assert visits is not None
    signatures = study.signing.signatures(signed, desk)
    visits.table.choose(next(row for row in visits.table.model.rows if row.record == signatures[-1].visit))
    yield "patient-visits-signed", window
    number = study.chart(signed).patient.subject_number or ""
    dialog = SignaturesDialog(signatures, number, desk, window)
    dialog.show()
    yield "signatures", dialog
    dialog.close()
    form = open_record(workspace, query.kind, query.patient, query.record, parent=window)
    yield "record-with-query", form
    form.close()
    ask = AskDialog(workspace, query.patient, ValueRef(query.kind, query.record, query.field), window)
    ask.show()
    yield "query-ask", ask
    ask.close()
