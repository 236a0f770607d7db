"""The result of comparing groups, and the chi-square statistic that the tests of this package share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class GroupCounts(NamedTuple):
    """One group's events: those that happened, and those to expect if the groups did not differ."""

    total: int
    observed: int
    expected: float


@dataclass(frozen=True, slots=True)
class Test:
    """The test of no difference between groups; without a statistic if fewer than two groups can be compared."""

    __test__ = False  # nothing for pytest to collect

    statistic: float | None
    df: int
    """Degrees of freedom: the groups in which an event could be expected, less one."""
    p: float | None
    groups: Mapping[str, GroupCounts]


def compare(
    groups: Mapping[str, GroupCounts], difference: "NDArray[np.float64]", variance: "NDArray[np.float64]"
) -> Test:
    """The quadratic form of `difference` (observed less expected, by group) in the inverse of its `variance`.

    A group never at risk when an event happened says nothing: it is left out, and with it a degree of freedom. The
    differences add up to zero, so that the first of the others is left out of the form too. There is no statistic
    when the variance cannot be inverted: the groups were then never at risk at the same time.
    """
    import numpy as np
    from scipy.special import chdtrc

    expected = np.array([counts.expected for counts in groups.values()])
    used = np.flatnonzero(expected > 0)[1:]
    df = len(used)
    square = variance[np.ix_(used, used)]
    if df == 0 or np.linalg.matrix_rank(square) < df:
        return Test(None, df, None, groups)
    statistic = max(float(difference[used] @ np.linalg.solve(square, difference[used])), 0.0)
    return Test(statistic, df, float(chdtrc(df, statistic)), groups)
