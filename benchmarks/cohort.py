"""The cohort: its page opened in the real window, and its estimates against pandas and statsmodels."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from benchmarks.measure import Figure, paired, ratio, seconds
from benchmarks.painting import process_until
from benchmarks.studies import CLOCK, ROOT, opened
from benchmarks.window import open_window, page_of
from benchmarks.with_pandas import Arrays, EndpointArrays, estimate
from gui.pages.cohort.page import Page
from gui.study_view import StudyView
from gui.warming import Warming
from gui.workspace import Workspace
from models.cohort.cohort import KINDS_OF_FORMS, KINDS_READ, Cohort
from models.cohort.endpoints import COMPETING, EVENT
from models.cohort.survival import EndpointEstimates
from models.persistence.engine import driver_rows
from models.persistence.study_folder import open_folder
from models.statistics.incidence import cumulative_incidence
from models.statistics.proportions import clopper_pearson
from models.statistics.survival import kaplan_meier, logrank, reverse_kaplan_meier
from models.study import DEMO_PASSWORD

ROUNDS = 5
_MS = 1000


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
    before, many, after = _counting(tenth), _counting(full), _counting(tenth)
    # Before and after: what the machine does besides changes within the half minute that the many take.
    per_few = statistics.mean(few.seconds / len(few.cohort.enrolled) for few in (before, after))
    per_many = many.seconds / len(many.cohort.enrolled)
    detail = f"{per_many * _MS:.2f} ms a patient against {per_few * _MS:.2f} ms"
    yield Figure("cohort-linear", per_many / per_few, detail)
    arrays = _arrays(many.cohort)
    yield ratio("cohort-arrays", *paired(lambda: _ours(arrays), lambda: estimate(arrays), ROUNDS))
    members = many.cohort
    yield ratio("cohort-members", *paired(lambda: _from_members(members), lambda: estimate(arrays), ROUNDS))
    yield _command_figure(full, arrays)


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


def _command_figure(study: Path, arrays: Arrays) -> Figure:
    """The whole command, a program against a program, beside what it takes to fetch the rows of the kinds it counts."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "arrays.npz")
        arrays.save(file)
        ours = _program("main.py", "cohort", str(study), "--json", "--by", "ikzf1")
        theirs = statistics.median(_program("-m", "benchmarks.with_pandas", str(file)) for _ in range(ROUNDS))
    fetching = f"fetching all rows of the kinds it counts, and no more, {_fetching(study):.1f} s"
    detail = f"{ours:.1f} s against {theirs:.1f} s; {fetching}"
    return Figure("cohort-command", ours / theirs, detail)


def _program(*arguments: str) -> float:
    command = [sys.executable, *arguments]
    return seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL))


def _fetching(path: Path) -> float:
    """The seconds of fetching all rows of the kinds that the cohort is counted from, as they lie in the table."""
    folder = open_folder(path, "coordinator", DEMO_PASSWORD, CLOCK, read_only=True)
    try:
        with folder.read.begin() as connection:
            return seconds(lambda: _fetch(connection))
    finally:
        folder.close()


def _fetch(connection: Connection) -> None:
    for kind in ("patient", *KINDS_READ, *KINDS_OF_FORMS):
        for _row in driver_rows(connection, f"SELECT * FROM {kind} WHERE voided IS NULL", {}):
            pass


# ---- what both sides estimate: curves, limits, medians and tests of every endpoint, response with its limits


def _arrays(cohort: Cohort) -> Arrays:
    rows = cohort.response["protocol"][0].rows
    outcomes = tuple(pd.Series([name for name, patients in row.outcomes for _ in patients]) for row in rows)
    return Arrays(
        tuple(_endpoint(found) for found in cohort.endpoints.values()), outcomes, cohort.protocol.mrd.response_classes
    )


def _endpoint(found: EndpointEstimates) -> EndpointArrays:
    groups = {
        one.group: (
            np.array([each.months for each in one.follow.followed]),
            np.array([each.cause for each in one.follow.followed]),
        )
        for one in (found.everybody, *found.groups)
        if one.follow.followed
    }
    tested = found.test.groups if found.test else ()
    return EndpointArrays(groups, tuple(tested), found.by_incidence)


def _from_members(cohort: Cohort) -> None:
    """Ours from counted patients: the rules of the protocol applied to each, then the estimates."""
    fresh = replace(cohort)
    _ = fresh.endpoints, fresh.response


def _ours(arrays: Arrays) -> None:
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
