"""Counting the cohort beside the window, and keeping what was counted until a record changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from gui.jobs import Progress
from gui.pages.cohort.basis import Basis, data_words, sides
from gui.pages.cohort.changes import Held, changes_table, counted_changes
from gui.pages.cohort.exhibits import Choice, Exhibit, View, view
from models.cohort.cohort import KINDS_OF_FORMS, KINDS_READ, Cohort
from models.cohort.comparison import Change
from models.cohort.grouping import grouping
from models.cohort.headline import headline
from models.domain.context import Changes
from models.domain.notation import Desk
from models.records.review import DataCut
from models.study import Study

_READ = frozenset({"patient", *KINDS_READ, *KINDS_OF_FORMS})
_KEPT = 4
"""Counts that are kept: those of a large study take memory."""


class Wanted(NamedTuple):
    """What the page is asked to show. `since` is the cut that the tab of changes holds it against."""

    basis: Basis
    view: str
    choice: str = ""
    by: str = ""
    since: DataCut | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return (self.basis.key, self.view, self.choice, self.by, self.since.id if self.since else 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown for a `Wanted`. `choice` is the one taken where that asked for is not there.

    `exhibit` is None where there is nothing to choose from; `changes` stand behind the lines of the tab of changes.
    """

    wanted: Wanted
    cohort: Cohort
    headline: str
    choices: tuple[Choice, ...]
    choice: str
    exhibit: Exhibit | None
    changes: tuple[Change, ...] = ()


class Counts:
    """What was counted of an open study. The work of a job reads and fills it; the window only asks for `ready`."""

    def __init__(self, study: Study) -> None:
        """Nothing is counted yet."""
        self._study = study
        self._cohorts: dict[tuple[object, ...], Cohort] = {}
        self._divided: dict[tuple[object, ...], Cohort] = {}
        self._shown: dict[tuple[object, ...], Shown] = {}
        self._round = 0

    def forget(self, changes: Changes | None) -> bool:
        """Let go of what a change has made old, and say whether it was anything that counts."""
        if changes is not None and not changes.kinds & _READ:
            return False
        self._round += 1
        for kept in (self._cohorts, self._divided, self._shown):
            kept.clear()
        return True

    def ready(self, wanted: Wanted) -> Shown | None:
        """What is known already, None where it has to be counted first."""
        return self._shown.get(wanted.key)

    def work(self, wanted: Wanted, desk: Desk) -> Callable[[Progress], Shown | None]:
        """The job that counts it."""
        return _Work(self, wanted, desk)

    # ---- on the worker thread

    def shown(self, wanted: Wanted, desk: Desk, progress: Progress) -> Shown | None:
        """Count what is asked for; None where the work was stopped."""
        _load_pens()
        began = self._round
        shape = view(wanted.view)
        cohort = self.cohort(wanted.basis, wanted.by, shape, progress)
        if cohort is None:
            return None
        found = (
            _compared(self._study, wanted, cohort, desk, progress)
            if shape.show is None
            else _exhibited(wanted, cohort, shape, desk)
        )
        if not progress(1, 1):
            return None
        if began == self._round:  # else a record was changed meanwhile: shown once, and counted again
            self._shown[wanted.key] = found
        return found

    def cohort(self, basis: Basis, by: str, shape: View, progress: Progress) -> Cohort | None:
        """The cohort counted from a basis and divided; None where the work was stopped."""
        began = self._round
        key = (*basis.key, shape.forms)
        whole = self._cohorts.get(key) or self._cohorts.get((*basis.key, True))
        if whole is None:
            whole = self._study.cohorts.count(cut=basis.cut, until=basis.until, forms=shape.forms, progress=progress)
            if not progress(1, 1):
                return None
            if began == self._round:
                self._keep(key, whole)
        if not by:
            return whole
        parted = self._divided.get((*key, by))
        if parted is None:
            parted = replace(whole, by=grouping(by, whole.protocol))
            if began == self._round:
                self._divided[(*key, by)] = parted
        return parted

    def _keep(self, key: tuple[object, ...], whole: Cohort) -> None:
        if len(self._cohorts) >= _KEPT:
            for kept in (self._cohorts, self._divided, self._shown):
                kept.clear()
        self._cohorts[key] = whole


class _Work:
    """The work of a job."""

    def __init__(self, counts: Counts, wanted: Wanted, desk: Desk) -> None:
        self._counts, self._wanted, self._desk = counts, wanted, desk

    def __call__(self, progress: Progress) -> Shown | None:
        return self._counts.shown(self._wanted, self._desk, progress)


def _exhibited(wanted: Wanted, cohort: Cohort, shape: View, desk: Desk) -> Shown:
    assert shape.show is not None
    choices = shape.choices(cohort)
    codes = [choice.code for choice in choices]
    choice = wanted.choice if wanted.choice in codes else next(iter(codes), "")
    exhibit = shape.show(cohort, choice) if choices else None
    return Shown(wanted, cohort, headline(cohort, desk), choices, choice, exhibit)


def _compared(study: Study, wanted: Wanted, cohort: Cohort, desk: Desk, progress: Progress) -> Shown:
    if wanted.since is None:
        return Shown(wanted, cohort, headline(cohort, desk), (), "", None)
    basis = wanted.basis
    compared = study.cohorts.compare(wanted.since, basis.cut, wanted.by, progress, until=basis.until)
    changes = counted_changes(compared, desk)
    then = wanted.since.cut_off.full or study.today
    words = (data_words(then, wanted.since, desk), data_words(cohort.until, basis.cut, desk))
    exhibit = Exhibit(changes_table(changes, cohort, Held(sides(wanted.since, basis, desk), *words), desk))
    return Shown(wanted, cohort, headline(cohort, desk), (), "", exhibit, changes)


def _load_pens() -> None:
    """Load what draws while the records are counted: the window would wait for it at the first drawing."""
    from matplotlib.backends import backend_agg  # noqa: F401

    from models.figures import ink  # noqa: F401
