"""A patient's molecular course: every series in the order of time, the time points, milestones and alerts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.molecular.alerts import Alert, alert_for
from models.domain.molecular.changes import change
from models.domain.molecular.classification import Level, classify
from models.domain.molecular.measurement import measure
from models.domain.molecular.milestones import Milestone, Standing, milestones_of, positive_elsewhere, standing_of
from models.domain.molecular.points import Point, TimePoint, time_points
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.partial_dates import PartialDate

_NOTHING_KNOWN: Mapping[int | str, bool | None] = {}


class Series(NamedTuple):
    """One transcript in one specimen. `baseline` is the sample from which log reductions count, None where none is."""

    specimen: str
    transcript: str
    baseline: MrdSample | None
    points: tuple[Point, ...]


class Course(NamedTuple):
    """Everything that the results say together.

    `time_points`, `milestones` and `alerts` are in the order of time; blood and marrow keep apart in each.
    `standing` is where the specimen of the protocol's response stands now, None before its first evaluable result.
    `elsewhere` are the other specimens that were found positive since.
    """

    series: tuple[Series, ...]
    time_points: tuple[TimePoint, ...]
    milestones: tuple[Milestone, ...]
    alerts: tuple[Alert, ...]
    standing: Standing | None
    elsewhere: tuple[Standing, ...] = ()


def follow(
    samples: Iterable[MrdSample],
    rules: MrdRules,
    *,
    last_baseline_day: int = 1,
    baseline_keys: Collection[int | str] = (),
    transcripts: Collection[str] = (),
    in_remission: Mapping[int | str, bool | None] = _NOTHING_KNOWN,
) -> Course:
    """Follow a patient.

    A baseline sample is one taken up to study day `last_baseline_day`, or named in `baseline_keys`; a series counts
    from its first baseline sample with a number. `transcripts` are those that the patient's record says to follow: a
    time point that lacks one of them is no response. `in_remission` says for each sample's key whether the patient was
    in haematologic complete remission; a key that is absent means that it is not known.

    Two samples of one day are two points, in the order in which they come. A sample whose day is not fully known takes
    part in the changes and alerts of its series where its place in the order is certain; else it is classified and
    listed last. Time points and milestones are of full days only.
    """
    ordered = sorted(samples, key=_when)

    def at_baseline(sample: MrdSample) -> bool:
        return sample.key in baseline_keys or (sample.day is not None and sample.day <= last_baseline_day)

    of_series: dict[tuple[str, str], list[MrdSample]] = {}
    for sample in ordered:
        of_series.setdefault((sample.specimen, sample.transcript), []).append(sample)
    baselines = [sample.key for sample in ordered if at_baseline(sample)]
    series = tuple(_series(own, rules, baselines, in_remission) for own in of_series.values())
    alerts = [alert for one in series for alert in _alerts(one, rules, at_baseline)]
    points = time_points([point for one in series for point in one.points], rules, transcripts)
    after_baseline = [point for point in points if not all(at_baseline(each.sample) for each in point.points)]
    standing = standing_of([point for point in points if point.specimen == rules.response_specimen])
    return Course(
        series=series,
        time_points=points,
        milestones=milestones_of(after_baseline, rules),
        alerts=tuple(sorted(alerts, key=lambda alert: alert.when)),
        standing=standing,
        elsewhere=positive_elsewhere(points, standing),
    )


def _when(sample: MrdSample) -> date:
    """The day of the sample; those without a full date come last."""
    return sample.collected.full or date.max


def _in_order(samples: Sequence[MrdSample]) -> list[tuple[MrdSample, bool]]:
    """The samples of a series, each with whether its place among the others is certain; those without one come last.

    A full date has its place. A partial one has it where every other sample lies wholly before or wholly after the days
    that it can stand for.
    """
    days = [sample.collected for sample in samples]

    def certain(own: PartialDate) -> bool:
        if own.full or own.earliest is None:
            return own.full is not None
        others = (day for day in days if day is not own and day.earliest)
        return all(own.before(other) or other.before(own) for other in others)

    placed: list[MrdSample] = []
    lost: list[MrdSample] = []
    for sample in samples:
        (placed if certain(sample.collected) else lost).append(sample)
    placed.sort(key=lambda sample: sample.collected.earliest or date.max)
    return [*((sample, True) for sample in placed), *((sample, False) for sample in lost)]


def _series(
    samples: list[MrdSample],
    rules: MrdRules,
    baseline_keys: Collection[int | str],
    in_remission: Mapping[int | str, bool | None],
) -> Series:
    """Classify each sample, and measure it against the last one and the lowest one before it."""
    baseline, baseline_ratio = None, None
    for sample in samples:
        measured = measure(sample, rules) if sample.key in baseline_keys else None
        if measured and measured.ratio and measured.qualifier == "":
            baseline, baseline_ratio = sample, measured.ratio
            break
    points: list[Point] = []
    last: Level | None = None
    lowest: Level | None = None
    for sample, placed in _in_order(samples):
        result = classify(sample, rules, baseline_ratio, in_remission.get(sample.key))
        level, when = result.level, sample.collected.full
        if level is None or not placed:
            points.append(Point(sample, result, when, placed, None, None))
            continue
        since_last = change(last, level) if last else None
        since_lowest = change(lowest, level) if lowest else None
        points.append(Point(sample, result, when, placed, since_last, since_lowest))
        last = level
        lowest = level if lowest is None or level.percent < lowest.percent else lowest
    return Series(samples[0].specimen, samples[0].transcript, baseline, tuple(points))


def _alerts(series: Series, rules: MrdRules, at_baseline: Callable[[MrdSample], bool]) -> Iterable[Alert]:
    """The alerts of one series: each evaluable point against the evaluable one before it.

    Before treatment nothing can be lost: a sample of that time raises none, and one in which nothing was found is no
    response that a later one could have lost.
    """
    previous: Point | None = None
    for point in series.points:
        if not point.placed or not point.evaluable:
            continue
        before_treatment = at_baseline(point.sample)
        alert = None if previous is None or before_treatment else alert_for(previous, point, rules)
        if alert:
            yield alert
        if not (before_treatment and point.result.counts_as_response):
            previous = point
