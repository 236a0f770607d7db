"""What an export of a study says about itself."""

from models.domain.notation import Desk
from models.domain.printing import Printing
from models.study import Study


def printing_on(study: Study) -> Printing:
    """By whoever has signed in, now."""
    info = study.info
    return Printing(
        study=f"{study.protocol.acronym}, site {info.site_code} {info.site_name}",
        printed_by=study.user.name,
        now=study.clock.now(),
        desk=Desk.ENGLISH,
        version="1.0",
        trail=study.trail.head().short,
        synthetic=info.synthetic,
    )
