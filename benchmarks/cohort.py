"""The cohort: its page opened in the real window, and its estimates against pandas and statsmodels."""

import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measure import Figure, paired, ratio, seconds
from benchmarks.painting import process_until
from benchmarks.studies import ROOT, opened
from benchmarks.window import open_window, page_of
from gui.pages.cohort.page import Page
from gui.study_view import StudyView
from gui.warming import Warming
from gui.workspace import Workspace
from models.cohort.cohort import Cohort
from models.cohort.endpoints import COMPETING, EVENT
from models.cohort.survival import EndpointEstimates
from models.statistics.incidence import cumulative_incidence
from models.statistics.proportions import clopper_pearson
from models.statistics.survival import kaplan_meier, logrank, reverse_kaplan_meier

ROUNDS = 5
_MS = 1000
_NORMAL = 1.959963984540054
"""The quantile of the normal distribution for limits of 95 %."""


def page_figures(study: Path) -> Iterator[Figure]:
    """The page opened for the first time, and opened again after another one was in view."""
    with open_window(study) as workspace:
        view = workspace.host
        assert isinstance(view, StudyView)
        warming = Warming(workspace.jobs, view)
        warming.begin()
        process_until(lambda: warming.done)  # nobody clicks before
        yield Figure("cohort-cold", seconds(lambda: _open(workspace)) * _MS, "counted, and its chart painted")
        warm = []
        for _ in range(ROUNDS):
            workspace.open_page("today")
            process_until(lambda: not workspace.jobs.running)
            warm.append(seconds(lambda: _open(workspace)))
        yield Figure("cohort-warm", sorted(warm)[ROUNDS // 2] * _MS)


def _open(workspace: Workspace) -> None:
    workspace.open_page("cohort")
    page = page_of(workspace)
    assert isinstance(page, Page)
    process_until(lambda: page.settled and bool(page.content.figure.canvas.hits))


def estimate_figures(tenth: Path, full: Path) -> Iterator[Figure]:
    """The same estimates three ways against the same arrays, and how counting grows with the study."""
    few, many = _counting(tenth), _counting(full)
    per_few, per_many = few.seconds / len(few.cohort.enrolled), many.seconds / len(many.cohort.enrolled)
    detail = f"{per_many * _MS:.2f} ms a patient against {per_few * _MS:.2f} ms"
    yield Figure("cohort-linear", per_many / per_few, detail)
    arrays = _arrays(many.cohort)
    yield ratio("cohort-arrays", *paired(lambda: _ours(arrays), lambda: _theirs(arrays), ROUNDS))
    members = many.cohort
    ours, theirs = paired(lambda: _from_members(members), lambda: _theirs(arrays), ROUNDS)
    yield ratio("cohort-members", ours, theirs)
    yield ratio("cohort-command", seconds(lambda: _command(full)), theirs)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A cohort, and the seconds of counting it from the encrypted records."""

    cohort: Cohort
    seconds: float


def _counting(path: Path) -> _Counted:
    with opened(path) as study:
        start = time.perf_counter()
        cohort = study.cohorts.count("ikzf1")
        return _Counted(cohort, time.perf_counter() - start)


def _command(path: Path) -> None:
    command = [sys.executable, "main.py", "cohort", str(path), "--json", "--by", "ikzf1"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


# ---- what both sides estimate: curves, limits, medians and tests of every endpoint, response with its limits


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """The times of one endpoint by group: months, what ended them, and whether it has a competing event."""

    groups: dict[str, tuple[Any, Any]]
    tested: tuple[str, ...]
    competing: bool


@dataclass(frozen=True, slots=True)
class _Arrays:
    """Everything ready: the endpoints, and the outcomes of the patients at each time point."""

    endpoints: tuple[_Endpoint, ...]
    outcomes: tuple[Any, ...]
    responding: tuple[str, ...]


def _arrays(cohort: Cohort) -> _Arrays:
    rows = cohort.response["protocol"][0].rows
    outcomes = tuple(pd.Series([name for name, patients in row.outcomes for _ in patients]) for row in rows)
    return _Arrays(
        tuple(_endpoint(found) for found in cohort.endpoints.values()), outcomes, cohort.protocol.mrd.response_classes
    )


def _endpoint(found: EndpointEstimates) -> _Endpoint:
    groups = {
        one.group: (
            np.array([each.months for each in one.follow.followed]),
            np.array([each.cause for each in one.follow.followed]),
        )
        for one in (found.everybody, *found.groups)
        if one.follow.followed
    }
    tested = found.test.groups if found.test else ()
    return _Endpoint(groups, tuple(tested), found.by_incidence)


def _from_members(cohort: Cohort) -> None:
    """Ours from counted patients: the rules of the protocol applied to each, then the estimates."""
    fresh = replace(cohort)
    _ = fresh.endpoints, fresh.response


def _ours(arrays: _Arrays) -> None:
    """Ours from arrays: the estimators alone."""
    for endpoint in arrays.endpoints:
        for months, causes in endpoint.groups.values():
            if endpoint.competing:
                cumulative_incidence(months, causes, (EVENT, COMPETING))
            else:
                kaplan_meier(months, causes == EVENT)
            reverse_kaplan_meier(months, causes != 0)
        if endpoint.tested and not endpoint.competing:
            logrank({name: (m, c == EVENT) for name, (m, c) in endpoint.groups.items() if name in endpoint.tested})
    for outcomes in arrays.outcomes:
        clopper_pearson(int(outcomes.isin(arrays.responding).sum()), len(outcomes))


def _theirs(arrays: _Arrays) -> None:
    """The same with pandas and statsmodels, and numpy for the limits that statsmodels does not give."""
    from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff
    from statsmodels.stats.proportion import proportion_confint

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a curve at 0 or 1 has no limits
        for endpoint in arrays.endpoints:
            for months, causes in endpoint.groups.values():
                if endpoint.competing:
                    found = CumIncidenceRight(months, causes)
                    for estimate, error in zip(found.cinc, found.cinc_se, strict=True):
                        _limits(estimate, error)
                else:
                    _curve(SurvfuncRight(months, (causes == EVENT).astype(int)))
                _curve(SurvfuncRight(months, (causes == 0).astype(int)))
            if endpoint.tested and not endpoint.competing:
                _tested(endpoint, survdiff)
        for outcomes in arrays.outcomes:
            proportion_confint(int(outcomes.isin(arrays.responding).sum()), len(outcomes), method="beta")


def _curve(found: Any) -> None:  # noqa: ANN401 - statsmodels has no types
    _limits(found.surv_prob, found.surv_prob_se)
    found.quantile(0.5)
    found.quantile_ci(0.5, method="cloglog")


def _tested(endpoint: _Endpoint, survdiff: Any) -> None:  # noqa: ANN401
    groups: Sequence[tuple[Any, Any]] = [endpoint.groups[name] for name in endpoint.tested]
    months = np.concatenate([m for m, _ in groups])
    events = np.concatenate([(c == EVENT).astype(int) for _, c in groups])
    with suppress(np.linalg.LinAlgError):  # it does not leave out a group that says nothing
        survdiff(months, events, np.repeat(np.arange(len(groups)), [len(m) for m, _ in groups]))


def _limits(estimate: Any, error: Any) -> None:  # noqa: ANN401
    """Limits on the log-log scale, as ours are."""
    logs = np.log(estimate)
    width = _NORMAL * error / (estimate * np.abs(logs))
    np.exp(logs * np.exp(width)), np.exp(logs * np.exp(-width))
