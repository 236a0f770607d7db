"""Who gives something out of a study, when, and of which state of it: what every list on paper and in a file says."""

from dataclasses import dataclass
from datetime import datetime

from models.domain.notation import Desk


@dataclass(frozen=True, slots=True)
class Printing:
    """What every list says about its study and about its own printing or saving.

    `study` names study and site, `now` is the moment with its offset, `version` the program's, `trail` where the audit
    trail ends. A `synthetic` study holds no real person.
    """

    study: str
    printed_by: str
    now: datetime
    desk: Desk
    version: str
    trail: str = ""
    synthetic: bool = False
