"""Reading the audit trail on a worker thread: a page at a time, newest first."""

from collections.abc import Mapping
from typing import NamedTuple

from gui.jobs import Progress
from models.domain.notation import Desk
from models.study import Study
from models.study_types import TrailFilter, TrailLine


class Asked(NamedTuple):
    """What is to be read. `patient` is a number as a person types it; `number` tells one question from the next.

    `notation` is how dates are written in what is named.
    """

    number: int
    wanted: TrailFilter
    patient: str = ""
    notation: Desk = Desk.ENGLISH


class Found(NamedTuple):
    """What was read: `people` is everybody the trail knows, login -> name."""

    asked: Asked
    lines: tuple[TrailLine, ...]
    people: Mapping[str, str]


class Reading:
    """The work. TrialError where there is no patient of that number."""

    def __init__(self, study: Study, asked: Asked) -> None:
        """Nothing is read yet."""
        self._study, self._asked = study, asked

    def __call__(self, _progress: Progress) -> Found:
        """Read one page."""
        asked, study = self._asked, self._study
        wanted = asked.wanted
        if asked.patient:
            wanted = wanted._replace(patient=study.find(asked.patient))
        lines = study.trail.lines(wanted, notation=asked.notation)
        return Found(asked._replace(wanted=wanted), lines, study.trail.people())
