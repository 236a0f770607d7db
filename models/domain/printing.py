"""Who gives something out of a study, when, and of which state of it: what every paper and file says."""

from dataclasses import dataclass
from datetime import datetime

from models.domain.notation import Desk


@dataclass(frozen=True, slots=True)
class Printing:
    """What every paper, list and file says about its study and about its own printing or saving.

    `study` names the trial, `site` is the site's number and name. `printed_by` is empty where the program makes the
    paper whoever is signed in. `now` is the moment with its offset, `desk` how numbers and dates are written, `version`
    the program's, `trail` where the audit trail ends: what the study is held against later. A `synthetic` study holds
    no real person.
    """

    study: str
    site: str
    printed_by: str
    now: datetime
    desk: Desk
    version: str
    trail: str = ""
    synthetic: bool = False

    @property
    def study_and_site(self) -> str:
        """Which trial at which site, as a head or a foot says it."""
        return f"{self.study}, site {self.site}"
