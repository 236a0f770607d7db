"""What a list printed from this desk says about its study and its printing."""

from gui.workspace import Workspace
from models import VERSION
from models.domain.printing import Printing


def printing_of(workspace: Workspace) -> Printing:
    """Study and site, the person at the desk, now, and where the audit trail ends."""
    study = workspace.study
    info = study.info
    return Printing(
        study=f"{study.protocol.acronym}, site {info.site_code} {info.site_name}".rstrip(),
        printed_by=study.user.name,
        now=study.clock.now(),
        desk=workspace.desk,
        version=VERSION,
        trail=study.trail.head().short,
        synthetic=info.synthetic,
    )
