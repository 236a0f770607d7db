"""What the course has reached and lost: response, sustained response, loss, molecular relapse, and where it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.capitals import upper_first
from models.domain.derived import Derived
from models.domain.molecular.points import TimePoint
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.terms import COMPLETE, LOSS_OF_RESPONSE, POSITIVE
from models.domain.sentence import Sentence

FIRST_RESPONSE = "first molecular response"
FIRST_COMPLETE = "first complete molecular response"
SUSTAINED_RESPONSE = "sustained molecular response"
MOLECULAR_RELAPSE = "molecular relapse"

CONFIRMED = "confirmed"
UNCONFIRMED = "unconfirmed"


class Milestone(NamedTuple):
    """Something reached or lost in one specimen, on the day of the sample that shows it.

    `confirmation` is "confirmed" or "unconfirmed" for loss and relapse, which the next evaluable time point confirms
    or does not; "" for the others.
    """

    kind: str
    specimen: str
    reached: Derived[date]
    day: int | None
    samples: tuple[int | str, ...]
    confirmation: str = ""


class Standing(NamedTuple):
    """Where one specimen stands: the class of its last evaluable time point, and the unbroken run of that class.

    `since` and `since_day` are of the first time point of the run; `last` is the day of the last, `samples` its keys.
    """

    headline: Derived[str]
    since: date
    since_day: int | None
    specimen: str
    last: date
    samples: tuple[int | str, ...]

    @property
    def explained(self) -> Derived[str]:
        """The headline with the specimen and the time points behind it. Worked out when somebody asks why."""
        specimen = self.specimen.lower()
        inputs: tuple[tuple[str, Sentence], ...] = (
            ("Specimen", specimen),
            ("Last evaluable time point", self.last),
            ("So since", self.since),
            *self.headline.inputs,
        )
        last = (f"The last evaluable time point of the {specimen}, ", self.last, ", decides. ")
        return Derived(self.headline.value, self.headline.rule, inputs, (*last, self.headline.reason))


def milestones_of(points: Sequence[TimePoint], rules: MrdRules) -> tuple[Milestone, ...]:
    """The milestones of each specimen, in the order of time. Time points that are not evaluable are passed over."""
    specimens = dict.fromkeys(point.specimen for point in points)
    found: list[Milestone] = []
    for specimen in specimens:
        here = [point for point in points if point.specimen == specimen and point.evaluable]
        found += [*_firsts(here, rules), *_sustained(here, rules), *_losses(here, rules), *_relapses(here, rules)]
    return tuple(sorted(found, key=lambda milestone: milestone.reached.value))


def standing_of(points: Sequence[TimePoint]) -> Standing | None:
    """Where a specimen stands after its last evaluable time point."""
    evaluable = [point for point in points if point.evaluable]
    if not evaluable:
        return None
    first = last = evaluable[-1]
    for point in reversed(evaluable):
        if point.headline.value != last.headline.value:
            break
        first = point
    return Standing(last.headline, first.when, first.day, last.specimen, last.when, last.keys)


def positive_elsewhere(points: Sequence[TimePoint], standing: Standing | None) -> tuple[Standing, ...]:
    """The other specimens that were found positive after the last evaluable result behind `standing`.

    They do not change where the patient stands, which the specimen of the response says; but they speak against it.
    None where that specimen is positive itself, or has no result to speak against. Each counts from its first result
    after that one: a positive blood of the diagnosis has nothing to do with it.
    """
    if standing is None or standing.headline.value == POSITIVE:
        return ()
    later = [point for point in points if point.specimen != standing.specimen and point.when > standing.last]
    others = dict.fromkeys(point.specimen for point in later)
    stand = (standing_of([point for point in later if point.specimen == specimen]) for specimen in others)
    return tuple(each for each in stand if each and each.headline.value == POSITIVE)


def _milestone(
    kind: str,
    points: Sequence[tuple[str, TimePoint | None]],
    rules: MrdRules,
    reason: Sentence,
    confirmation: str = "",
) -> Milestone:
    """Reached with the time point called `_REACHED`; `points` are all that the rule read, None where there is none."""
    point = next(read for name, read in points if name == _REACHED and read)
    inputs = tuple((name, _read(read)) for name, read in points)
    reached = Derived(point.when, rules.rule, (("Specimen", point.specimen.lower()), *inputs), reason)
    return Milestone(kind, point.specimen, reached, point.day, point.keys, confirmation)


_REACHED = "This time point"


def _read(point: TimePoint | None) -> Sentence:
    return (point.when, ", ", point.headline.value) if point else "none yet"


def _firsts(points: Sequence[TimePoint], rules: MrdRules) -> Iterator[Milestone]:
    counting = " or ".join(rules.response_classes)
    response = next((point for point in points if point.response), None)
    if response:
        yield _milestone(FIRST_RESPONSE, [(_REACHED, response)], rules, f"The first result that is {counting}.")
    complete = next((point for point in points if point.headline.value == COMPLETE), None)
    if complete:
        yield _milestone(FIRST_COMPLETE, [(_REACHED, complete)], rules, "The first complete result.")


def _sustained(points: Sequence[TimePoint], rules: MrdRules) -> Iterator[Milestone]:
    """The first time that enough time points in a row are in response; reached with the last of them."""
    run: list[TimePoint] = []
    for point in points:
        run = [*run, point] if point.response else []
        if len(run) == rules.sustained_time_points:
            before = [(f"Time point {number}", each) for number, each in enumerate(run[:-1], start=1)]
            reason = f"{len(run)} time points in a row in molecular response."
            yield _milestone(SUSTAINED_RESPONSE, [*before, (_REACHED, point)], rules, reason)
            return


def _losses(points: Sequence[TimePoint], rules: MrdRules) -> Iterator[Milestone]:
    for before, point, later in _in_threes(points):
        if before and before.response and not point.response:
            confirmed = later is not None and not later.response
            reason = f"{before.headline.value} before, {point.headline.value} now; {_next_words(confirmed)}"
            yield _milestone(
                LOSS_OF_RESPONSE,
                [("Time point before", before), (_REACHED, point), ("Next time point", later)],
                rules,
                upper_first(reason),
                CONFIRMED if confirmed else UNCONFIRMED,
            )


def _relapses(points: Sequence[TimePoint], rules: MrdRules) -> Iterator[Milestone]:
    """The threshold or more after MRD CR; a further one only after a further MRD CR."""
    complete: TimePoint | None = None
    for _, point, later in _in_threes(points):
        if complete and point.positive_from(rules.relapse_threshold):
            confirmed = later is not None and later.positive_from(rules.relapse_threshold)
            reason = (rules.relapse_threshold, f" % or more after MRD CR; {_next_words(confirmed)}")
            yield _milestone(
                MOLECULAR_RELAPSE,
                [("MRD CR", complete), (_REACHED, point), ("Next time point", later)],
                rules,
                reason,
                CONFIRMED if confirmed else UNCONFIRMED,
            )
            complete = None
        if point.european_complete:
            complete = point


def _in_threes(points: Sequence[TimePoint]) -> Iterator[tuple[TimePoint | None, TimePoint, TimePoint | None]]:
    """Each time point with the one before it and the one after it, None where there is none."""
    return zip([None, *points[:-1]], points, [*points[1:], None], strict=False)


def _next_words(confirmed: bool) -> str:
    return "the next time point confirms it." if confirmed else "no next time point confirms it."
