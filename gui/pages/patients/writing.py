"""Writing the patients of a list, or their MRD results, to a file. Knows no Qt."""

from pathlib import Path

from models.domain.printing import Printing
from models.study import Study


class Writing:
    """Reads these patients and writes them, without who they are."""

    def __init__(self, study: Study, printing: Printing, ids: tuple[int, ...], *, results: bool) -> None:
        """`ids` are those of the patients, in the order of the list; `results` wants what was measured."""
        self._study, self._printing, self._ids, self._results = study, printing, ids, results

    def __call__(self, path: Path) -> int:
        """Write them; returns the lines. Raises TrialError where the file cannot be written."""
        from models.exchange.record_listing import Part, mrd_results, patients, write_and_note

        charts = self._study.charts(self._ids)
        listing = mrd_results(charts) if self._results else patients(charts)
        part = Part(len(self._ids), self._study.patient_count(), "patients")
        return write_and_note(self._study.trail, path, listing, part, self._printing)
