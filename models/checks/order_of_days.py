"""Days that cannot all be true: a death before a sample, a relapse without a remission, treatment before the consent.

Survival, remission duration and time to transplant are counted between these days, so a wrong one changes a result of
the trial without a sign. None is refused: paper does contradict itself, and either of the two days may be the wrong
one. A record dated after a death that stands already is asked about where every date is (`fields`); here is what is
found from the other side, and what an earlier day that is corrected later leaves behind.

The order itself is the trial's own: treatment after informed consent (ICH E6, 4.8.8); a relapse is the reappearance of
leukaemia after a remission, so that nothing before one can be a relapse (`domain.remission` names the criteria).
"""

from collections.abc import Iterator, Mapping

from models.chart.life import SHOWS_LIFE, seen_alive
from models.chart.remission import REMISSION
from models.checks.facts import Facts, Proposal
from models.domain.capitals import within_sentence
from models.domain.findings import Finding, warning
from models.domain.partial_dates import PartialDate
from models.records import KINDS, Record
from models.records.disease import Disease

_TREATMENT: Mapping[str, str] = {"phase": "began", "exposure": "began", "transplant": "done"}
_AFTER_DIAGNOSIS: Mapping[str, str] = {"transplant": "done", "relapse": "found"}


def check_death(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A doubt where anything of a living patient lies after the day of death; the latest of it is named.

    Reads every record of the patient that shows life, which one death in a patient's record can afford.
    """
    died = proposal.get("date")
    if not isinstance(died, PartialDate):
        return
    after = [
        (day, kind)
        for kind in SHOWS_LIFE
        for record in facts.siblings(kind)
        if (day := seen_alive(record)) and died.before(day)
    ]
    if after:
        day, kind = max(after, key=lambda found: found[0].iso)
        others = f" and {len(after) - 1} more" if len(after) > 1 else ""
        yield warning(
            "date",
            (f"The patient would have died before {_title(kind)} of ", day, f"{others}. Check the days."),
            "death.before-record",
        )


def check_transplant(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A transplant for this leukaemia, inside this study: after diagnosis and consent."""
    done = proposal.get("done")
    if isinstance(done, PartialDate):
        yield from _before_consent("done", done, facts, "transplant.consent")
        yield from _before_diagnosis("done", done, facts, "transplant.diagnosis")


def check_relapse(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A relapse somewhere, after the diagnosis and after a remission that is recorded."""
    found = proposal.get("found")
    if not proposal.get("sites"):
        yield warning("sites", "Say where the relapse was found: marrow, CNS or elsewhere.", "relapse.site")
    if not isinstance(found, PartialDate):
        return
    yield from _before_diagnosis("found", found, facts, "relapse.diagnosis")
    remissions = [
        day
        for record in facts.siblings("assessment")
        if record.values()["response"] in REMISSION and (day := _day(record, "assessed"))
    ]
    if all(found.before(day) for day in remissions):
        first = min(remissions, key=lambda day: day.iso, default=None)
        none = ": without one before it this is no relapse. Check the days."
        told = ("The first remission was assessed on ", first, none) if first else f"No remission is recorded{none}"
        yield warning("found", told, "relapse.first")


def check_treatment_consent(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """No study treatment before the first consent; a phase of observation may begin at any time."""
    began = proposal.get("began")
    if isinstance(began, PartialDate) and _is_treatment(proposal.kind, proposal.get("phase"), facts):
        yield from _before_consent("began", began, facts, f"{proposal.kind}.consent")


def check_consent(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The first consent comes before the enrolment and the treatment that are recorded already.

    A later version of it says nothing.
    """
    signed = proposal.get("signed")
    if not isinstance(signed, PartialDate):
        return
    others = (_day(record, "signed") for record in facts.siblings("consent") if record.id != proposal.id)
    if any(other and not signed.before(other) for other in others):
        return
    for enrolled in (_day(record, "enrolled") for record in facts.siblings("patient")):
        if enrolled and enrolled.before(signed):
            late = ("The consent lies after the enrolment of ", enrolled, ". Check the days.")
            yield warning("signed", late, "consent.after-enrolment")
    for kind, name in _TREATMENT.items():
        days = [
            day
            for record in facts.siblings(kind)
            if _is_treatment(kind, record.values().get("phase"), facts)
            and (day := _day(record, name))
            and day.before(signed)
        ]
        if days:
            first = min(days, key=lambda day: day.iso)
            yield warning(
                "signed",
                (f"The consent lies after {_title(kind)} of ", first, ". Check the days."),
                "consent.after-treatment",
            )


def check_disposition(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """An end after the consent: of treatment not before a phase of it began, of taking part not before a visit.

    It ends the plan of the patient: a wrong year takes every visit off the day's list.
    """
    ended = proposal.get("date")
    if not isinstance(ended, PartialDate):
        return
    yield from _before_consent("date", ended, facts, "disposition.consent")
    kind = "phase" if proposal.get("event") == "END OF TREATMENT" else "visit"
    after = [
        day
        for record in facts.siblings(kind)
        if (kind == "visit" or _is_treatment(kind, record.values()["phase"], facts))
        and (day := seen_alive(record))
        and ended.before(day)
    ]
    if after:
        last = max(after, key=lambda day: day.iso)
        yield warning(
            "date", (f"It would have ended before {_title(kind)} of ", last, ". Check the days."), "disposition.early"
        )


def check_diagnosis(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The leukaemia was diagnosed before a transplant or a relapse that is recorded already."""
    diagnosed = proposal.get("diagnosed")
    if not isinstance(diagnosed, PartialDate):
        return
    for kind, name in _AFTER_DIAGNOSIS.items():
        for record in facts.siblings(kind):
            day = _day(record, name)
            if day and day.before(diagnosed):
                yield warning(
                    "diagnosed",
                    (f"The diagnosis lies after {_title(kind)} of ", day, ". Check the days."),
                    f"disease.after-{kind}",
                )


def _before_consent(field: str, day: PartialDate, facts: Facts, rule: str) -> Iterator[Finding]:
    if facts.consented and day.before(facts.consented):
        early = (day, " lies before the consent of ", facts.consented, ". Check the days.")
        yield warning(field, early, rule)


def _before_diagnosis(field: str, day: PartialDate, facts: Facts, rule: str) -> Iterator[Finding]:
    for disease in facts.siblings("disease"):
        known = disease.diagnosed if isinstance(disease, Disease) else None
        if known and day.before(known):
            early = (day, " lies before the diagnosis of ", known, ". Check the days.")
            yield warning(field, early, rule)


def _is_treatment(kind: str, phase: object, facts: Facts) -> bool:
    planned = facts.protocol.phase(str(phase)) if kind == "phase" else None
    return planned is None or planned.treatment


def _day(record: Record, name: str) -> PartialDate | None:
    day = record.values()[name]
    return day if isinstance(day, PartialDate) else None


def _title(kind: str) -> str:
    """A record inside a sentence: "the MRD result", "the adverse event"."""
    return f"the {within_sentence(KINDS[kind].title)}"
