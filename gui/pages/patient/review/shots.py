"""Pictures of what monitor and site say about a patient: the visits that were signed, a record with a query."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gui.pages.patient.review.signatures_dialog import SignaturesDialog
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
    yield "patient-visits-signed", window
    number = study.chart(signed).patient.subject_number or ""
    signatures = SignaturesDialog(study.signing.signatures(signed, desk), number, desk, window)
    signatures.show()
    yield "signatures", signatures
    signatures.close()
    form = open_record(workspace, query.kind, query.patient, query.record, parent=window)
    yield "record-with-query", form
    form.close()
    ask = AskDialog(workspace, query.patient, ValueRef(query.kind, query.record, query.field), window)
    ask.show()
    yield "query-ask", ask
    ask.close()
