"""Making the demo study: a study that says it is synthetic, filled with the cohort."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.demo.board import add_cut
from models.demo.cohort import SITE, cohort
from models.demo.laboratory import ranges
from models.demo.review import REVIEWED_FOR, add_review, days_before
from models.domain.clock import Clock, SystemClock
from models.domain.context import Context
from models.domain.resources import RESOURCES
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.study_folder import NewAccount, StudyFolder, open_folder
from models.protocols.loading import load_protocol
from models.services.bulk import insert_patients, insert_ranges, insert_rows
from models.study import DEMO_PASSWORD, Study

PROTOCOL = RESOURCES / "protocols" / "dalba.toml"
SITE_NAME = "Demonstration site (synthetic patients)"
ACCOUNTS = tuple(
    NewAccount(role, f"Demo {role}", role, DEMO_PASSWORD, must_change=False)
    for role in ("administrator", "coordinator", "investigator", "monitor")
)
"""One account for each role; their password is no secret, and neither is anything in the study."""
_MAKER = Context("Demo", "Synthetic cohort")


def _opened(path: Path, clock: Clock) -> StudyFolder:
    return open_folder(path, "coordinator", DEMO_PASSWORD, clock)


def _without_a_word(_done: int, _total: int) -> bool:
    return True


def build(
    path: Path,
    *,
    patients: int = 63,
    seed: int = 2116,
    thin: bool = False,
    clock: Clock | None = None,
    progress: Callable[[int, int], bool] = _without_a_word,
) -> bool:
    """Make a study at `path` with that many synthetic patients; see `cohort` for the other choices.

    It is as if it had been entered some weeks ago and reviewed since; what happened meanwhile is entered today.

    `progress` is told how many patients of how many are stored, and answers whether to go on. Where it says no, the
    study is removed and False returned.

    Raises:
        TrialError: something is at `path` already, or it cannot be written.
    """
    clock = clock or SystemClock()
    began = clock if thin else days_before(clock, REVIEWED_FOR)
    protocol = load_protocol(PROTOCOL)
    Study.create(path, protocol, SITE, SITE_NAME, ACCOUNTS, clock=began, synthetic=True, cost=LEAST_COST)
    whole = False
    try:
        with closing(_opened(path, began)) as folder:
            assert folder.write is not None
            insert_ranges(folder.write, ranges(protocol, clock.today()), _MAKER, began.now())
            later = insert_patients(
                folder.write,
                cohort(protocol, patients=patients, seed=seed, thin=thin, until=clock.today()),
                _MAKER,
                began.now(),
                lambda done: progress(min(done, patients), patients),
                until=None if thin else began.today(),
            )
        whole = later is not None
        if later is not None and not thin:
            add_review(path, clock)
            with closing(_opened(path, clock)) as folder:
                assert folder.write is not None
                insert_rows(folder.write, later, _MAKER, clock.now())
            with Study.open(path, "coordinator", DEMO_PASSWORD, clock=clock) as study:
                add_cut(study)
    except BaseException:
        whole = False
        raise
    finally:
        if not whole:
            shutil.rmtree(path, ignore_errors=True)
    return whole
