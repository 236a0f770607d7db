"""What an MRD result would mean while it is still being typed. Pure: chart and values -> judgement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from models.chart.molecular import course, rules, sample
from models.chart.patient_chart import PatientChart
from models.domain.findings import errors_of
from models.domain.molecular.alerts import Alert
from models.domain.molecular.checks import check_sample
from models.domain.molecular.numbers import Numbers, numbers_of
from models.domain.molecular.points import Point
from models.domain.partial_dates import PartialDate, Special
from models.domain.sentence import Sentence
from models.records.molecular import MrdReplicate, MrdResult

_UNKNOWN = PartialDate(special=Special.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result in its series, and the alert it raises; or, where there is nothing to judge yet, a sentence why."""

    point: Point | None
    alert: Alert | None
    last: date | None
    sentence: Sentence = ""
    numbers: Numbers | None = None


def judge(chart: PatientChart, typed: Mapping[str, object], record: int, unreadable: Sequence[str] = ()) -> Judgement:
    """Follow the patient's course as if the typed result were stored in the place of `record` (0: a new one).

    `typed` is field name -> value read so far, and "replicate" -> the values of each replicate. `unreadable` are the
    labels of the fields in which something stands that cannot be read: nothing is judged as if they were empty.
    """
    if unreadable:
        return _nothing(f"What is typed cannot be read: {' and '.join(unreadable)}. What it means stands here then.")
    values = {name: typed.get(name) for name in MrdResult.kind.fields}
    if not values["specimen"] or not values["transcript"]:
        return _nothing("Choose specimen and transcript.")
    replicates = _replicates(cast("Sequence[Mapping[str, Any]]", typed.get("replicate", ())), record)
    given = ("target_copies", "control_copies", "lab_category", "lab_ratio")
    if not replicates and all(values[name] is None for name in given):
        return _nothing("Type copies, or the laboratory's category: what they mean stands here before you save.")
    values["collected"] = values["collected"] or _UNKNOWN
    result = MrdResult(id=record, **cast("dict[str, Any]", values))
    settings = chart.protocol.mrd
    wrong = errors_of(check_sample(sample(result, replicates, settings, None), rules(settings)))
    if wrong:
        return _nothing(wrong[0].message)
    others = tuple(other for other in chart.of(MrdResult) if other.id != record)
    kept = tuple(other for other in chart.of(MrdReplicate) if other.parent != record)
    disease = chart.disease
    followed = course(
        chart.protocol,
        (*others, result),
        (*kept, *replicates),
        disease.transcript if disease else None,
        chart.in_remission,
        chart.day,
    )
    points = [point for series in followed.series for point in series.points]
    own, point = next((one, each) for one in followed.series for each in one.points if each.sample.key == record)
    here = (point.sample.specimen, point.sample.transcript)
    until = point.when or point.sample.collected.latest
    earlier = [
        other.when
        for other in points
        if (other.sample.specimen, other.sample.transcript) == here
        and other.when is not None
        and other.sample.key != record
        and other.evaluable
        and (until is None or other.when <= until)
    ]
    alert = next((alert for alert in followed.alerts if alert.sample == record), None)
    numbers = numbers_of(point, own, rules(settings))
    return Judgement(point, alert, max(earlier, default=None), numbers=numbers)


def _nothing(sentence: Sentence) -> Judgement:
    return Judgement(None, None, None, sentence)


def _replicates(rows: Sequence[Mapping[str, Any]], record: int) -> tuple[MrdReplicate, ...]:
    """The replicates that can be read so far."""
    return tuple(
        MrdReplicate(
            id=-number,
            parent=record,
            number=row.get("number") or number,
            target_copies=row.get("target_copies"),
            control_copies=row.get("control_copies"),
        )
        for number, row in enumerate(rows, start=1)
        if row.get("target_copies") is not None and row.get("control_copies") is not None
    )
