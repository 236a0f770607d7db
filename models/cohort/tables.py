"""Every table of the cohort, in the order of a paper: what screen, page, CSV and JSON show is these cells."""

from collections.abc import Iterable, Iterator

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
)
from models.cohort import toxicity as adverse_events
from models.cohort import waterfall as waterfalls
from models.cohort.cohort import Cohort
from models.cohort.grouping import EVERYBODY, Group
from models.cohort.method import Method
from models.cohort.table import Table


def tables(cohort: Cohort) -> Iterator[Table]:
    """All tables; those of data completeness only where the charts held what they need."""
    protocol = cohort.protocol
    yield flow.as_table(cohort.flow)
    yield baseline.as_table((Group(EVERYBODY, cohort.members), *cohort.groups))
    for rule_set in response.RULE_SETS:
        yield response.as_table(cohort.response[rule_set], protocol, cohort.by)
    for estimates in cohort.endpoints.values():
        yield survival.as_table(estimates, protocol, cohort.by)
    yield courses.as_table(cohort.lanes)
    yield courses.as_phase_table(cohort.lanes)
    yield levels.as_table(cohort.curves)
    yield levels.as_point_table(cohort.curves)
    for one in cohort.waterfalls.values():
        yield waterfalls.as_table(one)
    for dimension in adverse_events.DIMENSIONS:
        for found in cohort.toxicity[dimension]:
            yield adverse_events.as_table(found)
    yield doses.as_table(cohort.doses, protocol)
    yield mutations.as_table(cohort.members, protocol)
    for what, rows in cohort.completeness.items():
        yield completeness.as_table(rows, what)
    for watch in cohort.monitoring:
        yield monitoring.as_table(watch)


def methods(used: Iterable[Table]) -> tuple[Method, ...]:
    """The rules behind these tables, each once, in the order in which they are needed: a paper's methods section."""
    return tuple(dict.fromkeys(method for table in used for method in table.methods))
