"""The cohort: the site's patients as one picture, and every analysis of it, worked out at its first use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from models.chart.patient_chart import PatientChart
from models.cohort import completeness, courses, doses, flow, levels, response, survival, toxicity, waterfall
from models.cohort.collector import collector_held
from models.cohort.cut import as_of
from models.cohort.grouping import EVERYBODY, Group, Grouping, divided
from models.cohort.member import Member, member
from models.cohort.monitoring import Watch, watch
from models.cohort.who import Who
from models.protocols.model import Endpoint, Protocol

KINDS_READ = (
    "consent",
    "disease",
    "lesion",
    "visit",
    "phase",
    "exposure",
    "medication",
    "lumbar_puncture",
    "sample",
    "mrd",
    "replicate",
    "mutation",
    "assessment",
    "relapse",
    "transplant",
    "contact",
    "disposition",
    "death",
    "adverse_event",
    "ae_grade",
    "ae_drug",
)
"""The kinds of record that a chart must hold for the cohort, besides the patient."""

KINDS_OF_FORMS = ("lab", "vitals")
"""Those that data completeness needs besides, and nothing else does: `PatientChart.entries` of them are enough."""


@dataclass(frozen=True)
class Cohort:
    """The patients of a study up to a day. Frozen; what follows from them is worked out at its first use and kept.

    `members` are in the order of the charts, those who were screened and not enrolled among them. `forms` is whether
    the charts held every kind of record, so that data completeness can be told.
    """

    protocol: Protocol
    until: date
    by: Grouping | None
    members: tuple[Member, ...] = field(repr=False)
    forms: bool

    @cached_property
    def enrolled(self) -> tuple[Who, ...]:
        """The enrolled patients."""
        return tuple(one.who for one in self.members if one.enrolled)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The enrolled patients divided; none where the cohort is not divided."""
        enrolled = [one for one in self.members if one.enrolled]
        return divided(enrolled, self.by, self.protocol) if self.by else ()

    @cached_property
    def response(self) -> dict[str, tuple[response.ResponseTable, ...]]:
        """Per rule set (`response.RULE_SETS`) the table of everybody, then of each group."""
        everybody = Group(EVERYBODY, self.members)
        return {
            rule_set: tuple(response.response(rule_set, group, self.protocol) for group in (everybody, *self.groups))
            for rule_set in response.RULE_SETS
        }

    @cached_property
    def endpoints(self) -> dict[str, survival.EndpointEstimates]:
        """Per endpoint of the protocol its estimates, for everybody and for each group."""
        return {endpoint.code: self.estimate(endpoint) for endpoint in self.protocol.endpoints}

    def estimate(self, endpoint: Endpoint) -> survival.EndpointEstimates:
        """One endpoint alone, for whoever shows no other."""
        return survival.estimates(endpoint, self.members, self.groups, self.protocol)

    @cached_property
    def lanes(self) -> tuple[courses.Lane, ...]:
        """The patients over time, in the order of enrolment."""
        return courses.lanes(self.members, self.protocol)

    @cached_property
    def curves(self) -> levels.Curves:
        """Everybody's molecular curve, and the percentiles of the cohort at each visit."""
        return levels.curves(self.members, self.protocol)

    @cached_property
    def waterfalls(self) -> dict[str, waterfall.Waterfall]:
        """Per landmark the log reductions."""
        return {
            visit.code: waterfall.waterfall(self.members, visit) for visit in self.protocol.visits if visit.landmark
        }

    @cached_property
    def flow(self) -> flow.Flow:
        """From screening to where everybody stands now."""
        return flow.flow(self.members, self.protocol)

    @cached_property
    def toxicity(self) -> dict[str, tuple[toxicity.Toxicity, ...]]:
        """Per dimension (`toxicity.DIMENSIONS`) a table for each version or scale of grading."""
        return {
            dimension: toxicity.toxicity(self.members, self.protocol, dimension) for dimension in toxicity.DIMENSIONS
        }

    @cached_property
    def doses(self) -> tuple[doses.DoseRow, ...]:
        """Dose intensity, drug by drug and phase by phase."""
        return doses.intensities(self.members, self.protocol)

    @cached_property
    def completeness(self) -> dict[str, tuple[completeness.CompletenessRow, ...]]:
        """By "visit" and by "form"; empty where the charts did not hold every kind of record."""
        if not self.forms:
            return {}
        return {
            "visit": completeness.by_visit(self.members, self.protocol),
            "form": completeness.by_form(self.members),
        }

    @cached_property
    def monitoring(self) -> tuple[Watch, ...]:
        """The protocol's stopping rules with the site's path."""
        return tuple(watch(rule, self.members, self.protocol) for rule in self.protocol.monitoring)


def cohort(
    charts: Iterable[PatientChart],
    protocol: Protocol,
    until: date,
    by: Grouping | None = None,
    *,
    forms: bool = True,
) -> Cohort:
    """Count the patients of a study as of a day.

    Each chart is read once and may be forgotten then. It must hold the records of `KINDS_READ`, and with `forms` those
    of `KINDS_OF_FORMS` too, or the entries of these. What is dated after `until` is left out: see `cut.as_of`.
    """
    members = []
    with collector_held():
        for chart in charts:
            cut = as_of(chart, until)
            if cut is not None:
                members.append(member(cut, forms=forms))
    return Cohort(protocol, until, by, tuple(members), forms)
