"""What a paper or a file given out from this desk says about its study and its printing."""

from gui.workspace import Workspace
from models.domain.printing import Printing


def printing_of(workspace: Workspace) -> Printing:
    """Study and site, the person at the desk, now, and where the audit trail ends."""
    return workspace.study.printing(workspace.desk)
