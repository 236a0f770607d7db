"""Reading the audit trail on a worker thread: a page at a time, newest first."""

from collections.abc import Mapping
from typing import NamedTuple

from gui.jobs import Progress
from models.domain.notation import Desk
from models.study import Study
from models.study_types import TrailFilter, TrailLine

PAGE = 200
"""Lines shown at once."""


class Asked(NamedTuple):
    """What is to be read. `patient` is a number as a person types it; `notation` is how dates are written."""

    wanted: TrailFilter
    patient: str = ""
    notation: Desk = Desk.ENGLISH


class Found(NamedTuple):
    """What was read, and whether there is more; `people` is everybody the trail knows, login -> name."""

    asked: Asked
    lines: tuple[TrailLine, ...]
    more: bool
    people: Mapping[str, str]


def part_of(study: Study, asked: Asked) -> TrailFilter:
    """The part of the trail that is asked for; TrialError where there is no patient of that number."""
    return asked.wanted._replace(patient=study.find(asked.patient)) if asked.patient else asked.wanted


class Reading:
    """The work."""

    def __init__(self, study: Study, asked: Asked) -> None:
        """Nothing is read yet."""
        self._study, self._asked = study, asked

    def __call__(self, _progress: Progress) -> Found:
        """Read one page; TrialError where there is no patient of that number."""
        asked, study = self._asked, self._study
        lines = study.trail.lines(part_of(study, asked), PAGE + 1, asked.notation)
        return Found(asked, lines[:PAGE], len(lines) > PAGE, study.trail.people())
