"""Stopping rules watched while patients come in: the boundary as the protocol states it, and the site's path to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from models.cohort.landmarks import MISSING, NOT_REACHED
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, text
from models.cohort.toxicity import treated
from models.cohort.who import Who
from models.domain.capitals import within_sentence
from models.domain.molecular.terms import NOT_EVALUABLE
from models.protocols.model import BOUNDARIES, WATCHED, Monitoring, Protocol
from models.statistics.boundaries import BoundaryPoint, beta_binomial_boundary, binomial_boundary
from models.statistics.simon import Design, Kind, simon_two_stage

if TYPE_CHECKING:
    from models.cohort.member import Member


class Step(NamedTuple):
    """One more patient on the site's path. `so_far` is how many had what is watched; `crossed` stops."""

    n: int
    so_far: int
    who: Who
    had: bool
    day: date
    record: tuple[str, int] | None
    crossed: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule, its boundary by number of patients, and the path. Information: people decide, not the boundary.

    `design` is Simon's, None for the other methods.
    """

    rule: Monitoring
    method: Method
    boundary: tuple[BoundaryPoint, ...]
    design: Design | None
    path: tuple[Step, ...]

    @property
    def crossed_at(self) -> Step | None:
        """The first step at which the boundary was reached, None while the path is inside."""
        return next((step for step in self.path if step.crossed), None)

    @property
    def state(self) -> str:
        """Where the site stands, in a sentence."""
        if not self.path:
            return "No patient counts yet."
        last = self.path[-1]
        crossed = self.crossed_at
        so_far = f"{last.so_far} of {last.n} {WATCHED[self.rule.watches]}"
        if crossed:
            return f"The boundary was reached at patient {crossed.n} ({crossed.who.label}); now {so_far}."
        return f"Inside the boundary: {so_far}."


def watch(rule: Monitoring, members: "Sequence[Member]", protocol: Protocol) -> Watch:
    """Reckon a rule's boundary and follow the site's patients along it, in the order of their start of treatment."""
    design = None
    if rule.method == "simon":
        assert rule.target is not None
        assert rule.alpha is not None
        assert rule.beta is not None
        kind: Kind = "minimax" if rule.design == "minimax" else "optimal"
        design = _design(float(rule.limit), float(rule.target), float(rule.alpha), float(rule.beta), kind)
        boundary: tuple[BoundaryPoint, ...] = (BoundaryPoint(design.n1, design.r1), BoundaryPoint(design.n, design.r))
    else:
        boundary = _boundary(rule)
    counted = _toxicities if rule.watches == "toxicity" else _responses
    path = _path(rule, boundary, counted(rule, members, protocol))
    return Watch(rule, _method(rule, design, protocol), boundary, design, path)


@cache
def _design(limit: float, target: float, alpha: float, beta: float, kind: Kind) -> Design:
    """Found once: looking at every design can take a second, and a study asks again after every change."""
    return simon_two_stage(limit, target, alpha, beta, kind)


class _Counted(NamedTuple):
    """One patient as the rule counts: the day that gives the order, and what was watched, if it happened."""

    who: Who
    day: date
    had: bool
    record: tuple[str, int] | None


def _toxicities(rule: Monitoring, members: "Sequence[Member]", protocol: Protocol) -> Iterator[_Counted]:
    """Those who began one of the phases watched, by the first day of it."""
    giving = [phase.code for phase in protocol.phases if any(dose.drug in rule.drugs for dose in phase.doses)]
    watched = rule.phases or giving
    for member in treated(members, protocol):
        began = [span.began for span in member.phases if not watched or span.phase in watched]
        if began:
            events = (
                event
                for event in member.events
                if event.worst is not None
                and event.worst >= rule.grade
                and (not rule.drugs or set(rule.drugs) & set(event.related))
                and (not rule.phases or event.phase in rule.phases)
            )
            event = next(events, None)
            record = ("adverse_event", event.record_id) if event else None
            yield _Counted(member.who, min(began), event is not None, record)


def _responses(rule: Monitoring, members: "Sequence[Member]", protocol: Protocol) -> Iterator[_Counted]:
    """The enrolled patients with an evaluable sample at the landmark, by its day."""
    for member in members:
        landmark = member.landmark(rule.landmark) if member.enrolled else None
        if landmark is None:
            continue
        found = landmark.molecular
        if found.when is not None and found.outcome not in (NOT_EVALUABLE, MISSING, NOT_REACHED):
            had = found.outcome in protocol.mrd.response_classes
            yield _Counted(member.who, found.when, had, ("mrd", found.records[0]))


def _boundary(rule: Monitoring) -> tuple[BoundaryPoint, ...]:
    """The boundary from the first look on."""
    direction = _direction(rule)
    limit = float(rule.limit)
    if rule.method == "beta-binomial":
        assert rule.certainty is not None
        a, b = rule.prior
        prior = (float(a), float(b))
        points = beta_binomial_boundary(prior, limit, float(rule.certainty), rule.patients, direction)
    else:
        assert rule.alpha is not None
        points = binomial_boundary(limit, float(rule.alpha), rule.patients, direction)
    return tuple(point for point in points if point.n >= rule.first_look)


def _direction(rule: Monitoring) -> Literal["too many", "too few"]:
    return "too many" if rule.watches == "toxicity" else "too few"


def _path(rule: Monitoring, boundary: Sequence[BoundaryPoint], counting: Iterator[_Counted]) -> tuple[Step, ...]:
    stops = {point.n: point.events for point in boundary}
    too_many = _direction(rule) == "too many"
    steps, count = [], 0
    for n, one in enumerate(sorted(counting, key=lambda each: (each.day, each.who)), start=1):
        count += one.had
        stop = stops.get(n)
        crossed = stop is not None and (count >= stop if too_many else count <= stop)
        steps.append(Step(n, count, one.who, one.had, one.day, one.record, crossed))
    return tuple(steps)


def _method(rule: Monitoring, design: Design | None, protocol: Protocol) -> Method:
    percent = f"{rule.limit * 100:f}".rstrip("0").rstrip(".")
    if rule.watches == "toxicity":
        drugs = ", ".join(drug.name for drug in protocol.drugs if drug.code in rule.drugs)
        phases = ", ".join(phase.label for phase in protocol.phases if phase.code in rule.phases)
        watched = "Treated patients"
        watched += f" who began {phases}" if phases else f" who began a phase with {drugs}" if drugs else ""
        watched += f", in the order in which that began; counted: an adverse event of grade {rule.grade} or more"
        watched += f", possibly related or related to {drugs}" if drugs else ", whatever its cause"
        watched += ", begun in these phases." if phases else "."
    else:
        visit = protocol.visit(rule.landmark)
        when = within_sentence(visit.label) if visit else ""
        watched = f"Patients in molecular response {when} among those evaluable, in the order of their samples."
    if design:
        how = (
            f"Simon's two-stage design ({rule.design}) for {percent} % against {float(rule.target or 0) * 100:g} %"
            f" (errors {rule.alpha} and {rule.beta}): stop with {design.r1} or fewer of {design.n1}; not worth going"
            f" on with {design.r} or fewer of {design.n}."
        )
    elif rule.method == "beta-binomial":
        a, b = rule.prior
        side = "above" if rule.watches == "toxicity" else "below"
        how = (
            f"Bayesian beta-binomial, prior Beta({a}, {b}): stops where the rate is {side} {percent} % with a"
            f" probability of at least {rule.certainty}; from {rule.first_look} to {rule.patients} patients."
        )
    else:
        side = "above" if rule.watches == "toxicity" else "below"
        how = (
            f"Exact binomial test at every patient from {rule.first_look} to {rule.patients}: stops where the count"
            f" would have a probability of at most {rule.alpha} if the rate were {percent} %, not {side} it."
        )
    return Method(rule.label, f"{watched} {how} Information: the boundary decides nothing.", rule.source)


def as_table(found: Watch) -> Table:
    """The boundary and the path, a line for each number of patients."""
    side = "above" if _direction(found.rule) == "too many" else "below"
    columns = (
        Column("n", "Patients", Form.WHOLE),
        Column("patient", "Patient", Form.TEXT),
        Column("had", "Counted", Form.TEXT),
        Column("count", "So far"),
        Column("boundary", f"Stops at or {side}", Form.WHOLE),
    )
    stops = {point.n: point.events for point in found.boundary}
    steps = {step.n: step for step in found.path}
    rows: list[Row] = []
    so_far: tuple[Who, ...] = ()  # one for all lines until it grows: a study of thousands has as many lines
    for n in sorted(stops.keys() | steps.keys()):
        step = steps.get(n)
        if step and step.had:
            so_far = (*so_far, step.who)
        rows.append(
            Row(
                str(n),
                (
                    text(n),
                    Cell((step.who.label,), (step.who,)) if step else text(""),
                    text(("yes" if step.had else "no") if step else ""),
                    Cell((step.so_far,), so_far) if step else text(None),
                    Cell((stops.get(n),), note="no stop"),
                ),
            )
        )
    title = f"{found.rule.label}: {BOUNDARIES[found.rule.method]}"
    return Table(f"monitoring-{found.rule.code}", title, columns, tuple(rows), (found.method,))
