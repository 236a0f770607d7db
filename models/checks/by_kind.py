"""Which checks a kind of record goes through, and the one function that runs them all."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from models.checks.enrolment import check_enrolling
from models.checks.events import check_event, check_grade
from models.checks.facts import Facts, Proposal
from models.checks.fatal import check_events_at_death, check_fatal
from models.checks.fields import check_fields
from models.checks.laboratory import check_lab, check_range
from models.checks.molecular import check_lesion, check_mrd, check_mutation, check_transcript
from models.checks.order_of_days import (
    check_consent,
    check_death,
    check_diagnosis,
    check_disposition,
    check_relapse,
    check_transplant,
    check_treatment_consent,
)
from models.checks.patient import check_identity, check_patient
from models.checks.response import check_assessment
from models.checks.sequence import check_sequence
from models.checks.spans import check_span
from models.checks.treatment import check_dose, check_phase, check_phase_early, check_puncture
from models.checks.visit_days import check_visit_day
from models.checks.visits import check_visit
from models.checks.vitals import check_vitals
from models.domain.findings import Finding, Severity

Check = Callable[[Proposal, Facts], Iterator[Finding]]

CHECKS: Mapping[str, Sequence[Check]] = {
    "patient": (check_patient, check_enrolling),
    "identity": (check_identity,),
    "sample": (check_sequence,),
    "visit": (check_visit,),
    "mrd": (check_sequence, check_mrd, check_visit_day),
    "mutation": (check_sequence, check_mutation),
    "lab": (check_lab,),
    "lab_range": (check_range,),
    "vitals": (check_vitals,),
    "adverse_event": (check_span, check_event, check_fatal),
    "ae_grade": (check_grade,),
    "phase": (check_span, check_phase, check_phase_early, check_treatment_consent),
    "exposure": (check_dose, check_treatment_consent),
    "lumbar_puncture": (check_puncture,),
    "history": (check_span,),
    "medication": (check_span,),
    "consent": (check_sequence, check_consent),
    "disease": (check_diagnosis, check_transcript),
    "lesion": (check_lesion,),
    "assessment": (check_assessment,),
    "transplant": (check_sequence, check_transplant),
    "relapse": (check_relapse,),
    "disposition": (check_disposition,),
    "death": (check_death, check_events_at_death),
}


def check(proposal: Proposal, facts: Facts) -> tuple[Finding, ...]:
    """Every finding against a record and its children, errors first. A child's findings name no field of the parent."""
    findings = [*check_fields(proposal, facts)]
    for rule in CHECKS.get(proposal.kind, ()):
        findings += rule(proposal, facts)
    for kind, values in proposal.children:
        child = Proposal(kind, values)
        findings += [Finding(f.severity, kind, f.message, f.rule) for f in check(child, facts)]
    return tuple(sorted(findings, key=lambda f: f.severity is not Severity.ERROR))
