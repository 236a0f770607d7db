"""What the cohort is held against: the same estimates by pandas and statsmodels, from ready-made arrays.

As a program, `python -m benchmarks.with_pandas FILE`, it loads the arrays, makes the estimates once and ends, as a
statistician's script would.
"""

import json
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

_EVENT = 1
"""What ended a time, as `models.cohort.endpoints` numbers it: loading that would take longer than the estimates."""
_NORMAL = 1.959963984540054
"""The quantile of the normal distribution for limits of 95 %."""


@dataclass(frozen=True, slots=True)
class EndpointArrays:
    """The times of one endpoint by group: months, what ended them, and whether it has a competing event."""

    groups: dict[str, tuple[Any, Any]]
    tested: tuple[str, ...]
    competing: bool


@dataclass(frozen=True, slots=True)
class Arrays:
    """Everything ready: the endpoints, and the outcomes of the patients at each time point."""

    endpoints: tuple[EndpointArrays, ...]
    outcomes: tuple[Any, ...]
    responding: tuple[str, ...]

    def save(self, path: Path) -> None:
        """Write the arrays into a file (.npz), for the program."""
        arrays, about = {}, []
        for number, endpoint in enumerate(self.endpoints):
            about.append({"groups": list(endpoint.groups), "tested": endpoint.tested, "competing": endpoint.competing})
            for place, (months, causes) in enumerate(endpoint.groups.values()):
                arrays[f"months-{number}-{place}"], arrays[f"causes-{number}-{place}"] = months, causes
        arrays |= {f"outcomes-{n}": one.to_numpy(dtype=str) for n, one in enumerate(self.outcomes)}
        words = json.dumps({"endpoints": about, "outcomes": len(self.outcomes), "responding": self.responding})
        np.savez(path, about=np.array(words), **arrays)


def load(path: Path) -> Arrays:
    """The arrays of a file that `Arrays.save` wrote."""
    with np.load(path) as held:
        about = json.loads(str(held["about"]))
        endpoints = tuple(
            EndpointArrays(
                {
                    name: (held[f"months-{number}-{place}"], held[f"causes-{number}-{place}"])
                    for place, name in enumerate(one["groups"])
                },
                tuple(one["tested"]),
                one["competing"],
            )
            for number, one in enumerate(about["endpoints"])
        )
        outcomes = tuple(pd.Series(held[f"outcomes-{number}"]) for number in range(about["outcomes"]))
    return Arrays(endpoints, outcomes, tuple(about["responding"]))


def estimate(arrays: Arrays) -> None:
    """Curves, limits, medians and tests of every endpoint, response with its limits.

    numpy works out what statsmodels does not give: limits on the log-log scale.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff
    from statsmodels.stats.proportion import proportion_confint

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a curve at 0 or 1 has no limits
        for endpoint in arrays.endpoints:
            for months, causes in endpoint.groups.values():
                if endpoint.competing:
                    found = CumIncidenceRight(months, causes)
                    for incidence, error in zip(found.cinc, found.cinc_se, strict=True):
                        _limits(incidence, error)
                else:
                    _curve(SurvfuncRight(months, (causes == _EVENT).astype(int)))
                _curve(SurvfuncRight(months, (causes == 0).astype(int)))
            if endpoint.tested and not endpoint.competing:
                _tested(endpoint, survdiff)
        for outcomes in arrays.outcomes:
            proportion_confint(int(outcomes.isin(arrays.responding).sum()), len(outcomes), method="beta")


def _curve(found: Any) -> None:  # noqa: ANN401 - statsmodels has no types
    _limits(found.surv_prob, found.surv_prob_se)
    found.quantile(0.5)
    found.quantile_ci(0.5, method="cloglog")


def _tested(endpoint: EndpointArrays, survdiff: Any) -> None:  # noqa: ANN401
    groups = [endpoint.groups[name] for name in endpoint.tested]
    months = np.concatenate([m for m, _ in groups])
    events = np.concatenate([(c == _EVENT).astype(int) for _, c in groups])
    with suppress(np.linalg.LinAlgError):  # it does not leave out a group that says nothing
        survdiff(months, events, np.repeat(np.arange(len(groups)), [len(m) for m, _ in groups]))


def _limits(estimated: Any, error: Any) -> None:  # noqa: ANN401
    """Limits on the log-log scale, as ours are."""
    logs = np.log(estimated)
    width = _NORMAL * error / (estimated * np.abs(logs))
    np.exp(logs * np.exp(width)), np.exp(logs * np.exp(-width))


if __name__ == "__main__":
    estimate(load(Path(sys.argv[1])))
