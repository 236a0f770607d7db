"""Estimates of the protocol's endpoints: survival or incidence curves, rates at the stated months, tests of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.cohort import endpoints, grouping
from models.cohort.endpoints import CENSORED, COMPETING, EVENT, Followed, FollowUp
from models.cohort.grouping import EVERYBODY, Group, Grouping
from models.cohort.member import Member
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.protocols.model import Endpoint, Protocol
from models.statistics.comparison import Test
from models.statistics.gray import gray
from models.statistics.incidence import IncidenceCurve, cumulative_incidence
from models.statistics.survival import Curve, kaplan_meier, logrank, reverse_kaplan_meier

KAPLAN_MEIER = Method(
    "Kaplan-Meier",
    "Estimated by Kaplan-Meier, with 95 % intervals on the log-log scale (Greenwood). Numbers at risk are those just"
    " before the time. The median is where the curve comes to one half; its limits, where the limits of the curve do.",
    "Kaplan and Meier, J Am Stat Assoc 1958;53:457-481; Brookmeyer and Crowley, Biometrics 1982;38:29-41",
)
AALEN_JOHANSEN = Method(
    "Cumulative incidence",
    "Estimated by Aalen-Johansen with the competing event, never as one minus a survival curve; 95 % intervals on the"
    " log-log scale.",
    "Aalen and Johansen, Scand J Stat 1978;5:141-150",
)
LOG_RANK = Method(
    "Log-rank test",
    "Groups are compared by the log-rank test, two-sided; patients whose group is not known are shown and not tested.",
    "Peto and Peto, J R Stat Soc A 1972;135:185-207",
)
GRAY = Method(
    "Gray's test",
    "Groups are compared by Gray's test, two-sided; patients whose group is not known are shown and not tested.",
    "Gray, Ann Stat 1988;16:1141-1154",
)
FOLLOW_UP = Method(
    "Median follow-up",
    "Median follow-up by reverse Kaplan-Meier: censoring is the event.",
    "Schemper and Smith, Control Clin Trials 1996;17:343-346",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One endpoint in one group. Times are months.

    `survival` is the share without the event, None for an endpoint with a competing event; `incidence` is then the
    cumulative incidence of the event, and `competing` that of the competing one. `follow_up` is the curve of reverse
    Kaplan-Meier. `follow` holds the time of every patient.
    """

    group: str
    follow: FollowUp
    survival: Curve | None
    incidence: IncidenceCurve | None
    competing: IncidenceCurve | None
    follow_up: Curve

    @property
    def patients(self) -> tuple[Who, ...]:
        """Everybody who is counted."""
        return tuple(one.who for one in self.follow.followed)

    def ended(self, cause: int) -> tuple[Followed, ...]:
        """Those whose time ended so (`EVENT`, `COMPETING`, `CENSORED`), the earliest first."""
        return tuple(sorted((f for f in self.follow.followed if f.cause == cause), key=lambda f: f.days))

    def at_risk(self, month: float) -> tuple[Who, ...]:
        """Who is under observation just before a month: as many as the curve says."""
        return tuple(one.who for one in self.follow.followed if one.months >= month)

    def rate(self, month: float) -> tuple[float | None, float | None, float | None]:
        """The estimate at a month with its limits; None where nobody was observed so long."""
        if self.survival is not None:
            at = self.survival.at(month)
            return at.survival, at.lower, at.upper
        if self.incidence is not None:
            reached = self.incidence.at(month)
            return reached.incidence, reached.lower, reached.upper
        return None, None, None


@dataclass(frozen=True, slots=True)
class EndpointEstimates:
    """One endpoint: everybody, each group, and the test between the groups (None where there are no groups)."""

    endpoint: Endpoint
    method: Method
    everybody: Estimate
    groups: tuple[Estimate, ...]
    test: Test | None

    @property
    def by_incidence(self) -> bool:
        """Whether the endpoint has a competing event, and is a cumulative incidence."""
        return bool(self.endpoint.competing)

    @property
    def test_name(self) -> str:
        """How the groups are compared, with those that are shown and take no part: "Log-rank test"."""
        name = (GRAY if self.by_incidence else LOG_RANK).name
        left_out = ", ".join(f"“{one.group}”" for one in self.groups if one.group in grouping.UNTESTED)
        return f"{name}, {left_out} left out" if left_out else name


def estimates(
    endpoint: Endpoint, members: Sequence[Member], groups: Sequence[Group], protocol: Protocol
) -> EndpointEstimates:
    """Estimate one endpoint for all members and for each of the groups."""
    method, follow = endpoints.method(endpoint, protocol), endpoints.follow(members, endpoint)
    everybody = estimate(EVERYBODY, follow, endpoint)
    if not groups:
        return EndpointEstimates(endpoint, method, everybody, (), None)
    each = tuple(estimate(group.name, _of_group(follow, group), endpoint) for group in groups)
    tested = [one for one, group in zip(each, groups, strict=True) if group.tested]
    return EndpointEstimates(endpoint, method, everybody, each, _test(endpoint, tested))


