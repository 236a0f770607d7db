"""Tells, before reference ranges are changed, how many grades change with them: in what is signed or locked too."""

from gui.widgets.record_form import RecordForm
from gui.workspace import Workspace
from models.records.laboratory import LabRange
from models.study import Edit
from models.study_types import Regraded


class RangeCorrection(RecordForm):
    """The form of one stored range. The question for the reason says what becomes of the grades."""

    def __init__(self, workspace: Workspace, row: LabRange) -> None:
        """Shows the range."""
        super().__init__(workspace, LabRange.kind, 0, row)
        self._row = row

    def _question(self, edit: Edit, *, doubtful: bool) -> str:
        corrected = LabRange(id=self._row.id, **{**self._row.values(), **edit.values})
        regraded = self.workspace.study.signing.regraded([*without(self.workspace, self._row), corrected])
        words = regraded_words(regraded)
        return "\n".join(filter(None, (super()._question(edit, doubtful=doubtful), words)))


def without(workspace: Workspace, row: LabRange) -> list[LabRange]:
    """The ranges of the study but for one."""
    return [other for other in workspace.study.ranges() if other.id != row.id]


def regraded_words(found: Regraded) -> str:
    """What becomes of the grades, for whoever is about to change a range; empty where none changes."""
    if not found.values:
        return ""
    words = f"CTCAE grades that change with it: {found.values}"
    if not found.settled:
        return f"{words}, none of them in what is signed or locked."
    return (
        f"{words}, of these {found.settled} in what is signed or locked. Signatures and locks hold, since they are for "
        "what was measured."
    )
