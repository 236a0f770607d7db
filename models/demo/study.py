"""Making the demo study: a study file that says it is synthetic, filled with the cohort."""

from collections.abc import Callable
from pathlib import Path

from models.demo.cohort import SITE, cohort
from models.demo.laboratory import ranges
from models.domain.clock import Clock, SystemClock
from models.domain.context import Context
from models.domain.resources import RESOURCES
from models.persistence.study_file import open_file
from models.protocols.loading import load_protocol
from models.services.bulk import insert_patients, insert_ranges
from models.study import Study

PROTOCOL = RESOURCES / "protocols" / "dalba.toml"
SITE_NAME = "Demonstration site (synthetic patients)"
_MAKER = Context("Demo", "Synthetic cohort")


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

    `progress` is told how many patients of how many are stored, and answers whether to go on. Where it says no, the
    file is removed and False returned.

    Raises:
        TrialError: something is at `path` already, or it cannot be written.
    """
    clock = clock or SystemClock()
    protocol = load_protocol(PROTOCOL)
    Study.create(path, protocol, SITE, SITE_NAME, clock=clock, synthetic=True, by=_MAKER.actor).close()
    whole = False
    try:
        file = open_file(path)
        try:
            today, now = clock.today(), clock.now()
            insert_ranges(file.write, ranges(protocol, today), _MAKER, now)
            people = cohort(protocol, patients=patients, seed=seed, thin=thin, until=today)
            whole = insert_patients(
                file.write, people, _MAKER, now, lambda done: progress(min(done, patients), patients)
            )
        finally:
            file.close()
    finally:
        if not whole:
            path.unlink(missing_ok=True)
    return whole
