"""The way to the reason dialog, imported when first asked so that starting does not wait for it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.workspace import Workspace
from models.domain.findings import Finding


def ask_reason(parent: QWidget, question: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
    """Ask the person for the reason of a correction or of saving a doubtful value; None if given up."""
    from gui.widgets import reason_dialog

    return reason_dialog.ask_reason(parent, question, findings, workspace)
