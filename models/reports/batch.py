"""The papers of a clinic day: one visit summary for each patient."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.domain.errors import TrialError
from models.domain.printing import Printing
from models.domain.progress import Progress, unwatched
from models.domain.whole_files import OWNER_FOLDER, refuse_in_study
from models.reports.changed_values import Changed
from models.reports.visit_summary import Printed, Signatures, visit_summary

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart


_LONGEST = 100
"""Characters of a patient's number in the name of a file: no system takes a name of more than 255."""


class Paper(NamedTuple):
    """A summary that was written: where, whose, and of what."""

    path: Path
    patient: int
    printed: Printed


def clinic(
    charts: Iterable["PatientChart"],
    folder: Path,
    printing: Printing,
    *,
    total: int,
    changed: Callable[[int], Changed] = lambda _patient: frozenset(),
    signatures: Signatures = lambda _patient, _visit, _desk: (),
    progress: Progress = unwatched,
    written_one: Callable[[Paper], None] = lambda _paper: None,
) -> list[Paper]:
    """Write the last visit's summary of each patient into the folder, which is made if it is missing.

    A file that is there already stays: the new one gets a number behind its name.
    `progress` is told how many of how many are done, and returns false to stop: what was written until then stays, each
    file whole. Charts may come from a generator; `total` is how many there will be. `changed` gives the fields of a
    patient that are marked, `signatures` the lines of what was signed.
    `written_one` is told of each file as soon as it is there: what was printed must be known of also where the next one
    fails.

    Raises:
        TrialError: the folder cannot be made or written, or lies in the folder of a study.
    """
    try:
        refuse_in_study(folder)
        folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
    except FileExistsError as failure:
        raise TrialError(f"{folder} is a file. Name a folder to write to.") from failure
    except OSError as failure:
        why = failure.strerror or failure
        raise TrialError(f"The folder {folder} cannot be made: {why}. Name another folder.") from failure
    written: list[Paper] = []
    if not progress(0, total):
        return written
    for chart in charts:
        path = _unused(folder, file_name(chart.label))
        printed = visit_summary(
            chart,
            path,
            printing,
            visit=None,
            changed=changed(chart.patient.id),
            signatures=signatures,
        )
        written.append(Paper(path, chart.patient.id, printed))
        written_one(written[-1])
        if not progress(len(written), total):
            break
    return written


def file_name(label: str) -> str:
    """How the summary of a patient with this label is called on any system, without the end of the name."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    said = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)[:_LONGEST].strip("-.")
    return f"visit-summary-{said or 'patient'}"


def _unused(folder: Path, stem: str) -> Path:
    """Neither two patients whose numbers differ only in signs that a file name cannot hold, nor two days, share a file.

    Nobody was asked whether the paper of an earlier day may go.
    """
    path, number = folder / f"{stem}.pdf", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.pdf", number + 1
    return path
