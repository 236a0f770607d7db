"""Adverse events: terms and grades that exist, seriousness with its criteria, moments of reporting in their order."""

from collections.abc import Iterator
from datetime import datetime

from models.chart.events import RECOVERED
from models.checks.facts import Facts, Proposal
from models.domain.characters import told
from models.domain.codelists import OUTCOME, SERIOUSNESS
from models.domain.dictionary import VERSIONS
from models.domain.dictionary import term as dictionary_term
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.records.safety import is_other

_GOES_ON = frozenset({"NOT RECOVERED/NOT RESOLVED", "RECOVERING/RESOLVING"})
"""Outcomes of an event that has not ended."""


def check_event(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The event as a whole, with its grades."""
    yield from _seriousness(proposal)
    yield from _grades(proposal)
    yield from _drugs(proposal)
    if proposal.get("version") not in (None, facts.protocol.ctcae_version):
        yield warning(
            "version",
            f"The trial grades by CTCAE {facts.protocol.ctcae_version}. "
            "Events of another version are never counted with it.",
            "event.version",
        )
    aware, reported = proposal.get("aware"), proposal.get("reported")
    if isinstance(aware, datetime) and isinstance(reported, datetime) and reported < aware:
        yield error("reported", "It was reported before the site became aware of it.", "event.report-order")
    began = proposal.get("began")
    if isinstance(aware, datetime) and isinstance(began, PartialDate):
        day = PartialDate.from_date(aware.date())
        if day.before(began):
            early = ("The site would have been aware on ", day, ", before the event began on ", began, ".")
            yield warning("aware", early, "event.aware-early")
    if isinstance(began, PartialDate) and facts.consented and began.before(facts.consented):
        early = ("The event began on ", began, ", before the consent of ", facts.consented, ". Check the days, or ")
        yield warning("began", (*early, "record it as medical history."), "event.consent")
    if is_other(str(proposal.get("term"))) and not told(str(proposal.get("verbatim") or "")):
        yield error("verbatim", "The term says “Other, specify”: say in words what it was.", "event.unspecified")
    ended = proposal.get("ended")
    if proposal.get("outcome") in _GOES_ON and isinstance(ended, PartialDate) and ended.earliest:
        still = OUTCOME.label(str(proposal.get("outcome"))).lower()
        said = ("The event ended on ", ended, f", yet its outcome is “{still}”. Check which is right.")
        yield warning("outcome", said, "event.outcome-ended")
    if proposal.get("outcome") in RECOVERED and proposal.get("ended") is None:
        yield warning("ended", "The patient has recovered: the end date is missing.", "event.end-missing")


def _drugs(proposal: Proposal) -> Iterator[Finding]:
    """One judgement a drug: of two that differ nobody can tell which one holds."""
    drugs = [str(values.get("drug")) for kind, values in proposal.children if kind == "ae_drug"]
    for drug in dict.fromkeys(each for each in drugs if drugs.count(each) > 1):
        yield error("ae_drug", f"Causality and action: {drug} stands there twice. Keep one line.", "event.drug-twice")


def check_grade(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """A grade is one of five."""
    if proposal.get("grade") not in (None, "1", "2", "3", "4", "5"):
        yield error("grade", "A grade is a number from 1 to 5.", "event.grade")


def _seriousness(proposal: Proposal) -> Iterator[Finding]:
    serious, criteria = proposal.get("serious"), proposal.get("seriousness")
    named = criteria if isinstance(criteria, tuple) else ()
    if serious and not named:
        yield warning("seriousness", "The event is serious: say by which criterion.", "event.criterion-missing")
    if serious is not True and named:
        words = SERIOUSNESS.label(named[0]).lower()
        yield error("serious", f"A criterion is marked ({words}), so the event is serious.", "event.serious")
    if serious and proposal.get("aware") is None:
        yield warning("aware", "The reporting clock cannot run: say when the site became aware.", "event.aware-missing")


def _grades(proposal: Proposal) -> Iterator[Finding]:
    grades = [values for kind, values in proposal.children if kind == "ae_grade"]
    if not grades:
        yield error(
            "ae_grade", "An event has at least one grade, with the day from which it held.", "event.grade-missing"
        )
    version = proposal.get("version")
    term = dictionary_term(str(version), str(proposal.get("term"))) if version in VERSIONS else None
    if term is None and proposal.get("term"):
        yield warning("term", "This term is not in the dictionary. Choose one of its terms, or explain.", "event.term")
    began, ended = proposal.get("began"), proposal.get("ended")
    for values in grades:
        grade, since = str(values.get("grade")), values.get("since")
        if (
            term is not None
            and proposal.get("scale") in (None, "CTCAE")
            and grade.isdigit()
            and int(grade) not in term.grades
        ):
            exist = ", ".join(str(g) for g in term.grades)
            yield error("ae_grade", f"{term.name} has no grade {grade}; the grades are {exist}.", "event.grade-exists")
        if isinstance(since, PartialDate) and isinstance(began, PartialDate) and since.before(began):
            yield error("ae_grade", "A grade begins before the event.", "event.grade-early")
        if isinstance(since, PartialDate) and isinstance(ended, PartialDate) and ended.before(since):
            yield error("ae_grade", "A grade begins after the event ended.", "event.grade-late")
