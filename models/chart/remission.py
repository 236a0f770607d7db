"""Haematologic remission over time: it begins with an assessment and ends with a relapse."""

from collections.abc import Sequence
from datetime import date

from models.records.disease import Assessment, Relapse

REMISSION = frozenset({"CR", "CRi", "CRh"})
"""Responses that count as haematologic remission."""


def remission_date(assessments: Sequence[Assessment]) -> date | None:
    """The first day of haematologic remission, by the investigator's assessments."""
    return min(_days(assessments), default=None)


def in_remission(assessments: Sequence[Assessment], relapses: Sequence[Relapse], day: date) -> bool | None:
    """Whether the patient was in haematologic remission on a day; None where no assessment ever found one.

    A relapse of any site ends it from the first day that it can have been found on, until it is found again.
    """
    found = _days(assessments)
    if not found:
        return None
    since = max((each for each in found if each <= day), default=None)
    ended = max((each for r in relapses if (each := r.found.earliest) and each <= day), default=None)
    return since is not None and (ended is None or ended < since)


def _days(assessments: Sequence[Assessment]) -> list[date]:
    return [day for a in assessments if a.response in REMISSION and (day := a.assessed.full)]
