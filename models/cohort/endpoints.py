"""Time to an event for one patient, by the rule of the protocol file: start, event, competing event, censoring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.cohort.member import SHOWN_ALIVE_BY, Member
from models.cohort.method import Method
from models.cohort.relapse import REMISSION_ENDED
from models.cohort.who import DAYS_IN_MONTH, When, Who, months
from models.domain.capitals import within_sentence
from models.domain.codelists import DEATH_CAUSE, RELAPSE_SITE, SPECIMEN
from models.domain.sentence import Sentence
from models.protocols.model import (
    CENSORINGS,
    EVENTS,
    NO_REMISSION_DATES,
    POPULATIONS,
    STARTS,
    TRANSPLANT_HANDLING,
    Endpoint,
    Protocol,
)

CENSORED, EVENT, COMPETING = 0, 1, 2
"""What ended a patient's time."""


class Followed(NamedTuple):
    """One patient's time. `cause` is `CENSORED`, `EVENT` or `COMPETING`.

    `ended_by` says by what, in words; `record` names the record that ended it. `exact` is false where a date that is
    not fully known had to count as its first possible day.
    """

    who: Who
    start: date
    end: date
    cause: int
    ended_by: str
    record: tuple[str, int] | None
    exact: bool

    @property
    def days(self) -> int:
        """Days from start to end."""
        return (self.end - self.start).days

    @property
    def months(self) -> float:
        """Months from start to end."""
        return months(self.days)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The times of one endpoint, and those of its population who have none, each with the reason."""

    followed: tuple[Followed, ...]
    left_out: tuple[tuple[Who, Sentence], ...]


class _End(NamedTuple):
    """Something that can end a time. Of two on one day the event comes first, then the competing event."""

    day: date
    cause: int
    words: str
    record: tuple[str, int] | None
    exact: bool


def follow(members: Sequence[Member], endpoint: Endpoint) -> FollowUp:
    """The time of each patient of the endpoint's population; patients who are not in it are not mentioned."""
    followed: list[Followed] = []
    left_out: list[tuple[Who, Sentence]] = []
    for member in members:
        if not _in_population(member, endpoint.population):
            continue
        found = _follow(member, endpoint)
        if isinstance(found, Followed):
            followed.append(found)
        else:
            left_out.append((member.who, found))
    return FollowUp(tuple(followed), tuple(left_out))


def method(endpoint: Endpoint, protocol: Protocol) -> Method:
    """The rule of an endpoint, as it stands beside every estimate."""
    events, competing = (
        ", ".join(_event_words(code, endpoint, protocol) for code in codes)
        for codes in (endpoint.events, endpoint.competing)
    )
    parts = [
        f"Population: {POPULATIONS[endpoint.population]}",
        f"start: {STARTS[endpoint.start]}",
        f"event: {events}",
    ]
    if competing:
        parts.append(f"competing event: {competing}")
    specimen = SPECIMEN.label(protocol.mrd.specimen).lower()
    censoring = CENSORINGS[endpoint.censoring] + (f" ({specimen})" if endpoint.censoring == "last-mrd" else "")
    censoring += f" (the latest {SHOWN_ALIVE_BY})" if endpoint.censoring == "last-alive" else ""
    parts.append(f"otherwise censored at the {censoring}")
    parts.append(TRANSPLANT_HANDLING[endpoint.transplant])
    wording = (
        f"{'; '.join(parts)}.{_remission_words(endpoint)} A month is {DAYS_IN_MONTH} days. {_day_words(endpoint)}."
    )
    return Method(
        f"{endpoint.label} ({endpoint.code})", wording, f"Protocol file {protocol.id}, version {protocol.version}"
    )


def _remission_words(endpoint: Endpoint) -> str:
    read = {endpoint.population, endpoint.start, *endpoint.events, *endpoint.competing}
    return " Remission is CR, CRh or CRi as the investigator judged." if read & {"remission", "no-remission"} else ""


def _day_words(endpoint: Endpoint) -> str:
    """What becomes of a day that is not fully known, or not at all."""
    read = {*endpoint.events, *endpoint.competing}
    words = "A date not fully known counts as the first day it can have been"
    if read & {"death", "death-without-relapse"}:
        words += "; a death, also one on an unknown day, not before the last day known alive"
    if read & {"relapse", "death-without-relapse"}:
        words += f"; a relapse, also one on an unknown day, not before {REMISSION_ENDED}"
    if endpoint.censoring == "last-mrd" or any("molecular" in code for code in (endpoint.population, *read)):
        words += "; an MRD sample counts only where its whole day is known"
    return words


