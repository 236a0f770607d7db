"""Haematologic remission over time: it begins with an assessment and ends with a relapse."""

from collections.abc import Sequence
from datetime import date

from models.records.disease import Assessment, Relapse

REMISSION = frozenset({"CR", "CRi", "CRh"})
"""Responses that count as haematologic remission."""


def remission_days(assessments: Sequence[Assessment]) -> tuple[date, ...]:
    """The days on which the investigator's assessments found a haematologic remission."""
    return tuple(day for a in assessments if a.response in REMISSION and (day := a.assessed.full))


def in_remission(found: Sequence[date], relapses: Sequence[Relapse], day: date) -> bool | None:
    """Whether the patient was in haematologic remission on a day; None where no assessment ever found one.

    `found` are the days on which one did. A relapse of any site ends it from the first day that it can have been found
    on, until it is found again.
    """
    if not found:
        return None
    since = max((each for each in found if each <= day), default=None)
    ended = max((each for r in relapses if (each := r.found.earliest) and each <= day), default=None)
    return since is not None and (ended is None or ended < since)
