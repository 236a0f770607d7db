"""Survival and incidence curves of an endpoint, for everybody or group by group."""

from dataclasses import replace
from typing import TYPE_CHECKING

from models.cohort.endpoints import COMPETING, EVENT
from models.cohort.table import Form, written_value
from models.domain.capitals import upper_first
from models.figures.cohort.frame import CohortDrawing, board
from models.figures.cohort.group_lines import GroupLine, group_lines
from models.figures.cohort.steps import StepLine, draw_steps
from models.protocols.model import EVENTS, STARTS

if TYPE_CHECKING:
    from models.cohort.survival import EndpointEstimates, Estimate
    from models.figures.style import DrawOptions, Style
    from models.statistics.incidence import IncidenceCurve

_COMPETING_DASH = (1.4, 1.6)


def survival(
    found: "EndpointEstimates", options: "DrawOptions", *, title: str = "", bands: bool = False
) -> CohortDrawing:
    """Draw an endpoint: survival from 100 % down, or where it has a competing event the incidence from 0 % up.

    Everybody together shows the event and the competing event; groups show the event alone. `bands` are the 95 %
    limits of the curves, but for the competing event.
    """
    drawn = board(options)
    estimates = found.groups or (found.everybody,)
    if not any(estimate.patients for estimate in estimates):
        drawn.head(title)
        return drawn.empty("No patient is followed for this endpoint yet.")
    drawn.head(title, _test_words(found, drawn.style), _axis_words(found))
    styles = group_lines([estimate.group for estimate in estimates], drawn.style)
    if not found.by_incidence:
        lines = [_survival_line(estimate, line) for estimate, line in zip(estimates, styles, strict=True)]
        return draw_steps(drawn, lines, lines, bands=bands, zoom=False)
    if found.groups:
        lines = [
            _incidence_line(estimate, estimate.incidence, estimate.group, line, EVENT)
            for estimate, line in zip(estimates, styles, strict=True)
        ]
        return draw_steps(drawn, lines, lines, bands=bands, zoom=True)
    one = found.everybody
    other = GroupLine(drawn.style["muted"], _COMPETING_DASH)
    competing = _incidence_line(one, one.competing, _events(found, COMPETING), other, COMPETING)
    lines = [
        _incidence_line(one, one.incidence, _events(found, EVENT), styles[0], EVENT),
        replace(competing, lower=(), upper=()),
    ]
    risk = [_incidence_line(one, one.incidence, one.group, styles[0], EVENT)]
    return draw_steps(drawn, lines, risk, bands=bands, zoom=True)


def _survival_line(estimate: "Estimate", line: GroupLine) -> StepLine:
    assert estimate.survival is not None
    times, _, _, _, survival_, _, lower, upper = estimate.survival.columns
    followed = estimate.follow.followed
    return StepLine(estimate.group, line, 1.0, times, survival_, lower, upper, followed, EVENT, estimate.at_risk)


def _incidence_line(
    estimate: "Estimate", curve: "IncidenceCurve | None", name: str, line: GroupLine, cause: int
) -> StepLine:
    assert curve is not None
    times, _, _, incidence, _, lower, upper = curve.columns
    return StepLine(name, line, 0.0, times, incidence, lower, upper, estimate.follow.followed, cause, estimate.at_risk)


def _events(found: "EndpointEstimates", cause: int) -> str:
    codes = found.endpoint.events if cause == EVENT else found.endpoint.competing
    return upper_first(", ".join(EVENTS[code] for code in codes))


def _axis_words(found: "EndpointEstimates") -> str:
    """What the two axes show."""
    what = "Share without the event"
    if found.by_incidence:
        events = ", ".join(EVENTS[code] for code in found.endpoint.events)
        what = f"Share with {events}" if found.groups else "Cumulative incidence"
    return f"{what}, by months from the {STARTS[found.endpoint.start]}"


def _test_words(found: "EndpointEstimates", style: "Style") -> str:
    if found.test is None:
        return ""
    if found.test.p is None:
        return f"{found.test_name}: cannot be tested"
    written = written_value(found.test.p, Form.P, style.desk)
    return f"{found.test_name}: p {written}" if written[0] in "<>" else f"{found.test_name}: p = {written}"
