"""Sustained molecular response: whether a response at the primary landmark was still there at the next samples."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.landmarks import MISSING, NOT_REACHED, Landmark
from models.cohort.relapse import relapse_words
from models.cohort.who import When
from models.domain.molecular.terms import NOT_EVALUABLE
from models.domain.sentence import Sentence

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

SUSTAINED = "sustained"
LOST = "lost"
NO_RESPONSE = "no response"
TOO_EARLY = "too early to say"
SUSTAINED_OUTCOMES = (SUSTAINED, LOST, NO_RESPONSE, TOO_EARLY, NOT_EVALUABLE, MISSING, NOT_REACHED)
"""What became of the response at the primary landmark, in the order of the table."""


class Sustained(NamedTuple):
    """The outcome and why; `records` are the MRD results that show it."""

    outcome: str
    reason: Sentence
    records: tuple[int, ...] = ()


def sustained(chart: "PatientChart", landmarks: Sequence[Landmark], relapsed: Sequence[When]) -> Sustained:
    """Follow the response at the primary landmark through the next evaluable samples of the response specimen.

    As many samples in a row as the protocol asks for must be in response, the one at the landmark among them; a relapse
    between them (of `relapsed`, the earliest first) ends it.
    """
    at = next((one for one in landmarks if one.visit == chart.protocol.primary_landmark), None)
    if at is None:
        return Sustained(NOT_REACHED, "The protocol names no primary landmark.")
    start = at.molecular
    if start.outcome in (MISSING, NOT_REACHED, NOT_EVALUABLE) or start.when is None:
        return Sustained(start.outcome, start.reason, start.records)
    if start.outcome not in chart.protocol.mrd.response_classes:
        return Sustained(NO_RESPONSE, start.reason, start.records)
    needed = chart.protocol.mrd.sustained_time_points - 1
    specimen = chart.protocol.mrd.specimen
    following = [
        point
        for point in chart.course.time_points
        if point.specimen == specimen and point.evaluable and point.when > start.when
    ][:needed]
    relapse = next((when for when in relapsed if when.day > start.when), None)
    lost = next((point for point in following if not point.response), None)
    records = (*start.records, *(int(key) for point in following for key in point.keys))
    if lost:
        return Sustained(LOST, (lost.headline.value, " on ", lost.when, "."), records)
    if relapse and (len(following) < needed or relapse.day <= following[-1].when):
        return Sustained(LOST, relapse_words(chart, relapse), records)
    if len(following) < needed:
        return Sustained(TOO_EARLY, f"{len(following)} of {needed} further samples so far.", records)
    return Sustained(SUSTAINED, ("Still in response on ", following[-1].when, "."), records)