def _of_group(follow: FollowUp, group: Group) -> FollowUp:
    held = {member.who for member in group.members}
    followed = tuple(one for one in follow.followed if one.who in held)
    return FollowUp(followed, tuple(pair for pair in follow.left_out if pair[0] in held))


def estimate(group: str, follow: FollowUp, endpoint: Endpoint) -> Estimate:
    """Estimate one endpoint from the times of one group."""
    times = [one.months for one in follow.followed]
    causes = [one.cause for one in follow.followed]
    reverse = reverse_kaplan_meier(times, [cause != CENSORED for cause in causes])
    if not endpoint.competing:
        survival = kaplan_meier(times, [cause == EVENT for cause in causes])
        return Estimate(group, follow, survival, None, None, reverse)
    curves = cumulative_incidence(times, causes, (EVENT, COMPETING))
    return Estimate(group, follow, None, curves[EVENT], curves[COMPETING], reverse)


def _test(endpoint: Endpoint, groups: Sequence[Estimate]) -> Test | None:
    followed = {one.group: one.follow.followed for one in groups}
    times = {name: [one.months for one in group] for name, group in followed.items()}
    if not endpoint.competing:
        return logrank({n: (times[n], [one.cause == EVENT for one in group]) for n, group in followed.items()})
    tests = gray({name: (times[name], [one.cause for one in group]) for name, group in followed.items()})
    return tests.get(EVENT)


def methods(found: EndpointEstimates, *, grouped: bool) -> tuple[Method, ...]:
    """The rules behind the estimates of an endpoint."""
    how = AALEN_JOHANSEN if found.by_incidence else KAPLAN_MEIER
    test = (GRAY if found.by_incidence else LOG_RANK,) if grouped else ()
    return (found.method, how, *test, FOLLOW_UP)


def as_table(found: EndpointEstimates, protocol: Protocol, by: Grouping | None = None) -> Table:
    """Everybody and the groups under each other: patients, events, rates at the stated months, median, test.

    `by` is how the groups were divided.
    """
    months = protocol.analysis.months
    competing = (Column("competing", "Competing events"),) if found.by_incidence else ()
    columns = (
        Column("group", "Group", Form.TEXT),
        Column("patients", "Patients"),
        Column("events", "Events"),
        *competing,
        *(
            Column(f"at_{m}_months", f"{m} months", Form.PERCENT, limits=True, band=_rates(found), head=f"{m} months")
            for m in months
        ),
        *(Column(f"at_risk_{m}_months", f"At risk, {m} months", band="At risk, months", head=str(m)) for m in months),
        *(() if found.by_incidence else (Column("median", "Median, months", Form.MONTHS, limits=True),)),
        Column("follow_up", "Median follow-up, months", Form.MONTHS, limits=True, head="Follow-up, months"),
        Column("left_out", "Left out", optional=True),
        Column("p", "p", Form.P, optional=True),
    )
    rows = [_row(one, found, months) for one in (found.everybody, *found.groups)]
    title = f"{found.endpoint.label} ({found.endpoint.code})"
    rules = (*methods(found, grouped=bool(found.groups)), *grouping.method(by))
    return Table(f"endpoint-{found.endpoint.code}", title, columns, tuple(rows), rules)


def _rates(found: EndpointEstimates) -> str:
    """What the percentages are shares of patients with, or without."""
    return "With the event (95 % interval)" if found.by_incidence else "Without the event (95 % interval)"


_NOBODY = "nobody followed"


def _row(one: Estimate, found: EndpointEstimates, months: Sequence[int]) -> Row:
    basis, unreached = _basis(one), "not reached" if one.patients else _NOBODY

    def estimated(value: float | None, lower: float | None, upper: float | None, note: str) -> Cell:
        return Cell((value, lower, upper), one.patients, basis, note)

    causes = (EVENT, COMPETING) if found.by_incidence else (EVENT,)
    cells = [
        text(one.group),
        counted(one.patients),
        *(counted([followed.who for followed in one.ended(cause)]) for cause in causes),
        *(estimated(*one.rate(month), "not observed so long" if one.patients else _NOBODY) for month in months),
        *(counted(one.at_risk(month)) for month in months),
    ]
    if one.survival:
        cells.append(estimated(*one.survival.median, unreached))
    cells.append(estimated(*one.follow_up.median, unreached))
    cells.append(counted([who for who, _ in one.follow.left_out]))
    cells.append(_p_value(found) if one is found.everybody else text(None))
    return Row(one.group, tuple(cells))


def _p_value(found: EndpointEstimates) -> Cell:
    """The test between the groups, once, in the line of everybody."""
    if found.test is None:
        return Cell((None,), note="cannot be tested" if found.groups else "")
    tested = [one for one in found.groups if one.group in found.test.groups]
    patients = tuple(who for one in tested for who in one.patients)
    basis = tuple((one.group, *followed) for one in tested for followed in _basis(one))
    return Cell((found.test.p,), patients, basis, "cannot be tested")


def _basis(one: Estimate) -> tuple[tuple[int, int], ...]:
    """What each patient contributes: days, and what ended them."""
    return tuple((followed.days, followed.cause) for followed in one.follow.followed)
