"""MRD records as the molecular rules read them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from models.domain.molecular.alerts import Alert
from models.domain.molecular.course import Course, follow
from models.domain.molecular.rules import ABL1, GUSB, MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.model import MrdSettings, Protocol
from models.records.molecular import MrdReplicate, MrdResult


@cache
def rules(settings: MrdSettings) -> MrdRules:
    """The rule set with the numbers that the protocol gives."""
    minimum = Decimal(settings.minimum_control_copies)
    return MrdRules(
        id=settings.rule_set,
        version=settings.version,
        source=settings.source,
        control_genes=tuple(
            gene._replace(minimum_copies=minimum) if gene.name == settings.control_gene else gene
            for gene in (ABL1, GUSB)
        ),
        usual_control_gene=settings.control_gene,
        quantifiable_limit=settings.quantifiable_limit,
        response_classes=settings.response_classes,
        response_specimen=settings.specimen,
        european_threshold=settings.european_threshold,
        rise_in_logs=settings.rise_log,
        sustained_time_points=settings.sustained_time_points,
    )


def sample(result: MrdResult, replicates: Sequence[MrdReplicate], settings: MrdSettings, day: int | None) -> MrdSample:
    """One record, with the control gene of the protocol where the record names none."""
    pairs = tuple(
        (r.target_copies.value, r.control_copies.value)
        for r in sorted(replicates, key=lambda r: r.number)
        if r.target_copies is not None and r.control_copies is not None
    )
    return MrdSample(
        key=result.id,
        collected=result.collected,
        day=day,
        specimen=result.specimen,
        transcript=result.transcript,
        target_copies=result.target_copies,
        control_copies=result.control_copies,
        control_gene=result.control_gene or settings.control_gene,
        replicates=pairs,
        positive_replicates=result.positive_replicates,
        lab_category=result.lab_category,
        lab_ratio=result.lab_ratio,
        quantifiable_limit=_number(result.quantifiable_limit),
        is_factor=_number(result.international_factor),
    )


def course(
    protocol: Protocol,
    results: Sequence[MrdResult],
    replicates: Sequence[MrdReplicate],
    transcript_at_diagnosis: str | None,
    in_remission: Callable[[date], bool | None],
    day: Callable[[PartialDate], int | None],
) -> Course:
    """All results of one patient, followed over time.

    A patient with both transcripts at diagnosis is only in response where both are.
    """
    of_result: dict[int, list[MrdReplicate]] = {}
    for replicate in replicates:
        of_result.setdefault(replicate.parent, []).append(replicate)
    remission: dict[int | str, bool | None] = {r.id: in_remission(when) for r in results if (when := r.collected.full)}
    # Nobody is in remission before treatment, whatever the later assessments say or lack.
    days = {r.id: day(r.collected) for r in results}
    remission |= {id_: False for id_, number in days.items() if number is not None and number <= 1}
    return follow(
        [sample(r, of_result.get(r.id, ()), protocol.mrd, days[r.id]) for r in results],
        rules(protocol.mrd),
        transcripts=FOLLOWED.get(transcript_at_diagnosis or "", ()),
        in_remission=remission,
    )


def standing_alerts(course: Course, overtaken: date | None) -> tuple[Alert, ...]:
    """The alerts that nothing later has answered: no response in that specimen since, and nothing that overtook them.

    `overtaken` is the day of a relapse, of death or of leaving the study: what rose up to then asks for nothing more.
    """
    answered = {point.specimen: point.when for point in course.time_points if point.response}
    return tuple(
        alert
        for alert in course.alerts
        if alert.when >= answered.get(alert.specimen, alert.when)
        and (overtaken is None or (alert.collected.earliest or alert.when) > overtaken)
    )


FOLLOWED = {"p190": ("p190",), "p210": ("p210",), "both": ("p190", "p210")}
"""The transcripts to follow, by the transcript at diagnosis."""


def _number(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity else None
