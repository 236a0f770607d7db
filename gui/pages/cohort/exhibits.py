"""What each tab of the Cohort page shows: a table, and perhaps the drawing of the same numbers. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from models.cohort import (
    baseline,
    completeness,
    courses,
    doses,
    flow,
    levels,
    monitoring,
    mutations,
    response,
    survival,
    toxicity,
    waterfall,
)
from models.cohort.cohort import Cohort
from models.cohort.grouping import EVERYBODY, Group
from models.cohort.survival import EndpointEstimates
from models.cohort.table import Table
from models.figures.cohort.boundary import boundary
from models.figures.cohort.flow import flow as draw_flow
from models.figures.cohort.flow import flow_height
from models.figures.cohort.frame import CohortDrawing
from models.figures.cohort.levels import levels as draw_levels
from models.figures.cohort.response import response_bars
from models.figures.cohort.survival import survival as draw_survival
from models.figures.cohort.swimmer import swimmer, swimmer_height
from models.figures.cohort.waterfall import waterfall as draw_waterfall
from models.figures.style import DrawOptions

Draw = Callable[[DrawOptions], CohortDrawing]
Height = Callable[[DrawOptions], float]


class Choice(NamedTuple):
    """One of the things a tab can show."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One table with its drawing. `height` is what the drawing comfortably needs, in inches.

    `curves` are the steps behind a drawing of curves, and `points` the table behind one of points: they are what is
    saved as the drawing's data where the table beside it is a summary.
    """

    table: Table
    draw: Draw | None = None
    height: Height | None = None
    curves: EndpointEstimates | None = None
    points: Table | None = None


class View(NamedTuple):
    """A tab. `picker` says what its choices are ("" for none); `divided` ones change with the subgroups.

    `by` is how the cohort is divided there until somebody chooses.

    `nothing` is the sentence where there is nothing to show. `forms` needs the bulky records too. Without `show`, two
    counts are held beside each other: see `changes`.
    """

    name: str
    title: str
    picker: str
    choices: Callable[[Cohort], tuple[Choice, ...]]
    show: Callable[[Cohort, str], Exhibit] | None
    nothing: str = ""
    divided: bool = False
    forms: bool = False
    by: str = ""


def _rule_sets(cohort: Cohort) -> tuple[Choice, ...]:
    name = cohort.protocol.mrd.rule_set
    return (
        Choice(response.PROTOCOL, f"Molecular response, {name} rules"),
        Choice(response.EUROPEAN, "Molecular response, European terms"),
        Choice(response.SUSTAINED_RESPONSE, "Sustained molecular response"),
        Choice(response.HAEMATOLOGIC, "Haematologic remission"),
    )


def _response(cohort: Cohort, code: str) -> Exhibit:
    tables = cohort.response[code]
    drawn = tables[1:] or tables
    return Exhibit(response.as_table(tables, cohort.protocol, cohort.by), lambda options: response_bars(drawn, options))


def _endpoints(cohort: Cohort) -> tuple[Choice, ...]:
    found = (Choice(endpoint.code, endpoint.label) for endpoint in cohort.protocol.endpoints)
    return tuple(sorted(found, key=_curves_first))


_FIRST = ("DFS", "OS")


def _curves_first(choice: Choice) -> int:
    """The two that are asked for every day stand first; the others keep the order of the protocol."""
    return _FIRST.index(choice.code) if choice.code in _FIRST else len(_FIRST)


def _survival(cohort: Cohort, code: str) -> Exhibit:
    found = cohort.endpoints[code]
    table = survival.as_table(found, cohort.protocol, cohort.by)
    return Exhibit(table, lambda options: draw_survival(found, options, bands=not found.groups), curves=found)


def _orders(cohort: Cohort) -> tuple[Choice, ...]:
    return tuple(Choice(code, words) for code, words in courses.ORDERS.items())


def _courses(cohort: Cohort, code: str) -> Exhibit:
    lanes, groups = courses.lanes(cohort.members, cohort.protocol, code), cohort.groups
    return Exhibit(
        courses.as_table(lanes),
        lambda options: swimmer(lanes, options, groups=groups),
        lambda options: swimmer_height(lanes, options, groups),
        points=courses.as_phase_table(lanes),
    )


def _picks(cohort: Cohort) -> tuple[Choice, ...]:
    return (Choice("", "nobody"), *(Choice(str(who.id), who.label) for who, _ in cohort.curves.patients))


def _levels(cohort: Cohort, code: str) -> Exhibit:
    found = cohort.curves
    picked = next((who for who, _ in found.patients if str(who.id) == code), None)
    return Exhibit(
        levels.as_table(found),
        lambda options: draw_levels(found, options, picked=picked),
        points=levels.as_point_table(found),
    )


def _landmarks(cohort: Cohort) -> tuple[Choice, ...]:
    return tuple(Choice(found.visit, found.label) for found in cohort.waterfalls.values())


def _waterfall(cohort: Cohort, code: str) -> Exhibit:
    found = cohort.waterfalls[code]
    return Exhibit(waterfall.as_table(found), lambda options: draw_waterfall(found, options))


def _dimensions(cohort: Cohort) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{dimension}/{found.system}", f"{words}, {found.system}")
        for dimension, words in toxicity.DIMENSIONS.items()
        for found in cohort.toxicity[dimension]
    )


def _toxicity(cohort: Cohort, code: str) -> Exhibit:
    dimension, _, system = code.partition("/")
    return Exhibit(next(toxicity.as_table(found) for found in cohort.toxicity[dimension] if found.system == system))


def _doses(cohort: Cohort, code: str) -> Exhibit:
    return Exhibit(doses.as_table(cohort.doses, cohort.protocol))


def _mutations(cohort: Cohort, code: str) -> Exhibit:
    return Exhibit(mutations.as_table(cohort.members, cohort.protocol))


_BASELINE = Choice("baseline", "Patients at diagnosis")


def _flows(cohort: Cohort) -> tuple[Choice, ...]:
    return (Choice("flow", "Patient flow"), _BASELINE)


def _flow(cohort: Cohort, code: str) -> Exhibit:
    if code == _BASELINE.code:
        return Exhibit(baseline.as_table((Group(EVERYBODY, cohort.members), *cohort.groups)))
    found = cohort.flow
    return Exhibit(
        flow.as_table(found), lambda options: draw_flow(found, options), lambda options: flow_height(found, options)
    )


def _completeness_of(cohort: Cohort) -> tuple[Choice, ...]:
    return (Choice("visit", "By visit"), Choice("form", "By form"))


def _completeness(cohort: Cohort, code: str) -> Exhibit:
    return Exhibit(completeness.as_table(cohort.completeness[code], code))


def _rules(cohort: Cohort) -> tuple[Choice, ...]:
    return tuple(Choice(watch.rule.code, watch.rule.label) for watch in cohort.monitoring)


def _boundary(cohort: Cohort, code: str) -> Exhibit:
    watch = next(one for one in cohort.monitoring if one.rule.code == code)
    return Exhibit(monitoring.as_table(watch), lambda options: boundary(watch, options))


def _one(cohort: Cohort) -> tuple[Choice, ...]:
    return (Choice("", ""),)


VIEWS: tuple[View, ...] = (
    View("response", "Response", "Response", _rule_sets, _response, divided=True),
    View("survival", "Survival", "Endpoint", _endpoints, _survival, divided=True, by="ikzf1"),
    View("courses", "Patients over time", "Order", _orders, _courses, divided=True),
    View(
        "levels", "All curves", "Patient picked out", _picks, _levels, "No MRD sample stands for a planned visit yet."
    ),
    View(
        "waterfall",
        "Waterfall",
        "Time point",
        _landmarks,
        _waterfall,
        "The protocol names no time point at which MRD is a landmark.",
    ),
    View("toxicity", "Toxicity", "Lines", _dimensions, _toxicity, "No adverse event is recorded."),
    View("doses", "Doses", "", _one, _doses, "No phase of treatment has begun yet."),
    View("mutations", "Mutations", "", _one, _mutations, "No test has found an ABL1 mutation."),
    View("flow", "Patient flow", "Part", _flows, _flow, divided=True),
    View(
        "completeness",
        "Completeness",
        "Lines",
        _completeness_of,
        _completeness,
        "No visit was expected yet.",
        forms=True,
    ),
    View("boundary", "Safety boundary", "Rule", _rules, _boundary, "The protocol states no stopping rule."),
    View("changes", "Changes", "", _one, None, divided=True, forms=True),
)
"""Every tab, in the order of the page."""


def view(name: str) -> View:
    """The tab of that name; an unknown name is a fault of the program."""
    return next(one for one in VIEWS if one.name == name)
