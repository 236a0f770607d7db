"""When MRD comes back or rises: what happened, why it is said, and whether that asks for a mutation test."""

from datetime import date
from typing import NamedTuple

from models.domain.derived import Derived
from models.domain.molecular.changes import Change
from models.domain.molecular.points import Point
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.terms import COMPLETE, COMPLETE_TO_POSITIVE, LOSS_OF_RESPONSE, POSITIVE, RISE
from models.domain.partial_dates import PartialDate
from models.domain.sentence import Sentence

_PROMPT = "Ask for an ABL1 kinase-domain mutation test."


class Alert(NamedTuple):
    """One result that calls for attention. `prompt` is "" where the rule set asks for no mutation test.

    `collected` is the day of the sample as it is known, and `when` the last day that this can have been.
    """

    kind: Derived[str]
    sample: int | str
    specimen: str
    transcript: str
    collected: PartialDate
    when: date
    day: int | None
    prompt: str


def alert_for(previous: Point, point: Point, rules: MrdRules) -> Alert | None:
    """The alert that `point` raises after `previous`, the evaluable point before it in the same series.

    Both have their place in the order of time.

    The gravest of: complete response to positive; a rise since the last result, or since the lowest where the last was
    not yet that far above it; response to positive without such a rise.
    """
    now, before = point.result.protocol_class.value, previous.result.protocol_class.value
    since_last, since_nadir, nadir_before = point.since_last, point.since_nadir, previous.since_nadir
    rise = rules.rise_in_logs
    reason: Sentence
    if before == COMPLETE and now == POSITIVE:
        kind, reason = COMPLETE_TO_POSITIVE, "The last result was complete, this one is positive."
    elif since_last and since_last.reaches(rise):
        kind, reason = RISE, (_logs(since_last), " above the last result; ", _from(rules), ".")
    elif since_nadir and since_nadir.reaches(rise) and not (nadir_before and nadir_before.reaches(rise)):
        kind, reason = RISE, (_logs(since_nadir), " above the lowest result; ", _from(rules), ".")
    elif previous.result.counts_as_response and now == POSITIVE and not point.result.counts_as_response:
        kind, reason = LOSS_OF_RESPONSE, f"The last result was {before}, this one is positive."
    else:
        return None
    inputs = (("Last result", _words(previous)), ("This result", _words(point)))
    prompt = _PROMPT if kind in rules.mutation_test_on else ""
    sample, last_day = point.sample, point.sample.collected.latest
    assert last_day is not None
    derived = Derived(kind, rules.rule, inputs, reason)
    specimen, transcript = sample.specimen, sample.transcript
    return Alert(derived, sample.key, specimen, transcript, sample.collected, last_day, sample.day, prompt)


def _logs(change: Change) -> Sentence:
    shown = change.shown
    return ("More than " if shown.qualifier == ">" else "", shown.value, " log")


def _from(rules: MrdRules) -> Sentence:
    return ("a rise counts from ", rules.rise_in_logs, " log")


def _words(point: Point) -> Sentence:
    own, level = point.result.protocol_class.value, point.result.level
    return (own, ", ", level.qualifier, level.percent, " %") if level and point.result.percent else own