def _event_words(code: str, endpoint: Endpoint, protocol: Protocol) -> str:
    words = EVENTS[code]
    if code == "no-remission":
        visit = protocol.visit(endpoint.landmark)
        landmark = within_sentence(visit.label) if visit else endpoint.landmark
        lived = "in patients known to have lived to the end of its window"
        return f"{words} ({landmark}, {lived}), dated to {NO_REMISSION_DATES[endpoint.no_remission_at]}"
    if endpoint.confirmed and code in ("molecular-loss", "molecular-relapse"):
        return f"{words}, confirmed by the next sample"
    return words


def _in_population(member: Member, population: str) -> bool:
    if population == "enrolled":
        return member.enrolled is not None
    return member.remitted if population == "remission" else member.response is not None


def _follow(member: Member, endpoint: Endpoint) -> "Followed | Sentence":
    """The patient's time, or why there is none."""
    start = {
        "enrolment": member.enrolled,
        "day-one": member.day_one,
        "remission": member.remission,
        "molecular-response": member.response,
    }[endpoint.start]
    if start is None:
        return f"The {STARTS[endpoint.start]} is not known."
    ends = [
        *_ends(member, endpoint, endpoint.events, EVENT, start),
        *_ends(member, endpoint, endpoint.competing, COMPETING, start),
    ]
    if endpoint.transplant == "censored" and member.transplant and member.transplant.day >= start.day:
        ends.append(_end(member.transplant, CENSORED, "transplant"))
    if not ends:
        last = {
            "last-alive": member.last_alive,
            "last-assessment": member.last_assessment,
            "last-mrd": member.last_mrd,
        }[endpoint.censoring]
        # Somebody of whom nothing was heard after the start has been followed for no time at all.
        ends.append(_end(last or start, CENSORED, CENSORINGS[endpoint.censoring]))
    end = min(ends, key=lambda one: (one.day, _AT_ONCE.index(one.cause)))
    day = max(end.day, start.day) if end.cause == CENSORED or not end.exact else end.day
    if day < start.day:
        return (f"The {end.words} of ", end.day, f" lies before the {STARTS[endpoint.start]}.")
    return Followed(member.who, start.day, day, end.cause, end.words, end.record, start.exact and end.exact)


_AT_ONCE = (EVENT, COMPETING, CENSORED)


def _end(when: When, cause: int, words: str) -> _End:
    return _End(when.day, cause, words, (when.kind, when.record_id), when.exact)


def _ends(member: Member, endpoint: Endpoint, codes: Iterable[str], cause: int, start: When) -> list[_End]:
    found = []
    for code in codes:
        when = _when(member, endpoint, code, start)
        if when is not None:
            found.append(_end(when, cause, _what_happened(member, code)))
    return found


def _what_happened(member: Member, code: str) -> str:
    """The words for an event, with the site of a relapse and the cause of a death."""
    if code == "relapse" and member.relapse_sites:
        return f"relapse ({', '.join(RELAPSE_SITE.label(site).lower() for site in member.relapse_sites)})"
    if code.startswith("death") and member.death_cause:
        cause = DEATH_CAUSE.label(member.death_cause).lower()
        return f"death ({cause})" if member.relapse else f"death without relapse ({cause})"
    return EVENTS[code]


def _when(member: Member, endpoint: Endpoint, code: str, start: When) -> When | None:
    """The day of an event; None where the patient did not have it."""
    if code == "death":
        return member.death
    if code == "relapse":
        return member.relapse
    if code == "death-without-relapse":
        relapsed = member.relapse and member.death and member.relapse.day <= member.death.day
        return None if relapsed else member.death
    if code == "molecular-response":
        return member.response
    if code == "no-remission":
        return _no_remission(member, endpoint, start)
    changes = member.losses if code == "molecular-loss" else member.molecular_relapses
    return next((when for when, confirmed in changes if confirmed or not endpoint.confirmed), None)


def _no_remission(member: Member, endpoint: Endpoint, start: When) -> When | None:
    """No remission by the end of the landmark's window, in somebody known to have lived so long.

    A remission on an unknown day may have come in time.
    """
    landmark = member.landmark(endpoint.landmark)
    closes = landmark.closes if landmark else None
    if closes is None or closes > member.today or member.day_one is None:
        return None
    if "assessment" in member.undated or (member.remission and member.remission.day <= closes):
        return None
    if not any(known.day >= closes for known in (member.last_alive, member.death) if known):
        return None
    if endpoint.no_remission_at == "day-one":
        return member.day_one._replace(day=max(member.day_one.day, start.day))
    return When(closes, True, "patient", member.who.id)
